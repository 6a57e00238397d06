package filter

import "strings"

// Kind is by what the values of a column are compared.
type Kind uint8

// The kinds of columns.
const (
	Text   Kind = iota // as texts, numbers within them by their value
	Number             // as numbers
	Bytes              // as sizes: 1MB, 20kB, 4096
	Age                // by how long ago they were: 90s, 2h, 7d; or by their date
	Choice             // as one of few values, which have an order
)

// Field describes a column to the language.
type Field struct {
	Name string
	Kind Kind
	// Choices are the values of a [Choice], the least first; of a [Text], values worth
	// suggesting.
	Choices []string
}

// Path reports whether a name has the form of a path to a fragment ("c8y_Hardware.model"),
// rather than that of a column.
func Path(name string) bool { return strings.ContainsAny(name, "._") }

// lookUp finds the field of a name: by its name, or by a beginning that only one field has.
func lookUp(fields []Field, name string) (at int, others []string) {
	at = -1
	for i, f := range fields {
		switch {
		case strings.EqualFold(f.Name, name):
			return i, nil
		case len(f.Name) > len(name) && strings.EqualFold(f.Name[:len(name)], name):
			others = append(others, f.Name)
			at = i
		}
	}
	if len(others) > 1 {
		return -1, others
	}
	return at, nil
}
