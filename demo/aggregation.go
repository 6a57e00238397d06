package demo

import (
	"math"
	"strconv"
	"strings"
	"time"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// aggregation is how a table of series is condensed. The zero value leaves it raw.
type aggregation struct {
	count     int
	unit      byte // s, m, h, d, w, M, q, y; 0: raw
	functions []string
}

// aggregation reads either the old parameter aggregationType, or the new aggregationInterval with aggregationFunction.
func (c *call) aggregation() (aggregation, error) {
	a := aggregation{functions: c.list("aggregationFunction")}
	for _, function := range a.functions {
		if _, known := (&cell{}).value(function); !known {
			return a, badAggregation("Invalid aggregationFunction: %s", function)
		}
	}
	if interval := c.query.Get("aggregationInterval"); interval != "" {
		n, err := strconv.Atoi(interval[:len(interval)-1])
		a.count, a.unit = n, interval[len(interval)-1]
		if err != nil || n < 1 || n > 999 || !strings.ContainsRune("smhdwMqy", rune(a.unit)) {
			return a, badAggregation("Invalid aggregationInterval: %s", interval)
		}
		if len(a.functions) == 0 {
			a.functions = []string{"min", "max"}
		}
		return a, nil
	}
	if len(a.functions) > 0 {
		return a, badAggregation("aggregationFunction needs an aggregationInterval")
	}
	a.functions = []string{"min", "max"}
	switch kind := c.query.Get("aggregationType"); strings.ToUpper(kind) {
	case "":
	case "DAILY":
		a.count, a.unit = 1, 'd'
	case "HOURLY":
		a.count, a.unit = 1, 'h'
	case "MINUTELY":
		a.count, a.unit = 1, 'm'
	default:
		return a, badAggregation("Invalid aggregationType: %s", kind)
	}
	return a, nil
}

// key is what a row is called: the time as the device sent it, or the beginning of the interval in UTC.
func (a aggregation) key(at store.Stamp) string {
	if a.unit == 0 {
		return formatStamp(at)
	}
	return a.begin(time.UnixMilli(at.Milli).UTC()).Format(rawjson.TimeLayout)
}

// begin returns the beginning of the interval that a moment lies in. Intervals are counted from 1970, weeks from its first
// Monday on.
func (a aggregation) begin(t time.Time) time.Time {
	months := 0
	switch a.unit {
	case 'M':
		months = a.count
	case 'q':
		months = 3 * a.count
	case 'y':
		months = 12 * a.count
	default:
		length := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[a.unit]
		epoch := time.Unix(0, 0).UTC()
		if a.unit == 'w' {
			epoch = time.Date(1970, 1, 5, 0, 0, 0, 0, time.UTC)
		}
		seconds, since := int64(length/time.Second)*int64(a.count), t.Unix()-epoch.Unix()
		return time.Unix(t.Unix()-((since%seconds)+seconds)%seconds, 0).UTC()
	}
	since := (t.Year()-1970)*12 + int(t.Month()) - 1
	since -= ((since % months) + months) % months
	return time.Date(1970, time.Month(since+1), 1, 0, 0, 0, 0, time.UTC)
}

// write writes a cell: {"min":20.1,"max":22}.
func (a aggregation) write(w *rawjson.Writer, c *cell) {
	w.Open('{')
	for _, function := range a.functions {
		value, _ := c.value(function)
		w.Any(function, value)
	}
	w.Close('}')
}

// value computes one aggregation function; false for one that does not exist.
func (c *cell) value(function string) (float64, bool) {
	switch function {
	case "min":
		return c.minimum, true
	case "max":
		return c.maximum, true
	case "avg":
		return c.mean, true
	case "sum":
		return c.sum, true
	case "count":
		return float64(c.count), true
	case "stdDevPop":
		return math.Sqrt(c.squaredDifference / float64(max(c.count, 1))), true
	case "stdDevSamp":
		return math.Sqrt(c.squaredDifference / float64(max(c.count-1, 1))), true
	}
	return 0, false
}
