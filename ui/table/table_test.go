package table_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
)

// rows is a source of named rows; row i of column c shows "<row>/<title>" where
// the name itself stands in column 0.
type rows struct {
	names  []string
	marked map[int]bool
	muted  map[int]bool
	asked  int // how many cells were asked for
}

func named(n int) *rows {
	r := &rows{}
	for i := range n {
		r.names = append(r.names, fmt.Sprintf("Press %02d", i))
	}
	return r
}

func (r *rows) Len() int { return len(r.names) }

func (r *rows) Row(row int) table.Row {
	return table.Row{Marked: r.marked[row], Muted: r.muted[row]}
}

func (r *rows) Cell(row, column int) table.Cell {
	r.asked++
	switch column {
	case 0:
		return table.Cell{Text: text.Clean(r.names[row])}
	case 2:
		return table.Cell{Text: text.Count(row * 100), Role: theme.Critical}
	}
	return table.Cell{Text: "c8y_Linux", Role: theme.Muted}
}

var columns = []table.Column{
	{Title: "NAME", Priority: 9, Weight: 1, Min: 8},
	{Title: "TYPE", Priority: 1},
	{Title: "ALARMS", Align: text.Right, Priority: 5},
}

func newTable(source table.Source, width, height int) *table.Table {
	t := table.New(theme.New(theme.Standard, true), columns, source)
	t.SetSize(width, height)
	return t
}

