package demo

import (
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/store"
)

// grants are what a user may do to some objects only, and to everything below them: by inventory roles, and by the device
// permissions of the user and the user's groups.
type grants map[store.ID][]permission

// grants collects what a user may do to single objects. Nil for those, most of all devices, who have only what they own.
func (d *directory) grants(u *user) grants {
	given := grants{}
	add := func(object string, permissions ...permission) {
		if id, valid := store.ParseID(object); valid {
			given[id] = append(given[id], permissions...)
		}
	}
	addAll := func(permissions devicePermissions) {
		for object, entries := range permissions {
			for _, entry := range entries {
				if p, err := parsePermission(entry); err == nil {
					add(object, p)
				}
			}
		}
	}
	for _, a := range u.assignments {
		for _, id := range a.roles {
			if role := d.inventoryRole(id); role != nil {
				add(a.object, role.permissions...)
			}
		}
	}
	addAll(u.devicePermissions)
	for _, id := range u.groups {
		if g := d.group(id); g != nil {
			addAll(g.devicePermissions)
		}
	}
	if len(given) == 0 {
		return nil
	}
	return given
}

// need is what a route needs of an object where the user has not got one of its roles.
type need struct{ scope, level string }

// needOf reads from a call what kind of data it is about and whether it changes any.
func needOf(c *call) need {
	n := need{scope: "MANAGED_OBJECT", level: "ADMIN"}
	if c.r.Method == http.MethodGet || c.r.Method == http.MethodHead {
		n.level = "READ"
	}
	area, _, _ := strings.Cut(strings.TrimPrefix(c.route.path, "/"), "/")
	switch area {
	case "alarm", "audit", "event", "measurement":
		n.scope = strings.ToUpper(area)
	case "devicecontrol":
		n.scope = "OPERATION"
	}
	return n
}

// allows reports whether a permission covers data with a type or fragment of some name.
func (p permission) allows(n need, doc store.Document) bool {
	return (p.scope == "*" || p.scope == n.scope) && (p.level == "*" || p.level == n.level) &&
		(p.kind == "*" || doc.Text("type") == p.kind || doc.Has(p.kind))
}

// allow reports whether the grants cover data of an object: by the object itself or by anything above it.
func (g grants) allow(s *store.Store, object *store.Object, n need, doc store.Document) bool {
	if len(g) == 0 {
		return false
	}
	allows := func(id store.ID) bool {
		return slices.ContainsFunc(g[id], func(p permission) bool { return p.allows(n, doc) })
	}
	if allows(object.ID) {
		return true
	}
	var above []store.ID
	s.View(func(d *store.Data) { above = d.Objects.Ancestors(object.ID, store.Relations()...) })
	return slices.ContainsFunc(above, allows)
}

// may reports whether the user may do what the route does to an object.
func (c *call) may(object *store.Object) bool {
	if object == nil {
		return c.global
	}
	return c.mayWith(object, object.Document)
}

// mayWith reports whether the user may do what the route does to data of an object, as an alarm: by a global role, as the
// owner, or by inventory roles.
func (c *call) mayWith(source *store.Object, doc store.Document) bool {
	switch {
	case c.global:
		return true
	case !c.route.access.owned || source == nil:
		return false
	}
	return source.Text("owner") == c.who.user.name || c.grants.allow(c.store, source, needOf(c), doc)
}
