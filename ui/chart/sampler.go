package chart

import (
	"math"
	"slices"
)

// column is what falls into one column of dots.
type column struct {
	n               int // points with a value
	min, max        float64
	first, last     float64
	firstAt, lastAt int64
	low, high       float64 // the band
	brokenBefore    bool    // the line is broken before the first point
	brokenAfter     bool    // and behind the last
}

// add puts a point into the column.
func (c *column) add(p point) {
	switch {
	case math.IsNaN(p.value):
		c.brokenAfter = true
		return
	case c.n == 0:
		c.brokenBefore = c.brokenAfter
		c.min, c.max = p.value, p.value
		c.first, c.firstAt = p.value, p.at
		c.low, c.high = p.value, p.value
	case p.value < c.min:
		c.min = p.value
	case p.value > c.max:
		c.max = p.value
	}
	c.n++
	c.last, c.lastAt, c.brokenAfter = p.value, p.at, false
}

// widen stretches the band of the column.
func (c *column) widen(b span) {
	c.low, c.high = min(c.low, b.low), max(c.high, b.high)
}

// grid is a division of time into columns: column i begins at (base+i)*step
// milliseconds.
type grid struct {
	base, step int64
	n          int
}

// gridOver returns the grid of n columns that covers a window. It is aligned to
// multiples of its step, for which it may have to begin a little earlier.
func gridOver(from, to int64, n int) grid {
	g := gridFrom(from, to-from, max(1, n))
	if g.to() < to && n > 1 {
		g = gridFrom(from, (to-from)+(to-from)/int64(n-1)+1, n)
	}
	return g
}

// gridFrom returns the grid of n columns of which the first one holds the time.
func gridFrom(at, length int64, n int) grid {
	step := max(1, (length+int64(n)-1)/int64(n))
	return grid{base: floorDiv(at, step), step: step, n: n}
}

// gridUntil returns the grid of n columns of which the last one holds the time.
func gridUntil(at, length int64, n int) grid {
	n = max(1, n)
	step := max(1, (length+int64(n)-1)/int64(n))
	return grid{base: floorDiv(at, step) - int64(n) + 1, step: step, n: n}
}

// floorDiv divides rounding down, also before 1970.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func (g grid) from() int64 { return g.base * g.step }
func (g grid) to() int64   { return (g.base + int64(g.n)) * g.step }

// column returns the column of a time; it may be outside.
func (g grid) column(at int64) int {
	return int(max(-1<<30, min(floorDiv(at, g.step)-g.base, 1<<30)))
}

// sampler keeps the columns of one series.
type sampler struct {
	series  *Series
	epoch   int
	grid    grid
	columns []column
	from    int // the first point within the grid
	next    int // the first point that is not in a column yet
}

// update brings the columns up to date with the series and the grid. If the
// grid only moved on, and points were only appended, it looks at the new points
// alone.
func (s *sampler) update(g grid) {
	s.series.order()
	moved := g.base - s.grid.base
	if s.epoch != s.series.epoch || g.step != s.grid.step || g.n != s.grid.n ||
		moved < 0 || moved >= int64(g.n) || len(s.columns) == 0 {
		s.restart(g)
	} else if moved > 0 {
		copy(s.columns, s.columns[moved:])
		clear(s.columns[int64(g.n)-moved:])
		s.grid = g
	}
	s.from = s.series.search(g.from())
	s.next = max(s.next, s.from)
	s.fill()
}

// restart empties the columns.
func (s *sampler) restart(g grid) {
	s.columns = slices.Grow(s.columns[:0], g.n)[:g.n]
	clear(s.columns)
	s.grid, s.epoch, s.next = g, s.series.epoch, 0
}

// fill puts the points that are not in a column yet into theirs.
func (s *sampler) fill() {
	points, end := s.series.points, s.grid.to()
	for s.next < len(points) && points[s.next].at < end {
		i := s.grid.column(points[s.next].at)
		c, until := &s.columns[i], (s.grid.base+int64(i)+1)*s.grid.step
		for ; s.next < len(points) && points[s.next].at < until; s.next++ {
			c.add(points[s.next])
			if s.series.spans != nil && c.n > 0 && !math.IsNaN(points[s.next].value) {
				c.widen(s.series.spans[s.next])
			}
		}
	}
}

// entry returns the last point before the grid, and exit the first behind it:
// the line comes from there and goes there.
func (s *sampler) entry() (point, bool) {
	if s.from == 0 || s.from > len(s.series.points) {
		return point{}, false
	}
	p := s.series.points[s.from-1]
	return p, !math.IsNaN(p.value)
}

// exit returns the first point behind the grid.
func (s *sampler) exit() (point, bool) {
	if s.next >= len(s.series.points) {
		return point{}, false
	}
	p := s.series.points[s.next]
	return p, !math.IsNaN(p.value)
}

// extent returns the lowest and the highest value within the grid.
func (s *sampler) extent() (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for i := range s.columns {
		if c := &s.columns[i]; c.n > 0 {
			low, high = min(low, c.min, c.low), max(high, c.max, c.high)
		}
	}
	return low, high, low <= high
}

// spacing returns the usual time between two points in and around the grid: the
// median of a sample, 0 if there are not two.
func (s *sampler) spacing() int64 {
	const sample = 127
	points := s.series.points[max(0, s.from-8):min(len(s.series.points), s.next+1)]
	stride := max(1, len(points)/sample)
	apart := make([]int64, 0, sample+2)
	for i := 1; i < len(points); i += stride {
		if d := points[i].at - points[i-1].at; d > 0 {
			apart = append(apart, d)
		}
	}
	if len(apart) == 0 {
		return 0
	}
	slices.Sort(apart)
	return apart[len(apart)/2]
}

// missing is how many times the usual spacing a gap is: fewer points than that
// may be late or lost without breaking the line.
const missing = 4

// gap returns the time beyond which two points are not connected: what the
// owner set, or else worked out from the usual spacing.
func (s *sampler) gap(fixed int64) int64 {
	if fixed > 0 {
		return fixed
	}
	return max(missing*s.spacing(), 2*s.grid.step)
}
