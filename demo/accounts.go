package demo

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
)

// accounts is who there is and what they may: /user and /tenant/currentTenant.
type accounts struct {
	*platform
	gate *gate
}

func (a *accounts) routes() []route {
	return []route{
		{"GET", "/user/currentUser", needs(roleUserOwnRead, roleSystem), "currentuser", a.currentUser},
		{"PUT", "/user/currentUser", needs(roleUserOwnAdmin), "currentuser", a.putCurrentUser},
		{"GET", "/user/roles", userReaders(), "rolecollection", a.roles},
		{"GET", "/user/roles/{name}", userReaders(), "role", a.role},
		{"GET", "/user/{tenant}/users", userReaders(), "usercollection", a.users},
		{"GET", "/user/{tenant}/users/{user}", userReaders(), "user", a.user},
		{"GET", "/user/{tenant}/userByName/{user}", userReaders(), "user", a.user},
		{"GET", "/user/{tenant}/users/{user}/groups", userReaders(), "groupreferencecollection", a.groupsOfUser},
		{"GET", "/user/{tenant}/groups", userReaders(), "groupcollection", a.groups},
		{"GET", "/user/{tenant}/groups/{group}", userReaders(), "group", a.group},
		{"GET", "/user/{tenant}/groupByName/{name}", userReaders(), "group", a.groupByName},
		{"GET", "/user/{tenant}/groups/{group}/users", userReaders(), "userreferencecollection", a.usersOfGroup},
		{"GET", "/user/{tenant}/groups/{group}/roles", userReaders(), "rolereferencecollection", a.rolesOfGroup},
	}
}

// currentUser answers in two shapes: with the flattened permissions, or, if the Accept header names a user, as a user with
// groups and roles.
func (a *accounts) currentUser(c *call) (reply, error) {
	if strings.Contains(strings.ToLower(c.r.Header.Get("Accept")), vendor+"user+json") {
		var w rawjson.Writer
		a.writeUser(&w, c, c.who.user)
		return ok("user", w.Buf), nil
	}
	return ok("currentuser", a.renderCurrentUser(c, c.who.user)), nil
}

func (a *accounts) renderCurrentUser(c *call, u *user) []byte {
	var w rawjson.Writer
	w.Open('{')
	w.Str("self", c.url("/user/currentUser"))
	a.writePerson(&w, u)
	w.Key("effectiveRoles")
	w.Open('[')
	for _, role := range c.who.roles {
		w.Comma()
		writeRole(&w, c, role)
	}
	w.Close(']')
	w.Raw("devicePermissions", "{}")
	w.Close('}')
	return w.Buf
}

// writePerson writes what both shapes of a user share.
func (a *accounts) writePerson(w *rawjson.Writer, u *user) {
	w.Str("id", u.name)
	w.Str("userName", u.name)
	w.Str("firstName", u.first)
	w.Str("lastName", u.last)
	w.Str("email", u.email)
	w.Str("phone", u.phone)
	w.Bool("shouldResetPassword", false)
	w.Bool("twoFactorAuthenticationEnabled", false)
	w.Any("lastPasswordChange", u.lastPasswordChange.UTC())
}

func writeRole(w *rawjson.Writer, c *call, role string) {
	w.Open('{')
	w.Str("id", role)
	w.Str("name", role)
	w.Str("self", c.url("/user/roles/"+role))
	w.Close('}')
}

func userPath(u *user) string { return "/user/" + u.tenant + "/users/" + url.PathEscape(u.name) }

