package collection

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
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
	default:
		if v.filter.Key(msg) {
			v.search()
		}
	}
	v.layout()
	return true
}

// Typing reports whether the filter is being typed.
func (v *View[T]) Typing() bool { return v.typing }

// Paste puts pasted text into the filter.
func (v *View[T]) Paste(s string) {
	v.filter.Paste(s)
	v.search()
}

// search applies what the filter line says.
func (v *View[T]) search() {
	before := v.terms
	v.terms = parseTerms(v.filter.Value())
	v.holding(func() {
		if v.terms.narrows(before) {
			v.rows.narrow(v.terms.match())
		} else {
			v.rows.filter(v.terms.match())
		}
	})
	v.table.SetHighlight(v.highlight)
}

func (v *View[T]) clearFilter() {
	v.typing = false
	v.filter.SetValue("")
	v.search()
	v.layout()
}

// highlight marks what the filter matched in a cell.
func (v *View[T]) highlight(dst []text.Range, _, column int, s text.Safe) []text.Range {
	if len(v.terms.with) == 0 || v.kind.Columns[column].Cell == nil {
		return dst
	}
	for _, word := range v.terms.with {
		dst = text.AppendMatches(dst, s, word)
	}
	if len(v.terms.with) > 1 {
		slices.SortFunc(dst, func(a, b text.Range) int { return a.Start - b.Start })
		end := 0
		dst = slices.DeleteFunc(dst, func(r text.Range) bool {
			if r.Start < end {
				return true
			}
			end = r.End
			return false
		})
	}
	return dst
}

func (v *View[T]) filterLines() int {
	if v.typing || v.filter.Value() != "" {
		return 1
	}
	return 0
}

// drawFilter draws the line in which the filter is typed.
func (v *View[T]) drawFilter() string {
	width := v.width - v.pane.Width()
	if v.typing {
		line := v.filter.Render(v.theme, width)
		return ui.Fit(line, width)
	}
	said := "/ " + text.Clean(v.filter.Value()) + "   esc clears"
	return v.theme.Render(theme.Muted, string(text.Fit(said, width, text.Left)))
}
