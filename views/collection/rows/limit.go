package rows

import (
	"slices"
)

// slack is by which part of the limit the rows may outgrow it: dropping takes a look at
// everything and is not worth it for a single one.
const slack = 50

// enforce drops the oldest things if there are too many.
func (r *Rows[T]) enforce() {
	if r.Limit <= 0 || r.Time == nil || len(r.byID) <= r.Limit+r.Limit/slack {
		return
	}
	type aged struct {
		time int64
		slot int32
	}
	ages := make([]aged, len(r.sorted))
	for i, slot := range r.sorted {
		ages[i] = aged{r.Time(r.things[slot].item).UnixNano(), slot}
	}
	excess := len(ages) - r.Limit
	// The times of the excess oldest are found without sorting the rest.
	selectLeast(ages, excess, func(a, b aged) int {
		switch {
		case a.time < b.time:
			return -1
		case a.time > b.time:
			return 1
		}
		return int(a.slot) - int(b.slot)
	})
	for _, a := range ages[:excess] {
		r.touched[a.slot] = true
	}
	r.sorted, r.shown = r.untouched(r.sorted), r.untouched(r.shown)
	for _, a := range ages[:excess] {
		r.touched[a.slot] = false
		r.remove(a.slot)
	}
	r.dropped += excess
}

// selectLeast brings the n least elements to the front, in any order.
func selectLeast[E any](list []E, n int, compare func(a, b E) int) {
	for len(list) > 16 && n > 0 && n < len(list) {
		a, b, c := list[0], list[len(list)/2], list[len(list)-1]
		pivot := b
		switch { // the median of three
		case compare(a, b) < 0 == (compare(b, c) < 0):
		case compare(a, b) < 0 == (compare(c, a) < 0):
			pivot = a
		default:
			pivot = c
		}
		i, j := 0, len(list)-1
		for i <= j {
			for compare(list[i], pivot) < 0 {
				i++
			}
			for compare(list[j], pivot) > 0 {
				j--
			}
			if i <= j {
				list[i], list[j] = list[j], list[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case n <= j+1:
			list = list[:j+1]
		case n >= i:
			list, n = list[i:], n-i
		default:
			return
		}
	}
	slices.SortFunc(list, compare)
}
