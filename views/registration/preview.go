package registration

import (
	"strings"

	"c8yx/theme"
	"c8yx/ui/text"
)

// verb says what the file does.
func (s *Sheet) verb() text.Safe {
	if s.Announces() {
		return "Announce"
	}
	return "Register"
}

// many says how many devices it has.
func (s *Sheet) many() text.Safe { return counted(len(s.rows), "device") }

// preview draws the lines as they were understood. Passwords are not shown.
func (s *Sheet) preview(th *theme.Theme, width int) []string {
	const gap = 2
	widths := make([]int, len(s.columns))
	shown := func(column int, value string) text.Safe {
		if name := strings.ToUpper(s.columns[column]); value != "" && (name == columnCredentials || name == columnOTP) {
			return "••••"
		}
		return text.Clean(value)
	}
	for i, name := range s.columns {
		widths[i] = text.Width(text.Clean(name))
		for _, r := range s.rows[:min(len(s.rows), previewed)] {
			widths[i] = max(widths[i], text.Width(shown(i, r.cells[i])))
		}
		widths[i] = min(widths[i], 28)
	}
	line := func(role theme.Role, number text.Safe, cell func(int) text.Safe) string {
		var b strings.Builder
		b.WriteString(th.Render(theme.Faint, string(text.Fit(number, 6, text.Right))))
		room := width - 6
		for i := range s.columns {
			if room -= widths[i] + gap; room < 0 {
				b.WriteString(th.Render(theme.Faint, " …"))
				break
			}
			b.WriteString(strings.Repeat(" ", gap) + th.Render(role, string(text.Fit(cell(i), widths[i], text.Left))))
		}
		return b.String()
	}
	lines := []string{line(theme.Muted, "line", func(i int) text.Safe { return text.Clean(s.columns[i]) })}
	for _, r := range s.rows[:min(len(s.rows), previewed)] {
		lines = append(lines, line(theme.Text, text.Count(r.line), func(i int) text.Safe { return shown(i, r.cells[i]) }))
	}
	if more := len(s.rows) - previewed; more > 0 {
		lines = append(lines, th.Render(theme.Muted, "… and "+string(text.Count(more))+" more"))
	}
	return lines
}

// previewed is how many devices the preview shows.
const previewed = 200
