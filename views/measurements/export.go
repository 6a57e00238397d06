package measurements

import (
	"context"
	"fmt"
	"iter"
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

// measured is what is exported: some series of a device within a stretch of time, as they were
// sent and not as they are drawn.
type measured struct {
	client   *c8yclient.Client
	device   string
	from, to time.Time
	series   []string
}

// table returns the measurements as a table: a row for each that has one of the series.
func (m measured) table() export.Table {
	return export.Table{
		Columns: append([]string{"time", "type"}, m.series...),
		Rows: func(ctx context.Context) iter.Seq2[export.Row, error] {
			return func(yield func(export.Row, error) bool) { m.rows(ctx, yield) }
		},
	}
}

func (m measured) rows(ctx context.Context, yield func(export.Row, error) bool) {
	column := make(map[string]int, len(m.series))
	for i, name := range m.series {
		column[name] = i + 2
	}
	options := &c8yclient.MeasurementListOptions{Source: m.device, DateFrom: m.from, DateTo: m.to}
	row := export.Row{Values: make([]export.Value, len(m.series)+2)}
	for one, err := range m.client.Measurements.List(ctx, options) {
		if err != nil {
			yield(export.Row{}, err)
			return
		}
		clear(row.Values)
		row.Values[0] = export.Value{Text: one.Time.Format(time.RFC3339Nano)}
		row.Values[1] = export.Value{Text: one.Type}
		found := false
		for value := range one.Values() {
			if at, wanted := column[value.Fragment+"."+value.Series]; wanted {
				found = true
				row.Values[at] = export.Value{Text: strconv.FormatFloat(value.Value, 'f', -1, 64), Number: true}
			}
		}
		row.Document = func() (jsontext.Value, error) { return c8yclient.EncodeDocument(one) }
		if found && !yield(row, nil) {
			return
		}
	}
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
	for _, s := range v.series {
		all = append(all, s.name)
		if s.shown {
			shown = append(shown, s.name)
		}
	}
	what := []form.Option{{Value: theWhole, Label: "all " + text.Count(len(all)) + " series"}}
	if len(shown) > 0 && len(shown) < len(all) {
		what = append([]form.Option{{Value: theShown, Label: "the " + text.Count(len(shown)) + " series shown"}}, what...)
	}
	var formats []string
	for _, f := range export.Formats() {
		formats = append(formats, string(f))
	}
	save.Where{
		Title: "Export measurements",
		Intro: []text.Safe{text.Clean(v.tenant.Name(v.device)) + ", " + show.Moment(from) + " to " + show.Moment(to) + ", as the device sent them"},
		Name:  transfer.SafeName(v.tenant.Name(v.device)+".csv", ""),
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
			table := measured{v.tenant.Client, v.device, from, to, series}.table()
			save.Start(v.tenant, v.scope, transfer.Order{
				Title: "measurements of " + text.Clean(v.tenant.Name(v.device)), Way: transfer.Export, Unit: "measurements",
				Cause: "Export · " + v.Place(), Pausing: transfer.ByHold,
				Work: export.NewWork(table, format, values.Text(contentField) == asWhole, transfer.NewLanding(path, replace)),
			})
		},
	}.Ask(v.tenant, v.scope)
}

// NewTable returns the measurements at a place as a table, without a view. If the place names no
// series, the tenant is asked for those of the device.
func NewTable(ctx context.Context, t *tenant.Tenant, p place.Place) (export.Table, error) {
	if len(p.Path) != 1 {
		return export.Table{}, fmt.Errorf("%s: write measurements/DEVICE, with the id of a device", p)
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
	m := measured{t.Client, p.Path[0], to.Add(-w.length), to, p.Query["series"]}
	if len(m.series) == 0 {
		if m.series, err = t.Client.Inventory.SupportedSeries(ctx, m.device); err != nil {
			return export.Table{}, err
		}
	}
	return m.table(), nil
}
