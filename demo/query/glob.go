package query

import (
	"strings"
	"unicode/utf8"
)

// glob is a pattern in which * stands for any text, without regard to case. It is taken apart once, because it is tried on every object.
type glob struct {
	first, last string     // what the text begins and ends with, in lower case
	between     []fragment // what comes in between, one after the other
	beyond      bool       // has letters beyond ASCII
}

// fragment is a piece of a pattern, in lower case.
type fragment struct {
	text  string
	cased bool // has letters, so that it stands for several texts
}

// newGlob takes a pattern apart that has at least one *.
func newGlob(pattern string) glob {
	pattern = strings.ToLower(pattern)
	parts := strings.Split(pattern, "*")
	g := glob{first: parts[0], last: parts[len(parts)-1], beyond: strings.ContainsFunc(pattern, func(r rune) bool { return r >= utf8.RuneSelf })}
	for _, part := range parts[1 : len(parts)-1] {
		if part != "" {
			g.between = append(g.between, fragment{part, strings.ContainsAny(part, "abcdefghijklmnopqrstuvwxyz")})
		}
	}
	return g
}

func (g *glob) matches(text string) bool {
	if g.beyond {
		text = strings.ToLower(text) // letters that have a case beyond those of ASCII; rare, and dear
	}
	if !prefixFold(text, g.first) {
		return false
	}
	text = text[len(g.first):]
	for _, part := range g.between {
		at := part.index(text)
		if at < 0 {
			return false
		}
		text = text[at+len(part.text):]
	}
	return len(text) >= len(g.last) && prefixFold(text[len(text)-len(g.last):], g.last)
}

// index is where the fragment first stands in text; -1 if it does not.
func (f fragment) index(text string) int {
	if !f.cased {
		return strings.Index(text, f.text)
	}
	small, rest := f.text[0], f.text[1:]
	large := small
	if 'a' <= small && small <= 'z' {
		large -= 'a' - 'A'
	}
	for i := range len(text) - len(rest) {
		if c := text[i]; (c == small || c == large) && prefixFold(text[i+1:], rest) {
			return i
		}
	}
	return -1
}

// lower is an ASCII letter in lower case; other bytes stay.
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// prefixFold reports whether text begins with part, which is in lower case.
func prefixFold(text, part string) bool {
	if len(text) < len(part) {
		return false
	}
	for i := range len(part) {
		if lower(text[i]) != part[i] {
			return false
		}
	}
	return true
}
