package cmd

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/demo"
)

// BenchmarkBudgetList holds what people do with a list of 100,000 devices to the budget of a key: 16 ms
// for the key and its frame, and for whatever comes back to the update loop for it later; done-ms is when
// the list has taken it. The work beside the loop takes all cores that there are, so on a busy machine the
// slowest keys show the machine.
//
//	columns     opens the column chooser, and types the path of a fragment in it
//	terms       types a filter of terms over columns
//	fragments   types a filter over fragments, which are unpacked beside the update loop
//	sort        sorts by a fragment, which nothing has shown before
//	resort      turns that order round
//	mark-all    marks everything
//	invert      marks what is not marked
//	query       types what the tenant is to be asked for, with completion
func BenchmarkBudgetList(b *testing.B) {
	_, tenant := benchTenant(b, demo.Options{Devices: manyDevices})
	d := newDesk(b, tenant, "devices?columns=name,alarms,c8y_Hardware.revision")
	d.settle()
	d.await("devices")
	for _, task := range []struct {
		name   string
		keys   []tea.KeyPressMsg
		undone []tea.KeyPressMsg
	}{
		{"columns", append(keysOf("ca"), keysOf("c8y_hardw")...), []tea.KeyPressMsg{esc, esc}},
		{"terms", keysOf("/alarms>0 last<1h type=c8y*"), []tea.KeyPressMsg{esc}},
		{"fragments", keysOf("/c8y_Hardware.model=*1* c8y_Firmware.version>2"), []tea.KeyPressMsg{esc}},
		{"sort", keysOf("sss"), nil},
		{"resort", keysOf("S"), nil},
		{"mark-all", keysOf("*"), keysOf("U")},
		{"invert", keysOf("I"), keysOf("U")},
		{"query", keysOf("/q: c8y_Hardware.model eq 'r"), []tea.KeyPressMsg{esc}},
	} {
		b.Run(task.name, func(b *testing.B) {
			var keys, blocked, done samples
			for b.Loop() {
				for _, key := range task.keys {
					began := time.Now()
					keys = append(keys, d.frame(key))
					blocked = append(blocked, d.settleTimed())
					done = append(done, time.Since(began))
				}
				d.press(task.undone...)
				d.settle()
			}
			b.ReportMetric(keys.quantile(0.5), "p50-ms/key")
			b.ReportMetric(keys.quantile(0.95), "p95-ms/key")
			b.ReportMetric(blocked.quantile(0.95), "p95-ms-later")
			b.ReportMetric(done.quantile(0.5), "done-ms")
			b.ReportMetric(done.quantile(1), "max-done-ms")
		})
	}
}

// keysOf are the keys of a text.
func keysOf(text string) []tea.KeyPressMsg {
	var keys []tea.KeyPressMsg
	for _, r := range text {
		keys = append(keys, letter(r))
	}
	return keys
}

// settleTimed delivers messages until nothing is under way, and returns how long the longest of them,
// with the frame after it, has kept the update loop.
func (d *desk) settleTimed() (longest time.Duration) {
	for !d.shell.Idle() {
		select {
		case msg := <-d.inbox:
			began := time.Now()
			d.shell.Update(msg)
			_ = d.shell.View()
			longest = max(longest, time.Since(began))
		case <-time.After(time.Millisecond):
		}
	}
	return longest
}
