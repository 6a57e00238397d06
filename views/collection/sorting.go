package collection

import (
	"time"

	"c8yx/ui/text"
	"c8yx/views/place"
)

// sorting is what the tenant was asked for last, as far as the order goes.
type sorting struct {
	order string    // in which its answers come, as in places; "" is one that is not a list's
	kept  text.Safe // which things are kept if there are too many: "first", "newest", "oldest"
}

// reading returns how a place is read in the order of the list. Where the tenant can be asked for that,
// all of a list of times comes in it, which takes no longer; of others the first page does, and the rest
// only if they are so long that a part is kept: the tenant is to say which.
func (v *View[T]) reading(p place.Place) (reading, sorting) {
	r, s := reading{place: p, throughout: v.cut || v.kind.Newest != nil}, sorting{v.kind.Unsorted, "first"}
	if v.column >= 0 && v.kind.Sorted != nil && v.orderName() != v.kind.Unsorted {
		r.property, r.reverse = v.columns[v.column].Property, v.reverse
	}
	switch {
	case r.property != "" && r.throughout:
		s.order = v.orderName()
	case r.property != "":
		s.order = ""
	}
	if v.kind.Newest != nil {
		s.kept = "newest"
		if r.property != "" && !r.reverse {
			s.kept = "oldest"
		}
	}
	return r, s
}

// read reads a place, in the order of the list where the tenant can be asked for that.
func (v *View[T]) read(p place.Place) {
	r, s := v.reading(p)
	v.sorting = s
	v.rows.Time = v.kind.Newest
	if s.kept == "oldest" {
		v.rows.Time = func(item T) time.Time { return time.Unix(-v.kind.Newest(item).Unix(), 0) }
	}
	v.feed.read(r)
}

// askInOrder asks the tenant for the order that was just chosen, if it can sort and the list is but a
// part of what it has: brought into order here, that would not begin with what comes first. A list that
// is complete is in any order at once.
func (v *View[T]) askInOrder() {
	if v.scope == nil || v.complete() || v.paused || v.asking.busy() {
		return
	}
	if _, s := v.reading(v.place); s.order != v.sorting.order && s.order == v.orderName() {
		v.read(v.place)
	}
}

// saySorting says which side has brought the list into its order, where that makes a difference: a list
// that is complete is the same either way.
func (v *View[T]) saySorting() text.Safe {
	switch {
	case v.complete():
		return "by "
	case v.sorting.order == v.orderName():
		return "tenant sorted by "
	}
	return "sorted here by "
}
