package demo

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// statistics is /tenant/statistics: how much the tenant is used. Days are those of UTC.
type statistics struct {
	*platform
	tenants *tenants
	files   *shelf // the archives are made when they are fetched
}

func (s *statistics) routes() []route {
	const path = "/tenant/statistics"
	readers, all := needs(roleTenantStatisticsRead), needs(roleTenantManagementAdmin)
	return []route{
		{"GET", path, readers, "tenantusagestatisticscollection", s.daily},
		{"GET", path + "/summary", needs(roleTenantStatisticsRead, roleInventoryRead, roleManagedObjectRead), "tenantusagestatisticssummary", s.summary},
		{"GET", path + "/allTenantsSummary", needs(roleTenantManagementRead), "", s.allTenants},
		{"GET", path + "/files", all, "tenantStatisticsfilecollection", s.listFiles},
		{"POST", path + "/files", needs(roleTenantManagementAdmin, roleTenantManagementCreate), "tenantstatisticsfile", s.postFile},
		{"GET", path + "/files/{id}", all, "*/*", s.getFile},
		{"GET", path + "/files/latest/{month}", all, "*/*", s.latestFile},
		{"GET", path + "/device/{tenant}/daily/{date}", readers, "", s.devicesOf(func(at time.Time) string { return at.Format(dateLayout) })},
		{"GET", path + "/device/{tenant}/monthly/{date}", readers, "", s.devicesOf(func(at time.Time) string { return at.Format("2006-01") })},
	}
}

// span reads the days that a request is about, by default those since the first of the month. A day is meant if its midnight is: the first is
// the one after a dateFrom in the middle of a day. Older clients say dateTill.
func (s *statistics) span(c *call) (from, to string, err error) {
	today := s.clock.Now().UTC()
	from, to = today.Format("2006-01")+"-01", today.Format(dateLayout)
	for _, bound := range []struct {
		name string
		date *string
	}{{"dateFrom", &from}, {"dateTill", &to}, {"dateTo", &to}} {
		at, err := c.when(bound.name)
		if err != nil {
			return "", "", err
		}
		if at == 0 {
			continue
		}
		if bound.name == "dateFrom" {
			at += (24*time.Hour - time.Millisecond).Milliseconds()
		}
		*bound.date = dateOf(at)
	}
	return from, to, nil
}

// known makes sure that the time before the tenant began to count is counted, too.
func (s *statistics) known() { s.learnt.Do(func() { s.store.View(s.usage.learn) }) }

// resident is what there is in the tenant now.
func (s *statistics) resident() counts {
	var records, objects, roots, children int64
	s.store.View(func(d *store.Data) {
		for _, kind := range []*store.Records{&d.Alarms, &d.Events, &d.Measurements, &d.Operations} {
			records += int64(kind.Len())
		}
	})
	s.store.View(func(d *store.Data) {
		objects = int64(d.Objects.Len())
		devices := d.Scan(store.Presence("c8y_IsDevice"))
		for place := range devices.Len() {
			switch {
			case devices.Text(0, place) == "":
			case len(d.Objects.Parents(store.Devices, devices.ID(place))) == 0:
				roots++
			default:
				children++
			}
		}
	})
	const bytesPerRecord, bytesPerObject = 400, 1500 // about
	return counts{
		"deviceCount": roots, "deviceEndpointCount": roots, "deviceWithChildrenCount": roots + children,
		"storageSize": records*bytesPerRecord + objects*bytesPerObject,
	}
}

// writeCounts writes the counters of some days, and what there is now.
func (s *statistics) writeCounts(w *rawjson.Writer, sum counts) {
	total := int64(0)
	for _, name := range counters() {
		w.Int(name, sum[name])
		if strings.Contains(name, "Created") || strings.Contains(name, "Updated") {
			total += sum[name]
		}
	}
	w.Int("totalResourceCreateAndUpdateCount", total)
	for _, name := range []string{"deviceCount", "deviceEndpointCount", "deviceWithChildrenCount", "storageSize"} {
		w.Int(name, sum[name])
	}
	w.Any("resources", map[string]any{"cpu": 0, "memory": 0, "usedBy": []any{}})
}

func (s *statistics) applicationsOf(tenant string) []string {
	names := []string{}
	for _, it := range s.tenants.applications.shelf.all(func(it item) bool { return slices.Contains(it.strings(applicationSubscribers), tenant) }) {
		names = append(names, it.Text("name"))
	}
	return names
}

