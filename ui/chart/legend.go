package chart

import (
	"math"
	"time"

	"c8yx/theme"
	"c8yx/ui/text"
)

// Letter returns the mark of a series, with which it is found again where there
// is no colour.
func Letter(n int) text.Safe {
	const letters text.Safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	n %= len(letters)
	return letters[n : n+1]
}

// word is a piece of the legend.
type word struct {
	text text.Safe
	role theme.Role
}

// entry is what the legend says of one series.
type entry struct {
	words []word
	width int
}

// say appends a piece.
func (e *entry) say(s text.Safe, role theme.Role) {
	if s != "" {
		e.words = append(e.words, word{s, role})
		e.width += text.Width(s)
	}
}

// detail is how much the legend says.
type detail uint8

const (
	full   detail = iota // name, value, extremes
	values               // name and value
	brief                // letter and value
)

// between is the room between two entries of the legend.
const between = 3

// legendLines returns how many lines the legend takes, at most the given
// number. It reckons with the longest values, so that it does not change with
// them.
func (c *Chart) legendLines(most int) int {
	width := 0
	for _, s := range c.series {
		width += text.Width(s.name) + 2*text.Width(s.unit) + 30 + between
	}
	return max(1, min(most, 1+(width-1)/max(1, c.width)))
}

// drawLegend draws the legend with as much detail as there is room for.
func (c *Chart) drawLegend() {
	if c.area.legend == 0 {
		return
	}
	readings := c.Readings()
	var entries []entry
	for d := full; ; d++ {
		entries = c.entries(readings, d)
		if d == brief || c.flow(entries) <= c.area.legend {
			break
		}
	}
	c.frame.Line("")
	lines, used := 1, 0
	for _, e := range entries {
		if used > 0 && used+between+e.width > c.width && lines < c.area.legend {
			c.frame.Line("")
			lines, used = lines+1, 0
		}
		if used > 0 {
			c.frame.Blank(between)
			used += between
		}
		for _, w := range e.words {
			c.frame.Write(c.themed.SGR(w.role), w.text)
		}
		used += e.width
	}
	for ; lines < c.area.legend; lines++ {
		c.frame.Line("")
	}
}

// flow returns how many lines the entries take.
func (c *Chart) flow(entries []entry) int {
	lines, used := 1, 0
	for _, e := range entries {
		if used > 0 && used+between+e.width > c.width {
			lines, used = lines+1, 0
		}
		if e.width > c.width {
			return math.MaxInt
		}
		used += e.width
		if used > 0 {
			used += between
		}
	}
	return lines
}

// entries returns what the legend says: with a cursor its time and the values
// there, else the last values and the extremes of the window.
func (c *Chart) entries(readings []Reading, d detail) []entry {
	out := make([]entry, 0, len(c.series)+1)
	if readings != nil {
		var e entry
		e.say(c.cursorTime(), theme.Accent)
		out = append(out, e)
	}
	for i, s := range c.series {
		var e entry
		role := theme.SeriesRole(i)
		e.say(Letter(i), role)
		e.say(" ", theme.Text)
		if d < brief && s.name != "" {
			e.say(s.name+" ", role)
		}
		unit := s.unit
		if unit != "" {
			unit = " " + unit
		}
		if readings != nil {
			c.sayReading(&e, readings[i], unit, d)
		} else {
			c.sayWindow(&e, i, unit, d)
		}
		out = append(out, e)
	}
	return out
}

// sayReading says what a series is at the cursor.
func (c *Chart) sayReading(e *entry, r Reading, unit text.Safe, d detail) {
	if !r.OK {
		e.say("–", theme.Faint)
		return
	}
	e.say(Number(r.Value), theme.Strong)
	e.say(unit, theme.Muted)
	if d == full && r.Min < r.Max {
		e.say("  "+Number(r.Min)+" … "+Number(r.Max), theme.Muted)
	}
}

// sayWindow says what a series is at its end and what its extremes are.
func (c *Chart) sayWindow(e *entry, n int, unit text.Safe, d detail) {
	s := &c.samplers[n]
	low, high, ok := s.extent()
	if !ok {
		e.say("–", theme.Faint)
		return
	}
	for x := len(s.columns) - 1; x >= 0; x-- {
		if s.columns[x].n > 0 {
			e.say(Number(s.columns[x].last), theme.Strong)
			break
		}
	}
	e.say(unit, theme.Muted)
	if d == full {
		e.say("  min "+Number(low)+" max "+Number(high), theme.Muted)
	}
	if sc, at := c.scaleOf(s.series); d == full && at > 1 {
		e.say(" ("+sc.label(sc.lo)+" … "+sc.label(sc.hi)+")", theme.Faint)
	}
}

// cursorTime returns the time of the cursor, as exact as a column is wide.
func (c *Chart) cursorTime() text.Safe {
	layout := "Mon 2 Jan 15:04:05"
	switch width := time.Duration(c.grid.step) * time.Millisecond; {
	case width < time.Second:
		layout = "Mon 2 Jan 15:04:05.000"
	case width >= day:
		layout = "2 Jan 2006"
	case width >= time.Minute:
		layout = "Mon 2 Jan 15:04"
	}
	return text.Clean(time.UnixMilli(c.cursor).In(c.zone).Format(layout))
}
