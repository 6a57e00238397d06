package measurements

import (
	"fmt"
	"math"
	"strings"
	"time"

	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/toast"
	"c8yx/views/explain"
	"c8yx/views/place"
	"c8yx/views/show"
)

// bind binds the actions of the view.
func (v *View) bind() []ui.Action {
	none := func() string {
		if len(v.series) == 0 {
			return "the device has no series"
		}
		return ""
	}
	limit := func(longer bool) func() string {
		return func() string {
			if from, to := v.chart.Window(); zoomed(to.Sub(from), longer) == to.Sub(from) {
				return "this is the last step"
			}
			return ""
		}
	}
	return []ui.Action{
		{Action: keys.ZoomIn, Run: func() { v.zoom(false) }, Disabled: limit(false)},
		{Action: keys.ZoomOut, Run: func() { v.zoom(true) }, Disabled: limit(true)},
		{Action: keys.PanEarlier, Run: func() { v.pan(-0.5) }},
		{Action: keys.PanLater, Run: func() { v.pan(0.5) }, Disabled: func() string {
			if v.chart.Following() {
				return "the window already ends now"
			}
			return ""
		}},
		{Action: keys.Series, Run: v.toggle, Disabled: none},
		{Action: keys.MeasurementOnly, Run: v.only, Disabled: none},
		{Action: keys.ChartTable, Run: v.switchTable, Disabled: none},
		{Action: keys.ChartNow, Run: v.present},
		{Action: keys.ChartReset, Run: v.reset},
		{Action: keys.MeasurementLatest, Run: v.toLatest, Disabled: func() string {
			if v.newest().IsZero() {
				return "no value of the device is known"
			}
			return ""
		}},
		explain.Denied(v.tenant, v.scope, func() error { return v.err }),
		{Action: keys.Left, Run: func() { v.point(-1) }},
		{Action: keys.Right, Run: func() { v.point(1) }},
		{Action: keys.Up, Run: func() { v.move(-1) }},
		{Action: keys.Down, Run: func() { v.move(1) }},
		{Action: keys.PageUp, Run: func() { v.move(-v.drawn.page()) }},
		{Action: keys.PageDown, Run: func() { v.move(v.drawn.page()) }},
		{Action: keys.First, Run: func() { v.move(math.MinInt32) }},
		{Action: keys.Last, Run: func() { v.move(math.MaxInt32) }},
		{Action: keys.Copy, Run: v.copy, Disabled: none},
		{Action: keys.Export, Run: v.export, Disabled: none},
		{Action: keys.MeasurementInspect, Run: v.inspect},
		{Action: keys.MeasurementDevice, Run: func() { v.scope.Open(place.At("device", v.pointed()).String()) }},
		{Action: keys.Refresh, Run: v.refresh},
		{Action: keys.Pause, Run: v.pause},
	}
}

// zoom takes the next window length. A window that follows keeps its end, another
// one what is under the cursor.
func (v *View) zoom(longer bool) {
	from, to := v.chart.Window()
	length := to.Sub(from)
	next := zoomed(length, longer)
	if next == length {
		return
	}
	v.chart.Zoom(float64(next) / float64(length))
	v.moved(next)
}

// pan moves the window by a part of its length.
func (v *View) pan(part float64) {
	v.chart.Advance(time.Now())
	v.chart.Pan(part)
	v.moved(v.window.length)
}

// moved notes that the chart has another window, and reads it.
func (v *View) moved(length time.Duration) {
	v.window.length, v.window.to = length, time.Time{}
	if !v.chart.Following() {
		_, v.window.to = v.chart.Window()
	}
	v.drawn.touch()
	v.table.stale = true
	v.tick()
	if v.state != loading {
		v.read()
	}
}

// present follows the present with the length that is shown.
func (v *View) present() {
	v.chart.HideCursor()
	v.show(window{length: v.window.length}, time.Now())
	v.moved(v.window.length)
}

// reset shows the window that the place asked for.
func (v *View) reset() {
	v.chart.HideCursor()
	v.show(v.home, time.Now())
	v.moved(v.home.length)
}

