package demo

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"c8yx/demo/rawjson"
)

// inventoryRole is a set of permissions that users get for an object and everything below it.
type inventoryRole struct {
	id                int
	name, description string
	permissions       []permission
}

// permission is one thing that may be done to an object's data.
type permission struct {
	id    int
	scope string // ALARM, AUDIT, EVENT, MANAGED_OBJECT, MEASUREMENT, OPERATION or *
	kind  string // type or fragment of the data, or *
	level string // ADMIN, READ or *
}

// assignment gives a user inventory roles for an object and everything below it.
type assignment struct {
	id     int
	object string
	roles  []int
}

func scopes() []string {
	return []string{"ALARM", "AUDIT", "EVENT", "MANAGED_OBJECT", "MEASUREMENT", "OPERATION", "*"}
}

func levels() []string { return []string{"ADMIN", "READ", "*"} }

// inventoryRoles is /user/inventoryroles, what users get by /user/{tenant}/users/{user}/roles/inventory.
type inventoryRoles struct{ *accounts }

func (a *inventoryRoles) routes() []route {
	const all, one = "/user/inventoryroles", "/user/inventoryroles/{id}"
	const assigned = "/user/{tenant}/users/{user}/roles/inventory"
	return []route{
		{"GET", all, userReaders(), "inventoryrolecollection", a.list},
		{"POST", all, needs(roleUserAdmin), "inventoryrole", a.post},
		{"GET", one, userReaders(), "inventoryrole", a.get},
		{"PUT", one, needs(roleUserAdmin), "inventoryrole", a.put},
		{"DELETE", one, needs(roleUserAdmin), "", a.delete},
		{"GET", assigned, userReaders(), "inventoryassignmentcollection", a.listAssigned},
		{"POST", assigned, userWriters(), "inventoryassignment", a.assign},
		{"GET", assigned + "/{id}", userReaders(), "inventoryassignment", a.getAssigned},
		{"PUT", assigned + "/{id}", userWriters(), "inventoryassignment", a.reassign},
		{"DELETE", assigned + "/{id}", userWriters(), "", a.unassign},
	}
}

// inventoryRole returns an inventory role by id, nil if there is none.
func (d *directory) inventoryRole(id int) *inventoryRole {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.roles[id]
}

func (d *directory) allInventoryRoles() []*inventoryRole {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.SortedFunc(maps.Values(d.roles), func(a, b *inventoryRole) int { return cmp.Compare(a.id, b.id) })
}

// putInventoryRole stores a role and numbers it and its permissions where they have no id. It reports false if another one
// has its name.
func (d *directory) putInventoryRole(r inventoryRole) (*inventoryRole, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, other := range d.roles {
		if other.name == r.name && other.id != r.id {
			return nil, false
		}
	}
	number := func(id *int) {
		if *id == 0 {
			d.last++
			*id = d.last
		}
	}
	number(&r.id)
	for i := range r.permissions {
		number(&r.permissions[i].id)
	}
	d.roles[r.id] = &r
	return &r, true
}

func (d *directory) removeInventoryRole(r *inventoryRole, tenant string) {
	d.mu.Lock()
	delete(d.roles, r.id)
	d.mu.Unlock()
	d.changeAll(tenant, func(u *user) {
		u.assignments = slices.Clone(u.assignments)
		for i, given := range u.assignments {
			u.assignments[i].roles = slices.DeleteFunc(slices.Clone(given.roles), func(id int) bool { return id == r.id })
		}
		u.assignments = slices.DeleteFunc(u.assignments, func(given assignment) bool { return len(given.roles) == 0 })
	})
}

func writeInventoryRole(w *rawjson.Writer, c *call, r *inventoryRole) {
	w.Open('{')
	w.Int("id", int64(r.id)) // ids of inventory roles are numbers
	w.Str("self", c.url("/user/inventoryroles/"+itoa(r.id)))
	w.Str("name", r.name)
	w.Str("description", r.description)
	w.Key("permissions")
	w.Open('[')
	for _, p := range r.permissions {
		w.Comma()
		w.Open('{')
		w.Int("id", int64(p.id))
		w.Str("scope", p.scope)
		w.Str("type", p.kind)
		w.Str("permission", p.level)
		w.Close('}')
	}
	w.Close(']')
	w.Close('}')
}

