package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Safe is text that may be written to a terminal: valid UTF-8 on one line,
// without control characters, escape sequences, bidirectional overrides or
// invisible characters, and of bounded length. It begins and ends with a whole
// grapheme, so that texts can be put side by side and their widths added.
//
// A Safe comes from [Clean], [Lines], one of the formatting functions of this
// package, or a constant of our own source. Concatenating two of them gives
// another one.
type Safe string

// MaxBytes is the length beyond which [Clean] cuts a text off. No screen shows
// more of one line, and it keeps a 10 MB name from costing more than a long one.
const MaxBytes = 4096

// Ellipsis stands for what was cut off.
const Ellipsis Safe = "…"

// replacement is shown in place of what could mislead the reader.
const replacement = utf8.RuneError

// maxMarks is how many combining marks one base character keeps. Real scripts
// stack up to four; "zalgo" text stacks dozens and paints over its neighbours.
const maxMarks = 4

// Clean returns s in a form that is safe to draw on one line of a terminal:
//
//   - control characters are shown as their pictures (ESC as ␛), a line break as
//     ↵, a tab as a space;
//   - bidirectional overrides and isolates, C1 controls, non-characters and
//     invalid UTF-8 are shown as �;
//   - invisible characters, joiners, variation selectors and skin tones are
//     dropped, since terminals disagree about the width of what they join;
//   - a combining mark without a base is dropped, and so is one mark too many;
//   - what is longer than [MaxBytes] ends in an ellipsis.
//
// A string that needs none of this is returned as it is, without a copy.
func Clean(s string) Safe {
	head := s
	if len(s) > MaxBytes {
		head = s[:wholeRunes(s, MaxBytes)]
	}
	clean := scrub(head)
	if len(s) <= MaxBytes && len(clean) <= MaxBytes {
		return Safe(trimEdges(clean))
	}
	clean = clean[:wholeRunes(clean, min(len(clean), MaxBytes-len(Ellipsis)))]
	return Safe(trimEdges(clean)) + Ellipsis
}

// wholeRunes returns end, or less if s[:end] ends within a character.
func wholeRunes(s string, end int) int {
	for i := end - 1; i >= 0 && i >= end-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			if !utf8.FullRuneInString(s[i:end]) {
				return i
			}
			break
		}
	}
	return end
}

// MaxLines is how many lines [Lines] returns at most.
const MaxLines = 1000

// Lines cleans text that may have several lines, such as the message of an
// event: one Safe for each line, at least one. Carriage returns before a line
// break belong to it. Of more than [MaxLines] lines the last is an ellipsis.
func Lines(s string) []Safe {
	lines := make([]Safe, 0, min(strings.Count(s, "\n")+1, MaxLines))
	for line := range strings.SplitSeq(s, "\n") {
		if len(lines) == MaxLines {
			lines[MaxLines-1] = Ellipsis
			break
		}
		lines = append(lines, Clean(strings.TrimSuffix(line, "\r")))
	}
	return lines
}

// scrub replaces and drops the characters of s that must not be drawn.
func scrub(s string) string {
	dirty := firstDirty(s)
	if dirty == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + utf8.UTFMax)
	b.WriteString(s[:dirty])
	marks, invalid := 0, false
	for i, r := range s[dirty:] {
		if r == utf8.RuneError && !strings.HasPrefix(s[dirty+i:], "\uFFFD") {
			if !invalid {
				b.WriteRune(replacement)
			}
			invalid, marks = true, 0
			continue
		}
		invalid = false
		if r == '\n' && dirty+i > 0 && s[dirty+i-1] == '\r' {
			continue // the carriage return has been drawn as the line break
		}
		drawn := drawable(r)
		switch {
		case drawn < 0:
			continue
		case isMark(drawn):
			if marks++; marks > maxMarks {
				continue
			}
		default:
			marks = 0
		}
		b.WriteRune(drawn)
	}
	return b.String()
}

// firstDirty returns the offset of the first character that [scrub] may have to
// change, len(s) if there is none. A mark counts as one: how many there are in a
// row takes the slow path to find out.
func firstDirty(s string) int {
	i := 0
	for i < len(s) && s[i] >= ' ' && s[i] < 0x7F {
		i++
	}
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		if solid(r) == 0 && (drawable(r) != r || isMark(r)) {
			return i
		}
		i += size
	}
	return i
}

// drawable returns what is drawn for r: r itself, something that shows what it
// is, or -1 for nothing.
func drawable(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
		return '↵'
	case r < ' ':
		return '␀' + r
	case r < 0x7F:
		return r
	case r == 0x7F:
		return '␡'
	case r < 0xA0:
		return replacement
	case r < 0x300 && r != 0xAD:
		return r
	case unicode.Is(unicode.Bidi_Control, r) && !isBidiMark(r):
		return replacement
	case unicode.Is(unicode.Noncharacter_Code_Point, r):
		return replacement
	case unicode.Is(unicode.Cf, r),
		unicode.Is(unicode.Variation_Selector, r),
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r),
		r >= 0x1F3FB && r <= 0x1F3FF: // skin tones
		return -1
	}
	return r
}

// isBidiMark reports whether r is one of the marks that only give neighbouring
// punctuation a direction: legitimate in Arabic and Hebrew names, invisible, and
// unable to reorder anything else.
func isBidiMark(r rune) bool {
	return r == '\u061C' || r == '\u200E' || r == '\u200F'
}

// isMark reports whether r is drawn on top of the character before it.
func isMark(r rune) bool {
	return r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me)
}

// trimEdges drops the characters at both ends of s that would merge with a
// neighbour: a mark without a base would change the width of the column left
// of it.
func trimEdges(s string) string {
	for s != "" && s[0] >= utf8.RuneSelf {
		_, size := utf8.DecodeRuneInString(s)
		if !attaches(" ", s[:size]) {
			break
		}
		s = s[size:]
	}
	for s != "" && s[len(s)-1] >= utf8.RuneSelf {
		_, size := utf8.DecodeLastRuneInString(s)
		if !attaches(s[len(s)-size:], " ") {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

// attaches reports whether the characters a and b form one grapheme cluster.
func attaches(a, b string) bool {
	if r, _ := utf8.DecodeRuneInString(a); solid(r) > 0 {
		if r, _ := utf8.DecodeRuneInString(b); solid(r) > 0 {
			return false
		}
	}
	cluster, _ := ansi.FirstGraphemeCluster(a+b, ansi.GraphemeWidth)
	return len(cluster) > len(a)
}
