package demo

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// measurements is /measurement/measurements. They are kept with ids, oldest first, as tenants without the enhanced time series
// support keep them.
type measurements struct{ *platform }

func (m *measurements) routes() []route {
	readers, writers := needs(roleMeasurementRead).orOwner(), needs(roleMeasurementAdmin).orOwner()
	return []route{
		{"GET", "/measurement/measurements", readers, "measurementcollection, text/csv, application/vnd.ms-excel, application/xlsx, application/json-stream", m.list},
		{"POST", "/measurement/measurements", writers, "measurement", m.post},
		{"DELETE", "/measurement/measurements", needs(roleMeasurementAdmin), "", m.deleteMany},
		{"GET", "/measurement/measurements/{id}", readers, "measurement", m.get},
		{"DELETE", "/measurement/measurements/{id}", writers, "", m.delete},
	}
}

func measurementKind() kind {
	return kind{
		area: "measurement", channel: "/measurements/",
		records: func(d *store.Data) *store.Records { return &d.Measurements },
		write: func(p *platform, w *rawjson.Writer, base string, r *store.Record) {
			p.writeHead(w, base, "/measurement/measurements/", r, false)
			writeMembers(w, r.Document)
			w.Close('}')
		},
	}
}

func (m *measurements) selection(c *call) (selection, error) {
	s, err := m.platform.selection(c)
	if err != nil {
		return s, err
	}
	if kind := c.query.Get("type"); kind != "" {
		s.where("type", []string{kind}, false)
	}
	fragment := or(c.query.Get("valueFragmentType"), c.query.Get("fragmentType"))
	series := c.query.Get("valueFragmentSeries")
	if fragment != "" || series != "" {
		s.tests = append(s.tests, func(r *store.Record) bool { return hasSeries(r, fragment, series) })
	}
	return s, nil
}

// hasSeries reports whether a measurement has a fragment, and in it a series; either may be left open.
func hasSeries(r *store.Record, fragment, series string) bool {
	if series == "" {
		return r.Has(fragment)
	}
	for found := range store.SeriesValues(r.Document) {
		if found.Name == series && (fragment == "" || found.Fragment == fragment) {
			return true
		}
	}
	return false
}

func (m *measurements) list(c *call) (reply, error) {
	s, err := m.selection(c)
	if err != nil {
		return reply{}, err
	}
	newestFirst := c.flag("revert") && s.dated
	media := exportType(c.r.Header.Get("Accept"))
	if media == "" {
		return m.listRecords(c, m.kindFor(c), "measurementcollection", "measurements", s, newestFirst)
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	records, _ := m.pageOf(&p, measurementKind(), s, newestFirst)
	return m.export(c, media, records)
}

func (m *measurements) render(base string, measurement *store.Record) []byte {
	var w rawjson.Writer
	measurementKind().write(m.platform, &w, base, measurement)
	return w.Buf
}

func (m *measurements) get(c *call) (reply, error) {
	measurement, err := m.find(c, measurementKind())
	if err != nil {
		return reply{}, err
	}
	return ok("measurement", m.render(c.base, c.inUnits(&m.store.Shapes, measurement))), nil
}

func (m *measurements) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	list, several := rawjson.Member(body, "measurements")
	if _, single := rawjson.Member(body, "source"); single {
		several = false
	}
	bodies := []string{body}
	if several {
		bodies = slices.Collect(rawjson.Elements(list))
	}
	records, err := m.drafts(c, bodies)
	if err != nil {
		return reply{}, err
	}
	var stored []*store.Record
	if c.mode.transient {
		for i := range records {
			stored = append(stored, &records[i])
			m.announceRecord(c.say, measurementKind(), notify.Create, &records[i])
		}
	} else {
		stored = m.create(records, c.say)
	}
	if several {
		return m.createdMany(c, stored), nil
	}
	return created("measurement", c.url("/measurement/measurements/"+stored[0].ID.String()), m.render(c.base, stored[0])), nil
}

// drafts checks all measurements of a request before any is stored.
func (m *measurements) drafts(c *call, bodies []string) ([]store.Record, error) {
	if len(bodies) == 0 {
		return nil, missing("measurements")
	}
	records := make([]store.Record, len(bodies))
	for i, body := range bodies {
		d, err := m.draft(measurementKind(), body, "type", "time")
		if err != nil {
			return nil, err
		}
		if !c.mayWith(d.source, d.doc) {
			return nil, forbidden()
		}
		for series := range store.SeriesValues(d.doc) {
			if strings.ContainsAny(series.Name, ".,*[]()@$ ") || strings.ContainsAny(series.Fragment, ",*[]()@$ ") {
				return nil, invalid("Invalid series name: %s.%s", series.Fragment, series.Name)
			}
		}
		if c.deviceTraffic() {
			m.inventory.touch(d.source.ID)
		}
		records[i] = d.record(m.now())
	}
	return records, nil
}

// create stores measurements and notes their series.
func (m *measurements) create(records []store.Record, say announce) (stored []*store.Record) {
	m.store.Update(func(d *store.Data) {
		stored = d.Measurements.Create(records...)
		for _, record := range stored {
			for series := range store.SeriesValues(record.Document) {
				d.Series.Note(record.Source, series)
			}
		}
	})
	for _, record := range stored {
		m.announceRecord(say, measurementKind(), notify.Create, record)
	}
	return stored
}

func (m *measurements) createdMany(c *call, stored []*store.Record) reply {
	var w rawjson.Writer
	w.Open('{')
	w.Key("measurements")
	w.Open('[')
	for _, record := range stored {
		w.Comma()
		measurementKind().write(m.platform, &w, c.base, record)
	}
	w.Close(']')
	w.Close('}')
	return reply{status: http.StatusCreated, media: "measurementcollection", body: w.Buf}
}

func (m *measurements) delete(c *call) (reply, error) {
	measurement, err := m.find(c, measurementKind())
	if err != nil {
		return reply{}, err
	}
	m.removeRecords(measurementKind(), []*store.Record{measurement}, c.say)
	return empty(http.StatusNoContent), nil
}

func (m *measurements) deleteMany(c *call) (reply, error) {
	if err := bounded(c, "source", "dateFrom", "dateTo"); err != nil {
		return reply{}, err
	}
	s, err := m.selection(c)
	if err != nil {
		return reply{}, err
	}
	for name, milli := range map[string]int64{"dateFrom": s.span.From, "dateTo": s.span.To} {
		if milli%time.Hour.Milliseconds() != 0 {
			return reply{}, invalid("%s must be a full hour", name)
		}
	}
	m.removeRecords(measurementKind(), slices.Collect(filter(m.view(measurementKind(), s).Ascending(), s.tests)), c.say)
	return empty(http.StatusNoContent), nil
}
