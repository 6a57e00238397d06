package query

import (
	"strings"

	"c8yx/demo/rawjson"
)

// path names a property: the top-level one and the way down from there.
type path struct {
	property string
	below    []string
	date     bool   // the last word was "date": compare as a moment
	text     string // property and below, with points between them
}

func splitPath(text string) path {
	words := strings.Split(text, ".")
	p := path{property: words[0], below: words[1:]}
	if last := len(p.below) - 1; last >= 0 && p.below[last] == "date" {
		p.below, p.date = p.below[:last], true
	}
	if p.property == "_id" {
		p.property = "id"
	}
	p.text = strings.Join(append([]string{p.property}, p.below...), ".")
	return p
}

// nested reports whether [Below] knows what is at the path.
func (p *path) nested() bool { return len(p.below) > 0 && !p.date }

// Winding is what [Below] makes of a value that is not at the end of a single way.
const Winding = "?"

// Below returns what is at a path like "c8y_Hardware.serialNumber" if value gives the properties of an object: the raw value, "" if there is none, and
// [Winding] if there are arrays on the way, so that there may be several.
func Below(path string, value func(property string) (raw string, ok bool)) string {
	property, rest, _ := strings.Cut(path, ".")
	raw, ok := value(property)
	if !ok {
		return ""
	}
	for step := range strings.SplitSeq(rest, ".") {
		switch rawjson.Kind(raw) {
		case rawjson.Array:
			return Winding
		case rawjson.Object:
			if raw, ok = rawjson.Member(raw, step); !ok {
				return ""
			}
		default:
			return ""
		}
	}
	return raw
}

func (p *path) isID() bool { return p.property == "id" && len(p.below) == 0 }

// any reports whether a value at the path satisfies test: the value itself, and if there are arrays on the way or at the
// end, any of their elements. A missing or null value satisfies nothing.
func (p *path) any(s Subject, test func(raw string) bool) bool {
	if len(p.below) > 0 {
		if raw, known := s.Below(p.text); known && raw != Winding {
			return descend(raw, nil, test)
		}
	}
	raw, ok := s.Value(p.property)
	if !ok {
		return false
	}
	return descend(raw, p.below, test)
}

// anyDate is any for a path that ends in "date": the values are dates, unless there is a property that is really called so.
func (p *path) anyDate(s Subject, test, onDate func(raw string) bool) bool {
	raw, ok := s.Value(p.property)
	if !ok {
		return false
	}
	if hasDate(raw, p.below) {
		return descend(raw, append(p.below[:len(p.below):len(p.below)], "date"), test)
	}
	return descend(raw, p.below, onDate)
}

// there reports whether there is anything at the path.
func (p *path) there(s Subject) bool {
	if p.date {
		return p.anyDate(s, present, present)
	}
	return p.any(s, present)
}

// present is the test that every value satisfies.
func present(string) bool { return true }

func descend(raw string, below []string, test func(string) bool) bool {
	switch rawjson.Kind(raw) {
	case rawjson.Null, 0:
		return false
	case rawjson.Array:
		for element := range rawjson.Elements(raw) {
			if descend(element, below, test) {
				return true
			}
		}
		return len(below) == 0 && test(raw)
	case rawjson.Object:
		if len(below) > 0 {
			value, ok := rawjson.Member(raw, below[0])
			return ok && descend(value, below[1:], test)
		}
	}
	return len(below) == 0 && test(raw)
}

func hasDate(raw string, below []string) bool {
	for _, word := range below {
		raw, _ = rawjson.Member(raw, word)
	}
	_, ok := rawjson.Member(raw, "date")
	return ok
}
