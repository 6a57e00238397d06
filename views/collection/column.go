package collection

import (
	"cmp"
	"time"

	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection/filter"
	"c8yx/views/fragment"
	"c8yx/views/show"
)

// Column describes one column of a kind.
type Column[T any] struct {
	table.Column
	// Name is the column's name in places, filters and the configuration.
	Name string
	// Cell returns what a thing shows. It is called for visible rows, and once
	// for every thing, beside the update loop, for the filter.
	Cell func(T) table.Cell
	// Time makes the column one of ages: how long ago, or in how long. Such a
	// column needs no Cell and no Compare; words of the filter are not searched in it.
	Time func(T) time.Time
	// Compare orders two things by the column; nil means it cannot be sorted by.
	Compare func(a, b T) int

	// Number makes the column one of numbers to the filter ("alarms>0"); ok is false for what
	// has none. Bytes says that they are sizes.
	Number func(T) (n float64, ok bool)
	Bytes  bool
	// Text returns what the filter compares, where that is not what the cell shows.
	Text func(T) string
	// Choices are the only values of the column, the least first ("severity>=MAJOR").
	Choices []string
	// Property is the path of the column in the tenant's documents, where the tenant can be
	// asked to sort by it.
	Property string
	// Hidden leaves the column out until the user asks for it.
	Hidden bool
	// Whose is the parameter of a place that fixes what stands in the column, "source" in that of
	// devices: a list about one of them is begun without it. "" if there is none.
	Whose string
}

func (c *Column[T]) sortable() bool { return c.Compare != nil || c.Time != nil }

// field describes the column to the filter.
func (c *Column[T]) field() filter.Field {
	f := filter.Field{Name: c.Name, Choices: c.Choices}
	switch {
	case c.Time != nil:
		f.Kind = filter.Age
	case c.Bytes:
		f.Kind = filter.Bytes
	case c.Number != nil:
		f.Kind = filter.Number
	case c.Choices != nil:
		f.Kind = filter.Choice
	}
	return f
}

// text returns what the filter compares.
func (c *Column[T]) text(item T) string {
	switch {
	case c.Text != nil:
		return c.Text(item)
	case c.Cell != nil:
		return string(c.Cell(item).Text)
	}
	return ""
}

// column is what a list can show: a column of its kind, or the fragments at a path.
type column[T any] struct {
	Column[T]
	path   fragment.Path // nil for those of the kind
	chosen int           // width in cells; 0 for as wide as it needs
}

// fragmentColumn is the column of the fragments at a path.
func fragmentColumn[T any](path string) column[T] {
	title := text.Clean(path)
	shape := table.Column{Title: title, Min: min(text.Width(title)+2, 26), Max: 40, Weight: 1, Priority: 6}
	return column[T]{Column: Column[T]{Name: path, Column: shape}, path: fragment.ParsePath(path)}
}

// sortable reports whether the list can be sorted by the column.
func (c *column[T]) sortable() bool { return c.path != nil || c.Column.sortable() }

// kindColumns are the columns of a kind.
func (k *Kind[T]) columns() []column[T] {
	columns := make([]column[T], len(k.Columns))
	for i, c := range k.Columns {
		columns[i] = column[T]{Column: c}
	}
	return columns
}

// fields describes the columns of a kind to the filter.
func (k *Kind[T]) fields() []filter.Field {
	fields := make([]filter.Field, len(k.Columns))
	for i := range k.Columns {
		fields[i] = k.Columns[i].field()
	}
	return fields
}

// fragmentCell shows what stands at a path.
func fragmentCell(value string, known bool) table.Cell {
	switch {
	case value != "":
		return table.Cell{Text: text.Clean(value), Role: theme.Value}
	case !known:
		return table.Cell{Text: "…", Role: theme.Faint}
	}
	return table.Cell{Text: "–", Role: theme.Faint}
}

// compareValues orders what stands at a path: numbers by their value, before texts, and what
// has nothing there last.
func compareValues(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(len(b), len(a))
	}
	return show.CompareNames(a, b)
}
