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
	return []ui.Action{
		move(keys.Up, func() { v.table.Move(-1) }),
		move(keys.Down, func() { v.table.Move(1) }),
		move(keys.PageUp, func() { v.table.Page(-1) }),
		move(keys.PageDown, func() { v.table.Page(1) }),
		move(keys.First, v.table.Home),
		move(keys.Last, v.table.End),
		move(keys.Left, func() { v.table.ScrollColumns(-1) }),
		move(keys.Right, func() { v.table.ScrollColumns(1) }),
	}
}
