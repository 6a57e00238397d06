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

type subtenant = c8yclient.Tenant

// tenants is the kind of the tenants below this one.
func tenants(t *tenant.Tenant) *collection.Kind[*subtenant] {
	return &collection.Kind[*subtenant]{
		Name: "tenants", Aliases: []string{"tenant", "subtenants"},
		Title: "Tenants", One: "tenant", Many: "tenants",
		Needs:      []string{"ROLE_TENANT_MANAGEMENT_READ"},
		Parameters: []string{"company", "domain", "parent"},
		Sort:       "company",
		Columns: []collection.Column[*subtenant]{
			collection.Words("company", table.Column{Title: "COMPANY", Min: 20, Max: 40, Weight: 3, Priority: 9}, theme.Strong, func(s *subtenant) string { return s.Company }),
			collection.Words("status", table.Column{Title: "STATUS", Min: 10, Priority: 8}, theme.Text, func(s *subtenant) string { return show.Lower(string(s.Status)) }).
				Styled(func(s *subtenant) table.Cell { return showTenantStatus(s.Status) }),
			collection.Words("domain", table.Column{Title: "DOMAIN", Min: 16, Max: 40, Weight: 2, Priority: 7}, theme.Text, func(s *subtenant) string { return s.Domain }),
			collection.Words("id", table.Column{Title: "ID", Min: 8, Max: 16, Priority: 6}, theme.Muted, func(s *subtenant) string { return s.ID }),
			collection.Words("admin", table.Column{Title: "ADMINISTRATOR", Min: 12, Max: 24, Weight: 1, Priority: 4}, theme.Text, func(s *subtenant) string { return s.AdminName }),
			collection.When("created", table.Column{Title: "CREATED", Min: 8, Priority: 5}, func(s *subtenant) time.Time { return s.CreationTime }),
			collection.Words("parent", table.Column{Title: "PARENT", Min: 8, Max: 16, Priority: 2}, theme.Muted, func(s *subtenant) string { return s.Parent }),
		},
		ID:      func(s *subtenant) string { return s.ID },
		Audited: func(s *subtenant) string { return s.ID },
		Label:   func(s *subtenant) string { return s.Company },
		Path:    subtenantPath,
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*subtenant, error] {
			options := c8yclient.TenantListOptions{Company: p.Query.Get("company"), Domain: p.Query.Get("domain"), Parent: p.Query.Get("parent")}
			return listed(ctx, options, t.Client.Tenants.Page, t.Client.Tenants.Pages)
		},
		Decode: c8yclient.DecodeDocument[subtenant],
		Actions: []collection.Action[*subtenant]{
			{Action: keys.SubtenantApplications, Run: func(act *collection.Act[*subtenant]) {
				act.Open(place.At("applications").With("subscriber", act.Items[0].ID))
			}},
			suspendSubtenant(), activateSubtenant(),
		},
		Edit: editSubtenant(), Create: newSubtenant, Delete: deleteSubtenant(t),
		Empty: func(place.Place) text.Safe {
			return "There are no tenants below this one. Only tenants that are allowed to can make some."
		},
	}
}

func showTenantStatus(s c8yclient.TenantStatus) table.Cell {
	if s == c8yclient.TenantActive {
		return table.Cell{Text: "active", Role: theme.Good}
	}
	return table.Cell{Text: text.Clean(show.Lower(string(s))), Role: theme.Critical}
}
