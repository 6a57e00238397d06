package collection

import (
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
)

// filterLines is how many lines stand above the table: the filter, and below it what is to be
// said of it.
func (v *View[T]) filterLines() int {
	switch {
	case v.typing, v.problem != nil:
		return 2
	case v.line.Value() != "":
		return 1
	}
	return 0
}

// drawFilter draws the line in which the filter is typed, and the one below it.
func (v *View[T]) drawFilter() string {
	width := v.width - v.pane.Width()
	if !v.typing && v.problem == nil {
		said := "/ " + text.Clean(v.line.Value()) + "   esc clears"
		return v.theme.Render(theme.Muted, string(text.Fit(said, width, text.Left)))
	}
	line := v.line.Still(v.theme, width)
	if v.typing {
		line = v.line.Render(v.theme, width)
	}
	hint, role := v.hint()
	return ui.Fit(line, width) + "\n" + v.theme.Render(role, string(text.Fit("  "+hint, width, text.Left)))
}

// hint is what is to be said of the filter.
func (v *View[T]) hint() (text.Safe, theme.Role) {
	switch {
	case v.problem != nil && v.problem.Half:
		return text.Clean(v.problem.Text), theme.Muted
	case v.problem != nil:
		return text.Clean(v.problem.Text), theme.Minor
	case !v.knowsAll():
		return "looking into the fragments of " + v.kind.count(v.rows.Len()) + " …", theme.Busy
	}
	return "enter keeps the filter, esc clears it", theme.Muted
}
