package views

import (
	"cmp"
	"context"
	"iter"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// The two sorts of mappings, by the last step of their paths and the members of the list.
const (
	forRoles = "accessMappings"
	forParts = "inventoryAccessMappings"
)

// mapping gives who signs in by single sign-on something, if a condition on his token holds: global roles and
// applications, or roles for parts of the inventory.
type mapping struct {
	option, sort, id string
	when             *c8yclient.Predicate
	gives            string
	document         any            // as the client reads it
	roles            *roleDirectory // the global roles of the tenant
}

// accessMappings is the kind of what single sign-on gives to whom.
func accessMappings(t *tenant.Tenant) *collection.Kind[*mapping] {
	return &collection.Kind[*mapping]{
		Name: "accessmappings", Aliases: []string{"mappings", "accessmapping"},
		Title: "Access mappings", One: "access mapping", Many: "access mappings",
		Needs:      []string{"ROLE_TENANT_ADMIN", "ROLE_TENANT_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"},
		Parameters: []string{"option"},
		Columns: []collection.Column[*mapping]{
			collection.Words("when", table.Column{Title: "IF THE TOKEN SAYS", Min: 20, Max: 60, Weight: 3, Priority: 9}, theme.Strong, func(m *mapping) string { return condition(m.when) }),
			collection.Words("gives", table.Column{Title: "IT GIVES", Min: 16, Max: 60, Weight: 3, Priority: 8}, theme.Text, func(m *mapping) string { return m.gives }),
			collection.Words("sort", table.Column{Title: "FOR", Min: 10, Priority: 7}, theme.Muted, func(m *mapping) string {
				if m.sort == forParts {
					return "parts"
				}
				return "the tenant"
			}),
			collection.Identifier(func(m *mapping) string { return m.id }),
		},
		ID:       func(m *mapping) string { return m.sort + "/" + m.id },
		Label:    func(m *mapping) string { return condition(m.when) },
		Path:     func(m *mapping) string { return apiPath("tenant", "loginOptions", m.option, m.sort, m.id) },
		Document: func(m *mapping) (jsontext.Value, error) { return documentOf(m.document) },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*mapping, error] {
			return whole(func() ([]*mapping, error) { return readMappings(ctx, t, p.Query.Get("option")) })
		},
		Edit: editMapping(), Create: newMapping, Delete: deleteMapping(),
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("option") == "" {
				return "Mappings are those of one login option: accessmappings?option=ID."
			}
			return "Nobody gets anything by signing in so. A new mapping says who gets what."
		},
		Subject: func(p place.Place) text.Safe { return ofA(t, "login", p.Query.Get("option")) },
	}
}

func readMappings(ctx context.Context, t *tenant.Tenant, option string) ([]*mapping, error) {
	if option == "" {
		return nil, nil
	}
	access, err := t.Client.LoginOptions.AccessMappings(ctx, option)
	if err != nil {
		return nil, err
	}
	parts, err := t.Client.LoginOptions.InventoryAccessMappings(ctx, option)
	if err != nil {
		return nil, err
	}
	roles, err := readRoleDirectory(ctx, t)
	if err != nil {
		return nil, err
	}
	var list []*mapping
	for _, m := range access {
		gives := roles.names(m.ThenGroups)
		for _, id := range m.ThenApplications {
			gives = append(gives, "application "+string(id))
		}
		list = append(list, &mapping{option, forRoles, m.ID, m.When, strings.Join(gives, ", "), m, roles})
	}
	for _, m := range parts {
		var gives []string
		for _, g := range m.ThenInventoryRoles {
			for _, id := range g.RoleIDs {
				gives = append(gives, "role "+string(id)+" for "+string(g.ManagedObject))
			}
		}
		list = append(list, &mapping{option, forParts, m.ID, m.When, strings.Join(gives, ", "), m, roles})
	}
	return list, nil
}

// condition words a condition: groups has c8y-admins.
func condition(p *c8yclient.Predicate) string {
	if p == nil {
		return ""
	}
	if len(p.ChildPredicates) == 0 {
		signs := map[string]string{"EQ": "=", "NEQ": "≠", "GT": ">", "LT": "<", "GTE": "≥", "LTE": "≤", "IN": "has"}
		return p.ParameterPath + " " + cmp.Or(signs[strings.ToUpper(p.Operator)], p.Operator) + " " + p.Value
	}
	parts := make([]string, len(p.ChildPredicates))
	for i := range p.ChildPredicates {
		parts[i] = condition(&p.ChildPredicates[i])
		if len(p.ChildPredicates[i].ChildPredicates) > 0 {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, " "+strings.ToLower(p.Operator)+" ")
}

// roleDirectory is the global roles by which mappings are read and written.
type roleDirectory struct{ all []*globalRole }

func readRoleDirectory(ctx context.Context, t *tenant.Tenant) (*roleDirectory, error) {
	id, err := t.AskID(ctx)
	if err != nil {
		return nil, err
	}
	d := new(roleDirectory)
	for role, err := range t.Client.GlobalRoles.List(ctx, id, nil) {
		if err != nil {
			return nil, err
		}
		d.all = append(d.all, role)
	}
	return d, nil
}

// names returns what roles are called, their ids where that is not known.
func (d *roleDirectory) names(ids []c8yclient.ID) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
		for _, role := range d.all {
			if role.ID == id {
				names[i] = role.Name
			}
		}
	}
	return names
}

// id returns the id of a role by its name, or the id itself; "" if there is no such role.
func (d *roleDirectory) id(name string) c8yclient.ID {
	for _, role := range d.all {
		if strings.EqualFold(role.Name, name) || string(role.ID) == name {
			return role.ID
		}
	}
	return ""
}
