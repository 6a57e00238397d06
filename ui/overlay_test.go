package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// A box may begin and end in the middle of a wide letter.
func TestABoxOverWideLettersKeepsTheWidth(t *testing.T) {
	const width = 20
	for _, line := range []string{
		"ラインポンプ機械工場",
		" ラインポンプ機械工 ",
		"\x1b[1mラインポンプ\x1b[m\x1b[31m機械工場\x1b[m",
		"plain letters only  ",
	} {
		for x := range width - 4 {
			lines := []string{line}
			overlay(lines, []string{"[ok]"}, x, 0)
			bare := ansi.Strip(lines[0])
			if got := ansi.StringWidth(bare); got != width {
				t.Errorf("over %q at %d: %d cells: %q", line, x, got, bare)
			}
			if before, _, found := strings.Cut(bare, "[ok]"); !found || ansi.StringWidth(before) != x {
				t.Errorf("over %q at %d: %q", line, x, bare)
			}
		}
	}
}
