package text

import (
	"unicode"
	"unicode/utf8"
)

// Range is a part of a text, in bytes: from Start up to but not including End.
type Range struct{ Start, End int }

// AppendMatches appends to dst the places where word occurs in s, whatever the
// case of either, in ascending order and without overlap. An empty word occurs
// nowhere.
func AppendMatches(dst []Range, s Safe, word string) []Range {
	for i := 0; ; {
		match := find(string(s), word, i)
		if match.End == 0 {
			return dst
		}
		dst = append(dst, match)
		i = match.End
	}
}

// Contains reports whether word occurs in s, whatever the case of either. The
// empty word occurs everywhere.
func Contains(s Safe, word string) bool {
	return word == "" || find(string(s), word, 0).End > 0
}

// find returns where word occurs first in s from the byte i on, the zero Range
// if it does not.
func find(s, word string, i int) Range {
	if word == "" {
		return Range{}
	}
	first := word[0]
	for i < len(s) {
		// Setting the bit that tells a from A apart lets through more than it
		// should, but skips most of a text at a byte a step.
		if first < utf8.RuneSelf && s[i] < utf8.RuneSelf && first|0x20 != s[i]|0x20 {
			i++
			continue
		}
		if n := foldedPrefix(s[i:], word); n > 0 {
			return Range{i, i + n}
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return Range{}
}

// foldedPrefix returns how many bytes at the beginning of s equal word under
// simple case folding, 0 if they do not.
func foldedPrefix(s, word string) int {
	i := 0
	for _, want := range word {
		if i == len(s) {
			return 0
		}
		got, size := rune(s[i]), 1
		if got >= utf8.RuneSelf {
			got, size = utf8.DecodeRuneInString(s[i:])
		}
		if got != want && !foldEqual(got, want) {
			return 0
		}
		i += size
	}
	return i
}

// foldEqual reports whether two different characters are one letter in two
// cases.
func foldEqual(a, b rune) bool {
	if a < utf8.RuneSelf && b < utf8.RuneSelf {
		return a|0x20 == b|0x20 && a|0x20 >= 'a' && a|0x20 <= 'z'
	}
	for r := unicode.SimpleFold(a); r != a; r = unicode.SimpleFold(r) {
		if r == b {
			return true
		}
	}
	return false
}
