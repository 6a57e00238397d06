package collection

func (v *View[T]) mark() {
	at := v.table.Cursor()
	v.rows.Mark(at, !v.rows.Marked(at))
	v.touched = true
	v.table.Move(1)
	v.version++
}

func (v *View[T]) markAll() {
	v.rows.MarkShown()
	v.version++
}

func (v *View[T]) unmark() {
	v.rows.Unmark()
	v.version++
}
