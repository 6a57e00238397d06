package fleet

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// The recent past is bounded, so that a large fleet does not take long to settle: its first devices have one, the others begin to
// send when Run begins.
const (
	mostHistory = 40_000 // measurements
	mostTrouble = 2_000  // alarms
	mostEvents  = 4_000
)

// remember creates the recent past: measurements, alarms, events and operations, in this order, each by time.
func (f *Fleet) remember(bulk Bulk) error {
	from := f.born - int64(f.options.Past/time.Second)
	troubles, err := f.rememberMeasurements(bulk, from)
	if err != nil {
		return err
	}
	troubles = append(troubles, f.moodsSince(from, mostTrouble-len(troubles))...)
	troubles = append(troubles, f.unreachable()...)
	slices.SortStableFunc(troubles, func(a, b *trouble) int { return cmp.Compare(a.since, b.since) })
	for _, t := range troubles {
		if err := f.rememberAlarm(t); err != nil {
			return err
		}
	}
	if err := f.rememberFlood(); err != nil {
		return err
	}
	if err := f.rememberEvents(from); err != nil {
		return err
	}
	if err := f.rememberOperations(); err != nil {
		return err
	}
	return f.rememberStuck()
}

// moments are the times at which a device has sampled: every quarter of an hour, and finer in the last hour.
func (f *Fleet) moments(d *device, from int64, into []int64) []int64 {
	into = into[:0]
	step := int64(15 * minute)
	for at := from - from%step + int64(d.seed%55); at < f.born; at += step {
		if at > f.born-hour {
			step = 3 * minute
		}
		if _, silent := f.silent(d, at); silent || at < from {
			continue
		}
		if _, gap := gaps().at(roll(d.seed, saltGap), at); !gap {
			into = append(into, at)
		}
	}
	return into
}

// rememberMeasurements creates the history of the first devices, and returns the troubles that show in it.
func (f *Fleet) rememberMeasurements(bulk Bulk, from int64) (troubles []*trouble, err error) {
	var moments []int64
	left := mostHistory
	for i := range f.devices {
		d := &f.devices[i]
		moments = f.moments(d, from, moments)
		for s := range d.class.streams {
			if left -= len(moments); left < 0 || len(moments) == 0 {
				break
			}
			stream := &d.class.streams[s]
			h := History{Source: d.id, Type: stream.kind, Times: make([]int64, len(moments)), Series: make([]Column, len(stream.series))}
			for k, at := range moments {
				h.Times[k] = at * 1000
			}
			for c := range stream.series {
				series := &stream.series[c]
				column := Column{series.fragment, series.name, series.unit, make([]float64, len(moments))}
				seed := d.seriesSeed(s, c)
				for k, at := range moments {
					column.Values[k] = series.value(seed, at, d.zone(), d.class.use)
				}
				h.Series[c] = column
				troubles = d.troublesIn(troubles, int32(i), s, c, moments, column.Values)
			}
			if err := f.load(bulk, h); err != nil {
				return nil, err
			}
		}
		if left < 0 {
			break
		}
	}
	return troubles, nil
}

// load hands one history to the tenant, at once or row by row.
func (f *Fleet) load(bulk Bulk, h History) error {
	if bulk != nil {
		return bulk.LoadMeasurements(h)
	}
	for k, at := range h.Times {
		fragments := make(map[string]any, len(h.Series))
		for _, c := range h.Series {
			addValue(fragments, c.Fragment, c.Name, c.Unit, c.Values[k])
		}
		if err := f.tenant.CreateMeasurement(h.Source, h.Type, time.UnixMilli(at), fragments); err != nil {
			return err
		}
	}
	return nil
}

// addValue puts one value of a series into the fragments of a measurement.
func addValue(fragments map[string]any, fragment, name, unit string, value float64) {
	if math.IsNaN(value) {
		return
	}
	cell := map[string]any{"value": value}
	if unit != "" {
		cell["unit"] = unit
	}
	if names, ok := fragments[fragment].(map[string]any); ok {
		names[name] = cell
		return
	}
	fragments[fragment] = map[string]any{name: cell}
}

// rememberEvents creates what happened, and where vehicles have been.
func (f *Fleet) rememberEvents(from int64) error {
	type memory struct {
		at  int64
		doc document
	}
	var past []*memory
	for i := range f.devices {
		d := &f.devices[i]
		if len(past) > mostEvents {
			break
		}
		for k := range d.class.happens {
			h := &d.class.happens[k]
			for _, at := range d.happenedSince(h, uint64(saltHappen+k), from, f.born) {
				if _, silent := f.silent(d, at); !silent {
					past = append(past, &memory{at, h.event(d, at)})
				}
			}
		}
		if d.class.moves {
			for at := from; at < f.born; at += 20 * minute {
				lat, lng, speed := d.position(at)
				if _, silent := f.silent(d, at); !silent && speed > 0 {
					past = append(past, &memory{at, located(d, lat, lng, speed)})
				}
			}
		}
	}
	slices.SortStableFunc(past, func(a, b *memory) int { return cmp.Compare(a.at, b.at) })
	for _, m := range past {
		at := stampUnix(m.at)
		if _, err := f.tenant.CreateEvent(append(m.doc, member{"time", at}, member{"creationTime", at}, member{"lastUpdated", at}).fields()); err != nil {
			return err
		}
	}
	return nil
}

// happenedSince returns when something has happened to a device, only while it is in use.
func (d *device) happenedSince(h *happening, salt uint64, from, to int64) (times []int64) {
	// One throw in every slot, with slots so long that one in two hits.
	slot := int64(day / (2 * h.daily))
	for n := from / slot; n <= to/slot; n++ {
		roll := roll(d.seed, salt+uint64(n)<<16)
		at := n*slot + int64(chance(roll, 1)*float64(slot))
		if at >= from && at < to && unit(roll) < 0.5*d.class.use.during(at+d.zone()) {
			times = append(times, at)
		}
	}
	return times
}

// event writes what happened.
func (h *happening) event(d *device, at int64) document {
	return document{{"source", ref(d.id)}, {"type", h.kind}, {"text", pick(d.seed, uint64(at), h.texts)}}
}

// located writes a c8y_LocationUpdate.
func located(d *device, lat, lng, speed float64) document {
	return document{{"source", ref(d.id)}, {"type", "c8y_LocationUpdate"}, {"text", "Location updated"}, {"c8y_Position", position(lat, lng, speed)}, {"hv_Speed", speed}}
}
