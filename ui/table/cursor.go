package table

// Cursor returns the row under the cursor, -1 if there are no rows.
func (t *Table) Cursor() int {
	t.settle()
	if t.len() == 0 {
		return -1
	}
	return t.cursor
}

// SetCursor moves the cursor to a row, the nearest that exists, and scrolls no
// further than it takes to show it.
func (t *Table) SetCursor(row int) {
	t.place(row, t.offset)
}

// Track moves the cursor to a row and keeps it on the line of the screen that
// it is on. The caller uses it as soon as rows came or went above the cursor: the
// row under it has another number now, but should not jump.
func (t *Table) Track(row int) {
	t.place(row, t.offset+row-t.cursor)
}

// Offset returns the first visible row. With [Table.SetOffset] it brings a view
// back to where it was left.
func (t *Table) Offset() int {
	t.settle()
	return t.offset
}

// SetOffset scrolls so that row is the first visible one, as far as there are
// rows, and takes the cursor along where it would leave the screen.
func (t *Table) SetOffset(row int) {
	page := t.page()
	row = max(min(row, t.len()-page), 0)
	t.place(max(min(t.cursor, row+page-1), row), row)
}

// Move moves the cursor by a number of rows, up if negative.
func (t *Table) Move(rows int) {
	t.settle()
	t.SetCursor(add(t.cursor, rows))
}

// Page moves the cursor by a number of pages, up if negative, and the rows with
// it.
func (t *Table) Page(pages int) { t.leap(pages * max(t.page()-1, 1)) }

// HalfPage moves the cursor by a number of half pages, up if negative, and the
// rows with it.
func (t *Table) HalfPage(pages int) { t.leap(pages * max(t.page()/2, 1)) }

// Home moves the cursor to the first row.
func (t *Table) Home() { t.SetCursor(0) }

// End moves the cursor to the last row.
func (t *Table) End() { t.SetCursor(t.len() - 1) }

// Scroll moves the window over the rows, as the mouse wheel does, and takes the
// cursor along where it would leave the screen.
func (t *Table) Scroll(rows int) {
	t.settle()
	t.SetOffset(add(t.offset, rows))
}

// ScrollColumns scrolls the columns after the first sideways, to the right if
// positive, where not all of them fit.
func (t *Table) ScrollColumns(columns int) {
	scroll := max(min(add(t.scroll, columns), t.maxScroll()), 0)
	if scroll != t.scroll {
		t.scroll = scroll
		t.relayout, t.dirty = true, true
	}
}

// Visible returns the rows on the screen: from first up to but not including
// end. What is expensive to know about a row is worth knowing for these.
func (t *Table) Visible() (first, end int) {
	t.settle()
	return t.offset, min(t.offset+t.page(), t.len())
}

// leap moves cursor and window together.
func (t *Table) leap(rows int) {
	t.settle()
	t.place(add(t.cursor, rows), add(t.offset, rows))
}

// place sets cursor and first row to the nearest values that exist and show the
// cursor.
func (t *Table) place(cursor, offset int) {
	if cursor != t.cursor || offset != t.offset {
		t.cursor, t.offset, t.dirty = cursor, offset, true
	}
	t.settle()
}

// settle brings cursor and offset back among the rows, whose number the source
// may have changed.
func (t *Table) settle() {
	n, page := t.len(), t.page()
	cursor := max(min(t.cursor, n-1), 0)
	offset := min(t.offset, cursor)      // the cursor is not above the window,
	offset = max(offset, cursor-page+1)  // nor below it,
	offset = max(min(offset, n-page), 0) // and no line is left empty without need
	if cursor != t.cursor || offset != t.offset {
		t.cursor, t.offset, t.dirty = cursor, offset, true
	}
}

// page returns how many rows fit on the screen, at least one.
func (t *Table) page() int { return max(t.height-headerHeight, 1) }

// add adds a distance to a position; a distance from the caller's arithmetic
// must not wrap around.
func add(position, distance int) int {
	const far = 1 << 40
	return position + max(min(distance, far), -far)
}