// screen returns what is visible, without styles and trailing blanks.
func screen(t *table.Table) []string {
	lines := strings.Split(ansi.Strip(t.View()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}

func expect(t *testing.T, tb *table.Table, want ...string) {
	t.Helper()
	got := strings.Join(screen(tb), "\n")
	if got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\n\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestTheFirstFrame(t *testing.T) {
	source := named(3)
	source.marked = map[int]bool{1: true}
	tb := newTable(source, 40, 6)
	tb.SetSort(2, true)
	expect(t, tb,
		"   NAME            TYPE       ALARMS ↓",
		"▌  Press 00        c8y_Linux         0",
		" ✓ Press 01        c8y_Linux       100",
		"   Press 02        c8y_Linux       200",
		"", "")
}

func TestASortArrowMovesBetweenColumns(t *testing.T) {
	tb := newTable(named(1), 40, 2)
	tb.SetSort(0, false)
	if got := screen(tb)[0]; !strings.Contains(got, "NAME ↑") {
		t.Errorf("header %q", got)
	}
	tb.SetSort(-1, false)
	if got := screen(tb)[0]; strings.ContainsAny(got, "↑↓") {
		t.Errorf("header %q", got)
	}
	tb.SetSort(99, true) // no such column
	if got := screen(tb)[0]; strings.ContainsAny(got, "↑↓") {
		t.Errorf("header %q", got)
	}
}

func TestAScrollbarShowsWhereOneIs(t *testing.T) {
	tb := newTable(named(100), 24, 5)
	tb.SetCursor(50)
	tb.SetOffset(48)
	expect(t, tb,
		"   NAME         ALARMS ›",
		"   Press 48      4,800 │",
		"   Press 49      4,900 ┃",
		"▌  Press 50      5,000 │",
		"   Press 51      5,100 │")
}

func TestNarrowScreensDropColumnsByPriority(t *testing.T) {
	for width, want := range map[int]string{
		60: "NAME TYPE ALARMS",
		31: "NAME TYPE ALARMS",
		28: "NAME ALARMS ›",
		20: "NAME ›",
		13: "NAME ›",
	} {
		tb := newTable(named(1), width, 2)
		if got := strings.Join(strings.Fields(screen(tb)[0]), " "); got != want {
			t.Errorf("at %d cells the header is %q, want %q", width, got, want)
		}
	}
}

func TestHiddenColumnsAreReachedSideways(t *testing.T) {
	tb := newTable(named(1), 24, 2)
	for _, step := range []struct {
		by   int
		want string
	}{
		{1, "‹NAME ALARMS"}, // past TYPE
		{5, "‹NAME ALARMS"}, // and no further
		{-9, "NAME ALARMS ›"},
	} {
		tb.ScrollColumns(step.by)
		if got := strings.Join(strings.Fields(screen(tb)[0]), " "); got != step.want {
			t.Errorf("after %+d the header is %q, want %q", step.by, got, step.want)
		}
	}
}

// The cursor goes from cell to cell, and the columns scroll so that it is always in sight.
func TestACellUnderTheCursor(t *testing.T) {
	tb := newTable(named(1), 24, 2)
	for _, by := range []int{1, 1, 1, 9, -1, -9} {
		tb.MoveCell(by)
		lines := screen(tb)
		if _, cell, found := strings.Cut(lines[1], "["); !found || !strings.Contains(cell, "]") {
			t.Errorf("after %+d, in column %d, the row is %q below %q", by, tb.CellColumn(), lines[1], lines[0])
		}
	}
	if tb.CellColumn() != 0 {
		t.Errorf("the cursor is in column %d", tb.CellColumn())
	}
	tb.SetCell(-1)
	if line := screen(tb)[1]; strings.Contains(line, "[") {
		t.Errorf("a whole row is %q", line)
	}
}

func TestColumnsGrowWithTheRowsAndNeverShrink(t *testing.T) {
	source := &rows{names: []string{"a", "b"}}
	tb := newTable(source, 60, 4)
	tb.SetColumns([]table.Column{{Title: "NAME"}, {Title: "TYPE"}})
	at := func() int { return strings.Index(screen(tb)[0], "TYPE") }
	narrow := at()
	source.names[1] = "a considerably longer name"
	tb.Invalidate(1)
	wide := at()
	source.names[1] = "b"
	tb.Invalidate(2)
	if wide <= narrow || at() != wide {
		t.Errorf("the second column stood at %d, then %d, then %d", narrow, wide, at())
	}
}

func TestColumnWidthsKeepTheirLimits(t *testing.T) {
	source := &rows{names: []string{strings.Repeat("z", 500)}}
	tb := newTable(source, 80, 2)
	tests := []struct {
		column table.Column
		want   int
	}{
		{table.Column{Max: 20}, 20},
		{table.Column{Width: 7}, 7},
		{table.Column{Width: 30, Max: 10, Weight: 3}, 30}, // an explicit width wins
		{table.Column{}, 80 - 3 - 2 - 2 - 9},              // what the other column leaves
	}
	for _, tt := range tests {
		tt.column.Title = "NAME"
		tb.SetColumns([]table.Column{tt.column, {Title: "TYPE"}})
		row := screen(tb)[1]
		if got := strings.Count(row, "z") + strings.Count(row, "…"); got != tt.want {
			t.Errorf("%+v is %d cells wide, want %d", tt.column, got, tt.want)
		}
	}
}

func TestAnEmptyTableSaysWhy(t *testing.T) {
	tb := newTable(named(0), 21, 4)
	tb.SetEmpty(table.Cell{Text: "loading …", Role: theme.Busy})
	expect(t, tb, "   NAME      ALARMS ›", "", "      loading …", "")
	if tb.Cursor() != -1 {
		t.Errorf("cursor on row %d of an empty table", tb.Cursor())
	}
}

func TestMatchesAreHighlighted(t *testing.T) {
	th := theme.New(theme.Standard, true)
	tb := newTable(named(2), 40, 3)
	tb.SetHighlight(func(dst []text.Range, _, column int, s text.Safe) []text.Range {
		if column != 0 {
			return dst
		}
		return text.AppendMatches(dst, s, "PRESS")
	})
	view := tb.View()
	if n := strings.Count(view, th.SGR(theme.Match)+"Press"); n != 1 {
		t.Errorf("%d matches off the cursor, want 1", n)
	}
	if n := strings.Count(view, th.CursorSGR(theme.Match)+"Press"); n != 1 {
		t.Errorf("%d matches under the cursor, want 1", n)
	}
}

func TestMutedRowsLoseTheirColours(t *testing.T) {
	th := theme.New(theme.Standard, true)
	source := named(3)
	source.muted = map[int]bool{1: true}
	lines := strings.Split(newTable(source, 40, 4).View(), "\n")
	if strings.Contains(lines[2], th.SGR(theme.Critical)) || !strings.Contains(lines[2], th.SGR(theme.Muted)+"Press 01") {
		t.Errorf("the muted row is %q", lines[2])
	}
	if !strings.Contains(lines[3], th.SGR(theme.Critical)) {
		t.Errorf("its neighbour is %q", lines[3])
	}
}

func TestOnlyVisibleCellsAreAskedFor(t *testing.T) {
	source := named(10_000)
	tb := newTable(source, 80, 11)
	tb.View()
	if want := 10 * len(columns); source.asked != want {
		t.Errorf("a frame of 10 rows asked for %d cells, want %d", source.asked, want)
	}
	tb.View()
	tb.Invalidate(0)
	tb.SetSize(80, 11)
	tb.SetFocused(true)
	tb.View()
	if want := 10 * len(columns); source.asked != want {
		t.Errorf("the same frame again asked for %d more cells", source.asked-want)
	}
}

func TestWhatChangesIsDrawn(t *testing.T) {
	changes := map[string]func(*table.Table, *rows){
		"theme":   func(tb *table.Table, _ *rows) { tb.SetTheme(theme.New(theme.ColorBlind, false)) },
		"focus":   func(tb *table.Table, _ *rows) { tb.SetFocused(false) },
		"size":    func(tb *table.Table, _ *rows) { tb.SetSize(39, 9) },
		"version": func(tb *table.Table, r *rows) { r.names[0] = "other"; tb.Invalidate(7) },
		"rows":    func(_ *table.Table, r *rows) { r.names = r.names[:3] },
		"source":  func(tb *table.Table, _ *rows) { tb.SetSource(named(1)) },
		"cursor":  func(tb *table.Table, _ *rows) { tb.Move(1) },
		"columns": func(tb *table.Table, _ *rows) { tb.SetColumns(columns[:1]) },
	}
	for name, change := range changes {
		source := named(20)
		tb := newTable(source, 40, 10)
		before := tb.View()
		change(tb, source)
		if tb.View() == before {
			t.Errorf("a changed %s is not drawn", name)
		}
	}
}
