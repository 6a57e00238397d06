package story

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// fail ends the story with what went wrong, the steps that led there and the
// screen as it is now.
func (s *Story) fail(format string, args ...any) {
	s.t.Helper()
	var report strings.Builder
	fmt.Fprintf(&report, format, args...)
	switch {
	case s.hasEnded() && s.err != nil:
		fmt.Fprintf(&report, "\nthe program has ended: %v", s.err)
	case s.hasEnded():
		report.WriteString("\nthe program has ended")
	case !s.model.Idle():
		report.WriteString("\nthe program is still busy")
	}
	width, _ := s.terminal.Size()
	fmt.Fprintf(&report, "\n\nso far:\n%s\n\n%s", strings.Join(s.told, "\n"), framed(s.terminal.Lines(), width))
	s.t.Fatal(report.String())
}

// framed draws a border around a screen, so that blanks and the edges can be seen
// in the output of a test.
func framed(lines []string, width int) string {
	border := "+" + strings.Repeat("-", width) + "+\n"
	var drawn strings.Builder
	drawn.WriteString(border)
	for _, line := range lines {
		blank := strings.Repeat(" ", max(0, width-ansi.StringWidth(line)))
		fmt.Fprintf(&drawn, "|%s%s|\n", line, blank)
	}
	drawn.WriteString(border)
	return drawn.String()
}
