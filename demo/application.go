package demo

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// applications is /application/applications: web applications and microservices, who owns them and who is subscribed to them.
type applications struct {
	*platform
	gate  *gate
	shelf *shelf // with the members of keptInApplications for the tenant's own use
	files *binaries

	seeding bool   // nothing of it shows in the inventory yet
	company uint64 // the seed of the tenant
}

// Members of an application that are told in other ways.
const (
	applicationOwner       = kept + "owner"       // id of a tenant
	applicationSubscribers = kept + "subscribers" // ids of tenants
	applicationBinaries    = kept + "binaries"    // ids of binaries, the newest last
	applicationVersions    = kept + "versions"    // [{"version":…,"binaryId":…,"tags":[…]}]
	applicationPassword    = kept + "password"    // of the bootstrap user
	applicationSince       = kept + "since"       // when a microservice was started, Unix milliseconds
	applicationRestarts    = kept + "restarts"    // of a microservice that does not come up
	applicationLoggers     = kept + "loggers"     // {"example.worker":"DEBUG"}: levels that were set
)

// The tenant that owns what comes with the platform.
const management = "management"

func (a *applications) routes() []route {
	const all, one = "/application/applications", "/application/applications/{id}"
	readers, writers := needs(roleApplicationRead), needs(roleApplicationAdmin)
	const some = "applicationcollection"
	return []route{
		{"GET", all, readers, some, a.list},
		{"POST", all, writers, "application", a.post},
		{"GET", one, needs(roleApplicationRead, roleUserOwnRead), "application", a.get},
		{"PUT", one, writers, "application", a.put},
		{"DELETE", one, writers, "", a.delete},
		{"POST", one + "/clone", writers, "application", a.clone},
		{"GET", one + "/bootstrapUser", writers, "user", a.bootstrapUser},
		{"GET", "/application/applicationsByName/{name}", readers, some, a.by(func(c *call, it item) bool { return it.Text("name") == c.param("name") })},
		{"GET", "/application/applicationsByTenant/{tenant}", readers, some, a.by(func(c *call, it item) bool { return availableTo(it, c.param("tenant")) })},
		{"GET", "/application/applicationsByOwner/{tenant}", readers, some, a.by(func(c *call, it item) bool { return it.Text(applicationOwner) == c.param("tenant") })},
		{"GET", "/application/applicationsByUser/{user}", needs(roleUserOwnRead, roleApplicationRead), some, a.byUser},
	}
}

func availableTo(it item, tenant string) bool {
	return it.Text(applicationOwner) == tenant || slices.Contains(it.strings(applicationSubscribers), tenant)
}

// seed brings the applications of every tenant, one of its own, and a microservice that runs.
func (a *applications) seed() {
	a.seeding = true
	defer func() { a.seeding = false }()
	for _, name := range []string{"cockpit", "devicemanagement", "administration"} {
		a.keep(a.shelf.next(), management, map[string]any{
			"name": name, "key": name + "-application-key", "type": "HOSTED", "availability": "MARKET", "contextPath": name, "resourcesUrl": "/",
			"manifest": map[string]any{"noAppSwitcher": false}, "roles": []string{}, "requiredRoles": []string{}, applicationSubscribers: []string{a.id},
		})
	}
	a.keep(a.shelf.next(), a.id, map[string]any{
		"name": "Shift book", "key": "shift-book-key", "type": "HOSTED", "availability": "PRIVATE", "contextPath": "shift-book", "resourcesUrl": "/",
		"description": "What the shifts tell each other", "manifest": map[string]any{"noAppSwitcher": false}, "roles": []string{}, "requiredRoles": []string{},
		applicationSubscribers: []string{a.id},
	})
	service := a.shelf.next()
	a.keep(service, a.id, map[string]any{
		"name": "energy-report", "key": "energy-report-key", "type": "MICROSERVICE", "availability": "PRIVATE", "contextPath": "energy-report",
		"requiredRoles": []string{roleInventoryRead, roleMeasurementRead}, "roles": []string{},
		"manifest": map[string]any{
			"apiVersion": "1", "version": "1.2.0", "provider": map[string]any{"name": "Demo"}, "isolation": "MULTI_TENANT", "contextPath": "energy-report",
			"requiredRoles": []string{roleInventoryRead, roleMeasurementRead}, "roles": []string{}, "resources": map[string]any{"cpu": "0.5", "memory": "512M"},
		},
	})
	it, _ := a.shelf.get(service)
	a.bootstrap(it)
	_, _ = a.subscribe(it, a.id) // nothing that could fail
}

