package query

import (
	"strings"

	"c8yx/views/collection/filter"
)

// Vocabulary is what occurs in the documents of a tenant.
type Vocabulary struct {
	// Paths are the paths of fragments, in alphabetical order.
	Paths []string
	// Values returns values that occur at a path.
	Values func(path string) []string
}

// properties are what every object has, beside its fragments.
var properties = []string{"name", "type", "owner", "id", "creationTime.date", "lastUpdated.date"}

// functions take the place of a comparison.
var functions = []string{"has(", "bygroupid(", "isinhierarchyof(", "not("}

// operators compare; there is no "ne" in the language, but a not(…).
var operators = []string{"eq", "gt", "ge", "lt", "le"}

// state is what may come next.
type state uint8

const (
	operand  state = iota // a property, a function, an opening bracket
	operator              // behind a property
	value                 // behind an operator
	joint                 // behind a comparison
	fragment              // within has(
	order                 // behind $orderby=
)

// Inventory says how a query of the inventory may go on at the cursor, a byte position:
// properties and fragments, operators, values that occur, and what joins comparisons.
func Inventory(typed string, cursor int, v Vocabulary) filter.Completion {
	before := typed[:max(0, min(cursor, len(typed)))]
	next, path, start := scan(before)
	word := before[start:]
	c := filter.Completion{From: start, To: len(before)}
	switch next {
	case operand:
		c.Options = append(matching(properties, word), filter.Level(v.Paths, word, most)...)
		c.Options = append(c.Options, matching(functions, word)...)
		if strings.TrimSpace(before) == word {
			c.Options = append(c.Options, matching([]string{"$filter=", "$orderby="}, word)...)
		}
		if word == "" {
			c.Options = append(append([]string{}, properties...), functions...)
		}
	case fragment:
		c.Options = filter.Level(v.Paths, word, most)
	case order:
		c.Options = append(matching(properties, word), filter.Level(v.Paths, word, most)...)
	case operator:
		c.Options = matching(operators, word)
	case value:
		c.Options = values(path, word, v)
	case joint:
		c.Options = matching([]string{"and", "or", "$orderby="}, word)
	}
	return c
}

// most is how many options there are at most.
const most = 50

func matching(words []string, typed string) []string {
	var found []string
	for _, w := range words {
		if len(w) > len(typed) && strings.EqualFold(w[:len(typed)], typed) {
			found = append(found, w)
		}
	}
	return found
}

// values returns values of a path as the language writes them.
func values(path, typed string, v Vocabulary) []string {
	if v.Values == nil {
		return nil
	}
	inner := strings.TrimPrefix(typed, "'")
	var found []string
	for _, value := range v.Values(path) {
		switch {
		case len(value) < len(inner) || !strings.EqualFold(value[:len(inner)], inner):
		case isNumber(value) && !strings.HasPrefix(typed, "'"):
			found = append(found, value)
		case value != "true" && value != "false" || strings.HasPrefix(typed, "'"):
			found = append(found, "'"+strings.ReplaceAll(value, "'", "''")+"'")
		default:
			found = append(found, value)
		}
		if len(found) == most {
			break
		}
	}
	return found
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "-0123456789.") == ""
}

// scan reads a query up to the cursor: what may come next, the property that is compared, and
// where the last word begins.
func scan(s string) (next state, path string, start int) {
	depth := 0 // of has( and its like, whose arguments are no comparisons
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == ' ' || c == '+' || c == '\t':
			i++
			start = i
		case c == '\'':
			end := quoteEnd(s, i)
			if end < 0 {
				return value, path, i
			}
			i, start = end, end
			next = joint
		case c == '(':
			i++
			start = i
			if depth > 0 || next == fragment {
				depth++
			}
		case c == ')':
			i++
			start = i
			if depth > 0 {
				depth--
			}
			next = joint
		case c == ',':
			i++
			start = i
		default:
			end := i
			for end < len(s) && !strings.ContainsRune(" +\t'(),", rune(s[end])) {
				end++
			}
			word := s[i:end]
			if name, clause := clause(word); clause {
				i += len(name)
				start = i
				if next = operand; strings.HasPrefix(name, "$o") {
					next = order
				}
				continue
			}
			if end == len(s) {
				return next, path, i // it is still being typed
			}
			start, i = i, end
			next, path = after(next, path, word, s[end] == '(')
		}
	}
	return next, path, len(s)
}

// clause returns the clause that a word begins with, "$filter=" or "$orderby=".
func clause(word string) (name string, ok bool) {
	for _, name := range []string{"$filter=", "$orderby="} {
		if len(word) >= len(name) && strings.EqualFold(word[:len(name)], name) {
			return word[:len(name)], true
		}
	}
	return "", false
}

// after returns what may come behind a word that is complete; opens says that a bracket follows.
func after(now state, path, word string, opens bool) (state, string) {
	lower := strings.ToLower(word)
	switch {
	case now == order:
		return order, ""
	case opens && (lower == "has" || lower == "hasany"):
		return fragment, ""
	case opens && (lower == "bygroupid" || lower == "isinhierarchyof"):
		return value, ""
	case lower == "not" || now == joint && (lower == "and" || lower == "or"):
		return operand, ""
	case now == operand:
		return operator, word
	case now == operator:
		return value, path
	case now == value:
		return joint, ""
	}
	return now, path
}

// quoteEnd returns the position behind the text that is quoted from i on, -1 if its end has not
// been typed.
func quoteEnd(s string, i int) int {
	for j := i + 1; j < len(s); j++ {
		if s[j] != '\'' {
			continue
		}
		if j+1 < len(s) && s[j+1] == '\'' {
			j++
			continue
		}
		return j + 1
	}
	return -1
}