func (a *accounts) writeUser(w *rawjson.Writer, c *call, u *user) {
	self := c.url(userPath(u))
	w.Open('{')
	w.Str("self", self)
	a.writePerson(w, u)
	w.Str("displayName", strings.TrimSpace(u.first+" "+u.last))
	w.Bool("enabled", !u.disabled)
	w.Bool("newsletter", false)
	w.Str("passwordStrength", "GREEN")
	w.Raw("customProperties", "{}")
	w.Raw("devicePermissions", "{}")
	w.Raw("applications", "[]")
	w.Key("groups")
	w.Open('{')
	w.Str("self", self+"/groups")
	w.Key("references")
	w.Open('[')
	for _, id := range u.groups {
		if g, found := a.gate.directory.group(id); found {
			w.Comma()
			writeGroupReference(w, c, g, self)
		}
	}
	w.Close(']')
	w.Close('}')
	w.Key("roles")
	writeRoleReferences(w, c, self+"/roles", u.roles)
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

func writeGroupReference(w *rawjson.Writer, c *call, g group, owner string) {
	w.Open('{')
	w.Str("self", owner+"/groups")
	w.Key("group")
	w.Open('{')
	w.Int("id", int64(g.id))
	w.Str("name", g.name)
	w.Str("self", c.url("/user/"+c.who.user.tenant+"/groups/")+itoa(g.id))
	w.Close('}')
	w.Close('}')
}

// putCurrentUser changes name, mail and phone of the caller.
func (a *accounts) putCurrentUser(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	u := a.gate.directory.change(c.who.user, func(u *user) {
		for name, field := range map[string]*string{"firstName": &u.first, "lastName": &u.last, "email": &u.email, "phone": &u.phone} {
			if raw, found := rawjson.Member(body, name); found && raw != "null" {
				*field = rawjson.Unquote(raw)
			}
		}
	})
	return ok("currentuser", a.renderCurrentUser(c, u)), nil
}

func (a *accounts) roles(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	roles, total := collect(p, slices.Values(allRoles()), nil)
	return collection(c, "rolecollection", "roles", p, roles, total, func(w *rawjson.Writer, role string) { writeRole(w, c, role) }), nil
}

func (a *accounts) role(c *call) (reply, error) {
	if !slices.Contains(allRoles(), c.param("name")) {
		return reply{}, fail(http.StatusNotFound, "Not Found", "Cannot find the specified role.")
	}
	var w rawjson.Writer
	writeRole(&w, c, c.param("name"))
	return ok("role", w.Buf), nil
}

// ownTenant refuses paths that name another tenant.
func (a *accounts) ownTenant(c *call) error {
	if tenant := c.param("tenant"); tenant != a.id {
		return fail(http.StatusForbidden, "security/Forbidden", "Access is denied")
	}
	return nil
}

// users lists accounts, those of devices only on request.
func (a *accounts) users(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	prefix, contains, groups := strings.ToLower(c.query.Get("username")), strings.ToLower(c.query.Get("usernameContains")), c.list("groups")
	found := filter(slices.Values(a.gate.directory.all(a.id)), []func(*user) bool{
		func(u *user) bool { return u.device == c.flag("onlyDevices") },
		func(u *user) bool {
			name := strings.ToLower(u.name)
			return strings.HasPrefix(name, prefix) && strings.Contains(name, contains)
		},
		func(u *user) bool {
			return len(groups) == 0 || slices.ContainsFunc(u.groups, func(id int) bool { return slices.Contains(groups, itoa(id)) })
		},
	})
	users, total := collect(p, found, nil)
	return collection(c, "usercollection", "users", p, users, total, func(w *rawjson.Writer, u *user) { a.writeUser(w, c, u) }), nil
}

func (a *accounts) findUser(c *call) (*user, error) {
	if err := a.ownTenant(c); err != nil {
		return nil, err
	}
	u := a.gate.directory.find(a.id, c.param("user"))
	if u == nil {
		return nil, fail(
			http.StatusNotFound, "users/Not Found", "Error retrieving user %[1]s! : Cannot find document with ID ID [type=com_cumulocity_model_idtype_GId, value=%[1]s]!",
			c.param("user"),
		)
	}
	return u, nil
}

func (a *accounts) user(c *call) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	a.writeUser(&w, c, u)
	return ok("user", w.Buf), nil
}

func (a *accounts) groupsOfUser(c *call) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	ids, total := collect(p, slices.Values(u.groups), nil)
	return collection(c, "groupreferencecollection", "references", p, ids, total, func(w *rawjson.Writer, id int) {
		g, _ := a.gate.directory.group(id)
		writeGroupReference(w, c, g, c.url(userPath(u)))
	}), nil
}
