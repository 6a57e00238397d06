package demo

import (
	"strconv"
	"strings"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// unit is what a unit of the metric system becomes in the imperial one: other = value*factor + offset.
type unit struct {
	name           string
	factor, offset float64
}

// imperial are the units that are converted. Others are the same in both systems, or nobody knows.
func imperial(name string) (unit, bool) {
	switch name {
	case "C", "°C", "ºC":
		return unit{strings.Replace(name, "C", "F", 1), 1.8, 32}, true
	case "mm":
		return unit{"in", 1 / 25.4, 0}, true
	case "cm":
		return unit{"in", 1 / 2.54, 0}, true
	case "m":
		return unit{"ft", 1 / 0.3048, 0}, true
	case "km":
		return unit{"mi", 1 / 1.609344, 0}, true
	case "km/h":
		return unit{"mph", 1 / 1.609344, 0}, true
	case "m/s":
		return unit{"ft/s", 1 / 0.3048, 0}, true
	case "kg":
		return unit{"lb", 1 / 0.45359237, 0}, true
	case "g":
		return unit{"oz", 1 / 28.349523125, 0}, true
	case "l":
		return unit{"gal", 1 / 3.785411784, 0}, true
	case "bar":
		return unit{"psi", 14.503773773, 0}, true
	}
	return unit{}, false
}

// wantsImperial reports whether a client asked for units of its system. The platform stores those that came.
func (c *call) wantsImperial() bool {
	return strings.EqualFold(c.r.Header.Get("X-Cumulocity-System-Of-Units"), "imperial")
}

// inUnits returns a measurement in the units that the client asked for.
func (c *call) inUnits(shapes *store.Shapes, record *store.Record) *store.Record {
	if !c.wantsImperial() {
		return record
	}
	converted := *record
	for fragment, raw := range record.All() {
		if rawjson.Kind(raw) != rawjson.Object {
			continue
		}
		changed := shapes.Compact(raw)
		for series, cell := range rawjson.Members(raw) {
			to, known := imperial(rawjson.Text(cell, "unit"))
			text, _ := rawjson.Member(cell, "value")
			value, err := strconv.ParseFloat(text, 64)
			if !known || err != nil {
				continue
			}
			number := string(rawjson.Append(nil, value*to.factor+to.offset))
			changed = changed.Set(shapes, series, shapes.Compact(cell).Set(shapes, "value", number).Set(shapes, "unit", rawjson.Quote(to.name)).JSON())
		}
		converted.Document = converted.Set(shapes, fragment, changed.JSON())
	}
	return &converted
}

// kindFor writes measurements in the units that the client asked for.
func (m *measurements) kindFor(c *call) kind {
	k := measurementKind()
	if c.wantsImperial() {
		plain := k.write
		k.write = func(p *platform, w *rawjson.Writer, base string, r *store.Record) {
			plain(p, w, base, c.inUnits(&p.store.Shapes, r))
		}
	}
	return k
}
