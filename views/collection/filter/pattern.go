package filter

import (
	"strings"
	"unicode/utf8"
)

// pattern is a text with wildcards: parts that follow each other. It is compared regardless of
// case.
type pattern struct {
	parts []string // in lower case
	// anchored says that the first part is at the beginning, and the last at the end.
	atStart, atEnd bool
}

// newPattern reads a text in which * stands for anything. Within what a value only has to hold,
// it may begin and end anywhere.
func newPattern(s string, within bool) pattern {
	p := pattern{atStart: !within && !strings.HasPrefix(s, "*"), atEnd: !within && !strings.HasSuffix(s, "*")}
	for part := range strings.SplitSeq(strings.ToLower(s), "*") {
		if part != "" {
			p.parts = append(p.parts, part)
		}
	}
	return p
}

// match reports whether the pattern fits a text.
func (p *pattern) match(s string) bool {
	for i, part := range p.parts {
		last := i == len(p.parts)-1
		switch {
		case i == 0 && p.atStart && last && p.atEnd:
			return len(s) >= len(part) && strings.EqualFold(s, part)
		case i == 0 && p.atStart:
			n := prefix(s, part)
			if n < 0 {
				return false
			}
			s = s[n:]
		case last && p.atEnd:
			return suffix(s, part)
		default:
			_, end := index(s, part)
			if end < 0 {
				return false
			}
			s = s[end:]
		}
	}
	return true
}

// prefix returns how long the part is at the beginning of s, -1 if it is not there.
func prefix(s, part string) int {
	i := 0
	for _, want := range part {
		if i >= len(s) {
			return -1
		}
		got, size := utf8.DecodeRuneInString(s[i:])
		if got != want && !foldEqual(got, want) {
			return -1
		}
		i += size
	}
	return i
}

// suffix reports whether s ends with the part.
func suffix(s, part string) bool {
	i := len(s)
	for j := len(part); j > 0; {
		want, n := utf8.DecodeLastRuneInString(part[:j])
		got, m := utf8.DecodeLastRuneInString(s[:i])
		if m == 0 || got != want && !foldEqual(got, want) {
			return false
		}
		i, j = i-m, j-n
	}
	return true
}

// index returns where the part is in s first, and where it ends; -1 if it is not there.
func index(s, part string) (start, end int) {
	first := part[0]
	for i := 0; i < len(s); {
		// Setting the bit that tells a from A apart lets through more than it should, but
		// skips most of a text at a byte a step.
		if first < utf8.RuneSelf && s[i] < utf8.RuneSelf && first|0x20 != s[i]|0x20 {
			i++
			continue
		}
		if n := prefix(s[i:], part); n >= 0 {
			return i, i + n
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return -1, -1
}

// foldEqual reports whether two different characters are one letter in two cases.
func foldEqual(got, lower rune) bool {
	if got < utf8.RuneSelf && lower < utf8.RuneSelf {
		return got >= 'A' && got <= 'Z' && got+'a'-'A' == lower
	}
	return strings.EqualFold(string(got), string(lower))
}

// contains is strings.Contains for texts that are both in lower case.
func contains(s, word string) bool { return strings.Contains(s, word) }
