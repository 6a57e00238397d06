package measurements

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/export"
	"c8yx/views/place"
	"c8yx/views/save"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// measured is what is exported: some series of devices within a stretch of time, as they were
// sent and not as they are drawn.
type measured struct {
	tenant   *tenant.Tenant
	devices  []string
	from, to time.Time
	series   []string
}

// table returns the measurements as a table: a row for each that has one of the series. Several
// devices follow each other, with a column that tells whose a row is.
func (m measured) table() export.Table {
	first := []string{"time", "type"}
	if len(m.devices) > 1 {
		first = []string{"time", "type", "device"}
	}
	table := export.Table{Columns: append(first, m.series...)}
	for _, device := range m.devices {
		for from := m.from; from.Before(m.to); from = from.Add(aPart) {
			to := from.Add(aPart)
			if to.After(m.to) {
				to = m.to
			}
			table.Parts = append(table.Parts, m.part(device, from, to, len(first)))
		}
	}
	return table
}

// aPart is how much is written at a time: where that breaks off, it is what is read anew.
const aPart = 24 * time.Hour

// part yields the measurements of a device within a stretch of time; it has so many columns before those of the series.
func (m measured) part(device string, from, to time.Time, first int) export.Part {
	column := make(map[string]int, len(m.series))
	for i, name := range m.series {
		column[name] = i + first
	}
	options := &c8yclient.MeasurementListOptions{Source: device, DateFrom: from, DateTo: to}
	return func(ctx context.Context) iter.Seq2[export.Row, error] {
		return func(yield func(export.Row, error) bool) {
			row := export.Row{Values: make([]export.Value, len(m.series)+first)}
			for one, err := range m.tenant.Client.Measurements.List(ctx, options) {
				if err != nil {
					yield(export.Row{}, err)
					return
				}
				if !one.Time.Before(to) && to.Before(m.to) {
					continue // of the next part, whether the tenant takes the end of a stretch as a part of it or not
				}
				if m.fill(&row, one, column, device, first) && !yield(row, nil) {
					return
				}
			}
		}
	}
}

// fill makes a row of a measurement, and reports whether it has one of the series.
func (m measured) fill(row *export.Row, one *c8yclient.Measurement, column map[string]int, device string, first int) (found bool) {
	clear(row.Values)
	row.Values[0] = export.Value{Text: one.Time.Format(time.RFC3339Nano)}
	row.Values[1] = export.Value{Text: one.Type}
	if first > 2 {
		row.Values[2] = export.Value{Text: m.tenant.Name(device)}
	}
	for value := range one.Values() {
		if at, wanted := column[value.Fragment+"."+value.Series]; wanted {
			found = true
			row.Values[at] = export.Value{Text: strconv.FormatFloat(value.Value, 'f', -1, 64), Number: true}
		}
	}
	row.Document = func() (jsontext.Value, error) { return c8yclient.EncodeDocument(one) }
	return found
}

// The fields of the question what to export.
const (
	whatField    = "what"
	formatField  = "format"
	contentField = "content"

	theShown = "shown"
	theWhole = "all"

	asValues = "values"
	asWhole  = "documents"
)

// export asks what of the window to export, how and where.
func (v *View) export() {
	from, to := v.chart.Window()
	var all, shown []string
	add := func(names []string, name string) []string { // several devices have series of the same name
		if slices.Contains(names, name) {
			return names
		}
		return append(names, name)
	}
	for _, s := range v.series {
		all = add(all, s.name)
		if s.shown {
			shown = add(shown, s.name)
		}
	}
	what := []form.Option{{Value: theWhole, Label: "all " + text.Count(len(all)) + " series"}}
	if len(all) == 1 {
		what[0].Label = text.Clean(all[0])
	}
	if len(shown) > 0 && len(shown) < len(all) {
		label := "the " + text.Count(len(shown)) + " series shown"
		if len(shown) == 1 {
			label = "the series shown"
		}
		what = append([]form.Option{{Value: theShown, Label: label}}, what...)
	}
	var formats []string
	for _, f := range export.Formats() {
		formats = append(formats, string(f))
	}
	save.Where{
		Title: "Export measurements",
		Intro: []text.Safe{v.named() + ", " + show.Moment(from) + " to " + show.Moment(to) + ", as the device sent them"},
		Name:  transfer.SafeName(string(v.named())+".csv", ""),
		Fields: []form.Field{
			{Name: whatField, Label: "What", Value: what[0].Value, Input: form.Choice(what...)},
			{Name: formatField, Label: "Format", Value: formats[0], Input: form.Choice(form.Choices(formats...)...)},
			{
				Name: contentField, Label: "Of each", Value: asValues,
				Input:   form.Choice(form.Option{Value: asValues, Label: "time and values"}, form.Option{Value: asWhole, Label: "the whole document"}),
				Visible: func(values form.Values) bool { return values.Text(formatField) != string(export.CSV) },
			},
		},
		Extension: func(values form.Values) string { return values.Text(formatField) }, Extensions: formats,
		Start: func(path string, replace bool, values form.Values) {
			series := all
			if values.Text(whatField) == theShown {
				series = shown
			}
			format, err := export.ParseFormat(values.Text(formatField))
			if err != nil {
				format = export.CSV
			}
			table := measured{v.tenant, v.devices, from, to, series}.table()
			save.Start(v.tenant, v.scope, transfer.Order{
				Title: "measurements of " + v.named(), Way: transfer.Export, Unit: "measurements",
				Cause: "Export · " + v.Place(), Pausing: transfer.ByHold,
				Work: export.NewWork(table, format, values.Text(contentField) == asWhole, transfer.NewLanding(path, replace)),
			})
		},
	}.Ask(v.tenant, v.scope)
}

// NewTable returns the measurements at a place as a table, without a view. If the place names no
// series, the tenant is asked for those of the device.
func NewTable(ctx context.Context, t *tenant.Tenant, p place.Place) (export.Table, error) {
	devices, err := devicesOf(p)
	if err != nil {
		return export.Table{}, err
	}
	now := time.Now()
	w, err := windowOf(p, now)
	if err != nil {
		return export.Table{}, err
	}
	to := w.to
	if w.follows() {
		to = now
	}
	m := measured{t, devices, to.Add(-w.length), to, p.Query["series"]}
	if len(m.series) == 0 {
		for _, device := range devices {
			names, err := t.Client.Inventory.SupportedSeries(ctx, device)
			if err != nil {
				return export.Table{}, err
			}
			m.series = append(m.series, names...)
		}
		slices.Sort(m.series)
		m.series = slices.Compact(m.series)
	}
	return m.table(), nil
}
