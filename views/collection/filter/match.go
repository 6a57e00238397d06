package filter

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/views/fragment"
	"c8yx/views/show"
)

// Folded tells whether the term, which is a word, accepts a row. Given is the text of all its
// cells in lower case.
func (t *Term) Folded(row string) bool { return strings.Contains(row, t.Word) != t.Not }

// Text tells whether the term accepts a text of its column.
func (t *Term) Text(value string) bool { return t.compareText(value) != t.Not }

func (t *Term) compareText(value string) bool {
	switch {
	case t.empty:
		return (value == "") == (t.Op == Equal)
	case t.kind == Choice && t.Op.orders():
		rank := rankOf(t.order, value)
		return rank >= 0 && t.Op.accepts(cmp.Compare(rank, t.rank))
	case t.Op.orders():
		return value != "" && t.Op.accepts(show.CompareNames(value, t.text))
	}
	return t.pattern.match(value) == (t.Op == Equal || t.Op == Holds)
}

// Number tells whether the term accepts a number of its column; known is false where there is
// none. What has no number is neither less nor more than one.
func (t *Term) Number(value float64, known bool) bool {
	return t.compareNumber(value, known) != t.Not
}

func (t *Term) compareNumber(value float64, known bool) bool {
	switch {
	case t.empty:
		return known == (t.Op == NotEqual)
	case !known:
		return t.Op == NotEqual
	}
	return t.Op.accepts(cmp.Compare(value, t.number))
}

// Time tells whether the term accepts a moment of its column; the zero time is none.
func (t *Term) Time(value, now time.Time) bool { return t.compareTime(value, now) != t.Not }

func (t *Term) compareTime(value, now time.Time) bool {
	switch {
	case t.empty:
		return value.IsZero() == (t.Op == Equal)
	case value.IsZero():
		return t.Op == NotEqual
	case t.from.IsZero():
		return t.Op.accepts(cmp.Compare(now.Sub(value), t.span))
	}
	within := !value.Before(t.from) && value.Before(t.until)
	switch t.Op {
	case Equal:
		return within
	case NotEqual:
		return !within
	case Less:
		return value.Before(t.from)
	case AtMost:
		return value.Before(t.until)
	case Greater:
		return !value.Before(t.until)
	}
	return !value.Before(t.from)
}

// Fragment tells whether the term accepts what stands at its path: a text without its quotes,
// or any other JSON value; "" if there is nothing. A list is accepted if one of its elements
// is.
func (t *Term) Fragment(value string, now time.Time) bool {
	return t.compareFragment(value, now) != t.Not
}

func (t *Term) compareFragment(value string, now time.Time) bool {
	if value == "" || t.empty {
		return t.compareText(value)
	}
	if value[0] == '[' {
		negative := t.Op == NotEqual || t.Op == HoldsNot
		for element := range fragment.Elements(jsontext.Value(value)) {
			if t.compareScalar(fragment.Plain(element), now) != negative {
				return !negative
			}
		}
		return negative
	}
	return t.compareScalar(value, now)
}

func (t *Term) compareScalar(value string, now time.Time) bool {
	if t.numeric {
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			return t.Op.accepts(cmp.Compare(n, t.number))
		}
	}
	if t.span > 0 || !t.from.IsZero() {
		if at, err := time.Parse(time.RFC3339, value); err == nil && (t.Op.orders() || !t.from.IsZero()) {
			return t.compareTime(at, now)
		}
	}
	return t.compareText(value)
}

// Within reports whether the term's word occurs in a text, whatever its case.
func (t *Term) Within(s string) bool {
	start, _ := index(s, t.Word)
	return start >= 0
}
