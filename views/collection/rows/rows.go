package rows

import (
	"slices"
	"time"

	"c8yx/views/fragment"
)

// Rows holds the things that are loaded and the order in which they are shown. The zero Rows is
// empty and has no limit.
//
// Things lie in slots that never move, so a slot stays valid while the order changes. sorted
// holds the slots of all things in order; shown is the part of it that passes the filter. Both
// are changed by merging, in one pass, so that a batch of live changes costs the same whether it
// has one or a hundred members.
type Rows[T any] struct {
	// Limit is how many things are kept, 0 for all. Time, if it is set, says how old a thing is:
	// then the newest are kept, otherwise those that came first.
	Limit int
	Time  func(T) time.Time

	things []thing[T] // by slot
	byID   map[string]int32
	free   []int32
	sorted []int32
	shown  []int32

	marks   int
	awaited map[string]bool // ids that are marked as soon as they come

	order func(a, b int32) int  // nil: as they came
	match func(slot int32) bool // nil: everything passes

	folded    []string          // by slot: what words are searched in
	documents []fragment.Packed // by slot
	values    values

	dropped int    // how many things were not kept because of the limit
	touched []bool // by slot, scratch of Merge: changed by it
}

// thing is one thing and what is kept about it.
type thing[T any] struct {
	item    T
	id      string
	version uint32 // grows with every change of the slot
	marked  bool
	live    bool // false once deleted; the slot is used again
}

// Change is one live or loaded thing on its way into the rows.
type Change[T any] struct {
	Item T
	ID   string
	// Gone takes the thing out; of the rest only the ID counts then.
	Gone bool
	// Folded is the text that words are searched in, in lower case.
	Folded string
	// Document are the fragments of the thing, if the rows should keep them.
	Document fragment.Packed
	// Values are what the document has at the paths of Wanted.
	Values []string
	Wanted *Wanted
}

// Len returns how many things are loaded, and Shown how many of them pass the filter.
func (r *Rows[T]) Len() int   { return len(r.byID) }
func (r *Rows[T]) Shown() int { return len(r.shown) }

// Dropped returns how many things were left out because of the limit.
func (r *Rows[T]) Dropped() int { return r.dropped }

// Full reports whether there is no room for a thing of that age; of what has no age, for any.
func (r *Rows[T]) Full() bool { return r.Limit > 0 && len(r.byID) >= r.Limit }

// Merge puts a batch of changes into place.
func (r *Rows[T]) Merge(batch []Change[T]) {
	if r.byID == nil {
		r.byID = make(map[string]int32)
	}
	touched := make([]int32, 0, len(batch))
	moved := false
	for i := range batch {
		c := &batch[i]
		slot, known := r.byID[c.ID]
		switch {
		case c.Gone && known:
			r.remove(slot)
		case c.Gone:
			continue
		case known:
			moved = true
			r.set(slot, c)
		case r.Time == nil && r.Full():
			r.dropped++
			continue
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
		return r.things[slot].live
	})
	slices.SortStableFunc(incoming, r.compare)
	r.sorted = r.mergeInto(r.sorted, incoming)
	r.shown = r.mergeInto(r.shown, keep(incoming, r.passes))
	r.enforce()
}

// untouched removes from the list, in place, what the present merge changes.
func (r *Rows[T]) untouched(list []int32) []int32 {
	kept := list[:0]
	for _, slot := range list {
		if !r.touched[slot] {
			kept = append(kept, slot)
		}
	}
	return kept
}

// add gives a new thing a slot.
func (r *Rows[T]) add(c *Change[T]) int32 {
	var slot int32
	if n := len(r.free); n > 0 {
		slot = r.free[n-1]
		r.free = r.free[:n-1]
	} else {
		slot = int32(len(r.things))
		r.things = append(r.things, thing[T]{})
		r.folded = append(r.folded, "")
		r.documents = append(r.documents, fragment.Packed{})
		r.values.grow()
	}
	r.things[slot].id, r.things[slot].live = c.ID, true
	if r.awaited[c.ID] {
		r.things[slot].marked = true
		r.marks++
		delete(r.awaited, c.ID)
	}
	r.byID[c.ID] = slot
	r.set(slot, c)
	return slot
}

