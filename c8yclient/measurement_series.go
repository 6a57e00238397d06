package c8yclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// AggregationFunction is what is computed for each interval of a series.
type AggregationFunction string

// The aggregation functions.
const (
	AggregateMin        AggregationFunction = "min"
	AggregateMax        AggregationFunction = "max"
	AggregateAvg        AggregationFunction = "avg"
	AggregateSum        AggregationFunction = "sum"
	AggregateCount      AggregationFunction = "count"
	AggregateStdDevPop  AggregationFunction = "stdDevPop"
	AggregateStdDevSamp AggregationFunction = "stdDevSamp"
)

// AggregationType is the older, coarse way to aggregate.
type AggregationType string

// The aggregation types.
const (
	AggregateMinutely AggregationType = "MINUTELY"
	AggregateHourly   AggregationType = "HOURLY"
	AggregateDaily    AggregationType = "DAILY"
)

// SeriesOptions are the options of [MeasurementsService.Series].
type SeriesOptions struct {
	// Source, DateFrom and DateTo are required.
	Source   string    `query:"source"`
	DateFrom time.Time `query:"dateFrom"`
	DateTo   time.Time `query:"dateTo"`
	// Series in the form "fragment.series"; none means all.
	Series []string `query:"series"`
	// AggregationInterval is a number and one of s m h d w M q y, for example "15m";
	// AggregationFunctions apply to it, min and max if none is given.
	AggregationInterval  string                `query:"aggregationInterval"`
	AggregationFunctions []AggregationFunction `query:"aggregationFunction"`
	// AggregationType is the older way, for tenants that do not know intervals.
	AggregationType AggregationType `query:"aggregationType"`
	// Revert makes a truncated result hold the newest rows instead of the oldest. It is
	// always sent, because tenants differ in what they do without it.
	Revert bool `query:"revert,always"`
}

// SeriesResult is a table of measurements: a column per series, a row per time.
type SeriesResult struct {
	Columns []SeriesColumn
	// Rows are sorted by time, oldest first, and each time is there once.
	Rows []SeriesRow
	// Truncated means that the platform had more than the 5,000 rows that it gives.
	Truncated bool
}

// SeriesColumn names a series.
type SeriesColumn struct {
	// Fragment and Series name it, for example c8y_Temperature and T.
	Fragment, Series string
	Unit             string
}

// String returns the name in the form "fragment.series".
func (c SeriesColumn) String() string { return c.Fragment + "." + c.Series }

// SeriesRow holds the cells of one time, one for each column.
type SeriesRow struct {
	Time  time.Time
	Cells []SeriesCell
}

// SeriesCell holds what is known of one series at one time. What was not asked for or
// does not exist is NaN; see [SeriesCell.Empty]. Without aggregation min equals max.
type SeriesCell struct {
	Min, Max, Avg, Sum, Count, StdDevPop, StdDevSamp float64
}

// Empty reports whether there is no value: a gap.
func (c SeriesCell) Empty() bool {
	return math.IsNaN(c.Min) && math.IsNaN(c.Max) && math.IsNaN(c.Avg) && math.IsNaN(c.Sum) &&
		math.IsNaN(c.Count) && math.IsNaN(c.StdDevPop) && math.IsNaN(c.StdDevSamp)
}

// Value returns one number for the cell: the average if there is one, else the middle of
// min and max, else the sum or the count; NaN if it is empty.
func (c SeriesCell) Value() float64 {
	switch {
	case !math.IsNaN(c.Avg):
		return c.Avg
	case !math.IsNaN(c.Min) && !math.IsNaN(c.Max):
		return c.Min + (c.Max-c.Min)/2
	}
	for _, v := range []float64{c.Min, c.Max, c.Sum, c.Count, c.StdDevPop, c.StdDevSamp} {
		if !math.IsNaN(v) {
			return v
		}
	}
	return math.NaN()
}

func emptyCell() SeriesCell {
	n := math.NaN()
	return SeriesCell{n, n, n, n, n, n, n}
}

// Series returns measurements as a table, aggregated if asked for. It is the way to get
// the data of a chart.
//
// Operation: GET /measurement/measurements/series
func (s *MeasurementsService) Series(ctx context.Context, options *SeriesOptions) (*SeriesResult, error) {
	if options == nil || options.Source == "" || options.DateFrom.IsZero() || options.DateTo.IsZero() {
		return nil, invalid(http.MethodGet, "/measurement/measurements/series", errors.New("source, dateFrom and dateTo are required"))
	}
	return one[SeriesResult](ctx, s.client, call{
		method: http.MethodGet, path: at("measurement", "measurements", "series"), query: options,
	})
}

