package views

import (
	"context"
	"iter"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type inventoryRole = c8yclient.InventoryRole

// inventoryRoles is the kind of inventory roles: sets of permissions for parts of the inventory.
func inventoryRoles() *collection.Kind[*inventoryRole] {
	return &collection.Kind[*inventoryRole]{
		Name: "inventoryroles", Aliases: []string{"inventoryrole", "smartroles"},
		Title: "Inventory roles", One: "inventory role", Many: "inventory roles",
		Needs: []string{"ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"},
		Sort:  "name",
		Columns: []collection.Column[*inventoryRole]{
			collection.Words("name", table.Column{Title: "NAME", Min: 20, Max: 40, Weight: 2, Priority: 9}, theme.Strong, func(r *inventoryRole) string { return r.Name }),
			collection.Count("permissions", table.Column{Title: "PERMISSIONS", Min: 11, Priority: 7}, func(r *inventoryRole) int64 { return int64(len(r.Permissions)) }),
			collection.Words("description", table.Column{Title: "DESCRIPTION", Min: 20, Max: 80, Weight: 4, Priority: 8}, theme.Text, func(r *inventoryRole) string { return r.Description }),
			collection.Identifier(func(r *inventoryRole) string { return string(r.ID) }),
		},
		ID:     func(r *inventoryRole) string { return string(r.ID) },
		Label:  func(r *inventoryRole) string { return r.Name },
		Decode: c8yclient.DecodeDocument[inventoryRole],
		Edit:   editInventoryRole(),
		Create: newInventoryRole,
		Delete: deleteInventoryRole(),
		Path:   func(r *inventoryRole) string { return "user/inventoryroles/" + string(r.ID) },
		Read: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*inventoryRole, error] {
			return listed(ctx, c8yclient.InventoryRoleListOptions{}, t.Client.InventoryRoles.Page, t.Client.InventoryRoles.Pages)
		},
		Detail: func(r *inventoryRole, _ time.Time) []collection.Field {
			fields := []collection.Field{
				{Label: "description", Value: show.OrDash(r.Description)},
				{Label: "Permissions"},
			}
			return append(fields, permissionFields(r)...)
		},
		Empty: func(place.Place) text.Safe {
			return "There are no inventory roles. They give users permissions for groups instead of the whole tenant."
		},
	}
}

// permissionFields say what an inventory role allows.
func permissionFields(r *inventoryRole) []collection.Field {
	var fields []collection.Field
	for _, p := range r.Permissions {
		fields = append(fields, collection.Field{
			Label: text.Clean(strings.ToLower(p.Scope)), Value: text.Clean(p.Permission + " of " + p.Type),
		})
	}
	return fields
}
