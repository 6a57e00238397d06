package collection

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"c8yx/ui"
	"c8yx/ui/toast"
	"c8yx/views/place"
)

// check returns an error if the place asks for something that the kind does
// not know.
func (k *Kind[T]) check(p place.Place) error {
	if len(p.Path) > 0 {
		return fmt.Errorf("%s: there is nothing below %q", p, k.Name)
	}
	known := append(slices.Clone(k.Parameters), "filter", "sort")
	for name := range p.Query {
		if !slices.Contains(known, name) {
			slices.Sort(known)
			return fmt.Errorf("%s: %q is not asked of %s; known are %s", p, name, k.Name, strings.Join(known, ", "))
		}
	}
	if order := p.Query.Get("sort"); order != "" {
		if column, _ := k.order(order); column < 0 {
			return fmt.Errorf("%s: %s cannot be sorted by %q", p, k.Name, strings.TrimPrefix(order, "-"))
		}
	}
	return nil
}

// order finds the column of an order written as in places: "name" or "-name".
func (k *Kind[T]) order(written string) (column int, reverse bool) {
	name, reverse := strings.CutPrefix(written, "-")
	for i, c := range k.Columns {
		if c.Name == name && c.sortable() {
			return i, reverse
		}
	}
	return -1, false
}

// orderName writes an order as in places.
func (k *Kind[T]) orderName(column int, reverse bool) string {
	switch {
	case column < 0:
		return ""
	case reverse:
		return "-" + k.Columns[column].Name
	default:
		return k.Columns[column].Name
	}
}

func (c *Column[T]) sortable() bool { return c.Compare != nil || c.Time != nil }

// comparison returns the comparison of the chosen order, nil for the tenant's.
func (v *View[T]) comparison() func(a, b T) int {
	if v.column < 0 {
		return nil
	}
	c := v.kind.Columns[v.column]
	compare := c.Compare
	if c.Time != nil {
		compare = func(a, b T) int { return c.Time(a).Compare(c.Time(b)) }
	}
	if !v.reverse {
		return compare
	}
	return func(a, b T) int { return compare(b, a) }
}

// nextSort sorts by the next column that can be sorted by.
func (v *View[T]) nextSort() {
	n := len(v.kind.Columns)
	for i := 1; i <= n; i++ {
		column := (v.column + i) % n
		if v.kind.Columns[column].sortable() {
			// Ages are asked for the latest first, everything else from a to z.
			v.sortBy(column, v.kind.Columns[column].Time != nil)
			return
		}
	}
}

// sortBy brings the rows into another order, beside the update loop; until it
// is done the old order is shown and changes wait.
func (v *View[T]) sortBy(column int, reverse bool) {
	if column < 0 || !v.kind.Columns[column].sortable() {
		v.scope.Toast(toast.Caution, "This column cannot be sorted by")
		return
	}
	v.column, v.reverse = column, reverse
	v.table.SetSort(column, reverse)
	v.sorting = true
	v.sorts++
	sort, compare := v.sorts, v.comparison()
	slots, items := v.rows.snapshot()
	ui.Load(v.scope, func(context.Context) ([]int32, error) {
		sortSlots(slots, items, compare)
		return slots, nil
	}, func(order []int32, _ error) {
		if sort != v.sorts {
			return // the user has asked for another order since, or twice for this one
		}
		v.sorting = false
		v.holding(func() { v.rows.reorder(order, compare) })
		waiting := v.waiting
		v.waiting = nil
		for _, batch := range waiting {
			v.merge(batch)
		}
	})
}
