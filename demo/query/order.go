package query

import (
	"encoding/binary"
	"math"
	"slices"
	"strconv"
	"strings"

	"c8yx/demo/rawjson"
)

// What [KeyOf] makes keys of begins with one of these. A missing value has the empty key, which is before all others.
const (
	numberKey = 1 + iota
	textKey
	otherKey
)

// KeyOf returns what makes the keys that $orderby orders by at a path, one of [Needs.Orders]: their bytes compare as the values do. Missing values come first, then
// numbers, text, and everything else.
func KeyOf(text string) func(Subject) string {
	p := splitPath(text)
	var key []byte
	value := func(raw string) bool {
		text := rawjson.Unquote(raw)
		switch kind := rawjson.Kind(raw); {
		case kind == rawjson.Number || p.isID():
			n, _ := strconv.ParseFloat(text, 64)
			key = appendNumber(key, n)
		case kind == rawjson.String:
			key = append(append(key, textKey), text...)
		default:
			key = append(append(key, otherKey), text...)
		}
		return true
	}
	onDate := func(raw string) bool {
		text := rawjson.Unquote(raw)
		if at, ok := parseMoment(text); ok {
			key = appendNumber(key, float64(at.UnixMilli()))
		} else {
			key = append(append(key, textKey), text...)
		}
		return true
	}
	return func(s Subject) string {
		key = key[:0]
		milli, kept := int64(0), false
		if p.date && len(p.below) == 0 {
			milli, kept = s.Moment(p.property)
		}
		switch {
		case kept:
			key = appendNumber(key, float64(milli))
		case p.date:
			p.anyDate(s, value, onDate)
		default:
			p.any(s, value)
		}
		return string(key)
	}
}

// appendNumber appends the key of a number: its bits in such a way that those of larger numbers are larger.
func appendNumber(key []byte, n float64) []byte {
	bits := math.Float64bits(n + 0) // there is but one zero
	if bits>>63 == 1 {
		bits = ^bits
	} else {
		bits |= 1 << 63
	}
	return binary.BigEndian.AppendUint64(append(key, numberKey), bits)
}

// Sort returns items in the order of $orderby. Items with equal keys keep their order, and without $orderby all do.
func Sort[T any](q *Query, items []T, subject func(T) Subject) []T {
	if len(q.OrderBy) == 0 {
		return items
	}
	keys, order := make([][]string, len(q.OrderBy)), make([]int, len(items))
	for j, by := range q.OrderBy {
		key := KeyOf(by.Path)
		for i, item := range items {
			keys[j] = append(keys[j], key(subject(item)))
			order[i] = i
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		for j, by := range q.OrderBy {
			if c := strings.Compare(keys[j][a], keys[j][b]); c != 0 {
				if by.Descending {
					return -c
				}
				return c
			}
		}
		return a - b
	})
	sorted := make([]T, len(items))
	for i, at := range order {
		sorted[i] = items[at]
	}
	return sorted
}
