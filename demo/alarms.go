package demo

import (
	"slices"
	"strings"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// alarms is /alarm/alarms.
type alarms struct{ *platform }

func (a *alarms) routes() []route {
	readers, writers := needs(roleAlarmRead).orOwner(), needs(roleAlarmAdmin).orOwner()
	return []route{
		{"GET", "/alarm/alarms", readers, "alarmcollection", a.list},
		{"POST", "/alarm/alarms", writers, "alarm", a.post},
		{"PUT", "/alarm/alarms", needs(roleAlarmAdmin), "alarm", a.putMany},
		{"DELETE", "/alarm/alarms", needs(roleAlarmAdmin), "", a.delete},
		{"GET", "/alarm/alarms/count", readers, "text/plain, application/json", a.count},
		{"POST", "/alarm/alarms/upsert", writers, "alarmUpsertResponse", a.upsert},
		{"GET", "/alarm/alarms/{id}", readers, "alarm", a.get},
		{"PUT", "/alarm/alarms/{id}", writers, "alarm", a.put},
	}
}

func alarmKind() kind {
	return kind{
		area: "alarm", channel: "/alarms/",
		records: func(d *store.Data) *store.Records { return &d.Alarms },
		write: func(p *platform, w *rawjson.Writer, base string, r *store.Record) {
			p.writeHead(w, base, "/alarm/alarms/", r, true)
			w.Str("creationTime", formatMilli(r.Created))
			w.Str("lastUpdated", formatMilli(r.Updated))
			writeMembers(w, r.Document)
			w.Key("history")
			w.Open('{')
			p.writeHistory(w, base, r.ID)
			w.Str("self", base+"/audit/auditRecords")
			w.Close('}')
			w.Close('}')
		},
	}
}

// writeHistory writes what has become of an alarm, the oldest first.
func (p *platform) writeHistory(w *rawjson.Writer, base string, alarm store.ID) {
	var history []*store.Record
	if alarm != 0 {
		p.store.View(func(d *store.Data) {
			for record := range d.Audit.Select(store.Span{Sources: []store.ID{alarm}}).Ascending() {
				if record.Text("type") == "Alarm" {
					history = append(history, record)
				}
			}
		})
	}
	w.Key("auditRecords")
	w.Open('[')
	for _, record := range history {
		w.Comma()
		auditKind().write(p, w, base, record)
	}
	w.Close(']')
}

// The states and severities of alarms.
func alarmStates() []string { return []string{"ACTIVE", "ACKNOWLEDGED", "CLEARED"} }
func severities() []string  { return []string{"CRITICAL", "MAJOR", "MINOR", "WARNING"} }

// isOpen reports whether an alarm counts: acknowledging it does not make it go away.
func isOpen(r *store.Record) bool { return r.Text("status") != "CLEARED" }

// selection reads the filters of alarms. resolved overrides status.
func (a *alarms) selection(c *call) (selection, error) {
	s, err := a.platform.selection(c)
	if err != nil {
		return s, err
	}
	s.where("type", c.list("type"), false)
	s.where("severity", c.list("severity"), true)
	switch {
	case c.flag("resolved"):
		s.where("status", []string{"CLEARED"}, false)
	case c.query.Get("resolved") != "" && c.query.Get("status") == "":
		s.where("status", []string{"ACTIVE", "ACKNOWLEDGED"}, false)
	default:
		s.where("status", c.list("status"), true)
	}
	return s, nil
}

func (a *alarms) list(c *call) (reply, error) {
	s, err := a.selection(c)
	if err != nil {
		return reply{}, err
	}
	return a.listRecords(c, alarmKind(), "alarmcollection", "alarms", s, true)
}

// maxRestrictedCount is up to where alarms are counted for users who may not see all of them.
const maxRestrictedCount = 100

func (a *alarms) count(c *call) (reply, error) {
	s, err := a.selection(c)
	if err != nil {
		return reply{}, err
	}
	n := len(a.matching(s))
	if !c.global {
		n = min(n, maxRestrictedCount)
	}
	return countReply(c, n), nil
}

func (a *alarms) matching(s selection) []*store.Record {
	tests := s.tests
	if s.visible != nil {
		tests = append(slices.Clone(tests), s.visible)
	}
	return slices.Collect(filter(a.view(alarmKind(), s).Ascending(), tests))
}

func (a *alarms) get(c *call) (reply, error) {
	alarm, err := a.find(c, alarmKind())
	if err != nil {
		return reply{}, err
	}
	return ok("alarm", a.render(c.base, alarm)), nil
}

func (a *alarms) render(base string, alarm *store.Record) []byte {
	var w rawjson.Writer
	alarmKind().write(a.platform, &w, base, alarm)
	return w.Buf
}

func (a *alarms) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	d, err := a.draft(alarmKind(), body, "type", "text", "severity", "time")
	if err != nil {
		return reply{}, err
	}
	if !c.mayWith(d.source, d.doc) {
		return reply{}, forbidden()
	}
	if d.doc, err = a.normal(d.doc); err != nil {
		return reply{}, err
	}
	if c.deviceTraffic() {
		a.inventory.touch(d.source.ID)
	}
	if c.mode.transient {
		record := d.record(a.now())
		a.announceRecord(c.say, alarmKind(), notify.Create, &record)
		return created("alarm", c.url("/alarm/alarms/null"), a.render(c.base, &record)), nil
	}
	alarm := a.raise(d, a.now(), c.say)
	if alarm == nil {
		var w rawjson.Writer
		w.Open('{')
		w.Str("self", c.url("/alarm/alarms/null"))
		w.Close('}')
		return created("alarm", c.url("/alarm/alarms/null"), w.Buf), nil
	}
	return created("alarm", c.url("/alarm/alarms/"+alarm.ID.String()), a.render(c.base, alarm)), nil
}

