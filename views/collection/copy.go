package collection

import (
	"cmp"
	"strings"

	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/views/copyas"
)

// copy asks what to copy: of the thing under the cursor, or of all that are marked.
func (v *View[T]) copy() {
	at := v.table.Cursor()
	item, _ := v.rows.At(at)
	slot, _ := v.rows.Slot(at)
	marked := v.rows.MarkedSlots()
	if len(marked) == 0 {
		marked = []int32{slot}
	}
	s := copyas.Subject{ID: v.rows.ID(at), Place: v.Place(), What: "this list"}
	many := v.kind.count(len(marked))
	s.Own = append(s.Own,
		dialog.Choice{Key: "v", Title: "Value…", Note: "of one column", Run: func() { v.copyValue(slot) }},
	)
	rows := dialog.Choice{Key: "r", Title: "Row", Note: "its values, parted by tabs", Run: func() { v.scope.Copy("the row", v.lines([]int32{slot})) }}
	if len(marked) > 1 {
		rows = dialog.Choice{Key: "r", Title: "Rows", Note: "of the " + many + " marked, with a header, for a spreadsheet", Run: func() {
			v.scope.Copy("the rows of "+many, v.header()+"\n"+v.lines(marked))
		}}
		s.Own = append(s.Own, dialog.Choice{Key: "c", Title: "Column…", Note: "of the " + many + " marked, a line each", Run: func() { v.copyColumn(marked) }})
	}
	s.Own = append(s.Own, rows)
	if v.kind.Path != nil {
		s.Path = v.kind.Path(item)
		if n := len(marked); n > 1 && n <= copyas.MostDocuments {
			s.Own = append(s.Own, dialog.Choice{Key: "J", Title: "JSON", Note: "of the " + many + " marked, an array", Run: func() {
				paths := make([]string, n)
				for i, slot := range marked {
					paths[i] = v.kind.Path(v.rows.Item(slot))
				}
				copyas.Documents(v.tenant, v.scope, paths)
			}})
		}
	}
	if v.kind.Copies != nil {
		items := v.rows.MarkedItems()
		if len(items) == 0 {
			items = []T{item}
		}
		s.Own = append(s.Own, v.kind.Copies(&Act[T]{Items: items, Place: v.place, Tenant: v.tenant, Scope: v.scope, view: v})...)
	}
	if v.kind.Request != nil {
		s.Request = v.kind.Request(item)
	}
	if v.kind.Named != nil {
		s.Object, _ = v.kind.Named(item)
	}
	copyas.Menu(v.tenant, v.scope, s)
}

// copyValue asks which value of a thing to copy.
func (v *View[T]) copyValue(slot int32) {
	v.chooseColumn("Copy the value of", func(c *column[T]) text.Safe { return text.Clean(v.plain(c, slot)) }, func(c *column[T]) {
		v.scope.Copy(text.Clean(c.Name), v.plain(c, slot))
	})
}

// copyColumn asks of which column to copy the values of some things.
func (v *View[T]) copyColumn(slots []int32) {
	v.chooseColumn("Copy the column", func(*column[T]) text.Safe { return "" }, func(c *column[T]) {
		values := make([]string, len(slots))
		for i, slot := range slots {
			values[i] = v.plain(c, slot)
		}
		v.scope.Copy("the column "+text.Clean(c.Name), strings.Join(values, "\n"))
	})
}

// chooseColumn asks for one of the columns that are shown; the one that the list is sorted by is
// the first.
func (v *View[T]) chooseColumn(title text.Safe, note func(*column[T]) text.Safe, take func(*column[T])) {
	var choices []dialog.Choice
	for _, i := range v.shown {
		c := &v.columns[i]
		choices = append(choices, dialog.Choice{Title: text.Clean(cmp.Or(string(c.Title), c.Name)), Note: note(c), Run: func() { take(c) }})
	}
	v.scope.Show(&dialog.Choose{Title: title, Choices: choices})
}

// header returns the names of the columns that are shown, parted by tabs.
func (v *View[T]) header() string {
	names := make([]string, len(v.shown))
	for i, at := range v.shown {
		names[i] = v.columns[at].Name
	}
	return strings.Join(names, "\t")
}

// lines returns the values of things, parted by tabs, a line each.
func (v *View[T]) lines(slots []int32) string {
	lines := make([]string, len(slots))
	for i, slot := range slots {
		values := make([]string, len(v.shown))
		for j, at := range v.shown {
			values[j] = strings.ReplaceAll(v.plain(&v.columns[at], slot), "\t", " ")
		}
		lines[i] = strings.Join(values, "\t")
	}
	return strings.Join(lines, "\n")
}

// plain returns what a thing has in a column, as other programs read it.
func (v *View[T]) plain(c *column[T], slot int32) string {
	if c.path == nil {
		return c.plain(v.rows.Item(slot))
	}
	if at := v.wantedIndex(c.Name); at >= 0 && v.rows.Known(at) {
		return v.rows.Value(at, slot)
	}
	return ""
}
