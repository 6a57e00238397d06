package demo

import (
	"net/http"
	"slices"
	"strconv"

	"c8yx/demo/rawjson"
)

func itoa(n int) string { return strconv.Itoa(n) }

func (a *accounts) writeGroup(w *rawjson.Writer, c *call, g group) {
	self := c.url("/user/" + a.id + "/groups/" + itoa(g.id))
	w.Open('{')
	w.Int("id", int64(g.id)) // ids of groups are numbers
	w.Str("self", self)
	w.Str("name", g.name)
	w.Str("description", g.description)
	w.Raw("customProperties", "{}")
	w.Raw("devicePermissions", "{}")
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

func (a *accounts) allGroups() []group {
	a.gate.directory.mu.RLock()
	defer a.gate.directory.mu.RUnlock()
	return slices.Clone(a.gate.directory.groups)
}

func (a *accounts) groups(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	groups, total := collect(p, slices.Values(a.allGroups()), nil)
	return collection(c, "groupcollection", "groups", p, groups, total, func(w *rawjson.Writer, g group) { a.writeGroup(w, c, g) }), nil
}

func (a *accounts) findGroup(c *call) (group, error) {
	if err := a.ownTenant(c); err != nil {
		return group{}, err
	}
	id, err := strconv.Atoi(c.param("group"))
	g, found := a.gate.directory.group(id)
	if err != nil || !found {
		return group{}, a.noGroup(c.param("group"))
	}
	return g, nil
}

func (a *accounts) noGroup(name string) error {
	return fail(
		http.StatusNotFound, "groups/Not Found", "Error retrieving group with id %[1]s! : Cannot find document with ID ID [type=com_cumulocity_model_idtype_GId, value=%[1]s]!", name,
	)
}

func (a *accounts) group(c *call) (reply, error) {
	g, err := a.findGroup(c)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	a.writeGroup(&w, c, g)
	return ok("group", w.Buf), nil
}

func (a *accounts) groupByName(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	for _, g := range a.allGroups() {
		if g.name == c.param("name") {
			var w rawjson.Writer
			a.writeGroup(&w, c, g)
			return ok("group", w.Buf), nil
		}
	}
	return reply{}, a.noGroup(c.param("name"))
}

func (a *accounts) usersOfGroup(c *call) (reply, error) {
	g, err := a.findGroup(c)
	if err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	members := filter(slices.Values(a.gate.directory.all(a.id)), []func(*user) bool{
		func(u *user) bool { return slices.Contains(u.groups, g.id) },
	})
	users, total := collect(p, members, nil)
	self := c.url("/user/" + a.id + "/groups/" + itoa(g.id) + "/users/")
	return collection(c, "userreferencecollection", "references", p, users, total, func(w *rawjson.Writer, u *user) {
		w.Open('{')
		w.Str("self", self+u.name)
		w.Key("user")
		a.writeUser(w, c, u)
		w.Close('}')
	}), nil
}

func (a *accounts) rolesOfGroup(c *call) (reply, error) {
	g, err := a.findGroup(c)
	if err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	roles, total := collect(p, slices.Values(g.roles), nil)
	self := c.url("/user/" + a.id + "/groups/" + itoa(g.id) + "/roles")
	return collection(c, "rolereferencecollection", "references", p, roles, total, func(w *rawjson.Writer, role string) {
		writeRoleReference(w, c, self, role)
	}), nil
}
