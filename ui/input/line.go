package input

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/text"
)

// Line is a line of typed text. Make one with [New].
type Line struct {
	prompt, placeholder text.Safe
	secret              bool
	text                buffer
	from                int // the first character that is drawn
}

// New returns an empty line with a prompt before it and a placeholder shown
// while it is empty.
func New(prompt, placeholder text.Safe) *Line {
	return &Line{prompt: prompt, placeholder: placeholder}
}

// Secret makes the line show dots instead of what is typed.
func (l *Line) Secret() *Line {
	l.secret = true
	return l
}

// Value returns what was typed.
func (l *Line) Value() string { return l.text.value() }

// SetValue replaces what was typed; the cursor goes to its end.
func (l *Line) SetValue(s string) { l.text.set(s) }

// Key gives the line a key and reports whether the text changed.
func (l *Line) Key(msg tea.KeyPressMsg) (changed bool) {
	before := len(l.text.runes)
	inserts := l.text.key(msg) && msg.Text != ""
	return inserts || len(l.text.runes) != before
}

// Paste inserts pasted text, kept on one line: line breaks around it are
// dropped, and within it become spaces. A secret is taken as it is otherwise, so
// blanks at its ends count.
func (l *Line) Paste(s string) {
	s = strings.Trim(typable(s), "\n")
	s = strings.NewReplacer("\n", " ", "\t", " ").Replace(s)
	if !l.secret {
		s = strings.TrimSpace(s)
	}
	l.text.insert([]rune(s))
}

// Render returns the line with its cursor, at most width cells wide.
func (l *Line) Render(th *theme.Theme, width int) string {
	prompt := th.Render(theme.Key, string(l.prompt))
	room := max(1, width-text.Width(l.prompt))
	if len(l.text.runes) == 0 {
		if l.placeholder == "" || room < 2 {
			return prompt + caret(th, " ")
		}
		hint := []rune(text.Fit(l.placeholder, min(room, text.Width(l.placeholder)), text.Left))
		return prompt + caret(th, string(hint[0])) + th.Render(theme.Faint, string(hint[1:]))
	}
	l.scroll(room)
	before, used := l.draw(l.from, l.text.at, room)
	under, cells := text.Safe(" "), 1
	next := l.text.after(l.text.at)
	if l.text.at < len(l.text.runes) {
		if drawn, n := l.shown(l.text.at, next); n > 0 {
			under, cells = drawn, n
		}
	}
	after, _ := l.draw(next, len(l.text.runes), room-used-cells)
	return prompt + th.Render(theme.Strong, before) + caret(th, string(under)) + th.Render(theme.Strong, after)
}

// Still returns the line as it is drawn while nobody types in it: its beginning,
// at most width cells of it, without a cursor.
func (l *Line) Still(th *theme.Theme, width int) string {
	prompt, room := th.Render(theme.Key, string(l.prompt)), width-text.Width(l.prompt)
	if len(l.text.runes) == 0 {
		return prompt + th.Render(theme.Faint, string(text.Fit(l.placeholder, min(room, text.Width(l.placeholder)), text.Left)))
	}
	value, used := l.draw(0, len(l.text.runes), room)
	if last, n := l.draw(0, len(l.text.runes), room+1); n > used && last != value {
		value, _ = l.draw(0, len(l.text.runes), room-1)
		value += string(text.Ellipsis)
	}
	return prompt + th.Render(theme.Text, value)
}

// scroll moves the window so that the cursor is in it, with a cell to spare for
// the cursor behind the text.
func (l *Line) scroll(room int) {
	if l.from > l.text.at {
		l.from = l.text.at
	}
	cells, first := 1, l.text.at
	if l.text.at < len(l.text.runes) {
		_, n := l.shown(l.text.at, l.text.after(l.text.at))
		cells = max(1, n)
	}
	for first > 0 {
		previous := l.text.before(first)
		_, n := l.shown(previous, first)
		if cells+n > room {
			break
		}
		cells += n
		first = previous
	}
	l.from = max(l.from, first)
	if l.from > first && l.text.at == len(l.text.runes) {
		l.from = first // text was removed: show as much as there is room for
	}
}

// draw returns the characters between two positions, as many as fit.
func (l *Line) draw(from, to, room int) (drawn string, cells int) {
	var b strings.Builder
	for i := from; i < to; {
		next := min(l.text.after(i), to)
		s, n := l.shown(i, next)
		if cells+n > room {
			break
		}
		b.WriteString(string(s))
		cells += n
		i = next
	}
	return b.String(), cells
}

func (l *Line) shown(i, next int) (drawn text.Safe, cells int) {
	if l.secret {
		return "•", 1
	}
	return l.text.shown(i, next)
}

// caret draws the character under the cursor.
func caret(th *theme.Theme, under string) string {
	return th.Style(theme.Accent).Reverse(true).Render(under)
}

// Cursor returns where the cursor stands, in bytes of the value.
func (l *Line) Cursor() int { return len(string(l.text.runes[:l.text.at])) }

// SetCursor puts the cursor at a position, in bytes of the value.
func (l *Line) SetCursor(at int) {
	value := l.Value()
	l.text.at = len([]rune(value[:max(0, min(at, len(value)))]))
}

// Replace puts a text in the place of what stands between two positions, in bytes of the value,
// and the cursor behind it.
func (l *Line) Replace(from, to int, s string) {
	value := l.Value()
	from = max(0, min(from, len(value)))
	to = max(from, min(to, len(value)))
	l.text.set(value[:from] + s + value[to:])
	l.SetCursor(from + len(s))
}
