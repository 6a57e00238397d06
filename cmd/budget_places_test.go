package cmd

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
	"c8yx/views"
	"c8yx/views/tenant"
)

// BenchmarkBudgetPlaces opens every place that c8yx places prints, those of one thing with one that
// has something to show. On loopback, painting takes no longer than a frame at 60 a second, 16 ms, and
// the first rows are there within 100 ms. The last two lines name the slowest.
func BenchmarkBudgetPlaces(b *testing.B) {
	server, at := benchTenant(b, demo.Options{})
	of := func(path string) string {
		_, after, _ := strings.Cut(answer(b, server, http.MethodGet, path, ""), `"id":"`)
		id, _, _ := strings.Cut(after, `"`)
		return id
	}
	device, application, bulk := "1007", of("/application/applicationsByName/energy-report"), of("/devicecontrol/bulkoperations?pageSize=1")
	filled := map[string]string{
		"find": "find?what=" + device, "bulkfailures": "bulkfailures?bulk=" + bulk, "usedby": "usedby?file=" + of("/inventory/binaries?pageSize=1"),
		"assignments": "assignments?user=restricted", "members": "members?role=1",
		"versions": "versions?application=" + application, "logs": "logs?application=" + application, "follow": "follow?subscription=controldesk", "accessmappings": "",
		"externalids": "externalids?source=" + device, "timeline": "timeline?source=" + device, "installed": "installed?device=" + device,
		"deviceconfigurations": "deviceconfigurations?device=" + device, "deviceuser": "deviceuser?device=" + device, "remoteaccess": "remoteaccess?device=" + device,
		"device": "device/" + device, "measurements": "measurements/" + device, "inspect": "inspect/inventory/managedObjects/" + device,
		"firmwareversions": "firmwareversions?of=" + of("/inventory/managedObjects?type=c8y_Firmware&pageSize=1"),
		"softwareversions": "softwareversions?of=" + of("/inventory/managedObjects?type=c8y_Software&pageSize=1"),
	}
	client, err := c8yclient.New("http://demo.example")
	if err != nil {
		b.Fatal(err)
	}
	var slowest struct {
		painted, filled     float64
		toPaint, toHaveRows string
	}
	for _, entry := range views.NewExplorer(tenant.New(client, session.Profile{})).Entries() {
		place := entry.Name
		if other, known := filled[place]; known {
			place = other
		}
		if place == "" {
			continue // it waits for what happens
		}
		b.Run(place, func(b *testing.B) {
			var painted, filled samples
			for b.Loop() {
				began := time.Now()
				d := newDesk(b, at, place)
				_ = d.shell.View()
				painted = append(painted, time.Since(began))
				for !d.shows("▌") && !d.shell.Idle() {
					d.deliver()
				}
				filled = append(filled, time.Since(began))
				d.shell.Close()
			}
			b.ReportMetric(painted.quantile(0.5), "painted-ms")
			b.ReportMetric(filled.quantile(0.5), "rows-ms")
			b.ReportMetric(0, "ns/op")
			if ms := painted.quantile(0.5); ms > slowest.painted {
				slowest.painted, slowest.toPaint = ms, place
			}
			if ms := filled.quantile(0.5); ms > slowest.filled {
				slowest.filled, slowest.toHaveRows = ms, place
			}
		})
	}
	for name, ms := range map[string]float64{"slowest to paint, " + slowest.toPaint: slowest.painted, "slowest to have rows, " + slowest.toHaveRows: slowest.filled} {
		b.Run(name, func(b *testing.B) {
			b.ReportMetric(ms, "ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}
