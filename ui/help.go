package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
)

// help returns the overlay that shows what can be done here, made from the
// same records as everything else.
func (s *Shell) help() Overlay {
	actions := s.actions
	return &dialog.Notice{
		Title: "Keys",
		Wide:  true,
		Lines: func(th *theme.Theme, width int) []string { return helpLines(th, s.options.Keys, actions, width) },
	}
}

// helpLines lays the actions out by context, the most particular first, in as
// many columns as fit.
func helpLines(th *theme.Theme, m *keys.Map, actions []Action, width int) []string {
	const narrowest = 56 // room for most titles, with the reason why not
	columns := max(1, width/narrowest)
	column := width / columns
	labels := freeKeys(m, actions)
	var lines []string
	for _, context := range slices.Backward(keys.Contexts()) {
		var cells [][]string
		for i, a := range actions {
			if a.Context == context {
				cells = append(cells, helpCell(th, labels[i], a, column-2))
			}
		}
		if cells == nil {
			continue
		}
		if lines != nil {
			lines = append(lines, "")
		}
		lines = append(lines, th.Render(theme.Accent, strings.ToUpper(string(context))))
		rows := (len(cells) + columns - 1) / columns
		for r := range rows {
			for line := 0; ; line++ { // of those side by side, until none has any more
				var b strings.Builder
				more := false
				for c := r; c < len(cells); c += rows {
					cell := strings.Repeat(" ", column-2)
					if line < len(cells[c]) {
						cell, more = cells[c][line], true
					}
					b.WriteString(cell)
					b.WriteString("  ")
				}
				if !more {
					break
				}
				lines = append(lines, b.String())
			}
		}
	}
	return lines
}

// freeKeys labels each action with those of its keys that do it here, and not another before it. One
// that has none left is still in the palette.
func freeKeys(m *keys.Map, actions []Action) []string {
	labels := make([]string, len(actions))
	taken := map[string]bool{}
	for i, a := range actions {
		var names []string
		for _, key := range m.Of(a.ID) {
			if !taken[key] {
				names = append(names, keyGlyph(key))
				taken[key] = a.Reason() == "" // one that cannot run leaves it to the next
			}
		}
		labels[i] = strings.Join(names, " ")
	}
	return labels
}

// helpCell returns the lines that say what an action does, and why not now.
func helpCell(th *theme.Theme, label string, a Action, width int) []string {
	const keyWidth = 12
	key := ansi.Truncate(label, keyWidth-1, "…")
	title, role := text.Clean(a.Title), theme.Text
	if reason := a.Reason(); reason != "" {
		title, role = text.Clean(a.Title+" ("+reason+")"), theme.Faint
	}
	lines := make([]string, 0, 2)
	for _, said := range text.Wrap(title, max(1, width-keyWidth)) {
		lines = append(lines, th.Render(theme.Key, key)+strings.Repeat(" ", keyWidth-ansi.StringWidth(key))+
			th.Render(role, string(text.Fit(said, width-keyWidth, text.Left))))
		key = ""
	}
	return lines
}

// keyLabel returns the keys of an action as a reader expects them: "↑ k".
func keyLabel(m *keys.Map, id keys.ID) string {
	var names []string
	for _, k := range m.Of(id) {
		names = append(names, keyGlyph(k))
	}
	return strings.Join(names, " ")
}

// firstKey returns the key to show where there is room for one.
func firstKey(m *keys.Map, id keys.ID) string {
	if all := m.Of(id); len(all) > 0 {
		return keyGlyph(all[0])
	}
	return ""
}

func keyGlyph(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	}
	return key
}

// past returns the overlay that shows the past messages, the latest first.
func (s *Shell) past() Overlay {
	return &dialog.Notice{
		Title: "Messages",
		Wide:  true,
		Lines: func(th *theme.Theme, width int) []string {
			past := s.toasts.Past()
			if len(past) == 0 {
				return []string{th.Render(theme.Muted, "Nothing has been said yet.")}
			}
			lines := make([]string, 0, len(past))
			for i := len(past) - 1; i >= 0; i-- {
				m := past[i]
				said := string(m.Text)
				if m.Times > 1 {
					said += " ×" + string(text.Count(m.Times))
				}
				for j, l := range strings.Split(ansi.Wordwrap(said, max(1, width-10), " "), "\n") {
					stamp := "          "
					if j == 0 {
						stamp = m.Time.Format("15:04:05") + "  "
					}
					lines = append(lines, th.Render(theme.Muted, stamp)+th.Render(m.Level.Role(), l))
				}
			}
			return lines
		},
	}
}
