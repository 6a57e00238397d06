package demo

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// fixedInAlarms are the properties of an alarm that an update does not touch.
func fixedInAlarms() []string { return append(lifted(), "type", "count", "firstOccurrenceTime") }

func (a *alarms) put(c *call) (reply, error) {
	alarm, err := a.find(c, alarmKind())
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	patch := withoutMembers(body, fixedInAlarms())
	if c.mode.transient {
		told := *alarm
		if told.Document, err = a.normal(alarm.Merge(&a.store.Shapes, patch)); err != nil {
			return reply{}, err
		}
		a.announceRecord(c.say, alarmKind(), notify.Update, &told)
		return ok("alarm", a.render(c.base, &told)), nil
	}
	changed, err := a.patch(alarm.ID, patch, a.now(), c.say)
	if err != nil {
		return reply{}, err
	}
	a.auditStatus(c.did("Alarm", "Alarm updated", alarm.ID.String()), alarm, changed)
	return ok("alarm", a.render(c.base, changed)), nil
}

// patch merges a compact JSON object into an alarm.
func (a *alarms) patch(id store.ID, patch string, at int64, say announce) (changed *store.Record, err error) {
	a.store.Update(func(d *store.Data) {
		alarm := d.Alarms.Get(id)
		if alarm == nil {
			err = alarmKind().notFound(id.String())
			return
		}
		next := *alarm
		if next.Document, err = a.normal(alarm.Merge(&a.store.Shapes, patch)); err != nil {
			return
		}
		next.Updated = at
		changed = d.Alarms.Put(next)
	})
	if err != nil {
		return nil, err
	}
	a.changed(changed, notify.Update, say)
	return changed, nil
}

// putMany sets the status of all alarms that a filter selects.
func (a *alarms) putMany(c *call) (reply, error) {
	if err := bounded(c, "source", "status", "severity", "resolved", "type", "dateFrom", "dateTo", "createdFrom", "createdTo", "lastUpdatedFrom", "lastUpdatedTo"); err != nil {
		return reply{}, err
	}
	s, err := a.selection(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	status := strings.ToUpper(rawjson.Text(body, "status"))
	switch {
	case status == "":
		return reply{}, missing("status")
	case !slices.Contains(alarmStates(), status):
		return reply{}, invalid("Invalid status: %s", status)
	}
	alarms, d := a.matching(s), c.did("Alarm", "Alarm updated", "")
	if len(alarms) <= maxAtOnce {
		a.putStatus(d, alarms, status, c.say)
		return empty(http.StatusOK), nil
	}
	say := a.hub.Publish // the reply will be out
	if c.mode.silent {
		say = func(notify.Message) {}
	}
	a.later.do("bulk alarms:"+c.r.URL.RawQuery+status, func() { a.putStatus(d, alarms, status, say) })
	return empty(http.StatusAccepted), nil
}

// maxAtOnce is how many alarms the platform changes while the client waits; for more it goes on in the background.
const maxAtOnce = 500

func (a *alarms) putStatus(d deed, alarms []*store.Record, status string, say announce) {
	for _, alarm := range alarms {
		if alarm.Text("status") == status {
			continue
		}
		// Whoever deleted the alarm meanwhile had the last word.
		if changed, err := a.patch(alarm.ID, `{"status":`+rawjson.Quote(status)+`}`, a.now(), say); err == nil {
			a.auditStatus(d, alarm, changed)
		}
	}
}

// auditStatus records a changed status.
func (a *alarms) auditStatus(d deed, before, after *store.Record) {
	from, to := before.Text("status"), after.Text("status")
	if from == to {
		return
	}
	d.source, d.severity = after.ID.String(), after.Text("severity")
	d.text = d.activity + ": status='" + to + "'"
	d.changes = []alteration{{attribute: "status", before: from, after: to, kind: "com.cumulocity.model.event.CumulocityAlarmStatuses"}}
	a.audit(d)
}

func (a *alarms) delete(c *call) (reply, error) {
	if err := bounded(c, "source", "dateFrom", "dateTo", "createdFrom", "createdTo"); err != nil {
		return reply{}, err
	}
	s, err := a.selection(c)
	if err != nil {
		return reply{}, err
	}
	gone := a.matching(s)
	a.removeRecords(alarmKind(), gone, c.say)
	for _, alarm := range gone {
		a.recountLater(alarm.Source)
	}
	return empty(http.StatusNoContent), nil
}

// upsert creates an alarm, or updates the open one of that source and type with text, severity and fragments.
func (a *alarms) upsert(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	d, err := a.draft(alarmKind(), body, "type")
	if err != nil {
		return reply{}, err
	}
	if !c.mayWith(d.source, d.doc) {
		return reply{}, forbidden()
	}
	if c.deviceTraffic() {
		a.inventory.touch(d.source.ID)
	}
	var before *store.Record
	a.store.View(func(data *store.Data) { before = a.openAlarm(data, d.source.ID, d.doc.Text("type")) })
	var after *store.Record
	if before == nil {
		if d.doc, err = a.normal(d.doc); err != nil {
			return reply{}, err
		}
		after = a.raise(d, a.now(), c.say)
	} else {
		patch := withoutMembers(body, fixedInAlarms())
		if c.flag("incrementCount") {
			raw, _ := before.Get("count")
			patch = a.store.Shapes.Compact(patch).Set(&a.store.Shapes, "count", increment(raw)).JSON()
		}
		if after, err = a.patch(before.ID, patch, a.now(), c.say); err != nil {
			return reply{}, err
		}
		a.auditStatus(c.did("Alarm", "Alarm updated", after.ID.String()), before, after)
	}
	var w rawjson.Writer
	w.Open('{')
	w.Key("alarm")
	a.writeOrNull(&w, c.base, after)
	w.Key("previousState")
	a.writeOrNull(&w, c.base, before)
	w.Close('}')
	if before != nil {
		return ok("alarmUpsertResponse", w.Buf), nil
	}
	location := "/alarm/alarms/null"
	if after != nil {
		location = "/alarm/alarms/" + after.ID.String()
	}
	return created("alarmUpsertResponse", c.url(location), w.Buf), nil
}

func (a *alarms) writeOrNull(w *rawjson.Writer, base string, alarm *store.Record) {
	if alarm == nil {
		w.Buf = append(w.Buf, "null"...)
		return
	}
	alarmKind().write(a.platform, w, base, alarm)
}

func increment(count string) string {
	n, err := strconv.Atoi(count)
	if err != nil {
		n = 1
	}
	return strconv.Itoa(n + 1)
}

// unavailable raises the platform's own alarm for a device that has been silent for too long since a moment.
func (a *alarms) unavailable(device *store.Object, since int64) {
	doc := a.store.Shapes.Encode(map[string]any{
		"type": availabilityAlarm, "severity": "MAJOR", "status": "ACTIVE", "count": 1, "text": "No data received from the device within the required interval.",
	})
	a.raise(draft{source: device, at: store.Stamp{Milli: since}, doc: doc}, a.now(), a.hub.Publish)
}

// clearOpen clears the open alarm of a type, if there is one.
func (a *alarms) clearOpen(source store.ID, kind string) {
	var open *store.Record
	a.store.View(func(d *store.Data) { open = a.openAlarm(d, source, kind) })
	if open != nil {
		_, _ = a.patch(open.ID, `{"status":"CLEARED"}`, a.now(), a.hub.Publish) // gone is as good as cleared
	}
}
