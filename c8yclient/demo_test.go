package c8yclient_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/demo"
)

// demoClient signs in to a demo tenant over HTTP, as its administrator. Client and tenant share
// no code: what they agree on is the API.
func demoClient(t *testing.T) *c8yclient.Client {
	t.Helper()
	options := demo.Options{Devices: 40, Settle: time.Millisecond}
	tenant, err := demo.New(options)
	if err != nil {
		t.Fatal(err)
	}
	tenant.Start(t.Context())
	server := httptest.NewServer(tenant)
	t.Cleanup(func() {
		server.Close()
		tenant.Close()
	})
	admin := options.Administrator()
	token, err := c8yclient.Authenticate(t.Context(), server.URL, c8yclient.Credentials{
		Tenant: tenant.ID(), User: admin.Name, Password: c8yclient.Secret(admin.Password),
	})
	if err != nil {
		t.Fatal(err)
	}
	if token.Claims.Tenant != tenant.ID() || token.Claims.User != admin.Name || token.Claims.Expired(time.Now()) {
		t.Errorf("claims %+v", token.Claims)
	}
	client, err := c8yclient.New(server.URL, c8yclient.WithAuth(token.Auth()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestAgainstDemo(t *testing.T) {
	client := demoClient(t)
	ctx := t.Context()
	now := time.Now().UTC().Truncate(time.Millisecond)
	devices := &c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Q: "$orderby=name"}}
	devices.PageSize = 7 // several pages

	var agent *c8yclient.ManagedObject
	listed := 0
	for device, err := range client.Inventory.List(ctx, devices) {
		if err != nil {
			t.Fatal(err)
		}
		if !device.IsDevice() || device.ID == "" || device.Name == "" || device.LastUpdated.IsZero() {
			t.Errorf("%+v", device)
		}
		if agent == nil && device.IsAgent() {
			agent = device
		}
		listed++
	}
	if counted := must[int](t)(client.Inventory.Count(ctx, &devices.InventoryFilter)); counted != listed || listed < 40 {
		t.Errorf("%d devices listed, %d counted", listed, counted)
	}

	user := must[*c8yclient.CurrentUser](t)(client.CurrentUser.Get(ctx))
	if !user.HasRole("ROLE_ALARM_ADMIN") || user.HasRole("ROLE_NOBODY") {
		t.Errorf("%+v", user)
	}
	if tenant := must[*c8yclient.CurrentTenant](t)(client.Tenant.Current(ctx, nil)); tenant.Name != "t4711" {
		t.Errorf("%+v", tenant)
	}
	if options := must[[]*c8yclient.LoginOption](t)(client.LoginOptions.List(ctx, nil)); len(options) == 0 {
		t.Error("no login options")
	}

	group := &c8yclient.ManagedObject{Name: "Line 9", Type: "c8y_DeviceGroup"}
	_ = group.SetFragment("c8y_IsDeviceGroup", struct{}{})
	_ = group.SetFragment("odd", []any{1.50, nil, "ü"})
	group = must[*c8yclient.ManagedObject](t)(client.Inventory.Create(ctx, group))
	if err := client.Inventory.AddChildren(ctx, group.ID, c8yclient.ChildAssets, agent.ID); err != nil {
		t.Fatal(err)
	}
	members := 0
	for member, err := range client.Inventory.Children(ctx, group.ID, c8yclient.ChildAssets, nil) {
		if err != nil || member.ID != agent.ID || !member.IsDevice() {
			t.Errorf("%+v, %v", member, err)
		}
		members++
	}
	if members != 1 {
		t.Errorf("%d members", members)
	}
	group = must[*c8yclient.ManagedObject](t)(client.Inventory.Update(ctx, group.ID, map[string]any{"name": "Line 10", "odd": nil}))
	if group.Name != "Line 10" || group.HasFragment("odd") || !group.IsGroup() {
		t.Errorf("%+v", group)
	}

	_ = must[*c8yclient.ExternalID](t)(client.Identity.Create(ctx, group.ID, "x/y", "a b/c+d"))
	if found := must[*c8yclient.ExternalID](t)(client.Identity.Get(ctx, "x/y", "a b/c+d")); found.ManagedObject.ID != group.ID {
		t.Errorf("%+v", found)
	}
	if _, err := client.Identity.Create(ctx, agent.ID, "x/y", "a b/c+d"); !errors.Is(err, c8yclient.ErrConflict) {
		t.Errorf("the same external id twice: %v", err)
	}
	if err := client.Identity.Delete(ctx, "x/y", "a b/c+d"); err != nil {
		t.Error(err)
	}
	if _, err := client.Identity.Get(ctx, "x/y", "a b/c+d"); !errors.Is(err, c8yclient.ErrNotFound) {
		t.Errorf("a deleted external id: %v", err)
	}

	alarm := &c8yclient.Alarm{Source: c8yclient.Source{ID: agent.ID}, Type: "test", Text: "hot", Severity: c8yclient.SeverityMajor, Time: now}
	alarm = must[*c8yclient.Alarm](t)(client.Alarms.Create(ctx, alarm))
	if again := must[*c8yclient.Alarm](t)(client.Alarms.Create(ctx, &c8yclient.Alarm{
		Source: alarm.Source, Type: "test", Text: "hot", Severity: c8yclient.SeverityMajor, Time: now,
	})); again.ID != alarm.ID || again.Count != 2 {
		t.Errorf("the same alarm twice: %+v", again)
	}
	if acked := must[*c8yclient.Alarm](t)(client.Alarms.UpdateStatus(ctx, alarm.ID, c8yclient.AlarmAcknowledged)); acked.Status != c8yclient.AlarmAcknowledged {
		t.Errorf("%+v", acked)
	}
	filter := c8yclient.AlarmFilter{Source: agent.ID, Type: []string{"test"}}
	if n := must[int](t)(client.Alarms.Count(ctx, &filter)); n != 1 {
		t.Errorf("%d alarms", n)
	}
	if _, err := client.Alarms.UpdateMany(ctx, c8yclient.AlarmFilter{Source: agent.ID}, c8yclient.AlarmCleared); err != nil {
		t.Error(err)
	}
	if err := client.Alarms.DeleteMany(ctx, filter); err != nil {
		t.Error(err)
	}

	event := must[*c8yclient.Event](t)(client.Events.Create(ctx, &c8yclient.Event{Source: alarm.Source, Type: "x+y", Text: "t", Time: now}))
	if n := must[int](t)(client.Events.Count(ctx, &c8yclient.EventFilter{Source: agent.ID, Type: "x+y"})); n != 1 {
		t.Errorf("%d events", n)
	}
	if event = must[*c8yclient.Event](t)(client.Events.Update(ctx, event.ID, c8yclient.EventPatch{Text: "u"})); event.Text != "u" || !event.Time.Equal(now) {
		t.Errorf("%+v", event)
	}
	if err := client.Events.Delete(ctx, event.ID); err != nil {
		t.Error(err)
	}

	var measurements []*c8yclient.Measurement
	for i := range 10 {
		m := &c8yclient.Measurement{Source: alarm.Source, Type: "test", Time: now.Add(time.Duration(i-10) * time.Minute)}
		if err := m.SetValue("c8y_Test", "v", float64(i), "V"); err != nil {
			t.Fatal(err)
		}
		measurements = append(measurements, m)
	}
	_ = must[[]*c8yclient.Measurement](t)(client.Measurements.CreateMany(ctx, measurements))
	table := must[*c8yclient.SeriesResult](t)(client.Measurements.Series(ctx, &c8yclient.SeriesOptions{
		Source: agent.ID, DateFrom: now.Add(-time.Hour), DateTo: now.Add(time.Hour), Series: []string{"c8y_Test.v"},
	}))
	if len(table.Rows) != 10 || table.Columns[0].Unit != "V" || table.Rows[9].Cells[0].Value() != 9 {
		t.Errorf("%+v", table)
	}
	latest := must[*c8yclient.Measurement](t)(client.Measurements.Latest(ctx, agent.ID, &c8yclient.MeasurementListOptions{Type: "test"}))
	for value := range latest.Values() {
		if value.Value != 9 {
			t.Errorf("latest %+v", value)
		}
	}

	restart := &c8yclient.Operation{DeviceID: agent.ID, Description: "Restart"}
	_ = restart.SetFragment("c8y_Restart", struct{}{})
	restart = must[*c8yclient.Operation](t)(client.Operations.Create(ctx, restart))
	if restart.Status != c8yclient.OperationPending || !restart.HasFragment("c8y_Restart") {
		t.Errorf("%+v", restart)
	}
	failed := must[*c8yclient.Operation](t)(client.Operations.Update(ctx, restart.ID, c8yclient.OperationPatch{
		Status: c8yclient.OperationFailed, FailureReason: "cancelled",
	}))
	if failed.FailureReason != "cancelled" {
		t.Errorf("%+v", failed)
	}
	if _, err := client.Operations.Create(ctx, &c8yclient.Operation{DeviceID: group.ID}); !errors.Is(err, c8yclient.ErrInvalid) {
		t.Errorf("an operation for a group: %v", err)
	}

	if err := client.Inventory.Delete(ctx, group.ID, nil); err != nil {
		t.Error(err)
	}
	if _, err := client.Inventory.Get(ctx, "0", nil); !errors.Is(err, c8yclient.ErrNotFound) || !strings.Contains(err.Error(), "inventory/Not Found") {
		t.Errorf("a missing object: %v", err)
	}
	if _, err := client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Query: "name eq ("}}); !errors.Is(err, c8yclient.ErrInvalid) {
		t.Errorf("a broken query: %v", err)
	}
}

