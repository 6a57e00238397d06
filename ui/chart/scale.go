package chart

import (
	"math"
	"strconv"
	"strings"

	"c8yx/ui/text"
)

// huge is the size from which values are drawn as if they were no bigger; it
// keeps differences finite.
const huge = 1e300

// scale maps values to heights. Its ends and ticks are multiples of 1, 2 or 5
// times a power of ten.
type scale struct {
	unit   text.Safe
	lo, hi float64
	step   float64
	fitted float64 // the extent of the values when the scale was made
	fixed  bool
}

// fit makes the scale hold the values from low to high with about the given
// number of ticks. A scale that holds them already stays as it is, unless they
// use less than half of what they used when it was made: it must not jump with
// each new value.
func (s *scale) fit(low, high float64, ticks int) {
	if s.fixed {
		s.step = nice((s.hi - s.lo) / float64(max(1, ticks)))
		return
	}
	low, high = max(-huge, min(low, huge)), max(-huge, min(high, huge))
	extent := high - low
	if s.step > 0 && low >= s.lo && high <= s.hi && extent >= s.fitted/2 {
		return
	}
	s.fitted = extent
	if size := max(math.Abs(low), math.Abs(high)); extent <= size*1e-9 || extent < 1e-290 {
		pad := size / 10
		if size < 1e-290 {
			pad = 1
		}
		low, high = low-pad, high+pad
	}
	s.step = nice((high - low) / float64(max(1, ticks)))
	s.lo, s.hi = math.Floor(low/s.step)*s.step, math.Ceil(high/s.step)*s.step
}

// nice returns the smallest of 1, 2 and 5 times a power of ten that is not
// below x.
func nice(x float64) float64 {
	if !(x > 0) || math.IsInf(x, 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= x*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// dot returns the height of a value in dots, counted from the top of the given
// number of dots. Values outside the scale are outside the dots.
func (s *scale) dot(v float64, dots int) int {
	if !(s.hi > s.lo) {
		return dots / 2
	}
	v = max(-huge, min(v, huge))
	y := (s.hi - v) / (s.hi - s.lo) * float64(dots-1)
	return int(math.Round(max(-1, min(y, float64(dots)))))
}

// ticks returns the values to be named on the axis.
func (s *scale) ticks() []float64 {
	var at []float64
	for n := math.Ceil(s.lo/s.step - 1e-6); n*s.step <= s.hi+s.step*1e-6 && len(at) < 100; n++ {
		at = append(at, n*s.step)
	}
	return at
}

// label returns a tick as text: with the decimals that the step needs, and in
// thousands, millions and so on where numbers are long.
func (s *scale) label(v float64) text.Safe {
	size := max(math.Abs(s.lo), math.Abs(s.hi))
	if size >= 1e16 || size < 1e-3 {
		return text.Clean(strconv.FormatFloat(v, 'g', 3, 64))
	}
	by, sign := 1.0, ""
	switch {
	case size >= 1e13:
		by, sign = 1e12, "T"
	case size >= 1e10:
		by, sign = 1e9, "G"
	case size >= 1e7:
		by, sign = 1e6, "M"
	case size >= 1e5:
		by, sign = 1e3, "k"
	}
	places := max(0, int(math.Ceil(-math.Log10(s.step/by)-1e-9)))
	if v = v / by; math.Abs(v) < s.step/by/2 {
		v = 0 // not -0
	}
	return text.Clean(strconv.FormatFloat(v, 'f', min(places, 6), 64) + sign)
}

// Number returns a value as text, with about four digits: "21.44", "1013.2",
// "4.2e-07". Whole numbers are not rounded.
func Number(v float64) text.Safe {
	size := math.Abs(v)
	switch {
	case !finite(v):
		return "–"
	case v == 0:
		return "0"
	case size >= 1e9 || size < 1e-3:
		return text.Clean(strconv.FormatFloat(v, 'g', 4, 64))
	case v == math.Trunc(v):
		return text.Clean(strconv.FormatFloat(v, 'f', 0, 64))
	}
	places := max(1, 3-int(math.Floor(math.Log10(size))))
	s := strings.TrimRight(strconv.FormatFloat(v, 'f', places, 64), "0")
	return text.Clean(strings.TrimSuffix(s, "."))
}
