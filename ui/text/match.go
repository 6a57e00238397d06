package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Range is a part of a text, in bytes: from Start up to but not including End.
type Range struct{ Start, End int }

// AppendMatches appends to dst the places where word occurs in s, whatever the
// case of either, in ascending order and without overlap. An empty word occurs
// nowhere.
func AppendMatches(dst []Range, s Safe, word string) []Range {
	if word == "" {
		return dst
	}
	for i := 0; i < len(s); {
		if n := foldedPrefix(string(s[i:]), word); n > 0 {
			dst = append(dst, Range{i, i + n})
			i += n
			continue
		}
		_, size := utf8.DecodeRuneInString(string(s[i:]))
		i += size
	}
	return dst
}

// Contains reports whether word occurs in s, whatever the case of either. The
// empty word occurs everywhere.
func Contains(s Safe, word string) bool {
	if word == "" || strings.Contains(string(s), word) {
		return true
	}
	for i := range s {
		if foldedPrefix(string(s[i:]), word) > 0 {
			return true
		}
	}
	return false
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
