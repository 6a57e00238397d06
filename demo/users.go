package demo

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
)

// users is /user/{tenant}/users.
type users struct{ *accounts }

func (a *users) routes() []route {
	const all, one = "/user/{tenant}/users", "/user/{tenant}/users/{user}"
	return []route{
		{"GET", all, userReaders(), "usercollection", a.list},
		{"POST", all, userWriters(), "user", a.post},
		{"GET", all + "/newsletterEmails", userReaders(), "text/plain", a.newsletter},
		{"GET", one, userReaders(), "user", a.get},
		{"PUT", one, userWriters(), "user", a.put},
		{"DELETE", one, userWriters(), "", a.delete},
		{"GET", "/user/{tenant}/userByName/{user}", userReaders(), "user", a.get},
		{"PUT", one + "/password", needs(roleUserOwnAdmin, roleUserAdmin), "", a.putPassword},
		{"PUT", one + "/owner", needs(roleUserAdmin), "user", a.putOwner},
		{"DELETE", one + "/owner", needs(roleUserAdmin), "", a.deleteOwner},
		{"PUT", one + "/delegatedby", needs(roleUserAdmin), "user", a.putDelegate},
		{"DELETE", one + "/delegatedby", needs(roleUserAdmin), "", a.deleteDelegate},
		{"GET", one + "/groups", userReaders(), "groupreferencecollection", a.groups},
		{"GET", one + "/roles", userReaders(), "rolereferencecollection", a.roles},
		{"POST", one + "/roles", userWriters(), "rolereference", a.postRole},
		{"DELETE", one + "/roles/{role}", userWriters(), "", a.deleteRole},
	}
}

// writePerson writes what both shapes of a user share.
func (a *accounts) writePerson(w *rawjson.Writer, u *user) {
	w.Str("id", u.name)
	w.Str("userName", u.name)
	w.Str("firstName", u.first)
	w.Str("lastName", u.last)
	w.Str("email", u.email)
	w.Str("phone", u.phone)
	w.Bool("shouldResetPassword", u.mustChangePassword)
	w.Bool("twoFactorAuthenticationEnabled", a.gate.secondFactorWanted(u))
	w.Str("lastPasswordChange", formatMilli(u.lastPasswordChange.UnixMilli()))
	w.Any("devicePermissions", u.devicePermissions.document())
}

// document is how permissions are written: nothing is the empty object.
func (d devicePermissions) document() map[string]any {
	doc := make(map[string]any, len(d))
	for object, entries := range d {
		doc[object] = entries
	}
	return doc
}

func (a *accounts) writeUser(w *rawjson.Writer, c *call, u *user) {
	self := c.url(userPath(u))
	w.Open('{')
	w.Str("self", self)
	a.writePerson(w, u)
	w.Str("displayName", or(u.display, strings.TrimSpace(u.first+" "+u.last)))
	w.Bool("enabled", !u.disabled)
	w.Bool("newsletter", u.newsletter)
	w.Str("passwordStrength", passwordStrength(u.password))
	if u.owner != "" {
		w.Str("owner", u.owner)
	}
	if u.delegatedBy != "" {
		w.Str("delegatedBy", u.delegatedBy)
	}
	w.Raw("customProperties", or(u.custom, "{}"))
	w.Raw("applications", "[]")
	if c.flag("withSubusersCount") {
		below := a.gate.directory.having(u.tenant, func(other *user) bool { return other.owner != "" && strings.EqualFold(other.owner, u.name) })
		w.Int("subusersCount", int64(len(below)))
	}
	w.Key("groups")
	w.Open('{')
	w.Str("self", self+"/groups")
	w.Key("references")
	w.Open('[')
	for _, id := range u.groups {
		if g := a.gate.directory.group(id); g != nil {
			w.Comma()
			writeGroupReference(w, c, u, g)
		}
	}
	w.Close(']')
	w.Close('}')
	w.Key("roles")
	writeRoleReferences(w, c, self+"/roles", u.roles)
	w.Close('}')
}

