package c8yclient_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/demo"
)

// tenantForExamples is an empty tenant in memory, and its administrator.
func tenantForExamples() (address string, admin c8yclient.Credentials, done func()) {
	options := demo.Options{Devices: -1, Settle: time.Millisecond}
	tenant, err := demo.New(options)
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(tenant)
	user := options.Administrator()
	return server.URL, c8yclient.Credentials{Tenant: tenant.ID(), User: user.Name, Password: c8yclient.Secret(user.Password)}, func() {
		server.Close()
		tenant.Close()
	}
}

// clientForExamples is signed in to such a tenant.
func clientForExamples() (client *c8yclient.Client, done func()) {
	address, admin, closeTenant := tenantForExamples()
	client, err := c8yclient.New(address, c8yclient.WithAuth(c8yclient.Basic{Tenant: admin.Tenant, User: admin.User, Password: admin.Password}))
	if err != nil {
		log.Fatal(err)
	}
	return client, func() {
		client.CloseIdleConnections()
		closeTenant()
	}
}

var noon = time.Date(2026, 2, 2, 12, 0, 0, 0, time.UTC)

// createDevice makes a device that takes operations.
func createDevice(ctx context.Context, client *c8yclient.Client, name string) *c8yclient.ManagedObject {
	device := &c8yclient.ManagedObject{Name: name, Type: "c8y_Linux"}
	for _, fragment := range []string{"c8y_IsDevice", "com_cumulocity_model_Agent"} {
		if err := device.SetFragment(fragment, struct{}{}); err != nil {
			log.Fatal(err)
		}
	}
	device, err := client.Inventory.Create(ctx, device)
	if err != nil {
		log.Fatal(err)
	}
	return device
}

