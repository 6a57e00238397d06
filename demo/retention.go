package demo

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"c8yx/demo/store"
)

// retention is /retention/retentions: how long which data is kept, and the job that removes the rest.
type retention struct{ resource }

func newRetention(p *platform) *retention {
	r := &retention{resource{
		platform: p, shelf: p.shelf("retention", 901), path: "/retention/retentions", media: "retentionrule", list: "retentionrulecollection",
		key: "retentionRules", paged: true, fresh: http.StatusCreated, readers: needs(roleRetentionRead), writers: needs(roleRetentionAdmin),
		unknown: func(string) error {
			return fail(http.StatusNotFound, "retention/Not Found", "Retention rule not found")
		},
	}}
	r.check = r.rule
	r.removable = func(it item) error {
		if !it.flag("editable") {
			return forbidden()
		}
		return nil
	}
	r.shelf.put(r.shelf.next(), p.store.Shapes.Encode(map[string]any{
		"dataType": "*", "fragmentType": "*", "type": "*", "source": "*", "maximumAge": 90, "editable": true,
	}))
	return r
}

func retentionTypes() []string {
	return []string{"*", "ALARM", "AUDIT", "BULK_OPERATION", "EVENT", "MEASUREMENT", "OPERATION"}
}

// rule checks a rule. What it leaves open is for all.
func (r *retention) rule(c *call, before *item, doc store.Document) (store.Document, error) {
	if before != nil && !before.flag("editable") && c.who.user.tenant != management {
		return doc, forbidden()
	}
	raw, found := doc.Get("maximumAge")
	if !found {
		return doc, missing("maximumAge")
	}
	if days, err := strconv.Atoi(raw); err != nil || days < 0 {
		return doc, invalid("maximumAge must be a number of days")
	}
	for _, name := range []string{"dataType", "fragmentType", "type", "source"} {
		if !doc.Has(name) {
			doc = doc.Set(&r.store.Shapes, name, `"*"`)
		}
	}
	if !doc.Has("editable") {
		doc = doc.Set(&r.store.Shapes, "editable", "true")
	}
	if kind := doc.Text("dataType"); !slices.Contains(retentionTypes(), kind) {
		return doc, invalid("Invalid dataType: %s", kind)
	}
	return doc, nil
}

// retained are the kinds of records that rules speak of.
func retained() map[string]kind {
	return map[string]kind{
		"ALARM": alarmKind(), "AUDIT": auditKind(), "EVENT": eventKind(), "MEASUREMENT": measurementKind(), "OPERATION": operationKind(),
	}
}

// apply removes what is older than the rules allow. Alarms that are open stay, however old. Nobody is told.
func (r *retention) apply(at int64) (removed int) {
	for _, rule := range r.shelf.all(nil) {
		raw, _ := rule.Get("maximumAge")
		days, _ := strconv.Atoi(raw)
		if days == 0 {
			continue // for ever
		}
		span := store.Span{To: at - int64(days)*24*time.Hour.Milliseconds()}
		if source := rule.Text("source"); source != "*" {
			id, _ := store.ParseID(source)
			span.Sources = []store.ID{id}
		}
		for name, k := range retained() {
			if data := rule.Text("dataType"); data == "*" || data == name {
				removed += r.sweep(k, name == "ALARM", span, rule)
			}
		}
		if data := rule.Text("dataType"); data == "*" || data == "BULK_OPERATION" {
			removed += r.bulks.sweep(span.To)
		}
	}
	return removed
}

func (r *retention) sweep(k kind, alarms bool, span store.Span, rule item) int {
	var old []*store.Record
	kind, fragment := rule.Text("type"), rule.Text("fragmentType")
	for record := range r.view(k, selection{span: span}).Ascending() {
		switch {
		case alarms && isOpen(record):
		case kind != "*" && record.Text("type") != kind:
		case fragment != "*" && !record.Has(fragment):
		default:
			old = append(old, record)
		}
	}
	r.store.Update(func(d *store.Data) {
		k.records(d).Delete(old...)
		for _, record := range old {
			delete(d.Files, record.ID)
		}
	})
	return len(old)
}

// sweep forgets bulk operations that were over before a moment.
func (b *bulkOperations) sweep(before int64) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := len(b.all)
	b.all = slices.DeleteFunc(b.all, func(of *bulk) bool {
		return of.start < before && (of.state == bulkCompleted || of.state == bulkDeleted)
	})
	return all - len(b.all)
}
