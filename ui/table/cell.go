package table

import "slices"

// SetCell narrows the cursor to one cell of its row, that of a column; a negative column gives it
// the whole row again, as a new table has it. The columns scroll sideways no further than it takes
// to show the cell.
func (t *Table) SetCell(column int) {
	column = max(min(column, len(t.columns)-1), -1)
	if column != t.cell {
		t.cell, t.relayout, t.dirty = column, true, true
	}
}

// CellColumn returns the column of the cell under the cursor, -1 if the cursor has a whole row.
func (t *Table) CellColumn() int { return t.cell }

// MoveCell moves the cursor by a number of columns, to the left if negative.
func (t *Table) MoveCell(columns int) { t.SetCell(max(add(t.cell, columns), 0)) }

// reveal scrolls sideways until the cell under the cursor is in sight.
func (t *Table) reveal() {
	if t.cell > 0 {
		t.scroll = min(t.scroll, t.cell-1)
	}
	t.fit()
	for t.cell > 0 && t.scroll < t.maxScroll() && !slices.ContainsFunc(t.slots, func(s slot) bool { return s.column == t.cell }) {
		t.scroll++
		t.fit()
	}
}