// Sign in with a password for a token, and use the token.
func ExampleAuthenticate() {
	address, admin, done := tenantForExamples()
	defer done()
	ctx := context.Background()

	token, err := c8yclient.Authenticate(ctx, address, admin)
	switch {
	case errors.Is(err, c8yclient.ErrTFARequired):
		log.Fatal("ask for the code and try again with Credentials.TFACode")
	case err != nil:
		log.Fatal(err)
	}
	client, err := c8yclient.New(address, c8yclient.WithAuth(token.Auth()))
	if err != nil {
		log.Fatal(err)
	}
	user, err := client.CurrentUser.Get(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(user.UserName, "in", token.Claims.Tenant)
	fmt.Println("the token:", token.Access)
	// Output:
	// admin in t4711
	// the token: [redacted]
}

// Walk all devices, however many there are.
func ExampleInventoryService_List() {
	client, done := clientForExamples()
	defer done()
	ctx := context.Background()
	createDevice(ctx, client, "Pump 1")
	createDevice(ctx, client, "Pump 2")

	for device, err := range client.Inventory.List(ctx, &c8yclient.InventoryListOptions{
		InventoryFilter: c8yclient.InventoryFilter{Query: "has(c8y_IsDevice) and name eq 'Pump*'"},
	}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(device.Name, device.Type)
	}
	// Output:
	// Pump 1 c8y_Linux
	// Pump 2 c8y_Linux
}

// Create a device with a fragment of its own and read it back.
func ExampleInventoryService_Create() {
	client, done := clientForExamples()
	defer done()
	ctx := context.Background()

	type hardware struct {
		Model        string `json:"model"`
		SerialNumber string `json:"serialNumber"`
	}
	pump := &c8yclient.ManagedObject{Name: "Pump 7", Type: "acme_Pump"}
	if err := errors.Join(
		pump.SetFragment("c8y_IsDevice", struct{}{}),
		pump.SetFragment("c8y_Hardware", hardware{Model: "HX-7", SerialNumber: "SN-4711"}),
	); err != nil {
		log.Fatal(err)
	}
	pump, err := client.Inventory.Create(ctx, pump)
	if err != nil {
		log.Fatal(err)
	}
	if made, ok := c8yclient.FragmentAs[hardware](pump, "c8y_Hardware"); ok {
		fmt.Println(pump.Name, "is a", made.Model)
	}
	// Output: Pump 7 is a HX-7
}

// Find a device by its serial number.
func ExampleIdentityService_Get() {
	client, done := clientForExamples()
	defer done()
	ctx := context.Background()
	pump := createDevice(ctx, client, "Pump 7")
	if _, err := client.Identity.Create(ctx, pump.ID, "c8y_Serial", "SN 47/11"); err != nil {
		log.Fatal(err)
	}

	found, err := client.Identity.Get(ctx, "c8y_Serial", "SN 47/11")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(found.ManagedObject.ID == pump.ID)

	_, err = client.Identity.Get(ctx, "c8y_Serial", "SN 47/12")
	fmt.Println(errors.Is(err, c8yclient.ErrNotFound))
	// Output:
	// true
	// true
}

// Raise an alarm, acknowledge it, and count what is left.
func ExampleAlarmsService_UpdateStatus() {
	client, done := clientForExamples()
	defer done()
	ctx := context.Background()
	pump := createDevice(ctx, client, "Pump 7")

	alarm, err := client.Alarms.Create(ctx, &c8yclient.Alarm{
		Source: c8yclient.Source{ID: pump.ID}, Type: "acme_TooHot", Text: "too hot", Severity: c8yclient.SeverityMajor, Time: noon,
	})
	if err != nil {
		log.Fatal(err)
	}
	alarm, err = client.Alarms.UpdateStatus(ctx, alarm.ID, c8yclient.AlarmAcknowledged)
	if err != nil {
		log.Fatal(err)
	}
	active, err := client.Alarms.Count(ctx, &c8yclient.AlarmFilter{Status: []c8yclient.AlarmStatus{c8yclient.AlarmActive}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(alarm.Text, alarm.Status, active)
	// Output: too hot ACKNOWLEDGED 0
}

// Send an event with a file and fetch the file.
func ExampleEventsService_UploadAttachment() {
	client, done := clientForExamples()
	defer done()
	ctx := context.Background()
	pump := createDevice(ctx, client, "Pump 7")

	event, err := client.Events.Create(ctx, &c8yclient.Event{
		Source: c8yclient.Source{ID: pump.ID}, Type: "acme_Log", Text: "log of the day", Time: noon,
	})
	if err != nil {
		log.Fatal(err)
	}
	text := "12:00 all is well\n"
	if _, err := client.Events.UploadAttachment(ctx, event.ID, c8yclient.Upload{
		Name: "log.txt", ContentType: "text/plain", Body: strings.NewReader(text), Size: int64(len(text)),
	}); err != nil {
		log.Fatal(err)
	}
	file, err := client.Events.DownloadAttachment(ctx, event.ID)
	if err != nil {
		log.Fatal(err)
	}
	if err := file.Save(os.Stdout, nil); err != nil {
		log.Fatal(err)
	}
	// Output: 12:00 all is well
}

// Send measurements at once, and read them as the table behind a chart.
func ExampleMeasurementsService_Series() {
	client, done := clientForExamples()
	defer done()
	ctx := context.Background()
	pump := createDevice(ctx, client, "Pump 7")

	var batch []*c8yclient.Measurement
	for i, temperature := range []float64{21.5, 22, 23.5} {
		m := &c8yclient.Measurement{
			Source: c8yclient.Source{ID: pump.ID}, Type: "c8y_Temperature", Time: noon.Add(time.Duration(i) * time.Minute),
		}
		if err := m.SetValue("c8y_Temperature", "T", temperature, "C"); err != nil {
			log.Fatal(err)
		}
		batch = append(batch, m)
	}
	if _, err := client.Measurements.CreateMany(ctx, batch); err != nil {
		log.Fatal(err)
	}
	table, err := client.Measurements.Series(ctx, &c8yclient.SeriesOptions{
		Source: pump.ID, DateFrom: noon, DateTo: noon.Add(time.Hour), Series: []string{"c8y_Temperature.T"},
		AggregationInterval: "1h", AggregationFunctions: []c8yclient.AggregationFunction{c8yclient.AggregateMin, c8yclient.AggregateMax},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, row := range table.Rows {
		fmt.Println(row.Time.Format(time.TimeOnly), row.Cells[0].Min, row.Cells[0].Max, table.Columns[0].Unit)
	}
	// Output: 12:00:00 21.5 23.5 C
}

// Tell a device to restart, and see what becomes of it.
func ExampleOperationsService_Create() {
	client, done := clientForExamples()
	defer done()
	ctx := context.Background()
	pump := createDevice(ctx, client, "Pump 7")

	restart := &c8yclient.Operation{DeviceID: pump.ID, Description: "Restart"}
	if err := restart.SetFragment("c8y_Restart", struct{}{}); err != nil {
		log.Fatal(err)
	}
	restart, err := client.Operations.Create(ctx, restart)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(restart.Status)

	// The device does as it is told.
	if _, err := client.Operations.Update(ctx, restart.ID, c8yclient.OperationPatch{Status: c8yclient.OperationSuccessful}); err != nil {
		log.Fatal(err)
	}
	restart, err = client.Operations.Get(ctx, restart.ID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(restart.Status)
	// Output:
	// PENDING
	// SUCCESSFUL
}

// Follow alarms as they happen.
func ExampleClient_realtime() {
	client, done := clientForExamples()
	defer done()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	pump := createDevice(ctx, client, "Pump 7")

	news, err := client.Realtime.Subscribe(ctx, realtime.Alarms("*"))
	if err != nil {
		log.Fatal(err)
	}
	defer news.Close()
	for raised := false; ; {
		batch, err := news.Next(ctx)
		if err != nil {
			log.Fatal(err)
		}
		for _, message := range batch.Messages {
			alarm, err := c8yclient.DecodeDocument[c8yclient.Alarm](message.Data)
			if err != nil {
				log.Fatal(err)
			}
			fmt.Println(message.Action, alarm.Text)
			return
		}
		if batch.State == realtime.Live && !raised {
			raised = true
			if _, err := client.Alarms.Create(ctx, &c8yclient.Alarm{
				Source: c8yclient.Source{ID: pump.ID}, Type: "acme_TooHot", Text: "too hot", Severity: c8yclient.SeverityMajor, Time: noon,
			}); err != nil {
				log.Fatal(err)
			}
		}
	}
	// Output: CREATE too hot
}

// Import an old event without telling anybody.
func ExampleWithCallOptions() {
	client, done := clientForExamples()
	defer done()
	ctx := context.Background()
	pump := createDevice(ctx, client, "Pump 7")

	quiet := c8yclient.WithCallOptions(ctx, c8yclient.CallOptions{ProcessingMode: c8yclient.Quiescent})
	event, err := client.Events.Create(quiet, &c8yclient.Event{
		Source: c8yclient.Source{ID: pump.ID}, Type: "acme_Started", Text: "started", Time: noon,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(event.Text)
	// Output: started
}

// What an error tells: its meaning, and what was tried.
func ExampleError() {
	client, done := clientForExamples()
	defer done()

	_, err := client.Inventory.Get(context.Background(), "4711", nil)
	if failed, ok := errors.AsType[*c8yclient.Error](err); ok && errors.Is(err, c8yclient.ErrNotFound) {
		fmt.Println(failed.Method, failed.Target, failed.Status)
		fmt.Println(failed.Message)
	}
	// Output:
	// GET /inventory/managedObjects/4711?withChildren=false 404
	// Finding device data from database failed : No managedObject for id '4711'!
}
