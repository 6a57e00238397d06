package chart

import (
	"slices"

	"c8yx/theme"
	"c8yx/ui/text"
)

// drawTime draws the time axis: a rule with ticks if there is room, and the
// labels.
func (c *Chart) drawTime() {
	if c.area.axis == 0 {
		return
	}
	f, th := &c.frame, c.themed
	ticks := timeTicks(c.grid.from(), c.grid.to(), c.zone, c.area.width/11)
	if c.area.axis > 1 {
		f.Line("")
		f.Blank(max(0, c.area.left-1))
		if c.area.left > 0 {
			f.Write(th.SGR(theme.Faint), "└")
		}
		c.drawRule(ticks)
		if c.area.right > 0 {
			if c.area.marks {
				f.Write(th.SGR(theme.Faint), "─")
			}
			f.Write(th.SGR(theme.Faint), "┘")
		}
	}
	f.Line("")
	if c.area.left > 0 {
		f.Field(th.SGR(c.axisRole(0)), c.unitOf(0), c.area.left-1, text.Right)
		f.Blank(1)
	}
	end := c.area.left
	for _, t := range c.timeLabels(ticks) {
		f.Blank(t.from - end)
		f.Write(th.SGR(theme.Muted), t.label)
		end = t.from + text.Width(t.label)
	}
	if c.area.right > 0 {
		f.BlankTo(c.area.right - 1)
		f.Field(th.SGR(c.axisRole(1)), c.unitOf(1), c.area.right-1, text.Left)
	}
}

// unitOf returns the unit of the n-th scale.
func (c *Chart) unitOf(n int) text.Safe {
	if n < len(c.scales) {
		return c.scales[n].unit
	}
	return ""
}

// drawRule draws the line below the plot.
func (c *Chart) drawRule(ticks []tick) {
	f, style := &c.frame, c.themed.SGR(theme.Faint)
	for x := range c.area.width {
		switch {
		case x == c.cursorCell():
			f.Write(c.themed.SGR(theme.Accent), "▲")
		case slices.ContainsFunc(ticks, func(t tick) bool { return c.grid.column(t.at)/2 == x }):
			f.Write(style, "┬")
		default:
			f.Write(style, "─")
		}
	}
}

// placed is a label at a cell of the rectangle.
type placed struct {
	label text.Safe
	from  int
}

// timeLabels returns where the labels of the ticks go. The date is said with the
// first one where there is room for it; if there is none, at the beginning.
func (c *Chart) timeLabels(ticks []tick) []placed {
	most := len(c.placeLabels(ticks, -1))
	for i, t := range ticks {
		if t.dated == "" {
			return c.placeLabels(ticks, -1)
		}
		if labels := c.placeLabels(ticks, i); len(labels) == most {
			return labels
		}
	}
	return c.placeLabels(ticks, 0)
}

// placeLabels puts each label below its tick, leaving out those that would run
// into the one before. One of the ticks, unless it is -1, says the date.
func (c *Chart) placeLabels(ticks []tick, dated int) []placed {
	labels := make([]placed, 0, len(ticks))
	end := c.area.left - 1
	for i, t := range ticks {
		label := t.label
		if i == dated {
			label = t.dated
		}
		width := text.Width(label)
		from := c.area.left + c.grid.column(t.at)/2 - width/2
		from = max(c.area.left, min(from, c.area.left+c.area.width-width))
		if from <= end {
			continue
		}
		labels = append(labels, placed{label, from})
		end = from + width
	}
	return labels
}
