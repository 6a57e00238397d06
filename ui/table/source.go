package table

import (
	"c8yx/theme"
	"c8yx/ui/text"
)

// Column describes one column. Columns that do not fit vanish, those of the
// lowest priority first and the rightmost of equals; the first column, which
// says what the row is, always stays.
type Column struct {
	Title text.Safe
	Align text.Align

	// Width fixes the width in cells. 0 lets the table measure: at least Min,
	// at most Max (0: no limit).
	Width, Min, Max int

	// Weight is the column's share of space that is left over, relative to the
	// weights of the others. 0 takes none.
	Weight int

	// Priority says how long the column stays when the screen gets narrow;
	// higher stays longer.
	Priority int
}

// Cell is what one row shows in one column.
type Cell struct {
	Text text.Safe
	Role theme.Role
}

// Row is what concerns a whole row.
type Row struct {
	Marked bool // chosen for an action on many
	Muted  bool // drawn without its colours: stale, gone, or not concerned
}

// Source gives the rows of a table. All methods are called from View and only
// for rows below Len; they should be cheap, since they are called again for
// every visible row whenever something changed.
type Source interface {
	// Len returns the number of rows.
	Len() int
	// Row returns the state of a row.
	Row(row int) Row
	// Cell returns what a row shows in a column, counted as in the list given
	// to [New] or [Table.SetColumns].
	Cell(row, column int) Cell
}

// Highlight appends to dst the parts of a cell's text that a filter matched, in
// ascending order, and returns it. See [text.AppendMatches].
type Highlight func(dst []text.Range, row, column int, s text.Safe) []text.Range
