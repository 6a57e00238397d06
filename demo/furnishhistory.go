package demo

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"c8yx/demo/office"
	"c8yx/demo/store"
)

const (
	usedFor       = 60  // days that the tenant has statistics of
	signedInFor   = 30  // days that the audit log has sign-ins of
	mostRemarked  = 300 // alarms, and as many operations, that the audit log tells of
	mostCountedOf = 300 // devices that have statistics of their own
)

// use gives the tenant statistics of the time before it was made, once somebody wants to know.
func (f *furnishing) use() error {
	at, devices := f.at, len(f.devices)
	var counted []store.ID
	for _, device := range f.devices[:min(mostCountedOf, devices)] {
		counted = append(counted, device.ID)
	}
	f.usage.from, f.usage.earlier = dateOf(at), func(u *usage) { u.imagine(at, devices, counted) }
	return nil
}

// imagine makes up how a tenant was used before a moment by a company that grows and rests on Sundays. Some of its devices have statistics of their own.
func (u *usage) imagine(before int64, devices int, counted []store.ID) {
	perDay := map[string]int64{ // and device, about what the devices have sent in the time that there is data of
		"requestCount": 160, "deviceRequestCount": 141, "measurementsCreatedCount": 120, "eventsCreatedCount": 1, "inventoriesUpdatedCount": 14, "alarmsCreatedCount": 2,
		"alarmsUpdatedCount": 3,
	}
	few := map[string]int64{"operationsCreatedCount": 31, "operationsUpdatedCount": 60, "inventoriesCreatedCount": 4, "eventsUpdatedCount": 5}
	for ago := int64(1); ago <= usedFor; ago++ {
		at := time.UnixMilli(before).UTC().AddDate(0, 0, -int(ago))
		date := at.Format(dateLayout)
		share := func(n int64, of string) int64 {
			part := n * (1000 - 4*ago) / 1000
			if at.Weekday() == time.Sunday {
				part = part * 6 / 10
			}
			return part + part*(int64(spread(date+of)%100)-50)/1000
		}
		day := u.day(date)
		for name, n := range perDay {
			day[name] += share(n*int64(devices), name)
		}
		for name, n := range few {
			day[name] += share(n, name)
		}
		for _, device := range counted {
			u.devices[date][device] += share(perDay["measurementsCreatedCount"], device.String())
		}
	}
}

// spread makes a number of a text that looks arbitrary and is the same every time.
func spread(text string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text))
	return h.Sum32()
}

// past is a deed and when it was done, in Unix milliseconds.
type past struct {
	deed
	at int64
}

// write fills the audit log: what people did, and what became of alarms and operations.
func (f *furnishing) write() error {
	log := f.log
	for _, d := range office.Diary() {
		did := deed{kind: d.Type, activity: d.Activity, text: d.Text, source: f.named(d.Type, d.Source), user: d.User, application: d.Application, severity: d.Severity}
		for _, c := range d.Changes {
			did.changes = append(did.changes, alteration{attribute: c.Attribute, before: c.Before, after: c.After})
		}
		log = append(log, &past{did, f.ago(d.Ago)})
	}
	log = append(log, f.signIns()...)
	log = append(log, f.remarks()...)
	slices.SortStableFunc(log, func(a, b *past) int { return cmp.Compare(a.at, b.at) })
	f.store.Update(func(d *store.Data) {
		for _, each := range log {
			d.Audit.Create(f.auditRecord(each.deed, each.at))
		}
	})
	return nil
}

// named is the id of an application or a tenant; others go by their names.
func (f *furnishing) named(kind, name string) string {
	var found []item
	switch kind {
	case "Application":
		found = f.applications.shelf.all(func(it item) bool { return it.Text("name") == name })
	case "Tenant":
		found = f.shelf("tenants", 2).all(func(it item) bool { return strings.HasPrefix(it.Text("domain"), name+".") })
	}
	if len(found) == 0 {
		return name
	}
	return found[0].id
}

// signIns are those of every workday.
func (f *furnishing) signIns() (log []*past) {
	today := time.UnixMilli(f.at).UTC().Truncate(24 * time.Hour)
	for ago := signedInFor; ago >= 0; ago-- {
		day := today.AddDate(0, 0, -ago)
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			continue
		}
		for _, s := range office.SignIns() {
			at := day.Add(time.Duration(s.Hour)*time.Hour + time.Duration(spread(s.User+day.String())%3000)*time.Second).UnixMilli()
			if at < f.at {
				log = append(log, &past{signedIn(s.User, s.Application), at})
			}
		}
	}
	return log
}

// remarks are what became of the newest alarms and operations.
func (f *furnishing) remarks() (log []*past) {
	n := 0
	for alarm := range f.view(alarmKind(), selection{}).Descending() {
		status, by := alarm.Text("status"), "operator"
		if status == "ACTIVE" {
			continue
		}
		if device := f.object(alarm.Source); status == "CLEARED" && device != nil {
			by = device.Text("owner")
		}
		log = append(log, &past{deed{
			kind: "Alarm", activity: "Alarm updated", text: "Alarm updated: status='" + status + "'", source: alarm.ID.String(), user: by,
			changes: []alteration{{attribute: "status", kind: "com.cumulocity.model.event.CumulocityAlarmStatuses", before: "ACTIVE", after: status}},
		}, alarm.Updated})
		if n++; n == mostRemarked {
			break
		}
	}
	n = 0
	for operation := range f.view(operationKind(), selection{}).Descending() {
		log = append(log, &past{deed{
			kind: "Operation", activity: "Operation created", text: "Operation created: status='PENDING'", source: operation.ID.String(), user: "operator", application: "devicemanagement",
		}, operation.Created})
		if device, status := f.object(operation.Source), operation.Text("status"); status != "PENDING" && device != nil {
			log = append(log, &past{deed{
				kind: "Operation", activity: "Operation updated", text: "Operation updated: status='" + status + "'", source: operation.ID.String(), user: device.Text("owner"),
				changes: []alteration{{attribute: "status", kind: "com.cumulocity.model.control.OperationStatus", before: "PENDING", after: status}},
			}, min(operation.Created+7_000, f.at)})
		}
		if n++; n == mostRemarked {
			break
		}
	}
	return log
}