// set puts what came into a slot.
func (r *Rows[T]) set(slot int32, c *Change[T]) {
	r.things[slot].item = c.Item
	r.things[slot].version++
	r.folded[slot], r.documents[slot] = c.Folded, c.Document
	r.values.set(slot, c.Values, c.Wanted)
}

func (r *Rows[T]) remove(slot int32) {
	old := &r.things[slot]
	delete(r.byID, old.id)
	if old.marked {
		r.marks--
	}
	*old = thing[T]{version: old.version + 1}
	r.folded[slot], r.documents[slot] = "", fragment.Packed{}
	r.values.set(slot, nil, nil)
	r.free = append(r.free, slot)
}

// compare compares two slots. Things that compare equal keep the order in which they came.
func (r *Rows[T]) compare(a, b int32) int {
	if r.order != nil {
		if c := r.order(a, b); c != 0 {
			return c
		}
	}
	return int(a) - int(b)
}

func (r *Rows[T]) passes(slot int32) bool { return r.match == nil || r.match(slot) }

// mergeInto merges two ordered lists of slots into the first. from is short: each of its places
// is searched, and what lies between moves as a block.
func (r *Rows[T]) mergeInto(into, from []int32) []int32 {
	end := len(into)
	into = append(into, from...)
	for j := len(from) - 1; j >= 0; j-- {
		place, _ := slices.BinarySearchFunc(into[:end], from[j], r.compare)
		copy(into[place+j+1:], into[place:end])
		into[place+j] = from[j]
		end = place
	}
	return into
}

// Clear takes everything out. What was marked is marked again if it comes back before
// [Rows.Forget].
func (r *Rows[T]) Clear() {
	awaited := map[string]bool{}
	for i := range r.things {
		if r.things[i].marked {
			awaited[r.things[i].id] = true
		}
	}
	*r = Rows[T]{
		Limit: r.Limit, Time: r.Time, order: r.order, match: r.match, awaited: awaited,
		values: values{wanted: r.values.wanted, columns: make([][]string, len(r.values.columns)), ready: make([]bool, len(r.values.columns))},
	}
	for i := range r.values.ready {
		r.values.ready[i] = true // of nothing everything is known
	}
}

// Forget no longer waits for what was marked before [Rows.Clear].
func (r *Rows[T]) Forget() { r.awaited = nil }

// Missing returns a change that takes out each thing that is not among the ids.
func (r *Rows[T]) Missing(ids map[string]bool) []Change[T] {
	var gone []Change[T]
	for id := range r.byID {
		if !ids[id] {
			gone = append(gone, Change[T]{ID: id, Gone: true})
		}
	}
	return gone
}

// Slot returns the slot of the thing shown at a position, false if nothing is.
func (r *Rows[T]) Slot(position int) (int32, bool) {
	if position < 0 || position >= len(r.shown) {
		return 0, false
	}
	return r.shown[position], true
}

// At returns the thing shown at a position, false if nothing is.
func (r *Rows[T]) At(position int) (item T, ok bool) {
	slot, ok := r.Slot(position)
	if !ok {
		return item, false
	}
	return r.things[slot].item, true
}

// ID returns what identifies the thing shown at a position, "" if nothing is.
func (r *Rows[T]) ID(position int) string {
	slot, ok := r.Slot(position)
	if !ok {
		return ""
	}
	return r.things[slot].id
}

// Position returns where a thing is shown, -1 if it is not.
func (r *Rows[T]) Position(id string) int {
	slot, known := r.byID[id]
	if !known {
		return -1
	}
	return slices.Index(r.shown, slot)
}

// Item, Folded and Document return what lies in a slot.
func (r *Rows[T]) Item(slot int32) T                   { return r.things[slot].item }
func (r *Rows[T]) Folded(slot int32) string            { return r.folded[slot] }
func (r *Rows[T]) Document(slot int32) fragment.Packed { return r.documents[slot] }

// Items returns the things that are shown, in order.
func (r *Rows[T]) Items() []T {
	items := make([]T, len(r.shown))
	for i, slot := range r.shown {
		items[i] = r.things[slot].item
	}
	return items
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
