package demo_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"c8yx/demo"
	"c8yx/demo/notify"
)

// BenchmarkSeed settles companies of growing size. The budget for 100,000 devices is 3 s and 400 MB of process memory; both
// are reported.
func BenchmarkSeed(b *testing.B) {
	for _, devices := range []int{240, 10_000, 100_000} {
		b.Run(fmt.Sprint(devices), func(b *testing.B) {
			for b.Loop() {
				began := time.Now()
				tenant, err := demo.New(demo.Options{Devices: devices})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(began).Seconds(), "s")
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

// BenchmarkPageOf2000 reads pages of a tenant with 100,000 devices. The budget is 20 ms.
func BenchmarkPageOf2000(b *testing.B) {
	start(b, demo.Options{Devices: 100_000}).fetches(b, map[string]string{
		"first":    objects + "?pageSize=2000&withTotalPages=true",
		"last":     objects + "?pageSize=2000&currentPage=45",
		"devices":  objects + "?pageSize=2000&fragmentType=c8y_IsDevice&withTotalPages=true",
		"query":    objects + "?pageSize=2000&query=name+eq+'*7*'",
		"order":    objects + "?pageSize=2000&query=$filter=has(c8y_IsDevice)+$orderby=name",
		"alarms":   "/alarm/alarms?pageSize=2000&status=ACTIVE",
		"latest":   measurements + "?pageSize=100&dateFrom=1970-01-01&revert=true",
		"keyset":   objects + "?pageSize=2000&query=$filter=(_id+gt+'50000')+and+has(c8y_IsDevice)+$orderby=_id+asc",
		"children": objects + "?pageSize=2000&withChildren=true&withParents=true",
	})
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
// 5,000 a second accepted; it reports how many were, how many the listeners got together, and which part of what they were
// owed never came.
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
	began, sent := time.Now(), 0
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
	b.ReportMetric(float64(heard.Load())/time.Since(began).Seconds(), "heard/s")
	b.ReportMetric(float64(owed-heard.Load())/float64(owed)*100, "%lost")
	cancel()
	reading.Wait()
}
