package demo

import (
	"net/http"
	"slices"
	"strconv"

	"c8yx/demo/rawjson"
)

func (a *inventoryRoles) path(u *user, given assignment) string {
	return userPath(u) + "/roles/inventory/" + itoa(given.id)
}

func (a *inventoryRoles) writeAssignment(w *rawjson.Writer, c *call, u *user, given assignment) {
	w.Open('{')
	w.Int("id", int64(given.id))
	w.Str("self", c.url(a.path(u, given)))
	w.Str("managedObject", given.object)
	w.Key("roles")
	w.Open('[')
	for _, id := range given.roles {
		if role := a.gate.directory.inventoryRole(id); role != nil {
			w.Comma()
			writeInventoryRole(w, c, role)
		}
	}
	w.Close(']')
	w.Close('}')
}

func (a *inventoryRoles) assignmentReply(c *call, u *user, given assignment) reply {
	var w rawjson.Writer
	a.writeAssignment(&w, c, u, given)
	return ok("inventoryassignment", w.Buf)
}

// listAssigned answers with all assignments at once: they are not paged.
func (a *inventoryRoles) listAssigned(c *call) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	w.Open('{')
	w.Str("self", c.url(userPath(u)+"/roles/inventory"))
	w.Key("inventoryAssignments")
	w.Open('[')
	for _, given := range u.assignments {
		w.Comma()
		a.writeAssignment(&w, c, u, given)
	}
	w.Close(']')
	w.Close('}')
	return ok("inventoryassignmentcollection", w.Buf), nil
}

// wanted reads which inventory roles to assign. They may be given as objects or, as old clients do, as bare ids.
func (a *inventoryRoles) wanted(body string) ([]int, error) {
	list, _ := rawjson.Member(body, "roles")
	if rawjson.Kind(list) != rawjson.Array {
		return nil, missing("roles")
	}
	var ids []int
	for element := range rawjson.Elements(list) {
		if rawjson.Kind(element) == rawjson.Object {
			element, _ = rawjson.Member(element, "id")
		}
		id, err := strconv.Atoi(rawjson.Unquote(element))
		if err != nil || a.gate.directory.inventoryRole(id) == nil {
			return nil, invalid("Cannot find the specified role.")
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// assign gives inventory roles for an object. It answers 200 where others answer 201.
func (a *inventoryRoles) assign(c *call) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	raw, found := rawjson.Member(body, "managedObject")
	if !found || raw == "null" {
		return reply{}, missing("managedObject")
	}
	ids, err := a.wanted(body)
	if err != nil {
		return reply{}, err
	}
	object := a.lookup(rawjson.Unquote(raw))
	if object == nil {
		return reply{}, invalid("No managedObject for id '%s'!", rawjson.Unquote(raw))
	}
	given := assignment{id: a.gate.directory.nextID(), object: object.ID.String(), roles: ids}
	a.gate.directory.change(u, func(u *user) { u.assignments = append(slices.Clone(u.assignments), given) })
	a.audit(c.did("User", "Inventory roles assigned", u.name))
	return a.assignmentReply(c, u, given), nil
}

// assigned returns the assignment that the path names.
func (a *inventoryRoles) assigned(c *call) (*user, assignment, error) {
	u, err := a.findUser(c)
	if err != nil {
		return nil, assignment{}, err
	}
	for _, given := range u.assignments {
		if itoa(given.id) == c.param("id") {
			return u, given, nil
		}
	}
	return nil, assignment{}, fail(http.StatusNotFound, "users/Not Found", "Cannot find inventory assignment with id %s", c.param("id"))
}

func (a *inventoryRoles) getAssigned(c *call) (reply, error) {
	u, given, err := a.assigned(c)
	if err != nil {
		return reply{}, err
	}
	return a.assignmentReply(c, u, given), nil
}

func (a *inventoryRoles) reassign(c *call) (reply, error) {
	u, given, err := a.assigned(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	if given.roles, err = a.wanted(body); err != nil {
		return reply{}, err
	}
	a.gate.directory.change(u, func(u *user) {
		u.assignments = slices.Clone(u.assignments)
		for i := range u.assignments {
			if u.assignments[i].id == given.id {
				u.assignments[i] = given
			}
		}
	})
	a.audit(c.did("User", "Inventory roles assigned", u.name))
	return a.assignmentReply(c, u, given), nil
}

func (a *inventoryRoles) unassign(c *call) (reply, error) {
	u, given, err := a.assigned(c)
	if err != nil {
		return reply{}, err
	}
	a.gate.directory.change(u, func(u *user) {
		u.assignments = slices.DeleteFunc(slices.Clone(u.assignments), func(other assignment) bool { return other.id == given.id })
	})
	a.audit(c.did("User", "Inventory roles unassigned", u.name))
	return empty(http.StatusNoContent), nil
}
