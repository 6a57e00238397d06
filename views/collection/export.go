package collection

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection/filter"
	"c8yx/views/export"
	"c8yx/views/place"
	"c8yx/views/save"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// The fields of the question what to export.
const (
	whatField    = "what"
	formatField  = "format"
	contentField = "content"

	everything = "everything"
	theMarked  = "marked"
	theShown   = "shown"

	asShown = "columns"
	asWhole = "documents"
)

// export asks what of the list to export, how and where.
func (v *View[T]) export() {
	marks, shown := v.rows.Marks(), v.rows.Shown()
	all := text.Safe("everything here that the tenant has")
	if v.line.Value() != "" {
		all = "everything that the tenant has and the filter lets pass"
	}
	what := []form.Option{{Value: everything, Label: all}}
	if marks > 0 {
		what = slices.Insert(what, 0, form.Option{Value: theMarked, Label: "the " + v.kind.count(marks) + " marked"})
	}
	what = append(what, form.Option{Value: theShown, Label: "the " + v.kind.count(shown) + " loaded and shown"})
	content := []form.Option{{Value: asShown, Label: "the columns as shown"}, {Value: asWhole, Label: "whole documents"}}
	var formats []string
	for _, f := range export.Formats() {
		formats = append(formats, string(f))
	}
	fields := []form.Field{
		{Name: whatField, Label: "What", Value: what[0].Value, Input: form.Choice(what...)},
		{Name: formatField, Label: "Format", Value: formats[0], Input: form.Choice(form.Choices(formats...)...)},
		{
			Name: contentField, Label: "Of each", Value: asShown, Input: form.Choice(content...),
			Visible: func(values form.Values) bool {
				return v.kind.whole() && values.Text(formatField) != string(export.CSV)
			},
		},
	}
	save.Where{
		Title: "Export " + v.kind.Many, Name: v.kind.Name + ".csv", Fields: fields,
		Extension: func(values form.Values) string { return values.Text(formatField) }, Extensions: formats,
		Start: func(path string, replace bool, values form.Values) {
			v.exportTo(path, replace, values)
		},
	}.Ask(v.tenant, v.scope)
}

// exportTo begins an export.
func (v *View[T]) exportTo(path string, replace bool, values form.Values) {
	format, err := export.ParseFormat(values.Text(formatField))
	if err != nil {
		format = export.CSV
	}
	documents := values.Text(contentField) == asWhole
	columns := make([]column[T], len(v.shown))
	for i, at := range v.shown {
		columns[i] = v.columns[at]
	}
	title, table := v.Title(), v.all().table(columns)
	if what := values.Text(whatField); what != everything {
		slots := v.slots(what)
		title = v.kind.count(len(slots))
		if documents {
			// The list keeps only parts of documents: they are read again.
			ids := make(map[string]bool, len(slots))
			for _, slot := range slots {
				ids[v.kind.ID(v.rows.Item(slot))] = true
			}
			table = (&All[T]{kind: v.kind, tenant: v.tenant, place: v.place, filter: &filter.Filter{}, ids: ids}).table(columns)
		} else {
			table = v.loaded(columns, slots)
		}
	}
	save.Start(v.tenant, v.scope, transfer.Order{
		Title: title, Way: transfer.Export, Unit: v.kind.Many, Cause: "Export · " + v.place.String(), Pausing: transfer.ByHold,
		Work: export.NewWork(table, format, documents, transfer.NewLanding(path, replace)),
	})
}

// slots returns what is marked or shown, in the order of the list.
func (v *View[T]) slots(what string) []int32 {
	if what == theMarked {
		return v.rows.MarkedSlots()
	}
	slots := make([]int32, v.rows.Shown())
	for i := range slots {
		slots[i], _ = v.rows.Slot(i)
	}
	return slots
}

