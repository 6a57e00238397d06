package table_test

import (
	"testing"

	"c8yx/ui/table"
)

func TestTheCursorMovesAndTheWindowFollows(t *testing.T) {
	tests := []struct {
		name           string
		move           func(*table.Table)
		cursor, offset int
	}{
		{"down", func(tb *table.Table) { tb.Move(1) }, 51, 45},
		{"up", func(tb *table.Table) { tb.Move(-1) }, 49, 45},
		{"down past the window", func(tb *table.Table) { tb.Move(7) }, 57, 48},
		{"up past the window", func(tb *table.Table) { tb.Move(-7) }, 43, 43},
		{"far down", func(tb *table.Table) { tb.Move(1 << 62) }, 99, 90},
		{"far up", func(tb *table.Table) { tb.Move(-1 << 62) }, 0, 0},
		{"page down", func(tb *table.Table) { tb.Page(1) }, 59, 54},
		{"page up", func(tb *table.Table) { tb.Page(-1) }, 41, 36},
		{"many pages down", func(tb *table.Table) { tb.Page(99) }, 99, 90},
		{"half page down", func(tb *table.Table) { tb.HalfPage(1) }, 55, 50},
		{"half page up", func(tb *table.Table) { tb.HalfPage(-1) }, 45, 40},
		{"home", (*table.Table).Home, 0, 0},
		{"end", (*table.Table).End, 99, 90},
		{"wheel down", func(tb *table.Table) { tb.Scroll(3) }, 50, 48},
		{"wheel down past the cursor", func(tb *table.Table) { tb.Scroll(8) }, 53, 53},
		{"wheel up past the cursor", func(tb *table.Table) { tb.Scroll(-8) }, 46, 37},
		{"wheel to the end", func(tb *table.Table) { tb.Scroll(1 << 62) }, 90, 90},
		{"to a row that does not exist", func(tb *table.Table) { tb.SetCursor(-5) }, 0, 0},
		{"track rows that came above", func(tb *table.Table) { tb.Track(53) }, 53, 48},
		{"track rows that went above", func(tb *table.Table) { tb.Track(30) }, 30, 25},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tb := newTable(named(100), 40, 11)
			tb.SetCursor(50)
			tb.SetOffset(45)
			tt.move(tb)
			if tb.Cursor() != tt.cursor || tb.Offset() != tt.offset {
				t.Errorf("cursor %d, first row %d, want %d and %d", tb.Cursor(), tb.Offset(), tt.cursor, tt.offset)
			}
			if first, end := tb.Visible(); first > tb.Cursor() || end <= tb.Cursor() {
				t.Errorf("the cursor is on %d, outside of the visible rows %d to %d", tb.Cursor(), first, end)
			}
		})
	}
}

func TestTheCursorStaysAmongRowsThatGoAway(t *testing.T) {
	source := named(100)
	tb := newTable(source, 40, 11)
	tb.End()
	source.names = source.names[:4]
	if tb.Cursor() != 3 || tb.Offset() != 0 {
		t.Errorf("cursor %d, first row %d of 4 rows", tb.Cursor(), tb.Offset())
	}
	tb.End()
	source.names = source.names[:3]
	tb.Move(-1) // from the last row that there is now
	if tb.Cursor() != 1 {
		t.Errorf("cursor %d, want 1", tb.Cursor())
	}
	source.names = nil
	tb.View()
	if tb.Cursor() != -1 {
		t.Errorf("cursor %d of no rows", tb.Cursor())
	}
	source.names = []string{"first"}
	if tb.Cursor() != 0 {
		t.Errorf("cursor %d of one row", tb.Cursor())
	}
}

func TestTheMouseHitsWhatItPointsAt(t *testing.T) {
	tb := newTable(named(100), 40, 11)
	tb.SetOffset(20)
	tests := []struct {
		name string
		x, y int
		want table.Hit
	}{
		{"name header", 3, 0, table.Hit{Area: table.Header, Row: -1, Column: 0}},
		{"last header", 36, 0, table.Hit{Area: table.Header, Row: -1, Column: 2}},
		{"gutter", 0, 1, table.Hit{Area: table.Body, Row: 20, Column: -1}},
		{"row", 5, 3, table.Hit{Area: table.Body, Row: 22, Column: 0}},
		{"top of the scrollbar", 39, 1, table.Hit{Area: table.Scrollbar, Row: 0, Column: -1}},
		{"bottom of the scrollbar", 39, 10, table.Hit{Area: table.Scrollbar, Row: 90, Column: -1}},
		{"corner of the header", 0, 0, table.Hit{Area: table.Nowhere, Row: -1, Column: -1}},
		{"below", 5, 11, table.Hit{Area: table.Nowhere, Row: -1, Column: -1}},
		{"left of it", -1, 3, table.Hit{Area: table.Nowhere, Row: -1, Column: -1}},
	}
	for _, tt := range tests {
		if got := tb.Hit(tt.x, tt.y); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
	tb.Click(5, 3)
	if tb.Cursor() != 22 {
		t.Errorf("a click on row 22 put the cursor on %d", tb.Cursor())
	}
	tb.Click(39, 10)
	if tb.Offset() != 90 {
		t.Errorf("a click on the end of the scrollbar shows row %d first", tb.Offset())
	}
}
