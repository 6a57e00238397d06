package demo

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// microservices is what applications that run on the platform have: accounts, settings, a status in the inventory, logs.
type microservices struct{ *applications }

func (m *microservices) routes() []route {
	const current, one = "/application/currentApplication", "/application/applications/{id}"
	return []route{
		{"GET", current, everyone(), "application", m.current},
		{"PUT", current, everyone(), "application", m.putCurrent},
		{"GET", current + "/settings", everyone(), "option", m.settingsOf},
		{"GET", current + "/subscriptions", everyone(), "applicationusercollection", m.subscriptions},
		{"GET", one + "/manifest", needs(roleApplicationRead), "", m.getManifest},
		{"GET", one + "/logs/{instance}", needs(roleApplicationRead), "", m.logs},
	}
}

func bootstrapName(it item) string { return "servicebootstrap_" + it.Text("name") }

func serviceName(it item) string { return "service_" + it.Text("name") }

// bootstrap gives a microservice the account with which it asks who is subscribed.
func (a *applications) bootstrap(it item) item {
	password := rand.Text()
	if a.seeding {
		password = seededPassword(a.company, it.Text("name"))
	}
	it, _ = a.shelf.merge(it.id, string(rawjson.Append(nil, map[string]any{applicationPassword: password})))
	a.enlist(it)
	return it
}

// seededPassword is that of a microservice which comes with the tenant: the same in every tenant of the same seed.
func seededPassword(seed uint64, name string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", seed, name))
	return base32.StdEncoding.EncodeToString(sum[:])[:26]
}

// enlist makes the accounts of a microservice, with the passwords that it knows already.
func (a *applications) enlist(it item) {
	if it.Text(applicationPassword) == "" {
		return
	}
	now := a.clock.Now()
	a.gate.directory.put(user{tenant: a.id, name: bootstrapName(it), password: it.Text(applicationPassword), service: true, lastPasswordChange: now})
	for _, tenant := range it.strings(applicationSubscribers) {
		roles := append(it.strings("requiredRoles"), it.strings("roles")...)
		a.gate.directory.put(user{
			tenant: tenant, name: serviceName(it), password: servicePassword(it, tenant), service: true, roles: roles, lastPasswordChange: now,
		})
	}
}

// dismiss removes an account, if it is there.
func (a *applications) dismiss(tenant, name string) {
	if u := a.gate.directory.find(tenant, name); u != nil {
		a.gate.directory.remove(u)
	}
}

// servicePassword is the password of the service user in a tenant: another one in each, and the same after a restart.
func servicePassword(it item, tenant string) string {
	return it.Text(applicationPassword) + "." + tenant
}

// subscribe gives a tenant an application. It reports false if it has it already.
func (a *applications) subscribe(it item, tenant string) (item, bool) {
	subscribers := it.strings(applicationSubscribers)
	if slices.Contains(subscribers, tenant) {
		return it, false
	}
	it, _ = a.shelf.merge(it.id, string(rawjson.Append(nil, map[string]any{applicationSubscribers: append(subscribers, tenant)})))
	if it.Text("type") == "MICROSERVICE" {
		a.enlist(it)
		a.started(it)
	}
	return it, true
}

// unsubscribe takes an application from a tenant. It reports false if it does not have it.
func (a *applications) unsubscribe(it item, tenant string) bool {
	subscribers := it.strings(applicationSubscribers)
	if !slices.Contains(subscribers, tenant) {
		return false
	}
	left := slices.DeleteFunc(subscribers, func(id string) bool { return id == tenant })
	a.shelf.merge(it.id, string(rawjson.Append(nil, map[string]any{applicationSubscribers: left})))
	a.dismiss(tenant, serviceName(it))
	if object := a.statusOf(it); object != nil && tenant == a.id {
		a.inventory.remove([]*store.Object{object}, a.hub.Publish)
	}
	return true
}

func statusType(it item) string { return "c8y_Application_" + it.id }

// statusOf returns the object that tells how a microservice is, nil if it does not run.
func (a *applications) statusOf(it item) (status *store.Object) {
	for object := range a.store.All() {
		if object.Text("type") == statusType(it) {
			return object
		}
	}
	return nil
}