func renderInventoryRole(c *call, r *inventoryRole) []byte {
	var w rawjson.Writer
	writeInventoryRole(&w, c, r)
	return w.Buf
}

func (a *inventoryRoles) list(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	p.withPages = false // not supported for inventory roles
	roles, total := collect(p, slices.Values(a.gate.directory.allInventoryRoles()), nil)
	return collection(c, "inventoryrolecollection", "roles", p, roles, total, func(w *rawjson.Writer, r *inventoryRole) {
		writeInventoryRole(w, c, r)
	}), nil
}

func noRole() error { return fail(http.StatusNotFound, "Not Found", "Cannot find the specified role.") }

func (a *inventoryRoles) find(c *call) (*inventoryRole, error) {
	id, err := strconv.Atoi(c.param("id"))
	if role := a.gate.directory.inventoryRole(id); err == nil && role != nil {
		return role, nil
	}
	return nil, noRole()
}

func (a *inventoryRoles) get(c *call) (reply, error) {
	role, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	return ok("inventoryrole", renderInventoryRole(c, role)), nil
}

// permissionsOf reads permissions. What is left out means everything.
func permissionsOf(list string) ([]permission, error) {
	var permissions []permission
	if rawjson.Kind(list) != rawjson.Array {
		return nil, missing("permissions")
	}
	for element := range rawjson.Elements(list) {
		p := permission{
			scope: or(rawjson.Text(element, "scope"), "*"), kind: or(rawjson.Text(element, "type"), "*"), level: or(rawjson.Text(element, "permission"), "*"),
		}
		if !slices.Contains(scopes(), p.scope) || !slices.Contains(levels(), p.level) {
			return nil, invalid("Invalid permission: %s:%s:%s", p.scope, p.kind, p.level)
		}
		permissions = append(permissions, p)
	}
	return permissions, nil
}

func (a *inventoryRoles) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	role := inventoryRole{name: rawjson.Text(body, "name"), description: rawjson.Text(body, "description")}
	if role.name == "" {
		return reply{}, missing("name")
	}
	list, _ := rawjson.Member(body, "permissions")
	if role.permissions, err = permissionsOf(list); err != nil {
		return reply{}, err
	}
	made, free := a.gate.directory.putInventoryRole(role)
	if !free {
		return reply{}, duplicateRole(role.name)
	}
	a.audit(c.did("InventoryRole", "Inventory role created", itoa(made.id)))
	return created("inventoryrole", c.url("/user/inventoryroles/"+itoa(made.id)), renderInventoryRole(c, made)), nil
}

func duplicateRole(name string) error {
	return fail(http.StatusConflict, "inventoryroles/Duplicate", "Inventory role with name '%s' already exists", name)
}

func (a *inventoryRoles) put(c *call) (reply, error) {
	role, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	altered := *role
	setText(body, map[string]*string{"name": &altered.name, "description": &altered.description})
	if list, found := rawjson.Member(body, "permissions"); found {
		if altered.permissions, err = permissionsOf(list); err != nil {
			return reply{}, err
		}
	}
	if altered.name == "" {
		return reply{}, missing("name")
	}
	role, free := a.gate.directory.putInventoryRole(altered)
	if !free {
		return reply{}, duplicateRole(altered.name)
	}
	a.audit(c.did("InventoryRole", "Inventory role updated", itoa(role.id)))
	return ok("inventoryrole", renderInventoryRole(c, role)), nil
}

func (a *inventoryRoles) delete(c *call) (reply, error) {
	role, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	a.gate.directory.removeInventoryRole(role, a.id)
	a.audit(c.did("InventoryRole", "Inventory role deleted", itoa(role.id)))
	return empty(http.StatusNoContent), nil
}
