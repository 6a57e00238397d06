package cmd

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"c8yx/demo"
)

const (
	livePerSecond = 5000
	liveAlarms    = 1000 // that the messages are about
	liveTick      = 20 * time.Millisecond
)

// BenchmarkBudgetLive changes alarms 5,000 times a second for as long as the
// benchmark runs (-benchtime 3s or longer). The list must take all of it
// (accepted/s; behind-ms is how long after that a new alarm takes to be seen),
// draw at most 30 frames a second, and not grow; naive-views/s is how often as many
// messages make Bubble Tea ask for a frame when each is sent for itself.
func BenchmarkBudgetLive(b *testing.B) {
	tenant, at := benchTenant(b, demo.Options{Devices: -1})
	source := answerID(b, tenant, "/inventory/managedObjects", `{"name":"noisy","c8y_IsDevice":{}}`)
	ids := make([]string, liveAlarms)
	for i := range ids {
		ids[i] = answerID(b, tenant, "/alarm/alarms", fmt.Sprintf(
			`{"source":{"id":%q},"type":"t%d","text":"alarm %d","severity":"MINOR","status":"ACTIVE","time":"2026-03-02T09:00:00Z"}`, source, i, i))
	}
	shell := benchShell(b, at, "alarms")
	screen := run(b, shell)
	for !shell.Idle() {
		time.Sleep(50 * time.Millisecond)
	}
	time.Sleep(500 * time.Millisecond) // until the live connection is up
	heap := heapInUse()
	_, before := screen.count()
	sent, began := 0, time.Now()
	for b.Loop() { // one change each
		due := began.Add(time.Duration(sent) * time.Second / livePerSecond)
		if ahead := time.Until(due); ahead > liveTick {
			time.Sleep(ahead)
		}
		severity := [...]string{"MAJOR", "MINOR", "WARNING"}[sent/liveAlarms%3]
		answer(b, tenant, http.MethodPut, "/alarm/alarms/"+ids[sent*7919%liveAlarms], `{"severity":"`+severity+`"}`)
		sent++
	}
	took := time.Since(began).Seconds()
	_, after := screen.count()
	now := time.Now()
	answerID(b, tenant, "/alarm/alarms", fmt.Sprintf(
		`{"source":{"id":%q},"type":"last","text":"QQQQQQQQ","severity":"CRITICAL","status":"ACTIVE","time":%q}`, source, now.Format(time.RFC3339)))
	for !screen.has("QQQQQQQQ") {
		time.Sleep(time.Millisecond)
	}
	b.ReportMetric(float64(time.Since(now).Milliseconds()), "behind-ms")
	b.ReportMetric(float64(sent)/took, "accepted/s")
	b.ReportMetric(float64(after-before)/took, "frames/s")
	b.ReportMetric(heapInUse()-heap, "MB-more")

	theirs := &empty{}
	naive := run(b, theirs)
	time.Sleep(100 * time.Millisecond)
	messages := int(livePerSecond * 0.2)
	for i := range messages {
		naive.program.Send(i)
	}
	naive.program.Quit()
	naive.program.Wait()
	b.ReportMetric(float64(theirs.views)/float64(messages)*livePerSecond, "naive-views/s")
}

// heapInUse is what the program holds after a collection, in MB.
func heapInUse() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// answer asks the tenant as its administrator, without a network between.
func answer(b *testing.B, tenant *demo.Tenant, method, path, body string) string {
	b.Helper()
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	admin := tenant.Users()[0]
	request.SetBasicAuth(admin.Tenant+"/"+admin.Name, admin.Password)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	tenant.ServeHTTP(recorder, request)
	if recorder.Code >= 300 {
		b.Fatalf("%s %s: %d: %s", method, path, recorder.Code, recorder.Body)
	}
	return recorder.Body.String()
}

// answerID creates a document and returns its id.
func answerID(b *testing.B, tenant *demo.Tenant, path, body string) string {
	b.Helper()
	_, after, _ := strings.Cut(answer(b, tenant, http.MethodPost, path, body), `"id":"`)
	id, _, found := strings.Cut(after, `"`)
	if !found {
		b.Fatalf("POST %s: no id", path)
	}
	return id
}
