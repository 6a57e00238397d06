package demo

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// loginOptions is what administrators see of /tenant/loginOptions: how users may sign in, and what they get when they come by
// single sign-on for the first time. The shelf has them by id; the two that every tenant has go by their type.
type loginOptions struct {
	*platform
	gate     *gate
	shelf    *shelf
	mappings []*resource
}

func newLoginOptions(p *platform, g *gate) *loginOptions {
	l := &loginOptions{platform: p, gate: g, shelf: p.shelf("loginOptions", 7001)}
	sessions := g.sessions.options
	l.shelf.put("OAUTH2_INTERNAL", p.store.Shapes.Encode(map[string]any{
		"type": "OAUTH2_INTERNAL", "providerName": "OAI-Secure", "grantType": "PASSWORD", "userManagementSource": "INTERNAL", "visibleOnLoginPage": true,
		"onlyManagementTenantAccess": false, "sessionConfiguration": map[string]any{
			"absoluteTimeoutMillis": sessions.Life.Milliseconds(), "renewalTimeoutMillis": sessions.Renewal.Milliseconds(),
			"maximumNumberOfParallelSessions": sessions.Parallel, "userAgentValidationRequired": false,
		},
	}))
	l.shelf.put("BASIC", p.store.Shapes.Encode(map[string]any{
		"type": "BASIC", "providerName": "Basic", "userManagementSource": "INTERNAL", "visibleOnLoginPage": false, "onlyManagementTenantAccess": false,
		"authenticationRestrictions": map[string]any{"forbiddenClients": []string{"WEB_BROWSERS"}, "forbiddenUserAgents": []string{}, "trustedUserAgents": []string{}},
	}))
	l.mappings = []*resource{l.mapping("accessMappings", "accessMapping"), l.mapping("inventoryAccessMappings", "inventoryAccessMapping")}
	return l
}

// mapping serves one of the two kinds of rules that say what users from outside get.
func (l *loginOptions) mapping(key, media string) *resource {
	return &resource{
		platform: l.platform, shelf: l.platform.shelf(key, 1), path: "/tenant/loginOptions/{option}/" + key, media: media, list: media + "Collection",
		key: key, fresh: http.StatusOK, audited: "TenantAuthConfig",
		readers: needs(roleTenantAdmin, roleTenantManagementRead, roleUserAdmin, roleUserCreate), writers: needs(roleTenantAdmin, roleTenantManagementAdmin),
		scope: func(c *call) (string, error) {
			it, err := l.find(c)
			return it.id, err
		},
		check: func(_ *call, _ *item, doc store.Document) (store.Document, error) {
			if raw, _ := doc.Get("when"); rawjson.Kind(raw) != rawjson.Object {
				return doc, missing("when")
			}
			return doc, nil
		},
		unknown: func(id string) error {
			return fail(http.StatusNotFound, "tenants/Not Found", "Cannot find mapping with id %s", id)
		},
	}
}

func (l *loginOptions) routes() []route {
	const one = "/tenant/loginOptions/{option}"
	writers := needs(roleTenantAdmin, roleTenantManagementAdmin)
	routes := []route{
		{"POST", "/tenant/loginOptions", writers, "authconfig", l.post},
		{"GET", one, needs(roleTenantAdmin, roleTenantManagementAdmin, roleUserAdmin, roleUserCreate), "authConfig", l.get},
		{"PUT", one, writers, "authconfig", l.put},
		{"DELETE", one, writers, "", l.delete},
		{"PUT", one + "/restrict", needs(roleTenantManagementAdmin), "authconfig", l.restrict},
	}
	for _, mapping := range l.mappings {
		routes = append(routes, mapping.routes()...)
	}
	return routes
}

func (l *loginOptions) render(c *call, it item) []byte {
	var w rawjson.Writer
	w.Open('{')
	w.Str("id", it.id)
	w.Str("self", c.url("/tenant/loginOptions/"+it.id))
	it.writeMembers(&w)
	w.Close('}')
	return w.Buf
}

// named finds a login option by id or, in any case, by type.
func (l *loginOptions) named(name string) (item, bool) {
	found := l.shelf.all(func(it item) bool { return it.id == name || strings.EqualFold(it.Text("type"), name) })
	if len(found) == 0 {
		return item{}, false
	}
	return found[0], true
}

// find returns the login option that the path names, unless the management tenant keeps it to itself.
func (l *loginOptions) find(c *call) (item, error) {
	it, found := l.named(c.param("option"))
	switch {
	case !found:
		return it, fail(http.StatusNotFound, "tenants/Not Found", "Cannot find the specified configuration")
	case it.flag("onlyManagementTenantAccess") && c.who.user.tenant != management:
		return it, forbidden()
	}
	return it, nil
}

func (l *loginOptions) get(c *call) (reply, error) {
	it, err := l.find(c)
	if err != nil {
		return reply{}, err
	}
	return ok("authConfig", l.render(c, it)), nil
}

