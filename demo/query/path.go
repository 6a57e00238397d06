package query

import (
	"strings"

	"c8yx/demo/rawjson"
)

// path names a property: the top-level one and the way down from there.
type path struct {
	property string
	below    []string
	date     bool // the last word was "date": compare as a moment
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
	return p
}

func (p path) isID() bool { return p.property == "id" && len(p.below) == 0 }

// any reports whether a value at the path satisfies test: the value itself, and if there are arrays on the way or at the
// end, any of their elements. A missing or null value satisfies nothing. The test is told whether it sees a date.
func (p path) any(s Subject, test func(raw string, date bool) bool) bool {
	raw, ok := s.Value(p.property)
	if !ok {
		return false
	}
	below, date := p.below, p.date
	if date && hasDate(raw, below) { // a property that is really called "date"
		below, date = append(below[:len(below):len(below)], "date"), false
	}
	return descend(raw, below, func(raw string) bool { return test(raw, date) })
}

// present is the test that every value satisfies.
func present(string, bool) bool { return true }

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
