package demo

import (
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
)

// subscriptions is /tenant/tenants/{tenant}/applications: which applications a tenant has, and what they may not ask for.
type subscriptions struct{ *tenants }

func (s *subscriptions) routes() []route {
	const all = "/tenant/tenants/{tenant}/applications"
	const restricted = all + "/restricted-roles"
	writers := needs(roleApplicationAdmin, roleTenantManagementAdmin, roleTenantManagementUpdate)
	readers := needs(roleTenantManagementRead, roleTenantAdmin)
	restrictors := needs(roleTenantManagementAdmin, roleTenantManagementUpdate, roleTenantAdmin)
	return []route{
		{"GET", all, readers, "applicationreferencecollection", s.list},
		{"POST", all, writers, "applicationreference", s.post},
		{"DELETE", all + "/{application}", writers, "", s.delete},
		{"GET", restricted, readers, "", s.restricted},
		{"PUT", restricted, restrictors, "tenant", s.putRestricted},
		{"POST", restricted + "/{role}", restrictors, "tenant", s.restrict},
		{"DELETE", restricted + "/{role}", restrictors, "tenant", s.permit},
	}
}

func (s *subscriptions) list(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	found, total := collect(p, slices.Values(s.applications.shelf.all(func(a item) bool {
		return slices.Contains(a.strings(applicationSubscribers), it.id)
	})), nil)
	return collection(c, "applicationreferencecollection", "references", p, found, total, func(w *rawjson.Writer, application item) {
		s.applications.writeReference(w, c.base, it.id, application)
	}), nil
}

// post subscribes a tenant to an application, named by its address or id.
func (s *subscriptions) post(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	raw, _ := rawjson.Member(body, "application")
	self := strings.TrimRight(rawjson.Text(raw, "self"), "/")
	id := self[strings.LastIndexByte(self, '/')+1:]
	if id == "" {
		number, _ := rawjson.Member(raw, "id")
		id = identifier(or(number, "null"))
	}
	if id == "" {
		return reply{}, missing("application.self")
	}
	application, found := s.applications.shelf.get(id)
	if !found {
		return reply{}, noApplication(id)
	}
	application, fresh := s.applications.subscribe(application, it.id)
	if !fresh {
		return reply{}, fail(http.StatusConflict, "applications/Duplicate", "Tenant %s is subscribed to application %s already", it.id, id)
	}
	d := c.did("Application", "Application subscribed", id)
	d.text = "Application '" + application.Text("name") + "' subscribed to tenant '" + it.id + "'"
	s.audit(d)
	var w rawjson.Writer
	s.applications.writeReference(&w, c.base, it.id, application)
	return created("applicationreference", c.url("/tenant/tenants/"+it.id+"/applications/"+id), w.Buf), nil
}

func (s *subscriptions) delete(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	application, found := s.applications.shelf.get(c.param("application"))
	if !found || !s.applications.unsubscribe(application, it.id) {
		return reply{}, noApplication(c.param("application"))
	}
	d := c.did("Application", "Application unsubscribed", application.id)
	d.text = "Application '" + application.Text("name") + "' unsubscribed from tenant '" + it.id + "'"
	s.audit(d)
	return empty(http.StatusNoContent), nil
}

// forbiddenRoles is the custom property that holds what microservices may not ask for.
const forbiddenRoles = "msForbiddenRoles"

func (s *subscriptions) rolesOf(it item) []string {
	raw, _ := it.Get("customProperties")
	list, _ := rawjson.Member(raw, forbiddenRoles)
	roles := []string{}
	for role := range rawjson.Elements(list) {
		roles = append(roles, rawjson.Unquote(role))
	}
	return roles
}

func (s *subscriptions) restricted(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	return ok("", rawjson.Append(nil, s.rolesOf(it))), nil
}

// setRoles replaces the forbidden roles; an unknown one is refused.
func (s *subscriptions) setRoles(c *call, it item, roles []string) (reply, error) {
	for _, role := range roles {
		if !slices.Contains(allRoles(), role) {
			return reply{}, invalid("Unknown role: %s", role)
		}
	}
	raw, _ := it.Get("customProperties")
	custom := s.store.Shapes.Compact(or(raw, "{}")).Set(&s.store.Shapes, forbiddenRoles, string(rawjson.Append(nil, roles)))
	it, _ = s.shelf.merge(it.id, `{"customProperties":`+custom.JSON()+`}`)
	return ok("tenant", s.render(c.base, it)), nil
}

func (s *subscriptions) putRestricted(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.read()
	if err != nil {
		return reply{}, err
	}
	text, err := rawjson.Compact(body)
	if err != nil || rawjson.Kind(text) != rawjson.Array {
		return reply{}, invalid("A list of roles is expected")
	}
	var roles []string
	for role := range rawjson.Elements(text) {
		roles = append(roles, rawjson.Unquote(role))
	}
	slices.Sort(roles)
	return s.setRoles(c, it, slices.Compact(roles))
}

func (s *subscriptions) restrict(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	roles := s.rolesOf(it)
	if !slices.Contains(roles, c.param("role")) {
		roles = append(roles, c.param("role"))
	}
	return s.setRoles(c, it, roles)
}

func (s *subscriptions) permit(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	roles := s.rolesOf(it)
	at := slices.Index(roles, c.param("role"))
	if at < 0 {
		return reply{}, fail(http.StatusNotFound, "tenants/Not Found", "The role %s is not restricted", c.param("role"))
	}
	return s.setRoles(c, it, slices.Delete(roles, at, at+1))
}
