package c8yclient_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
)

func TestMeasurementValues(t *testing.T) {
	m, err := c8yclient.DecodeDocument[c8yclient.Measurement](jsontext.Value(`{"id":"1","type":"x","time":"2026-02-02T09:30:00.000+01:00",
		"c8y_Temperature":{"T":{"value":21.5,"unit":"C"},"H":{"value":"40"},"note":"x","gap":{"value":null}},"c8y_Empty":{},"custom":5,
		"c8y_\u0057ind":{"speed":{"value":1e2}}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []c8yclient.MeasurementValue{
		{Fragment: "c8y_Temperature", Series: "T", Value: 21.5, Unit: "C"},
		{Fragment: "c8y_Wind", Series: "speed", Value: 100},
	}
	if got := slices.Collect(m.Values()); !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if err := m.SetValue("c8y_Temperature", "T", 22, "K"); err != nil {
		t.Fatal(err)
	}
	if err := m.SetValue("c8y_New", "x", 1, ""); err != nil {
		t.Fatal(err)
	}
	want[0].Value, want[0].Unit = 22, "K"
	want = append(want, c8yclient.MeasurementValue{Fragment: "c8y_New", Series: "x", Value: 1})
	if got := slices.Collect(m.Values()); !slices.Equal(got, want) {
		t.Errorf("after SetValue: %+v", got)
	}
	if err := m.SetValue("c8y_New", "x", math.NaN(), ""); err == nil {
		t.Error("NaN was encoded")
	}
}

func series(t *testing.T, body string) (*c8yclient.SeriesResult, error) {
	t.Helper()
	client, _ := newClient(t, answer(200, body))
	now := time.Now()
	return client.Measurements.Series(t.Context(), &c8yclient.SeriesOptions{Source: "1", DateFrom: now.Add(-time.Hour), DateTo: now})
}

func TestSeries(t *testing.T) {
	got, err := series(t, `{"values":{
		"2026-02-02T10:00:00.000Z":[{"min":21,"max":21},{"min":40,"max":41}],
		"2026-02-02T09:00:00.000Z":[{"min":20,"max":22},null],
		"2026-02-02T12:00:00.000+01:00":[{"avg":7,"count":12,"other":"x","sum":null},{}],
		"2026-02-02T11:00:00.000Z":[null,{"min":5,"max":5}],
		"2026-02-02T12:30:00Z":[{"min":1,"max":1}],
		"2026-02-02T13:00:00.000Z":[],
		"2026-02-02T14:00:00.000Z":null,
		"2026-02-02T15:00:00.000Z":[5,"x",{"min":9}]
	},"truncated":true,"series":[{"type":"c8y_Temperature","name":"T","unit":"C"},{"type":"c8y_Temperature","name":"H"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Truncated || len(got.Columns) != 2 || got.Columns[0].String() != "c8y_Temperature.T" || got.Columns[0].Unit != "C" {
		t.Errorf("%+v", got)
	}
	want := []struct {
		hour   float64
		values [2]float64 // -1 is a gap
	}{{9, [2]float64{21, -1}}, {10, [2]float64{21, 40.5}}, {11, [2]float64{7, 5}}, {12.5, [2]float64{1, -1}}, {13, [2]float64{-1, -1}}, {14, [2]float64{-1, -1}}, {15, [2]float64{-1, -1}}}
	if len(got.Rows) != len(want) {
		t.Fatalf("%d rows, want %d: %+v", len(got.Rows), len(want), got.Rows)
	}
	midnight := time.Date(2026, 2, 2, 0, 0, 0, 0, time.UTC)
	for i, row := range got.Rows {
		if hour := row.Time.Sub(midnight).Hours(); hour != want[i].hour || len(row.Cells) != 2 {
			t.Errorf("row %d: %v with %d cells", i, hour, len(row.Cells))
		}
		for j, cell := range row.Cells {
			if want[i].values[j] < 0 {
				if !cell.Empty() || !math.IsNaN(cell.Value()) {
					t.Errorf("row %d, cell %d should be a gap: %+v", i, j, cell)
				}
				continue
			}
			if cell.Empty() || cell.Value() != want[i].values[j] {
				t.Errorf("row %d, cell %d: %v, want %v", i, j, cell.Value(), want[i].values[j])
			}
		}
	}
	if count := got.Rows[2].Cells[0].Count; count != 12 {
		t.Errorf("count %v", count)
	}
}

func TestSeriesOddAnswers(t *testing.T) {
	for _, empty := range []string{`{}`, `{"series":[],"values":{}}`, `{"values":null,"truncated":"false"}`, ``} {
		if got, err := series(t, empty); err != nil || len(got.Rows) != 0 {
			t.Errorf("%s: %+v, %v", empty, got, err)
		}
	}
	for _, bad := range []string{`{"values":[]}`, `{"values":{"noon":[]}}`, `{"values":{"2026-02-02T10:00:00Z":[{"min":1}`, `[]`} {
		if got, err := series(t, bad); !errors.Is(err, c8yclient.ErrUnreadable) {
			t.Errorf("%s: %+v, %v", bad, got, err)
		}
	}
}

func TestLatestMeasurement(t *testing.T) {
	client, srv := newClient(t, answer(200, `{"measurements":[{"id":"1"}]}`))
	if m, err := client.Measurements.Latest(t.Context(), "4711", nil); err != nil || m.ID != "1" {
		t.Errorf("%+v, %v", m, err)
	}
	if got, want := srv.last(t).Target, "/measurement/measurements?source=4711&dateFrom=1970-01-01T00%3A00%3A00.000Z&revert=true&pageSize=1"; got != want {
		t.Errorf("sent %s, want %s", got, want)
	}
	none, _ := newClient(t, answer(200, `{"measurements":[]}`))
	if _, err := none.Measurements.Latest(t.Context(), "4711", nil); !errors.Is(err, c8yclient.ErrNotFound) {
		t.Error(err)
	}
}

func FuzzSeries(f *testing.F) {
	f.Add([]byte(`{"values":{"2026-02-02T10:00:00Z":[{"min":1},null,{}]},"series":[{"type":"a","name":"b"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := series(t, string(body))
		if err != nil {
			return
		}
		for _, row := range got.Rows {
			if len(row.Cells) != len(got.Columns) {
				t.Errorf("%d cells in %d columns", len(row.Cells), len(got.Columns))
			}
		}
	})
}