func (a *accounts) renderUser(c *call, u *user) []byte {
	var w rawjson.Writer
	a.writeUser(&w, c, u)
	return w.Buf
}

// list lists accounts, those of devices only on request.
func (a *users) list(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	prefix, contains, groups := strings.ToLower(c.query.Get("username")), strings.ToLower(c.query.Get("usernameContains")), c.list("groups")
	devices := c.flag("onlyDevices")
	found := filter(slices.Values(a.gate.directory.having(a.id, func(u *user) bool { return u.device == devices })), []func(*user) bool{
		func(u *user) bool {
			name := strings.ToLower(u.name)
			return strings.HasPrefix(name, prefix) && strings.Contains(name, contains)
		},
		func(u *user) bool {
			return len(groups) == 0 || slices.ContainsFunc(u.groups, func(id int) bool { return slices.Contains(groups, itoa(id)) })
		},
		func(u *user) bool { return !c.query.Has("owner") || strings.EqualFold(u.owner, c.query.Get("owner")) },
		func(u *user) bool { return a.over(c, u) },
	})
	users, total := collect(p, found, nil)
	return collection(c, "usercollection", "users", p, users, total, func(w *rawjson.Writer, u *user) { a.writeUser(w, c, u) }), nil
}

// newsletter lists the addresses of those who want the newsletter, a line each.
func (a *users) newsletter(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	var text strings.Builder
	for _, u := range a.gate.directory.having(a.id, func(u *user) bool { return u.newsletter && u.email != "" }) {
		text.WriteString(u.email + "\n")
	}
	return ok("text/plain;charset=UTF-8", []byte(text.String())), nil
}

func (a *users) get(c *call) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	return ok("user", a.renderUser(c, u)), nil
}

// maxName is how long names of users and devices may be.
const maxName = 1000

func validUserName(name string) error {
	switch {
	case name == "":
		return missing("userName")
	case len(name) > maxName:
		return invalid("User name is too long: at most %d characters are allowed", maxName)
	case strings.ContainsAny(name, " \t\r\n/\\+$:"):
		return invalid("User name contains invalid characters: %s", name)
	}
	return nil
}

// post creates a user. Without a password he gets a mail with a link; the tenant's mail goes to its log.
func (a *users) post(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	u := user{tenant: a.id, name: rawjson.Text(body, "userName"), password: rawjson.Text(body, "password"), lastPasswordChange: a.clock.Now()}
	if err := cmp.Or(validUserName(u.name), a.alter(&u, body)); err != nil {
		return reply{}, err
	}
	mailed := false
	setFlag(body, "sendPasswordResetEmail", &mailed)
	switch {
	case u.email == "":
		return reply{}, missing("email")
	case u.password != "":
		if err := a.gate.passwords.acceptable(u.password); err != nil {
			return reply{}, err
		}
	default:
		u.mustChangePassword = true
	}
	if c.who.has(roleUserAdmin) {
		setText(body, map[string]*string{"owner": &u.owner})
	} else {
		u.owner = c.who.user.name
	}
	made, free := a.gate.directory.add(u)
	if !free {
		return reply{}, fail(http.StatusConflict, "users/Duplicate", "User with name '%s' already exists", u.name)
	}
	if mailed {
		a.gate.passwords.mail(made)
	}
	a.audit(c.did("User", "User created", made.name))
	return created("user", c.url(userPath(made)), a.renderUser(c, made)), nil
}