// started runs a microservice, or its new archive: in the inventory it says that it is up.
func (a *applications) started(it item) {
	if !slices.Contains(it.strings(applicationSubscribers), a.id) {
		return
	}
	at := a.now()
	it, _ = a.shelf.merge(it.id, `{"`+applicationSince+`":"`+strconv.FormatInt(at, 10)+`"}`)
	a.showStatus(it, at)
}

// showStatuses puts the status of all that run into the inventory. A tenant without devices is left empty.
func (a *applications) showStatuses() {
	for _, it := range a.shelf.all(func(it item) bool { return it.Text(applicationSince) != "" }) {
		a.showStatus(it, a.now())
	}
}

func (a *applications) showStatus(it item, at int64) {
	if a.seeding {
		return
	}
	health, active, restarts := "Up", 1, it.restarts()
	if restarts > 0 {
		health, active = "Unhealthy", 0
	}
	status := map[string]any{
		"c8y_Status": map[string]any{
			"status": health, "lastUpdated": map[string]any{"date": map[string]any{"$date": formatMilli(at)}, "offset": 0},
			"details":   map[string]any{"desired": 1, "active": active, "aggregatedResources": map[string]any{"cpu": "120m", "memory": "180M"}, "restarts": restarts},
			"instances": map[string]any{instanceName(it): map[string]any{"restarts": restarts, "memoryInBytes": 188743680, "cpuInMillis": 120, "scheduled": formatMilli(at)}},
		},
	}
	if object := a.statusOf(it); object != nil {
		a.inventory.patch(object.ID, string(rawjson.Append(nil, status)), at, a.tell)
		return
	}
	status["name"], status["type"], status["owner"] = it.Text("name"), statusType(it), serviceName(it)
	status["applicationId"], status["applicationOwner"] = it.id, it.Text(applicationOwner)
	status["c8y_SupportedLogs"], status["c8y_Subscriptions"] = []string{"syslog"}, it.strings(applicationSubscribers)
	_, _ = a.inventory.create(a.store.Shapes.Encode(status), at, at, nil, a.tell) // nothing to clash with
}

// restarts is how often a microservice was started that does not come up, 0 for one that is well.
func (i item) restarts() int {
	raw, _ := i.Get(applicationRestarts)
	return number(raw, 0)
}

// tell publishes unless the tenant is being made.
func (p *platform) tell(m notify.Message) {
	if !p.quiet.Load() {
		p.hub.Publish(m)
	}
}

func instanceName(it item) string {
	return it.Text("name") + "-scope-" + it.Text(applicationOwner) + "-deployment-0"
}

// caller finds the microservice whose bootstrap user, or also service user, is calling.
func (m *microservices) caller(c *call, service bool) (item, error) {
	name := c.who.user.name
	found := m.shelf.all(func(it item) bool {
		return it.Text(applicationPassword) != "" && (name == bootstrapName(it) || service && name == serviceName(it))
	})
	if !c.who.user.service || len(found) == 0 {
		return item{}, forbidden()
	}
	return found[0], nil
}

func (m *microservices) current(c *call) (reply, error) {
	it, err := m.caller(c, false)
	if err != nil {
		return reply{}, err
	}
	return ok("application", m.render(c.base, it)), nil
}

func (m *microservices) putCurrent(c *call) (reply, error) {
	it, err := m.caller(c, false)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	patch := readOnly(body, append(fixedInApplications(), "type")...)
	if err := m.check(it.id, it.Merge(&m.store.Shapes, patch)); err != nil {
		return reply{}, err
	}
	it, _ = m.shelf.merge(it.id, patch)
	return ok("application", m.render(c.base, it)), nil
}

// settingsOf are the options of the microservice's category, in clear text: credentials are what it needs them for.
func (m *microservices) settingsOf(c *call) (reply, error) {
	it, err := m.caller(c, true)
	if err != nil {
		return reply{}, err
	}
	flat := map[string]string{}
	for o, value := range m.settings.snapshot() {
		if o.category == settingsCategory(it) {
			flat[strings.TrimPrefix(o.key, credentials)] = value
		}
	}
	return ok("option", rawjson.Append(nil, flat)), nil
}

// settingsCategory is the category of options that belongs to a microservice.
func settingsCategory(it item) string {
	raw, _ := it.Get("manifest")
	return or(rawjson.Text(raw, "settingsCategory"), it.Text("contextPath"))
}

