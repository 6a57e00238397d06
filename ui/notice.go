package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/text"
)

// Notice fills a pane with a text in its middle: what a view shows while it
// has nothing else to show.
func Notice(th *theme.Theme, role theme.Role, said text.Safe, width, height int) string {
	lines := text.Wrap(said, max(10, min(width-8, 72)))
	top := max(0, (height-len(lines))/2)
	var b strings.Builder
	for row := range height {
		if row > 0 {
			b.WriteByte('\n')
		}
		line := ""
		if i := row - top; i >= 0 && i < len(lines) {
			pad := strings.Repeat(" ", max(0, (width-text.Width(lines[i]))/2))
			line = pad + th.Render(role, string(lines[i]))
		}
		b.WriteString(Fit(line, width))
	}
	return b.String()
}

// Fit brings a drawn line, which may hold escapes, to exactly the width.
func Fit(line string, width int) string {
	if w := ansi.StringWidth(line); w <= width {
		return line + strings.Repeat(" ", width-w)
	}
	return ansi.Truncate(line, width, "…")
}
