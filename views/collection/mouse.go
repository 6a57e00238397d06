package collection

import (
	tea "charm.land/bubbletea/v2"

	"c8yx/ui/table"
)

// Mouse moves the cursor, opens the row that is clicked twice, sorts by the
// header that is clicked, and scrolls.
func (v *View[T]) Mouse(msg tea.MouseMsg, at tea.Mouse) {
	switch msg.(type) {
	case tea.MouseWheelMsg:
		by := 3
		if at.Button == tea.MouseWheelUp {
			by = -3
		}
		v.touched = true
		v.table.Scroll(by)
	case tea.MouseClickMsg:
		before, cell := v.table.Cursor(), v.table.CellColumn()
		hit := v.table.Click(at.X, at.Y-v.filterLines())
		if v.kind.Cell != nil && hit.Area == table.Body && hit.Column >= 0 {
			v.table.SetCell(hit.Column)
		}
		switch {
		case hit.Area == table.Header:
			column := v.shown[hit.Column]
			v.sortBy(column, column == v.column && !v.reverse)
		case hit.Area == table.Body && hit.Row == before && v.table.CellColumn() == cell && v.touched:
			v.open()
		case hit.Area == table.Body:
			v.touched = true
		}
	}
}
