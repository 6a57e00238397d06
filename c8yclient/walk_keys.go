package c8yclient

import (
	"context"
	"errors"
	"time"
)

// keys are what a list is ordered by if any part of it can be asked for: the ids of managed
// objects, the times of events. They ascend in the order of delivery, so those of a list
// that begins with the newest are times with a minus.
type keys[T any] struct {
	// from and to bound the keys of all items: (from, to].
	from, to int64
	// edge is a key that an open part is never cut beyond while the last key is not known.
	edge int64
	// of is the key of an item, if it has one.
	of func(item *T) (key int64, ok bool)
	// same is equal for equal items; nil if no two items have the same key.
	same func(item *T) string
	// query returns the options of a list of the items with keys in (from, to], in order.
	query func(from, to int64) pagedOptions
	// last asks the tenant for the largest key; nil if it cannot be asked.
	last func(ctx context.Context) (int64, error)
}

// pagedOptions are the options of a paged list: a pointer to what embeds [Paging].
type pagedOptions interface{ dropTotals() }

// unbounded is larger than any key, and small enough to calculate with.
const unbounded int64 = 1 << 61

// lastYear is the beginning of 9999, the last year that a date can be written of, in milliseconds since 1970.
const lastYear int64 = 253_370_764_800_000

var errNoKey = errors.New("the tenant did not tell the last key")

// ends returns the first and the last key, and whether the items are in order. One item
// has no order.
func (k *keys[T]) ends(items []*T) (first, last int64, sorted bool) {
	for i, item := range items {
		key, ok := k.of(item)
		switch {
		case !ok, i > 0 && key < last, i > 0 && key == last && k.same == nil:
			return 0, 0, false
		case i == 0:
			first = key
		}
		last = key
	}
	return first, last, len(items) > 1
}

// ties returns the items that have the last key: a part that begins with that key begins
// with them.
func (k *keys[T]) ties(items []*T) map[string]int {
	if k.same == nil || len(items) == 0 {
		return nil
	}
	last, _ := k.of(items[len(items)-1])
	repeats := map[string]int{}
	for i := len(items) - 1; i >= 0; i-- {
		if key, _ := k.of(items[i]); key != last {
			break
		}
		repeats[k.same(items[i])]++
	}
	return repeats
}

// lastOf makes a [keys.last] of a request for one item.
func (k *keys[T]) lastOf(c *Client, l listing) func(context.Context) (int64, error) {
	return func(ctx context.Context) (int64, error) {
		p, err := page[T](ctx, c, l)
		if err != nil {
			return 0, err
		}
		if len(p.Items) == 1 {
			if key, ok := k.of(p.Items[0]); ok {
				return key, nil
			}
		}
		return 0, errNoKey
	}
}

// span is a period from (inclusive) to (exclusive), as the platform takes dates; zero times
// are no bounds.
type span struct{ from, to time.Time }

func (s span) bounded() bool { return !s.from.IsZero() || !s.to.IsZero() }

// sinceEver is the same period, with a bound in any case: in 1970, the platform's earliest.
func (s span) sinceEver() span {
	if !s.bounded() {
		s.from = time.Unix(0, 0).UTC()
	}
	return s
}

// narrow replaces the bounds of a filter. Those that stay the same keep their zone.
func (s span) narrow(from, to *time.Time) {
	if !s.from.IsZero() && s.from.UnixMilli() != from.UnixMilli() {
		*from = s.from
	}
	if !s.to.IsZero() && s.to.UnixMilli() != to.UnixMilli() {
		*to = s.to
	}
}

// timeKeys are the keys of what has a time. The platform cuts times to milliseconds.
func timeKeys[T any](newestFirst bool, bounds span, at func(*T) time.Time, same func(*T) string, query func(span) pagedOptions) *keys[T] {
	sign := int64(1)
	edge := lastYear
	if newestFirst {
		sign, edge = -1, 0 // 1970
	}
	k := &keys[T]{
		from: -unbounded, to: unbounded, edge: edge, same: same,
		of: func(item *T) (int64, bool) {
			t := at(item)
			return sign * t.UnixMilli(), !t.IsZero()
		},
	}
	// Newest first, (from, to] is the period [-to, -from); oldest first, [from+1, to+1).
	lower, upper, shift := &k.from, &k.to, int64(0)
	if newestFirst {
		lower, upper, shift = upper, lower, 1
	}
	bound := func(t time.Time) int64 { return sign*t.UnixMilli() - 1 + shift }
	if !bounds.from.IsZero() {
		*lower = bound(bounds.from)
	}
	if !bounds.to.IsZero() {
		*upper = bound(bounds.to)
	}
	k.query = func(from, to int64) pagedOptions {
		var s span
		if from > -unbounded {
			s.from = time.UnixMilli(sign * (from + 1 - shift)).UTC()
		}
		if to < unbounded {
			s.to = time.UnixMilli(sign * (to + 1 - shift)).UTC()
		}
		if newestFirst {
			s.from, s.to = s.to, s.from
		}
		return query(s)
	}
	return k
}
