package box

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
)

// Draw frames the lines, which may hold escapes but no control characters, in
// a box whose inside is width cells wide. Longer lines are cut.
func Draw(th *theme.Theme, role theme.Role, title, hint string, lines []string, width int) []string {
	framed := make([]string, 0, len(lines)+2)
	framed = append(framed, edge(th, role, "╭", "╮", title, width, role))
	side := th.Render(role, "│")
	for _, l := range lines {
		l = ansi.Truncate(l, width, "…")
		pad := strings.Repeat(" ", width-ansi.StringWidth(l))
		framed = append(framed, side+" "+l+pad+" "+side)
	}
	return append(framed, edge(th, role, "╰", "╯", hint, width, theme.Muted))
}

// edge draws the upper or lower border with a text set into it.
func edge(th *theme.Theme, role theme.Role, left, right, label string, width int, labelRole theme.Role) string {
	if label == "" {
		return th.Render(role, left+strings.Repeat("─", width+2)+right)
	}
	label = ansi.Truncate(label, width-2, "…")
	rest := width - ansi.StringWidth(label) - 1
	return th.Render(role, left+"─") + " " + th.Render(labelRole, label) + " " +
		th.Render(role, strings.Repeat("─", max(0, rest))+right)
}
