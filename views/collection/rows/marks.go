package rows

// Marks returns how many things are marked, those that the filter hides included.
func (r *Rows[T]) Marks() int { return r.marks }

// Marked reports whether the thing shown at a position is marked.
func (r *Rows[T]) Marked(position int) bool {
	slot, ok := r.Slot(position)
	return ok && r.things[slot].marked
}

// Mark marks or unmarks the thing shown at a position.
func (r *Rows[T]) Mark(position int, marked bool) {
	if slot, ok := r.Slot(position); ok {
		r.mark(slot, marked)
	}
}

func (r *Rows[T]) mark(slot int32, marked bool) {
	thing := &r.things[slot]
	if thing.marked == marked {
		return
	}
	thing.marked = marked
	if marked {
		r.marks++
	} else {
		r.marks--
	}
}

// MarkRange marks the things shown from one position to another, both included, in whatever
// order.
func (r *Rows[T]) MarkRange(from, to int) {
	for position := max(0, min(from, to)); position <= min(max(from, to), len(r.shown)-1); position++ {
		r.mark(r.shown[position], true)
	}
}

// MarkShown marks everything that is shown, and reports whether anything was not.
func (r *Rows[T]) MarkShown() (changed bool) {
	before := r.marks
	for _, slot := range r.shown {
		r.mark(slot, true)
	}
	return r.marks != before
}

// ShownMarked reports whether everything that is shown is marked.
func (r *Rows[T]) ShownMarked() bool {
	for _, slot := range r.shown {
		if !r.things[slot].marked {
			return false
		}
	}
	return true
}

// Invert marks what is shown and not marked, and unmarks what is.
func (r *Rows[T]) Invert() {
	for _, slot := range r.shown {
		r.mark(slot, !r.things[slot].marked)
	}
}

// UnmarkID removes the mark of a thing, wherever it is.
func (r *Rows[T]) UnmarkID(id string) {
	if slot, known := r.byID[id]; known {
		r.mark(slot, false)
	}
}

// Unmark removes all marks, those on things that the filter hides included.
func (r *Rows[T]) Unmark() {
	for i := range r.things {
		r.things[i].marked = false
	}
	r.marks, r.awaited = 0, nil
}

// MarkedItems returns all marked things in order, hidden ones included.
func (r *Rows[T]) MarkedItems() []T {
	items := make([]T, 0, r.marks)
	for _, slot := range r.sorted {
		if r.things[slot].marked {
			items = append(items, r.things[slot].item)
		}
	}
	return items
}

// MarkedSlots returns the slots of all marked things in order, hidden ones included.
func (r *Rows[T]) MarkedSlots() []int32 {
	slots := make([]int32, 0, r.marks)
	for _, slot := range r.sorted {
		if r.things[slot].marked {
			slots = append(slots, slot)
		}
	}
	return slots
}