// decodeAnswer reads the platform's form: an object of arrays keyed by time.
func (r *SeriesResult) decodeAnswer(body []byte) error {
	var answer struct {
		Series []struct {
			Type string `json:"type"`
			Name string `json:"name"`
			Unit string `json:"unit"`
		} `json:"series"`
		Values    jsontext.Value `json:"values"`
		Truncated Flag           `json:"truncated"`
	}
	if err := decode(body, &answer); err != nil {
		return err
	}
	r.Truncated = bool(answer.Truncated)
	for _, column := range answer.Series {
		r.Columns = append(r.Columns, SeriesColumn{Fragment: column.Type, Series: column.Name, Unit: column.Unit})
	}
	switch answer.Values.Kind() {
	case 0, 'n':
		return nil
	case '{':
	default:
		return fmt.Errorf("\"values\" should be an object and is a JSON %v", answer.Values.Kind())
	}
	if err := r.decodeRows(answer.Values); err != nil {
		return err
	}
	r.sortRows()
	return nil
}

func (r *SeriesResult) decodeRows(values jsontext.Value) error {
	decoder := jsontext.NewDecoder(bytes.NewBuffer(values), tolerant)
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	for decoder.PeekKind() == '"' {
		name, err := decoder.ReadToken()
		if err != nil {
			return err
		}
		at, err := parseTime(name.String())
		if err != nil {
			return fmt.Errorf("%q is %w", shorten(name.String(), 40), err)
		}
		row := SeriesRow{Time: at, Cells: make([]SeriesCell, len(r.Columns))}
		for i := range row.Cells {
			row.Cells[i] = emptyCell()
		}
		if err := row.decodeCells(decoder); err != nil {
			return err
		}
		r.Rows = append(r.Rows, row)
	}
	return nil
}

// decodeCells reads one row. A row may be null, shorter or longer than there are columns,
// and a cell may be null or an empty object.
func (row SeriesRow) decodeCells(decoder *jsontext.Decoder) error {
	if decoder.PeekKind() != '[' {
		return decoder.SkipValue()
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	for i := 0; decoder.PeekKind() != ']'; i++ {
		if i >= len(row.Cells) || decoder.PeekKind() != '{' {
			if err := decoder.SkipValue(); err != nil {
				return err
			}
			continue
		}
		if err := row.Cells[i].decode(decoder); err != nil {
			return err
		}
	}
	_, err := decoder.ReadToken()
	return err
}

func (c *SeriesCell) decode(decoder *jsontext.Decoder) error {
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	for decoder.PeekKind() == '"' {
		name, err := decoder.ReadToken()
		if err != nil {
			return err
		}
		into := c.field(name.String())
		if into == nil || decoder.PeekKind() != '0' {
			if err := decoder.SkipValue(); err != nil {
				return err
			}
			continue
		}
		if err := json.UnmarshalDecode(decoder, into); err != nil {
			return err
		}
	}
	_, err := decoder.ReadToken()
	return err
}

func (c *SeriesCell) field(name string) *float64 {
	switch AggregationFunction(name) {
	case AggregateMin:
		return &c.Min
	case AggregateMax:
		return &c.Max
	case AggregateAvg:
		return &c.Avg
	case AggregateSum:
		return &c.Sum
	case AggregateCount:
		return &c.Count
	case AggregateStdDevPop:
		return &c.StdDevPop
	case AggregateStdDevSamp:
		return &c.StdDevSamp
	}
	return nil
}

// sortRows sorts by time and merges rows of the same moment, which the platform sends
// separately when devices wrote it with different zones.
func (r *SeriesResult) sortRows() {
	slices.SortStableFunc(r.Rows, func(a, b SeriesRow) int { return a.Time.Compare(b.Time) })
	kept := r.Rows[:0]
	for _, row := range r.Rows {
		if n := len(kept); n > 0 && kept[n-1].Time.Equal(row.Time) {
			for i, cell := range row.Cells {
				if kept[n-1].Cells[i].Empty() {
					kept[n-1].Cells[i] = cell
				}
			}
			continue
		}
		kept = append(kept, row)
	}
	r.Rows = kept
}
