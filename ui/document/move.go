package document

// spot is what stands on a line of the screen.
type spot struct {
	row int // an index into rows, -1 for nothing
	sub int // which part of it, if it is wrapped
}

// Hit is what a click hit.
type Hit uint8

// What can be clicked.
const (
	HitNothing Hit = iota
	HitLine        // a line: the cursor is on it now
	HitFold        // the mark of a container: it was folded or unfolded
	HitLink        // a value that can be followed: the cursor is on it now
)

// Move moves the cursor by n lines. On a wrapped line higher than the screen it
// first shows the rest of the line.
func (v *Viewer) Move(n int) {
	switch {
	case len(v.rows) == 0:
		return
	case v.wrap && n == 1 && v.bottomOf(v.row(v.cursor)) > v.body():
		v.shift(1)
		v.current = false
		return
	case v.wrap && n == -1 && v.row(v.cursor) == v.top && v.skip > 0:
		v.shift(-1)
		v.current = false
		return
	}
	v.cursorTo(v.row(v.cursor) + n)
}

// Page moves the cursor by n screens.
func (v *Viewer) Page(n int) { v.Move(n * max(1, v.body()-1)) }

// Top moves the cursor to the first line, Bottom to the last.
func (v *Viewer) Top() { v.cursorTo(0) }

// Bottom moves the cursor to the last line.
func (v *Viewer) Bottom() { v.cursorTo(len(v.rows) - 1) }

// Parent moves the cursor to the container around it.
func (v *Viewer) Parent() {
	if len(v.doc.lines) == 0 {
		return
	}
	i := v.doc.subject(v.cursor)
	if i == v.cursor {
		i = v.doc.lines[i].parent
	}
	if i >= 0 {
		v.cursorTo(v.row(i))
	}
}

// GoTo moves the cursor to a path, unfolding what hides it, and reports whether
// there is such a path.
func (v *Viewer) GoTo(path string) bool {
	i, exact := v.doc.find(path)
	if !exact || v.isText() {
		return false
	}
	v.show(i)
	return true
}

// show moves the cursor to a line that may be folded away or far off, and puts
// it into the middle if it was not on screen.
func (v *Viewer) show(i int32) {
	v.reveal(i)
	r := v.row(i)
	if r < v.top || r >= v.top+v.body() {
		v.top, v.skip = r-v.body()/2, 0
	}
	v.cursorTo(r)
}

// cursorTo moves the cursor to a row and the screen after it.
func (v *Viewer) cursorTo(row int) {
	if len(v.rows) == 0 {
		return
	}
	v.cursor = v.rows[max(0, min(row, len(v.rows)-1))]
	v.settle()
}

// Scroll moves the screen by n lines, as the wheel does. The cursor stays on
// screen.
func (v *Viewer) Scroll(n int) {
	if len(v.rows) == 0 || v.body() == 0 {
		return
	}
	v.shift(n)
	first, last := v.top, v.top
	if v.skip > 0 && v.bottomOf(first) < v.body() {
		first++
	}
	for used := v.bottomOf(last); last+1 < len(v.rows); last++ {
		if used += v.height1(last + 1); used > v.body() {
			break
		}
	}
	r := max(min(v.row(v.cursor), last), min(first, len(v.rows)-1))
	v.cursor = v.rows[r]
	v.current = false
}

// ScrollX moves the screen sideways by n cells, if long lines are not wrapped.
func (v *Viewer) ScrollX(n int) {
	if v.wrap {
		return
	}
	v.left = max(0, min(v.left+n, max(v.left, v.widest-1)))
	v.current = false
}

// Left returns how many cells are hidden on the left.
func (v *Viewer) Left() int { return v.left }

// Position returns the line of the cursor, counted from 1, and the number of
// lines that are not folded away.
func (v *Viewer) Position() (line, total int) {
	if len(v.rows) == 0 {
		return 0, 0
	}
	return v.row(v.cursor) + 1, len(v.rows)
}

// Click moves the cursor to the line at a cell of the rectangle, folds or
// unfolds a container whose mark was hit, and says what it hit.
func (v *Viewer) Click(x, y int) Hit {
	if x < 0 || x >= v.width || y < 0 || y >= len(v.screen) || v.screen[y].row < 0 {
		return HitNothing
	}
	v.cursorTo(v.screen[y].row)
	if x < v.gutter() && v.doc.container(v.cursor) {
		v.Toggle()
		return HitFold
	}
	if x >= v.gutter() {
		if _, ok := v.Link(); ok {
			return HitLink
		}
	}
	return HitLine
}

// body returns how many lines there are for the document: one is for the note.
func (v *Viewer) body() int {
	if v.doc.problem != nil {
		return max(0, v.height-1)
	}
	return v.height
}

// height1 returns how many screen lines a row takes.
func (v *Viewer) height1(row int) int {
	if !v.wrap {
		return 1
	}
	return len(v.lay(v.rows[row]).breaks)
}

// bottomOf returns how many screen lines there are from the top of the screen
// to the end of a row at or below it; at least more than the body if it is far.
func (v *Viewer) bottomOf(row int) int {
	if !v.wrap {
		return row - v.top + 1
	}
	used := -v.skip
	for r := v.top; r <= row && used <= v.body(); r++ {
		used += v.height1(r)
	}
	return used
}

// shift moves the screen by n lines, up to the ends of the document.
func (v *Viewer) shift(n int) {
	if !v.wrap {
		v.top = max(0, min(v.top+n, len(v.rows)-v.body()))
		return
	}
	for ; n > 0 && !v.atEnd(); n-- {
		v.skip++
		if v.skip >= v.height1(v.top) {
			v.top, v.skip = v.top+1, 0
		}
	}
	for ; n < 0 && (v.top > 0 || v.skip > 0); n++ {
		if v.skip--; v.skip < 0 {
			v.top--
			v.skip = v.height1(v.top) - 1
		}
	}
}

// atEnd reports whether the last line of a wrapped document is on screen.
func (v *Viewer) atEnd() bool {
	return v.bottomOf(len(v.rows)-1) <= v.body()
}

// settle moves the screen so that the cursor is on it and no more is empty than
// must be.
func (v *Viewer) settle() {
	v.current = false
	if len(v.rows) == 0 || v.body() == 0 {
		v.top, v.skip = 0, 0
		return
	}
	at := v.row(v.cursor)
	if !v.wrap {
		v.skip = 0
		v.top = min(max(v.top, at-v.body()+1), at)
		v.top = max(0, min(v.top, len(v.rows)-v.body()))
		return
	}
	v.top = max(0, min(v.top, len(v.rows)-1))
	v.skip = min(v.skip, v.height1(v.top)-1)
	switch {
	case at < v.top || at == v.top && v.skip > 0 && v.height1(at) <= v.body():
		v.top, v.skip = at, 0
	case at > v.top && v.bottomOf(at) > v.body():
		v.endAt(at)
	}
	if v.bottomOf(len(v.rows)-1) < v.body() {
		v.endAt(len(v.rows) - 1)
	}
}

// endAt makes a row the last on screen, or the first if it is too high.
func (v *Viewer) endAt(row int) {
	v.top, v.skip = row, 0
	for used := v.height1(row); v.top > 0; v.top-- {
		if used += v.height1(v.top - 1); used > v.body() {
			return
		}
	}
}
