package demo_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"c8yx/demo"
	"c8yx/demo/notify"
)

// BenchmarkSeed settles companies of growing size. The budget for 100,000 devices is 3 s and 400 MB of process memory; both
// are reported, and the time that both processors work for it.
func BenchmarkSeed(b *testing.B) {
	for _, devices := range []int{240, 10_000, 100_000} {
		b.Run(fmt.Sprint(devices), func(b *testing.B) {
			for b.Loop() {
				began, worked := time.Now(), busy()
				tenant, err := demo.New(demo.Options{Devices: devices})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(began).Seconds(), "s")
				b.ReportMetric((busy() - worked).Seconds(), "cpu-s")
				b.ReportMetric(resident(), "MB-resident")
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-heap")
				tenant.Close()
			}
		})
	}
}

// BenchmarkSeedForAStory makes the tenant that every story begins with. Run it under -race, as they are; the median of both processors' work counts.
func BenchmarkSeedForAStory(b *testing.B) {
	b.ReportAllocs()
	var each []time.Duration
	for b.Loop() {
		worked := busy()
		tenant, err := demo.New(demo.Options{Past: 4 * time.Hour})
		if err != nil {
			b.Fatal(err)
		}
		each = append(each, busy()-worked)
		tenant.Close()
	}
	slices.Sort(each)
	b.ReportMetric(each[len(each)/2].Seconds()*1e3, "cpu-ms")
}

// resident is the memory that the process holds, in MB; 0 where the system does not tell.
func resident() float64 {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		var kB float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %f kB", &kB); n == 1 {
			return kB / 1024
		}
	}
	return 0
}

