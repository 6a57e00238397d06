package edge

import (
	"c8yx/theme"
	"c8yx/ui/text"
)

// The widths of the edges, in cells. The scrollbar's are always there, so that
// nothing moves when a list outgrows the screen.
const (
	Left  = 3 // cursor bar, mark, blank
	Right = 2 // blank, scrollbar
)

// The signs of the gutter. They carry their meaning without colour.
const (
	cursorBar text.Safe = "▌"
	rowMark   text.Safe = "✓"
)

// Row is how one row is drawn.
type Row struct {
	Theme   *theme.Theme
	Cursor  bool // the cursor is on it
	Focused bool // keys go to the list
	Marked  bool
}

// Style returns the escape prefix of a role on this row.
func (r Row) Style(role theme.Role) string {
	if r.Cursor && r.Focused {
		return r.Theme.CursorSGR(role)
	}
	return r.Theme.SGR(role)
}

// Begin starts the row's line and draws its gutter.
func (r Row) Begin(f *text.Frame) {
	f.Line(r.Style(theme.Text))
	switch {
	case !r.Cursor:
		f.Blank(1)
	case r.Focused:
		f.Write(r.Style(theme.Accent), cursorBar)
	default:
		f.Write(r.Style(theme.Muted), cursorBar)
	}
	if r.Marked {
		f.Write(r.Style(theme.Accent), rowMark)
		f.Blank(1)
	} else {
		f.Blank(2)
	}
}

// Bar is the scrollbar of a window of Page rows that begins at row Offset of
// Rows. There is none where all rows fit.
type Bar struct{ Offset, Page, Rows int }

// Needed reports whether there is something to scroll.
func (b Bar) Needed() bool { return b.Page > 0 && b.Rows > b.Page }

// Draw draws the scrollbar's part of line y of the window into the last cell of
// the line.
func (b Bar) Draw(f *text.Frame, th *theme.Theme, y int) {
	if !b.Needed() {
		return
	}
	f.BlankTo(1)
	size := max(b.Page*b.Page/b.Rows, 1)
	from := b.Offset * (b.Page - size) / (b.Rows - b.Page)
	if y >= from && y < from+size {
		f.Write(th.SGR(theme.Chrome), "┃")
	} else {
		f.Write(th.SGR(theme.Faint), "│")
	}
}

// OffsetAt returns the first row of the window for a click on line y of the
// scrollbar.
func (b Bar) OffsetAt(y int) int {
	if !b.Needed() {
		return 0
	}
	return y * (b.Rows - b.Page) / max(b.Page-1, 1)
}
