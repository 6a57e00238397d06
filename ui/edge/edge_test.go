package edge_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/edge"
	"c8yx/ui/text"
)

var th = theme.New(theme.Standard, true)

func TestTheGutterShowsCursorAndMark(t *testing.T) {
	tests := []struct {
		row  edge.Row
		want string
	}{
		{edge.Row{}, "   x"},
		{edge.Row{Marked: true}, " ✓ x"},
		{edge.Row{Cursor: true, Focused: true}, "▌  x"},
		{edge.Row{Cursor: true, Marked: true}, "▌✓ x"},
	}
	for _, tt := range tests {
		var f text.Frame
		f.Reset(edge.Left + 1)
		tt.row.Theme = th
		tt.row.Begin(&f)
		f.Write(tt.row.Style(theme.Text), "x")
		got := f.String()
		if ansi.Strip(got) != tt.want {
			t.Errorf("%+v: %q, want %q", tt.row, ansi.Strip(got), tt.want)
		}
		lit := strings.Contains(got, th.CursorSGR(theme.Text)+"x") || strings.HasSuffix(got, "x"+theme.Reset)
		if lit != (tt.row.Cursor && tt.row.Focused) {
			t.Errorf("%+v: drawn as %q", tt.row, got)
		}
	}
}

func TestTheScrollbarFollowsTheWindow(t *testing.T) {
	tests := []struct {
		bar  edge.Bar
		want string
	}{
		{edge.Bar{Offset: 0, Page: 4, Rows: 8}, "┃┃││"},
		{edge.Bar{Offset: 2, Page: 4, Rows: 8}, "│┃┃│"},
		{edge.Bar{Offset: 4, Page: 4, Rows: 8}, "││┃┃"},
		{edge.Bar{Offset: 0, Page: 4, Rows: 1_000_000}, "┃│││"},
		{edge.Bar{Offset: 999_996, Page: 4, Rows: 1_000_000}, "│││┃"},
		{edge.Bar{Offset: 0, Page: 4, Rows: 4}, "    "},
		{edge.Bar{Offset: 0, Page: 0, Rows: 9}, "    "},
	}
	for _, tt := range tests {
		var f text.Frame
		f.Reset(3)
		for y := range 4 {
			f.Line("")
			tt.bar.Draw(&f, th, y)
		}
		got := strings.NewReplacer(" ", "", "\n", "").Replace(ansi.Strip(f.String()))
		if got != strings.TrimSpace(tt.want) {
			t.Errorf("%+v: %q, want %q", tt.bar, got, tt.want)
		}
	}
}

func TestAClickOnTheScrollbarGoesToThatPlace(t *testing.T) {
	bar := edge.Bar{Page: 10, Rows: 100}
	for y, want := range map[int]int{0: 0, 9: 90, 3: 30} {
		if got := bar.OffsetAt(y); got != want {
			t.Errorf("line %d goes to row %d, want %d", y, got, want)
		}
	}
	if got := (edge.Bar{Page: 10, Rows: 5}).OffsetAt(7); got != 0 {
		t.Errorf("without a scrollbar it goes to row %d", got)
	}
}
