package bench

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/reubenmiller/go-c8y/pkg/c8y"

	"c8yx/c8yclient"
	"c8yx/demo"
)

const (
	devices = 100_000
	latency = 30 * time.Millisecond
	query   = "has(c8y_IsDevice)"
)

// BenchmarkReadInventory reads all devices of a tenant with c8yclient and with go-c8y, in turns,
// over HTTP, with the same page size and the same number of devices as the outcome. Of
// each the quickest time counts: others may want the processor, too.
func BenchmarkReadInventory(b *testing.B) {
	options := demo.Options{Devices: devices, Latency: latency}
	tenant, err := demo.New(options)
	if err != nil {
		b.Fatal(err)
	}
	defer tenant.Close()
	server := httptest.NewServer(tenant)
	defer server.Close()
	admin := options.Administrator()

	ours, err := c8yclient.New(server.URL, c8yclient.WithAuth(c8yclient.Basic{
		Tenant: tenant.ID(), User: admin.Name, Password: c8yclient.Secret(admin.Password),
	}))
	if err != nil {
		b.Fatal(err)
	}
	defer ours.CloseIdleConnections()
	c8y.SilenceLogger()
	theirs := c8y.NewClient(nil, server.URL, tenant.ID(), admin.Name, admin.Password, true)

	want, err := ours.Inventory.Count(b.Context(), &c8yclient.InventoryFilter{Query: query})
	if err != nil {
		b.Fatal(err)
	}
	var took struct{ ours, theirs time.Duration }
	for b.Loop() {
		began := time.Now()
		if n, err := readOurs(b, ours); err != nil || n != want {
			b.Fatal("c8yclient", n, want, err)
		}
		took.ours = quicker(took.ours, time.Since(began))

		began = time.Now()
		if n, err := readTheirs(b, theirs); err != nil || n != want {
			b.Fatal("go-c8y", n, want, err)
		}
		took.theirs = quicker(took.theirs, time.Since(began))
	}
	b.ReportMetric(took.ours.Seconds(), "s/c8yclient")
	b.ReportMetric(took.theirs.Seconds(), "s/go-c8y")
	b.ReportMetric(took.theirs.Seconds()/took.ours.Seconds(), "times")
	b.ReportMetric(0, "ns/op")
}

// quicker returns the shorter of two times; the first is 0 if there is none yet.
func quicker(best, took time.Duration) time.Duration {
	if best == 0 {
		return took
	}
	return min(best, took)
}

func readOurs(b *testing.B, client *c8yclient.Client) (n int, err error) {
	for device, err := range client.Inventory.List(b.Context(), &c8yclient.InventoryListOptions{
		InventoryFilter: c8yclient.InventoryFilter{Query: query},
	}) {
		if err != nil {
			return n, err
		}
		if device.ID != "" {
			n++
		}
	}
	return n, nil
}

// readTheirs asks for page after page, which is what go-c8y offers: it gives a page, and the
// caller counts.
func readTheirs(b *testing.B, client *c8y.Client) (n int, err error) {
	for number := 1; ; number++ {
		page, _, err := client.Inventory.GetManagedObjects(b.Context(), &c8y.ManagedObjectOptions{
			Query: query,
			PaginationOptions: c8y.PaginationOptions{
				PageSize: c8yclient.MaxPageSize, CurrentPage: &number,
			},
		})
		if err != nil {
			return n, err
		}
		for _, device := range page.ManagedObjects {
			if device.ID != "" {
				n++
			}
		}
		if len(page.ManagedObjects) < c8yclient.MaxPageSize {
			return n, nil
		}
	}
}
