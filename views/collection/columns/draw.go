package columns

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/box"
	"c8yx/ui/text"
)

// chrome is how many lines of the overlay hold no columns.
const chrome = 6

// Render draws the columns, or the paths that can be added.
func (c *Chooser) Render(th *theme.Theme, screen, height int) []string {
	w := max(10, min(70, screen-8))
	room := max(1, height-chrome)
	if c.adding != nil {
		return c.renderAdding(th, w, room)
	}
	c.top = max(0, min(max(min(c.top, c.at), c.at-room+1), len(c.entries)-room))
	var lines []string
	for i := c.top; i < min(len(c.entries), c.top+room); i++ {
		lines = append(lines, c.renderEntry(th, c.entries[i], w, i == c.at))
	}
	lines = append(lines, "")
	if c.note != "" {
		lines = append(lines, th.Render(theme.Minor, string(c.note)))
	} else {
		lines = append(lines, hints(th, w, []hint{
			{"space", "show"}, {"J K", "move"}, {"← →", "width"}, {"s", "sort"}, {"a", "add a fragment"}, {"R", "reset"}, {"0", "as needed"}, {"D", "remove"},
		}))
	}
	return box.Draw(th, theme.Accent, string("Columns of "+c.options.Title), "enter keep · esc as before", lines, w)
}

// hint is a key and what it does.
type hint struct{ key, does string }

// hints draws as many hints as there is room for.
func hints(th *theme.Theme, w int, said []hint) string {
	var b strings.Builder
	used := 0
	for _, h := range said {
		n := ansi.StringWidth(h.key) + ansi.StringWidth(h.does) + 3
		if used+n > w+2 {
			break
		}
		used += n
		b.WriteString(th.Render(theme.Key, h.key) + " " + th.Render(theme.Chrome, h.does) + "  ")
	}
	return b.String()
}

func (c *Chooser) renderEntry(th *theme.Theme, e Entry, w int, under bool) string {
	bar, role := "  ", theme.Text
	if !e.Shown {
		role = theme.Muted
	}
	if under {
		bar = th.Render(theme.Accent, "▌ ")
		role = theme.Strong
	}
	mark := "  "
	if e.Shown {
		mark = th.Render(theme.Accent, "✓ ")
	}
	right := ""
	switch c.sort {
	case e.Name:
		right = "↑ "
	case "-" + e.Name:
		right = "↓ "
	}
	if e.Width > 0 {
		right += strconv.Itoa(e.Width) + " wide"
	} else {
		right += "as needed"
	}
	name := ansi.Truncate(string(text.Clean(e.Name)), max(1, w-6-ansi.StringWidth(right)), "…")
	gap := strings.Repeat(" ", max(1, w-4-ansi.StringWidth(name)-ansi.StringWidth(right)))
	return bar + mark + th.Render(role, name) + gap + th.Render(theme.Muted, right)
}

// renderAdding draws the line in which a path is typed, and what it may become.
func (c *Chooser) renderAdding(th *theme.Theme, w, room int) []string {
	a := c.adding
	lines := []string{a.line.Render(th, w), th.Render(theme.Faint, strings.Repeat("─", w))}
	top := max(0, a.at-room+1)
	for i := top; i < min(len(a.options), top+room); i++ {
		bar, role := "  ", theme.Text
		if i == a.at {
			bar, role = th.Render(theme.Accent, "▌ "), theme.Strong
		}
		path := a.options[i]
		name := text.Clean(path)
		if c.branches(path) {
			name += ".…"
		}
		about := text.Safe("")
		if c.options.Fragments.About != nil {
			about = c.options.Fragments.About(path)
		}
		left := ansi.Truncate(string(name), w-4, "…")
		right := ansi.Truncate(string(about), max(0, w-4-ansi.StringWidth(left)), "…")
		gap := strings.Repeat(" ", max(1, w-2-ansi.StringWidth(left)-ansi.StringWidth(right)))
		lines = append(lines, bar+th.Render(role, left)+gap+th.Render(theme.Muted, right))
	}
	switch {
	case c.note != "":
		lines = append(lines, th.Render(theme.Minor, string(c.note)))
	case len(a.options) == 0:
		lines = append(lines, th.Render(theme.Muted, "No document here has that; it can be added nevertheless."))
	}
	return box.Draw(th, theme.Accent, "Add a fragment", "tab complete · enter add · esc back", lines, w)
}
