package query

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"c8yx/demo/rawjson"
)

// key is a value to order by. Missing values come first, then numbers, text, and everything else.
type key struct {
	rank   byte
	number float64
	text   string
}

func (a key) compare(b key) int {
	switch {
	case a.rank != b.rank:
		return int(a.rank) - int(b.rank)
	case a.rank == 1:
		return compareFloats(a.number, b.number)
	}
	return strings.Compare(a.text, b.text)
}

// prefix is a number that orders as the key does, as far as it goes: keys whose prefixes are the same may still differ.
func (a key) prefix() uint64 {
	var bits uint64
	if a.rank == 1 {
		bits = math.Float64bits(a.number)
		if bits>>63 == 1 {
			bits = ^bits
		} else {
			bits |= 1 << 63
		}
	} else {
		for i := range 8 {
			bits <<= 8
			if i < len(a.text) {
				bits |= uint64(a.text[i])
			}
		}
	}
	return uint64(a.rank)<<62 | bits>>2
}

// moment is a time to order by.
func moment(milli int64) key { return key{rank: 1, number: float64(milli)} }

// keyer finds the keys of one path. It is made once for many subjects.
type keyer struct {
	path
	byID          bool
	key           key // of the subject being looked at
	value, onDate func(raw string) bool
}

func (p path) keyer() *keyer {
	k := &keyer{path: p, byID: p.isID()}
	k.value = func(raw string) bool {
		text := rawjson.Unquote(raw)
		switch kind := rawjson.Kind(raw); {
		case kind == rawjson.Number || k.byID:
			k.key.rank = 1
			k.key.number, _ = strconv.ParseFloat(text, 64)
		case kind == rawjson.String:
			k.key = key{rank: 2, text: text}
		default:
			k.key = key{rank: 3, text: text}
		}
		return true
	}
	k.onDate = func(raw string) bool {
		text := rawjson.Unquote(raw)
		if at, ok := parseMoment(text); ok {
			k.key = moment(at.UnixMilli())
		} else {
			k.key = key{rank: 2, text: text}
		}
		return true
	}
	return k
}

// of is the key of a subject.
func (k *keyer) of(s Subject) key {
	k.key = key{}
	switch {
	case !k.date:
		k.any(s, k.value)
		return k.key
	case len(k.below) == 0:
		if milli, ok := s.Moment(k.property); ok {
			return moment(milli)
		}
	}
	k.anyDate(s, k.value, k.onDate)
	return k.key
}

// Select returns those of some items that $orderby puts into the places from the first (counted from 0) to before the last, in order. Items
// with equal keys keep their order. Of many items few are sorted: those that belong there. Without $orderby the order stays.
func Select[T any](q *Query, items []T, subject func(T) Subject, from, to int) []T {
	from, to = min(max(from, 0), len(items)), min(max(to, 0), len(items))
	if from >= to {
		return nil
	}
	if len(q.OrderBy) == 0 {
		return items[from:to]
	}
	keyers := make([]*keyer, len(q.OrderBy))
	for i, order := range q.OrderBy {
		keyers[i] = splitPath(order.Path).keyer()
	}
	s := &selection{orders: q.OrderBy, keys: make([]key, len(items)*len(keyers)), rows: make([]row, len(items))}
	for i, item := range items {
		of := subject(item)
		for j, k := range keyers {
			s.keys[i*len(keyers)+j] = k.of(of)
		}
		s.rows[i] = row{s.keys[i*len(keyers)].prefix(), int32(i)}
		if q.OrderBy[0].Descending {
			s.rows[i].prefix = ^s.rows[i].prefix
		}
	}
	s.settle(0, len(items), from, to)
	selected := make([]T, 0, to-from)
	for _, r := range s.rows[from:to] {
		selected = append(selected, items[r.place])
	}
	return selected
}

// selection is items on their way to their places.
type selection struct {
	orders []Order
	keys   []key // of the item at place i: those from i×len(orders) on
	rows   []row
}

// row is an item, by where it was and by what its first key begins with.
type row struct {
	prefix uint64
	place  int32
}

func (s *selection) compare(a, b row) int {
	if a.prefix != b.prefix {
		return cmp.Compare(a.prefix, b.prefix)
	}
	n := len(s.orders)
	for j, order := range s.orders {
		if c := s.keys[int(a.place)*n+j].compare(s.keys[int(b.place)*n+j]); c != 0 {
			if order.Descending {
				return -c
			}
			return c
		}
	}
	return int(a.place) - int(b.place)
}

// few is how many rows are sorted rather than divided.
const few = 64

// settle puts the rows from lo to before hi that belong between from and to into their places (quickselect with two bounds).
func (s *selection) settle(lo, hi, from, to int) {
	for {
		if hi-lo <= few || from <= lo && hi <= to {
			slices.SortFunc(s.rows[lo:hi], s.compare)
			return
		}
		at := s.divide(lo, hi)
		left, right := from < at, to > at+1
		switch {
		case left && right:
			s.settle(lo, at, from, to)
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
func (s *selection) divide(lo, hi int) int {
	rows := s.rows
	// The middle one of nine that are spread over all: sorted rows and others with a pattern divide well, too.
	sample := make([]int, 9)
	for i := range sample {
		sample[i] = lo + (hi-1-lo)*i/8
	}
	slices.SortFunc(sample, func(a, b int) int { return s.compare(rows[a], rows[b]) })
	rows[sample[4]], rows[hi-1] = rows[hi-1], rows[sample[4]]
	pivot, at := rows[hi-1], lo
	for i := lo; i < hi-1; i++ {
		if s.compare(rows[i], pivot) < 0 {
			rows[i], rows[at] = rows[at], rows[i]
			at++
		}
	}
	rows[at], rows[hi-1] = rows[hi-1], rows[at]
	return at
}
