package demo

import (
	"net/http"
	"strings"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// kind is what the handling of events, alarms, measurements and operations differs in where it is otherwise alike.
type kind struct {
	area    string // of error codes: "alarm"
	channel string // of notifications: "/alarms/"
	records func(*store.Data) *store.Records
	write   func(p *platform, w *rawjson.Writer, base string, r *store.Record)
}

// notFound is what the platform says of an id that there is no record for.
func (k kind) notFound(id string) error {
	found, name := k.area, k.area
	if k.area == "devicecontrol" {
		found, name = "device data", "operation"
	}
	return fail(http.StatusNotFound, k.area+"/Not Found", "Finding %s from database failed : No %s for gid '%s'!", found, name, id)
}

// draft is a record that a client wants to have created.
type draft struct {
	source *store.Object
	at     store.Stamp
	doc    store.Document // without id, self, source, time, creationTime, lastUpdated
}

// lifted are the properties of records that stand beside the document.
func lifted() []string {
	return []string{"id", "self", "source", "time", "creationTime", "lastUpdated", "history"}
}

// draft reads a record from a request body. Mandatory names what must be there beside the source.
func (p *platform) draft(k kind, body string, mandatory ...string) (draft, error) {
	var absent []string
	source, _ := rawjson.Member(body, "source")
	id, found := rawjson.Member(source, "id")
	if !found {
		absent = append(absent, "source")
	}
	for _, name := range mandatory {
		if raw, found := rawjson.Member(body, name); !found || raw == "null" {
			absent = append(absent, name)
		}
	}
	if len(absent) > 0 {
		return draft{}, missing(strings.Join(absent, ","))
	}
	d := draft{source: p.lookup(rawjson.Unquote(id))}
	if d.source == nil {
		return draft{}, fail(http.StatusUnprocessableEntity, k.area+"/Unprocessable Entity", "No managedObject for id '%s'!", rawjson.Unquote(id))
	}
	d.at = store.Stamp{Milli: p.now()}
	if text, found := rawjson.Member(body, "time"); found && text != "null" {
		var valid bool
		if d.at, valid = parseTime(rawjson.Unquote(text)); !valid {
			return draft{}, invalid("Invalid date: %s", rawjson.Unquote(text))
		}
	}
	d.doc, _ = p.store.Shapes.Lift(body, lifted()...)
	return d, nil
}

// record makes a record of a draft.
func (d draft) record(at int64) store.Record {
	return store.Record{Source: d.source.ID, Time: d.at, Created: at, Updated: at, Document: d.doc}
}

// find returns the record of a kind that the path names, if the user may do to it what the route does.
func (p *platform) find(c *call, k kind) (*store.Record, error) {
	var record *store.Record
	if id, valid := store.ParseID(c.param("id")); valid {
		p.store.View(func(d *store.Data) { record = k.records(d).Get(id) })
	}
	if record == nil {
		return nil, k.notFound(c.param("id"))
	}
	if !c.mayWith(p.object(record.Source), record.Document) {
		return nil, forbidden()
	}
	return record, nil
}

// announceRecord tells of a changed record on the channel of its source.
func (p *platform) announceRecord(say announce, k kind, action string, r *store.Record) {
	if p.quiet.Load() {
		return
	}
	p.usage.change(k.area, action, r.Source, p.now())
	message := notify.Message{Channel: k.channel + r.Source.String(), Action: action, ID: r.ID.String()}
	if action == notify.Delete {
		message.Data = rawjson.AppendString(nil, message.ID)
	} else {
		var w rawjson.Writer
		k.write(p, &w, p.home(), r)
		message.Data = w.Buf
	}
	say(message)
}

// writeHead begins a record: what all kinds have in common. A transient record has no id.
func (p *platform) writeHead(w *rawjson.Writer, base, path string, r *store.Record, withName bool) {
	w.Open('{')
	if r.ID != 0 {
		w.Str("id", r.ID.String())
		w.Str("self", base+path+r.ID.String())
	}
	w.Key("source")
	w.Open('{')
	w.Str("id", r.Source.String())
	if withName {
		if object := p.object(r.Source); object != nil {
			if name, named := object.Get("name"); named {
				w.Raw("name", name)
			}
		}
	}
	w.Str("self", base+objectPath(r.Source))
	w.Close('}')
	w.Str("time", formatStamp(r.Time))
}

func writeMembers(w *rawjson.Writer, d store.Document) {
	d.Write(w)
}

// selection is which records a list, count, update or removal is about.
type selection struct {
	span  store.Span
	tests []func(*store.Record) bool
	dated bool // there was a bound on the time

	visible func(*store.Record) bool // what the user may see; nil: everything
}

// selection reads the filters that events, alarms and measurements share: source with its children, the three date ranges,
// and what the user may see.
func (p *platform) selection(c *call) (selection, error) {
	var s selection
	var err error
	if s.span.From, err = c.when("dateFrom"); err != nil {
		return s, err
	}
	if s.span.To, err = c.when("dateTo"); err != nil {
		return s, err
	}
	s.dated = c.query.Get("dateFrom") != "" || c.query.Get("dateTo") != ""
	for name, of := range map[string]func(*store.Record) int64{
		"created":     func(r *store.Record) int64 { return r.Created },
		"lastUpdated": func(r *store.Record) int64 { return r.Updated },
	} {
		from, err := c.when(name + "From")
		if err != nil {
			return s, err
		}
		to, err := c.when(name + "To")
		if err != nil {
			return s, err
		}
		if from != 0 || to != 0 {
			s.tests = append(s.tests, func(r *store.Record) bool { return of(r) >= from && (to == 0 || of(r) < to) })
		}
	}
	if source := c.query.Get("source"); source != "" {
		s.span.Sources = p.withChildren(c, source)
	}
	if !c.global {
		s.visible = func(r *store.Record) bool { return c.mayWith(p.object(r.Source), r.Document) }
	}
	return s, nil
}

// withChildren returns a source and whatever of what hangs below it was asked for.
func (p *platform) withChildren(c *call, source string) []store.ID {
	id, valid := store.ParseID(source)
	if !valid {
		return []store.ID{}
	}
	var relations []store.Relation
	for name, relation := range map[string]store.Relation{
		"withSourceAssets": store.Assets, "withSourceDevices": store.Devices, "withSourceAdditions": store.Additions,
	} {
		if c.flag(name) || c.flag("withSourceChildren") {
			relations = append(relations, relation)
		}
	}
	var sources []store.ID
	p.store.View(func(d *store.Data) { sources = d.Objects.Descendants(id, relations...) })
	return sources
}

// where adds a test on a text property that must be one of some values; none means any.
func (s *selection) where(property string, values []string, fold bool) {
	if len(values) == 0 {
		return
	}
	s.tests = append(s.tests, func(r *store.Record) bool {
		text := r.Text(property)
		for _, value := range values {
			if text == value || fold && strings.EqualFold(text, value) {
				return true
			}
		}
		return false
	})
}

// view takes a snapshot of the selected records, before the tests.
func (p *platform) view(k kind, s selection) (view store.View) {
	p.store.View(func(d *store.Data) { view = k.records(d).Select(s.span) })
	return view
}

// listRecords answers with a page of records in the order asked for.
func (p *platform) listRecords(c *call, k kind, media, key string, s selection, newestFirst bool) (reply, error) {
	pg, err := c.page()
	if err != nil {
		return reply{}, err
	}
	records, total := p.pageOf(&pg, k, s, newestFirst)
	return collection(c, media, key, pg, records, total, func(w *rawjson.Writer, r *store.Record) { k.write(p, w, c.base, r) }), nil
}

// pageOf returns the records of a page and how many there are on all pages, as far as that is known.
func (p *platform) pageOf(pg *page, k kind, s selection, newestFirst bool) ([]*store.Record, int) {
	view := p.view(k, s)
	var count func() int
	on := *pg
	if len(s.tests) == 0 && s.visible == nil {
		count = view.Len
		if rest, ok := view.Skip((pg.number-1)*pg.size, newestFirst); ok {
			view, on.number = rest, 1
		}
	}
	all := view.Ascending()
	if newestFirst {
		all = view.Descending()
	}
	all = filter(all, s.tests)
	if s.visible != nil {
		return collectVisible(pg, all, s.visible), 0
	}
	return collect(on, all, count)
}

// removeRecords deletes records and tells of each.
func (p *platform) removeRecords(k kind, records []*store.Record, say announce) {
	p.store.Update(func(d *store.Data) {
		k.records(d).Delete(records...)
		for _, record := range records {
			delete(d.Files, record.ID)
		}
	})
	for _, record := range records {
		p.announceRecord(say, k, notify.Delete, record)
	}
}

// bounded refuses a removal that names neither a source nor a date: it would remove everything.
func bounded(c *call, names ...string) error {
	for _, name := range names {
		if c.query.Get(name) != "" {
			return nil
		}
	}
	return invalid("At least one of the following parameters must be given: %s", strings.Join(names, ", "))
}
