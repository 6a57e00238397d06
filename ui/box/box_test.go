package box_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/box"
)

func TestEveryLineOfABoxIsAsWide(t *testing.T) {
	th := theme.New(theme.Standard, true)
	for _, title := range []string{"", "Keys", strings.Repeat("a very long title ", 9)} {
		lines := box.Draw(th, theme.Accent, title, "esc close", []string{"", "short", strings.Repeat("long ", 30), "日本語"}, 20)
		if len(lines) != 6 {
			t.Fatalf("%d lines, want 6", len(lines))
		}
		for _, l := range lines {
			if got := ansi.StringWidth(l); got != 24 {
				t.Errorf("%d cells, want 24: %q", got, ansi.Strip(l))
			}
		}
	}
}
