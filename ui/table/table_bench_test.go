package table_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	bubbles "charm.land/bubbles/v2/table"

	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
)

const (
	benchWidth, benchHeight = 200, 50
	benchColumns            = 10
)

// fleet is a source of rows as a list of devices shows them, made on demand.
type fleet struct {
	size  int
	cells [997][benchColumns]table.Cell // a prime, so that neighbours differ
}

func newFleet(size int) *fleet {
	f := &fleet{size: size}
	for r := range f.cells {
		for c := range f.cells[r] {
			f.cells[r][c] = table.Cell{
				Text: text.Clean("device " + strconv.Itoa(r*(c+1)) + " of line"),
				Role: theme.Role((r + c) % 12),
			}
		}
	}
	return f
}

func (f *fleet) Len() int                        { return f.size }
func (f *fleet) Row(row int) table.Row           { return table.Row{Marked: row%7 == 0, Muted: row%11 == 0} }
func (f *fleet) Cell(row, column int) table.Cell { return f.cells[row%len(f.cells)][column] }

func newFleetTable(size int) *table.Table {
	var columns []table.Column
	for c := range benchColumns {
		columns = append(columns, table.Column{Title: text.Clean(fmt.Sprint("COLUMN", c)), Weight: 1, Priority: c})
	}
	t := table.New(theme.New(theme.Standard, true), columns, newFleet(size))
	t.SetSize(benchWidth, benchHeight)
	return t
}

// BenchmarkFrame moves the cursor and draws a frame of 200 x 50 cells, beside
// bubbles/table with the same rows in the same run. The budget is 0.2 ms,
// whatever the number of rows.
func BenchmarkFrame(b *testing.B) {
	for _, size := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(size, " rows"), func(b *testing.B) {
			theirs := bubblesFrame(size)
			t := newFleetTable(size)
			b.ReportAllocs()
			for b.Loop() {
				if t.Move(1); t.Cursor() == size-1 {
					t.Home()
				}
				_ = t.View()
			}
			b.ReportMetric(theirs*float64(b.N)/float64(b.Elapsed()), "times-faster")
		})
	}
}

// BenchmarkFrameUnchanged asks for the same frame again.
func BenchmarkFrameUnchanged(b *testing.B) {
	t := newFleetTable(100_000)
	t.View()
	b.ReportAllocs()
	for b.Loop() {
		_ = t.View()
	}
}

// BenchmarkFrameHighlighted draws frames in which a filter matches every cell.
func BenchmarkFrameHighlighted(b *testing.B) {
	t := newFleetTable(100_000)
	t.SetHighlight(func(dst []text.Range, _, _ int, s text.Safe) []text.Range {
		return text.AppendMatches(dst, s, "LINE")
	})
	b.ReportAllocs()
	for b.Loop() {
		t.Move(1)
		_ = t.View()
	}
}

// bubblesFrame returns how many nanoseconds a frame after a key takes with
// bubbles/table.
func bubblesFrame(size int) float64 {
	source := newFleet(size)
	var columns []bubbles.Column
	for c := range benchColumns {
		columns = append(columns, bubbles.Column{Title: fmt.Sprint("COLUMN", c), Width: benchWidth/benchColumns - 2})
	}
	rows := make([]bubbles.Row, size)
	for r := range rows {
		for c := range benchColumns {
			rows[r] = append(rows[r], string(source.Cell(r, c).Text))
		}
	}
	t := bubbles.New(bubbles.WithColumns(columns), bubbles.WithRows(rows), bubbles.WithWidth(benchWidth), bubbles.WithHeight(benchHeight))
	const frames = 20
	start := time.Now()
	for range frames {
		t.MoveDown(1)
		_ = t.View()
	}
	return float64(time.Since(start)) / frames
}