// fetch is one call over HTTP, as fast as a client can be: the answer is read and thrown away. It returns the answer's length.
func (b *bench) fetch(method, path, body string) int64 {
	request, err := http.NewRequest(method, b.server.URL+path, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	name, password, _ := strings.Cut(b.user, ":")
	request.SetBasicAuth(name, password)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := b.server.Client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	if err != nil || response.StatusCode >= 300 {
		b.Fatalf("%s %s: %s, %v", method, path, response.Status, err)
	}
	return n
}

func (b *bench) fetches(tb *testing.B, paths map[string]string) {
	for name, path := range paths {
		tb.Run(name, func(tb *testing.B) {
			var length int64
			for tb.Loop() {
				length = b.fetch("GET", path, "")
			}
			tb.SetBytes(length)
		})
	}
}

// BenchmarkPageOf2000 reads pages of a tenant with 100,000 devices, each with every sort of query: by fragments, with wildcards in front, in any
// order, near the end, with totals, with parents. The budget is 20 ms for each. It reports the time that a client waits, the time that both
// processors work (which says more on a machine that has other things to do), and how that compares with the first page of
// everything, without a query, in the same run.
func BenchmarkPageOf2000(b *testing.B) {
	bench := start(b, demo.Options{Devices: 100_000})
	plain := objects + "?pageSize=2000"
	first := bench.busiest(plain, 8)
	for _, page := range []struct{ name, path string }{
		{"first", plain},
		{"last", plain + "&currentPage=45&withTotalPages=true"},
		{"fragment+total", plain + "&fragmentType=c8y_IsDevice&withTotalPages=true"},
		{"type+total", plain + "&type=hv_RoomSensor&withTotalPages=true"},
		{"roots+total", plain + "&onlyRoots=true&fragmentType=c8y_IsDevice&withTotalPages=true"},
		{"wildcard", plain + "&query=name+eq+'*7*'"},
		{"wildcard+total", plain + "&query=name+eq+'*7*'&withTotalPages=true"},
		{"wildcard,rare", plain + "&query=name+eq+'*zzz*'"},
		{"nested+total", plain + "&query=c8y_Availability.status+eq+'UNAVAILABLE'&withTotalPages=true"},
		{"not+total", plain + "&query=not(has(c8y_Firmware))+and+has(c8y_IsDevice)&withTotalPages=true"},
		{"date+total", plain + "&query=creationTime.date+gt+'2024-01-01T00:00:00Z'&withTotalPages=true"},
		{"order", plain + "&query=$filter=has(c8y_IsDevice)+$orderby=name"},
		{"order,descending+total", plain + "&withTotalPages=true&query=$filter=has(c8y_IsDevice)+$orderby=name+desc"},
		{"order,nested,deep", plain + "&currentPage=40&query=$orderby=c8y_Hardware.serialNumber"},
		{"order,date", plain + "&query=$orderby=creationTime.date"},
		{"text", plain + "&text=pumpe"},
		{"text,query", plain + "&query=text+eq+pumpe"},
		{"subtree", plain + "&query=isinhierarchyof(1005)"},
		{"keyset", plain + "&query=$filter=(_id+gt+'50000')+and+has(c8y_IsDevice)+$orderby=_id+asc"},
		{"parents", plain + "&withChildren=true&withParents=true"},
		{"files", "/inventory/binaries?pageSize=2000"},
		{"alarms", "/alarm/alarms?pageSize=2000&status=ACTIVE"},
		{"measurements", measurements + "?pageSize=2000&dateFrom=1970-01-01&revert=true"},
	} {
		b.Run(page.name, func(b *testing.B) {
			bench.fetch("GET", page.path, "") // the columns that it looks at are made now, and kept
			least := time.Hour
			var length int64
			for b.Loop() {
				began := busy()
				length = bench.fetch("GET", page.path, "")
				least = min(least, busy()-began)
			}
			b.SetBytes(length)
			b.ReportMetric(least.Seconds()*1e3, "cpu-ms")
			b.ReportMetric(least.Seconds()/first.Seconds(), "x-first")
		})
	}
}

// BenchmarkPageOf2000OfALivingTenant reads ordered pages while devices are renamed between any two of them, and others heard of.
func BenchmarkPageOf2000OfALivingTenant(b *testing.B) {
	bench := start(b, demo.Options{Devices: 100_000})
	for name, path := range map[string]string{
		"order":      objects + "?pageSize=2000&query=$filter=has(c8y_IsDevice)+$orderby=name",
		"order,date": objects + "?pageSize=2000&query=$filter=has(c8y_IsDevice)+$orderby=lastUpdated.date+desc,name",
	} {
		b.Run(name, func(b *testing.B) {
			least := time.Hour
			for n := 0; b.Loop(); n++ {
				for i := range 5 {
					bench.fetch("PUT", fmt.Sprint(objects, "/", 1100+(5*n+i)*31%5000), fmt.Sprintf(`{"name":"Pumpe %d"}`, n))
				}
				began := busy()
				bench.fetch("GET", path, "")
				least = min(least, busy()-began)
			}
			b.ReportMetric(least.Seconds()*1e3, "cpu-ms")
		})
	}
}

// busiest is how long both processors work for a page, at best.
func (b *bench) busiest(path string, rounds int) time.Duration {
	least := time.Hour
	for range rounds {
		began := busy()
		b.fetch("GET", path, "")
		least = min(least, busy()-began)
	}
	return least
}

// measurementsOf is a body of measurements of a device, one a second.
func measurementsOf(device string, from time.Time, n int) string {
	var body bytes.Buffer
	body.WriteString(`{"measurements":[`)
	for i := range n {
		if i > 0 {
			body.WriteByte(',')
		}
		at := from.Add(time.Duration(i) * time.Second).UTC().Format("2006-01-02T15:04:05.000Z")
		fmt.Fprintf(&body, `{"source":{"id":%q},"type":"c8y_T","time":%q,"c8y_T":{"T":{"value":%d.5,"unit":"C"}}}`, device, at, i%90)
	}
	body.WriteString(`]}`)
	return body.String()
}

// BenchmarkMillionMeasurements pages through a device that has a million. The budget for its last page is 20 ms.
func BenchmarkMillionMeasurements(b *testing.B) {
	const all, each = 1_000_000, 10_000
	tb := start(b, demo.Options{})
	device := tb.device("Pump")
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := 0; i < all; i += each {
		tb.fetch("POST", measurements, measurementsOf(device, from.Add(time.Duration(i)*time.Second), each))
	}
	of := measurements + "?dateFrom=1970-01-01&source=" + device
	tb.fetches(b, map[string]string{
		"last":   of + "&pageSize=2000&currentPage=500",
		"newest": of + "&pageSize=2000&revert=true",
		"total":  of + "&pageSize=1&withTotalPages=true",
	})
}

// BenchmarkFanOut creates measurements in collections of 50 while 100 clients listen to all of them over WebSocket. The budget is
// 5,000 a second accepted; it reports how many were, how many the listeners got together, which part of what they were
// owed never came, and how long both processors worked for one, listeners included: with 400 µs two processors do 5,000 a second.
func BenchmarkFanOut(b *testing.B) {
	const listeners, each = 100, 50
	tb := start(b, demo.Options{Realtime: notify.HubOptions{Connections: listeners, Queue: 20_000}})
	device := tb.device("Pump")
	var heard atomic.Int64
	var reading sync.WaitGroup
	ctx, cancel := context.WithCancel(b.Context())
	for range listeners {
		l := tb.listen("/notification/realtime", "", adminHeader(tb)).subscribe("/measurements/" + device)
		l.socket.SetReadLimit(-1) // the tenant puts into one message what has gathered
		reading.Go(func() {
			var text bytes.Buffer
			for {
				_, message, err := l.socket.Reader(ctx)
				if err != nil {
					return
				}
				text.Reset()
				if _, err := text.ReadFrom(message); err != nil {
					return
				}
				heard.Add(int64(bytes.Count(text.Bytes(), []byte(`"realtimeAction"`))))
				if bytes.Contains(text.Bytes(), []byte(`"/meta/connect"`)) {
					l.connect()
				}
			}
		})
	}
	body := measurementsOf(device, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), each)
	began, worked, sent := time.Now(), busy(), 0
	for b.Loop() {
		tb.fetch("POST", measurements, body)
		sent += each
	}
	accepted := time.Since(began)
	owed := int64(sent * listeners)
	for last := int64(-1); heard.Load() < owed && heard.Load() != last; { // until nothing more comes
		last = heard.Load()
		time.Sleep(200 * time.Millisecond)
	}
	b.ReportMetric(float64(sent)/accepted.Seconds(), "accepted/s")
	b.ReportMetric((busy()-worked).Seconds()*1e6/float64(sent), "cpu-µs/measurement")
	b.ReportMetric(float64(heard.Load())/time.Since(began).Seconds(), "heard/s")
	b.ReportMetric(float64(owed-heard.Load())/float64(owed)*100, "%lost")
	cancel()
	reading.Wait()
}
