package collection

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"c8yx/ui"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/collection/columns"
)

// layoutOf is the choice of columns at this moment.
func (v *View[T]) layoutOf() columns.Layout {
	l := columns.Layout{Sort: v.orderName()}
	for _, i := range v.shown {
		l.Columns = append(l.Columns, columns.Column{Name: v.columns[i].Name, Width: v.columns[i].chosen})
	}
	return l
}

// hides reports whether a column is left out until the user asks for it.
func (v *View[T]) hides(c *Column[T]) bool { return c.Hidden || v.fixes(c) }

// fixes reports whether the place says what stands in a column.
func (v *View[T]) fixes(c *Column[T]) bool { return c.Whose != "" && v.place.Query.Get(c.Whose) != "" }

// choiceName is the name under which a choice of columns is remembered: one for all lists of the
// kind, and one for those about a single thing, which need not say so in every row.
func (v *View[T]) choiceName() string {
	for i := range v.kind.Columns {
		if v.fixes(&v.kind.Columns[i]) {
			return "columns/" + v.kind.Name + "-of-one"
		}
	}
	return "columns/" + v.kind.Name
}

// defaults is the choice of columns that the kind has made.
func (v *View[T]) defaults() columns.Layout {
	l := columns.Layout{Sort: v.kind.Sort}
	for i := range v.kind.Columns {
		if !v.hides(&v.kind.Columns[i]) {
			l.Columns = append(l.Columns, columns.Column{Name: v.kind.Columns[i].Name})
		}
	}
	return l
}

// apply shows the columns of a choice, and returns the names among them that there are not.
func (v *View[T]) apply(l columns.Layout) (unknown []string) {
	var shown []int
	for i := range v.columns {
		v.columns[i].chosen = 0
	}
	for _, c := range l.Columns {
		at := v.columnOf(c.Name)
		if at < 0 {
			unknown = append(unknown, c.Name)
			continue
		}
		v.columns[at].chosen = c.Width
		shown = append(shown, at)
	}
	if len(shown) == 0 {
		return unknown
	}
	v.shown = shown
	v.showColumns()
	v.want()
	v.version++
	if l.Sort != "" && l.Sort != v.orderName() {
		if column, reverse := v.order(l.Sort); column >= 0 {
			v.sortBy(column, reverse)
		}
	} else {
		v.arrange() // words are searched in other fragments
	}
	return unknown
}

// shape is how the table draws a column. A width that was chosen wins over everything.
func (c *column[T]) shape() table.Column {
	shape := c.Column.Column
	if c.chosen > 0 {
		shape.Width = c.chosen
	}
	return shape
}

// choose opens the overlay in which columns are chosen.
func (v *View[T]) choose() {
	entry := func(c *column[T], shown bool) columns.Entry {
		return columns.Entry{
			Name: c.Name, Title: c.Title, Fragment: c.path != nil, Sortable: c.sortable(), Shown: shown, Width: c.chosen,
		}
	}
	var entries, defaults []columns.Entry
	for _, i := range v.shown {
		entries = append(entries, entry(&v.columns[i], true))
	}
	for i := range v.columns {
		c := &v.columns[i]
		if !slices.Contains(v.shown, i) {
			entries = append(entries, entry(c, false))
		}
		if c.path == nil {
			e := entry(c, !v.hides(&c.Column))
			e.Width = 0
			defaults = append(defaults, e)
		}
	}
	o := columns.Options{
		Title: v.kind.Title, Entries: entries, Sort: v.orderName(), Defaults: defaults, DefaultOrder: v.kind.Sort,
		Change: func(l columns.Layout) { v.apply(l) },
		Keep:   v.keepColumns,
	}
	if v.kind.Fragments != nil {
		o.Fragments = &columns.Fragments{Paths: v.feed.catalogue.Paths(), About: v.aboutPath}
	}
	v.scope.Show(columns.New(o))
}

// aboutPath says how many documents have something at a path, and an example of what.
func (v *View[T]) aboutPath(path string) text.Safe {
	catalogue := v.feed.catalogue
	said := text.Safe("")
	if share := catalogue.Share(path); share > 0 {
		said = text.Clean("in " + strconv.Itoa(share) + " %")
	}
	if values := catalogue.Values(path); len(values) > 0 {
		said = text.Clean(strings.Join(values[:min(len(values), 3)], ", ")) + "  " + said
	}
	return said
}

// keepColumns remembers a choice of columns, beside the update loop. Columns that a place came
// with are the place's.
func (v *View[T]) keepColumns(l columns.Layout) {
	if v.carried {
		return
	}
	if l.Equal(v.defaults()) {
		l = columns.Layout{}
	}
	name := v.choiceName()
	ui.Load(v.scope, func(context.Context) (struct{}, error) {
		return struct{}{}, v.tenant.State.Save(name, l)
	}, func(_ struct{}, err error) {
		if err != nil {
			v.scope.Toast(toast.Caution, text.Clean("The columns are as you chose, but only until the end: "+err.Error()))
		}
	})
}

// recallColumns shows the columns that were remembered, once they are read.
func (v *View[T]) recallColumns() {
	if v.carried {
		return
	}
	name := v.choiceName()
	sorted := v.orderName() != v.kind.Sort
	ui.Load(v.scope, func(context.Context) (columns.Layout, error) {
		var l columns.Layout
		return l, v.tenant.State.Load(name, &l)
	}, func(l columns.Layout, err error) {
		if err != nil {
			v.scope.Toast(toast.Caution, text.Clean(err.Error()))
		}
		if l.IsZero() {
			return
		}
		if sorted {
			l.Sort = "" // the place asks for another order
		}
		v.apply(l)
	})
}