func loginTypes() []string { return []string{"BASIC", "OAUTH2", "OAUTH2_INTERNAL"} }

func (l *loginOptions) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	doc := l.store.Shapes.Compact(readOnly(body, "onlyManagementTenantAccess"))
	var absent []string
	for _, name := range []string{"providerName", "type"} {
		if doc.Text(name) == "" {
			absent = append(absent, name)
		}
	}
	kind := strings.ToUpper(doc.Text("type"))
	switch {
	case len(absent) > 0:
		return reply{}, missing(strings.Join(absent, ","))
	case !slices.Contains(loginTypes(), kind):
		return reply{}, invalid("Invalid type: %s", kind)
	case kind != "OAUTH2":
		return reply{}, fail(http.StatusBadRequest, "tenants/Bad Request", "A login option of type %s exists already", kind)
	}
	doc = doc.Set(&l.store.Shapes, "type", rawjson.Quote(kind))
	it := l.shelf.put(l.shelf.next(), doc)
	l.audit(c.did("TenantAuthConfig", "Login option created", it.id))
	return ok("authconfig", l.render(c, it)), nil
}

// put changes a login option. On request all users have to sign in anew.
func (l *loginOptions) put(c *call) (reply, error) {
	it, err := l.find(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	if kind := rawjson.Text(body, "type"); kind != "" && !strings.EqualFold(kind, it.Text("type")) {
		return reply{}, invalid("The type of a login option cannot be changed")
	}
	it, _ = l.shelf.merge(it.id, readOnly(body, "type", "onlyManagementTenantAccess"))
	if c.flag("terminateUserSessions") {
		l.gate.sessions.terminate(func(s *session) bool { return s.tenant == l.id && s != c.who.session }, tokenTerminated)
	}
	l.audit(c.did("TenantAuthConfig", "Login option updated", it.id))
	return ok("authconfig", l.render(c, it)), nil
}

// delete removes a login option with its mappings. There would be no way in without the two that every tenant has.
func (l *loginOptions) delete(c *call) (reply, error) {
	it, err := l.find(c)
	switch {
	case err != nil:
		return reply{}, err
	case it.Text("type") != "OAUTH2":
		return reply{}, forbidden()
	}
	for _, mapping := range l.mappings {
		for _, rule := range mapping.shelf.all(func(rule item) bool { return rule.Text(ofScope) == it.id }) {
			mapping.shelf.remove(rule.id)
		}
	}
	l.shelf.remove(it.id)
	l.audit(c.did("TenantAuthConfig", "Login option deleted", it.id))
	return empty(http.StatusNoContent), nil
}

// restrict keeps a login option of a tenant for the management tenant.
func (l *loginOptions) restrict(c *call) (reply, error) {
	if c.who.user.tenant != management {
		return reply{}, forbidden()
	}
	it, err := l.find(c)
	if err != nil {
		return reply{}, err
	}
	if c.query.Get("targetTenant") != l.id {
		return reply{}, noTenant(c.query.Get("targetTenant"))
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	value, _ := rawjson.Member(body, "onlyManagementTenantAccess")
	if value != "true" {
		value = "false"
	}
	it, _ = l.shelf.merge(it.id, `{"onlyManagementTenantAccess":`+value+`}`)
	return ok("authconfig", l.render(c, it)), nil
}

// offered is what the sign-in page is told of a login option, over what the caller knows of it.
func (l *loginOptions) offered(id string, known map[string]any) map[string]any {
	it, found := l.shelf.get(id)
	if !found {
		return known
	}
	for _, name := range []string{"visibleOnLoginPage", "sessionConfiguration", "authenticationRestrictions", "buttonName"} {
		if raw, said := it.Get(name); said {
			known[name] = json.RawMessage(raw)
		}
	}
	return known
}

// federation is the login option for single sign-on that is in use.
func (l *loginOptions) federation() (item, bool) {
	found := l.shelf.all(func(it item) bool { return it.Text("type") == "OAUTH2" })
	if len(found) == 0 {
		return item{}, false
	}
	return found[0], true
}

// federated are the login options for single sign-on, as the sign-in page is told of them.
func (l *loginOptions) federated(c *call, tenant string) (options []any) {
	for _, it := range l.shelf.all(func(it item) bool { return it.Text("type") == "OAUTH2" }) {
		options = append(options, l.offered(it.id, map[string]any{
			"self": c.url("/tenant/loginOptions/" + it.id), "id": it.id, "type": "OAUTH2", "_type": "OAUTH2", "grantType": "AUTHORIZATION_CODE",
			"userManagementSource": "REMOTE", "visibleOnLoginPage": true, "initRequest": c.url("/tenant/oauth?tenant_id=" + tenant + "&response_type=code"),
			"loginRedirectDomain": c.r.Host,
		}))
	}
	return options
}
