package table

import (
	"c8yx/theme"
	"c8yx/ui/edge"
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
	bar := t.bar()
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
		bar.Draw(&t.frame, t.theme, y)
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
		f.Blank(edge.Left - 1)
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
	line := edge.Row{Theme: t.theme, Cursor: row == t.cursor, Focused: !t.blurred, Marked: state.Marked}
	line.Begin(f)
	for _, s := range t.slots {
		under := row == t.cursor && s.column == t.cell
		if under {
			f.BlankTo(t.width - s.x + 1)
			f.Write(line.Style(theme.Accent), "[")
		}
		f.BlankTo(t.width - s.x)
		cell := cells[s.column]
		if state.Muted {
			cell.Role = theme.Muted
		}
		t.found = t.found[:0]
		if t.highlight != nil {
			t.found = t.highlight(t.found, row, s.column, cell.Text)
		}
		f.MarkedField(line.Style(cell.Role), cell.Text, s.width, t.columns[s.column].Align, t.found, line.Style(theme.Match))
		if under {
			f.Write(line.Style(theme.Accent), "]")
		}
	}
}

// bar returns the scrollbar of the rows as they were drawn.
func (t *Table) bar() edge.Bar {
	return edge.Bar{Offset: t.offset, Page: t.height - headerHeight, Rows: t.rows}
}
