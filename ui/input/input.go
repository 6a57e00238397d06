package input

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/text"
)

// Line is a line of typed text. Make one with [New].
type Line struct {
	model textinput.Model
	theme *theme.Theme
}

// New returns an empty line with a prompt before it and a placeholder shown
// while it is empty.
func New(prompt, placeholder string) *Line {
	m := textinput.New()
	m.Prompt = prompt
	m.Placeholder = placeholder
	m.Focus()
	return &Line{model: m}
}

// Secret makes the line show dots instead of what is typed.
func (l *Line) Secret() *Line {
	l.model.EchoMode = textinput.EchoPassword
	l.model.EchoCharacter = '•'
	return l
}

// Value returns what was typed.
func (l *Line) Value() string { return l.model.Value() }

// SetValue replaces what was typed; the cursor goes to its end.
func (l *Line) SetValue(s string) {
	l.model.SetValue(s)
	l.model.CursorEnd()
}

// Key gives the line a key and reports whether the text changed.
func (l *Line) Key(msg tea.KeyPressMsg) (changed bool) {
	before := l.model.Value()
	l.model, _ = l.model.Update(msg)
	return l.model.Value() != before
}

// Paste inserts pasted text, made harmless and kept on one line.
func (l *Line) Paste(s string) {
	s = strings.TrimSpace(string(text.Clean(s)))
	l.model, _ = l.model.Update(tea.PasteMsg{Content: s})
}

// Render returns the line, at most width cells wide.
func (l *Line) Render(th *theme.Theme, width int) string {
	if l.theme != th {
		l.theme = th
		style := textinput.StyleState{
			Text:        th.Style(theme.Strong),
			Placeholder: th.Style(theme.Faint),
			Prompt:      th.Style(theme.Key),
		}
		styles := textinput.Styles{Focused: style, Blurred: style}
		styles.Cursor.Color = th.Color(theme.Accent)
		styles.Cursor.Shape = tea.CursorBlock
		l.model.SetStyles(styles)
	}
	l.model.SetWidth(max(1, width-len([]rune(l.model.Prompt))-1))
	return l.model.View()
}