// normal checks status and severity, which clients may write in any case, and fills in what is missing.
func (a *alarms) normal(doc store.Document) (store.Document, error) {
	for _, property := range []struct {
		name, initial string
		values        []string
	}{{"status", "ACTIVE", alarmStates()}, {"severity", "MAJOR", severities()}} {
		value := strings.ToUpper(or(doc.Text(property.name), property.initial))
		if !slices.Contains(property.values, value) {
			return doc, invalid("Invalid %s: %s", property.name, value)
		}
		doc = doc.Set(&a.store.Shapes, property.name, rawjson.Quote(value))
	}
	if !doc.Has("count") {
		doc = doc.Set(&a.store.Shapes, "count", "1")
	}
	return doc, nil
}

// raise stores an alarm. While one of the same type is open for the source, that one counts on instead. Nil if the device is in
// maintenance or the tenant does not want alarms of this type.
func (a *alarms) raise(d draft, at int64, say announce) *store.Record {
	doc, wanted := a.mapped(d.doc)
	if !wanted || inMaintenance(d.source) {
		return nil
	}
	d.doc = doc
	var alarm *store.Record
	action := notify.Create
	a.store.Update(func(data *store.Data) {
		open := a.openAlarm(data, d.source.ID, d.doc.Text("type"))
		if open == nil || !isOpen(&store.Record{Document: d.doc}) {
			alarm = data.Alarms.Create(d.record(at))[0]
			return
		}
		again := *open
		again.Document = a.counted(open)
		again.Time, again.Updated = d.at, at
		alarm, action = data.Alarms.Put(again), notify.Update
	})
	a.changed(alarm, action, say)
	return alarm
}

// openAlarm returns the open alarm of a type that a source has, nil if there is none.
func (a *alarms) openAlarm(d *store.Data, source store.ID, kind string) *store.Record {
	for alarm := range d.Alarms.Select(store.Span{Sources: []store.ID{source}}).Descending() {
		if isOpen(alarm) && alarm.Text("type") == kind {
			return alarm
		}
	}
	return nil
}

// counted returns the document of an alarm that was raised once more.
func (a *alarms) counted(alarm *store.Record) store.Document {
	raw, _ := alarm.Get("count")
	doc := alarm.Set(&a.store.Shapes, "count", increment(raw))
	if !doc.Has("firstOccurrenceTime") {
		doc = doc.Set(&a.store.Shapes, "firstOccurrenceTime", rawjson.Quote(formatStamp(alarm.Time)))
	}
	return doc
}

// mapped applies the tenant option alarm.type.mapping: another severity, another text, or not at all.
func (a *alarms) mapped(doc store.Document) (store.Document, bool) {
	mapping, found := a.settings.value("alarm.type.mapping", doc.Text("type"))
	if !found {
		return doc, true
	}
	severity, text, _ := strings.Cut(mapping, "|")
	if severity = strings.ToUpper(severity); severity == "NONE" {
		return doc, false
	}
	if slices.Contains(severities(), severity) {
		doc = doc.Set(&a.store.Shapes, "severity", rawjson.Quote(severity))
	}
	if text != "" {
		doc = doc.Set(&a.store.Shapes, "text", rawjson.Quote(text))
	}
	return doc, true
}

// changed tells of an alarm and has the alarms of its device counted anew.
func (a *alarms) changed(alarm *store.Record, action string, say announce) {
	a.announceRecord(say, alarmKind(), action, alarm)
	a.recountLater(alarm.Source)
}

func (a *alarms) recountLater(source store.ID) {
	a.later.do("alarms:"+source.String(), func() { a.recount(source) })
}

// recount maintains c8y_ActiveAlarmsStatus.
func (a *alarms) recount(source store.ID) {
	counts := map[string]int64{}
	var changed *store.Object
	a.store.Update(func(d *store.Data) {
		object := d.Objects.Get(source)
		if object == nil {
			return
		}
		for alarm := range d.Alarms.Select(store.Span{Sources: []store.ID{source}}).Ascending() {
			if isOpen(alarm) {
				counts[alarm.Text("severity")]++
			}
		}
		var w rawjson.Writer
		w.Open('{')
		for _, severity := range severities() {
			w.Int(strings.ToLower(severity), counts[severity])
		}
		w.Close('}')
		before, had := object.Get("c8y_ActiveAlarmsStatus")
		if before == string(w.Buf) || !had && len(counts) == 0 {
			return
		}
		changed = d.Objects.Put(source, object.Set(&a.store.Shapes, "c8y_ActiveAlarmsStatus", string(w.Buf)), object.Updated)
	})
	if changed != nil {
		a.inventory.announce(a.hub.Publish, notify.Update, changed)
	}
}
