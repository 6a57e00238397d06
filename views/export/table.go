package export

import (
	"context"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// Table is what can be exported: rows with values under named columns, or whole documents.
type Table struct {
	Columns []string
	// Rows yields what there is, in the order in which it comes. It is called beside the update
	// loop.
	Rows Part
	// Parts are in place of Rows what a large table is put together of. An export that breaks off
	// goes on with the part in which it did.
	Parts []Part
	// Total says how many rows there will be, 0 if that is not known. It may ask the tenant. Nil
	// knows nothing.
	Total func(ctx context.Context) (int, error)
}

// Part yields some rows of a table.
type Part func(ctx context.Context) iter.Seq2[Row, error]

func (t Table) parts() []Part {
	if t.Rows != nil {
		return []Part{t.Rows}
	}
	return t.Parts
}

// Row is one row of a table.
type Row struct {
	// Values stand under the columns, in their order.
	Values []Value
	// Document returns the whole document; nil if there is none.
	Document func() (jsontext.Value, error)
}

// Value is one value of a row.
type Value struct {
	Text string
	// Number says that the text is a number of JSON.
	Number bool
}
