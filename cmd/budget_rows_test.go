package cmd

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	bubbles "charm.land/bubbles/v2/table"
	tea "charm.land/bubbletea/v2"

	"c8yx/demo"
)

const manyDevices = 100_000

var (
	down = tea.KeyPressMsg{Code: tea.KeyDown}
	up   = tea.KeyPressMsg{Code: tea.KeyUp}

	esc = tea.KeyPressMsg{Code: tea.KeyEscape}
)

// BenchmarkBudgetRows holds the list of 100,000 devices to its budgets:
//
//	loading     the first page at once: first-ms after the tenant is there; all-s in all
//	frame       a key and the frame after it: 0.2 ms
//	unchanged   a frame with nothing changed: 20 µs
//	filter      a key that filters: 16 ms
//	sort        a key that sorts: not on the update loop, so as fast as any; done-ms when it is
//	key         from the key to bytes on the terminal: p50 within 3 ms of an empty
//	            Bubble Tea program, p99 at most 33 ms (use -benchtime 300x)
func BenchmarkBudgetRows(b *testing.B) {
	_, tenant := benchTenant(b, demo.Options{Devices: manyDevices})
	b.Run("loading", func(b *testing.B) { benchLoading(b, tenant) })

	d := newDesk(b, tenant, "devices")
	d.settle()
	b.Run("frame", func(b *testing.B) {
		theirs := bubblesKey()
		b.ReportAllocs()
		for b.Loop() {
			d.press(down)
			_ = d.shell.View()
		}
		b.ReportMetric(float64(theirs)*float64(b.N)/float64(b.Elapsed()), "times-faster-than-bubbles/table")
	})
	b.Run("unchanged", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = d.shell.View()
		}
	})
	b.Run("filter", func(b *testing.B) {
		var keys samples
		for b.Loop() {
			d.press(letter('/'))
			for _, r := range "presse !un" {
				began := time.Now()
				d.press(letter(r))
				_ = d.shell.View()
				keys = append(keys, time.Since(began))
			}
			d.press(esc)
		}
		b.ReportMetric(keys.quantile(0.5), "p50-ms/key")
		b.ReportMetric(keys.quantile(1), "max-ms/key")
	})
	b.Run("sort", func(b *testing.B) {
		var keys, done samples
		for b.Loop() {
			began := time.Now()
			d.press(letter('s'))
			_ = d.shell.View()
			keys = append(keys, time.Since(began))
			d.settle()
			done = append(done, time.Since(began))
		}
		b.ReportMetric(keys.quantile(0.5), "p50-ms/key")
		b.ReportMetric(keys.quantile(1), "max-ms/key")
		b.ReportMetric(done.quantile(0.5), "done-ms")
	})
	b.Run("key", func(b *testing.B) { benchKeyToBytes(b, tenant) })
}

// benchLoading opens the list and reads all of it.
func benchLoading(b *testing.B, tenant access) {
	var first, all samples
	for b.Loop() {
		began := time.Now()
		d := newDesk(b, tenant, "devices")
		for rows := false; !rows || !d.shell.Idle(); {
			d.deliver()
			if !rows && d.shows("available") {
				first = append(first, time.Since(began))
				rows = true
			}
		}
		all = append(all, time.Since(began))
		d.shell.Close()
	}
	b.ReportMetric(first.quantile(0.5), "first-ms")
	b.ReportMetric(all.quantile(0.5)/1000, "all-s")
}

// benchKeyToBytes presses the same keys in both programs, at random moments
// between two frames.
func benchKeyToBytes(b *testing.B, tenant access) {
	shell := benchShell(b, tenant, "devices")
	ours, theirs := run(b, shell), run(b, &empty{})
	for !shell.Idle() {
		time.Sleep(10 * time.Millisecond)
	}
	runtime.GC()
	random := rand.New(rand.NewPCG(1, 2))
	var we, they samples
	for b.Loop() {
		for _, s := range []struct {
			screen *screen
			taken  *samples
		}{{ours, &we}, {theirs, &they}} {
			time.Sleep(time.Duration(20+random.IntN(17)) * time.Millisecond)
			*s.taken = append(*s.taken, s.screen.press("j"))
		}
	}
	b.ReportMetric(we.quantile(0.5), "p50-ms")
	b.ReportMetric(we.quantile(0.99), "p99-ms")
	b.ReportMetric(they.quantile(0.5), "empty-p50-ms")
	b.ReportMetric(they.quantile(0.99), "empty-p99-ms")
}

// bubblesKey returns how long a key and the frame after it take with
// bubbles/table, of which nobody would ask 100,000 rows: it has 1,000.
func bubblesKey() time.Duration {
	columns := slices.Repeat([]bubbles.Column{{Title: "COLUMN", Width: 17}}, 10)
	rows := slices.Repeat([]bubbles.Row{slices.Repeat(bubbles.Row{"device of a line"}, 10)}, 1000)
	t := bubbles.New(bubbles.WithColumns(columns), bubbles.WithRows(rows), bubbles.WithHeight(benchHeight-4),
		bubbles.WithWidth(benchWidth), bubbles.WithFocused(true))
	const keys = 50
	began := time.Now()
	for i := range keys {
		key := down
		if i%2 == 1 {
			key = up
		}
		t, _ = t.Update(key)
		_ = t.View()
	}
	return time.Since(began) / keys
}