// loaded is a table of things as the list has them now.
func (v *View[T]) loaded(columns []column[T], slots []int32) export.Table {
	items := make([]T, len(slots))
	for i, slot := range slots {
		items[i] = v.rows.Item(slot)
	}
	fragments := make([][]string, len(columns))
	for c := range columns {
		if columns[c].path == nil {
			continue
		}
		fragments[c] = make([]string, len(slots))
		for i, slot := range slots {
			fragments[c][i] = v.plain(&columns[c], slot)
		}
	}
	return export.Table{
		Columns: names(columns),
		Total:   func(context.Context) (int, error) { return len(items), nil },
		Rows: func(context.Context) iter.Seq2[export.Row, error] {
			return func(yield func(export.Row, error) bool) {
				row := export.Row{Values: make([]export.Value, len(columns))}
				for i, item := range items {
					for c := range columns {
						if fragments[c] != nil {
							row.Values[c] = export.Value{Text: fragments[c][i]}
							continue
						}
						row.Values[c] = columns[c].value(item)
					}
					if !yield(row, nil) {
						return
					}
				}
			}
		},
	}
}

func names[T any](columns []column[T]) []string {
	names := make([]string, len(columns))
	for i := range columns {
		names[i] = columns[i].Name
	}
	return names
}

// table is everything, as a table of columns and of documents.
func (a *All[T]) table(columns []column[T]) export.Table {
	t := export.Table{Columns: names(columns), Total: a.total}
	t.Rows = func(ctx context.Context) iter.Seq2[export.Row, error] {
		return func(yield func(export.Row, error) bool) {
			left := len(a.ids)
			row := export.Row{Values: make([]export.Value, len(columns))}
			for item, err := range a.Each(ctx) {
				if err != nil {
					yield(export.Row{}, err)
					return
				}
				if a.ids != nil && !a.ids[a.kind.ID(item)] {
					continue
				}
				row.Document = func() (jsontext.Value, error) { return a.kind.document(item) }
				a.kind.values(columns, item, row.Values)
				if !yield(row, nil) {
					return
				}
				if left--; left == 0 {
					return
				}
			}
		}
	}
	return t
}

// total returns how many there will be, where that can be told without reading all of them.
func (a *All[T]) total(ctx context.Context) (int, error) {
	switch {
	case a.ids != nil:
		return len(a.ids), nil
	case len(a.filter.Terms) > 0 || a.kind.Total == nil:
		return 0, nil
	}
	return a.kind.Total(ctx, a.tenant, a.place)
}

// values puts what a thing, just read, has in the columns into a row.
func (k *Kind[T]) values(columns []column[T], item T, row []export.Value) {
	var document jsontext.Value
	for c := range columns {
		if columns[c].path == nil {
			row[c] = columns[c].value(item)
			continue
		}
		if document == nil && k.Fragments != nil {
			document = k.Fragments(item)
		}
		row[c] = export.Value{Text: columns[c].path.Value(document)}
	}
}

// value returns what a thing has in the column.
func (c *Column[T]) value(item T) export.Value {
	return export.Value{Text: c.plain(item), Number: c.Time == nil && c.Number != nil}
}

// whole reports whether things of the kind have whole documents.
func (k *Kind[T]) whole() bool {
	return k.Document != nil || ofTheClient(reflect.TypeFor[T]())
}

// document returns the whole document of a thing that was just read.
func (k *Kind[T]) document(item T) (jsontext.Value, error) {
	if k.Document != nil {
		return k.Document(item)
	}
	if !k.whole() {
		return nil, fmt.Errorf("%s have no documents", k.Many)
	}
	return c8yclient.EncodeDocument(item)
}

// ofTheClient reports whether values of the type are documents as the client reads them.
func ofTheClient(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct && t.Elem().PkgPath() == reflect.TypeFor[c8yclient.Document]().PkgPath()
}

// NewTable returns everything at a place of a kind as a table, without a view: what "c8yx export"
// writes. The place may name columns.
func NewTable[T any](k *Kind[T], t *tenant.Tenant, p place.Place) (export.Table, error) {
	v, err := New(k, t, p)
	if err != nil {
		return export.Table{}, err
	}
	if v.problem != nil {
		return export.Table{}, fmt.Errorf("%s: %s", p, v.problem.Text)
	}
	columns := make([]column[T], len(v.shown))
	for i, at := range v.shown {
		columns[i] = v.columns[at]
	}
	return v.all().table(columns), nil
}
