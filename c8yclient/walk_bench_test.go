package c8yclient_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
)

// BenchmarkReadInventory reads 100,000 devices over HTTP from a demo tenant that takes 30 ms
// longer for each answer: as List does it, by the next links with the next page fetched ahead,
// and in the naive way, page after page.
//
//	go test ./c8yclient -run '^$' -bench ReadInventory -benchtime 5x
//
// Of each way the quickest time counts: others may want the processor, too.
func BenchmarkReadInventory(b *testing.B) {
	client := benchTenant(b, demo.Options{Devices: 100_000, Latency: 30 * time.Millisecond})
	filter := c8yclient.InventoryFilter{Query: "has(c8y_IsDevice)"}
	want, err := client.Inventory.Count(b.Context(), &filter)
	if err != nil {
		b.Fatal(err)
	}
	list := func(walk c8yclient.Walk) (n int, err error) {
		options := c8yclient.InventoryListOptions{InventoryFilter: filter, Paging: c8yclient.Paging{Walk: walk}}
		for _, err := range client.Inventory.List(b.Context(), &options) {
			if err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
	naive := func() (n int, err error) {
		for number := 1; ; number++ {
			page, err := client.Inventory.Page(b.Context(), &c8yclient.InventoryListOptions{
				InventoryFilter: filter, Paging: c8yclient.Paging{CurrentPage: number},
			})
			if err != nil || len(page.Items) == 0 {
				return n, err
			}
			n += len(page.Items)
		}
	}
	ways := []struct {
		unit string
		read func() (int, error)
		took time.Duration
	}{
		{unit: "s/list", read: func() (int, error) { return list(c8yclient.WalkFastest) }},
		{unit: "s/links", read: func() (int, error) { return list(c8yclient.WalkPages) }},
		{unit: "s/naive", read: naive},
	}
	for b.Loop() {
		for i := range ways {
			began := time.Now()
			if n, err := ways[i].read(); err != nil || n != want {
				b.Fatal(ways[i].unit, n, want, err)
			}
			if took := time.Since(began); ways[i].took == 0 || took < ways[i].took {
				ways[i].took = took
			}
		}
	}
	for _, way := range ways {
		b.ReportMetric(way.took.Seconds(), way.unit)
	}
	b.ReportMetric(ways[2].took.Seconds()/ways[0].took.Seconds(), "naive/list")
	b.ReportMetric(0, "ns/op")
}

// benchTenant returns a client that is signed in to a demo tenant as its administrator.
func benchTenant(b *testing.B, options demo.Options) *c8yclient.Client {
	b.Helper()
	tenant, err := demo.New(options)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(tenant.Close)
	server := httptest.NewServer(tenant)
	b.Cleanup(server.Close)
	admin := options.Administrator()
	client, err := c8yclient.New(server.URL, c8yclient.WithAuth(c8yclient.Basic{
		Tenant: tenant.ID(), User: admin.Name, Password: c8yclient.Secret(admin.Password),
	}))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(client.CloseIdleConnections)
	return client
}
