package measurements

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"c8yx/views/place"
)

// window is what a place asks to see: the last hours, which follow the present,
// or a fixed stretch of time.
type window struct {
	length time.Duration
	to     time.Time // zero: it follows the present
}

func (w window) follows() bool { return w.to.IsZero() }

const (
	usual   = time.Hour // the window of a place that asks for none
	longest = 100 * 365 * 24 * time.Hour
)

// lengths are the windows that zooming goes through.
func lengths() []time.Duration {
	const day = 24 * time.Hour
	return []time.Duration{
		5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
		day, 2 * day, 7 * day, 14 * day, 30 * day, 90 * day, 180 * day, 365 * day,
	}
}

// zoomed returns the next shorter or longer window length; the same one if there
// is none.
func zoomed(length time.Duration, longer bool) time.Duration {
	steps := lengths()
	if longer {
		for _, step := range steps {
			if step > length {
				return step
			}
		}
		return length
	}
	for _, step := range slices.Backward(steps) {
		if step < length {
			return step
		}
	}
	return length
}

// parameters are the query names that a place of this view understands.
var parameters = []string{"from", "last", "series", "to"}

// windowOf reads the window of a place: "last" by itself follows the present,
// "from" and "to" are fixed, and each of them goes with "last", too.
func windowOf(p place.Place, now time.Time) (window, error) {
	for name := range p.Query {
		if !slices.Contains(parameters, name) {
			return window{}, fmt.Errorf("%s: %q is not asked of measurements; known are %s", p, name, strings.Join(parameters, ", "))
		}
	}
	w := window{length: usual}
	var err error
	if last := p.Query.Get("last"); last != "" {
		if w.length, err = place.ParseSpan(last); err != nil {
			return window{}, fmt.Errorf("%s: %w", p, err)
		}
		w.length = min(w.length, longest)
	}
	from, err := momentOf(p, "from")
	if err != nil {
		return window{}, err
	}
	if w.to, err = momentOf(p, "to"); err != nil {
		return window{}, err
	}
	switch {
	case from.IsZero():
		return w, nil
	case p.Query.Has("last") && !w.to.IsZero():
		return window{}, fmt.Errorf("%s: write two of from, to and last, the third follows from them", p)
	case p.Query.Has("last"):
		w.to = from.Add(w.length)
	case w.to.IsZero():
		w.to = now
	}
	if w.length = w.to.Sub(from); w.length <= 0 || w.length > longest {
		return window{}, fmt.Errorf("%s: the window has to end after it begins, and within a hundred years", p)
	}
	return w, nil
}

// momentOf reads a time of a place: RFC 3339, or a date with or without a time of
// day, which is the user's.
func momentOf(p place.Place, name string) (time.Time, error) {
	written := p.Query.Get(name)
	if written == "" {
		return time.Time{}, nil
	}
	if at, err := time.Parse(time.RFC3339, written); err == nil {
		return at, nil
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if at, err := time.ParseInLocation(layout, written, time.Local); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("%s: %q is no time: write %s=2026-03-19, %s=2026-03-19T12:00 or with a zone, as in 12:00:00Z", p, written, name, name)
}

// put writes the window into a place; what goes without saying is left out.
func (w window) put(p place.Place, from, to time.Time) place.Place {
	p = p.With("last", "").With("from", "").With("to", "")
	switch {
	case !w.follows():
		return p.With("from", from.UTC().Format(time.RFC3339)).With("to", to.UTC().Format(time.RFC3339))
	case w.length != usual:
		return p.With("last", place.FormatSpan(w.length))
	}
	return p
}
