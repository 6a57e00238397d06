package demo

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"c8yx/demo/rawjson"
)

func itoa(n int) string { return strconv.Itoa(n) }

// userGroups is /user/{tenant}/groups: what the user interface calls global roles.
type userGroups struct{ *accounts }

func (a *userGroups) routes() []route {
	const all, one = "/user/{tenant}/groups", "/user/{tenant}/groups/{group}"
	return []route{
		{"GET", all, userReaders(), "groupcollection", a.list},
		{"POST", all, userWriters(), "group", a.post},
		{"GET", one, userReaders(), "group", a.get},
		{"PUT", one, needs(roleUserAdmin), "group", a.put},
		{"DELETE", one, needs(roleUserAdmin), "", a.delete},
		{"GET", "/user/{tenant}/groupByName/{name}", userReaders(), "group", a.byName},
		{"GET", one + "/users", userReaders(), "userreferencecollection", a.users},
		{"POST", one + "/users", userWriters(), "userreference", a.addUser},
		{"DELETE", one + "/users/{user}", userWriters(), "", a.removeUser},
		{"GET", one + "/roles", userReaders(), "rolereferencecollection", a.roles},
		{"POST", one + "/roles", needs(roleUserAdmin), "rolereference", a.addRole},
		{"DELETE", one + "/roles/{role}", needs(roleUserAdmin), "", a.removeRole},
		{"GET", "/user/roles", userReaders(), "rolecollection", a.listRoles},
		{"GET", "/user/roles/{name}", userReaders(), "role", a.getRole},
	}
}

func (a *userGroups) write(w *rawjson.Writer, c *call, g *group) {
	self := c.url(groupPath(a.id, g.id))
	w.Open('{')
	w.Int("id", int64(g.id)) // ids of groups are numbers
	w.Str("self", self)
	w.Str("name", g.name)
	w.Str("description", g.description)
	w.Raw("customProperties", or(g.custom, "{}"))
	w.Any("devicePermissions", g.devicePermissions.document())
	w.Raw("applications", "[]")
	w.Key("roles")
	writeRoleReferences(w, c, self+"/roles", g.roles)
	w.Key("users")
	w.Open('{')
	w.Str("self", self+"/users")
	w.Raw("references", "[]")
	w.Close('}')
	w.Close('}')
}

func (a *userGroups) render(c *call, g *group) []byte {
	var w rawjson.Writer
	a.write(&w, c, g)
	return w.Buf
}

func (a *userGroups) list(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	groups, total := collect(p, slices.Values(a.gate.directory.allGroups()), nil)
	return collection(c, "groupcollection", "groups", p, groups, total, func(w *rawjson.Writer, g *group) { a.write(w, c, g) }), nil
}

func (a *userGroups) find(c *call) (*group, error) {
	if err := a.ownTenant(c); err != nil {
		return nil, err
	}
	id, err := strconv.Atoi(c.param("group"))
	if g := a.gate.directory.group(id); err == nil && g != nil {
		return g, nil
	}
	return nil, noGroup(c.param("group"))
}

func (a *userGroups) get(c *call) (reply, error) {
	g, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	return ok("group", a.render(c, g)), nil
}

func (a *userGroups) byName(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	for _, g := range a.gate.directory.allGroups() {
		if g.name == c.param("name") {
			return ok("group", a.render(c, g)), nil
		}
	}
	return reply{}, noGroup(c.param("name"))
}

// alter sets what a document says of a group.
func (a *userGroups) alter(g *group, body string) error {
	setText(body, map[string]*string{"name": &g.name, "description": &g.description})
	setObject(body, "customProperties", &g.custom)
	if raw, found := rawjson.Member(body, "devicePermissions"); found {
		permissions, err := devicePermissionsOf(raw)
		if err != nil {
			return err
		}
		g.devicePermissions = permissions
	}
	if g.name == "" {
		return missing("name")
	}
	return nil
}

func duplicateGroup(name string) error {
	return fail(http.StatusConflict, "groups/Duplicate", "Group with name '%s' already exists", name)
}

func (a *userGroups) post(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	var g group
	if err := a.alter(&g, body); err != nil {
		return reply{}, err
	}
	made, free := a.gate.directory.addGroup(g)
	if !free {
		return reply{}, duplicateGroup(g.name)
	}
	a.audit(c.did("Group", "Group created", itoa(made.id)))
	return created("group", c.url(groupPath(a.id, made.id)), a.render(c, made)), nil
}

func (a *userGroups) put(c *call) (reply, error) {
	g, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	g, err = a.gate.directory.editGroup(g, func(g *group) error { return a.alter(g, body) })
	if err != nil {
		return reply{}, err
	}
	a.throwOut(c, a.gate.directory.members(g, a.id))
	a.audit(c.did("Group", "Group updated", itoa(g.id)))
	return ok("group", a.render(c, g)), nil
}

