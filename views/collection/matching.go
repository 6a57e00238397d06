package collection

import (
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/views/collection/filter"
	"c8yx/views/fragment"
)

// sight is how the conditions of a filter see things: those of the rows, by their slots, or a
// single one.
type sight[T any] struct {
	item   func(slot int32) T
	folded func(slot int32) string
	value  func(path int, slot int32) string
	// index returns by which number value knows a path, -1 if it does not.
	index func(path string) int
	// searched are the paths in whose values words are searched beside the cells.
	searched []int
}

// matcher returns the condition of a filter, nil if everything passes.
func (k *Kind[T]) matcher(f *filter.Filter, s sight[T]) func(slot int32) bool {
	now := time.Now()
	var tests []func(int32) bool
	for i := range f.Terms {
		tests = append(tests, k.test(&f.Terms[i], s, now))
	}
	switch len(tests) {
	case 0:
		return nil
	case 1:
		return tests[0]
	}
	return func(slot int32) bool {
		for _, test := range tests {
			if !test(slot) {
				return false
			}
		}
		return true
	}
}

// test returns the condition of one term.
func (k *Kind[T]) test(t *filter.Term, s sight[T], now time.Time) func(slot int32) bool {
	switch {
	case t.Word != "" && len(s.searched) == 0:
		return func(slot int32) bool { return t.Folded(s.folded(slot)) }
	case t.Word != "":
		return func(slot int32) bool {
			holds := strings.Contains(s.folded(slot), t.Word)
			for i := 0; !holds && i < len(s.searched); i++ {
				holds = t.Within(s.value(s.searched[i], slot))
			}
			return holds != t.Not
		}
	case t.Path != "":
		at := s.index(t.Path)
		return func(slot int32) bool { return t.Fragment(s.value(at, slot), now) }
	}
	c := &k.Columns[t.Field]
	switch {
	case c.Time != nil:
		return func(slot int32) bool { return t.Time(c.Time(s.item(slot)), now) }
	case c.Number != nil:
		return func(slot int32) bool { return t.Number(c.Number(s.item(slot))) }
	}
	return func(slot int32) bool { return t.Text(c.text(s.item(slot))) }
}

// sight lets the filter see the rows.
func (v *View[T]) sight() sight[T] {
	s := sight[T]{item: v.rows.Item, folded: v.rows.Folded, value: v.rows.Value, index: v.wantedIndex}
	for _, i := range v.shown {
		if v.columns[i].path != nil {
			s.searched = append(s.searched, v.wantedIndex(v.columns[i].Name))
		}
	}
	return s
}

// accepts returns whether a thing that need not be among the rows passes a filter.
func (k *Kind[T]) accepts(f *filter.Filter, searched []string) func(T) bool {
	var item T
	var document jsontext.Value
	var folded string
	paths := append(f.Paths(), searched...)
	parsed := make([]fragment.Path, len(paths))
	for i, p := range paths {
		parsed[i] = fragment.ParsePath(p)
	}
	s := sight[T]{
		item:   func(int32) T { return item },
		folded: func(int32) string { return folded },
		value:  func(path int, _ int32) string { return parsed[path].Value(document) },
		index: func(path string) int {
			for i, p := range paths {
				if p == path {
					return i
				}
			}
			return -1
		},
	}
	for i := range searched {
		s.searched = append(s.searched, len(paths)-len(searched)+i)
	}
	match := k.matcher(f, s)
	return func(candidate T) bool {
		if match == nil {
			return true
		}
		item, folded = candidate, k.folded(candidate)
		if k.Fragments != nil {
			document = k.Fragments(candidate)
		}
		return match(0)
	}
}
