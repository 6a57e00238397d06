package table

import (
	"c8yx/theme"
	"c8yx/ui/text"
)

// View returns the table as height lines of width cells each, joined by line
// breaks. As long as nothing changed it is the same string again.
func (t *Table) View() string {
	t.settle()
	if rows := t.len(); !t.dirty && rows == t.rows {
		return t.view
	}
	t.rows, t.dirty = t.len(), false
	t.view = t.draw()
	return t.view
}

func (t *Table) draw() string {
	if t.width == 0 || t.height == 0 {
		return ""
	}
	first, end := t.offset, min(t.offset+t.height-headerHeight, t.rows)
	t.measure(first, end)
	t.layout()
	t.frame.Reset(t.width)
	t.drawHeader()
	from, to := t.thumb()
	for y := range t.height - headerHeight {
		switch row := first + y; {
		case row < end:
			t.drawRow(row, t.cells[y*len(t.columns):(y+1)*len(t.columns)])
		case t.rows == 0 && y == (t.height-headerHeight-1)/2:
			t.frame.Line("")
			t.frame.Field(t.theme.SGR(t.empty.Role), t.empty.Text, t.width, text.Center)
			continue
		default:
			t.frame.Line("")
			continue
		}
		if from < to {
			t.drawBar(y >= from && y < to)
		}
	}
	return t.frame.String()
}

// drawHeader draws the titles, the sort arrow, and at both ends the signs that
// there are columns out of sight.
func (t *Table) drawHeader() {
	f := &t.frame
	chrome, strong := t.theme.SGR(theme.Chrome), t.theme.SGR(theme.ChromeStrong)
	f.Line("")
	if t.scroll > 0 {
		f.Blank(gutterWidth - 1)
		f.Write(strong, "‹")
	}
	for _, s := range t.slots {
		f.BlankTo(t.width - s.x)
		column := t.columns[s.column]
		if s.column != t.sorted {
			f.Field(chrome, column.Title, s.width, column.Align)
			continue
		}
		var arrow text.Safe = "↑"
		if t.descending {
			arrow = "↓"
		}
		title := min(text.Width(column.Title), max(s.width-arrowWidth, 0))
		if column.Align == text.Right {
			f.Blank(s.width - arrowWidth - title)
		}
		f.Field(strong, column.Title, title, text.Left)
		if s.width > arrowWidth {
			f.Blank(1)
		}
		f.Write(strong, arrow)
	}
	if t.hidden {
		f.BlankTo(1)
		f.Write(strong, "›")
	}
}

// drawRow draws one row up to the scrollbar.
func (t *Table) drawRow(row int, cells []Cell) {
	f, state := &t.frame, t.source.Row(row)
	style := t.theme.SGR
	under := row == t.cursor
	if under && !t.blurred {
		style = t.theme.CursorSGR
	}
	f.Line(style(theme.Text))
	switch {
	case under && t.blurred:
		f.Write(style(theme.Muted), cursorBar)
	case under:
		f.Write(style(theme.Accent), cursorBar)
	default:
		f.Blank(1)
	}
	if state.Marked {
		f.Write(style(theme.Accent), rowMark)
	}
	for _, s := range t.slots {
		f.BlankTo(t.width - s.x)
		cell := cells[s.column]
		if state.Muted {
			cell.Role = theme.Muted
		}
		t.found = t.found[:0]
		if t.highlight != nil {
			t.found = t.highlight(t.found, row, s.column, cell.Text)
		}
		f.MarkedField(style(cell.Role), cell.Text, s.width, t.columns[s.column].Align, t.found, style(theme.Match))
	}
	f.BlankTo(1)
}

// drawBar draws the last cell of a line, which belongs to the scrollbar.
func (t *Table) drawBar(thumb bool) {
	if thumb {
		t.frame.Write(t.theme.SGR(theme.Chrome), "┃")
	} else {
		t.frame.Write(t.theme.SGR(theme.Faint), "│")
	}
}

// The signs of the gutter. They carry their meaning without colour.
const (
	cursorBar text.Safe = "▌"
	rowMark   text.Safe = "✓"
)

// thumb returns the lines of the scrollbar's thumb, from and up to but not
// including to; none if all rows are visible.
func (t *Table) thumb() (from, to int) {
	page := t.height - headerHeight
	if page < 1 || t.rows <= page {
		return 0, 0
	}
	size := max(page*page/t.rows, 1)
	from = t.offset * (page - size) / (t.rows - page)
	return from, from + size
}