func (a *userGroups) delete(c *call) (reply, error) {
	g, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	members := a.gate.directory.members(g, a.id)
	a.gate.directory.removeGroup(g, a.id)
	a.throwOut(c, members)
	a.audit(c.did("Group", "Group deleted", itoa(g.id)))
	return empty(http.StatusNoContent), nil
}

// throwOut ends the sessions of users if the call says forceLogout.
func (a *userGroups) throwOut(c *call, members []*user) {
	if !c.flag("forceLogout") {
		return
	}
	a.gate.sessions.terminate(func(s *session) bool {
		return slices.ContainsFunc(members, func(u *user) bool { return s.of(u) })
	}, tokenTerminated)
}

func (a *userGroups) writeMember(w *rawjson.Writer, c *call, g *group, u *user) {
	w.Open('{')
	w.Str("self", c.url(groupPath(a.id, g.id)+"/users/"+url.PathEscape(u.name)))
	w.Key("user")
	a.writeUser(w, c, u)
	w.Close('}')
}

func (a *userGroups) users(c *call) (reply, error) {
	g, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	visible := filter(slices.Values(a.gate.directory.members(g, a.id)), []func(*user) bool{func(u *user) bool { return a.over(c, u) }})
	users, total := collect(p, visible, nil)
	return collection(c, "userreferencecollection", "references", p, users, total, func(w *rawjson.Writer, u *user) { a.writeMember(w, c, g, u) }), nil
}

func (a *userGroups) addUser(c *call) (reply, error) {
	g, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	name, err := a.reference(c, "user")
	if err != nil {
		return reply{}, err
	}
	u := a.gate.directory.find(a.id, name)
	switch {
	case u == nil:
		return reply{}, noUser(name)
	case !a.over(c, u) || !a.mayGrant(c, g.roles...):
		return reply{}, forbidden()
	}
	u = a.gate.directory.change(u, func(u *user) { u.join(g.id) })
	a.audit(c.did("Group", "User assigned to group", itoa(g.id)))
	var w rawjson.Writer
	a.writeMember(&w, c, g, u)
	return created("userreference", c.url(groupPath(a.id, g.id)+"/users/"+url.PathEscape(u.name)), w.Buf), nil
}

func (a *userGroups) removeUser(c *call) (reply, error) {
	g, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	u, err := a.findUser(c)
	switch {
	case err != nil:
		return reply{}, err
	case !slices.Contains(u.groups, g.id):
		return reply{}, noUser(u.name)
	}
	a.gate.directory.change(u, func(u *user) { u.leave(g.id) })
	a.audit(c.did("Group", "User removed from group", itoa(g.id)))
	return empty(http.StatusNoContent), nil
}

func (a *userGroups) roles(c *call) (reply, error) {
	g, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	return roleReferences(c, c.url(groupPath(a.id, g.id)+"/roles"), g.roles)
}

func (a *userGroups) addRole(c *call) (reply, error) {
	g, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	role, err := a.wantedRole(c)
	if err != nil {
		return reply{}, err
	}
	g, err = a.gate.directory.editGroup(g, func(g *group) error {
		if slices.Contains(g.roles, role) {
			return fail(http.StatusConflict, "groups/Duplicate", "Role %s is already assigned to group %s", role, g.name)
		}
		g.roles = append(slices.Clone(g.roles), role)
		return nil
	})
	if err != nil {
		return reply{}, err
	}
	a.audit(c.did("Group", "Role assigned to group", itoa(g.id)))
	return roleReference(c, c.url(groupPath(a.id, g.id)+"/roles"), role), nil
}

func (a *userGroups) removeRole(c *call) (reply, error) {
	g, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	role := c.param("role")
	g, err = a.gate.directory.editGroup(g, func(g *group) error {
		if !slices.Contains(g.roles, role) {
			return fail(http.StatusNotFound, "roles/Not Found", "Cannot find the specified role.")
		}
		g.roles = slices.DeleteFunc(slices.Clone(g.roles), func(other string) bool { return other == role })
		return nil
	})
	if err != nil {
		return reply{}, err
	}
	a.audit(c.did("Group", "Role removed from group", itoa(g.id)))
	return empty(http.StatusNoContent), nil
}

func (a *userGroups) listRoles(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	roles, total := collect(p, slices.Values(allRoles()), nil)
	return collection(c, "rolecollection", "roles", p, roles, total, func(w *rawjson.Writer, role string) { writeRole(w, c, role) }), nil
}

func (a *userGroups) getRole(c *call) (reply, error) {
	if !slices.Contains(allRoles(), c.param("name")) {
		return reply{}, noRole()
	}
	var w rawjson.Writer
	writeRole(&w, c, c.param("name"))
	return ok("role", w.Buf), nil
}
