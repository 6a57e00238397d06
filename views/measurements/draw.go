package measurements

import (
	"errors"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/chart"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/show"
)

// The widths from which the list of series stands beside the chart, and of the
// list.
const (
	wideEnough = 100
	listLeast  = 34
	listMost   = 48
)

// rectangle is a part of the pane, in cells.
type rectangle struct{ x, y, width, height int }

// drawn is the layout of the pane and its last rendering.
type drawn struct {
	width, height int
	plot          rectangle // of the chart or the table
	list          rectangle // of the series
	offset        int       // the first series that is seen
	apart         bool      // the devices of the series have to be told apart
	version       uint64

	frame   text.Frame
	theme   *theme.Theme
	listed  string // the list, as it was drawn in the theme …
	listing uint64 // … and at the version
	plotted string // what was put together with …
	beneath string // … this list …
	both    string // … to this
}

func (d *drawn) resize(width, height int) { d.width, d.height = width, height }

// touch says that the list may differ.
func (d *drawn) touch() { d.version++ }

// beside reports whether the list is beside the chart and not below it.
func (d *drawn) beside() bool { return d.width >= wideEnough }

// lines returns how many lines each series has in the list.
func (d *drawn) lines() int {
	switch {
	case !d.beside():
		return 1
	case d.apart:
		return 3
	}
	return 2
}

// margin returns how many cells stand before the letters of the list.
func (d *drawn) margin() int {
	if d.beside() {
		return 3
	}
	return 2
}

// page returns how many series the list shows at once.
func (d *drawn) page() int { return max(1, (d.list.height-1)/d.lines()) }

// inList reports whether a cell lies in the list, and in which of its lines.
func (d *drawn) inList(x, y int) (bool, int) {
	in := x >= d.list.x && x < d.list.x+d.list.width && y >= d.list.y && y < d.list.y+d.list.height
	return in, y - d.list.y
}

// seriesAt returns the series in a line of the list, -1 for the heading.
func (d *drawn) seriesAt(line int) int {
	if line < 1 {
		return -1
	}
	return d.offset + (line-1)/d.lines()
}

// layout divides the pane between the chart and the list.
func (v *View) layout() {
	d := &v.drawn
	d.apart = v.several()
	d.plot = rectangle{width: d.width, height: d.height}
	if d.beside() {
		width := max(listLeast, min(listMost, d.width*30/100))
		d.plot.width -= width
		d.list = rectangle{x: d.plot.width, width: width, height: d.height}
	} else {
		height := min(1+len(v.series), max(3, d.height*30/100))
		d.plot.height -= height
		d.list = rectangle{y: d.plot.height, width: d.width, height: height}
	}
	v.chart.Resize(d.plot.width, d.plot.height)
	v.table.SetSize(d.plot.width, d.plot.height)
	d.touch()
}

// Render draws chart or table, and the list of series.
func (v *View) Render(th *theme.Theme) string {
	d := &v.drawn
	if said, role := v.notice(); said != "" && len(v.series) == 0 {
		return ui.Notice(th, role, said, d.width, d.height)
	}
	left := v.drawPlot(th)
	if d.theme != th || d.listing != d.version {
		d.theme, d.listing = th, d.version
		d.listed = v.drawList(th)
	}
	if d.both == "" || d.plotted != left || d.beneath != d.listed {
		d.plotted, d.beneath = left, d.listed
		d.both = left + "\n" + d.listed
		if d.beside() {
			d.both = join(left, d.listed)
		}
	}
	return d.both
}

// drawPlot draws what is beside the list: values, or why there are none.
func (v *View) drawPlot(th *theme.Theme) string {
	if said, role := v.notice(); said != "" {
		return ui.Notice(th, role, said, v.drawn.plot.width, v.drawn.plot.height)
	}
	plot := v.chart.Render(th) // the list reads the cursor of the chart, seen or not
	if v.table.on {
		return v.drawTable(th)
	}
	return plot
}

// notice says why nothing can be shown: loading, empty and failed are three
// different things.
func (v *View) notice() (text.Safe, theme.Role) {
	switch {
	case v.state == failed && v.asOf.IsZero() && errors.Is(v.err, c8yclient.ErrForbidden):
		return "Access denied. Reading measurements needs ROLE_MEASUREMENT_READ, or an inventory role that allows it for this device.", theme.Critical
	case v.state == failed && v.asOf.IsZero():
		return fault.Explain(v.err), theme.Critical
	case v.state == loading, v.asOf.IsZero():
		return "Reading the measurements …", theme.Busy
	case v.shown() == 0 && len(v.series) > 0:
		return "All series are hidden. space shows the one under the cursor.", theme.Muted
	case !v.empty() || v.readings.stop != nil && len(v.series) > 0:
		return "", theme.Text
	case len(v.series) == 0 && v.latest.IsZero():
		return "This device has never sent a measurement. The first one appears here as soon as it arrives.", theme.Muted
	}
	said := text.Safe("No data in this window.")
	if at := v.newest(); !at.IsZero() {
		said += " The device last sent a measurement " + show.Age(at, time.Now()) + "; " + v.scope.Key(keys.MeasurementLatest) + " goes there."
	}
	return said, theme.Muted
}

