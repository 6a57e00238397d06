package views

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// granting is a global role and everything that it grants.
type granting struct {
	*globalRole
	grants grants
}

// roleMatrix is the kind of global roles by what they grant, as [permissionMatrix] is that of users.
func roleMatrix(t *tenant.Tenant) *collection.Kind[*granting] {
	name := collection.Words("role", table.Column{Title: "GLOBAL ROLE", Min: 16, Max: 30, Weight: 2, Priority: 99}, theme.Strong, func(g *granting) string { return g.Name })
	return &collection.Kind[*granting]{
		Name: "rolematrix", Aliases: []string{"rolepermissions"},
		Title: "Permissions of roles", One: "global role", Many: "global roles",
		Needs:   []string{"ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"},
		Sort:    "role",
		Columns: append([]collection.Column[*granting]{name}, areaColumns(func(g *granting) grants { return g.grants })...),
		ID:      func(g *granting) string { return string(g.ID) },
		Label:   func(g *granting) string { return g.Name },
		Path:    func(g *granting) string { return globalRolePath(t, string(g.ID)) },
		Read:    readGranting,
		Actions: []collection.Action[*granting]{grantIn(area{})},
		Cell: func(column string) collection.Action[*granting] {
			at := slices.IndexFunc(areas(), func(a area) bool { return a.name == column })
			if at < 0 {
				return grantIn(area{})
			}
			return grantIn(areas()[at])
		},
		Detail: func(g *granting, _ time.Time) []collection.Field {
			fields := []collection.Field{{Label: "description", Value: text.Clean(g.Description)}, {Label: "Permissions"}}
			for _, p := range g.grants.sorted() {
				fields = append(fields, collection.Field{Label: "", Value: text.Clean(strings.TrimPrefix(p, "ROLE_")), Role: theme.Muted})
			}
			return fields
		},
	}
}

// readGranting reads the roles, and of each all permissions: the list of the roles has the first few only.
func readGranting(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*granting, error] {
	return ofTenant(ctx, t, func(id string) iter.Seq2[[]*granting, error] {
		return func(yield func([]*granting, error) bool) {
			for role, err := range t.Client.GlobalRoles.List(ctx, id, nil) {
				if err != nil {
					yield(nil, err)
					return
				}
				names, err := permissionNames(t.Client.GlobalRoles.Permissions(ctx, id, string(role.ID), nil))
				g := &granting{role, make(grants, len(names))}
				for _, name := range names {
					g.grants[name] = []string{""}
				}
				if !yield([]*granting{g}, err) || err != nil {
					return
				}
			}
		}
	})
}

// grantIn lets the user tick what a role grants in one area, or everywhere if it has no name.
func grantIn(about area) collection.Action[*granting] {
	return collection.Action[*granting]{Action: keys.RolePermissions, Run: func(act *collection.Act[*granting]) {
		grantToRole(act.Tenant, act.Scope, act.Items[0].globalRole, about)
	}}
}

// grantToRole lets the user tick the permissions of a global role, those of one area if it has a name.
func grantToRole(t *tenant.Tenant, scope *ui.Scope, r *globalRole, about area) {
	to := grantee{name: text.Clean(r.Name), list: globalRolePath(t, string(r.ID)) + "/roles"}
	pickPermissions(t, scope, to, about, nil, func(ctx context.Context) ([]string, error) {
		return permissionNames(t.Client.GlobalRoles.Permissions(ctx, t.ID(), string(r.ID), &c8yclient.RoleListOptions{}))
	})
}
