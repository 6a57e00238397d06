package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
)

// Overlay lies over the frame and takes every key until it is done: a dialog,
// the palette, the help. One that is a [Pointer] understands the mouse, relative
// to its own upper left corner.
type Overlay interface {
	Key(tea.KeyPressMsg)
	Paste(string)
	// Render returns the overlay's lines, at most height, none wider than
	// width. The shell centres them.
	Render(th *theme.Theme, width, height int) []string
	Done() bool
}

// overlay draws the box over the frame's lines, with its upper left corner at
// x, y, in place.
func overlay(lines, box []string, x, y int) {
	for i, boxed := range box {
		row := y + i
		if row < 0 || row >= len(lines) {
			continue
		}
		line := lines[row]
		width := ansi.StringWidth(boxed)
		var b strings.Builder
		left := ansi.Truncate(line, x, "")
		b.WriteString(left)
		if strings.Contains(left, "\x1b") {
			b.WriteString(theme.Reset)
		}
		if gap := x - ansi.StringWidth(left); gap > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		b.WriteString(boxed)
		if strings.Contains(boxed, "\x1b") {
			b.WriteString(theme.Reset)
		}
		b.WriteString(from(line, x+width))
		lines[row] = b.String()
	}
}

// from returns the line from column x on. Of a wide letter that begins before it
// the right half is left as a blank.
func from(line string, x int) string {
	want := max(0, ansi.StringWidth(line)-x)
	right := ansi.TruncateLeft(line, x, "")
	switch got := ansi.StringWidth(right); {
	case got > want: // the letter was kept whole
		return " " + ansi.TruncateLeft(line, x+1, "")
	case got < want:
		return " " + right
	}
	return right
}

// corner is where a box begins on the screen, in cells.
type corner struct{ x, y int }

// centre draws the box over the middle of the lines and returns where that is.
func centre(lines, box []string, width int) corner {
	widest := 0
	for _, l := range box {
		widest = max(widest, ansi.StringWidth(l))
	}
	at := corner{max(0, (width-widest)/2), max(0, (len(lines)-len(box))/2)}
	overlay(lines, box, at.x, at.y)
	return at
}