// alter sets the properties of a user that others may set. Nobody sets another user's password or, once it is there, mail.
func (a *users) alter(u *user, body string) error {
	mail := u.email
	altered := *u
	setText(body, map[string]*string{
		"firstName": &altered.first, "lastName": &altered.last, "displayName": &altered.display, "phone": &altered.phone, "email": &altered.email,
	})
	if mail != "" && altered.email != mail {
		return fail(http.StatusForbidden, "security/Forbidden", "The email of another user cannot be changed")
	}
	enabled := !altered.disabled
	setFlag(body, "enabled", &enabled)
	if raw, said := rawjson.Member(body, "enabled"); said && raw == "true" {
		altered.locked, altered.failures = false, 0
	}
	altered.disabled = !enabled
	setFlag(body, "newsletter", &altered.newsletter)
	setFlag(body, "shouldResetPassword", &altered.mustChangePassword)
	setFlag(body, "twoFactorAuthenticationEnabled", &altered.tfa.wanted)
	setObject(body, "customProperties", &altered.custom)
	if raw, found := rawjson.Member(body, "devicePermissions"); found {
		permissions, err := devicePermissionsOf(raw)
		if err != nil {
			return err
		}
		altered.devicePermissions = permissions
	}
	if err := cmp.Or(validPhone(altered.phone), validMail(altered.email)); err != nil {
		return err
	}
	*u = altered
	return nil
}

// put changes a user. Who is disabled is thrown out at once.
func (a *users) put(c *call) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	if name, given := rawjson.Member(body, "userName"); given && !strings.EqualFold(rawjson.Unquote(name), u.name) {
		return reply{}, invalid("User name cannot be changed")
	}
	if rawjson.Text(body, "password") != "" && !u.same(c.who.user) {
		return reply{}, fail(http.StatusForbidden, "security/Forbidden", "The password of another user cannot be changed")
	}
	u, err = a.gate.directory.edit(u, func(u *user) error { return a.alter(u, body) })
	if err != nil {
		return reply{}, err
	}
	mailed := false
	if setFlag(body, "sendPasswordResetEmail", &mailed); mailed {
		a.gate.passwords.mail(u)
	}
	if u.disabled || u.mustChangePassword {
		a.gate.sessions.terminate(func(s *session) bool { return s.of(u) }, tokenTerminated)
	}
	a.audit(c.did("User", "User updated", u.name))
	return ok("user", a.renderUser(c, u)), nil
}

func (a *users) delete(c *call) (reply, error) {
	u, err := a.findUser(c)
	switch {
	case err != nil:
		return reply{}, err
	case u.same(c.who.user):
		return reply{}, forbidden()
	}
	a.gate.remove(u)
	a.audit(c.did("User", "User deleted", u.name))
	return empty(http.StatusNoContent), nil
}

// putPassword is how old clients change a password. It is left to users for their own.
func (a *users) putPassword(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	if u := a.gate.directory.find(a.id, c.param("user")); u == nil || !u.same(c.who.user) {
		return reply{}, fail(http.StatusForbidden, "security/Forbidden", "The password of another user cannot be changed")
	}
	return a.changePassword(c)
}

// above sets or removes who is above a user.
func (a *users) above(c *call, property string, set func(u *user, name string)) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	if c.r.Method == http.MethodDelete {
		a.gate.directory.change(u, func(u *user) { set(u, "") })
		return empty(http.StatusNoContent), nil
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	name := rawjson.Text(body, property)
	superior := a.gate.directory.find(a.id, name)
	switch {
	case name == "":
		return reply{}, missing(property)
	case superior == nil:
		return reply{}, noUser(name)
	case superior.same(u) || a.gate.directory.below(superior, u):
		return reply{}, invalid("User %s cannot be above %s", superior.name, u.name)
	}
	u = a.gate.directory.change(u, func(u *user) { set(u, superior.name) })
	a.audit(c.did("User", "User updated", u.name))
	return ok("user", a.renderUser(c, u)), nil
}

func setOwner(u *user, name string) { u.owner = name }

func setDelegate(u *user, name string) { u.delegatedBy = name }

func (a *users) putOwner(c *call) (reply, error)    { return a.above(c, "owner", setOwner) }
func (a *users) deleteOwner(c *call) (reply, error) { return a.above(c, "owner", setOwner) }
func (a *users) putDelegate(c *call) (reply, error) { return a.above(c, "delegatedBy", setDelegate) }

func (a *users) deleteDelegate(c *call) (reply, error) { return a.above(c, "delegatedBy", setDelegate) }
