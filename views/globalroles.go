package views

import (
	"context"
	"iter"
	"time"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type globalRole = c8yclient.GlobalRole

// globalRoles is the kind of global roles, which the API calls groups: sets of permissions for
// the whole tenant.
func globalRoles(t *tenant.Tenant) *collection.Kind[*globalRole] {
	return &collection.Kind[*globalRole]{
		Name: "roles", Aliases: []string{"globalroles", "usergroups"},
		Title: "Global roles", One: "global role", Many: "global roles",
		Needs: []string{"ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"},
		Sort:  "name",
		Columns: []collection.Column[*globalRole]{
			collection.Words("name", table.Column{Title: "NAME", Min: 20, Max: 40, Weight: 2, Priority: 9}, theme.Strong, func(r *globalRole) string { return r.Name }),
			collection.Words("description", table.Column{Title: "DESCRIPTION", Min: 20, Max: 80, Weight: 4, Priority: 8}, theme.Text, func(r *globalRole) string { return r.Description }),
			collection.Identifier(func(r *globalRole) string { return string(r.ID) }),
		},
		ID:    func(r *globalRole) string { return string(r.ID) },
		Label: func(r *globalRole) string { return r.Name },
		Read: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*globalRole, error] {
			return listedOf(ctx, t, c8yclient.GlobalRoleListOptions{}, t.Client.GlobalRoles.Page, t.Client.GlobalRoles.Pages)
		},
		Detail: func(r *globalRole, _ time.Time) []collection.Field {
			fields := []collection.Field{
				{Label: "description", Value: show.OrDash(r.Description)},
				{Label: "id", Value: text.Clean(string(r.ID)), Role: theme.Muted},
				{Label: "Permissions"},
			}
			for _, p := range r.Permissions.References {
				if p.Role != nil {
					fields = append(fields, collection.Field{Label: "", Value: text.Clean(p.Role.Name)})
				}
			}
			return fields
		},
		Path:   func(r *globalRole) string { return globalRolePath(t, string(r.ID)) },
		Decode: c8yclient.DecodeDocument[globalRole],
		Actions: []collection.Action[*globalRole]{{Action: keys.RolePermissions, Run: func(act *collection.Act[*globalRole]) {
			grantToRole(act.Tenant, act.Scope, act.Items[0], area{})
		}}},
		Edit:   editGlobalRole(),
		Create: newGlobalRole,
		Delete: deleteGlobalRole(),
		Opens:  func(r *globalRole) place.Place { return place.At("members").With("role", string(r.ID)) },
	}
}
