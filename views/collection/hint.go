package collection

import (
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/collection/filter"
)

// filterLines is how many lines stand above the table: the filter, and below it what is to be
// said of it.
func (v *View[T]) filterLines() int {
	switch {
	case v.wrong() != "":
		return 1 + len(v.wrongLines())
	case v.typing, v.problem != nil, v.asking.busy():
		return 2
	case v.local != "", v.askedByUser(), v.asksInItsOwnWords():
		return 1
	}
	return 0
}

// asksInItsOwnWords reports whether the place carries a query in the tenant's language, which is
// shown; what is asked for by single parameters stands in the status.
func (v *View[T]) asksInItsOwnWords() bool { return v.kind.Asking != nil && v.asked(v.place) != "" }

// drawFilter draws the line in which the filter is typed, and the one below it.
func (v *View[T]) drawFilter() string {
	width := v.width - v.pane.Width()
	if v.filterLines() == 1 {
		said := "/ " + text.Clean(filter.Join(v.local, v.asked(v.place)))
		if v.local != "" || v.askedByUser() {
			said += "   esc clears"
		}
		return v.theme.Render(theme.Muted, string(text.Fit(said, width, text.Left)))
	}
	line := v.line.Still(v.theme, width)
	if v.typing {
		line = v.line.Render(v.theme, width)
	}
	drawn := ui.Fit(line, width)
	if v.wrong() != "" {
		for _, said := range v.wrongLines() {
			drawn += "\n" + ui.Fit("  "+v.theme.Render(theme.Minor, string(said)), width)
		}
		return drawn
	}
	said := v.theme.Render(theme.Text, "  ")
	for _, span := range v.hint(width - 2) {
		said += v.theme.Render(span.Role, string(span.Text))
	}
	return drawn + "\n" + ui.Fit(said, width)
}

// wrong says what is wrong in the filter, in the words of the tenant or of the filter; "" if nothing is.
func (v *View[T]) wrong() text.Safe {
	switch {
	case v.asking.busy():
	case v.asking.refused != "":
		return v.asking.refused
	case v.problem != nil && !v.problem.Half:
		return text.Clean(v.problem.Text)
	}
	return ""
}

// wrongLines breaks that into lines, a few at most: the list is below.
func (v *View[T]) wrongLines() []text.Safe {
	const most = 4
	lines := text.Wrap(v.wrong(), v.width-v.pane.Width()-2)
	return lines[:min(len(lines), most)]
}

// hint is what is to be said of the filter while it is typed, or while something is wrong in it.
func (v *View[T]) hint(width int) []ui.Span {
	say := func(role theme.Role, s text.Safe) []ui.Span { return []ui.Span{{Text: s, Role: role}} }
	options := v.completing.options(width)
	_, _, asks := filter.Split(v.line.Value())
	switch {
	case v.asking.busy():
		return say(theme.Busy, "asking the tenant …")
	case v.problem != nil:
		said := text.Clean(v.problem.Text)
		return append(say(theme.Muted, said+"  "), v.completing.options(width-text.Width(said)-2)...)
	case !v.knowsAll():
		return say(theme.Busy, "looking into the fragments of "+v.kind.count(v.rows.Len())+" …")
	case options != nil:
		return options
	}
	if path := v.unseen(); path != "" {
		return say(theme.Minor, "nothing here is known to have "+text.Clean(path))
	}
	if asks >= 0 {
		return say(theme.Muted, "enter asks the tenant")
	}
	return say(theme.Muted, "enter keeps the filter, esc clears it")
}

// unseen returns a path that the filter looks at and that no document seen so far has: while a filter
// hides everything, that is most likely why.
func (v *View[T]) unseen() string {
	if v.rows.Shown() > 0 || v.rows.Len() == 0 {
		return ""
	}
	for _, path := range v.filter.Paths() {
		if !v.feed.catalogue.Has(path) {
			return path
		}
	}
	return ""
}
