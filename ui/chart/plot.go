package chart

import "math"

// plot draws a series onto the canvas.
func (c *Chart) plot(n int) {
	s, owner := &c.samplers[n], uint8(n)
	sc, _ := c.scaleOf(s.series)
	dots := 4 * c.area.height
	y := func(v float64) int { return sc.dot(v, dots) }
	gap := s.gap(c.maxGap)

	last, lastX, lastY := point{}, 0, 0
	connected := false
	if p, ok := s.entry(); ok {
		last, lastX, connected = p, -1, true
	}
	for x := range s.columns {
		col := &s.columns[x]
		if col.n == 0 {
			connected = connected && !col.brokenAfter
			continue
		}
		if s.series.spans != nil {
			c.canvas.shade(x, y(col.low), y(col.high), owner)
		}
		if connected && !col.brokenBefore && col.firstAt-last.at <= gap {
			first := point{col.firstAt, col.first}
			if lastX < 0 {
				lastY = y(interpolate(last, first, s.grid.from()-s.grid.step/2))
			}
			c.canvas.line(lastX, lastY, x, y(col.first), owner)
			if s.series.spans != nil && lastX >= 0 {
				from := &s.columns[lastX]
				c.shadeBetween(lastX, x, [2]int{y(from.low), y(col.low)}, [2]int{y(from.high), y(col.high)}, owner)
			}
		}
		c.canvas.column(x, y(col.min), y(col.max), owner)
		last, lastX, lastY = point{col.lastAt, col.last}, x, y(col.last)
		connected = !col.brokenAfter
	}
	p, ok := s.exit()
	if !ok || !connected || p.at-last.at > gap {
		return
	}
	if lastX < 0 {
		lastY = y(interpolate(last, p, s.grid.from()-s.grid.step/2))
	}
	c.canvas.line(lastX, lastY, s.grid.n, y(interpolate(last, p, s.grid.to()+s.grid.step/2)), owner)
}

// shadeBetween fills the band between two columns that hold points.
func (c *Chart) shadeBetween(x0, x1 int, low, high [2]int, owner uint8) {
	for x := x0 + 1; x < x1; x++ {
		along := func(y [2]int) int { return y[0] + (y[1]-y[0])*(x-x0)/(x1-x0) }
		c.canvas.shade(x, along(low), along(high), owner)
	}
}

// interpolate returns the value at a time on the line between two points.
func interpolate(a, b point, t int64) float64 {
	if b.at <= a.at {
		return b.value
	}
	part := float64(t-a.at) / float64(b.at-a.at)
	part = math.Max(0, math.Min(part, 1))
	return a.value*(1-part) + b.value*part
}