// seedBelow brings those that a tenant has from the platform by the grace of the tenant above it, under the same ids.
func (a *applications) seedBelow(above *Tenant) {
	for _, it := range above.applications.shelf.all(func(it item) bool {
		return it.Text(applicationOwner) == management && slices.Contains(it.strings(applicationSubscribers), a.id)
	}) {
		a.shelf.put(it.id, a.store.Shapes.Compact(it.JSON()).Set(&a.store.Shapes, applicationSubscribers, string(rawjson.Append(nil, []string{a.id}))))
	}
}

func (a *applications) keep(id, owner string, members map[string]any) item {
	members[applicationOwner] = owner
	return a.shelf.put(id, a.store.Shapes.Encode(members))
}

func (a *applications) write(w *rawjson.Writer, base string, it item) {
	self := base + "/application/applications/" + it.id
	w.Open('{')
	w.Str("id", it.id)
	w.Str("self", self)
	it.writeMembers(w)
	owner := it.Text(applicationOwner)
	w.Key("owner")
	w.Open('{')
	w.Str("self", base+"/tenant/tenants/"+owner)
	w.Any("tenant", map[string]any{"id": owner})
	w.Close('}')
	if versions := a.versionsOf(it); len(versions) > 0 {
		w.Key("applicationVersions")
		writeVersions(w, versions)
	}
	w.Close('}')
}

// writeReference writes an application as one that a tenant has.
func (a *applications) writeReference(w *rawjson.Writer, base, tenant string, it item) {
	w.Open('{')
	w.Str("self", base+"/tenant/tenants/"+tenant+"/applications/"+it.id)
	w.Key("application")
	a.write(w, base, it)
	w.Close('}')
}

func (a *applications) render(base string, it item) []byte {
	var w rawjson.Writer
	a.write(&w, base, it)
	return w.Buf
}

// publish tells of a changed application.
func (a *applications) publish(c *call, action string, it item) {
	data := rawjson.AppendString(nil, it.id)
	if action != notify.Delete {
		data = a.render(a.home(), it)
	}
	c.say(notify.Message{Channel: "/applications/" + it.id, Action: action, ID: it.id, Data: data})
}

// answer lists applications. The vendor's client wants them all at once, without those that the tenant has replaced by its own.
func (a *applications) answer(c *call, items []item) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	if c.flag("noPaging") {
		p.number, p.size = 1, maxPageSize
	}
	if c.flag("dropOverwrittenApps") {
		items = slices.DeleteFunc(slices.Clone(items), a.overwritten)
	}
	page, total := collect(p, slices.Values(items), nil)
	return collection(c, "applicationcollection", "applications", p, page, total, func(w *rawjson.Writer, it item) { a.write(w, c.base, it) }), nil
}

// at finds the application at a path that the tenant has: its own goes before one that it is subscribed to.
func (a *applications) at(path string) (item, bool) {
	found := a.shelf.all(func(it item) bool { return it.Text("contextPath") == path && availableTo(it, a.id) })
	if len(found) == 0 || path == "" {
		return item{}, false
	}
	own := slices.IndexFunc(found, func(it item) bool { return it.Text(applicationOwner) == a.id })
	return found[max(own, 0)], true
}

// overwritten reports whether an application has given way to the tenant's own at the same path.
func (a *applications) overwritten(it item) bool {
	there, found := a.at(it.Text("contextPath"))
	return found && it.Text(applicationOwner) != a.id && there.id != it.id
}

func (a *applications) by(test func(*call, item) bool) handler {
	return func(c *call) (reply, error) {
		return a.answer(c, a.shelf.all(func(it item) bool { return test(c, it) }))
	}
}

