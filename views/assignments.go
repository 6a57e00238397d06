package views

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// assigned is that a user has inventory roles for a part of the inventory.
type assigned struct {
	*c8yclient.InventoryAssignment
	user   string
	object string // what the part is called
}

func (a *assigned) roleNames() string {
	names := make([]string, len(a.Roles))
	for i, r := range a.Roles {
		names[i] = r.Name
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// assignments is the kind of what one user may do in parts of the inventory.
func assignments(t *tenant.Tenant) *collection.Kind[*assigned] {
	path := func(a *assigned) string { return assignmentPath(t, a.user, string(a.ID)) }
	return &collection.Kind[*assigned]{
		Name: "assignments", Aliases: []string{"assignment"},
		Title: "Inventory assignments", One: "assignment", Many: "assignments",
		Needs:      []string{"ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"},
		Parameters: []string{"user"},
		Sort:       "object",
		Columns: []collection.Column[*assigned]{
			collection.Words("object", table.Column{Title: "FOR", Min: 20, Max: 50, Weight: 3, Priority: 9}, theme.Strong, func(a *assigned) string { return a.object }),
			collection.Words("roles", table.Column{Title: "ROLES", Min: 20, Max: 80, Weight: 4, Priority: 8}, theme.Text, (*assigned).roleNames),
			collection.Words("managedobject", table.Column{Title: "OBJECT", Min: 8, Priority: 5}, theme.Muted, func(a *assigned) string { return string(a.ManagedObject) }),
		},
		ID:    func(a *assigned) string { return string(a.ID) },
		Label: func(a *assigned) string { return a.roleNames() + " for " + a.object },
		Path:  path,
		Read:  readAssignments,
		Detail: func(a *assigned, _ time.Time) []collection.Field {
			fields := []collection.Field{
				{Label: "user", Value: text.Clean(a.user)},
				{Label: "for", Value: text.Clean(a.object), Role: theme.Strong},
				{Label: "object", Value: text.Clean(string(a.ManagedObject)), Role: theme.Muted},
				{Label: "also", Value: "everything below it"},
			}
			for _, r := range a.Roles {
				fields = append(fields, collection.Field{Label: text.Clean(r.Name)})
				fields = append(fields, permissionFields(&r)...)
			}
			return fields
		},
		Opens:   func(a *assigned) place.Place { return place.At("tree").With("reveal", string(a.ManagedObject)) },
		Actions: []collection.Action[*assigned]{reassign(), unassign(t)},
		Offers:  []collection.Offer{assign()},
		Subject: func(p place.Place) text.Safe {
			if p.Query.Get("user") == "" {
				return ""
			}
			return "of " + text.Clean(p.Query.Get("user"))
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("user") == "" {
				return "Whose roles? Open them from a user, or write assignments?user=NAME."
			}
			return "The user has no roles for parts of the inventory. n gives some, for a group or a device."
		},
	}
}

func assignmentPath(t *tenant.Tenant, user string, more ...string) string {
	return apiPath(append([]string{"user", t.ID(), "users", user, "roles", "inventory"}, more...)...)
}

// readAssignments reads a user's roles, and what the objects are called for which they are.
func readAssignments(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*assigned, error] {
	user := p.Query.Get("user")
	return ofTenant(ctx, t, func(id string) iter.Seq2[[]*assigned, error] {
		return func(yield func([]*assigned, error) bool) {
			if user == "" {
				return
			}
			all, err := t.Client.InventoryRoles.Assignments(ctx, id, user)
			if err != nil {
				yield(nil, err)
				return
			}
			nameObjects(ctx, t, all)
			rows := make([]*assigned, len(all))
			for i, a := range all {
				rows[i] = &assigned{InventoryAssignment: a, user: user, object: t.Name(string(a.ManagedObject))}
			}
			yield(rows, nil)
		}
	})
}

// nameObjects has the tenant remember what the objects are called. Without names their ids do.
func nameObjects(ctx context.Context, t *tenant.Tenant, all []*c8yclient.InventoryAssignment) {
	const most = 100 // ids in one address
	for some := range slices.Chunk(all, most) {
		ids := make([]string, len(some))
		for i, a := range some {
			ids[i] = string(a.ManagedObject)
		}
		options := &c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{IDs: ids}}
		for object, err := range t.Client.Inventory.List(ctx, options) {
			if err != nil {
				return
			}
			t.Remember(object.ID, object.Name)
		}
	}
}
