package demo

import (
	"net/http"
	"slices"

	"c8yx/demo/rawjson"
)

// Groups and roles of a user.

func (a *users) groups(c *call) (reply, error) {
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
		writeGroupReference(w, c, u, a.gate.directory.group(id))
	}), nil
}

func (a *users) roles(c *call) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	return roleReferences(c, c.url(userPath(u)+"/roles"), u.roles)
}

// roleReferences answers with a page of the roles of a user or group.
func roleReferences(c *call, self string, roles []string) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	some, total := collect(p, slices.Values(roles), nil)
	return collection(c, "rolereferencecollection", "references", p, some, total, func(w *rawjson.Writer, role string) {
		writeRoleReference(w, c, self, role)
	}), nil
}

// wantedRole reads which role is to be assigned.
func (a *accounts) wantedRole(c *call) (string, error) {
	role, err := a.reference(c, "role")
	switch {
	case err != nil:
		return "", err
	case !slices.Contains(allRoles(), role):
		return "", fail(http.StatusNotFound, "roles/Not Found", "Cannot find the specified role.")
	case !a.mayGrant(c, role):
		return "", forbidden()
	}
	return role, nil
}

func roleReference(c *call, self, role string) reply {
	var w rawjson.Writer
	writeRoleReference(&w, c, self, role)
	return created("rolereference", self+"/"+role, w.Buf)
}

func (a *users) postRole(c *call) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	role, err := a.wantedRole(c)
	if err != nil {
		return reply{}, err
	}
	a.gate.directory.change(u, func(u *user) {
		if !slices.Contains(u.roles, role) {
			u.roles = append(slices.Clone(u.roles), role)
		}
	})
	a.audit(c.did("User", "User role assigned", u.name))
	return roleReference(c, c.url(userPath(u)+"/roles"), role), nil
}

func (a *users) deleteRole(c *call) (reply, error) {
	u, err := a.findUser(c)
	if err != nil {
		return reply{}, err
	}
	role := c.param("role")
	switch {
	case !slices.Contains(u.roles, role):
		return reply{}, fail(http.StatusNotFound, "roles/Not Found", "Cannot find the specified role.")
	case !a.mayGrant(c, role):
		return reply{}, forbidden()
	}
	a.gate.directory.change(u, func(u *user) {
		u.roles = slices.DeleteFunc(slices.Clone(u.roles), func(other string) bool { return other == role })
	})
	a.audit(c.did("User", "User role unassigned", u.name))
	return empty(http.StatusNoContent), nil
}
