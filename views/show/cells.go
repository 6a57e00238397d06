package show

import (
	"cmp"
	"strings"
	"time"

	"c8yx/ui/text"
)

// OrDash cleans a text for a field; an absent one shows as a dash.
func OrDash(s string) text.Safe {
	if s == "" {
		return "–"
	}
	return text.Clean(s)
}

// Age says how long ago a Moment was, and when.
func Age(at, now time.Time) text.Safe {
	if at.IsZero() {
		return "never"
	}
	return text.Age(now.Sub(at)) + ", " + Moment(at)
}

// Moment writes a time in the user's zone.
func Moment(at time.Time) text.Safe {
	if at.IsZero() {
		return "–"
	}
	return text.Clean(at.Local().Format("2006-01-02 15:04:05"))
}

// CompareNames orders names as people do, regardless of case, and numbers
// within them by their value: "Press 2" before "Press 10".
func CompareNames(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if digit(x[0]) && digit(y[0]) {
			m, n := digits(x), digits(y)
			p, q := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if c := cmp.Or(cmp.Compare(len(p), len(q)), cmp.Compare(p, q)); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if p, q := lower(x[0]), lower(y[0]); p != q {
			return cmp.Compare(p, q)
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

func digits(s string) int {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}

func lower(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// CompareIDs orders ids, which are numbers in texts, by their value.
func CompareIDs(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
