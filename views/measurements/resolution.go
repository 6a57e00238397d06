package measurements

import (
	"context"
	"errors"
	"fmt"
	"time"

	"c8yx/c8yclient"
	"c8yx/ui/text"
)

// resolution is how closely a window is read. The zero value reads every value.
type resolution struct {
	every time.Duration // of the intervals that are condensed to one value each
	// coarse says that the tenant was asked in the older way, which knows only
	// minutes, hours and days.
	coarse bool
}

// String says the resolution for a status line.
func (r resolution) String() string {
	if r.every == 0 {
		return "every value"
	}
	return "steps of " + string(text.Span(r.every))
}

const (
	// closely is the longest window of which every value is asked for. A device
	// that sends every two seconds just fits under the limit of 5,000 rows.
	closely = 2 * time.Hour
	// finest is how many intervals a window is divided into at most: several for
	// each column of dots of a wide chart.
	finest = 1500
)

// intervals are the lengths of intervals that a tenant is asked for: people read
// them without counting, and they divide a day.
func intervals() []interval {
	const day = 24 * time.Hour
	return []interval{
		{time.Second, "1s"},
		{2 * time.Second, "2s"},
		{5 * time.Second, "5s"},
		{10 * time.Second, "10s"},
		{15 * time.Second, "15s"},
		{30 * time.Second, "30s"},
		{time.Minute, "1m"},
		{2 * time.Minute, "2m"},
		{5 * time.Minute, "5m"},
		{10 * time.Minute, "10m"},
		{15 * time.Minute, "15m"},
		{30 * time.Minute, "30m"},
		{time.Hour, "1h"},
		{2 * time.Hour, "2h"},
		{3 * time.Hour, "3h"},
		{6 * time.Hour, "6h"},
		{12 * time.Hour, "12h"},
		{day, "1d"},
		{2 * day, "2d"},
		{7 * day, "7d"},
		{30 * day, "30d"},
	}
}

// interval is a length and how the tenant is asked for it.
type interval struct {
	length time.Duration
	name   string
}

// intervalFor returns the shortest interval that divides the window into no more
// than [finest] parts.
func intervalFor(length time.Duration) interval {
	all := intervals()
	for _, i := range all {
		if length <= finest*i.length {
			return i
		}
	}
	return all[len(all)-1]
}

// coarseFor returns the older way to condense a window to fewer than 5,000 rows.
func coarseFor(length time.Duration) (c8yclient.AggregationType, time.Duration) {
	const rows = 4800
	switch {
	case length <= rows*time.Minute:
		return c8yclient.AggregateMinutely, time.Minute
	case length <= rows*time.Hour:
		return c8yclient.AggregateHourly, time.Hour
	}
	return c8yclient.AggregateDaily, 24 * time.Hour
}

// reading is one question to the tenant and what it taught about how to ask.
type reading struct {
	source   string
	series   []string // nil asks for all
	from, to time.Time
	// ahead is how far beyond the window to look: the end of a question is
	// exclusive, and the clocks of devices run ahead.
	ahead time.Duration
	// dense is the shortest window that is known to hold too many values to have
	// all of them; zero if none is known.
	dense time.Duration
	// old says that the tenant knows only the older way to condense.
	old bool
}

// answer is a table of values and how closely it was read.
type answer struct {
	reading
	*c8yclient.SeriesResult
	resolution resolution
}

// read asks the tenant for the window, as closely as its limits allow.
func (r reading) read(ctx context.Context, measurements *c8yclient.MeasurementsService) (answer, error) {
	options := c8yclient.SeriesOptions{Source: r.source, DateFrom: r.from, DateTo: r.to.Add(r.ahead), Series: r.series, Revert: true}
	ask := func() (answer, error) {
		result, err := measurements.Series(ctx, &options)
		return answer{reading: r, SeriesResult: result}, err
	}
	length := r.to.Sub(r.from)
	if length <= closely && (r.dense == 0 || length < r.dense) {
		a, err := ask()
		if err != nil || !a.Truncated {
			return a, err
		}
		r.dense = length
	}
	if !r.old {
		step := intervalFor(length)
		options.AggregationInterval = step.name
		options.AggregationFunctions = []c8yclient.AggregationFunction{
			c8yclient.AggregateMin, c8yclient.AggregateMax, c8yclient.AggregateAvg,
		}
		a, err := ask()
		a.resolution.every = step.length
		if err == nil && !a.Truncated || err != nil && !unknown(err) {
			return a, err
		}
		r.old = true
		options.AggregationInterval, options.AggregationFunctions = "", nil
	}
	kind, step := coarseFor(length)
	options.AggregationType = kind
	a, err := ask()
	a.resolution = resolution{every: step, coarse: true}
	if err != nil {
		return a, fmt.Errorf("measurements of %s: %w", r.source, err)
	}
	return a, nil
}

// unknown reports whether the tenant may not know what it was asked for.
func unknown(err error) bool {
	return errors.Is(err, c8yclient.ErrInvalid) || errors.Is(err, c8yclient.ErrNotSupported)
}
