package c8yclient_test

import (
	stdjson "encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
)

// devicePage is a page of devices as a tenant sends it with withChildren=false.
func devicePage(n int) string {
	var b strings.Builder
	b.WriteString(`{"self":"https://acme.example/inventory/managedObjects?pageSize=2000&currentPage=1","managedObjects":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		id := 100_000 + i
		self := fmt.Sprintf("https://acme.example/inventory/managedObjects/%d", id)
		fmt.Fprintf(&b, `{"id":"%d","name":"Press %04d – Hallenstraße","type":"c8y_Linux","owner":"device_SN-%d","self":"%s",`, id, i, i, self)
		b.WriteString(`"creationTime":"2026-02-01T08:00:00.000Z","lastUpdated":"2026-02-02T09:30:00.123Z","c8y_IsDevice":{},"com_cumulocity_model_Agent":{},`)
		b.WriteString(`"c8y_SupportedOperations":["c8y_Restart","c8y_Command","c8y_SoftwareUpdate","c8y_Firmware","c8y_LogfileRequest"],`)
		fmt.Fprintf(&b, `"c8y_Hardware":{"model":"HX-%d","revision":"1.4","serialNumber":"SN-%d"},"c8y_Firmware":{"name":"core","version":"4.%d","url":""},`, i%7, i, i%20)
		b.WriteString(`"c8y_Availability":{"status":"AVAILABLE","lastMessage":"2026-02-02T09:30:00.000Z"},"c8y_RequiredAvailability":{"responseInterval":30},`)
		fmt.Fprintf(&b, `"c8y_ActiveAlarmsStatus":{"critical":0,"major":%d,"minor":0,"warning":2},"c8y_Position":{"lat":53.5%d,"lng":9.9%d,"alt":12}`, i%3, i, i)
		for _, kind := range []string{"childDevices", "childAssets", "childAdditions", "deviceParents", "assetParents", "additionParents"} {
			fmt.Fprintf(&b, `,"%s":{"self":"%s/%s","references":[]}`, kind, self, kind)
		}
		b.WriteByte('}')
	}
	b.WriteString(`],"statistics":{"currentPage":1,"pageSize":2000}}`)
	return b.String()
}

// BenchmarkDecodePage reads a page of 2,000 devices with all fragments: through the client,
// and with encoding/json into a map of raw values.
func BenchmarkDecodePage(b *testing.B) {
	body := devicePage(2000)
	b.Run("client", func(b *testing.B) {
		client := benchClient(b, body)
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			page, err := client.Inventory.Page(b.Context(), nil)
			if err != nil || len(page.Items) != 2000 || !page.Items[1999].HasFragment("c8y_Position") {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json-map", func(b *testing.B) {
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			var page struct {
				ManagedObjects []map[string]stdjson.RawMessage `json:"managedObjects"`
			}
			if err := stdjson.Unmarshal([]byte(body), &page); err != nil || len(page.ManagedObjects) != 2000 {
				b.Fatal(err)
			}
		}
	})
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

// BenchmarkFragment finds the last fragment of a device: what a column of a table costs per row.
func BenchmarkFragment(b *testing.B) {
	client := benchClient(b, devicePage(1))
	page, err := client.Inventory.Page(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	device := page.Items[0]
	b.Run("scan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := device.Fragment("c8y_Position"); !ok {
				b.Fatal("not found")
			}
		}
	})
	b.Run("encoding-json-map", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var all map[string]stdjson.RawMessage
			if stdjson.Unmarshal(device.Fragments, &all) != nil || all["c8y_Position"] == nil {
				b.Fatal("not found")
			}
		}
	})
}

// benchClient returns a client of a tenant that always answers with the same body.
func benchClient(b *testing.B, body string) *c8yclient.Client {
	b.Helper()
	client, err := c8yclient.New("acme.example", c8yclient.WithTransport(transportFunc(func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Body: readCloser{strings.NewReader(body)}, ContentLength: int64(len(body)), Request: req}, nil
	})))
	if err != nil {
		b.Fatal(err)
	}
	return client
}

// BenchmarkDecodeDocument reads one alarm, as a realtime message carries it.
func BenchmarkDecodeDocument(b *testing.B) {
	alarm := jsontext.Value(`{"id":"901","self":"https://acme.example/alarm/alarms/901","source":{"id":"4711","name":"Pump 7","self":"https://acme.example/inventory/managedObjects/4711"},"type":"c8y_HighTemp","text":"too hot",
 "severity":"MAJOR","status":"ACTIVE","count":3,"time":"2026-02-02T09:30:00.000Z","firstOccurrenceTime":"2026-02-02T08:00:00.000Z",
 "creationTime":"2026-02-02T08:00:00.100Z","lastUpdated":"2026-02-02T09:30:00.300Z","history":{"auditRecords":[],"self":"https://acme.example/audit/auditRecords"}}`)
	b.SetBytes(int64(len(alarm)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c8yclient.DecodeDocument[c8yclient.Alarm](alarm); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkKeepDevices reports what a device takes in memory once it has been read.
func BenchmarkKeepDevices(b *testing.B) {
	const devices = 2000
	body := devicePage(devices)
	client := benchClient(b, body)
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		page, err := client.Inventory.Page(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/devices, "B/device")
		b.ReportMetric(float64(len(body))/devices, "JSON-B/device")
		runtime.KeepAlive(page)
	}
}
