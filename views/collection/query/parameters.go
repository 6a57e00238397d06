package query

import (
	"fmt"
	"slices"
	"strings"

	"c8yx/views/collection/filter"
	"c8yx/views/place"
)

// Parameters are the names that a place of some list may ask the tenant for, and the values that
// each is known to take.
type Parameters struct {
	Names  []string
	Values func(name string) []string
}

// Of returns what a place asks for, as it is typed: "severity=MAJOR status=ACTIVE".
func (p Parameters) Of(at place.Place) string {
	var asked []string
	for _, name := range p.Names {
		if value := at.Query.Get(name); value != "" {
			if strings.ContainsAny(value, " \t\"") {
				value = "'" + value + "'"
			}
			asked = append(asked, name+"="+value)
		}
	}
	return strings.Join(asked, " ")
}

// In returns the place with what was typed in the place of what it asked for. The error says what
// is no parameter.
func (p Parameters) In(at place.Place, typed string) (place.Place, error) {
	for _, name := range p.Names {
		at = at.With(name, "")
	}
	for word := range words(typed) {
		name, value, ok := strings.Cut(word, "=")
		if !ok || !slices.Contains(p.Names, name) {
			return at, fmt.Errorf("the tenant is asked by name=value, with %s; not by %s", strings.Join(p.Names, ", "), word)
		}
		if len(value) > 1 && (value[0] == '\'' || value[0] == '"') && value[len(value)-1] == value[0] {
			value = value[1 : len(value)-1]
		}
		at = at.With(name, value)
	}
	return at, nil
}

// Complete says how what is typed may go on at the cursor.
func (p Parameters) Complete(typed string, cursor int) filter.Completion {
	before := typed[:max(0, min(cursor, len(typed)))]
	start := strings.LastIndexByte(before, ' ') + 1
	name, value, isValue := strings.Cut(before[start:], "=")
	c := filter.Completion{From: start, To: len(before)}
	if !isValue {
		for _, n := range matching(p.Names, name) {
			c.Options = append(c.Options, n+"=")
		}
		return c
	}
	c.From = start + len(name) + 1
	if comma := strings.LastIndexByte(value, ','); comma >= 0 {
		c.From += comma + 1
		value = value[comma+1:]
	}
	if p.Values != nil && slices.Contains(p.Names, name) {
		c.Options = matching(p.Values(name), value)
	}
	return c
}

// words splits what was typed at blanks outside quotes.
func words(typed string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start, quoted := -1, byte(0)
		for i := 0; i <= len(typed); i++ {
			if i == len(typed) || typed[i] == ' ' && quoted == 0 {
				if start >= 0 && !yield(typed[start:i]) {
					return
				}
				start = -1
				continue
			}
			if start < 0 {
				start = i
			}
			switch c := typed[i]; {
			case quoted == c:
				quoted = 0
			case quoted == 0 && (c == '\'' || c == '"'):
				quoted = c
			}
		}
	}
}
