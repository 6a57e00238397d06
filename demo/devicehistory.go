package demo

import (
	"slices"

	"c8yx/demo/fleet"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// LoadMeasurements adds the history of one device. Its measurements differ in nothing but times and numbers, so everything else is written once.
func (p *devices) LoadMeasurements(h fleet.History) error {
	source := p.lookup(h.Source)
	if source == nil {
		return noObject(h.Source)
	}
	p.simulated.note(source.ID)
	keys, fragments := []string{"type"}, fragmentsOf(h.Series)
	for _, f := range fragments {
		keys = append(keys, f.name)
	}
	kind := rawjson.Quote(h.Type)
	docs := p.store.Shapes.Alike(len(h.Times), keys, func(value []byte, row, key int) []byte {
		if key == 0 {
			return append(value, kind...)
		}
		return fragments[key-1].append(value, row)
	})
	records := make([]store.Record, len(h.Times))
	for i, at := range h.Times {
		records[i] = store.Record{Source: source.ID, Time: store.Stamp{Milli: at}, Created: at, Updated: at, Document: docs[i]}
	}
	p.store.Update(func(d *store.Data) {
		d.Measurements.Create(records...)
		for _, column := range h.Series {
			d.Series.Note(source.ID, store.Series{Fragment: column.Fragment, Name: column.Name})
		}
	})
	return nil
}

// measured is a fragment of the measurements of a history.
type measured struct {
	name   string
	before []string // what stands before the number of each series: {"T":{"value":
	values [][]float64
	after  string
}

// fragmentsOf are the fragments that some series are in, in the order in which they come first.
func fragmentsOf(columns []fleet.Column) (fragments []measured) {
	for _, column := range columns {
		at := slices.IndexFunc(fragments, func(f measured) bool { return f.name == column.Fragment })
		if at < 0 {
			at = len(fragments)
			fragments = append(fragments, measured{name: column.Fragment, after: "{"})
		}
		f := &fragments[at]
		f.before = append(f.before, f.after+rawjson.Quote(column.Name)+`:{"value":`)
		f.values = append(f.values, column.Values)
		if f.after = "},"; column.Unit != "" {
			f.after = `,"unit":` + rawjson.Quote(column.Unit) + "},"
		}
	}
	for i := range fragments {
		f := &fragments[i]
		f.after = f.after[:len(f.after)-1] + "}"
	}
	return fragments
}

// append appends the fragment of one measurement.
func (f *measured) append(dst []byte, row int) []byte {
	for i, before := range f.before {
		dst = rawjson.AppendNumber(append(dst, before...), f.values[i][row])
	}
	return append(dst, f.after...)
}
