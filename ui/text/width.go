package text

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Align says where a text stands within a field that is wider than it.
type Align uint8

// The alignments. Numbers go to the right.
const (
	Left Align = iota
	Right
	Center
)

// Width returns how many cells s takes on the screen.
func Width(s Safe) int {
	width := plainRun(s, len(s))
	for i := width; i < len(s); {
		size, cells := grapheme(string(s[i:]))
		i += size
		width += cells
	}
	return width
}

// Fit returns s in exactly width cells: cut off with an ellipsis if it is
// longer, padded according to align if it is shorter. A width of zero or less
// gives "".
func Fit(s Safe, width int, align Align) Safe {
	if width <= 0 {
		return ""
	}
	shown, cells, cut := clip(s, width)
	if !cut && cells == width {
		return s
	}
	before, after := align.split(width - cells)
	dst := appendBlanks(make([]byte, 0, before+len(shown)+len(Ellipsis)+after), before)
	dst = append(dst, shown...)
	if cut {
		dst = append(dst, Ellipsis...)
	}
	return Safe(appendBlanks(dst, after))
}

// clip returns the beginning of s that is shown in width cells, at least one,
// and the cells it takes. If s is cut off, that includes one for the ellipsis,
// which the caller draws.
func clip(s Safe, width int) (shown Safe, cells int, cut bool) {
	end, cells := prefix(s, width)
	if end == len(s) {
		return s, cells, false
	}
	end, cells = prefix(s[:end], width-1)
	return s[:end], cells + 1, true
}

// split divides the blanks around a text.
func (a Align) split(blanks int) (before, after int) {
	switch a {
	case Right:
		return blanks, 0
	case Center:
		return blanks / 2, blanks - blanks/2
	}
	return 0, blanks
}

// Cut returns the part of s that a window of width cells shows when it begins
// at cell from. A wide character that straddles an edge of the window is
// replaced by a space, so that what follows stays in its column.
func Cut(s Safe, from, width int) Safe {
	if width <= 0 {
		return ""
	}
	from = max(from, 0)
	start, skipped := prefix(s, from)
	lead := 0
	if skipped < from && start < len(s) { // a wide character straddles the left edge
		size, cells := grapheme(string(s[start:]))
		start += size
		lead = min(skipped+cells-from, width)
	}
	end, cells := prefix(s[start:], width-lead)
	end += start
	tail := 0
	if end < len(s) {
		tail = width - lead - cells
	}
	if lead == 0 && tail == 0 {
		return s[start:end]
	}
	dst := appendBlanks(make([]byte, 0, lead+end-start+tail), lead)
	dst = append(dst, s[start:end]...)
	return Safe(appendBlanks(dst, tail))
}

// appendBlanks appends n blanks to dst.
func appendBlanks(dst []byte, n int) []byte {
	const blanks = "                                                                "
	for n > len(blanks) {
		dst = append(dst, blanks...)
		n -= len(blanks)
	}
	return append(dst, blanks[:max(n, 0)]...)
}

// prefix returns the longest beginning of s that fits into width cells: its
// length in bytes and the cells it takes.
func prefix(s Safe, width int) (end, cells int) {
	end = plainRun(s, width)
	for cells = end; end < len(s); {
		size, w := grapheme(string(s[end:]))
		if cells+w > width {
			break
		}
		end += size
		cells += w
	}
	return end, cells
}

// plainRun returns how many of the first limit characters of s are printable
// ASCII that nothing can merge with: as many bytes as cells.
func plainRun(s Safe, limit int) int {
	i := 0
	for i < len(s) && i <= limit && s[i] >= ' ' && s[i] < 0x7F {
		i++
	}
	if i < len(s) && i > 0 {
		i-- // what follows may be a combining mark
	}
	return max(min(i, limit), 0)
}

// grapheme returns the length in bytes and the width in cells of the first
// grapheme cluster of s, which must not be empty. It agrees with the segmenter
// that Bubble Tea's renderer uses and asks it only where a character may merge
// with its neighbour: that costs 40 times as much.
func grapheme(s string) (size, cells int) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		if s[0] < ' ' || s[0] == 0x7F {
			return 1, 0
		}
		return 1, 1
	}
	r, size := utf8.DecodeRuneInString(s)
	if cells := solid(r); cells > 0 {
		if size == len(s) {
			return size, cells
		}
		if next, _ := utf8.DecodeRuneInString(s[size:]); solid(next) > 0 {
			return size, cells
		}
	}
	cluster, cells := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return len(cluster), cells
}

// solid returns the width of a character that never merges with another solid
// one, 0 for all those that the segmenter must judge. It covers what names are
// made of nearly everywhere, and the symbols that we draw ourselves.
func solid(r rune) int {
	switch {
	case r < ' ', r >= 0x7F && r < 0xA0, r == 0xAD: // controls, soft hyphen
		return 0
	case r < 0x300: // Latin
		return 1
	case r < 0x370: // combining marks
		return 0
	case r < 0x530: // Greek, Cyrillic
		if r >= 0x483 && r <= 0x489 {
			return 0
		}
		return 1
	case r >= 0x5D0 && r <= 0x5EA, r >= 0x620 && r <= 0x64A, // Hebrew and Arabic letters
		r >= 0x2010 && r <= 0x2027, // dashes, quotation marks, ellipsis
		r >= 0x2030 && r <= 0x205E,
		r >= 0x20A0 && r <= 0x20BF, // currencies
		r >= 0x2100 && r <= 0x22FF, // letter-like, numbers, arrows, mathematics
		r >= 0x2400 && r <= 0x2426, // pictures of controls
		r >= 0x2500 && r <= 0x25FC, // lines, blocks, shapes
		r >= 0x2800 && r <= 0x28FF: // braille
		return 1
	case r >= 0x3041 && r <= 0x3096, r >= 0x30A1 && r <= 0x30FA, // kana
		r >= 0x4E00 && r <= 0x9FFF, // Han
		r >= 0xAC00 && r <= 0xD7A3: // Hangul syllables
		return 2
	}
	return 0
}
