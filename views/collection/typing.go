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
		v.enter()
	case "esc":
		v.local = ""
		v.giveUp()
		v.stopTyping()
	case "up", "down":
		v.enter()
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

// Typing reports whether the filter is being typed.
func (v *View[T]) Typing() bool { return v.typing }

// Paste puts pasted text into the filter.
func (v *View[T]) Paste(s string) {
	v.line.Paste(s)
	v.search()
	v.layout()
}

// typeFilter lets the user type the filter. What the tenant is asked for stands behind it.
func (v *View[T]) typeFilter() {
	v.typing = true
	v.line.SetValue(v.local)
	if asked := v.asked(v.place); asked != "" {
		v.line.SetValue(v.local + " " + filter.Marker + " " + asked)
		v.line.SetCursor(len(v.local))
	}
	v.suggest()
	v.layout()
}

// enter keeps the filter and, if it is another query than before, asks the tenant for what stands behind it.
func (v *View[T]) enter() {
	v.touched = true
	_, query, _ := filter.Split(v.line.Value())
	switch {
	case v.asking.busy():
	case query != v.asked(v.place):
		v.ask(query)
	default:
		v.stopTyping()
	}
}

// stopTyping leaves the line; the filter that is right in it stays in force.
func (v *View[T]) stopTyping() {
	v.typing = false
	v.asking.refused = ""
	v.line.SetValue(v.local)
	v.search()
	v.layout()
}

// search applies what the filter line says. What is wrong in it, or only half typed, is said
// below the line and counts for nothing; the rest of the filter stays in force.
func (v *View[T]) search() {
	parsed, err := filter.Parse(v.line.Value(), v.fields, v.kind.Fragments != nil)
	v.problem = nil
	errors.As(err, &v.problem)
	v.local, _, _ = filter.Split(v.line.Value())
	v.filter, v.asking.refused = parsed, ""
	v.suggest()
	v.want()
	v.arrange()
	v.table.SetHighlight(v.highlight)
}

// clearFilter takes the filter away or, if there is none, what the user has asked the tenant for.
func (v *View[T]) clearFilter() {
	if v.local == "" {
		v.ask(v.asked(v.asking.opened))
		return
	}
	v.local = ""
	v.stopTyping()
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
