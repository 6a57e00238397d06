package cmd

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"c8yx/demo"
)

// BenchmarkBudgetJob acknowledges 10,000 alarms by a job while somebody goes on to press keys: how many
// it does in a second (alarms/s, and naive-alarms/s one after the other without looking first), how
// long a key takes meanwhile until something is drawn (key-ms, and worst-key-ms), and what stays in
// memory (MB-more).
func BenchmarkBudgetJob(b *testing.B) {
	const alarms = 10_000
	for b.Loop() {
		tenant, at := benchTenant(b, demo.Options{Devices: -1})
		source := answerID(b, tenant, "/inventory/managedObjects", `{"name":"noisy","c8y_IsDevice":{}}`)
		ids := make([]string, alarms)
		for i := range ids {
			ids[i] = answerID(b, tenant, "/alarm/alarms", fmt.Sprintf(
				`{"source":{"id":%q},"type":"t%d","text":"alarm %d","severity":"MINOR","status":"ACTIVE","time":"2026-03-02T09:00:00Z"}`, source, i, i))
		}
		active := func() string {
			return strings.TrimSpace(answer(b, tenant, http.MethodGet, "/alarm/alarms/count?status=ACTIVE", ""))
		}
		shell := benchShell(b, at, "alarms?status=ACTIVE,ACKNOWLEDGED&source="+source)
		screen := run(b, shell)
		for !shell.Idle() {
			time.Sleep(50 * time.Millisecond)
		}
		heap := heapInUse()
		screen.press("*")
		screen.press("a")
		time.Sleep(200 * time.Millisecond)
		screen.press("y")
		var keys int
		var all, worst time.Duration
		began := time.Now()
		for active() != "0" {
			took := screen.press([]string{"\x1b[B", "\x1b[A"}[keys%2])
			keys, all, worst = keys+1, all+took, max(worst, took)
			time.Sleep(50 * time.Millisecond)
		}
		took := time.Since(began).Seconds()
		for !shell.Idle() {
			time.Sleep(50 * time.Millisecond)
		}
		b.ReportMetric(alarms/took, "alarms/s")
		b.ReportMetric(float64(all.Microseconds())/1000/float64(keys), "key-ms")
		b.ReportMetric(float64(worst.Microseconds())/1000, "worst-key-ms")
		b.ReportMetric(heapInUse()-heap, "MB-more")

		client := &http.Client{Transport: at.transport}
		began = time.Now()
		const few = 500
		for _, id := range ids[:few] {
			request, err := http.NewRequestWithContext(b.Context(), http.MethodPut, at.profile.Address+"/alarm/alarms/"+id, strings.NewReader(`{"status":"CLEARED"}`))
			if err != nil {
				b.Fatal(err)
			}
			request.SetBasicAuth(at.profile.Tenant+"/"+at.profile.User, at.profile.Password.Reveal())
			request.Header.Set("Content-Type", "application/json")
			response, err := client.Do(request)
			if err != nil {
				b.Fatal(err)
			}
			_ = response.Body.Close()
		}
		b.ReportMetric(few/time.Since(began).Seconds(), "naive-alarms/s")
	}
}
