package c8yclient_test

import (
	stdjson "encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
)

// documentsPage is a page of one kind of document, numbered through a format.
func documentsPage(key, format string, n int) string {
	items := make([]string, n)
	for i := range items {
		items[i] = strings.ReplaceAll(format, "#", fmt.Sprint(100_000+i))
	}
	return `{"self":"https://acme.example/","` + key + `":[` + strings.Join(items, ",") + `],"statistics":{"currentPage":1,"pageSize":2000}}`
}

// BenchmarkDecodeKinds reads a page of 2,000 of each of the other large kinds through the
// client, and reports how many times as long encoding/json takes for a map of raw values.
func BenchmarkDecodeKinds(b *testing.B) {
	const source = `"source":{"id":"4711","name":"Pump 7","self":"https://acme.example/inventory/managedObjects/4711"},"time":"2026-02-02T09:30:00.000+01:00"`
	for _, kind := range []struct {
		key, format string
		read        func(*c8yclient.Client) (int, error)
	}{
		{
			"alarms", `{"id":"#","self":"https://acme.example/alarm/alarms/#",` + source + `,"type":"acme_Pressure","text":"Pressure above 210 bar","severity":"MAJOR","status":"ACTIVE","count":3,"creationTime":"2026-02-02T08:30:00.000Z","lastUpdated":"2026-02-02T08:30:00.000Z","history":{"auditRecords":[],"self":"https://acme.example/audit/auditRecords"},"acme_Limit":{"value":210,"unit":"bar"}}`,
			func(c *c8yclient.Client) (int, error) { return size(c.Alarms.Page(b.Context(), nil)) },
		},
		{
			"events", `{"id":"#","self":"https://acme.example/event/events/#",` + source + `,"type":"c8y_LocationUpdate","text":"moved","creationTime":"2026-02-02T08:30:00.000Z","lastUpdated":"2026-02-02T08:30:00.000Z","c8y_Position":{"lat":53.55,"lng":9.99,"alt":12}}`,
			func(c *c8yclient.Client) (int, error) { return size(c.Events.Page(b.Context(), nil)) },
		},
		{
			"measurements", `{"id":"#","self":"https://acme.example/measurement/measurements/#",` + source + `,"type":"c8y_Temperature","c8y_Temperature":{"T":{"value":21.5,"unit":"C"},"H":{"value":40,"unit":"%"}}}`,
			func(c *c8yclient.Client) (int, error) { return size(c.Measurements.Page(b.Context(), nil)) },
		},
		{
			"operations", `{"id":"#","self":"https://acme.example/devicecontrol/operations/#","deviceId":"4711","deviceName":"Pump 7","status":"SUCCESSFUL","creationTime":"2026-02-02T08:30:00.000Z","description":"Execute shell command","c8y_Command":{"text":"uptime","result":"up 3 days"}}`,
			func(c *c8yclient.Client) (int, error) { return size(c.Operations.Page(b.Context(), nil)) },
		},
	} {
		b.Run(kind.key, func(b *testing.B) {
			const items = 2000
			body := documentsPage(kind.key, kind.format, items)
			client := benchClient(b, body)
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if n, err := kind.read(client); err != nil || n != items {
					b.Fatal(n, err)
				}
			}
			ours := b.Elapsed() / time.Duration(b.N)
			const rounds = 5
			began := time.Now()
			for range rounds {
				var page map[string]stdjson.RawMessage
				var documents []map[string]stdjson.RawMessage
				if stdjson.Unmarshal([]byte(body), &page) != nil || stdjson.Unmarshal(page[kind.key], &documents) != nil || len(documents) != items {
					b.Fatal("encoding/json does not read the page")
				}
			}
			b.ReportMetric(float64(time.Since(began)/rounds)/float64(ours), "x-encoding/json")
		})
	}
}

func size[T any](page *c8yclient.Page[T], err error) (int, error) {
	if err != nil {
		return 0, err
	}
	return len(page.Items), nil
}
