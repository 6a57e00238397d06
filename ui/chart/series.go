package chart

import (
	"cmp"
	"math"
	"slices"
	"time"

	"c8yx/ui/text"
)

// maxTime bounds times to about ±285,000 years around 1970, in milliseconds, so
// that sums and differences of them do not overflow.
const maxTime = 1 << 53

// point is a value at a time in milliseconds since 1970.
type point struct {
	at    int64
	value float64
}

// span is the range of values that an aggregated point stands for.
type span struct{ low, high float64 }

// Series is one line of a chart. Points may be appended in any order and are
// kept in the order of their times. A value that is NaN or infinite breaks the
// line.
type Series struct {
	name, unit text.Safe
	points     []point
	spans      []span // beside points, if the series has a band
	sorted     int    // how many points are in order
	version    int    // counts changes
	epoch      int    // counts changes of what was there before
}

// NewSeries returns an empty series. Series of the same unit share an axis.
func NewSeries(name, unit text.Safe) *Series {
	return &Series{name: name, unit: unit}
}

// Name returns what the series is called.
func (s *Series) Name() text.Safe { return s.name }

// Unit returns the unit of its values, which may be empty.
func (s *Series) Unit() text.Safe { return s.unit }

// Len returns the number of points.
func (s *Series) Len() int { return len(s.points) }

// Append adds a value.
func (s *Series) Append(at time.Time, value float64) {
	s.add(at, value, span{value, value})
}

// AppendBand adds a value that stands for several, with the lowest and the
// highest of them; the chart draws the range as a band around the line.
func (s *Series) AppendBand(at time.Time, low, value, high float64) {
	if s.spans == nil {
		s.spans = make([]span, 0, cap(s.points))
		for _, p := range s.points {
			s.spans = append(s.spans, span{p.value, p.value})
		}
	}
	if !finite(low) || !finite(high) {
		low, high = value, value
	}
	s.add(at, value, span{min(low, high), max(low, high)})
}

// add appends a point and notes whether it is in order.
func (s *Series) add(at time.Time, value float64, band span) {
	if math.IsInf(value, 0) {
		value = math.NaN()
	}
	t := max(-maxTime, min(at.UnixMilli(), maxTime))
	if s.sorted == len(s.points) && (s.sorted == 0 || s.points[s.sorted-1].at <= t) {
		s.sorted++
	}
	s.points = append(s.points, point{t, value})
	if s.spans != nil {
		s.spans = append(s.spans, band)
	}
	s.version++
}

// Clear removes all points.
func (s *Series) Clear() {
	s.points, s.spans, s.sorted = s.points[:0], nil, 0
	s.version++
	s.epoch++
}

// DropBefore removes the points before a time, so that a live series does not
// grow for ever.
func (s *Series) DropBefore(t time.Time) {
	s.order()
	n := s.search(t.UnixMilli())
	if n == 0 {
		return
	}
	s.points = slices.Delete(s.points, 0, n)
	if s.spans != nil {
		s.spans = slices.Delete(s.spans, 0, n)
	}
	s.sorted = len(s.points)
	s.version++
	s.epoch++
}

// Last returns the latest value.
func (s *Series) Last() (at time.Time, value float64, ok bool) {
	s.order()
	for i := len(s.points) - 1; i >= 0; i-- {
		if p := s.points[i]; !math.IsNaN(p.value) {
			return time.UnixMilli(p.at), p.value, true
		}
	}
	return time.Time{}, 0, false
}

// order brings points that arrived late to their place. The cost is that of the
// late ones and of what they have to be put before.
func (s *Series) order() {
	if s.sorted == len(s.points) {
		return
	}
	type both struct {
		point
		span
	}
	late := slices.MinFunc(s.points[s.sorted:], func(a, b point) int { return cmp.Compare(a.at, b.at) })
	from, _ := slices.BinarySearchFunc(s.points[:s.sorted], late.at+1, func(p point, t int64) int { return cmp.Compare(p.at, t) })
	mixed := make([]both, len(s.points)-from)
	for i := range mixed {
		mixed[i].point = s.points[from+i]
		if s.spans != nil {
			mixed[i].span = s.spans[from+i]
		}
	}
	slices.SortStableFunc(mixed, func(a, b both) int { return cmp.Compare(a.at, b.at) })
	for i, m := range mixed {
		s.points[from+i] = m.point
		if s.spans != nil {
			s.spans[from+i] = m.span
		}
	}
	s.sorted = len(s.points)
	s.epoch++
}

// search returns the index of the first point at or after a time.
func (s *Series) search(ms int64) int {
	n, _ := slices.BinarySearchFunc(s.points, ms, func(p point, t int64) int { return cmp.Compare(p.at, t) })
	return n
}
