package collection

import (
	"slices"
)

// row is one thing and what the view keeps about it.
type row[T any] struct {
	item   T
	id     string
	marked bool
	live   bool // false once deleted; the slot is used again
}

// rows holds all things that are loaded and the order in which they are shown.
//
// Slots never move, so an index into slots stays valid while the order
// changes. sorted holds the slots of all live things in order; shown is the
// part of it that passes the filter. Both are changed by merging, in one pass,
// so that a batch of live changes costs the same whether it has one or a
// hundred members.
type rows[T any] struct {
	slots   []row[T]
	byID    map[string]int32
	free    []int32
	sorted  []int32
	shown   []int32
	marks   int
	compare func(a, b T) int // nil: the order in which they came
	match   func(folded string) bool

	folded  []string // by slot, what the filter searches: the cells' text in lower case
	passed  []bool   // by slot, scratch of filter
	touched []bool   // by slot, scratch of merge: changed by it
}

// change is one live or loaded thing on its way into the rows.
type change[T any] struct {
	item   T
	id     string
	folded string
	gone   bool
}

// merge puts a batch of changes into place.
func (r *rows[T]) merge(batch []change[T]) {
	if r.byID == nil {
		r.byID = make(map[string]int32)
	}
	touched := make([]int32, 0, len(batch))
	moved := false
	for _, c := range batch {
		slot, known := r.byID[c.id]
		switch {
		case c.gone && known:
			r.remove(slot)
		case c.gone:
			continue
		case known:
			moved = true
			r.slots[slot].item, r.folded[slot] = c.item, c.folded
		default:
			slot = r.add(c)
		}
		if int(slot) >= len(r.touched) {
			r.touched = append(r.touched, make([]bool, int(slot)+1-len(r.touched))...)
		}
		if r.touched[slot] {
			continue
		}
		r.touched[slot] = true
		moved = moved || known
		touched = append(touched, slot)
	}
	if len(touched) == 0 {
		return
	}
	if moved {
		r.sorted = r.untouched(r.sorted)
		r.shown = r.untouched(r.shown)
	}
	incoming := keep(touched, func(slot int32) bool {
		r.touched[slot] = false
		return r.slots[slot].live
	})
	slices.SortStableFunc(incoming, r.order)
	r.sorted = r.mergeInto(r.sorted, incoming)
	r.shown = r.mergeInto(r.shown, keep(incoming, r.passes))
}

// untouched removes from the list, in place, what the present merge changes.
func (r *rows[T]) untouched(list []int32) []int32 {
	kept := list[:0]
	for _, slot := range list {
		if !r.touched[slot] {
			kept = append(kept, slot)
		}
	}
	return kept
}

func (r *rows[T]) add(c change[T]) int32 {
	fresh := row[T]{item: c.item, id: c.id, live: true}
	var slot int32
	if n := len(r.free); n > 0 {
		slot = r.free[n-1]
		r.free = r.free[:n-1]
		r.slots[slot], r.folded[slot] = fresh, c.folded
	} else {
		slot = int32(len(r.slots))
		r.slots, r.folded = append(r.slots, fresh), append(r.folded, c.folded)
	}
	r.byID[c.id] = slot
	return slot
}

func (r *rows[T]) remove(slot int32) {
	old := &r.slots[slot]
	delete(r.byID, old.id)
	if old.marked {
		r.marks--
	}
	*old, r.folded[slot] = row[T]{}, ""
	r.free = append(r.free, slot)
}

// order compares two slots. Things that compare equal keep the order in which
// they came.
func (r *rows[T]) order(a, b int32) int {
	if r.compare != nil {
		if c := r.compare(r.slots[a].item, r.slots[b].item); c != 0 {
			return c
		}
	}
	return int(a) - int(b)
}

func (r *rows[T]) passes(slot int32) bool {
	return r.match == nil || r.match(r.folded[slot])
}

// mergeInto merges two ordered lists of slots into the first. from is short:
// each of its places is searched, and what lies between moves as a block.
func (r *rows[T]) mergeInto(into, from []int32) []int32 {
	end := len(into)
	into = append(into, from...)
	for j := len(from) - 1; j >= 0; j-- {
		place, _ := slices.BinarySearchFunc(into[:end], from[j], r.order)
		copy(into[place+j+1:], into[place:end])
		into[place+j] = from[j]
		end = place
	}
	return into
}

// filter shows what matches; nil shows everything. The texts are searched in the
// order of the slots, which is how they lie in memory: in any other, waiting for
// memory takes several times as long as searching.
func (r *rows[T]) filter(match func(folded string) bool) {
	r.match = match
	r.shown = r.shown[:0]
	if match == nil {
		r.shown = append(r.shown, r.sorted...)
		return
	}
	r.passed = slices.Grow(r.passed[:0], len(r.folded))[:len(r.folded)]
	for slot, folded := range r.folded {
		r.passed[slot] = match(folded)
	}
	for _, slot := range r.sorted {
		if r.passed[slot] {
			r.shown = append(r.shown, slot)
		}
	}
}

// narrow is filter for a match that nothing passes that is not shown: where few
// rows are left, only these are looked at.
func (r *rows[T]) narrow(match func(folded string) bool) {
	if match == nil || len(r.shown) > len(r.sorted)/8 {
		r.filter(match)
		return
	}
	r.match = match
	r.shown = keep(r.shown, r.passes)
}

// snapshot returns what sorting needs, to be used beside the update loop: the
// items may be compared, and the slots are a copy.
func (r *rows[T]) snapshot() (slots []int32, items []T) {
	slots = slices.Clone(r.sorted)
	items = make([]T, len(r.slots))
	for _, slot := range slots {
		items[slot] = r.slots[slot].item
	}
	return slots, items
}

// sortSlots orders a snapshot by the comparison.
func sortSlots[T any](slots []int32, items []T, compare func(a, b T) int) {
	slices.SortFunc(slots, func(a, b int32) int {
		if compare != nil {
			if c := compare(items[a], items[b]); c != 0 {
				return c
			}
		}
		return int(a) - int(b)
	})
}

// reorder takes the order that was made from a snapshot. Nothing may have been
// merged since the snapshot was taken.
func (r *rows[T]) reorder(order []int32, compare func(a, b T) int) {
	r.compare = compare
	r.sorted = order
	r.filter(r.match)
}

// at returns the row shown at the position, nil if there is none.
func (r *rows[T]) at(position int) *row[T] {
	if position < 0 || position >= len(r.shown) {
		return nil
	}
	return &r.slots[r.shown[position]]
}

// position returns where the thing is shown, -1 if it is not.
func (r *rows[T]) position(id string) int {
	slot, known := r.byID[id]
	if !known {
		return -1
	}
	return slices.Index(r.shown, slot)
}

// keep removes from the list, in place, what does not pass.
func keep(list []int32, pass func(int32) bool) []int32 {
	kept := list[:0]
	for _, slot := range list {
		if pass(slot) {
			kept = append(kept, slot)
		}
	}
	return kept
}
