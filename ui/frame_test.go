package ui_test

import "testing"

func TestNothingChangedMeansTheSameFrame(t *testing.T) {
	d := newDesk(t, 200, 50)
	before := d.shell.View().Content
	if allocs := testing.AllocsPerRun(100, func() { _ = d.shell.View() }); allocs > 0 {
		t.Errorf("an unchanged frame costs %v allocations", allocs)
	}
	if d.shell.View().Content != before {
		t.Error("the frame changed by itself")
	}
}

// The whole frame around a pane, unchanged and after a key.
func BenchmarkView(b *testing.B) {
	d := newDesk(b, 200, 50)
	b.Run("unchanged", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = d.shell.View()
		}
	})
	b.Run("key", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.shell.Update(press("x"))
			_ = d.shell.View()
		}
	})
}
