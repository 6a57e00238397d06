package chart

import (
	"math"
	"time"
)

// shortest and longest bound the window that can be zoomed to.
const (
	shortest = int64(1000)
	longest  = int64(200 * 365 * day / time.Millisecond)
)

// SetWindow shows a fixed window of time, from a time up to but not including
// another.
func (c *Chart) SetWindow(from, to time.Time) {
	c.setWindow(from.UnixMilli(), to.UnixMilli())
	c.follow = false
}

// setWindow sets the window within its bounds. Another length makes the axes
// fit themselves anew.
func (c *Chart) setWindow(from, to int64) {
	from, to = max(-maxTime, min(from, maxTime)), max(-maxTime, min(to, maxTime))
	if to < from {
		from, to = to, from
	}
	if to-from < shortest {
		to = from + shortest
	}
	if to-from != c.to-c.from {
		c.refit()
	}
	if from != c.from || to != c.to {
		c.current = false
	}
	c.from, c.to = from, to
}

// Follow shows a window of the given length that ends now and moves with
// [Chart.Advance].
func (c *Chart) Follow(length time.Duration, now time.Time) {
	c.now = now.UnixMilli()
	c.setWindow(c.now-min(max(shortest, length.Milliseconds()), longest), c.now)
	c.follow = true
}

// Following reports whether the window moves with the time.
func (c *Chart) Following() bool { return c.follow }

// Advance tells the chart the time. A window that follows moves when a whole
// column of dots has passed: calling this more often costs nothing.
func (c *Chart) Advance(now time.Time) {
	c.now = now.UnixMilli()
	if !c.follow {
		return
	}
	c.from, c.to = c.now-(c.to-c.from), c.now
	if c.gridNow() != c.grid {
		c.current = false
	}
}

// Window returns the window.
func (c *Chart) Window() (from, to time.Time) {
	return time.UnixMilli(c.from), time.UnixMilli(c.to)
}

// gridNow returns the grid of the window.
func (c *Chart) gridNow() grid {
	if c.follow {
		return gridUntil(c.to, c.to-c.from, 2*c.area.width)
	}
	return gridOver(c.from, c.to, 2*c.area.width)
}

// Zoom makes the window longer (factor above 1) or shorter. What is under the
// cursor stays where it is; without a cursor it is the end of a window that
// follows, and else the middle.
func (c *Chart) Zoom(factor float64) {
	if !(factor > 0) || math.IsInf(factor, 0) {
		return
	}
	length := int64(max(float64(shortest), min(float64(c.to-c.from)*factor, float64(longest))))
	switch {
	case c.follow:
		c.setWindow(c.to-length, c.to)
	case c.pointing && c.cursor >= c.from && c.cursor <= c.to:
		before := float64(c.cursor-c.from) / float64(c.to-c.from)
		from := c.cursor - int64(before*float64(length))
		c.setWindow(from, from+length)
	default:
		middle := c.from + (c.to-c.from)/2
		c.setWindow(middle-length/2, middle-length/2+length)
	}
}

// Pan moves the window by a fraction of its length, to the past if it is
// negative. Moving to the past ends following; moving on to the present resumes
// it.
func (c *Chart) Pan(fraction float64) {
	length := c.to - c.from
	by := int64(max(-1e3, min(fraction, 1e3)) * float64(length))
	if by == 0 || c.follow && by > 0 {
		return
	}
	if c.now > 0 && c.from < c.now && c.to < c.now && c.to+by >= c.now {
		c.setWindow(c.now-length, c.now)
		c.follow = true
		return
	}
	c.follow = false
	c.setWindow(c.from+by, c.to+by)
}

// MoveCursor moves the cursor by n cells. Without a cursor, one appears at the
// end of the window.
func (c *Chart) MoveCursor(n int) {
	if c.area.width == 0 {
		return
	}
	at := c.area.width - 1
	if c.pointing {
		at = c.grid.column(c.cursor)/2 + n
	}
	c.pointAt(at)
}

