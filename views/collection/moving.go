package collection

import (
	"c8yx/keys"
	"c8yx/ui"
)

// moving binds the actions that move the cursor.
func (v *View[T]) moving() []ui.Action {
	move := func(a keys.Action, do func()) ui.Action {
		return ui.Action{Action: a, Run: func() {
			v.touched = true
			do()
			v.tick()
		}}
	}
	sideways := v.table.ScrollColumns
	if v.kind.Cell != nil {
		sideways = v.table.MoveCell
	}
	return []ui.Action{
		move(keys.Up, func() { v.table.Move(-1) }),
		move(keys.Down, func() { v.table.Move(1) }),
		move(keys.PageUp, func() { v.table.Page(-1) }),
		move(keys.PageDown, func() { v.table.Page(1) }),
		move(keys.First, v.table.Home),
		move(keys.Last, v.table.End),
		move(keys.Left, func() { sideways(-1) }),
		move(keys.Right, func() { sideways(1) }),
	}
}

// cell returns what is done with the cell under the cursor.
func (v *View[T]) cell() Action[T] {
	at := max(min(v.table.CellColumn(), len(v.shown)-1), 0)
	return v.kind.Cell(v.columns[v.shown[at]].Name)
}

// unopened returns why what is under the cursor cannot be opened, "" if it can.
func (v *View[T]) unopened() string {
	if v.kind.Cell == nil {
		return v.needsRow()
	}
	return v.reason(v.cell())
}
