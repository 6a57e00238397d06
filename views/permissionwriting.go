package views

import (
	"context"
	"slices"
	"strings"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
)

// matrixActions change who may do what: the permissions of a user himself, which the matrix shows beside those by his
// roles; his global roles; and his roles for parts of the inventory.
func matrixActions() []collection.Action[*holder] {
	return []collection.Action[*holder]{
		{Action: keys.RolePermissions, Run: func(act *collection.Act[*holder]) { grantToHolder(act, area{}) }},
		giveRoles(func(h *holder) string { return h.UserName }),
		{Action: keys.UserParts, Run: func(act *collection.Act[*holder]) {
			act.Open(place.At("assignments").With("user", act.Items[0].UserName))
		}},
	}
}

// matrixCell changes what a cell of the matrix shows.
func matrixCell(column string) collection.Action[*holder] {
	actions := matrixActions()
	switch column {
	case "parts":
		return actions[2]
	case "roles":
		return actions[1]
	}
	for _, a := range areas() {
		if a.name == column {
			actions[0].Run = func(act *collection.Act[*holder]) { grantToHolder(act, a) }
		}
	}
	return actions[0]
}

// grantToHolder lets the user tick permissions of a user, those of one area if it has a name. What comes by a global role says
// so: it is revoked there, for all who have the role.
func grantToHolder(act *collection.Act[*holder], about area) {
	t, h := act.Tenant, act.Items[0]
	inherited := map[string]text.Safe{}
	for permission, by := range h.grants {
		roles := slices.DeleteFunc(slices.Clone(by), func(role string) bool { return role == "" })
		if len(roles) > 0 {
			inherited[permission] = "by " + text.Clean(strings.Join(roles, ", "))
		}
	}
	to := grantee{name: text.Clean(h.UserName), list: userPath(t, h.user) + "/roles"}
	pickPermissions(t, act.Scope, to, about, inherited, func(ctx context.Context) ([]string, error) {
		return permissionNames(t.Client.Users.Permissions(ctx, t.ID(), h.UserName, &c8yclient.RoleListOptions{}))
	})
}
