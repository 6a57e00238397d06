package table

import (
	"slices"

	"c8yx/ui/edge"
	"c8yx/ui/text"
)

// The parts of a line beside the columns, in cells.
const (
	headerHeight = 1
	gapWidth     = 2 // between two columns
	arrowWidth   = 2 // blank and sort arrow
	minWidth     = 6 // of a column that sets no minimum of its own
)

// slot is a visible column and where it stands.
type slot struct {
	column int
	x      int // the first cell
	width  int
}

// grow notes that a column has been width cells wide.
func (t *Table) grow(column, width int) {
	if width > t.natural[column] {
		t.natural[column] = width
		t.relayout = true
	}
}

// layout decides which columns are visible and how wide they are.
func (t *Table) layout() {
	if !t.relayout {
		return
	}
	t.relayout = false
	t.scroll = min(t.scroll, t.maxScroll())
	t.reveal()
	room := t.room()
	t.widen(room - t.taken())
	x := edge.Left
	for i := range t.slots {
		s := &t.slots[i]
		s.x, s.width = x, min(s.width, room)
		x += s.width + gapWidth
	}
}

// fit chooses the columns that there is room for.
func (t *Table) fit() {
	t.slots = t.slots[:0]
	for i := range t.columns {
		if i == 0 || i > t.scroll {
			t.slots = append(t.slots, slot{column: i, width: t.least(i)})
		}
	}
	all := len(t.slots)
	for len(t.slots) > 1 && t.taken() > t.room() {
		t.slots = slices.Delete(t.slots, t.dispensable(), t.dispensable()+1)
	}
	t.hidden = len(t.slots) < all
}

// room returns the cells that a line has for its columns.
func (t *Table) room() int { return max(t.width-edge.Left-edge.Right, 0) }

// taken returns the cells that the slots take, with the gaps between them.
func (t *Table) taken() int {
	sum := max(len(t.slots)-1, 0) * gapWidth
	for _, s := range t.slots {
		sum += s.width
	}
	return sum
}

// dispensable returns the index of the slot that goes first when they do not
// all fit: the one of lowest priority, but from the right once the user scrolls
// sideways, or from cell to cell, and expects the columns in their order.
func (t *Table) dispensable() int {
	last := len(t.slots) - 1
	if t.scroll > 0 || t.cell >= 0 {
		return last
	}
	least := last
	for i := last; i > 0; i-- {
		if t.columns[t.slots[i].column].Priority < t.columns[t.slots[least].column].Priority {
			least = i
		}
	}
	return least
}

// widen gives the spare cells away: first to the columns that show less than
// they hold, the narrowest of them first, so that short texts are whole before
// long ones get longer; then by weight.
func (t *Table) widen(spare int) {
	for spare > 0 {
		needy := -1
		for i, s := range t.slots {
			if s.width < t.most(s.column) && (needy < 0 || s.width < t.slots[needy].width) {
				needy = i
			}
		}
		if needy < 0 {
			break
		}
		t.slots[needy].width++
		spare--
	}
	weights := 0
	for _, s := range t.slots {
		weights += t.weight(s.column)
	}
	for i := range t.slots {
		s := &t.slots[i]
		weight := t.weight(s.column)
		if weight == 0 || spare <= 0 {
			continue
		}
		share := spare * weight / weights
		spare, weights = spare-share, weights-weight
		if limit := t.columns[s.column].Max; limit > 0 {
			share = max(min(share, limit-s.width), 0)
		}
		s.width += share
	}
}

// weight returns a column's share of what is left over; one of fixed width has
// none.
func (t *Table) weight(column int) int {
	if t.columns[column].Width > 0 {
		return 0
	}
	return max(t.columns[column].Weight, 0)
}

// least returns the width below which a column is not shown.
func (t *Table) least(column int) int {
	c := t.columns[column]
	switch {
	case c.Width > 0:
		return c.Width
	case c.Min > 0:
		return c.Min
	}
	return min(t.most(column), minWidth)
}

// most returns the width at which a column shows everything it holds, within
// its limits.
func (t *Table) most(column int) int {
	c := t.columns[column]
	if c.Width > 0 {
		return c.Width
	}
	width := max(t.natural[column], c.Min)
	if c.Max > 0 {
		width = min(width, max(c.Max, c.Min))
	}
	return width
}

// maxScroll returns how far the columns scroll sideways: until the last one is
// in sight.
func (t *Table) maxScroll() int {
	last := len(t.columns) - 1
	if last < 1 {
		return 0
	}
	room := t.room() - t.least(0)
	for i := last; i > 0; i-- {
		if room -= gapWidth + t.least(i); room < 0 {
			return min(i, last-1)
		}
	}
	return 0
}

// measure fetches the visible cells and lets the columns grow to them.
func (t *Table) measure(first, end int) {
	t.cells = t.cells[:0]
	for row := first; row < end; row++ {
		for column := range t.columns {
			cell := t.source.Cell(row, column)
			t.cells = append(t.cells, cell)
			if t.columns[column].Width > 0 {
				continue
			}
			// Bytes bound cells from above: most cells need no measuring.
			if len(cell.Text) > t.natural[column] {
				t.grow(column, text.Width(cell.Text))
			}
		}
	}
}
