package chart

import (
	"slices"
	"time"

	"c8yx/theme"
	"c8yx/ui/text"
)

// area is where the plot is within the rectangle, in cells, and what is around
// it.
type area struct {
	left, top     int
	width, height int
	right         int // the axis on the right
	legend        int // lines above
	axis          int // lines below: the labels, and above them the rule
	marks         bool
}

// axisWidth is the room for the labels of an axis. It does not depend on the
// labels, so that the plot does not jump sideways when they change.
const axisWidth = 7

// layout divides the rectangle. What is too small for its use is left out: the
// right axis first, the legend and the time last.
func (c *Chart) layout() {
	a := area{width: c.width, height: c.height}
	if c.height >= 3 {
		a.axis = 1
	}
	if c.height >= 8 {
		a.axis = 2
	}
	if c.width >= 30 {
		a.left = axisWidth + 1
	}
	if c.width >= 30 && len(c.series) > 1 {
		a.marks = true
		a.width--
	}
	if c.width >= 50 && len(c.scales) > 1 {
		a.right = axisWidth + 1
	}
	a.width = max(0, a.width-a.left-a.right)
	if c.height >= 2 && len(c.series) > 0 && !c.legendless {
		a.legend = 1
		if c.height >= 10 {
			a.legend = c.legendLines(max(1, min(4, c.height/5)))
		}
	}
	a.top = a.legend
	a.height = max(0, c.height-a.legend-a.axis)
	c.area = a
}

// dim is the attribute that takes a colour back.
const dim = "\x1b[2m"

// look holds the styles of a series.
type look struct{ line, band, cursor string }

// draw draws the whole rectangle.
func (c *Chart) draw() {
	c.frame.Reset(c.width)
	c.canvas.reset(c.area.width, c.area.height)
	for i := len(c.samplers) - 1; i >= 0; i-- { // the first on top
		c.plot(i)
	}
	c.drawLegend()
	looks := make([]look, len(c.series))
	for i := range looks {
		role := theme.SeriesRole(i)
		sgr := c.themed.SGR(role)
		looks[i] = look{line: sgr, band: sgr + dim, cursor: c.themed.CursorSGR(role)}
	}
	left, right := c.axisLabels(0), c.axisLabels(1)
	lines := c.horizontals(left)
	marks := c.edgeMarks()
	message := c.message()
	for y := range c.area.height {
		c.frame.Line("")
		c.drawAxis(left[y], 0, text.Right)
		if y == c.area.height/2 && message != "" {
			c.frame.Field(c.themed.SGR(theme.Muted), message, c.area.width, text.Center)
		} else {
			c.drawRow(y, lines[y], looks)
		}
		if c.area.marks {
			c.drawMark(marks[y])
		}
		c.drawAxis(right[y], 1, text.Left)
	}
	c.drawTime()
}

// drawRow draws one line of the plot, without its axes.
func (c *Chart) drawRow(y int, h horizontal, looks []look) {
	f, th := &c.frame, c.themed
	row := c.canvas.cells[y*c.canvas.width : (y+1)*c.canvas.width]
	cursor := c.cursorCell()
	for x := 0; x < len(row); x++ {
		k := row[x]
		switch {
		case x == h.labelAt && h.label != "":
			f.Write(th.SGR(h.role), h.label)
			x += text.Width(h.label) - 1
		case k.line != 0 && x == cursor:
			f.Write(looks[k.lineOwner].cursor, pattern(k.line))
		case k.line != 0:
			f.Write(looks[k.lineOwner].line, pattern(k.line))
		case x == cursor:
			f.Write(th.CursorSGR(theme.Faint), "│")
		case k.band != 0:
			f.Write(looks[k.bandOwner].band, pattern(k.band))
		case h.line != "":
			f.Write(th.SGR(h.role), h.line)
		default:
			f.Blank(1)
		}
	}
}

// horizontal is what is drawn across a line of the plot where it is empty.
type horizontal struct {
	line    text.Safe
	role    theme.Role
	label   text.Safe
	labelAt int
}

// horizontals returns the lines across the plot: those of the ticks on the left,
// and the thresholds.
func (c *Chart) horizontals(ticks []text.Safe) []horizontal {
	lines := make([]horizontal, c.area.height)
	if c.area.height >= 8 {
		for y := range lines {
			if ticks[y] != "" {
				lines[y] = horizontal{line: "┈", role: theme.Faint}
			}
		}
	}
	for _, t := range c.thresholds {
		n := unitAt(c.scales, t.Unit)
		if n < 0 || c.area.height == 0 || !(t.Value >= c.scales[n].lo && t.Value <= c.scales[n].hi) {
			continue
		}
		y := c.scales[n].dot(t.Value, 4*c.area.height) / 4
		h := horizontal{line: "╌", role: t.Role}
		if t.Label != "" {
			h.label, h.labelAt = c.place(y, t.Label)
		}
		lines[y] = h
	}
	return lines
}

