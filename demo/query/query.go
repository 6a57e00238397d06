package query

import (
	"math"
	"slices"
	"strconv"
)

// Query is a parsed query.
type Query struct {
	filter  expr // nil matches everything
	OrderBy []Order
}

// Order is one key of $orderby.
type Order struct {
	Path       string // "name", "c8y_Hardware.serialNumber", "creationTime.date"
	Descending bool
}

// Subject is an object that a query looks at.
type Subject interface {
	// Value returns the raw, compact JSON of a top-level property, standard properties included: id, creationTime, ….
	Value(property string) (raw string, ok bool)
	// Below is a short cut to a value further down: what [Below] makes of the property, if the subject knows it. False: ask for the property.
	Below(path string) (raw string, known bool)
	// Moment returns a property that is kept as a time, in Unix milliseconds; false for properties that are in the document as text.
	Moment(property string) (milli int64, ok bool)
	// MemberOf reports whether the subject is a direct member of a group.
	MemberOf(group string) bool
	// Under reports whether the subject is root or anywhere below it.
	Under(root string) bool
	// Mentions reports whether the full-text search finds words in the subject.
	Mentions(words string) bool
}

// Match reports whether a subject satisfies the filter. A query without filter matches everything.
func (q *Query) Match(s Subject) bool { return q.filter == nil || q.filter.match(s) }

// ByID reports whether an order is by the id, ascending being the order in which objects lie anyway.
func (o Order) ByID() bool {
	p := splitPath(o.Path)
	return p.isID()
}

// IDs returns bounds that the ids of all matches lie between: larger than after, at most upTo. Clients walk large
// inventories by "_id gt '<last>'", page after page, or in ranges side by side.
func (q *Query) IDs() (after, upTo int64) { return idsOf(q.filter) }

func idsOf(e expr) (after, upTo int64) {
	upTo = math.MaxInt64
	switch e := e.(type) {
	case and:
		for _, part := range e {
			a, u := idsOf(part)
			after, upTo = max(after, a), min(upTo, u)
		}
	case *comparison:
		id, err := strconv.ParseInt(e.value.text, 10, 64)
		switch {
		case !e.path.isID() || e.value.kind == patternLiteral || err != nil:
		case e.op == gt:
			after = id
		case e.op == le:
			upTo = id
		}
	}
	return after, upTo
}

// expr is a node of a filter.
type expr interface{ match(Subject) bool }

type (
	and        []expr
	or         []expr
	not        struct{ of expr }
	has        []path   // any of these paths
	byGroup    []string // member of any of these
	inSubtree  []string // below any of these
	comparison struct {
		path  path
		op    operator
		value literal

		matches, onDate func(raw string) bool // holds, made once and not for every object
	}
)

func compare(p path, op operator, value literal) *comparison {
	e := &comparison{path: p, op: op, value: value}
	e.matches = func(raw string) bool { return e.holds(raw, false) }
	e.onDate = func(raw string) bool { return e.holds(raw, true) }
	return e
}

func (e and) match(s Subject) bool {
	for _, part := range e {
		if !part.match(s) {
			return false
		}
	}
	return true
}

func (e or) match(s Subject) bool {
	for _, part := range e {
		if part.match(s) {
			return true
		}
	}
	return false
}

func (e not) match(s Subject) bool { return !e.of.match(s) }

// standard are the properties that has and hasany do not see.
var standard = [...]string{
	"id", "type", "name", "self", "lastUpdated", "owner", "creationTime", "supportedMeasurements",
	"childAssets", "childDevices", "childAdditions", "externalIds",
}

// hasAny returns the test for any of the properties; those that it does not see
// drop out here, once and not for every object.
func hasAny(properties []string) has {
	var paths has
	for _, property := range properties {
		if !slices.Contains(standard[:], property) {
			paths = append(paths, splitPath(property))
		}
	}
	return paths
}

func (e has) match(s Subject) bool {
	for i := range e {
		if e[i].there(s) {
			return true
		}
	}
	return false
}

func (e byGroup) match(s Subject) bool {
	for _, group := range e {
		if s.MemberOf(group) {
			return true
		}
	}
	return false
}

func (e inSubtree) match(s Subject) bool {
	for _, root := range e {
		if s.Under(root) {
			return true
		}
	}
	return false
}
