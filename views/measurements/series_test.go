package measurements

import (
	"slices"
	"testing"
	"time"

	"c8yx/theme"
)

func at(minute int) time.Time { return time.Date(2026, 3, 19, 12, minute, 0, 0, time.UTC) }

func one(minute int, v float64) sample { return sample{at: at(minute), low: v, value: v, high: v} }

func (s *series) minutes() []int {
	var minutes []int
	for _, p := range s.samples {
		minutes = append(minutes, p.at.Minute())
	}
	return minutes
}

// A reading takes time. What arrives live meanwhile is newer, and stays; what the
// reading has already seen is not there twice.
func TestLiveValuesSurviveAReading(t *testing.T) {
	s := newSeries("1", "c8y_Temperature.T", "c8y_Temperature.T", "c8y_Temperature.T")
	s.add(one(3, 3))
	s.add(one(4, 4))
	s.replace([]sample{one(1, 1), one(2, 2), one(3, 3)}, []sample{one(3, 3), one(4, 4)}, false)
	if got := s.minutes(); !slices.Equal(got, []int{1, 2, 3, 4}) {
		t.Errorf("minutes %v", got)
	}
	if s.line.Len() != 4 {
		t.Errorf("the chart has %d points", s.line.Len())
	}
	if s.last.value != 4 {
		t.Errorf("the last value is %v", s.last.value)
	}
}

func TestLateValuesGoToTheirPlace(t *testing.T) {
	s := newSeries("1", "c8y_Temperature.T", "c8y_Temperature.T", "c8y_Temperature.T")
	for _, minute := range []int{1, 5, 3} {
		s.add(one(minute, float64(minute)))
	}
	if got := s.minutes(); !slices.Equal(got, []int{1, 3, 5}) {
		t.Errorf("minutes %v", got)
	}
	if s.last.value != 5 {
		t.Errorf("a late value became the last one: %v", s.last.value)
	}
	last, low, high, ok := s.extent(at(2), at(4))
	if !ok || last != 3 || low != 3 || high != 3 {
		t.Errorf("extent of a part: %v, %v … %v, %v", last, low, high, ok)
	}
	if _, _, _, ok := s.extent(at(6), at(9)); ok {
		t.Error("there is an extent where there are no values")
	}
}

func TestOldValuesAreForgotten(t *testing.T) {
	s := newSeries("1", "c8y_Temperature.T", "c8y_Temperature.T", "c8y_Temperature.T")
	for minute := range 60 {
		s.add(one(minute, 1))
	}
	s.forget(at(30))
	if got := s.minutes(); got[0] != 30 || s.line.Len() != 30 {
		t.Errorf("begins at %d with %d points in the chart", got[0], s.line.Len())
	}
}

// The table has a row for each time, the newest first, whichever series has a value
// there.
func TestTableMergesTheSeries(t *testing.T) {
	a, b, hidden := newSeries("1", "f.a", "f.a", "f.a"), newSeries("1", "f.b", "f.b", "f.b"), newSeries("1", "f.c", "f.c", "f.c")
	a.shown, b.shown = true, true
	for _, minute := range []int{1, 2, 4} {
		a.add(one(minute, float64(minute)))
	}
	b.add(sample{at: at(2), low: 10, value: 20, high: 30})
	b.add(one(3, 3))
	hidden.add(one(9, 9))
	var table values
	table.start()
	table.gather([]*series{a, b, hidden}, at(0), at(10))
	var got [][]string
	for row := range table.Len() {
		got = append(got, []string{string(table.Cell(row, 1).Text), string(table.Cell(row, 2).Text)})
	}
	want := [][]string{{"4", ""}, {"", "3"}, {"2", "20  10 … 30"}, {"1", ""}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("rows %q, want %q", got, want)
	}
}

// A series keeps its colour when another is hidden, and a new one takes the free
// colour.
func TestColoursStay(t *testing.T) {
	var v View
	v.table.start()
	for _, name := range []string{"f.a", "f.b", "f.c", "f.d", "f.e", "f.f", "f.g"} {
		v.seriesOf("1", name)
	}
	if v.shown() != usually || v.series[6].shown {
		t.Fatalf("%d series are shown", v.shown())
	}
	v.series[1].shown = false
	v.reveal(v.series[6])
	if got := v.series[6].role(); got != theme.SeriesRole(1) {
		t.Errorf("the seventh has the colour %v", got)
	}
	if got := v.series[2].role(); got != theme.SeriesRole(2) {
		t.Errorf("the third changed its colour to %v", got)
	}
	if got := v.series[1].role(); got != theme.Faint {
		t.Errorf("what is hidden has the colour %v", got)
	}
}
