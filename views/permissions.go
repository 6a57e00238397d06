package views

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// holder is a user and everything that he may do in the whole tenant.
type holder struct {
	*user
	roles  []string // names of the global roles
	grants grants
	parts  []*c8yclient.InventoryAssignment
	asked  bool // parts are known
}

// grants are permissions, and of each the global roles that grant it; "" stands for whoever is asked about himself.
type grants map[string][]string

// sorted returns the names of the permissions.
func (g grants) sorted() []string { return slices.Sorted(maps.Keys(g)) }

// area is one column of the matrix: what permissions are about.
type area struct {
	name  string
	title text.Safe // a whole word, for nobody knows what is cut: the name, or what it is about in short
	// stems are the beginnings of its permissions: ROLE_ALARM gives ROLE_ALARM_READ and …_ADMIN.
	stems []string
}

// areas are the columns of the matrix, the most asked about first.
func areas() []area {
	return []area{
		{"inventory", "OBJECTS", []string{"ROLE_INVENTORY", "ROLE_MANAGED_OBJECT"}},
		{"alarms", "ALARMS", []string{"ROLE_ALARM"}},
		{"events", "EVENTS", []string{"ROLE_EVENT"}},
		{"measurements", "SERIES", []string{"ROLE_MEASUREMENT"}},
		{"operations", "OPS", []string{"ROLE_DEVICE_CONTROL"}},
		{"bulk", "BULK", []string{"ROLE_BULK_OPERATION"}},
		{"users", "USERS", []string{"ROLE_USER_MANAGEMENT"}},
		{"applications", "APPS", []string{"ROLE_APPLICATION_MANAGEMENT"}},
		{"options", "OPTIONS", []string{"ROLE_OPTION_MANAGEMENT"}},
		{"tenants", "TENANTS", []string{"ROLE_TENANT_MANAGEMENT", "ROLE_TENANT_ADMIN"}},
		{"audit", "AUDIT", []string{"ROLE_AUDIT"}},
		{"retention", "RETENTION", []string{"ROLE_RETENTION_RULE"}},
		{"identity", "IDS", []string{"ROLE_IDENTITY"}},
	}
}

// permissionMatrix is the kind of users by what they may do: a line for each user, a column for
// each area, with R for reading, W for changing, and C for creating what is then one's own.
func permissionMatrix() *collection.Kind[*holder] {
	columns := []collection.Column[*holder]{
		collection.Words("user", table.Column{Title: "USER", Min: 16, Max: 30, Weight: 2, Priority: 99}, theme.Strong, func(h *holder) string { return h.UserName }),
	}
	columns = append(columns, areaColumns(func(h *holder) grants { return h.grants })...)
	columns = append(columns,
		collection.Words("parts", table.Column{Title: "PARTS", Min: 5, Priority: 70}, theme.Busy, (*holder).partly),
		collection.Words("roles", table.Column{Title: "GLOBAL ROLES", Min: 12, Max: 60, Weight: 3, Priority: 10}, theme.Muted, func(h *holder) string { return strings.Join(h.roles, ", ") }),
	)
	return &collection.Kind[*holder]{
		Name: "permissions", Aliases: []string{"permission", "matrix", "who"},
		Title: "Permissions", One: "user", Many: "users",
		Needs:   []string{"ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_ADMIN"},
		Sort:    "user",
		Columns: columns,
		ID:      func(h *holder) string { return h.UserName },
		Label:   func(h *holder) string { return h.UserName },
		Read:    readHolders,
		Detail:  holderDetail,
		Actions: matrixActions(),
		Cell:    matrixCell,
	}
}

// areaColumns are the columns of a matrix, one for each area.
func areaColumns[T any](of func(T) grants) []collection.Column[T] {
	var columns []collection.Column[T]
	for i, a := range areas() {
		columns = append(columns, collection.Words(a.name, table.Column{Title: a.title, Min: max(4, text.Width(a.title)), Priority: 90 - i}, theme.Text,
			func(item T) string { return of(item).may(a) }).Styled(func(item T) table.Cell { return showMay(of(item).may(a)) }))
	}
	return columns
}

// level says what a permission of the area allows: reading, writing or creating, "R", "W" or "C"; "" for something else.
// is reports whether it is one of the area at all.
func (a area) level(permission string) (level string, is bool) {
	for _, stem := range a.stems {
		rest, is := strings.CutPrefix(permission, stem)
		switch {
		case !is:
		case rest == "_READ":
			return "R", true
		case rest == "_ADMIN", rest == "", rest == "_UPDATE":
			return "W", true
		case rest == "_CREATE":
			return "C", true
		case rest[0] == '_':
			return "", true
		}
	}
	return "", false
}

