package demo

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
)

// accounts is who there is and what they may: what users, groups, roles and the current user have in common.
type accounts struct {
	*platform
	gate *gate
}

// ownTenant refuses paths that name another tenant.
func (a *accounts) ownTenant(c *call) error {
	if tenant := c.param("tenant"); tenant != a.id {
		return forbidden()
	}
	return nil
}

func noUser(name string) error {
	return fail(
		http.StatusNotFound, "users/Not Found", "Error retrieving user %[1]s! : Cannot find document with ID ID [type=com_cumulocity_model_idtype_GId, value=%[1]s]!", name,
	)
}

func noGroup(name string) error {
	return fail(
		http.StatusNotFound, "groups/Not Found", "Error retrieving group with id %[1]s! : Cannot find document with ID ID [type=com_cumulocity_model_idtype_GId, value=%[1]s]!", name,
	)
}

// findUser returns the user that the path names, if the caller may do to him what the route does.
func (a *accounts) findUser(c *call) (*user, error) {
	if err := a.ownTenant(c); err != nil {
		return nil, err
	}
	u := a.gate.directory.find(a.id, c.param("user"))
	switch {
	case u == nil:
		return nil, noUser(c.param("user"))
	case !a.over(c, u):
		return nil, forbidden()
	}
	return u, nil
}

// over reports whether a user is in the caller's power: everybody is in an administrator's, only those further down in a
// hierarchy of users in that of somebody who has no more than ROLE_USER_MANAGEMENT_CREATE.
func (a *accounts) over(c *call, u *user) bool {
	all := []string{roleUserAdmin}
	if c.r.Method == http.MethodGet || c.r.Method == http.MethodHead {
		all = append(all, roleUserRead)
	}
	return c.who.has(all...) || c.who.has(roleUserCreate) && a.gate.directory.below(u, c.who.user)
}

// mayGrant reports whether the caller may hand on roles: an administrator any, others only what they have.
func (a *accounts) mayGrant(c *call, roles ...string) bool {
	return c.who.has(roleUserAdmin) || !slices.ContainsFunc(roles, func(role string) bool { return !c.who.has(role) })
}

// reference reads the id at the end of the address of a user or role: {"role":{"self":"https://acme.example/user/roles/ROLE_X"}}.
// Documents that name an id instead do as well.
func (a *accounts) reference(c *call, kind string) (string, error) {
	body, err := c.object()
	if err != nil {
		return "", err
	}
	referred, _ := rawjson.Member(body, kind)
	self := rawjson.Text(referred, "self")
	if self == "" {
		self = or(rawjson.Text(referred, "id"), rawjson.Text(referred, "name"))
	}
	self, _, _ = strings.Cut(strings.TrimRight(self, "/"), "?")
	id, err := url.PathUnescape(self[strings.LastIndex(self, "/")+1:])
	if err != nil || id == "" {
		return "", missing(kind + ".self")
	}
	return id, nil
}

// setText sets text fields to the members of a document that are there. Null empties.
func setText(body string, fields map[string]*string) {
	for name, field := range fields {
		switch raw, found := rawjson.Member(body, name); {
		case !found:
		case raw == "null":
			*field = ""
		default:
			*field = rawjson.Unquote(raw)
		}
	}
}

// setFlag sets a flag to the member of a document if it is there.
func setFlag(body, name string, flag *bool) {
	if raw, found := rawjson.Member(body, name); found {
		*flag = raw == "true"
	}
}

// setObject sets a raw JSON object to the member of a document if it is there.
func setObject(body, name string, object *string) {
	if raw, found := rawjson.Member(body, name); found && rawjson.Kind(raw) == rawjson.Object {
		*object = raw
	}
}

func writeRole(w *rawjson.Writer, c *call, role string) {
	w.Open('{')
	w.Str("id", role)
	w.Str("name", role)
	w.Str("self", c.url("/user/roles/"+role))
	w.Close('}')
}

func writeRoleReferences(w *rawjson.Writer, c *call, self string, roles []string) {
	w.Open('{')
	w.Str("self", self)
	w.Key("references")
	w.Open('[')
	for _, role := range roles {
		w.Comma()
		writeRoleReference(w, c, self, role)
	}
	w.Close(']')
	w.Close('}')
}

func writeRoleReference(w *rawjson.Writer, c *call, list, role string) {
	w.Open('{')
	w.Str("self", list+"/"+role)
	w.Key("role")
	writeRole(w, c, role)
	w.Close('}')
}

func writeGroupReference(w *rawjson.Writer, c *call, u *user, g *group) {
	w.Open('{')
	w.Str("self", c.url(userPath(u)+"/groups/"+itoa(g.id)))
	w.Key("group")
	w.Open('{')
	w.Int("id", int64(g.id))
	w.Str("name", g.name)
	w.Str("description", g.description)
	self := c.url(groupPath(u.tenant, g.id))
	w.Str("self", self)
	w.Key("roles") // by which clients know what the user may
	writeRoleReferences(w, c, self+"/roles", g.roles)
	w.Close('}')
	w.Close('}')
}
