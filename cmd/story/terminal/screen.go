package terminal

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Cell is what one position of the screen shows.
type Cell struct {
	// Content is one grapheme cluster, " " where nothing was drawn.
	Content string
	// Style is how it is drawn: colours and attributes.
	Style uv.Style
	// Link is the address behind it, if it is a link.
	Link string
}

// Size is the size of the screen in cells.
func (t *Terminal) Size() (width, height int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.emulator.Width(), t.emulator.Height()
}

// Lines is the text on the screen, from top to bottom, without the blanks at
// the end of each line.
func (t *Terminal) Lines() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := make([]string, t.emulator.Height())
	for y := range lines {
		text, _ := t.line(y)
		lines[y] = strings.TrimRight(text, " ")
	}
	return lines
}

// String is the text on the screen.
func (t *Terminal) String() string { return strings.Join(t.Lines(), "\n") }

// Styled is the screen with its colours, as escape sequences: what a terminal
// needs to show it again.
func (t *Terminal) Styled() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.emulator.Render()
}

// Cell returns what is shown at a position; 0, 0 is the top left corner. Outside
// the screen, and in the right half of a wide character, there is nothing: its
// content is empty.
func (t *Terminal) Cell(x, y int) Cell {
	t.mu.Lock()
	defer t.mu.Unlock()
	cell := t.emulator.CellAt(x, y)
	switch {
	case cell == nil:
		return Cell{}
	case cell.Width == 0 && x > 0 && isWide(t.emulator.CellAt(x-1, y)):
		return Cell{}
	}
	return Cell{Content: content(cell), Style: cell.Style, Link: cell.Link.URL}
}

// Find returns the position of the first cell of the text, looking line by line
// from the top, and whether it is there at all.
func (t *Terminal) Find(text string) (x, y int, found bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for y := range t.emulator.Height() {
		line, columns := t.line(y)
		if at := strings.Index(line, text); at >= 0 {
			return columns[at], y, true
		}
	}
	return 0, 0, false
}

// Cursor returns where the text cursor stands, and whether it is shown.
func (t *Terminal) Cursor() (x, y int, shown bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := t.emulator.CursorPosition()
	return at.X, at.Y, t.modes[ansi.ModeTextCursorEnable]
}

// line returns the text of a line, and for each of its bytes the column of the
// cell that it belongs to. The caller holds the lock.
func (t *Terminal) line(y int) (text string, columns []int) {
	var line strings.Builder
	for x := 0; x < t.emulator.Width(); x++ {
		cell := t.emulator.CellAt(x, y)
		shown := content(cell)
		line.WriteString(shown)
		for range len(shown) {
			columns = append(columns, x)
		}
		if isWide(cell) {
			x += cell.Width - 1
		}
	}
	return line.String(), columns
}

func content(cell *uv.Cell) string {
	if cell == nil || cell.Content == "" {
		return " "
	}
	return cell.Content
}

func isWide(cell *uv.Cell) bool { return cell != nil && cell.Width > 1 }
