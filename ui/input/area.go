package input

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/text"
)

// Area is typed text of several lines: a note, a JSON document. Long lines are
// wrapped. Make one with [NewArea].
type Area struct {
	placeholder text.Safe
	text        buffer
	rows        []row // as wrapped at the width
	width       int   // of which; 0 if they must be made again
	top         int   // the first row that is drawn
	column      int   // where up and down want to be, -1 for where the cursor is
}

// row is one line on the screen: the characters from start up to end.
type row struct{ start, end int }

// NewArea returns an empty area with a placeholder shown while it is empty.
func NewArea(placeholder text.Safe) *Area { return &Area{placeholder: placeholder, column: -1} }

// Value returns what was typed.
func (a *Area) Value() string { return a.text.value() }

// SetValue replaces what was typed; the cursor goes to its beginning, where
// reading begins.
func (a *Area) SetValue(s string) {
	a.text.set(s)
	a.text.at, a.top = 0, 0
	a.edited()
}

// Key gives the area a key and reports whether it meant something there: up and
// down do not at the edges of the text.
func (a *Area) Key(msg tea.KeyPressMsg) (taken bool) {
	switch msg.String() {
	case "up", "ctrl+p":
		return a.climb(-1)
	case "down", "ctrl+n":
		return a.climb(1)
	case "pgup":
		for range 8 {
			a.climb(-1)
		}
		return true
	case "pgdown":
		for range 8 {
			a.climb(1)
		}
		return true
	case "ctrl+home":
		a.text.at = 0
	case "ctrl+end":
		a.text.at = len(a.text.runes)
	case "enter", "shift+enter", "alt+enter":
		a.text.insert(append([]rune{'\n'}, a.indent()...))
	default:
		if !a.text.key(msg) {
			return false
		}
	}
	a.edited()
	return true
}

// indent returns the blanks with which the line of the cursor begins, so that
// the next one begins with them too.
func (a *Area) indent() []rune {
	start := a.text.start(a.text.at)
	end := start
	for end < a.text.at && (a.text.runes[end] == ' ' || a.text.runes[end] == '\t') {
		end++
	}
	return append([]rune(nil), a.text.runes[start:end]...)
}

// Paste inserts pasted text.
func (a *Area) Paste(s string) {
	a.text.insert([]rune(typable(s)))
	a.edited()
}

func (a *Area) edited() { a.width, a.column = 0, -1 }

// climb moves the cursor up or down by a row, keeping its column as well as the
// rows allow.
func (a *Area) climb(by int) bool {
	a.wrap(max(1, a.width))
	from := a.rowOf(a.text.at)
	to := from + by
	if to < 0 || to >= len(a.rows) {
		return false
	}
	if a.column < 0 {
		_, a.column = a.drawRow(row{a.rows[from].start, a.text.at})
	}
	at, cells := a.rows[to].start, 0
	for at < a.rows[to].end {
		next := a.text.after(at)
		_, n := a.text.shown(at, next)
		if cells+n > a.column || next == a.rows[to].end && to+1 < len(a.rows) && a.rows[to+1].start == next {
			break // the last place of a wrapped row belongs to the next one
		}
		cells += n
		at = next
	}
	a.text.at = at
	return true
}

// wrap breaks the text into rows of at most width cells, one for the cursor.
func (a *Area) wrap(width int) {
	if a.width == width && a.rows != nil {
		return
	}
	a.width, a.rows = width, a.rows[:0]
	start, cells := 0, 0
	for i := 0; i < len(a.text.runes); {
		if a.text.runes[i] == '\n' {
			a.rows = append(a.rows, row{start, i})
			i++
			start, cells = i, 0
			continue
		}
		next := a.text.after(i)
		_, n := a.text.shown(i, next)
		if cells+n > width-1 && i > start {
			a.rows = append(a.rows, row{start, i})
			start, cells = i, 0
		}
		cells += n
		i = next
	}
	a.rows = append(a.rows, row{start, len(a.text.runes)})
}

// rowOf returns the row on which a position lies.
func (a *Area) rowOf(at int) int {
	low, high := 0, len(a.rows)-1
	for low < high {
		middle := (low + high + 1) / 2
		if a.rows[middle].start <= at {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// Render returns the part of the text around the cursor: at most height lines,
// at most width cells wide.
func (a *Area) Render(th *theme.Theme, width, height int) []string {
	return a.lines(th, width, height, true)
}

// Still returns the same without a cursor, while nobody types in it.
func (a *Area) Still(th *theme.Theme, width, height int) []string {
	return a.lines(th, width, height, false)
}

func (a *Area) lines(th *theme.Theme, width, height int, focused bool) []string {
	width, height = max(2, width), max(1, height)
	if len(a.text.runes) == 0 {
		hint := th.Render(theme.Faint, string(text.Fit(a.placeholder, width-1, text.Left)))
		if focused {
			hint = caret(th, " ") + hint
		}
		return []string{hint}
	}
	a.wrap(width)
	here := a.rowOf(a.text.at)
	a.top = max(0, min(max(min(a.top, here), here-height+1), len(a.rows)-height))
	var lines []string
	for i := a.top; i < min(a.top+height, len(a.rows)); i++ {
		r := a.rows[i]
		if !focused || i != here {
			drawn, _ := a.drawRow(r)
			lines = append(lines, th.Render(theme.Text, drawn))
			continue
		}
		before, _ := a.drawRow(row{r.start, a.text.at})
		under, next := " ", a.text.at
		if next < r.end {
			next = a.text.after(next)
			if drawn, n := a.text.shown(a.text.at, next); n > 0 {
				under = string(drawn)
			}
		}
		after, _ := a.drawRow(row{next, r.end})
		lines = append(lines, th.Render(theme.Strong, before)+caret(th, under)+th.Render(theme.Strong, after))
	}
	return lines
}

func (a *Area) drawRow(r row) (drawn string, cells int) {
	var b strings.Builder
	for i := r.start; i < r.end; {
		next := min(a.text.after(i), r.end)
		s, n := a.text.shown(i, next)
		b.WriteString(string(s))
		cells += n
		i = next
	}
	return b.String(), cells
}