// byUser lists the applications of a user: all that his tenant has. About others only those may ask who may read users.
func (a *applications) byUser(c *call) (reply, error) {
	name := c.param("user")
	if !strings.EqualFold(name, c.who.user.name) && (!c.who.has(roleUserRead) || !c.who.has(roleApplicationRead)) {
		return reply{}, forbidden()
	}
	if a.gate.directory.find(a.id, name) == nil {
		return reply{}, fail(http.StatusNotFound, "users/Not Found", "Error retrieving user %s!", name)
	}
	return a.answer(c, a.shelf.all(func(it item) bool { return availableTo(it, a.id) }))
}

func (a *applications) list(c *call) (reply, error) {
	var tests []func(item) bool
	add := func(parameter string, test func(it item, value string) bool) {
		if value := c.query.Get(parameter); value != "" {
			tests = append(tests, func(it item) bool { return test(it, value) })
		}
	}
	equal := func(member string) func(item, string) bool {
		return func(it item, value string) bool { return strings.EqualFold(it.Text(member), value) }
	}
	add("type", equal("type"))
	add("availability", equal("availability"))
	add("name", func(it item, value string) bool { return it.Text("name") == value })
	add("owner", func(it item, value string) bool { return it.Text(applicationOwner) == value })
	add("tenant", availableTo)
	add("providedFor", availableTo)
	add("subscriber", func(it item, value string) bool { return slices.Contains(it.strings(applicationSubscribers), value) })
	add("user", func(it item, value string) bool {
		return a.gate.directory.find(a.id, value) != nil && availableTo(it, a.id)
	})
	add("hasVersions", func(it item, value string) bool {
		return (len(a.versionsOf(it)) > 0) == strings.EqualFold(value, "true")
	})
	return a.answer(c, a.shelf.all(func(it item) bool {
		return !slices.ContainsFunc(tests, func(test func(item) bool) bool { return !test(it) })
	}))
}

func noApplication(id string) error {
	return fail(http.StatusNotFound, "applications/Not Found", "Could not find application by ID %s", id)
}

// find returns the application that the path names.
func (a *applications) find(c *call) (item, error) {
	it, found := a.shelf.get(c.param("id"))
	if !found {
		return it, noApplication(c.param("id"))
	}
	return it, nil
}

// own is find for what only the owner may do.
func (a *applications) own(c *call) (item, error) {
	it, err := a.find(c)
	if err == nil && it.Text(applicationOwner) != a.id {
		err = forbidden()
	}
	return it, err
}

func (a *applications) get(c *call) (reply, error) {
	it, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	return ok("application", a.render(c.base, it)), nil
}

// check refuses an application that the platform would not take.
func (a *applications) check(id string, doc store.Document) error {
	var absent []string
	for _, name := range []string{"name", "key", "type"} {
		if doc.Text(name) == "" {
			absent = append(absent, name)
		}
	}
	kind := doc.Text("type")
	if kind == "MICROSERVICE" && doc.Text("contextPath") == "" {
		absent = append(absent, "contextPath")
	}
	switch {
	case len(absent) > 0:
		return missing(strings.Join(absent, ","))
	case !slices.Contains([]string{"EXTERNAL", "HOSTED", "MICROSERVICE"}, kind):
		return invalid("Invalid type: %s", kind)
	case !slices.Contains([]string{"MARKET", "PRIVATE", "SHARED"}, doc.Text("availability")):
		return invalid("Invalid availability: %s", doc.Text("availability"))
	}
	for _, name := range []string{"name", "key", "contextPath"} {
		value := doc.Text(name)
		twin := func(it item) bool {
			return it.id != id && it.Text(name) == value && (it.Text(applicationOwner) == a.id || name == "contextPath" && it.Text("type") == "MICROSERVICE")
		}
		if value != "" && len(a.shelf.all(twin)) > 0 {
			return fail(http.StatusConflict, "applications/Duplicate", "Application for tenant %s with properties ( %s:%s ) already exists", a.id, name, value)
		}
	}
	return nil
}

// fixedInApplications are the members that the platform decides.
func fixedInApplications() []string {
	return []string{"owner", "activeVersionId", "applicationVersions"}
}

