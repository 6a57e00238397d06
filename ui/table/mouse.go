package table

// Area is a part of the table that a mouse can hit.
type Area uint8

// The areas.
const (
	Nowhere   Area = iota
	Header         // the title of Hit.Column
	Body           // Hit.Row, and Hit.Column if it is not -1
	Scrollbar      // where Hit.Row would be the first visible row
)

// Hit is what lies under a cell of the table.
type Hit struct {
	Area        Area
	Row, Column int // -1 where there is none
}

// Hit says what lies under the cell x, y, counted from the table's upper left
// corner.
func (t *Table) Hit(x, y int) Hit {
	miss := Hit{Nowhere, -1, -1}
	if x < 0 || y < 0 || x >= t.width || y >= t.height {
		return miss
	}
	t.View() // what a user sees is what he hits
	column := -1
	for _, s := range t.slots {
		if x >= s.x && x < s.x+s.width+gapWidth {
			column = s.column
		}
	}
	bar := t.bar()
	switch row := t.offset + y - headerHeight; {
	case y < headerHeight && column < 0:
		return miss
	case y < headerHeight:
		return Hit{Header, -1, column}
	case x == t.width-1 && bar.Needed():
		return Hit{Scrollbar, bar.OffsetAt(y - headerHeight), -1}
	case row < t.rows:
		return Hit{Body, row, column}
	}
	return miss
}

// Click moves the cursor to the row under the cell x, y, or scrolls to where
// the scrollbar was hit, and returns what was hit: a header is for the caller
// to sort by.
func (t *Table) Click(x, y int) Hit {
	hit := t.Hit(x, y)
	switch hit.Area {
	case Body:
		t.SetCursor(hit.Row)
	case Scrollbar:
		t.SetOffset(hit.Row)
	}
	return hit
}
