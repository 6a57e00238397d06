package goc8y_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/reubenmiller/go-c8y/pkg/c8y"
	"github.com/reubenmiller/go-c8y/pkg/c8y/binary"
)

func TestLogin(t *testing.T) {
	_, ctx := signedIn(t)
	client := c8y.NewClient(nil, address, tenant, user, password, true)
	if err := client.LoginUsingOAuth2(ctx); err != nil {
		t.Fatal(err)
	}
	client.SetUsernamePassword("", "")
	client.SetAuthorizationType(c8y.AuthTypeBearer)
	me := must[*c8y.User](t)(client.User.GetCurrentUser(ctx))
	equal(t, "the user of the token", me.Username, user)
	equal(t, "the tenant", client.TenantName, tenant)
	if client.Version == "" {
		t.Error("the platform has no version")
	}

	client = c8y.NewClient(nil, address, tenant, user, "wrong", true)
	if err := client.LoginUsingOAuth2(ctx); err == nil {
		t.Error("a wrong password is accepted")
	}
}

func TestDevices(t *testing.T) {
	client, ctx := signedIn(t)
	device := newDevice(t, client)
	must[*c8y.ManagedObject](t)(client.Inventory.Update(ctx, device.ID, map[string]any{"c8y_Hardware": map[string]any{"model": "P7"}}))
	read := must[*c8y.ManagedObject](t)(client.Inventory.GetManagedObject(ctx, device.ID, nil))
	equal(t, "a fragment", read.Item.Get("c8y_Hardware.model").String(), "P7")
	found := must[*c8y.ManagedObjectCollection](t)(client.Inventory.GetManagedObjects(ctx, &c8y.ManagedObjectOptions{
		Query: "$filter=(name eq '" + device.Name + "' and has(c8y_IsDevice)) $orderby=name",
	}))
	equal(t, "found by query", len(found.ManagedObjects), 1)

	must[*c8y.Identity](t)(client.Identity.Create(ctx, device.ID, "c8y_Serial", "go-c8y-1"))
	identity := must[*c8y.Identity](t)(client.Identity.GetExternalID(ctx, "c8y_Serial", "go-c8y-1"))
	equal(t, "found by serial number", identity.ManagedObject.ID, device.ID)

	fleet := must[*c8y.ManagedObjectCollection](t)(client.Inventory.GetDevices(ctx, &c8y.PaginationOptions{PageSize: 10}))
	equal(t, "a page of devices", len(fleet.ManagedObjects), 10)
}

func TestRecords(t *testing.T) {
	client, ctx := signedIn(t)
	device := newDevice(t, client)

	alarm := must[*c8y.Alarm](t)(client.Alarm.Create(ctx, c8y.NewAlarmBuilder(device.ID, "c8y_HighTemp", "hot").SetSeverityMajor()))
	again := must[*c8y.Alarm](t)(client.Alarm.Create(ctx, c8y.NewAlarmBuilder(device.ID, "c8y_HighTemp", "hot").SetSeverityMajor()))
	equal(t, "an alarm that is raised twice", again.ID, alarm.ID)
	equal(t, "its count", again.Count, 2)
	check(t)(client.Alarm.BulkUpdateAlarms(ctx, "CLEARED", c8y.AlarmUpdateOptions{Source: device.ID, Status: "ACTIVE"}))
	deadline := time.Now().Add(10 * time.Second)
	for must[*c8y.Alarm](t)(client.Alarm.GetAlarm(ctx, alarm.ID)).Status != "CLEARED" {
		if time.Now().After(deadline) { // 202: it happens a little later
			t.Fatal("the alarm is not cleared")
		}
		time.Sleep(50 * time.Millisecond)
	}

	event := must[*c8y.Event](t)(client.Event.Create(ctx, c8y.NewEventBuilder(device.ID, "c8y_Door", "open")))
	events := must[*c8y.EventCollection](t)(client.Event.GetEvents(ctx, &c8y.EventCollectionOptions{Source: device.ID}))
	equal(t, "events", len(events.Events), 1)
	check(t)(client.Event.Delete(ctx, event.ID))

	measured, err := c8y.NewSimpleMeasurementRepresentation(c8y.SimpleMeasurementOptions{
		SourceID: device.ID, Type: "c8y_Temperature", ValueFragmentType: "c8y_Temperature", ValueFragmentSeries: "T", Value: 21.5, Unit: "°C",
	})
	if err != nil {
		t.Fatal(err)
	}
	must[*c8y.Measurement](t)(client.Measurement.Create(ctx, *measured))
	measurements := must[*c8y.MeasurementCollection](t)(client.Measurement.GetMeasurements(ctx, &c8y.MeasurementCollectionOptions{Source: device.ID}))
	equal(t, "measurements", len(measurements.Measurements), 1)
	series := must[*c8y.MeasurementSeriesGroup](t)(client.Measurement.GetMeasurementSeries(ctx, &c8y.MeasurementSeriesOptions{
		Source: device.ID, Variables: []string{"c8y_Temperature.T"},
		DateFrom: time.Now().Add(-time.Hour).Format(time.RFC3339), DateTo: time.Now().Add(time.Hour).Format(time.RFC3339),
	}))
	equal(t, "points of the series", len(series.Values), 1)

	operation := must[*c8y.Operation](t)(client.Operation.Create(ctx, c8y.NewOperationBuilder(device.ID).Set("c8y_Restart", map[string]any{})))
	equal(t, "a new operation", operation.Status, "PENDING")
	must[*c8y.Operation](t)(client.Operation.Update(ctx, operation.ID, &c8y.OperationUpdateOptions{Status: "EXECUTING"}))
	operations := must[*c8y.OperationCollection](t)(client.Operation.GetOperations(ctx, &c8y.OperationCollectionOptions{AgentID: device.ID, Status: "EXECUTING"}))
	equal(t, "operations that are carried out", len(operations.Operations), 1)
}

