package table

import (
	"c8yx/theme"
	"c8yx/ui/text"
)

// Table is a scrolling table with a cursor. Make one with [New]; it belongs to
// one goroutine.
type Table struct {
	columns   []Column
	source    Source
	theme     *theme.Theme
	highlight Highlight
	empty     Cell

	width, height int
	blurred       bool
	sorted        int // the column that carries the arrow, -1 for none
	descending    bool

	cursor  int // the row under the cursor; within the rows, 0 if there are none
	offset  int // the first visible row
	cell    int // the column of the cell under the cursor, -1 if that has the whole row
	scroll  int // how many columns after the first are scrolled away
	version uint64

	natural  []int  // the widest that each column has been, in cells
	slots    []slot // the visible columns
	relayout bool   // slots are out of date
	hidden   bool   // columns to the right of the last slot exist

	rows  int  // the number of rows when the frame was drawn
	dirty bool // something else changed since then
	view  string
	frame text.Frame
	cells []Cell       // the visible cells, kept to be filled again
	found []text.Range // the matches within one cell, likewise
}

// New returns a table that draws source in the given theme. Its size is zero
// until [Table.SetSize].
func New(th *theme.Theme, columns []Column, source Source) *Table {
	t := &Table{theme: th, source: source, sorted: -1, cell: -1}
	t.SetColumns(columns)
	return t
}

// SetColumns replaces the columns and forgets measured widths, the sort arrow
// and the sideways scrolling.
func (t *Table) SetColumns(columns []Column) {
	t.columns = columns
	t.natural = make([]int, len(columns))
	for i, c := range columns {
		t.natural[i] = text.Width(c.Title)
	}
	t.sorted, t.scroll, t.cell = -1, 0, min(t.cell, len(columns)-1)
	t.relayout, t.dirty = true, true
}

// SetSource replaces the rows; cursor and measured widths stay.
func (t *Table) SetSource(source Source) {
	t.source, t.dirty = source, true
}

// SetTheme changes the colours.
func (t *Table) SetTheme(th *theme.Theme) {
	if t.theme != th {
		t.theme, t.dirty = th, true
	}
}

// SetSize sets the size in cells; the first line is the header.
func (t *Table) SetSize(width, height int) {
	width, height = max(width, 0), max(height, 0)
	if width != t.width || height != t.height {
		t.width, t.height = width, height
		t.relayout, t.dirty = true, true
	}
}

// SetFocused says whether keys go to the table; without focus the cursor is
// drawn quietly. A new table has the focus.
func (t *Table) SetFocused(focused bool) {
	if t.blurred == focused {
		t.blurred, t.dirty = !focused, true
	}
}

// SetSort draws the sort arrow at a column, at none for a negative one. It does
// not sort.
func (t *Table) SetSort(column int, descending bool) {
	if column < 0 || column >= len(t.columns) {
		column = -1
	}
	if column != t.sorted || descending != t.descending {
		t.sorted, t.descending = column, descending
		if column >= 0 {
			t.grow(column, text.Width(t.columns[column].Title)+arrowWidth)
		}
		t.dirty = true
	}
}

// SetHighlight sets what marks the matches of a filter, nil for none.
func (t *Table) SetHighlight(h Highlight) {
	t.highlight, t.dirty = h, true
}

// SetEmpty sets what is shown in the middle while there are no rows: that they
// are loading, that there are none, or why they could not be had.
func (t *Table) SetEmpty(c Cell) {
	if t.empty != c {
		t.empty, t.dirty = c, true
	}
}

// Invalidate says that rows may have changed if version differs from that of
// the call before. A caller that counts its changes can say it before every
// View. A changed number of rows is noticed without.
func (t *Table) Invalidate(version uint64) {
	if t.version != version {
		t.version, t.dirty = version, true
	}
}

// len returns the number of rows.
func (t *Table) len() int {
	if t.source == nil {
		return 0
	}
	return max(t.source.Len(), 0)
}
