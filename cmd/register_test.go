package cmd

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/demo/pipe"
	"c8yx/registry"
)

// A device from nothing to its first measurement: it asks, a user announces and
// accepts it, and it sends.
func TestADeviceIsPlayed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		options := demo.Options{Devices: -1}
		tenant, err := demo.New(options)
		if err != nil {
			t.Fatal(err)
		}
		defer tenant.Close()
		server := pipe.Serve(tenant)
		defer server.Close()
		transport := c8yclient.WithTransport(server.Client.Transport)

		bootstrap := registry.Bootstrap{}
		for _, u := range tenant.Users() {
			if u.Name == "devicebootstrap" {
				bootstrap.Password = c8yclient.Secret(u.Password)
			}
		}
		devices, err := registry.New(server.URL, bootstrap, transport)
		if err != nil {
			t.Fatal(err)
		}
		var told bytes.Buffer
		done := make(chan error, 1)
		go func() {
			done <- register(t.Context(), devices, registry.Device{ID: "SN-0815", SecurityToken: "4711"}, Streams{Out: &told})
		}()
		time.Sleep(10 * time.Second) // it asks in vain: nobody has announced it

		who := options.Administrator()
		admin, err := c8yclient.New(server.URL, transport, c8yclient.WithAuth(c8yclient.Basic{
			Tenant: who.Tenant, User: who.Name, Password: c8yclient.Secret(who.Password),
		}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := admin.NewDeviceRequests.Create(t.Context(), &c8yclient.NewDeviceRequest{ID: "SN-0815"}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Second) // now its question makes the request one that can be accepted
		if _, err := admin.NewDeviceRequests.Accept(t.Context(), "SN-0815", "4711"); err != nil {
			t.Fatal(err)
		}
		if err := <-done; err != nil {
			t.Fatalf("%v\n%s", err, &told)
		}
		for _, want := range []string{"not accepted yet", "is accepted", "first measurement has arrived"} {
			if !strings.Contains(told.String(), want) {
				t.Errorf("it did not tell %q:\n%s", want, &told)
			}
		}
		known, err := admin.Identity.Get(t.Context(), "c8y_Serial", "SN-0815")
		if err != nil {
			t.Fatal(err)
		}
		twin, err := admin.Inventory.Get(t.Context(), known.ManagedObject.ID, nil)
		if err != nil || !twin.IsDevice() || twin.Owner != "device_SN-0815" {
			t.Errorf("the twin is %+v, %v", twin, err)
		}
		latest, err := admin.Measurements.Latest(t.Context(), twin.ID, nil)
		if err != nil || latest.Type != "c8y_Temperature" {
			t.Errorf("the measurement is %+v, %v", latest, err)
		}
	})
}
