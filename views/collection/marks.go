package collection

func (v *View[T]) mark() {
	at := v.table.Cursor()
	v.rows.mark(at, !v.rows.at(at).marked)
	v.touched = true
	v.table.Move(1)
	v.version++
}

func (v *View[T]) markAll() {
	for i := range v.rows.shown {
		v.rows.mark(i, true)
	}
	v.version++
}

func (v *View[T]) unmark() {
	v.rows.unmark()
	v.version++
}

// mark marks or unmarks the row shown at the position.
func (r *rows[T]) mark(position int, marked bool) {
	if row := r.at(position); row != nil && row.marked != marked {
		row.marked = marked
		if marked {
			r.marks++
		} else {
			r.marks--
		}
	}
}

// unmark removes all marks, those on rows that the filter hides included.
func (r *rows[T]) unmark() {
	for i := range r.slots {
		r.slots[i].marked = false
	}
	r.marks = 0
}

// marked returns all marked things in order, hidden ones included.
func (r *rows[T]) marked() []T {
	items := make([]T, 0, r.marks)
	for _, slot := range r.sorted {
		if r.slots[slot].marked {
			items = append(items, r.slots[slot].item)
		}
	}
	return items
}
