package collection

import (
	"strings"
	"time"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/fields"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/fault"
)

// source lets the table see the rows.
type source[T any] struct{ *View[T] }

// Len returns how many rows pass the filter.
func (s source[T]) Len() int { return s.rows.Shown() }

// Row tells whether a row is marked, and mutes all of them while they are old.
func (s source[T]) Row(i int) table.Row {
	return table.Row{Marked: s.rows.Marked(i), Muted: s.stale()}
}

// Cell returns what a row shows in a column.
func (s source[T]) Cell(i, column int) table.Cell {
	c := &s.columns[s.shown[column]]
	slot, _ := s.rows.Slot(i)
	if c.path != nil {
		at := s.wantedIndex(c.Name)
		return fragmentCell(s.rows.Value(at, slot), s.rows.Known(at))
	}
	item := s.rows.Item(slot)
	if c.Time != nil {
		return ageCell(c.Time(item), time.Now())
	}
	return c.Cell(item)
}

// ageCell shows how long ago something was.
func ageCell(at, now time.Time) table.Cell {
	if at.IsZero() {
		return table.Cell{Text: "–", Role: theme.Faint}
	}
	return table.Cell{Text: text.Age(now.Sub(at)), Role: theme.Muted}
}

// stale reports whether what is shown may no longer be true.
func (v *View[T]) stale() bool { return v.state == failed || !v.lost.IsZero() }

// layout divides the pane.
func (v *View[T]) layout() {
	beside := 0
	if v.detail {
		beside = fields.PaneWidth(v.width)
	}
	v.pane.Resize(beside, v.height)
	v.above = v.filterLines()
	v.table.SetSize(v.width-beside, v.height-v.above)
	v.version++
}

// Render draws the filter line, the table and the detail pane.
func (v *View[T]) Render(th *theme.Theme) string {
	if v.theme != th {
		v.theme = th
		v.table.SetTheme(th)
		v.version++
	}
	if v.above != v.filterLines() {
		v.layout()
	}
	v.table.Invalidate(v.version)
	list := v.table.View()
	if v.rows.Shown() == 0 {
		list = v.drawEmpty(list)
	}
	if v.filterLines() > 0 {
		list = v.drawFilter() + "\n" + list
	}
	if v.pane.Width() == 0 {
		return list
	}
	item, ok := v.rows.At(v.table.Cursor())
	id := v.rows.ID(v.table.Cursor())
	beside := v.pane.Draw(th, v.version, id, func() (text.Safe, []Field) {
		if !ok {
			return "", nil
		}
		return text.Clean(v.kind.Label(item)), v.details(item)
	})
	return v.pair.Join(list, beside)
}

// details returns what the pane says of a thing.
func (v *View[T]) details(item T) []Field {
	now := time.Now()
	if v.kind.Detail != nil {
		return v.kind.Detail(item, now)
	}
	fields := make([]Field, 0, len(v.kind.Columns))
	for _, c := range v.kind.Columns {
		cell := ageCell(time.Time{}, now)
		if c.Time != nil {
			cell = ageCell(c.Time(item), now)
		} else {
			cell = c.Cell(item)
		}
		if cell.Text == "" {
			cell.Text = "–" // without a value it would be a heading
		}
		fields = append(fields, Field{Label: c.Title, Value: cell.Text, Role: cell.Role})
	}
	return fields
}

// drawEmpty puts the reason why there are no rows below the table's header.
func (v *View[T]) drawEmpty(list string) string {
	header, _, _ := strings.Cut(list, "\n")
	height := v.height - v.filterLines() - 1
	if height <= 0 {
		return list
	}
	cell := v.emptiness()
	return header + "\n" + ui.Notice(v.theme, cell.Role, cell.Text, v.width-v.pane.Width(), height)
}

// emptiness says why there are no rows: loading, empty and failed are three
// different pictures.
func (v *View[T]) emptiness() table.Cell {
	switch {
	case v.state == loading:
		return table.Cell{Text: "Reading " + v.kind.Many + " …", Role: theme.Busy}
	case v.state == failed && v.rows.Len() == 0:
		return table.Cell{Text: fault.Explain(v.err), Role: theme.Critical}
	case v.rows.Len() == 0 && v.tenant.Denied(v.kind.Needs) != "":
		// The platform answers with what is the user's own, often nothing.
		return table.Cell{Text: fault.Withheld(v.kind.Many, v.tenant.Denied(v.kind.Needs)), Role: theme.Minor}
	case v.local != "" && v.rows.Len() > 0:
		return table.Cell{Text: "None of " + text.Count(v.rows.Len()) + " " + v.kind.Many + " matches the filter. esc clears it.", Role: theme.Muted}
	case v.kind.Empty != nil:
		return table.Cell{Text: v.kind.Empty(v.place), Role: theme.Muted}
	default:
		return table.Cell{Text: "There are no " + v.kind.Many + " here.", Role: theme.Muted}
	}
}
