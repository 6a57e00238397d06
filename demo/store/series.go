package store

import (
	"iter"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
)

// Series names one line of numbers in measurements: a property with a numeric value inside a fragment.
type Series struct{ Fragment, Name string }

// SeriesIndex remembers which series the measurements of a source have ever had. It keeps names whose data is gone, as
// the platform does.
type SeriesIndex struct {
	bySource map[ID][]Series
	names    map[Series]Series // so that all sources share the strings
}

// Note adds the series of a measurement.
func (x *SeriesIndex) Note(source ID, series Series) {
	known := x.bySource[source]
	if slices.Contains(known, series) {
		return
	}
	shared, ok := x.names[series]
	if !ok {
		shared = Series{strings.Clone(series.Fragment), strings.Clone(series.Name)}
		if x.names == nil {
			x.names, x.bySource = map[Series]Series{}, map[ID][]Series{}
		}
		x.names[shared] = shared
	}
	x.bySource[source] = append(slices.Clip(known), shared)
}

// Of returns the series of a source in the order in which they appeared. The list must not be changed.
func (x *SeriesIndex) Of(source ID) []Series { return x.bySource[source] }

// Forget drops what is known of a source.
func (x *SeriesIndex) Forget(source ID) { delete(x.bySource, source) }

// SeriesValues walks over the series of a measurement: name and the raw {"value":…,"unit":…}.
func SeriesValues(d Document) iter.Seq2[Series, string] {
	return func(yield func(Series, string) bool) {
		for fragment, raw := range d.All() {
			for name, cell := range rawjson.Members(raw) {
				if value, _ := rawjson.Member(cell, "value"); rawjson.Kind(value) == rawjson.Number {
					if !yield(Series{fragment, name}, cell) {
						return
					}
				}
			}
		}
	}
}
