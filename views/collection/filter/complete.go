package filter

import (
	"slices"
	"strings"
)

// Completion is how what is typed may go on: the text between From and To becomes one of the
// options.
type Completion struct {
	From, To int
	Options  []string
}

// Vocabulary is what a completion chooses from.
type Vocabulary struct {
	Fields []Field
	// Paths are the paths of fragments that may be compared, in alphabetical order.
	Paths []string
	// Values returns values that occur in a field, given by its index, or at a path.
	Values func(field int, path string) []string
}

// maxOptions is how many options a completion has at most.
const maxOptions = 50

// Complete says how the term under the cursor, a byte position, may go on. Where a name is
// typed it offers names, behind an operator values.
func Complete(typed string, cursor int, v Vocabulary) Completion {
	cursor = max(0, min(cursor, len(typed)))
	tok := token{start: cursor, end: cursor}
	for t := range tokens(typed) {
		if t.query && cursor > t.start {
			return Completion{}
		}
		if t.start <= cursor && cursor <= t.end {
			tok = t
			break
		}
	}
	written := typed[tok.start:cursor]
	bare := strings.TrimPrefix(written, "!")
	c := Completion{From: cursor - len(bare), To: tok.end}
	name, _, operand, isTerm := splitTerm(bare)
	if !isTerm {
		if isName(bare) || bare == "" {
			c.Options = v.names(bare)
		}
		return c
	}
	c.From = cursor - len(operand)
	at, _ := lookUp(v.Fields, name)
	if at < 0 && !Path(name) {
		return Completion{}
	}
	path := name
	var values []string
	if at >= 0 {
		path, values = "", v.Fields[at].Choices
	}
	if values == nil && v.Values != nil {
		values = v.Values(at, path)
	}
	c.Options = beginning(values, unquote(operand))
	for i, o := range c.Options {
		c.Options[i] = quote(o)
	}
	return c
}

// names returns columns and fragments that begin with what is typed. Fragments come a level at
// a time, so that there are not too many to choose from.
func (v *Vocabulary) names(typed string) []string {
	var names []string
	for _, f := range v.Fields {
		if hasPrefix(f.Name, typed) {
			names = append(names, f.Name)
		}
	}
	if typed == "" {
		return names
	}
	return append(names, Level(v.Paths, typed, maxOptions-len(names))...)
}

// Level returns the paths that begin with what is typed, as far as the next dot. Paths must be
// sorted.
func Level(paths []string, typed string, most int) []string {
	var level []string
	for _, p := range paths {
		if len(level) >= most {
			break
		}
		if !hasPrefix(p, typed) {
			continue
		}
		if dot := strings.IndexByte(p[len(typed):], '.'); dot >= 0 {
			p = p[:len(typed)+dot]
		}
		if !slices.Contains(level, p) {
			level = append(level, p)
		}
	}
	return level
}

// beginning returns the values that begin with what is typed, then those that hold it.
func beginning(values []string, typed string) []string {
	var begin, hold []string
	for _, value := range values {
		switch {
		case strings.EqualFold(value, typed) || value == "":
		case hasPrefix(value, typed):
			begin = append(begin, value)
		default:
			if start, _ := index(value, strings.ToLower(typed)); start > 0 {
				hold = append(hold, value)
			}
		}
	}
	options := append(begin, hold...)
	return options[:min(len(options), maxOptions)]
}

func hasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