// daily lists the days, one by one.
func (s *statistics) daily(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	from, to, err := s.span(c)
	if err != nil {
		return reply{}, err
	}
	s.known()
	days := s.usage.snapshot()
	dates := slices.DeleteFunc(slices.Sorted(maps.Keys(days)), func(date string) bool { return date < from || date > to })
	resident, applications := s.resident(), s.applicationsOf(s.id)
	page, total := collect(p, slices.Values(dates), nil)
	return collection(c, "tenantusagestatisticscollection", "usageStatistics", p, page, total, func(w *rawjson.Writer, date string) {
		day := maps.Clone(resident)
		day.add(days[date])
		w.Open('{')
		w.Str("self", c.url("/tenant/statistics"))
		w.Str("day", date+"T00:00:00.000Z")
		s.writeCounts(w, day)
		w.Any("subscribedApplications", applications)
		w.Close('}')
	}), nil
}

func (s *statistics) summary(c *call) (reply, error) {
	tenant := or(c.query.Get("tenant"), s.id)
	if _, found := s.tenants.shelf.get(tenant); !found {
		return reply{}, noTenant(tenant)
	}
	from, to, err := s.span(c)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	w.Open('{')
	w.Str("self", c.url("/tenant/statistics/summary"))
	w.Str("day", formatMilli(s.now()))
	s.writeCounts(&w, s.sum(tenant, from, to))
	w.Any("subscribedApplications", s.applicationsOf(tenant))
	w.Close('}')
	return ok("tenantusagestatisticssummary", w.Buf), nil
}

// sum adds up some days. In a subtenant that nobody has asked for nothing has happened.
func (s *statistics) sum(tenant, from, to string) counts {
	if tenant != s.id {
		if below := s.tenants.served.known(tenant); below != nil {
			return below.statistics.sum(tenant, from, to)
		}
		it, _ := s.tenants.shelf.get(tenant)
		devices, _ := it.Get(tenantDevices)
		n := int64(number(devices, 0))
		return counts{"deviceCount": n, "deviceEndpointCount": n, "deviceWithChildrenCount": n}
	}
	s.known()
	sum := s.resident()
	sum.add(s.usage.between(from, to))
	return sum
}

func (s *statistics) allTenants(c *call) (reply, error) {
	from, to, err := s.span(c)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	w.Open('[')
	for _, it := range s.tenants.shelf.all(nil) {
		sum := s.sum(it.id, from, to)
		w.Comma()
		w.Open('{')
		w.Str("tenantId", it.id)
		w.Str("parentTenantId", it.Text("parent"))
		w.Str("tenantDomain", it.Text("domain"))
		w.Str("tenantCompany", it.Text("company"))
		w.Str("creationTime", it.Text("creationTime"))
		custom, _ := it.Get("customProperties")
		w.Raw("tenantCustomProperties", or(custom, "{}"))
		w.Str("externalReference", rawjson.Text(custom, "externalReference"))
		s.writeCounts(&w, sum)
		w.Int("peakDeviceCount", sum["deviceCount"])
		w.Int("peakDeviceWithChildrenCount", sum["deviceWithChildrenCount"])
		w.Int("peakStorageSize", sum["storageSize"])
		w.Any("subscribedApplications", s.applicationsOf(it.id))
		w.Close('}')
	}
	w.Close(']')
	return ok("", w.Buf), nil
}

func writeStatisticsFile(w *rawjson.Writer, it item) {
	w.Open('{')
	w.Str("id", it.id)
	it.writeMembers(w)
	w.Close('}')
}

func (s *statistics) listFiles(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	p.withTotal = false
	from, to, err := s.span(c)
	if err != nil {
		return reply{}, err
	}
	bounded := c.query.Has("dateFrom") || c.query.Has("dateTo")
	files, total := collect(p, slices.Values(s.files.all(func(it item) bool {
		return !bounded || it.Text("dateTo")[:10] >= from && it.Text("dateFrom")[:10] <= to
	})), nil)
	return collection(c, "tenantStatisticsfilecollection", "statisticsFiles", p, files, total, writeStatisticsFile), nil
}

func (s *statistics) postFile(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	var bounds [2]store.Stamp
	for i, name := range []string{"dateFrom", "dateTo"} {
		text := rawjson.Text(body, name)
		if text == "" {
			return reply{}, missing(name)
		}
		var valid bool
		if bounds[i], valid = parseTime(text); !valid {
			return reply{}, invalid("Invalid date: %s", text)
		}
	}
	if bounds[1].Milli < bounds[0].Milli {
		return reply{}, invalid("dateTo is before dateFrom")
	}
	it := s.files.put(s.files.next(), s.store.Shapes.Encode(map[string]any{
		"instanceName": s.domain, "generationDate": formatMilli(s.now()), "type": "REAL",
		"dateFrom": formatMilli(bounds[0].Milli), "dateTo": formatMilli(bounds[1].Milli),
	}))
	var w rawjson.Writer
	writeStatisticsFile(&w, it)
	return created("tenantstatisticsfile", c.url("/tenant/statistics/files/"+it.id), w.Buf), nil
}