func TestRealtimeAgainstDemo(t *testing.T) {
	client := demoClient(t)
	ctx := t.Context()
	sub, err := client.Realtime.Subscribe(ctx, realtime.Alarms("*"), realtime.ManagedObjects("*"))
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	for state := realtime.Connecting; state != realtime.Live; {
		batch, err := sub.Next(ctx)
		if err != nil || batch.State > realtime.Live {
			t.Fatal(batch.State, batch.Err, err)
		}
		state = batch.State
	}
	object := must[*c8yclient.ManagedObject](t)(client.Inventory.Create(ctx, &c8yclient.ManagedObject{Name: "new"}))
	alarm := must[*c8yclient.Alarm](t)(client.Alarms.Create(ctx, &c8yclient.Alarm{
		Source: c8yclient.Source{ID: object.ID}, Type: "test", Text: "hot", Severity: c8yclient.SeverityMajor, Time: time.Now(),
	}))
	if err := client.Inventory.Delete(ctx, object.ID, nil); err != nil {
		t.Fatal(err)
	}
	waiting := map[string]bool{"CREATE " + object.ID: true, "CREATE " + alarm.ID: true, "DELETE " + object.ID: true}
	for len(waiting) > 0 {
		batch, err := sub.Next(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, message := range batch.Messages {
			delete(waiting, string(message.Action)+" "+message.ID)
			if message.ID != alarm.ID {
				continue
			}
			if got, err := c8yclient.DecodeDocument[c8yclient.Alarm](message.Data); err != nil || got.Text != "hot" {
				t.Errorf("%+v, %v", got, err)
			}
		}
	}
}
