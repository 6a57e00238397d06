package collection

import (
	"cmp"
	"strings"
	"time"
	"unicode"

	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/show"
)

// Words is a column of text, ordered as people order names.
func Words[T any](name string, shape table.Column, role theme.Role, get func(T) string) Column[T] {
	return Column[T]{
		Name: name, Column: shape,
		Cell:    func(item T) table.Cell { return table.Cell{Text: text.Clean(get(item)), Role: role} },
		Compare: func(a, b T) int { return show.CompareNames(get(a), get(b)) },
	}
}

// Identifier is a column of ids: muted, to the right, numbers in order of their value.
func Identifier[T any](get func(T) string) Column[T] {
	return Column[T]{
		Name: "id", Column: table.Column{Title: "ID", Min: 4, Max: 14, Priority: 1, Align: text.Right},
		Cell:    func(item T) table.Cell { return table.Cell{Text: text.Clean(get(item)), Role: theme.Muted} },
		Compare: func(a, b T) int { return show.CompareIDs(get(a), get(b)) },
	}
}

// Count is a column of whole numbers, in groups of three digits; zero is faint.
func Count[T any](name string, shape table.Column, get func(T) int64) Column[T] {
	shape.Align = text.Right
	return Column[T]{
		Name: name, Column: shape,
		Cell: func(item T) table.Cell {
			n := get(item)
			if n == 0 {
				return table.Cell{Text: "0", Role: theme.Faint}
			}
			return table.Cell{Text: text.Count(int(n))}
		},
		Compare: func(a, b T) int { return cmp.Compare(get(a), get(b)) },
		Number:  func(item T) (float64, bool) { return float64(get(item)), true },
	}
}

// Size is a column of numbers of bytes, in the largest unit that fits.
func Size[T any](name string, shape table.Column, get func(T) int64) Column[T] {
	shape.Align = text.Right
	return Column[T]{
		Name: name, Column: shape,
		Cell:    func(item T) table.Cell { return table.Cell{Text: text.Bytes(get(item))} },
		Compare: func(a, b T) int { return cmp.Compare(get(a), get(b)) },
		Number:  func(item T) (float64, bool) { return float64(get(item)), true },
		Bytes:   true,
	}
}

// When is a column of ages.
func When[T any](name string, shape table.Column, get func(T) time.Time) Column[T] {
	shape.Align = text.Right
	return Column[T]{Name: name, Column: shape, Time: get}
}

// State is a column of a few words with meanings of their own, ordered as listed in order; what is
// not in it comes last. The filter knows the words without the signs before them.
func State[T any, S comparable](name string, shape table.Column, order []S, state func(T) S, show func(S) table.Cell) Column[T] {
	rank := func(item T) int {
		for i, s := range order {
			if s == state(item) {
				return i
			}
		}
		return len(order)
	}
	choices := make([]string, len(order))
	for i, s := range order {
		choices[i] = word(show(s).Text)
	}
	return Column[T]{
		Name: name, Column: shape,
		Cell:    func(item T) table.Cell { return show(state(item)) },
		Compare: func(a, b T) int { return cmp.Compare(rank(a), rank(b)) },
		Text:    func(item T) string { return word(show(state(item)).Text) },
		Choices: choices,
	}
}

// word returns a text without the sign before it: "major" of "▲ major".
func word(s text.Safe) string {
	return strings.TrimLeftFunc(string(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// Styled returns the column with cells of another look; order and filter stay.
func (c Column[T]) Styled(cell func(T) table.Cell) Column[T] {
	c.Cell = cell
	return c
}

// Concealed returns the column as one that is not shown until the user asks for it.
func (c Column[T]) Concealed() Column[T] {
	c.Hidden = true
	return c
}