// toLatest shows the latest values that are known, at the end of the window.
func (v *View) toLatest() {
	at := v.newest()
	length := v.window.length
	if now := time.Now(); now.Sub(at) < length {
		v.present()
		return
	}
	v.show(window{length: length, to: at.Add(length / 20)}, time.Now())
	v.moved(length)
}

// point moves the cursor of the chart by cells. Beyond the end it vanishes.
func (v *View) point(by int) {
	before, was := v.chart.Cursor()
	v.chart.MoveCursor(by)
	if now, _ := v.chart.Cursor(); was && by > 0 && now.Equal(before) {
		v.chart.HideCursor()
	}
	v.drawn.touch()
}

// move moves the cursor of the list or of the table.
func (v *View) move(by int) {
	v.drawn.touch()
	if v.table.on {
		v.table.Move(by)
		if at, ok := v.table.at(); ok {
			v.chart.PointAt(at)
		}
		return
	}
	v.cursor = max(0, min(v.cursor+by, len(v.series)-1))
}

// toggle shows or hides the series under the cursor.
func (v *View) toggle() {
	s := v.series[v.cursor]
	if s.shown {
		s.shown = false
		v.choose()
		return
	}
	if v.shown() >= mostShown {
		v.scope.Toast(toast.Caution, "More series than there are letters cannot be told apart. Hide one first.")
		return
	}
	v.reveal(s)
	v.choose()
	v.read()
}

// only shows the series under the cursor alone, or, if it is alone, the first few
// again.
func (v *View) only() {
	s := v.series[v.cursor]
	alone := s.shown && v.shown() == 1
	for _, other := range v.series {
		other.shown = false
	}
	if !alone {
		v.reveal(s)
		v.choose()
	} else {
		for _, other := range v.series[:min(usually, len(v.series))] {
			v.reveal(other)
		}
		v.choose()
		v.chosen = nil
	}
	v.read()
}

// choose notes which series are shown, for the place.
func (v *View) choose() {
	v.chosen = []string{}
	for _, s := range v.series {
		if s.shown {
			v.chosen = append(v.chosen, s.id)
		}
	}
	v.arrange()
}

// switchTable shows the values as a table, or the chart again.
func (v *View) switchTable() {
	v.table.on = !v.table.on
	v.table.stale = true
	v.layout()
}

// copy copies the values at the cursor, or the last one of the chosen series.
func (v *View) copy() {
	if readings := v.chart.Readings(); readings != nil {
		var b strings.Builder
		for _, r := range readings {
			if r.OK {
				fmt.Fprintf(&b, "%s\t%s\t%v\t%s\n", r.At.Format(time.RFC3339Nano), r.Series.Name(), r.Value, r.Series.Unit())
			}
		}
		v.scope.Copy("the values at the cursor", b.String())
		return
	}
	s := v.series[v.cursor]
	if math.IsNaN(s.last.value) {
		v.scope.Toast(toast.Caution, s.label()+" has no value yet.")
		return
	}
	v.scope.Copy(s.label()+" of "+show.Moment(s.last.at), fmt.Sprintf("%v", s.last.value))
}

// inspect shows the newest measurements of the window as the tenant has them.
func (v *View) inspect() {
	from, to := v.chart.Window()
	p := place.At("inspect", "measurement", "measurements").
		With("source", v.pointed()).With("revert", "true").With("pageSize", "20").
		With("dateFrom", from.UTC().Format(time.RFC3339)).With("dateTo", to.UTC().Format(time.RFC3339))
	v.scope.Open(p.String())
}

// refresh asks again which series there are, and reads the window.
func (v *View) refresh() {
	v.paused = false
	v.learn()
}

// pause holds the picture, and lets it go on where the time is then.
func (v *View) pause() {
	v.paused = !v.paused
	if !v.paused {
		v.read()
	}
	v.tick()
}

var (
	_ ui.Visitor = (*View)(nil)
	_ ui.Pointer = (*View)(nil)
)
