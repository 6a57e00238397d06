package collection

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"c8yx/ui/text"
	"c8yx/views/collection/filter"
)

// Key moves the cursor or edits the filter.
func (v *View[T]) Key(msg tea.KeyPressMsg) bool {
	if !v.typing {
		return false
	}
	switch msg.String() {
	case "enter":
		v.typing, v.touched = false, true
	case "esc":
		v.clearFilter()
	case "up", "down":
		v.typing = false
	case "tab":
		v.take(1)
	case "shift+tab":
		v.take(-1)
	default:
		if v.line.Key(msg) {
			v.search()
		} else {
			v.suggest() // the cursor has moved
		}
	}
	v.layout()
	return true
}

// typeFilter lets the user type the filter.
func (v *View[T]) typeFilter() {
	v.typing = true
	v.suggest()
	v.layout()
}

// Typing reports whether the filter is being typed.
func (v *View[T]) Typing() bool { return v.typing }

// Paste puts pasted text into the filter.
func (v *View[T]) Paste(s string) {
	v.line.Paste(s)
	v.search()
	v.layout()
}

// search applies what the filter line says. What is wrong in it, or only half typed, is said
// below the line and counts for nothing; the rest of the filter stays in force.
func (v *View[T]) search() {
	parsed, err := filter.Parse(v.line.Value(), v.fields, v.kind.Fragments != nil)
	v.problem = nil
	errors.As(err, &v.problem)
	v.filter = parsed
	v.suggest()
	v.want()
	v.arrange()
	v.table.SetHighlight(v.highlight)
}

func (v *View[T]) clearFilter() {
	v.typing = false
	v.line.SetValue("")
	v.search()
	v.layout()
}

// highlight marks what the filter matched in a cell.
func (v *View[T]) highlight(dst []text.Range, _, column int, s text.Safe) []text.Range {
	at := v.shown[column]
	c := &v.columns[at]
	switch {
	case c.path != nil:
		return v.filter.AppendMatches(dst, -1, c.Name, s)
	case c.Cell == nil:
		return dst
	}
	return v.filter.AppendMatches(dst, at, "", s)
}