func (a *applications) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	doc := a.store.Shapes.Compact(readOnly(body, fixedInApplications()...))
	if !doc.Has("availability") {
		doc = doc.Set(&a.store.Shapes, "availability", `"PRIVATE"`)
	}
	if err := a.check("", doc); err != nil {
		return reply{}, err
	}
	if doc.Text("type") == "HOSTED" && !doc.Has("resourcesUrl") {
		doc = doc.Set(&a.store.Shapes, "resourcesUrl", `"/"`)
	}
	return a.created(c, doc), nil
}

// created stores a new application of the tenant.
func (a *applications) created(c *call, doc store.Document) reply {
	id := a.shelf.next()
	it := a.shelf.put(id, doc.Set(&a.store.Shapes, applicationOwner, rawjson.Quote(a.id)))
	if it.Text("type") == "MICROSERVICE" {
		it = a.bootstrap(it)
	}
	a.audit(c.did("Application", "Application created", id))
	a.publish(c, notify.Create, it)
	return created("application", c.url("/application/applications/"+id), a.render(c.base, it))
}

func (a *applications) put(c *call) (reply, error) {
	it, err := a.own(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	patch := readOnly(body, "owner", "applicationVersions", "type")
	merged := it.Merge(&a.store.Shapes, patch)
	if err := a.check(it.id, merged); err != nil {
		return reply{}, err
	}
	if version := merged.Text("activeVersionId"); version != "" && version != it.Text("activeVersionId") && !a.hasBinary(it, version) {
		return reply{}, invalid("Application %s has no binary %s", it.id, version)
	}
	it, _ = a.shelf.merge(it.id, patch)
	a.audit(c.did("Application", "Application updated", it.id))
	a.publish(c, notify.Update, it)
	return ok("application", a.render(c.base, it)), nil
}

// delete removes an application with its files. Other tenants must not be subscribed to it, unless it is forced.
func (a *applications) delete(c *call) (reply, error) {
	it, err := a.own(c)
	if err != nil {
		return reply{}, err
	}
	others := slices.DeleteFunc(it.strings(applicationSubscribers), func(tenant string) bool { return tenant == a.id })
	if len(others) > 0 && !c.flag("force") {
		return reply{}, fail(http.StatusUnprocessableEntity, "applications/Conflict", "Application %s is subscribed by other tenants", it.id)
	}
	for _, tenant := range it.strings(applicationSubscribers) {
		a.unsubscribe(it, tenant)
	}
	for _, id := range it.strings(applicationBinaries) {
		a.dropFile(id, c.say)
	}
	a.dismiss(a.id, bootstrapName(it))
	a.shelf.remove(it.id)
	a.audit(c.did("Application", "Application deleted", it.id))
	a.publish(c, notify.Delete, it)
	return empty(http.StatusNoContent), nil
}

// clone copies an application. Of a hosted one the active binary comes along, or that of a version.
func (a *applications) clone(c *call) (reply, error) {
	it, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	if it.Text("type") == "MICROSERVICE" {
		return reply{}, invalid("Microservices cannot be cloned")
	}
	doc := it.Without(&a.store.Shapes, applicationOwner, applicationSubscribers, applicationBinaries, applicationVersions, "activeVersionId")
	for _, name := range []string{"name", "key", "contextPath"} {
		if value := it.Text(name); value != "" {
			doc = doc.Set(&a.store.Shapes, name, rawjson.Quote("clone"+value))
		}
	}
	doc = doc.Set(&a.store.Shapes, "availability", `"PRIVATE"`)
	if err := a.check("", doc); err != nil {
		return reply{}, err
	}
	active := it.Text("activeVersionId")
	if versions := a.versionsOf(it); len(versions) > 0 {
		version, err := a.version(c, it, "latest")
		if err != nil {
			return reply{}, err
		}
		active = version.BinaryID
	}
	if active != "" {
		copied, err := a.copyFile(c, active)
		if err != nil {
			return reply{}, err
		}
		doc = doc.Set(&a.store.Shapes, "activeVersionId", rawjson.Quote(copied))
		doc = doc.Set(&a.store.Shapes, applicationBinaries, string(rawjson.Append(nil, []string{copied})))
	}
	return a.created(c, doc), nil
}

func applicationPath(it item) string { return "/application/applications/" + url.PathEscape(it.id) }