func (s *statistics) getFile(c *call) (reply, error) {
	it, found := s.files.get(c.param("id"))
	if !found {
		return reply{}, fail(http.StatusNotFound, "statistics/Not Found", "Finding statistics file failed : No file for id '%s'!", c.param("id"))
	}
	return s.archive("statistics-"+it.id, it.Text("dateFrom")[:10], it.Text("dateTo")[:10])
}

// latestFile is the file of a month, which is named by any of its days.
func (s *statistics) latestFile(c *call) (reply, error) {
	day, err := time.Parse(dateLayout, c.param("month"))
	if err != nil {
		return reply{}, invalid("Invalid date: %s", c.param("month"))
	}
	first := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
	return s.archive("statistics-"+first.Format("2006-01"), first.Format(dateLayout), first.AddDate(0, 1, -1).Format(dateLayout))
}

// archive packs some days as a table.
func (s *statistics) archive(name, from, to string) (reply, error) {
	s.known()
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	entry, err := archive.Create(name + ".csv")
	if err != nil {
		return reply{}, err
	}
	table := csv.NewWriter(entry)
	_ = table.Write(append([]string{"tenant", "day"}, counters()...))
	days := s.usage.snapshot()
	for _, date := range slices.Sorted(maps.Keys(days)) {
		if date < from || date > to {
			continue
		}
		line := []string{s.id, date}
		for _, name := range counters() {
			line = append(line, strconv.FormatInt(days[date][name], 10))
		}
		_ = table.Write(line)
	}
	table.Flush()
	if err := archive.Close(); err != nil {
		return reply{}, err
	}
	return download(store.File{Name: name + ".zip", Type: "application/octet-stream", Content: packed.Bytes()}, s.now()), nil
}

// devicesOf tells how often devices sent something. The list takes the place that other answers have for the numbers of pages.
func (s *statistics) devicesOf(period func(time.Time) string) handler {
	return func(c *call) (reply, error) {
		if _, found := s.tenants.shelf.get(c.param("tenant")); !found {
			return reply{}, noTenant(c.param("tenant"))
		}
		at, err := time.Parse(dateLayout, c.param("date"))
		if err != nil {
			return reply{}, invalid("Invalid date: %s", c.param("date"))
		}
		p, err := c.page()
		if err != nil {
			return reply{}, err
		}
		s.known()
		sent := map[store.ID]int64{}
		if c.param("tenant") == s.id {
			sent = s.usage.sent(func(date string) bool { return strings.HasPrefix(date, period(at)) })
		}
		wanted, _ := store.ParseID(c.query.Get("deviceId"))
		devices, total := collect(p, slices.Values(slices.DeleteFunc(slices.Sorted(maps.Keys(sent)), func(id store.ID) bool {
			return c.query.Has("deviceId") && id != wanted
		})), nil)
		var w rawjson.Writer
		w.Open('{')
		w.Str("self", c.pageLink(p, p.number))
		w.Key("statistics")
		w.Open('[')
		for _, id := range devices {
			w.Comma()
			s.writeDevice(&w, id, sent[id])
		}
		w.Close(']')
		if len(devices) > 0 {
			w.Str("next", c.pageLink(p, p.number+1))
		}
		if p.number > 1 {
			w.Str("prev", c.pageLink(p, p.number-1))
		}
		if p.withPages {
			w.Int("totalPages", int64((total+p.size-1)/p.size))
		}
		w.Close('}')
		return ok("", w.Buf), nil
	}
}

func (s *statistics) writeDevice(w *rawjson.Writer, id store.ID, n int64) {
	kind, parents := "", []string{}
	s.store.View(func(d *store.Data) {
		if object := d.Objects.Get(id); object != nil {
			kind = object.Text("type")
		}
		for _, parent := range d.Objects.Parents(store.Devices, id) {
			parents = append(parents, parent.String())
		}
	})
	w.Open('{')
	w.Str("deviceId", id.String())
	w.Str("deviceType", kind)
	w.Any("deviceParents", parents)
	w.Int("count", n)
	w.Close('}')
}
