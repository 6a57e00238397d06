package table_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
)

var hostile = []string{
	"\x1b[2J\x1b]0;pwned\a", "\u202egnp.exe", "印刷機", "ｶﾞ", "👨\u200d👩\u200d👧", "🇩🇪", "a\nb\r\n\tc", "\u0301", "e\u0301",
	"स्ते", "กำ", "", strings.Repeat("漢", 40_000), strings.Repeat("x", 100_000), "\xff\xfe", "Z" + strings.Repeat("\u0300", 99), "\u0600",
}

func TestNoNameBreaksTheColumns(t *testing.T) {
	source := &rows{names: hostile}
	for width := range 90 {
		tb := newTable(source, width, len(hostile)+1)
		tb.SetHighlight(func(dst []text.Range, _, _ int, s text.Safe) []text.Range {
			return text.AppendMatches(dst, s, "漢")
		})
		tb.Move(width % len(hostile))
		mustFill(t, tb, width, len(hostile)+1)
	}
}

func TestAnyOrderOfCallsLeavesAWholeFrame(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	source := named(50)
	source.names = append(source.names, hostile...)
	all := source.names
	tb := newTable(source, 80, 24)
	width, height := 80, 24
	for range 5_000 {
		n := random.IntN(400) - 200
		switch random.IntN(16) {
		case 0:
			tb.Move(n)
		case 1:
			tb.Page(n)
		case 2:
			tb.HalfPage(n)
		case 3:
			tb.Scroll(n)
		case 4:
			tb.ScrollColumns(n / 50)
		case 5:
			tb.SetCursor(n)
		case 6:
			tb.SetOffset(n)
		case 7:
			tb.Track(n)
		case 8:
			source.names = all[:random.IntN(len(all)+1)]
		case 9:
			width, height = random.IntN(130), random.IntN(30)
			tb.SetSize(width, height)
		case 10:
			tb.Click(random.IntN(130)-2, random.IntN(30)-2)
		case 11:
			tb.SetSort(n/40, n > 0)
		case 12:
			tb.SetColumns(columns[:random.IntN(len(columns)+1)])
		case 13:
			tb.SetFocused(n > 0)
		case 14:
			tb.Home()
			tb.Invalidate(uint64(n + 200))
		case 15:
			tb.End()
		}
		mustFill(t, tb, width, height)
		if c := tb.Cursor(); c >= source.Len() || c < 0 && source.Len() > 0 {
			t.Fatalf("cursor on row %d of %d", c, source.Len())
		}
	}
}

func TestColumnsOfAnyShapeAreDrawn(t *testing.T) {
	shapes := [][]table.Column{
		nil,
		{{}},
		{{Width: 1000}, {Width: 1000}},
		{{Min: 50, Max: 10}, {Min: -4, Max: -9, Width: -2, Weight: -7, Priority: -1}},
		{{Weight: 1 << 30}, {Weight: 1 << 30}, {Max: 1, Weight: 5}},
		make([]table.Column, 40),
	}
	for _, shape := range shapes {
		for _, width := range []int{0, 1, 2, 3, 4, 5, 7, 20, 80, 300} {
			for _, scroll := range []int{0, 1, 99} {
				tb := table.New(theme.New(theme.Standard, false), shape, named(30))
				tb.SetSize(width, 7)
				tb.SetSort(1, false)
				tb.ScrollColumns(scroll)
				mustFill(t, tb, width, 7)
			}
		}
	}
	tb := table.New(theme.New(theme.Standard, true), columns, nil) // no rows at all
	tb.SetSize(20, 5)
	tb.Move(3)
	mustFill(t, tb, 20, 5)
}

// mustFill fails the test unless the view is exactly as large as it should be
// and styles are the only escape sequences in it.
func mustFill(t *testing.T, tb *table.Table, width, height int) {
	t.Helper()
	view := tb.View()
	if width == 0 || height == 0 {
		if view != "" {
			t.Fatalf("a table without size draws %q", view)
		}
		return
	}
	lines := strings.Split(view, "\n")
	if len(lines) != height {
		t.Fatalf("%d lines, want %d", len(lines), height)
	}
	for _, line := range lines {
		if got := ansi.StringWidth(line); got != width {
			t.Fatalf("a line of %d cells, want %d: %q", got, width, line)
		}
		if strings.ContainsFunc(ansi.Strip(line), unicode.IsControl) {
			t.Fatalf("a control character in %q", line)
		}
		if strings.Count(line, "\x1b") != strings.Count(line, "\x1b[") || strings.Contains(line, "\x1b[2J") {
			t.Fatalf("a foreign escape sequence in %q", line)
		}
	}
}
