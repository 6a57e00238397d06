package place

import (
	"fmt"
	"strconv"
	"time"
)

// ParseSpan reads a span of time as places have it: a number and a unit of s,
// m, h, d or w ("90m", "24h", "7d").
func ParseSpan(s string) (time.Duration, error) {
	units := map[byte]time.Duration{
		's': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour,
	}
	if len(s) > 1 {
		unit, known := units[s[len(s)-1]]
		n, err := strconv.Atoi(s[:len(s)-1])
		if known && err == nil && n > 0 && time.Duration(n) <= time.Duration(1<<62)/unit {
			return time.Duration(n) * unit, nil
		}
	}
	return 0, fmt.Errorf("%q is no span of time: write a number and one of s, m, h, d, w, such as 24h", s)
}

// FormatSpan writes a span as [ParseSpan] reads it, in the largest unit that
// divides it.
func FormatSpan(d time.Duration) string {
	for _, u := range []struct {
		name string
		unit time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}} {
		if d >= u.unit && d%u.unit == 0 {
			return strconv.Itoa(int(d/u.unit)) + u.name
		}
	}
	return strconv.Itoa(int(d/time.Second)) + "s"
}
