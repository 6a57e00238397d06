package text

import (
	"strconv"
	"time"
)

// Span returns a duration in its largest unit, rounded down: "4s", "12m", "2h",
// "13d", "9w", "3y". Hours run to two days and days to two weeks, where the
// larger unit would say too little. Less than a second and negative durations
// (a device whose clock runs ahead) are "0s".
func Span(d time.Duration) Safe {
	const (
		day  = 24 * time.Hour
		week = 7 * day
		year = 365 * day
	)
	in := func(unit time.Duration, sign string) Safe {
		return Safe(strconv.FormatInt(int64(d/unit), 10) + sign)
	}
	switch {
	case d < time.Second:
		return "0s"
	case d < time.Minute:
		return in(time.Second, "s")
	case d < time.Hour:
		return in(time.Minute, "m")
	case d < 2*day:
		return in(time.Hour, "h")
	case d < 2*week:
		return in(day, "d")
	case d < year:
		return in(week, "w")
	}
	return in(year, "y")
}

// clockSkew is by how much the clocks of tenant and user may differ without anybody having to see it.
const clockSkew = time.Minute

// Age returns how long ago something happened: "4s ago", "now" for less than a second, and "in 5m" for
// what is still to come.
func Age(d time.Duration) Safe {
	switch {
	case d <= -clockSkew:
		return "in " + Span(-d)
	case d < time.Second:
		return "now"
	}
	return Span(d) + " ago"
}

// Bytes returns a size in decimal units with at most one decimal place: "730 B",
// "4.2 kB", "73 MB".
func Bytes(n int64) Safe {
	if n < 1000 && n > -1000 {
		return Safe(strconv.FormatInt(n, 10) + " B")
	}
	value, unit := float64(n), 0
	const units = " kMGTPE"
	for (value >= 999.5 || value <= -999.5) && unit < len(units)-1 {
		value /= 1000
		unit++
	}
	places := 0
	if value > -9.95 && value < 9.95 {
		places = 1
	}
	return Safe(strconv.FormatFloat(value, 'f', places, 64) + " " + units[unit:unit+1] + "B")
}

// Count returns a number with its thousands apart: "12,431".
func Count(n int) Safe {
	digits := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	if len(digits)-first <= 3 {
		return Safe(digits)
	}
	out := make([]byte, 0, len(digits)+len(digits)/3)
	for i := range len(digits) {
		if i > first && (len(digits)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, digits[i])
	}
	return Safe(out)
}