// Point puts the cursor at a cell of the rectangle and reports whether that is
// in the plot.
func (c *Chart) Point(x, y int) bool {
	x, y = x-c.area.left, y-c.area.top
	if x < 0 || x >= c.area.width || y < 0 || y >= c.area.height {
		return false
	}
	c.pointAt(x)
	return true
}

// pointAt puts the cursor into the middle of a column of cells.
func (c *Chart) pointAt(cell int) {
	cell = max(0, min(cell, c.area.width-1))
	c.cursor = (c.grid.base + 2*int64(cell) + 1) * c.grid.step
	c.pointing, c.current = true, false
}

// PointAt puts the cursor at a time.
func (c *Chart) PointAt(at time.Time) {
	c.cursor, c.pointing, c.current = at.UnixMilli(), true, false
}

// HideCursor removes the cursor.
func (c *Chart) HideCursor() {
	c.current = c.current && !c.pointing
	c.pointing = false
}

// Cursor returns the time of the cursor, false if there is none.
func (c *Chart) Cursor() (time.Time, bool) { return time.UnixMilli(c.cursor), c.pointing }

// cursorCell returns the column of cells in which the cursor is, -1 if it is
// not in the window.
func (c *Chart) cursorCell() int {
	if !c.pointing || c.grid.n == 0 {
		return -1
	}
	column := c.grid.column(c.cursor)
	if column < 0 || column >= c.grid.n {
		return -1
	}
	return column / 2
}

// Reading is what a series is at the cursor.
type Reading struct {
	Series *Series
	// At and Value are the point nearest to the cursor.
	At    time.Time
	Value float64
	// Min and Max are the extremes of the Count points that share the column
	// of the cursor; of an aggregated series, those of its band.
	Min, Max float64
	Count    int
	// OK is false if the series has nothing there: a gap, or no points at all.
	OK bool
}

// Readings returns what each series is at the cursor, nil without one.
func (c *Chart) Readings() []Reading {
	cell := c.cursorCell()
	if cell < 0 {
		return nil
	}
	out := make([]Reading, len(c.samplers))
	for i := range c.samplers {
		out[i] = c.samplers[i].reading(cell, c.cursor, c.maxGap)
	}
	return out
}

// reading returns what the series is in a column of cells: the nearest point in
// it, or nearby if the line passes through without one.
func (s *sampler) reading(cell int, at, maxGap int64) Reading {
	r := Reading{Series: s.series, Min: math.Inf(1), Max: math.Inf(-1)}
	if 2*cell+2 > len(s.columns) {
		return r
	}
	for _, col := range s.columns[2*cell : 2*cell+2] {
		if col.n > 0 {
			r.Count += col.n
			r.Min, r.Max = min(r.Min, col.min, col.low), max(r.Max, col.max, col.high)
		}
	}
	from := (s.grid.base + 2*int64(cell)) * s.grid.step
	to := from + 2*s.grid.step
	if r.Count == 0 { // the line may pass between points on both sides
		before, after := s.around(at)
		if before < 0 || after < 0 || s.series.points[after].at-s.series.points[before].at > s.gap(maxGap) {
			return r
		}
		from, to = s.series.points[before].at, s.series.points[after].at+1
	}
	best, found := point{}, false
	for i := s.series.search(from); i < len(s.series.points) && s.series.points[i].at < to; i++ {
		p := s.series.points[i]
		if !math.IsNaN(p.value) && (!found || distance(p.at, at) < distance(best.at, at)) {
			best, found = p, true
		}
	}
	if !found {
		return r
	}
	r.At, r.Value, r.OK = time.UnixMilli(best.at), best.value, true
	if r.Count == 0 {
		r.Min, r.Max = best.value, best.value
	}
	return r
}

// around returns the points directly before and after a time, -1 where there is
// none or it has no value.
func (s *sampler) around(at int64) (before, after int) {
	after = s.series.search(at)
	before = after - 1
	points := s.series.points
	if after >= len(points) || math.IsNaN(points[after].value) {
		after = -1
	}
	if before >= 0 && math.IsNaN(points[before].value) {
		before = -1
	}
	return before, after
}

// distance returns how far apart two times are.
func distance(a, b int64) int64 { return max(a-b, b-a) }
