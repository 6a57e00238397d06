package demo

import (
	"net/http"
	"strings"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// audits is /audit/auditRecords: who did what. What happens in the tenant gets there by [platform.audit].
type audits struct{ *platform }

func (a *audits) routes() []route {
	const all = "/audit/auditRecords"
	return []route{
		{"GET", all, needs(roleAuditRead), "auditrecordcollection", a.list},
		{"POST", all, needs(roleAuditAdmin, roleSystem), "auditrecord", a.post},
		{"GET", all + "/{id}", needs(roleAuditRead), "auditrecord", a.get},
	}
}

// deed is what an audit record tells. [call.did] begins one with who did it.
type deed struct {
	kind        string // the part of the platform it is about: "Alarm", "Inventory", "TrustedCertificates"
	activity    string // "Alarm updated"
	text        string // "Alarm updated: status='CLEARED'"; default: the activity
	source      string // id of what it was done to: of the alarm, not of its device
	user        string // name of who did it
	application string // name or key of the application that was used, "" if there was none
	severity    string // default INFORMATION
	changes     []alteration
}

// alteration is one changed attribute of what an audit record is about.
type alteration struct {
	attribute, kind string // "status", "com.cumulocity.model.event.CumulocityAlarmStatuses"
	before, after   string // before is "" for what was not there
}

// signedIn is the deed of somebody who has signed in, perhaps to an application.
func signedIn(user, application string) deed {
	return deed{kind: "UserAuthentication", activity: "User login", text: "User login: user='" + user + "'", source: user, user: user, application: application}
}

// did begins an audit record with who is calling.
func (c *call) did(kind, activity, source string) deed {
	d := deed{kind: kind, activity: activity, source: source, application: c.r.Header.Get("X-Cumulocity-Application-Key")}
	if c.who.user != nil {
		d.user = c.who.user.name
	}
	return d
}

// audit records a deed. It takes the store's lock. What happens while the fleet settles is history that nobody kept.
func (p *platform) audit(d deed) {
	if p.quiet.Load() {
		return
	}
	record := p.auditRecord(d, p.now())
	p.store.Update(func(data *store.Data) { data.Audit.Create(record) })
}

// auditRecord writes a deed down.
func (p *platform) auditRecord(d deed, at int64) store.Record {
	var w rawjson.Writer
	w.Open('{')
	w.Str("type", d.kind)
	w.Str("activity", d.activity)
	w.Str("text", or(d.text, d.activity))
	w.Str("severity", or(d.severity, "INFORMATION"))
	w.Str("user", d.user)
	if d.application != "" {
		w.Str("application", d.application)
	}
	w.Key("source")
	w.Open('{')
	w.Str("id", d.source)
	w.Close('}')
	if len(d.changes) > 0 {
		w.Key("changes")
		w.Open('[')
		for _, change := range d.changes {
			w.Comma()
			change.write(&w)
		}
		w.Close(']')
	}
	w.Close('}')
	id, _ := store.ParseID(d.source) // users and options have names; those records are under no source
	return store.Record{Source: id, Time: store.Stamp{Milli: at}, Created: at, Updated: at, Document: p.store.Shapes.Compact(string(w.Buf))}
}

func (a alteration) write(w *rawjson.Writer) {
	kind, before := "REPLACED", any(a.before)
	if a.before == "" {
		kind, before = "ADDED", nil
	}
	w.Open('{')
	w.Str("attribute", a.attribute)
	w.Str("changeType", kind)
	w.Any("previousValue", before)
	w.Str("newValue", a.after)
	w.Str("type", or(a.kind, "java.lang.String"))
	w.Close('}')
}

func (p *platform) keepAudit(source string, at store.Stamp, doc store.Document) *store.Record {
	id, _ := store.ParseID(source)
	record := store.Record{Source: id, Time: at, Created: p.now(), Updated: p.now(), Document: doc}
	p.store.Update(func(d *store.Data) { record = *d.Audit.Create(record)[0] })
	return &record
}

func auditKind() kind {
	return kind{
		area:    "audit",
		records: func(d *store.Data) *store.Records { return &d.Audit },
		write: func(p *platform, w *rawjson.Writer, base string, r *store.Record) {
			w.Open('{')
			w.Str("id", r.ID.String())
			w.Str("self", base+"/audit/auditRecords/"+r.ID.String())
			w.Str("creationTime", formatMilli(r.Created))
			w.Str("time", formatStamp(r.Time))
			for key, raw := range r.All() {
				if key == "source" {
					raw = auditSource(base, raw)
				}
				w.Raw(key, raw)
			}
			w.Close('}')
		},
	}
}

// auditSource gives a source the address that the platform gives it: whatever it is, that of a managed object.
func auditSource(base, raw string) string {
	id := rawjson.Text(raw, "id")
	return string(rawjson.Append(nil, map[string]any{"id": id, "self": base + "/inventory/managedObjects/" + id}))
}

func (a *audits) list(c *call) (reply, error) {
	var s selection
	var err error
	if s.span.From, err = c.when("dateFrom"); err != nil {
		return reply{}, err
	}
	if s.span.To, err = c.when("dateTo"); err != nil {
		return reply{}, err
	}
	if source := c.query.Get("source"); source != "" {
		id, _ := store.ParseID(source)
		s.span.Sources = []store.ID{id}
		s.tests = append(s.tests, func(r *store.Record) bool {
			raw, _ := r.Get("source")
			return rawjson.Text(raw, "id") == source
		})
	}
	for _, property := range []string{"type", "user", "application"} {
		s.where(property, c.list(property), false)
	}
	return a.listRecords(c, auditKind(), "auditrecordcollection", "auditRecords", s, !c.flag("revert"))
}

func (a *audits) get(c *call) (reply, error) {
	record, err := a.find(c, auditKind())
	if err != nil {
		return reply{}, err
	}
	return ok("auditrecord", a.render(c.base, record)), nil
}

func (a *audits) render(base string, record *store.Record) []byte {
	var w rawjson.Writer
	auditKind().write(a.platform, &w, base, record)
	return w.Buf
}

// post records what an application or device did. The official document wants a source and a type out of a list, and the application
// to be that of the request; the platform takes records without source, of any type, of any application: go-c8y's tests show it.
func (a *audits) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	var absent []string
	for _, name := range []string{"activity", "text", "time", "type"} {
		if raw, found := rawjson.Member(body, name); !found || raw == "null" {
			absent = append(absent, name)
		}
	}
	if len(absent) > 0 {
		return reply{}, missing(strings.Join(absent, ","))
	}
	at, valid := parseTime(rawjson.Text(body, "time"))
	if !valid {
		return reply{}, invalid("Invalid date: %s", rawjson.Text(body, "time"))
	}
	doc, _ := a.store.Shapes.Lift(body, "id", "self", "creationTime", "time", "source", "changes")
	var source string
	if raw, _ := rawjson.Member(body, "source"); raw != "" {
		id, _ := rawjson.Member(raw, "id")
		if source = rawjson.Unquote(id); source == "" {
			return reply{}, missing("source.id")
		}
		doc = doc.Set(&a.store.Shapes, "source", string(rawjson.Append(nil, map[string]any{"id": source})))
	}
	if !doc.Has("user") {
		doc = doc.Set(&a.store.Shapes, "user", rawjson.Quote(c.who.user.name))
	}
	if !doc.Has("severity") {
		doc = doc.Set(&a.store.Shapes, "severity", `"INFORMATION"`)
	}
	if key := c.r.Header.Get("X-Cumulocity-Application-Key"); key != "" && !doc.Has("application") {
		doc = doc.Set(&a.store.Shapes, "application", rawjson.Quote(key))
	}
	record := a.keepAudit(source, at, doc)
	answer := created("auditrecord", c.url("/audit/auditRecords/"+record.ID.String()), a.render(c.base, record))
	answer.status = http.StatusCreated
	return answer, nil
}