func TestBinaries(t *testing.T) {
	client, ctx := signedIn(t)
	content := strings.Repeat("content\n", 1000)
	file, err := binary.NewBinaryFile(binary.WithReader(strings.NewReader(content)), binary.WithName("notes.txt"), binary.WithType("text/plain"))
	if err != nil {
		t.Fatal(err)
	}
	made := must[*c8y.ManagedObject](t)(client.Inventory.CreateBinary(ctx, file))
	defer func() { check(t)(client.Inventory.DeleteBinary(ctx, made.ID)) }()
	equal(t, "the name", made.Name, "notes.txt")
	path, err := client.Inventory.DownloadBinary(ctx, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	downloaded, err := os.ReadFile(path)
	if err != nil || string(downloaded) != content {
		t.Errorf("downloaded %d bytes, %v; want %d", len(downloaded), err, len(content))
	}
}

// within waits for what somebody sends.
func within[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(20 * time.Second):
		t.Fatalf("%s: nothing comes", what)
		panic("unreachable")
	}
}

func TestRealtime(t *testing.T) {
	client, ctx := signedIn(t)
	device := newDevice(t, client)
	if err := client.Realtime.Connect(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Realtime.Close() }()
	alarms, everywhere := make(chan *c8y.Message, 100), make(chan *c8y.Message, 1000)
	for channel, out := range map[string]chan *c8y.Message{c8y.RealtimeAlarms(device.ID): alarms, c8y.RealtimeEvents(): everywhere} {
		if err := <-client.Realtime.Subscribe(channel, out); err != nil {
			t.Fatalf("subscribing to %s: %v", channel, err)
		}
	}
	alarm := must[*c8y.Alarm](t)(client.Alarm.Create(ctx, c8y.NewAlarmBuilder(device.ID, "c8y_HighTemp", "hot").SetSeverityMajor()))
	message := within(t, "a new alarm", alarms)
	equal(t, "the action", message.Payload.RealtimeAction, "CREATE")
	equal(t, "the alarm", message.Payload.Item.Get("id").String(), alarm.ID)
	event := must[*c8y.Event](t)(client.Event.Create(ctx, c8y.NewEventBuilder(device.ID, "c8y_Door", "open")))
	for within(t, "a new event", everywhere).Payload.Item.Get("id").String() != event.ID {
		continue // the company lives: its devices send events, too
	}
}