// join puts two columns of lines side by side.
func join(left, right string) string {
	var b strings.Builder
	b.Grow(len(left) + len(right))
	for more := true; more; {
		var l, r string
		l, left, more = strings.Cut(left, "\n")
		r, right, _ = strings.Cut(right, "\n")
		b.WriteString(l)
		b.WriteString(r)
		if more {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// drawList draws the list of series with what they are at the cursor of the chart,
// or else at the end of the window.
func (v *View) drawList(th *theme.Theme) string {
	d := &v.drawn
	d.offset = max(0, min(d.offset, v.cursor, len(v.series)-d.page()))
	d.offset = max(d.offset, v.cursor-d.page()+1)
	f := &d.frame
	f.Reset(d.list.width)
	f.Line("")
	v.edge(th)
	title, heading := text.Safe("SERIES"), theme.Muted
	at, pointing := v.chart.Cursor()
	readings := v.chart.Readings()
	if pointing && readings != nil {
		title, heading = "AT "+show.Moment(at), theme.Accent
	}
	f.Write(th.SGR(heading), title)
	count := text.Count(v.shown()) + " of " + text.Count(len(v.series)) + " "
	f.BlankTo(text.Width(count))
	f.Write(th.SGR(theme.Muted), count)
	from, to := v.chart.Window()
	end := min(len(v.series), d.offset+d.page())
	for i := d.offset; i < end; i++ {
		v.drawSeries(th, i, v.figures(v.series[i], readings, from, to))
	}
	for n := 1 + (end-d.offset)*d.lines(); n < d.list.height; n++ {
		f.Line("")
		v.edge(th)
	}
	return f.String()
}

// edge draws the rule between chart and list.
func (v *View) edge(th *theme.Theme) {
	if v.drawn.beside() {
		v.drawn.frame.Write(th.SGR(theme.Faint), "│")
	}
}

// figures are what the list says of a series.
type figures struct{ value, low, high text.Safe }

// figures returns what a series is at the cursor or, without one, at the end of the
// window; what is hidden has only its latest value.
func (v *View) figures(s *series, readings []chart.Reading, from, to time.Time) figures {
	if readings != nil && s.shown && s.slot < len(readings) {
		r := readings[s.slot]
		switch {
		case !r.OK:
			return figures{value: "–"}
		case r.Min < r.Max:
			return figures{chart.Number(r.Value), chart.Number(r.Min), chart.Number(r.Max)}
		}
		return figures{value: chart.Number(r.Value)}
	}
	if s.shown {
		if last, low, high, ok := s.extent(from, to); ok {
			return figures{chart.Number(last), chart.Number(low), chart.Number(high)}
		}
		return figures{value: "–"}
	}
	if s.last.at.IsZero() {
		return figures{}
	}
	return figures{value: chart.Number(s.last.value)}
}

// drawSeries draws the lines of one series.
func (v *View) drawSeries(th *theme.Theme, i int, is figures) {
	d, s := &v.drawn, v.series[i]
	f := &d.frame
	sgr, base := th.SGR, ""
	if i == v.cursor {
		sgr = th.CursorSGR
		base = th.CursorSGR(theme.Text)
	}
	mark := text.Safe("○")
	if s.shown {
		mark = chart.Letter(s.slot)
	}
	name := theme.Text
	if !s.shown {
		name = theme.Muted
	}
	begin := func() {
		f.Line(base)
		v.edge(th)
		if i == v.cursor {
			f.Write(sgr(theme.Accent), "▌")
		}
		f.BlankTo(d.list.width - d.margin())
	}
	begin()
	f.Write(sgr(s.role()), mark)
	f.Blank(1)
	switch {
	case !d.beside():
		room := max(12, f.Room()-44)
		if is.value == "" {
			room = f.Room()
		}
		f.Field(sgr(name), s.fitting(room), room, text.Left)
		f.Blank(1)
	case d.apart:
		f.Write(sgr(name), s.whose)
		begin()
		f.Blank(2)
		f.Write(sgr(name), text.Clean(s.name))
		begin()
		f.Blank(2)
	default:
		f.Write(sgr(name), s.label())
		begin()
		f.Blank(2)
	}
	if is.value == "" {
		return
	}
	value := theme.Strong
	if !s.shown {
		value = theme.Muted
	}
	f.Field(sgr(value), is.value, 9, text.Right)
	f.Blank(1)
	if is.value == "–" {
		return
	}
	f.Field(sgr(theme.Muted), s.unit, 7, text.Left)
	if is.low != "" {
		f.Field(sgr(theme.Muted), is.low+" … "+is.high, min(f.Room()-1, 24), text.Right)
	}
}
