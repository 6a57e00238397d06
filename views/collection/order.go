package collection

import (
	"fmt"
	"slices"
	"strings"

	"c8yx/ui/toast"
	"c8yx/views/collection/filter"
	"c8yx/views/place"
)

// own are the names in the query of a place that the view itself understands.
var own = []string{"filter", "sort", "columns"}

// check returns an error if the place asks for something that the kind does
// not know.
func (k *Kind[T]) check(p place.Place) error {
	if len(p.Path) > k.Words {
		return fmt.Errorf("%s: there is nothing below %q", p, strings.Join(append([]string{k.Name}, p.Path[:k.Words]...), "/"))
	}
	known := append(slices.Clone(k.Parameters), own...)
	for name := range p.Query {
		if !slices.Contains(known, name) {
			slices.Sort(known)
			return fmt.Errorf("%s: %q is not asked of %s; known are %s", p, name, k.Name, strings.Join(known, ", "))
		}
	}
	if err := k.takes(p); err != nil {
		return fmt.Errorf("%s: %w", p, err)
	}
	return nil
}

// takes returns an error if the place asks for a value that a parameter never has.
func (k *Kind[T]) takes(p place.Place) error {
	for name, values := range k.Takes {
		for value := range strings.SplitSeq(p.Query.Get(name), ",") {
			if value != "" && !slices.Contains(values, strings.ToUpper(value)) {
				return fmt.Errorf("%s is one of %s", name, strings.Join(values, ", "))
			}
		}
	}
	return nil
}

// column returns the index of the column of a name, -1 if there is none. The name of a
// fragment becomes a column if it is not one yet.
func (v *View[T]) columnOf(name string) int {
	at := slices.IndexFunc(v.columns, func(c column[T]) bool { return c.Name == name })
	if at < 0 && v.kind.Fragments != nil && filter.Path(name) {
		c := fragmentColumn[T](name)
		if v.kind.SortsPaths {
			c.Property = name
		}
		v.columns = append(v.columns, c)
		at = len(v.columns) - 1
	}
	return at
}

// order finds the column of an order written as in places: "name" or "-name".
func (v *View[T]) order(written string) (column int, reverse bool) {
	name, reverse := strings.CutPrefix(written, "-")
	if at := v.columnOf(name); at >= 0 && v.columns[at].sortable() {
		return at, reverse
	}
	return -1, false
}

// orderName writes the order as in places.
func (v *View[T]) orderName() string {
	switch {
	case v.column < 0:
		return ""
	case v.reverse:
		return "-" + v.columns[v.column].Name
	default:
		return v.columns[v.column].Name
	}
}

// comparison returns the comparison of the chosen order, nil for the tenant's.
func (v *View[T]) comparison() func(a, b int32) int {
	if v.column < 0 {
		return nil
	}
	r, c := &v.rows, &v.columns[v.column]
	var compare func(a, b int32) int
	switch {
	case c.path != nil:
		at := v.wantedIndex(c.Name)
		if !v.reverse {
			return func(a, b int32) int { return compareValues(r.Value(at, a), r.Value(at, b)) }
		}
		return func(a, b int32) int { // what has no value stays last
			x, y := r.Value(at, a), r.Value(at, b)
			if x == "" || y == "" {
				return compareValues(x, y)
			}
			return compareValues(y, x)
		}
	case c.Time != nil:
		time := c.Time
		compare = func(a, b int32) int { return time(r.Item(a)).Compare(time(r.Item(b))) }
	default:
		of := c.Compare
		compare = func(a, b int32) int { return of(r.Item(a), r.Item(b)) }
	}
	if !v.reverse {
		return compare
	}
	return func(a, b int32) int { return compare(b, a) }
}

// nextSort sorts by the next shown column that can be sorted by.
func (v *View[T]) nextSort() {
	n := len(v.shown)
	at := slices.Index(v.shown, v.column)
	for i := 1; i <= n; i++ {
		next := v.shown[(at+i)%n]
		if c := &v.columns[next]; c.sortable() {
			// Ages are asked for the latest first, everything else from a to z.
			v.sortBy(next, c.Time != nil)
			return
		}
	}
}

// sortBy brings the rows into another order, beside the update loop.
func (v *View[T]) sortBy(column int, reverse bool) {
	if column < 0 || !v.columns[column].sortable() {
		v.scope.Toast(toast.Caution, "This column cannot be sorted by")
		return
	}
	v.column, v.reverse = column, reverse
	v.showOrder()
	v.arranging.resort = true
	v.want()
	v.arrange()
	v.askInOrder()
}

// showOrder draws the arrow at the column that is sorted by.
func (v *View[T]) showOrder() {
	v.table.SetSort(slices.Index(v.shown, v.column), v.reverse)
}
