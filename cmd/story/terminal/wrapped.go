package terminal

import "strings"

// sides are what may stand at the end of a line of text that goes on in the next one: the border of what it
// is in.
const sides = "│┃"

// FindWrapped reports whether the screen shows the text, which may have been broken into lines: at a space, or
// where there is none. Behind a piece there is nothing but blanks and a border, or the end of the line, and all
// pieces after the first begin in the same column, behind a blank or a border or at the left edge.
func (t *Terminal) FindWrapped(text string) bool {
	grid, want := t.grid(), []rune(text)
	for y, line := range grid {
		for x := range line {
			if reads(grid[y:], x, want) {
				return true
			}
		}
	}
	return false
}

// half stands for the right half of a wide character.
const half = -1

// grid returns the first character of each cell of the screen.
func (t *Terminal) grid() [][]rune {
	t.mu.Lock()
	defer t.mu.Unlock()
	grid := make([][]rune, t.emulator.Height())
	for y := range grid {
		grid[y] = make([]rune, 0, t.emulator.Width())
		for x := 0; x < t.emulator.Width(); x++ {
			cell := t.emulator.CellAt(x, y)
			grid[y] = append(grid[y], []rune(content(cell))[0])
			for isWide(cell) && len(grid[y]) < x+cell.Width {
				grid[y] = append(grid[y], half)
			}
			x = len(grid[y]) - 1
		}
	}
	return grid
}

// reads reports whether the text begins at a position of the first line and goes on below.
func reads(lines [][]rune, x int, text []rune) bool {
	rest, whole := piece(lines[0], x, text)
	if whole {
		return true
	}
	if len(rest) == len(text) {
		return false
	}
	for left := range x + 1 {
		if continues(lines[1:], left, rest) {
			return true
		}
	}
	return false
}

// continues reports whether the rest of a text stands in the lines from a column on.
func continues(lines [][]rune, left int, rest []rune) bool {
	for _, line := range lines {
		if left > 0 && (left > len(line) || !edges(line[left-1:left])) {
			return false
		}
		before := len(rest)
		var whole bool
		if rest, whole = piece(line, left, rest); whole {
			return true
		}
		if len(rest) == before {
			return false
		}
	}
	return false
}

// piece takes what of the text stands in a line from a column on, up to where the line ends, and returns the
// rest; all of it if the line goes on with something else. whole is true if nothing is left.
func piece(line []rune, x int, text []rune) (rest []rune, whole bool) {
	rest = text
	for x < len(line) && len(rest) > 0 && (line[x] == rest[0] || line[x] == half) {
		if line[x] != half {
			rest = rest[1:]
		}
		x++
	}
	switch {
	case len(rest) == 0:
		return nil, true
	case len(rest) == len(text) || !edges(line[x:]):
		return text, false
	}
	if rest[0] == ' ' { // at which it was broken
		rest = rest[1:]
	}
	return rest, len(rest) == 0
}

// edges reports whether a line ends here: with blanks, and perhaps a border behind which there is something else.
func edges(line []rune) bool {
	for len(line) > 0 && line[0] == ' ' {
		line = line[1:]
	}
	return len(line) == 0 || strings.ContainsRune(sides, line[0])
}
