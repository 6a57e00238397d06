package show

import "time"

// Instant is a moment in milliseconds since 1970, as exact as the platform tells it, in a third of the
// room of a time.Time; 0 is none.
type Instant int64

// InstantOf returns the instant of a time; the zero time has none.
func InstantOf(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMilli())
}

// IsZero reports whether there is none.
func (i Instant) IsZero() bool { return i == 0 }

// Time returns it as a time, the zero time if there is none.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(i))
}
