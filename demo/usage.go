package demo

import (
	"maps"
	"sync"
	"time"

	"c8yx/demo/notify"
	"c8yx/demo/store"
)

// usage counts what the tenant is asked and told, by day in UTC, and what devices send.
type usage struct {
	since   int64        // when it began to count, Unix milliseconds
	from    string       // date of the first day that the data tells of; what was before is known already
	earlier func(*usage) // makes up what was before the data; nil: there was nothing
	mu      sync.Mutex
	days    map[string]counts             // by date: "2026-02-03"
	devices map[string]map[store.ID]int64 // requests by date and device
}

// counts are the counters of a day, by the names that documents have for them.
type counts map[string]int64

func (c counts) add(other counts) {
	for name, n := range other {
		c[name] += n
	}
}

// counters are all there are; those that are zero are told, too.
func counters() []string {
	return []string{
		"alarmsCreatedCount", "alarmsUpdatedCount", "deviceRequestCount", "eventsCreatedCount", "eventsUpdatedCount", "inventoriesCreatedCount",
		"inventoriesUpdatedCount", "measurementsCreatedCount", "operationsCreatedCount", "operationsUpdatedCount", "requestCount",
	}
}

const dateLayout = "2006-01-02"

func dateOf(milli int64) string { return time.UnixMilli(milli).UTC().Format(dateLayout) }

func (u *usage) day(date string) counts {
	if u.days == nil {
		u.days, u.devices = make(map[string]counts), make(map[string]map[store.ID]int64)
	}
	if u.days[date] == nil {
		u.days[date], u.devices[date] = counts{}, map[store.ID]int64{}
	}
	return u.days[date]
}

// request counts a call.
func (u *usage) request(c *call, at int64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	day := u.day(dateOf(at))
	day["requestCount"]++
	if c.who.user != nil && c.deviceTraffic() {
		day["deviceRequestCount"]++
	}
}

// change counts a document that was created or updated; device is the source of an alarm, event or measurement.
func (u *usage) change(area, action string, device store.ID, at int64) {
	suffix := "CreatedCount"
	if action == notify.Update {
		suffix = "UpdatedCount"
	}
	name := map[string]string{
		"alarm": "alarms", "event": "events", "inventory": "inventories", "measurement": "measurements", "devicecontrol": "operations",
	}[area]
	if name == "" || action == notify.Delete {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	date := dateOf(at)
	u.day(date)[name+suffix]++
	if area == "alarm" || area == "event" || area == "measurement" {
		u.devices[date][device]++
	}
}

// between adds up the days from the first to the last, both included.
func (u *usage) between(from, to string) counts {
	u.mu.Lock()
	defer u.mu.Unlock()
	sum := counts{}
	for date, day := range u.days {
		if date >= from && date <= to {
			sum.add(day)
		}
	}
	return sum
}

// sent returns how often devices sent something on days that begin with a prefix: a date, or a month.
func (u *usage) sent(matches func(date string) bool) map[store.ID]int64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	sum := map[store.ID]int64{}
	for date, devices := range u.devices {
		if matches(date) {
			for device, n := range devices {
				sum[device] += n
			}
		}
	}
	return sum
}

// learn takes over what the data says of the time before the tenant began to count.
func (u *usage) learn(d *store.Data) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.earlier != nil {
		u.earlier(u)
		u.earlier = nil
	}
	for name, records := range map[string]*store.Records{
		"alarmsCreatedCount": &d.Alarms, "eventsCreatedCount": &d.Events, "measurementsCreatedCount": &d.Measurements, "operationsCreatedCount": &d.Operations,
	} {
		for record := range records.Select(store.Span{}).Unordered() {
			if record.Created >= u.since {
				continue
			}
			date := dateOf(record.Created)
			if date < u.from {
				continue
			}
			u.day(date)[name]++
			if name != "operationsCreatedCount" {
				u.devices[date][record.Source]++
			}
		}
	}
}

// snapshot returns all days.
func (u *usage) snapshot() map[string]counts {
	u.mu.Lock()
	defer u.mu.Unlock()
	days := make(map[string]counts, len(u.days))
	for date, day := range u.days {
		days[date] = maps.Clone(day)
	}
	return days
}
