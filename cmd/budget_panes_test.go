package cmd

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/demo"
)

// pane is a special pane, reached as a user reaches it.
type pane struct {
	name  string
	place string
	begin func(*desk) // what is pressed before; nil if nothing is
	shows string      // once it is there
	keys  [2]tea.KeyPressMsg
}

var (
	left, right = tea.KeyPressMsg{Code: tea.KeyLeft}, tea.KeyPressMsg{Code: tea.KeyRight}
	enter       = tea.KeyPressMsg{Code: tea.KeyEnter}
	submit      = tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}
)

// BenchmarkBudgetPanes holds every pane that is no plain list to the budget of one: a key and the
// frame after it within 0.2 ms, and 5 ms for a chart and for what lies over the frame. Each is compared with a frame of the list of
// devices, pressed in turns with it:
//
//	p50-ms, max-ms  a key and the frame after it
//	news-max-ms     the longest that an answer of the tenant takes on the update loop, with the frame
//	                after it, from the opening on
//	times-a-list    the median beside that of the list
//	unchanged-µs    a frame with nothing changed: 20 µs
func BenchmarkBudgetPanes(b *testing.B) {
	tenant, at := benchTenant(b, demo.Options{})
	_, application, _ := strings.Cut(answer(b, tenant, http.MethodGet, "/application/applicationsByName/energy-report", ""), `"id":"`)
	application, _, _ = strings.Cut(application, `"`)
	big, overtaken := answerID(b, tenant, "/inventory/managedObjects", megabyte(0)), answerID(b, tenant, "/inventory/managedObjects", megabyte(0))
	answer(b, tenant, http.MethodPost, "/notification2/subscriptions", `{"context":"mo","subscription":"big","source":{"id":"`+big+`"}}`)

	plain := newDesk(b, at, "devices")
	plain.settle()
	for _, p := range []pane{
		{name: "chart", place: "measurements/1007?last=24h", shows: "┈", keys: [2]tea.KeyPressMsg{left, right}},
		{name: "chart as a table", place: "measurements/1007?last=24h", begin: keystrokes(letter('v')), shows: "TIME", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "device page", place: "device/1007", shows: "Equipment", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "timeline", place: "device/1007/timeline?last=all", shows: "TIME", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "tree", place: "tree", begin: keystrokes(letter(' '), down, letter(' '), down, letter(' ')), shows: "▾", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "overview", place: "overview", shows: "LOUDEST", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "matrix", place: "permissions", shows: "OBJECTS", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "inspector, 1 MB", place: "inspect/inventory/managedObjects/" + big, shows: "hv_Part", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "detail pane, 1 MB", place: "objects?type=hv_Big", shows: "hv_Big", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "registration board", place: "devicerequests", shows: "pending acceptance", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "log", place: "logs?application=" + application, shows: "INFO", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "subscription, 1 MB a message", place: "follow?subscription=big", begin: func(d *desk) {
			d.await("live")
			for i := range 20 {
				answer(d.b, tenant, http.MethodPut, "/inventory/managedObjects/"+big, megabyte(i))
			}
			d.await("update")
		}, shows: "update", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "retention preview", place: "retention", begin: keystrokes(letter('x')), shows: "would", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "top talkers", place: "talkers", shows: "RAISED", keys: [2]tea.KeyPressMsg{down, up}},
		{name: "diff, 1 MB", place: "device/" + overtaken, begin: func(d *desk) {
			d.press(letter('e'))
			d.await("Edit ")
			for _, r := range "sooner" {
				d.press(letter(r))
			}
			d.press(submit)
			d.await("Change ")
			answer(d.b, tenant, http.MethodPut, "/inventory/managedObjects/"+overtaken, megabyte(99))
			d.press(enter)
		}, shows: "changed meanwhile", keys: [2]tea.KeyPressMsg{down, up}},
	} {
		b.Run(p.name, func(b *testing.B) { benchPane(b, at, plain, p) })
	}
}

// benchPane measures one pane beside a plain list.
func benchPane(b *testing.B, at access, plain *desk, p pane) {
	d := newDesk(b, at, p.place)
	d.settle()
	if p.begin != nil {
		p.begin(d)
		d.settle()
	}
	d.await(p.shows)
	var we, they samples
	for i := 0; b.Loop(); i++ {
		we = append(we, d.frame(p.keys[i%2]))
		d.settle()
		they = append(they, plain.frame([2]tea.KeyPressMsg{down, up}[i%2]))
		plain.settle()
	}
	began := time.Now()
	const unchanged = 100
	for range unchanged {
		_ = d.shell.View()
	}
	b.ReportMetric(float64(time.Since(began).Microseconds())/unchanged, "unchanged-µs")
	b.ReportMetric(we.quantile(0.5), "p50-ms")
	b.ReportMetric(we.quantile(1), "max-ms")
	b.ReportMetric(float64(d.slowest)/float64(time.Millisecond), "news-max-ms")
	b.ReportMetric(we.quantile(0.5)/they.quantile(0.5), "times-a-list")
	b.ReportMetric(0, "ns/op")
	d.shell.Close()
}

// keystrokes presses keys, each when the one before has been dealt with.
func keystrokes(pressed ...tea.KeyPressMsg) func(*desk) {
	return func(d *desk) {
		for _, key := range pressed {
			d.press(key)
			d.settle()
		}
	}
}

// megabyte is a managed object of a megabyte, in 5,000 parts that are others for another n.
func megabyte(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"name":"Big","type":"hv_Big","hv_Parts":{`)
	for i := range 5000 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"hv_Part%04d":{"serial":"HV-%08d","value":%d.25,"unit":"°C","text":"%s"}`,
			i, i*7919, i+n, strings.Repeat("measured by hand, ", 8))
	}
	b.WriteString("}}")
	return b.String()
}