func (m *microservices) subscriptions(c *call) (reply, error) {
	it, err := m.caller(c, false)
	if err != nil {
		return reply{}, err
	}
	users := []any{}
	for _, tenant := range it.strings(applicationSubscribers) {
		users = append(users, map[string]any{"tenant": tenant, "name": serviceName(it), "password": servicePassword(it, tenant)})
	}
	return ok("applicationusercollection", rawjson.Append(nil, map[string]any{"users": users})), nil
}

func (a *applications) bootstrapUser(c *call) (reply, error) {
	it, err := a.find(c)
	switch {
	case err != nil:
		return reply{}, err
	case it.Text("type") != "MICROSERVICE":
		return reply{}, fail(http.StatusBadRequest, "applications/Bad Request", "Application %s is no microservice", it.id)
	}
	return ok("user", rawjson.Append(nil, map[string]any{
		"tenant": a.id, "name": bootstrapName(it), "password": it.Text(applicationPassword),
	})), nil
}

// getManifest returns the manifest of an application. The vendor's client names one by its context path, and then wants to know the
// application itself too.
func (m *microservices) getManifest(c *call) (reply, error) {
	it, err := m.find(c)
	if byPath, found := m.at(c.param("id")); err != nil && found {
		it, err = byPath, nil
	}
	if err != nil {
		return reply{}, err
	}
	raw, found := it.Get("manifest")
	if !found {
		raw = "{}"
	}
	if it.id != c.param("id") {
		raw = withoutMembers(raw, []string{"application"})
		w := rawjson.Writer{Buf: []byte(raw[:len(raw)-1])}
		w.Raw("application", string(m.render(c.base, it)))
		w.Close('}')
		return ok("", w.Buf), nil
	}
	return ok("", []byte(raw)), nil
}

// A microservice says something every so often, and its log holds so many lines.
const (
	logEvery = 10 * time.Second
	logLines = 2000
)

// logs is what a running microservice has written so far, by default the last hour. Nothing of it is stored: a line follows
// from its moment.
func (m *microservices) logs(c *call) (reply, error) {
	it, err := m.find(c)
	if err != nil {
		return reply{}, err
	}
	since, _ := strconv.ParseInt(it.Text(applicationSince), 10, 64)
	if since == 0 || c.param("instance") != instanceName(it) {
		return reply{}, fail(http.StatusNotFound, "applications/Not Found", "There is no instance %s of application %s", c.param("instance"), it.id)
	}
	from, err := c.when("dateFrom")
	if err != nil {
		return reply{}, err
	}
	to, err := c.when("dateTo")
	if err != nil {
		return reply{}, err
	}
	if to == 0 || to > m.now() {
		to = m.now()
	}
	if from == 0 {
		from = to - time.Hour.Milliseconds()
	}
	step := logEvery.Milliseconds()
	first := max(0, (from-since+step-1)/step)
	if last := (to - since) / step; last-first >= logLines {
		first = last - logLines + 1
	}
	var text strings.Builder
	for n := first; since+n*step <= to; n++ {
		fmt.Fprintf(&text, "%s %s\n", formatMilli(since+n*step), logLine(it, n))
	}
	return ok("", rawjson.Append(nil, map[string]any{"dateFrom": formatMilli(from), "dateTo": formatMilli(to), "logs": text.String()})), nil
}

func logLine(it item, n int64) string {
	if it.restarts() > 0 {
		return [...]string{
			"INFO  [main] Starting " + it.Text("name"), "INFO  [main] Loading model parts-v7 (912 MB)", "WARN  [main] Heap 96 % full",
			"ERROR [main] java.lang.OutOfMemoryError: Java heap space", "ERROR [main]     at example.vision.Model.load(Model.java:88)", "INFO  [main] Stopped with exit code 137",
		}[n%6]
	}
	switch {
	case n == 0:
		return "INFO  [main] Started " + it.Text("name")
	case n%90 == 0:
		return fmt.Sprintf("WARN  [worker-%d] No data for the last interval, trying again", n%4)
	case n%6 == 0:
		return fmt.Sprintf("INFO  [worker-%d] Report %d written", n%4, n/6)
	}
	return fmt.Sprintf("DEBUG [worker-%d] Read %d measurements in %d ms", n%4, 40+n*7%61, 3+n*13%29)
}
