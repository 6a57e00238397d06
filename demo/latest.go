package demo

import (
	"encoding/json"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// maxLookBack is how many measurements of a device are looked through for the latest values: a series that ended long ago has
// none.
const maxLookBack = 10000

// values are shown by fragment and series.
type values map[string]map[string]any

// latest holds the last two values of the series of a device.
type latest struct{ last, before values }

// keepsLatest reports whether the tenant wants to know the latest values of a series: by its name, or of all.
func (p *platform) keepsLatest(series store.Series) bool {
	const category = "measurement.series.latestvalue"
	for _, key := range []string{series.Fragment + "." + series.Name, "*"} {
		if _, wanted := p.settings.value(category, key); wanted {
			return true
		}
	}
	return false
}

func (p *platform) latestOf(device store.ID) latest {
	l := latest{values{}, values{}}
	var known []store.Series
	var view store.View
	p.store.View(func(d *store.Data) {
		known = d.Series.Of(device)
		view = d.Measurements.Select(store.Span{Sources: []store.ID{device}})
	})
	open := 0 // values still to be found
	for _, series := range known {
		if p.keepsLatest(series) {
			open += 2
		}
	}
	seen := 0
	for record := range view.Descending() {
		if seen++; open == 0 || seen > maxLookBack {
			break
		}
		for series, cell := range store.SeriesValues(record.Document) {
			if !p.keepsLatest(series) {
				continue
			}
			if l.last.put(series, cell, record) || l.before.put(series, cell, record) {
				open--
			}
		}
	}
	return l
}

// put adds a value unless there is one of its series.
func (v values) put(series store.Series, cell string, record *store.Record) bool {
	if _, found := v[series.Fragment][series.Name]; found {
		return false
	}
	if v[series.Fragment] == nil {
		v[series.Fragment] = map[string]any{}
	}
	value, _ := rawjson.Member(cell, "value")
	shown := map[string]any{"value": json.RawMessage(value), "time": formatStamp(record.Time)}
	if unit := rawjson.Text(cell, "unit"); unit != "" {
		shown["unit"] = unit
	}
	v[series.Fragment][series.Name] = shown
	return true
}
