package query

import (
	"cmp"
	"slices"
)

// Part returns those of many items that $orderby puts into the places from the first (counted from 0) to before the last, in order. An item is a small number,
// and the rank of its key among all keys stands at that number in the ranks of each order; nil for an order by the numbers themselves. Items with equal keys go by
// their numbers. Few are sorted: those that belong there.
func (q *Query) Part(items []int, ranks [][]int32, from, to int) []int {
	from, to = min(max(from, 0), len(items)), min(max(to, 0), len(items))
	if from >= to {
		return nil
	}
	d := &division{orders: q.OrderBy, ranks: ranks, rows: make([]row, len(items))}
	for i, item := range items {
		d.rows[i] = row{d.first(item), int32(item)}
	}
	d.settle(0, len(items), from, to)
	part := make([]int, 0, to-from)
	for _, r := range d.rows[from:to] {
		part = append(part, int(r.item))
	}
	return part
}

// division is items on their way to their places.
type division struct {
	orders []Order
	ranks  [][]int32
	rows   []row
}

// row is an item and its ranks in the first two orders.
type row struct {
	first uint64
	item  int32
}

// first is the ranks of an item in the first two orders, of which there may be but one.
func (d *division) first(item int) uint64 {
	first := uint64(d.rank(0, item)) << 32
	if len(d.orders) > 1 {
		first |= uint64(d.rank(1, item))
	}
	return first
}

// rank is smaller for items that come earlier in an order.
func (d *division) rank(order, item int) uint32 {
	rank := uint32(item)
	if of := d.ranks[order]; of != nil {
		rank = uint32(of[item])
	}
	if d.orders[order].Descending {
		return ^rank
	}
	return rank
}

func (d *division) compare(a, b row) int {
	if a.first != b.first {
		return cmp.Compare(a.first, b.first)
	}
	for order := 2; order < len(d.orders); order++ {
		if c := cmp.Compare(d.rank(order, int(a.item)), d.rank(order, int(b.item))); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.item, b.item)
}

// few is how many rows are sorted rather than divided.
const few = 64

// settle puts the rows from lo to before hi that belong between from and to into their places (quickselect with two bounds).
func (d *division) settle(lo, hi, from, to int) {
	for {
		if hi-lo <= few || from <= lo && hi <= to {
			slices.SortFunc(d.rows[lo:hi], d.compare)
			return
		}
		at := d.divide(lo, hi)
		left, right := from < at, to > at+1
		switch {
		case left && right:
			d.settle(lo, at, from, to)
			lo = at + 1
		case left:
			hi = at
		case right:
			lo = at + 1
		default:
			return
		}
	}
}

// divide puts what is smaller than one of the rows before it, and what is larger behind it, and returns where that is.
func (d *division) divide(lo, hi int) int {
	rows := d.rows
	// The middle one of nine that are spread over all: sorted rows and others with a pattern divide well, too.
	sample := make([]int, 9)
	for i := range sample {
		sample[i] = lo + (hi-1-lo)*i/8
	}
	slices.SortFunc(sample, func(a, b int) int { return d.compare(rows[a], rows[b]) })
	rows[sample[4]], rows[hi-1] = rows[hi-1], rows[sample[4]]
	pivot, at := rows[hi-1], lo
	for i := lo; i < hi-1; i++ {
		if d.compare(rows[i], pivot) < 0 {
			rows[i], rows[at] = rows[at], rows[i]
			at++
		}
	}
	rows[at], rows[hi-1] = rows[hi-1], rows[at]
	return at
}