// may words what may be done in an area: "RW", "R", "C" or nothing.
func (g grants) may(a area) string {
	var reads, writes, creates bool
	for permission := range g {
		switch level, _ := a.level(permission); level {
		case "R":
			reads = true
		case "W":
			writes = true
		case "C":
			creates = true
		}
	}
	may := ""
	if reads {
		may += "R"
	}
	if writes {
		may += "W"
	}
	if creates && !writes {
		may += "C"
	}
	return may
}

func showMay(may string) table.Cell {
	switch {
	case may == "":
		return table.Cell{Text: "·", Role: theme.Faint}
	case strings.Contains(may, "W"):
		return table.Cell{Text: text.Clean(may), Role: theme.Minor}
	default:
		return table.Cell{Text: text.Clean(may), Role: theme.Good}
	}
}

// partly tells for how many parts of the inventory the user has roles.
func (h *holder) partly() string {
	switch {
	case !h.asked:
		return "…"
	case len(h.parts) == 0:
		return ""
	default:
		return string(text.Count(len(h.parts)))
	}
}

// readHolders reads who has which permission: the global roles with their permissions and users
// first, which is a few requests whatever the number of users; then, user by user, the inventory
// roles.
func readHolders(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*holder, error] {
	return ofTenant(ctx, t, func(id string) iter.Seq2[[]*holder, error] {
		return func(yield func([]*holder, error) bool) {
			holders, err := globalHolders(ctx, t.Client, id)
			if !yield(holders, err) || err != nil {
				return
			}
			const together = 20
			for group := range slices.Chunk(holders, together) {
				complete, err := withParts(ctx, t.Client, id, group)
				if !yield(complete, err) || err != nil {
					return
				}
			}
		}
	})
}

func globalHolders(ctx context.Context, client *c8yclient.Client, tenantID string) ([]*holder, error) {
	byName := make(map[string]*holder)
	var holders []*holder
	for u, err := range client.Users.List(ctx, tenantID, nil) {
		if err != nil {
			return nil, err
		}
		h := &holder{user: u, grants: make(grants)}
		for _, r := range u.Permissions.References {
			if r.Role != nil {
				h.grants[r.Role.Name] = append(h.grants[r.Role.Name], "")
			}
		}
		byName[u.UserName] = h
		holders = append(holders, h)
	}
	for role, err := range client.GlobalRoles.List(ctx, tenantID, nil) {
		if err != nil {
			return nil, err
		}
		var permissions []string
		for p, err := range client.GlobalRoles.Permissions(ctx, tenantID, string(role.ID), nil) {
			if err != nil {
				return nil, err
			}
			permissions = append(permissions, p.Name)
		}
		for member, err := range client.GlobalRoles.Users(ctx, tenantID, string(role.ID), nil) {
			if err != nil {
				return nil, err
			}
			h := byName[member.UserName]
			if h == nil {
				continue // a device's or a service's user
			}
			h.roles = append(h.roles, role.Name)
			for _, p := range permissions {
				h.grants[p] = append(h.grants[p], role.Name)
			}
		}
	}
	return holders, nil
}

// withParts returns the holders with their inventory roles. Those that may not be read are none.
func withParts(ctx context.Context, client *c8yclient.Client, tenantID string, holders []*holder) ([]*holder, error) {
	complete := make([]*holder, len(holders))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for i, h := range holders {
		group.Go(func() error {
			parts, err := client.InventoryRoles.Assignments(ctx, tenantID, h.UserName)
			if err != nil && !fault.Negative(err) {
				return err
			}
			whole := *h
			whole.parts, whole.asked = parts, true
			complete[i] = &whole
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return complete, nil
}

func holderDetail(h *holder, _ time.Time) []collection.Field {
	fields := []collection.Field{
		{Label: "name", Value: text.Clean(cmp.Or(fullName(h.user), h.UserName)), Role: theme.Strong},
		{Label: "global roles", Value: text.Clean(cmp.Or(strings.Join(h.roles, ", "), "none"))},
	}
	for i, part := range h.parts {
		if i == 0 {
			fields = append(fields, collection.Field{Label: "Parts of the inventory"})
		}
		var names []string
		for _, r := range part.Roles {
			names = append(names, r.Name)
		}
		fields = append(fields, collection.Field{Label: text.Clean(string(part.ManagedObject)), Value: text.Clean(strings.Join(names, ", ")), Role: theme.Busy})
	}
	fields = append(fields, collection.Field{Label: "Permissions, and who grants them"})
	for _, p := range h.grants.sorted() {
		by := slices.Clone(h.grants[p])
		for i := range by {
			by[i] = cmp.Or(by[i], "the user")
		}
		fields = append(fields, collection.Field{Label: text.Clean(strings.TrimPrefix(p, "ROLE_")), Value: text.Clean(strings.Join(by, ", ")), Role: theme.Muted})
	}
	return fields
}