func TestNotification2(t *testing.T) {
	client, ctx := signedIn(t)
	device := newDevice(t, client)
	must[*c8y.Event](t)(client.Notification2.CreateSubscription(ctx, "", c8y.Notification2Subscription{
		Context: "mo", Subscription: "goc8y", Source: c8y.NewSource(device.ID),
		SubscriptionFilter: c8y.Notification2SubscriptionFilter{Apis: []string{"alarms"}, TypeFilter: "'c8y_HighTemp' or 'c8y_LowTemp'"},
	}))
	listed := must[*c8y.Notification2SubscriptionCollection](t)(client.Notification2.GetSubscriptions(ctx, &c8y.Notification2SubscriptionCollectionOptions{Source: device.ID}))
	equal(t, "subscriptions of the device", len(listed.Subscriptions), 1)

	options := c8y.Notification2ClientOptions{
		Consumer: "one", Options: c8y.Notification2TokenOptions{Subscription: "goc8y", Subscriber: "tests", ExpiresInMinutes: 2},
	}
	consumer, err := client.Notification2.CreateClient(ctx, options)
	if err != nil {
		t.Fatal(err)
	}
	if err := consumer.Connect(); err != nil {
		t.Fatal(err)
	}
	second, err := client.Notification2.CreateClient(ctx, options)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Connect(); err == nil {
		t.Error("a second client of an exclusive subscriber is let in")
	}
	messages := newMessages(consumer)
	for _, kind := range []string{"c8y_Other", "c8y_HighTemp"} {
		must[*c8y.Alarm](t)(client.Alarm.Create(ctx, c8y.NewAlarmBuilder(device.ID, kind, "hot").SetSeverityMajor()))
	}
	message := within(t, "a notification", messages)
	equal(t, "the description", string(message.Description), "/"+tenant+"/alarms/"+device.ID)
	equal(t, "the action", string(message.Action), "CREATE")
	equal(t, "the type", message.JSON().Get("type").String(), "c8y_HighTemp")
	if err := consumer.SendMessageAck(message.Identifier); err != nil {
		t.Error(err)
	}
	token := consumer.Subscription.Token
	result := must[*c8y.UnsubscribeResponse](t)(client.Notification2.UnsubscribeSubscriber(ctx, token))
	equal(t, "unsubscribing while connected", result.Result, "SCHEDULED")
	_ = consumer.Close()
	check(t)(client.Notification2.DeleteSubscriptionBySource(ctx, c8y.Notification2SubscriptionDeleteOptions{Source: device.ID}))
}

func TestRegistration(t *testing.T) {
	client, ctx := signedIn(t)
	const serial = "go-c8y-device"
	must[*c8y.NewDeviceRequest](t)(client.DeviceCredentials.Create(ctx, serial))
	bootstrap := c8y.NewClient(nil, address, "management", "devicebootstrap", "demo-Bootstrap.1", true)
	if _, _, err := bootstrap.DeviceCredentials.CreateDeviceCredentials(ctx, serial); err == nil {
		t.Fatal("credentials before anybody has accepted the device")
	}
	waiting := must[*c8y.NewDeviceRequest](t)(client.DeviceCredentials.GetNewDeviceRequest(ctx, serial))
	equal(t, "after the device has asked", waiting.Status, c8y.NewDeviceRequestPendingAcceptance)
	must[*c8y.NewDeviceRequest](t)(client.DeviceCredentials.Update(ctx, serial, c8y.NewDeviceRequestAccepted))
	credentials := must[*c8y.DeviceCredentials](t)(bootstrap.DeviceCredentials.CreateDeviceCredentials(ctx, serial))
	equal(t, "the tenant", credentials.TenantID, tenant)

	device := c8y.NewClient(nil, address, credentials.TenantID, credentials.Username, credentials.Password, true)
	made := must[*c8y.ManagedObject](t)(device.Inventory.Create(ctx, c8y.NewAgent(serial)))
	equal(t, "the owner", made.Owner, credentials.Username)
	must[*c8y.Identity](t)(device.Identity.Create(ctx, made.ID, "c8y_Serial", serial))
	must[*c8y.Event](t)(device.Event.Create(ctx, c8y.NewEventBuilder(made.ID, "c8y_Door", "open")))
	defer func() { check(t)(client.Inventory.Delete(context.Background(), made.ID)) }()
}
