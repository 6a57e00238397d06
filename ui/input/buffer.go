package input

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"c8yx/ui/text"
)

// maxRunes is how long a text that is typed or pasted may get. It is more than
// any tenant takes in a field, and little enough to edit without a pause.
const maxRunes = 1 << 20

// buffer is text with a cursor in it.
type buffer struct {
	runes []rune
	at    int // the cursor is before this one
}

func (b *buffer) value() string { return string(b.runes) }

// set replaces the text and puts the cursor behind it. What is no UTF-8 cannot
// be edited and is replaced by the sign for that.
func (b *buffer) set(s string) {
	b.runes = []rune(s)
	b.at = len(b.runes)
}

func (b *buffer) insert(runes []rune) {
	if room := maxRunes - len(b.runes); len(runes) > room {
		runes = runes[:max(0, room)]
	}
	b.runes = slices.Insert(b.runes, b.at, runes...)
	b.at += len(runes)
}

// remove takes away what lies between two positions.
func (b *buffer) remove(from, to int) {
	b.runes = slices.Delete(b.runes, from, to)
	b.at = from
}

// after returns the position behind the character at i: what is drawn on top of
// it, or not at all, goes with it.
func (b *buffer) after(i int) int {
	if i >= len(b.runes) {
		return len(b.runes)
	}
	for i++; i < len(b.runes) && follows(b.runes[i]); i++ {
	}
	return i
}

// before returns the position of the character that ends at i.
func (b *buffer) before(i int) int {
	for i--; i > 0 && follows(b.runes[i]); i-- {
	}
	return max(0, i)
}

// follows reports whether the character belongs to the one before it.
func follows(r rune) bool {
	return r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Variation_Selector)
}

// start and end are the edges of the line on which i lies.
func (b *buffer) start(i int) int {
	for i > 0 && b.runes[i-1] != '\n' {
		i--
	}
	return i
}

func (b *buffer) end(i int) int {
	for i < len(b.runes) && b.runes[i] != '\n' {
		i++
	}
	return i
}

// wordBefore and wordAfter are the edges of the next word.
func (b *buffer) wordBefore(i int) int {
	for i > 0 && !inWord(b.runes[i-1]) {
		i--
	}
	for i > 0 && inWord(b.runes[i-1]) {
		i--
	}
	return i
}

func (b *buffer) wordAfter(i int) int {
	for i < len(b.runes) && !inWord(b.runes[i]) {
		i++
	}
	for i < len(b.runes) && inWord(b.runes[i]) {
		i++
	}
	return i
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || follows(r)
}

// key moves, removes or inserts, as text fields do in terminals. It reports
// whether the key meant something.
func (b *buffer) key(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "left", "ctrl+b":
		b.at = b.before(b.at)
	case "right", "ctrl+f":
		b.at = b.after(b.at)
	case "home", "ctrl+a":
		b.at = b.start(b.at)
	case "end", "ctrl+e":
		b.at = b.end(b.at)
	case "ctrl+left", "alt+left", "alt+b":
		b.at = b.wordBefore(b.at)
	case "ctrl+right", "alt+right", "alt+f":
		b.at = b.wordAfter(b.at)
	case "backspace", "ctrl+h":
		b.remove(b.before(b.at), b.at)
	case "delete", "ctrl+d":
		b.remove(b.at, b.after(b.at))
	case "ctrl+w", "alt+backspace":
		b.remove(b.wordBefore(b.at), b.at)
	case "alt+d", "alt+delete":
		b.remove(b.at, b.wordAfter(b.at))
	case "ctrl+u":
		b.remove(b.start(b.at), b.at)
	case "ctrl+k":
		b.remove(b.at, b.end(b.at))
	default:
		if msg.Text == "" || msg.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper) != 0 {
			return false
		}
		b.insert([]rune(typable(msg.Text)))
	}
	return true
}

// typable drops what cannot be typed: control characters but line breaks and
// tabs. They come with what is copied from terminals.
func typable(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

// shown returns what is drawn for the character from i to the next, and how many
// cells it takes.
func (b *buffer) shown(i, next int) (drawn text.Safe, cells int) {
	if next == i+1 && b.runes[i] >= ' ' && b.runes[i] < 0x7F {
		return text.Clean(string(b.runes[i])), 1
	}
	drawn = text.Clean(string(b.runes[i:next]))
	return drawn, text.Width(drawn)
}
