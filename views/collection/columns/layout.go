package columns

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Layout is a choice of columns. The zero Layout is no choice: the defaults.
type Layout struct {
	Columns []Column `json:"columns"`
	// Sort is a column's name, with a minus before it for the reverse; "" for the default.
	Sort string `json:"sort,omitempty"`
}

// Column is a column that was chosen: one of the list's, or the path of a fragment.
type Column struct {
	Name string `json:"name"`
	// Width is how many cells wide it is, 0 for as wide as it needs.
	Width int `json:"width,omitempty"`
}

// The widths that can be chosen.
const (
	MinWidth = 3
	MaxWidth = 200
)

// IsZero reports whether nothing was chosen.
func (l Layout) IsZero() bool { return len(l.Columns) == 0 && l.Sort == "" }

// Equal reports whether two choices are the same.
func (l Layout) Equal(other Layout) bool {
	return l.Sort == other.Sort && slices.Equal(l.Columns, other.Columns)
}

// String writes the columns as in places: "name,type:20,c8y_Hardware.model".
func (l Layout) String() string {
	written := make([]string, len(l.Columns))
	for i, c := range l.Columns {
		written[i] = c.Name
		if c.Width > 0 {
			written[i] += ":" + strconv.Itoa(c.Width)
		}
	}
	return strings.Join(written, ",")
}

// Parse reads columns as [Layout.String] writes them. Whether there are such columns is for the
// list to say.
func Parse(s string) (Layout, error) {
	var l Layout
	for written := range strings.SplitSeq(s, ",") {
		name, width, sized := strings.Cut(strings.TrimSpace(written), ":")
		c := Column{Name: name}
		if sized {
			n, err := strconv.Atoi(width)
			if err != nil || n < MinWidth || n > MaxWidth {
				return Layout{}, fmt.Errorf("%q: a column is between %d and %d cells wide", written, MinWidth, MaxWidth)
			}
			c.Width = n
		}
		if name == "" {
			return Layout{}, fmt.Errorf("%q: columns are written name,name:width", s)
		}
		if !slices.ContainsFunc(l.Columns, func(other Column) bool { return other.Name == name }) {
			l.Columns = append(l.Columns, c)
		}
	}
	return l, nil
}
