package demo

import (
	"net/http"
	"net/mail"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// tenants is /tenant/tenants and /tenant/currentTenant: the tenant itself, and those below it.
type tenants struct {
	served *subtenants
	*platform
	shelf        *shelf // the tenant itself among them
	applications *applications
}

func (t *tenants) routes() []route {
	const all, one = "/tenant/tenants", "/tenant/tenants/{tenant}"
	readers, writers := needs(roleTenantManagementRead), needs(roleTenantManagementAdmin, roleTenantManagementUpdate)
	return []route{
		{"GET", "/tenant/currentTenant", needs(roleUserOwnRead, roleSystem), "currenttenant", t.current},
		{"GET", all, readers, "tenantcollection", t.list},
		{"POST", all, needs(roleTenantManagementAdmin, roleTenantManagementCreate), "tenant", t.post},
		{"GET", one, readers, "tenant", t.get},
		{"PUT", one, writers, "tenant", t.put},
		{"DELETE", one, needs(roleTenantManagementAdmin), "", t.delete},
	}
}

// seed makes the tenant known to itself, and one that it looks after.
func (t *tenants) seed() {
	at := formatMilli(t.now() - 400*24*3600*1000)
	t.keep(t.id, map[string]any{
		"domain": t.domain, "company": "Demo", "status": "ACTIVE", "adminName": administratorName, "adminEmail": "admin@demo.example", "contactName": "Ada Admin",
		"contactPhone": "+49 211 000000", "allowCreateTenants": true, "parent": management, "creationTime": at,
		"customProperties": map[string]any{"externalReference": "C-4711", "limit.http.requests": 500},
	})
	t.keep(t.id+"1", map[string]any{
		"domain": "plant2." + t.domain, "company": "Demo Plant 2", "status": "ACTIVE", "adminName": "admin", "adminEmail": "admin@plant2.demo.example",
		"contactName": "Paula Plant", "contactPhone": "", "allowCreateTenants": false, "parent": t.id, "creationTime": at,
		"customProperties": map[string]any{"externalReference": "C-4712"}, tenantPassword: administratorPassword, tenantDevices: 8,
	})
}

func (t *tenants) keep(id string, members map[string]any) item {
	return t.shelf.put(id, t.store.Shapes.Encode(members))
}

func (t *tenants) write(w *rawjson.Writer, base string, it item) {
	self := base + "/tenant/tenants/" + it.id
	w.Open('{')
	w.Str("id", it.id)
	w.Str("self", self)
	it.writeMembers(w)
	for _, list := range []struct {
		name, member string
	}{{"applications", applicationSubscribers}, {"ownedApplications", applicationOwner}} {
		w.Key(list.name)
		w.Open('{')
		w.Str("self", self+"/applications")
		w.Key("references")
		w.Open('[')
		for _, application := range t.applications.shelf.all(func(a item) bool {
			return a.Text(list.member) == it.id || slices.Contains(a.strings(list.member), it.id)
		}) {
			w.Comma()
			t.applications.writeReference(w, base, it.id, application)
		}
		w.Close(']')
		w.Close('}')
	}
	w.Close('}')
}

func (t *tenants) render(base string, it item) []byte {
	var w rawjson.Writer
	t.write(&w, base, it)
	return w.Buf
}

// current tells who the tenant is. Its name is its id.
func (t *tenants) current(c *call) (reply, error) {
	it, _ := t.shelf.get(t.id)
	var w rawjson.Writer
	w.Open('{')
	w.Str("self", c.url("/tenant/currentTenant"))
	w.Str("name", c.who.user.tenant)
	w.Str("domainName", t.domain)
	w.Bool("allowCreateTenants", it.flag("allowCreateTenants"))
	custom, _ := it.Get("customProperties")
	w.Raw("customProperties", or(custom, "{}"))
	w.Key("applications")
	w.Open('{')
	w.Key("references")
	w.Open('[')
	for _, application := range t.applications.shelf.all(func(a item) bool { return availableTo(a, t.id) }) {
		w.Comma()
		t.applications.writeReference(&w, c.base, t.id, application)
	}
	w.Close(']')
	w.Close('}')
	if c.flag("withParent") {
		w.Str("parent", it.Text("parent"))
	}
	w.Close('}')
	return ok("currenttenant", w.Buf), nil
}

// list lists the subtenants.
func (t *tenants) list(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	found, total := collect(p, slices.Values(t.shelf.all(func(it item) bool {
		for _, name := range []string{"company", "domain", "parent"} {
			if want := c.query.Get(name); want != "" && it.Text(name) != want {
				return false
			}
		}
		return it.id != t.id
	})), nil)
	return collection(c, "tenantcollection", "tenants", p, found, total, func(w *rawjson.Writer, it item) { t.write(w, c.base, it) }), nil
}

// suspend keeps everybody out if the options of the tenant say so.
func (t *Tenant) suspend() {
	if t.options.SignIn.Suspended {
		t.tenants.shelf.merge(t.id, `{"status":"SUSPENDED"}`)
	}
}

// suspended reports whether nobody may get in to the tenant: it is suspended itself, or one above it is.
func (t *Tenant) suspended() bool {
	it, _ := t.tenants.shelf.get(t.id)
	if t.above != nil {
		it, _ = t.above.tenants.shelf.get(t.id)
	}
	return it.Text("status") == "SUSPENDED" || t.above != nil && t.above.suspended()
}

func noTenant(id string) error {
	return fail(http.StatusNotFound, "security/Not Found", "There is no tenant with id = %s", id)
}

// find returns the tenant that the path names: this one, or one below it.
func (t *tenants) find(c *call) (item, error) {
	it, found := t.shelf.get(c.param("tenant"))
	if !found {
		return it, noTenant(c.param("tenant"))
	}
	return it, nil
}

// below is find for what a tenant cannot do to itself.
func (t *tenants) below(c *call) (item, error) {
	it, err := t.find(c)
	if err == nil && it.id == t.id {
		err = forbidden()
	}
	return it, err
}

func (t *tenants) get(c *call) (reply, error) {
	it, err := t.find(c)
	if err != nil {
		return reply{}, err
	}
	return ok("tenant", t.render(c.base, it)), nil
}

// domainRule refuses what is no domain of a subtenant: lower-case letters, digits and inner hyphens, below the parent's.
func (t *tenants) domainRule(id, domain string) error {
	name, below := strings.CutSuffix(domain, "."+t.domain)
	switch {
	case id == t.id && domain == t.domain:
		return nil
	case !below:
		return invalid("The domain %s is not below %s", domain, t.domain)
	case len(name) < 2 || name[0] < 'a' || name[0] > 'z' || strings.HasSuffix(name, "-") || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return invalid("Invalid domain: %s", domain)
	case len(t.shelf.all(func(it item) bool { return it.id != id && it.Text("domain") == domain })) > 0:
		return fail(http.StatusConflict, "tenants/Duplicate", "Tenant with domain %s already exists", domain)
	}
	return nil
}

// check refuses members that are not what they should be.
func (t *tenants) check(id string, doc store.Document) error {
	if err := t.domainRule(id, doc.Text("domain")); err != nil {
		return err
	}
	if _, err := mail.ParseAddress(doc.Text("adminEmail")); err != nil {
		return invalid("Invalid adminEmail: %s", doc.Text("adminEmail"))
	}
	if name := doc.Text("adminName"); len(name) > 50 || strings.ContainsAny(name, " /+$:") {
		return invalid("Invalid adminName: %s", name)
	}
	if len(doc.Text("company")) > 256 {
		return invalid("The company is too long")
	}
	if status := doc.Text("status"); status != "ACTIVE" && status != "SUSPENDED" {
		return invalid("Invalid status: %s", status)
	}
	return nil
}

// fixedInTenants are the members that the platform decides.
func fixedInTenants() []string {
	return []string{"parent", "creationTime", "allowCreateTenants", "applications", "ownedApplications", "adminPass", "sendPasswordResetEmail"}
}

func (t *tenants) post(c *call) (reply, error) {
	if own, _ := t.shelf.get(t.id); !own.flag("allowCreateTenants") {
		return reply{}, forbidden()
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	var absent []string
	for _, name := range []string{"adminEmail", "company", "domain"} {
		if rawjson.Text(body, name) == "" {
			absent = append(absent, name)
		}
	}
	if len(absent) > 0 {
		return reply{}, missing(strings.Join(absent, ","))
	}
	shapes := &t.store.Shapes
	doc := shapes.Compact(readOnly(body, fixedInTenants()...))
	for _, member := range []struct{ name, raw string }{
		{"status", `"ACTIVE"`}, {"customProperties", "{}"},
	} {
		if !doc.Has(member.name) {
			doc = doc.Set(shapes, member.name, member.raw)
		}
	}
	doc = doc.Set(shapes, "parent", rawjson.Quote(t.id)).Set(shapes, "creationTime", rawjson.Quote(formatMilli(t.now()))).Set(shapes, "allowCreateTenants", "false")
	if err := t.check("", doc); err != nil {
		return reply{}, err
	}
	id := rawjson.Text(body, "id")
	if id == "" {
		id = t.id + t.shelf.next()
	}
	if password := rawjson.Text(body, "adminPass"); password != "" {
		doc = doc.Set(shapes, tenantPassword, rawjson.Quote(password))
	}
	it, fresh := t.shelf.add(id, doc)
	if !fresh {
		return reply{}, fail(http.StatusConflict, "tenants/Duplicate", "Tenant with id %s already exists", id)
	}
	if made := t.served.open(it); made != nil && !it.Has(tenantPassword) {
		made.gate.passwords.mail(made.seeded[0])
	}
	t.audit(c.did("Tenant", "Tenant created", id))
	return created("tenant", c.url("/tenant/tenants/"+id), t.render(c.base, it)), nil
}

// put changes a tenant: one below, or, at the hands of the management tenant, also this one.
func (t *tenants) put(c *call) (reply, error) {
	find := t.below
	if c.who.user.tenant == management {
		find = t.find
	}
	it, err := find(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	patch := readOnly(body, append(fixedInTenants(), "adminName")...)
	if err := t.check(it.id, it.Merge(&t.store.Shapes, patch)); err != nil {
		return reply{}, err
	}
	it, _ = t.shelf.merge(it.id, patch)
	t.audit(c.did("Tenant", "Tenant updated", it.id))
	return ok("tenant", t.render(c.base, it)), nil
}

// delete is the management tenant's right alone.
func (t *tenants) delete(c *call) (reply, error) {
	if c.who.user.tenant != management {
		return reply{}, forbidden()
	}
	it, err := t.below(c)
	if err != nil {
		return reply{}, err
	}
	for _, application := range t.applications.shelf.all(nil) {
		t.applications.unsubscribe(application, it.id)
	}
	t.shelf.remove(it.id)
	t.served.end(it.id)
	t.audit(c.did("Tenant", "Tenant deleted", it.id))
	return empty(http.StatusNoContent), nil
}
