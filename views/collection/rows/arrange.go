package rows

import "slices"

// Arrangement is another order of the rows, or another part of them.
type Arrangement struct {
	sorted []int32 // nil: as before
	shown  []int32
	order  func(a, b int32) int
	match  func(slot int32) bool
}

// Wish is how rows should be arranged.
type Wish struct {
	// Resort asks for Order, nil being the order in which things came. Otherwise the present
	// order stays.
	Resort bool
	Order  func(a, b int32) int
	// Match says what is shown; nil shows everything.
	Match func(slot int32) bool
	// Narrows says that nothing passes that is not shown now.
	Narrows bool
	// Stop, if it is set and returns true, ends the work early: nobody waits for it any more.
	Stop func() bool
}

// Arrange works out an arrangement. It only reads, so it may run anywhere while nothing is
// merged or applied.
func (r *Rows[T]) Arrange(w Wish) Arrangement {
	a := Arrangement{order: r.order, match: w.Match}
	sorted := r.sorted
	if w.Resort {
		a.order = w.Order
		a.sorted = slices.Clone(r.sorted)
		slices.SortFunc(a.sorted, func(x, y int32) int {
			if w.Order != nil {
				if c := w.Order(x, y); c != 0 {
					return c
				}
			}
			return int(x) - int(y)
		})
		sorted = a.sorted
	}
	switch {
	case w.Match == nil:
		a.shown = slices.Clone(sorted)
	case w.Narrows && !w.Resort && len(r.shown) <= len(r.sorted)/8:
		// Where few rows are left, only these are looked at.
		a.shown = keep(slices.Clone(r.shown), w.Match)
	default:
		a.shown = r.filter(sorted, w)
	}
	return a
}

// filter returns what matches. Slots are looked at in the order in which they lie in memory: in
// any other, waiting for memory takes several times as long as searching.
func (r *Rows[T]) filter(sorted []int32, w Wish) []int32 {
	const pause = 4096 // slots between two looks at Stop
	passed := make([]bool, len(r.things))
	count := 0
	for slot := range r.things {
		if slot%pause == 0 && w.Stop != nil && w.Stop() {
			return nil
		}
		if r.things[slot].live && w.Match(int32(slot)) {
			passed[slot] = true
			count++
		}
	}
	shown := make([]int32, 0, count)
	for _, slot := range sorted {
		if passed[slot] {
			shown = append(shown, slot)
		}
	}
	return shown
}

// Apply puts an arrangement into place. Nothing may have been merged since it was made.
func (r *Rows[T]) Apply(a Arrangement) {
	if a.sorted != nil {
		r.sorted = a.sorted
	}
	r.shown, r.order, r.match = a.shown, a.order, a.match
}
