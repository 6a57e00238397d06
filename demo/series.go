package demo

import (
	"net/http"
	"slices"
	"strconv"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// series is /measurement/measurements/series: the values of a device as a table, raw or aggregated.
type series struct{ *platform }

func (s *series) routes() []route {
	return []route{{"GET", "/measurement/measurements/series", needs(roleMeasurementRead).orOwner(), "", s.get}}
}

// maxSeriesRows is where a table is cut off.
const maxSeriesRows = 5000

// cell gathers the values of one series in one row.
type cell struct {
	count                   int
	minimum, maximum        float64
	sum                     float64
	mean, squaredDifference float64 // Welford's, for the deviations
}

func (c *cell) add(value float64) {
	if c.count++; c.count == 1 {
		c.minimum, c.maximum = value, value
	}
	c.minimum, c.maximum = min(c.minimum, value), max(c.maximum, value)
	c.sum += value
	delta := value - c.mean
	c.mean += delta / float64(c.count)
	c.squaredDifference += delta * (value - c.mean)
}

// row holds the cells of one instant or interval, in the order of the table's series; later ones may be missing.
type row struct {
	key   string
	cells []cell
}

// column describes a series of the table.
type column struct {
	store.Series
	unit string
}

func (s *series) get(c *call) (reply, error) {
	source := s.lookup(c.query.Get("source"))
	switch {
	case c.query.Get("source") == "" || c.query.Get("dateFrom") == "" || c.query.Get("dateTo") == "":
		return reply{}, missing("source,dateFrom,dateTo")
	case source == nil:
		return reply{}, noObject(c.query.Get("source"))
	case !c.may(source):
		return reply{}, forbidden()
	}
	selected, err := s.selection(c)
	if err != nil {
		return reply{}, err
	}
	aggregation, err := c.aggregation()
	if err != nil {
		return reply{}, err
	}
	view := s.view(measurementKind(), selected)
	records := view.Ascending()
	if c.flag("revert") {
		records = view.Descending()
	}
	t := table{wanted: c.query["series"], aggregation: aggregation}
	for record := range records {
		if !t.add(c.inUnits(&s.store.Shapes, record)) {
			break
		}
	}
	return ok("", t.render()), nil
}

// table is the answer in the making.
type table struct {
	wanted      []string // "fragment.series"; empty: all
	aggregation aggregation
	columns     []column
	rows        []row
	truncated   bool
}

// add puts a measurement into the table. It reports false when the table is full.
func (t *table) add(record *store.Record) bool {
	key := ""
	for series, raw := range store.SeriesValues(record.Document) {
		if len(t.wanted) > 0 && !slices.Contains(t.wanted, series.Fragment+"."+series.Name) {
			continue
		}
		text, _ := rawjson.Member(raw, "value")
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			continue
		}
		if key == "" {
			key = t.aggregation.key(record.Time)
			if len(t.rows) == 0 || t.rows[len(t.rows)-1].key != key {
				if len(t.rows) == maxSeriesRows {
					t.truncated = true
					return false
				}
				t.rows = append(t.rows, row{key: key})
			}
		}
		at := t.column(series, raw)
		cells := &t.rows[len(t.rows)-1].cells
		for len(*cells) <= at {
			*cells = append(*cells, cell{})
		}
		(*cells)[at].add(value)
	}
	return true
}

// column returns the position of a series in the rows.
func (t *table) column(series store.Series, raw string) int {
	at := slices.IndexFunc(t.columns, func(c column) bool { return c.Series == series })
	if at < 0 {
		at = len(t.columns)
		t.columns = append(t.columns, column{series, rawjson.Text(raw, "unit")})
	}
	return at
}

func (t *table) render() []byte {
	var w rawjson.Writer
	w.Open('{')
	w.Key("values")
	w.Open('{')
	for _, row := range t.rows {
		w.Key(row.key)
		w.Open('[')
		for i := range t.columns {
			w.Comma()
			if i >= len(row.cells) || row.cells[i].count == 0 {
				w.Buf = append(w.Buf, "null"...)
				continue
			}
			t.aggregation.write(&w, &row.cells[i])
		}
		w.Close(']')
	}
	w.Close('}')
	w.Key("series")
	w.Open('[')
	for _, column := range t.columns {
		w.Comma()
		w.Open('{')
		if column.unit != "" {
			w.Str("unit", column.unit)
		}
		w.Str("name", column.Name)
		w.Str("type", column.Fragment)
		w.Close('}')
	}
	w.Close(']')
	w.Bool("truncated", t.truncated)
	w.Close('}')
	return w.Buf
}

func badAggregation(format string, args ...any) error {
	return fail(http.StatusBadRequest, "measurement/Bad Request", format, args...)
}
