package demo

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"c8yx/demo/rawjson"
)

// deviceAccess is /user/devicePermissions/{id}: who may do what to one object.
type deviceAccess struct{ *accounts }

func (a *deviceAccess) routes() []route {
	const one = "/user/devicePermissions/{id}"
	return []route{
		{"GET", one, userReaders(), "", a.get},
		{"PUT", one, userWriters(), "", a.put},
	}
}

// parsePermission reads an entry like OPERATION:c8y_Restart:ADMIN.
func parsePermission(entry string) (permission, error) {
	parts := strings.Split(entry, ":")
	if len(parts) != 3 || !slices.Contains(scopes(), parts[0]) || parts[1] == "" || !slices.Contains(levels(), parts[2]) {
		return permission{}, invalid("Invalid device permission: %s", entry)
	}
	return permission{scope: parts[0], kind: parts[1], level: parts[2]}, nil
}

// devicePermissionsOf reads a document of permissions: entries by the id of an object.
func devicePermissionsOf(document string) (devicePermissions, error) {
	permissions := devicePermissions{}
	for object, list := range rawjson.Members(document) {
		var entries []string
		for raw := range rawjson.Elements(list) {
			entry := rawjson.Unquote(raw)
			if _, err := parsePermission(entry); err != nil {
				return nil, err
			}
			entries = append(entries, entry)
		}
		permissions = permissions.with(object, entries)
	}
	return permissions, nil
}

// get lists the users and groups that have permissions for the object.
func (a *deviceAccess) get(c *call) (reply, error) {
	id := c.param("id")
	var w rawjson.Writer
	w.Open('{')
	w.Key("users")
	w.Open('[')
	for _, u := range a.gate.directory.having(a.id, func(u *user) bool { return len(u.devicePermissions[id]) > 0 }) {
		if entries := u.devicePermissions[id]; a.over(c, u) {
			w.Comma()
			w.Open('{')
			w.Str("id", u.name)
			w.Str("userName", u.name)
			w.Str("self", c.url(userPath(u)))
			w.Any("devicePermissions", map[string]any{id: entries})
			w.Close('}')
		}
	}
	w.Close(']')
	w.Key("groups")
	w.Open('[')
	for _, g := range a.gate.directory.allGroups() {
		if entries := g.devicePermissions[id]; len(entries) > 0 {
			w.Comma()
			w.Open('{')
			w.Int("id", int64(g.id))
			w.Str("name", g.name)
			w.Str("self", c.url(groupPath(a.id, g.id)))
			w.Any("devicePermissions", map[string]any{id: entries})
			w.Close('}')
		}
	}
	w.Close(']')
	w.Close('}')
	return ok("", w.Buf), nil
}

// put sets the permissions of some users and groups for the object; it checks all before it changes any.
func (a *deviceAccess) put(c *call) (reply, error) {
	id := c.param("id")
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	var changes []func()
	list, _ := rawjson.Member(body, "users")
	for element := range rawjson.Elements(list) {
		name := rawjson.Text(element, "userName")
		u := a.gate.directory.find(a.id, name)
		switch {
		case u == nil:
			return reply{}, noUser(name)
		case !a.over(c, u):
			return reply{}, forbidden()
		}
		entries, err := entriesFor(id, element)
		if err != nil {
			return reply{}, err
		}
		changes = append(changes, func() {
			a.gate.directory.change(u, func(u *user) { u.devicePermissions = u.devicePermissions.with(id, entries) })
		})
	}
	list, _ = rawjson.Member(body, "groups")
	for element := range rawjson.Elements(list) {
		raw, _ := rawjson.Member(element, "id")
		number, err := strconv.Atoi(rawjson.Unquote(raw))
		g := a.gate.directory.group(number)
		switch {
		case err != nil || g == nil:
			return reply{}, noGroup(rawjson.Unquote(raw))
		case !c.who.has(roleUserAdmin):
			return reply{}, forbidden()
		}
		entries, err := entriesFor(id, element)
		if err != nil {
			return reply{}, err
		}
		changes = append(changes, func() {
			_, _ = a.gate.directory.editGroup(g, func(g *group) error { // its name stays, so nothing fails
				g.devicePermissions = g.devicePermissions.with(id, entries)
				return nil
			})
		})
	}
	for _, change := range changes {
		change()
	}
	a.audit(c.did("User", "Device permissions updated", id))
	return empty(http.StatusOK), nil
}

// entriesFor reads what the document of a user or group says about one object.
func entriesFor(object, element string) ([]string, error) {
	raw, _ := rawjson.Member(element, "devicePermissions")
	permissions, err := devicePermissionsOf(raw)
	return permissions[object], err
}
