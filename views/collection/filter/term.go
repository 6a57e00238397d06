package filter

import (
	"time"
)

// Op is how a term compares.
type Op uint8

// The operators.
const (
	Equal Op = iota
	NotEqual
	Less
	AtMost
	Greater
	AtLeast
	Holds
	HoldsNot
)

// signs are the operators as they are typed, those first that begin like another.
var signs = [...]struct {
	sign string
	op   Op
}{
	{"!=", NotEqual},
	{"!~", HoldsNot},
	{">=", AtLeast},
	{"<=", AtMost},
	{"==", Equal},
	{"=", Equal},
	{">", Greater},
	{"<", Less},
	{"~", Holds},
}

func (o Op) String() string {
	for _, s := range signs {
		if s.op == o && s.sign != "==" {
			return s.sign
		}
	}
	return "?"
}

// orders reports whether the operator asks for more or less.
func (o Op) orders() bool { return o >= Less && o <= AtLeast }

// accepts tells whether a comparison with this outcome satisfies the operator.
func (o Op) accepts(compared int) bool {
	switch o {
	case Less:
		return compared < 0
	case AtMost:
		return compared <= 0
	case Greater:
		return compared > 0
	case AtLeast:
		return compared >= 0
	case NotEqual:
		return compared != 0
	}
	return compared == 0
}

// Term is one condition of a filter: a word, or a comparison of a column or a fragment.
type Term struct {
	// Not turns the condition round.
	Not bool
	// Word is what a row has to hold, in lower case; "" if the term is a comparison.
	Word string
	// Field is the index of the column compared, -1 if it is a fragment.
	Field int
	// Path is the path of the fragment compared ("c8y_Hardware.model"), "" if it is a column.
	Path string
	Op   Op

	kind    Kind
	empty   bool    // compared with nothing: does it have a value?
	text    string  // the operand as typed
	pattern pattern // of Equal and Holds
	number  float64 // of Number and Bytes, and of fragments if numeric
	numeric bool
	span    time.Duration // of Age
	from    time.Time     // of Age, if it is compared with a date: the day or moment …
	until   time.Time     // … and when that is over
	order   []string      // of Choice
	rank    int
}

// same reports whether two terms are the same condition.
func (t *Term) same(o *Term) bool {
	return t.Not == o.Not && t.Word == o.Word && t.Field == o.Field && t.Path == o.Path && t.Op == o.Op && t.text == o.text && t.empty == o.empty
}

// Filter is what was typed, understood. The zero Filter lets everything pass.
type Filter struct {
	Terms []Term
	// Query is what follows "q:", for the tenant; Asks says whether there is a "q:" at all.
	Query string
	Asks  bool
}

// Narrows reports whether whatever passes f passes the other filter too, as when a letter was
// added to a word or a term to the filter.
func (f *Filter) Narrows(other *Filter) bool {
	if f.Ages() {
		return false
	}
	for i := range other.Terms {
		old := &other.Terms[i]
		implied := false
		for j := range f.Terms {
			if implied = f.Terms[j].implies(old); implied {
				break
			}
		}
		if !implied {
			return false
		}
	}
	return true
}

// implies reports whether what passes t passes old, as far as that is easily seen.
func (t *Term) implies(old *Term) bool {
	switch {
	case t.Word == "" || old.Word == "":
		return t.same(old)
	case t.Not != old.Not:
		return false
	case t.Not:
		return contains(old.Word, t.Word)
	}
	return contains(t.Word, old.Word)
}

// Paths returns the paths of all fragments that the filter compares.
func (f *Filter) Paths() []string {
	var paths []string
	for i := range f.Terms {
		if f.Terms[i].Path != "" {
			paths = append(paths, f.Terms[i].Path)
		}
	}
	return paths
}

// Ages reports whether what passes changes as time goes on.
func (f *Filter) Ages() bool {
	for i := range f.Terms {
		if f.Terms[i].span > 0 {
			return true
		}
	}
	return false
}
