package collection

import (
	"slices"
	"strings"
)

// terms is a parsed filter: words that must be in a row, and words that must
// not. The empty filter matches everything.
type terms struct {
	with    []string
	without []string
}

// parseTerms reads what was typed. A half-typed "!" excludes nothing yet.
func parseTerms(typed string) terms {
	var t terms
	for word := range strings.FieldsSeq(fold(typed)) {
		if rest, not := strings.CutPrefix(word, "!"); not {
			if rest != "" {
				t.without = append(t.without, rest)
			}
			continue
		}
		t.with = append(t.with, word)
	}
	return t
}

// narrows reports whether whatever passes t passes the other terms too, as when
// a letter was added to a word.
func (t terms) narrows(other terms) bool {
	for _, old := range other.with {
		if !slices.ContainsFunc(t.with, func(word string) bool { return strings.Contains(word, old) }) {
			return false
		}
	}
	for _, old := range other.without {
		if !slices.ContainsFunc(t.without, func(word string) bool { return strings.Contains(old, word) }) {
			return false
		}
	}
	return true
}

// match returns the function that tells whether a row passes, nil if all do.
func (t terms) match() func(folded string) bool {
	if len(t.with) == 0 && len(t.without) == 0 {
		return nil
	}
	return func(folded string) bool {
		for _, w := range t.with {
			if !strings.Contains(folded, w) {
				return false
			}
		}
		for _, w := range t.without {
			if strings.Contains(folded, w) {
				return false
			}
		}
		return true
	}
}

// fold makes texts comparable regardless of case.
func fold(s string) string { return strings.ToLower(s) }
