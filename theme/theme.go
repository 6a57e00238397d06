package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Reset ends everything that a prefix of [Theme.SGR] began.
const Reset = "\x1b[m"

// Theme is a palette made ready for drawing. It is immutable; switching from
// dark to light means making another one. Widgets compare the pointer to
// notice the change.
type Theme struct {
	dark   bool
	styles [roles]lipgloss.Style
	sgr    [roles]string
	cursor [roles]string
	colors [roles]color.Color
}

// New makes the theme of the palette with the given name for a dark or a
// light background.
func New(name Name, dark bool) *Theme {
	t := &Theme{dark: dark}
	background := lipgloss.Color("#DCE6F2")
	if dark {
		background = lipgloss.Color("#26324A")
	}
	for role, l := range looks(name) {
		hex := l.light
		if dark {
			hex = l.dark
		}
		style := lipgloss.NewStyle().Bold(l.bold).Faint(l.faint).Underline(l.underline).Reverse(l.reverse)
		if hex != "" {
			t.colors[role] = lipgloss.Color(hex)
			style = style.Foreground(t.colors[role])
		}
		t.styles[role] = style
		t.sgr[role] = prefix(style)
		// The row under the cursor has a background where there is colour, and is
		// bold where there is none; the widgets mark it with a bar as well.
		t.cursor[role] = prefix(style.Faint(false).Bold(true).Background(background))
	}
	return t
}

// prefix returns the escape sequence with which the style begins.
func prefix(style lipgloss.Style) string {
	const probe = "x"
	before, _, _ := strings.Cut(style.Render(probe), probe)
	return before
}

// Dark reports whether the theme is made for a dark background.
func (t *Theme) Dark() bool { return t.dark }

// Style returns the style of a role, for chrome that is drawn seldom.
func (t *Theme) Style(r Role) lipgloss.Style { return t.styles[r] }

// Color returns the foreground of a role, nil for the terminal's own.
func (t *Theme) Color(r Role) color.Color { return t.colors[r] }

// SGR returns the escape sequence that switches to the role, "" for plain
// text. End it with [Reset].
func (t *Theme) SGR(r Role) string { return t.sgr[r] }

// CursorSGR is [Theme.SGR] for a cell of the row under the cursor: the role's
// colour on the cursor's background.
func (t *Theme) CursorSGR(r Role) string { return t.cursor[r] }

// Render returns the text drawn in the role. The text must be clean: nothing
// here removes control characters.
func (t *Theme) Render(r Role, text string) string {
	if t.sgr[r] == "" || text == "" {
		return text
	}
	return t.sgr[r] + text + Reset
}
