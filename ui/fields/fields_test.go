package fields_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/fields"
	"c8yx/ui/text"
)

func list() []fields.Field {
	return []fields.Field{
		{Label: "Equipment"},
		{Label: "model", Value: "P-200"},
		{Label: "notes", Value: "Key under the mat, second door on the left", Role: theme.Muted},
		{Label: "Object"},
		{Label: "a label that is long", Value: "冷蔵庫 3"},
		{Label: "a label that is long", Value: "a value that is long"},
	}
}

func TestValuesWrapBesideTheirLabels(t *testing.T) {
	lines := fields.Lines(theme.New(theme.Standard, true), list(), 34)
	got := ansi.Strip(strings.Join(lines, "\n"))
	const want = `Equipment
model        P-200
notes        Key under the mat,
             second door on the
             left

Object
a label that is long  冷蔵庫 3
a label that is long
             a value that is long`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLinesFitAnyWidth(t *testing.T) {
	for width := range 60 {
		for _, line := range fields.Lines(theme.New(theme.Standard, true), list(), width) {
			// The least of a value is 8 cells beside its label.
			if w := ansi.StringWidth(line); w > max(width, 13+8) {
				t.Fatalf("at width %d a line has %d cells: %q", width, w, line)
			}
		}
	}
}

func TestAPaneIsDrawnOnceForWhatItSays(t *testing.T) {
	th, light := theme.New(theme.Standard, true), theme.New(theme.Standard, false)
	var p fields.Pane
	p.Resize(40, 6)
	asked := 0
	draw := func(th *theme.Theme, version uint64, id string) string {
		return p.Draw(th, version, id, func() (text.Safe, []fields.Field) { asked++; return "Pump 7", list() })
	}
	drawn := draw(th, 1, "a")
	for i, line := range strings.Split(drawn, "\n") {
		if w := ansi.StringWidth(line); w != 40 {
			t.Errorf("line %d has %d cells: %q", i, w, line)
		}
	}
	if lines := strings.Count(drawn, "\n") + 1; lines != 6 || !strings.Contains(drawn, "Pump 7") {
		t.Errorf("%d lines:\n%s", lines, drawn)
	}
	for _, again := range []struct {
		do   func()
		want int
	}{
		{func() { draw(th, 1, "a") }, 1},
		{func() { draw(th, 2, "a") }, 2},
		{func() { draw(th, 2, "b") }, 3},
		{func() { draw(light, 2, "b") }, 4},
		{func() { p.Resize(40, 6); draw(light, 2, "b") }, 4},
		{func() { p.Resize(41, 6); draw(light, 2, "b") }, 5},
	} {
		if again.do(); asked != again.want {
			t.Fatalf("asked %d times, want %d", asked, again.want)
		}
	}
}

func TestAPaneNeedsRoom(t *testing.T) {
	for width, want := range map[int]int{60: 0, 109: 0, 110: 38, 120: 42, 250: 56} {
		if got := fields.PaneWidth(width); got != want {
			t.Errorf("beside %d columns the pane has %d, want %d", width, got, want)
		}
	}
}

func TestAPairJoinsLines(t *testing.T) {
	var pair fields.Pair
	for _, tc := range [][3]string{{"a\nb", "1\n2", "a1\nb2"}, {"a\nb\nc", "1", "a1\nb\nc"}, {"", "1", "1"}} {
		for range 2 {
			if got := pair.Join(tc[0], tc[1]); got != tc[2] {
				t.Errorf("%q and %q make %q, want %q", tc[0], tc[1], got, tc[2])
			}
		}
	}
}