// place finds room for a label on a line of the plot, at the left or at the
// right. A label that would hide values is not shown.
func (c *Chart) place(y int, label text.Safe) (text.Safe, int) {
	label = " " + label + " "
	width := text.Width(label)
	row := c.canvas.cells[y*c.canvas.width : (y+1)*c.canvas.width]
	for _, at := range []int{1, len(row) - width - 1} {
		if at < 0 || at+width > len(row) {
			continue
		}
		if !slices.ContainsFunc(row[at:at+width], func(k cell) bool { return k.line != 0 }) {
			return label, at
		}
	}
	return "", 0
}

// axisLabels returns the label of each line of the plot for the n-th scale.
func (c *Chart) axisLabels(n int) []text.Safe {
	labels := make([]text.Safe, c.area.height)
	if n >= len(c.scales) || c.scales[n].step == 0 || c.area.height == 0 {
		return labels
	}
	s := &c.scales[n]
	for _, v := range s.ticks() {
		if y := s.dot(v, 4*c.area.height); y >= 0 && y < 4*c.area.height && labels[y/4] == "" {
			labels[y/4] = s.label(v)
		}
	}
	return labels
}

// drawAxis draws the piece of an axis beside a line of the plot.
func (c *Chart) drawAxis(label text.Safe, n int, align text.Align) {
	f, rule := &c.frame, c.themed.SGR(theme.Faint)
	style := c.themed.SGR(c.axisRole(n))
	switch {
	case n == 0 && c.area.left > 0:
		f.Field(style, label, c.area.left-1, align)
		if label != "" {
			f.Write(rule, "┤")
		} else {
			f.Write(rule, "│")
		}
	case n == 1 && c.area.right > 0:
		if label != "" {
			f.Write(rule, "├")
		} else {
			f.Write(rule, "│")
		}
		f.Field(style, label, c.area.right-1, align)
	}
}

// axisRole returns the colour of an axis: that of its series if there is but
// one and another axis to tell it from.
func (c *Chart) axisRole(n int) theme.Role {
	role, found := theme.Muted, 0
	for i, s := range c.series {
		if _, at := c.scaleOf(s); at == n {
			role = theme.SeriesRole(i)
			found++
		}
	}
	if found != 1 || len(c.scales) < 2 {
		return theme.Muted
	}
	return role
}

// edgeMarks returns for each line of the plot which series ends there, -1 for
// none: letters that tell the lines apart where there is no colour.
func (c *Chart) edgeMarks() []int {
	marks := make([]int, c.area.height)
	for y := range marks {
		marks[y] = -1
	}
	for i := range c.samplers {
		columns := c.samplers[i].columns
		for x := len(columns) - 1; x >= 0; x-- {
			if columns[x].n == 0 {
				continue
			}
			sc, _ := c.scaleOf(c.series[i])
			y := sc.dot(columns[x].last, 4*c.area.height) >> 2
			for _, near := range []int{y, y - 1, y + 1} {
				if near >= 0 && near < len(marks) && marks[near] < 0 {
					marks[near] = i
					break
				}
			}
			break
		}
	}
	return marks
}

// drawMark draws the letter of a series at the end of its line.
func (c *Chart) drawMark(series int) {
	if series < 0 {
		c.frame.Blank(1)
		return
	}
	c.frame.Write(c.themed.SGR(theme.SeriesRole(series)), Letter(series))
}

// message returns what is said instead of lines, "" if there are some.
func (c *Chart) message() text.Safe {
	if len(c.series) == 0 {
		return "no series"
	}
	latest, found := time.Time{}, false
	for i := range c.samplers {
		s := &c.samplers[i]
		if _, _, ok := s.extent(); ok {
			return ""
		}
		if slices.ContainsFunc(c.canvas.cells, func(k cell) bool { return k.line != 0 }) {
			return "" // a line that only passes through
		}
		if at, _, ok := s.series.Last(); ok && (!found || at.After(latest)) {
			latest, found = at, true
		}
	}
	if !found {
		return "no data"
	}
	return "no data in this window · latest " + text.Clean(latest.In(c.zone).Format("2 Jan 2006 15:04:05"))
}
