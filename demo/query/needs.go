package query

import (
	"maps"
	"slices"
)

// Needs is what a query looks at in its subjects.
type Needs struct {
	Values   []string // top-level properties whose values count
	Paths    []string // what [Below] is asked for
	Presence []string // top-level properties of which it counts only whether they are there
	Words    bool     // the full text
	Orders   []string // what $orderby orders by, for [KeyOf]; not the id
}

// Needs tells what the query looks at. What is among the values is not among the presence as well.
func (q *Query) Needs() Needs {
	values, paths, presence := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var n Needs
	var walk func(e expr)
	read := func(p path) {
		if p.nested() {
			paths[p.text] = true
		} else {
			values[p.property] = true
		}
	}
	look := func(p path) {
		if len(p.below) == 0 && !p.date {
			presence[p.property] = true
		} else {
			read(p)
		}
	}
	walk = func(e expr) {
		switch e := e.(type) {
		case and:
			for _, part := range e {
				walk(part)
			}
		case or:
			for _, part := range e {
				walk(part)
			}
		case not:
			walk(e.of)
		case has:
			for _, p := range e {
				look(p)
			}
		case *comparison:
			if e.value.kind == nullLiteral {
				look(e.path)
			} else {
				read(e.path)
			}
			n.Words = n.Words || e.isWords()
		}
	}
	if q.filter != nil {
		walk(q.filter)
	}
	for _, order := range q.OrderBy {
		if p := splitPath(order.Path); !p.isID() {
			n.Orders = append(n.Orders, order.Path)
		}
	}
	for property := range values {
		delete(presence, property)
	}
	n.Values, n.Paths, n.Presence = slices.Sorted(maps.Keys(values)), slices.Sorted(maps.Keys(paths)), slices.Sorted(maps.Keys(presence))
	return n
}
