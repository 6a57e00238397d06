package demo

import (
	"net/http"
	"slices"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// events is /event/events.
type events struct{ *platform }

func (e *events) routes() []route {
	readers, writers := needs(roleEventRead).orOwner(), needs(roleEventAdmin).orOwner()
	return []route{
		{"GET", "/event/events", readers, "eventcollection", e.list},
		{"POST", "/event/events", writers, "event", e.post},
		{"DELETE", "/event/events", needs(roleEventAdmin), "", e.deleteMany},
		{"GET", "/event/events/{id}", readers, "event", e.get},
		{"PUT", "/event/events/{id}", writers, "event", e.put},
		{"DELETE", "/event/events/{id}", writers, "", e.delete},
	}
}

func eventKind() kind {
	return kind{
		area: "event", channel: "/events/",
		records: func(d *store.Data) *store.Records { return &d.Events },
		write: func(p *platform, w *rawjson.Writer, base string, r *store.Record) {
			p.writeHead(w, base, "/event/events/", r, true)
			w.Str("creationTime", formatMilli(r.Created))
			w.Str("lastUpdated", formatMilli(r.Updated))
			writeMembers(w, r.Document)
			w.Close('}')
		},
	}
}

func (e *events) selection(c *call) (selection, error) {
	s, err := e.platform.selection(c)
	if err != nil {
		return s, err
	}
	if kind := c.query.Get("type"); kind != "" {
		s.where("type", []string{kind}, false)
	}
	fragment, value := c.query.Get("fragmentType"), c.query.Get("fragmentValue")
	if fragment != "" {
		s.tests = append(s.tests, func(r *store.Record) bool {
			raw, found := r.Get(fragment)
			return found && (value == "" || rawjson.Unquote(raw) == value)
		})
	}
	return s, nil
}

func (e *events) list(c *call) (reply, error) {
	s, err := e.selection(c)
	if err != nil {
		return reply{}, err
	}
	oldestFirst := c.flag("revert") && s.dated
	return e.listRecords(c, eventKind(), "eventcollection", "events", s, !oldestFirst)
}

func (e *events) render(base string, event *store.Record) []byte {
	var w rawjson.Writer
	eventKind().write(e.platform, &w, base, event)
	return w.Buf
}

func (e *events) get(c *call) (reply, error) {
	event, err := e.find(c, eventKind())
	if err != nil {
		return reply{}, err
	}
	return ok("event", e.render(c.base, event)), nil
}

func (e *events) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	d, err := e.draft(eventKind(), body, "type", "text")
	if err != nil {
		return reply{}, err
	}
	if !c.mayWith(d.source, d.doc) {
		return reply{}, forbidden()
	}
	if c.deviceTraffic() {
		e.inventory.touch(d.source.ID)
	}
	record := d.record(e.now())
	if c.mode.transient {
		e.announceRecord(c.say, eventKind(), notify.Create, &record)
		return created("event", c.url("/event/events/null"), e.render(c.base, &record)), nil
	}
	event := e.create(record, c.say)
	return created("event", c.url("/event/events/"+event.ID.String()), e.render(c.base, event)), nil
}

func (e *events) create(record store.Record, say announce) (event *store.Record) {
	e.store.Update(func(d *store.Data) { event = d.Events.Create(record)[0] })
	e.announceRecord(say, eventKind(), notify.Create, event)
	return event
}

func (e *events) put(c *call) (reply, error) {
	event, err := e.find(c, eventKind())
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	patch := withoutMembers(body, append(lifted(), "type", "c8y_IsBinary"))
	if c.mode.transient {
		told := *event
		told.Document = event.Merge(&e.store.Shapes, patch)
		e.announceRecord(c.say, eventKind(), notify.Update, &told)
		return ok("event", e.render(c.base, &told)), nil
	}
	changed := e.patch(event.ID, patch, c.say)
	if changed == nil {
		return reply{}, eventKind().notFound(c.param("id"))
	}
	return ok("event", e.render(c.base, changed)), nil
}

// patch merges a compact JSON object into an event; nil if it is gone.
func (e *events) patch(id store.ID, patch string, say announce) (changed *store.Record) {
	e.store.Update(func(d *store.Data) {
		if event := d.Events.Get(id); event != nil {
			next := *event
			next.Document, next.Updated = event.Merge(&e.store.Shapes, patch), e.now()
			changed = d.Events.Put(next)
		}
	})
	if changed != nil {
		e.announceRecord(say, eventKind(), notify.Update, changed)
	}
	return changed
}

func (e *events) delete(c *call) (reply, error) {
	event, err := e.find(c, eventKind())
	if err != nil {
		return reply{}, err
	}
	e.removeRecords(eventKind(), []*store.Record{event}, c.say)
	return empty(http.StatusNoContent), nil
}

func (e *events) deleteMany(c *call) (reply, error) {
	if err := bounded(c, "source", "dateFrom", "dateTo", "createdFrom", "createdTo"); err != nil {
		return reply{}, err
	}
	s, err := e.selection(c)
	if err != nil {
		return reply{}, err
	}
	e.removeRecords(eventKind(), slices.Collect(filter(e.view(eventKind(), s).Ascending(), s.tests)), c.say)
	return empty(http.StatusNoContent), nil
}
