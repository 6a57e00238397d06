package views

import (
	"cmp"
	"context"
	"fmt"
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

type repositoryItem = c8yclient.ManagedObject

// kind is the kind of the items of a repository: firmware, software or configurations, all of them
// managed objects of one type (reference 19.3).
func (r repositoryOf) kind() *collection.Kind[*repositoryItem] {
	fragment := func(item *repositoryItem, names ...string) string {
		for _, n := range names {
			if raw, there := item.Fragment(n); there {
				return show.PlainText(raw)
			}
		}
		return ""
	}
	var actions []collection.Action[*repositoryItem]
	if r.binaryType != "" {
		actions = append(actions, collection.Action[*repositoryItem]{Action: keys.RepositoryVersions, Run: func(act *collection.Act[*repositoryItem]) {
			act.Open(place.At(r.name+"versions").With("of", act.Items[0].ID))
		}})
	}
	return &collection.Kind[*repositoryItem]{
		Name: r.name, Aliases: r.aliases, Title: r.title, One: r.one, Many: r.many,
		Needs: []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
		Sort:  "name",
		Columns: []collection.Column[*repositoryItem]{
			collection.Words("name", table.Column{Title: "NAME", Min: 24, Max: 48, Weight: 3, Priority: 9}, theme.Strong, func(m *repositoryItem) string { return cmp.Or(m.Name, m.ID) }),
			collection.Words("for", table.Column{Title: "FOR", Min: 10, Max: 28, Weight: 1, Priority: 7}, theme.Text, meantFor),
			collection.Words("sort", table.Column{Title: "SORT", Min: 8, Max: 24, Weight: 1, Priority: 6}, theme.Text, func(m *repositoryItem) string {
				return fragment(m, "softwareType", "configurationType")
			}),
			collection.Words("description", table.Column{Title: "DESCRIPTION", Min: 16, Max: 80, Weight: 4, Priority: 5}, theme.Text, func(m *repositoryItem) string { return fragment(m, "description") }),
			collection.When("changed", table.Column{Title: "CHANGED", Min: 8, Priority: 4}, func(m *repositoryItem) time.Time { return m.LastUpdated }),
			collection.Identifier(func(m *repositoryItem) string { return m.ID }),
		},
		ID:    func(m *repositoryItem) string { return m.ID },
		Named: func(m *repositoryItem) (id, name string) { return m.ID, m.Name },
		Label: func(m *repositoryItem) string { return cmp.Or(m.Name, m.ID) },
		Path:  func(m *repositoryItem) string { return "inventory/managedObjects/" + m.ID },
		Read: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*repositoryItem, error] {
			options := c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Query: fmt.Sprintf("type eq '%s'", r.objectType)}}
			return listed(ctx, options, t.Client.Inventory.Page, t.Client.Inventory.Pages)
		},
		Decode:  c8yclient.DecodeDocument[repositoryItem],
		Admits:  func(_ place.Place, m *repositoryItem) bool { return m.Type == r.objectType },
		Actions: actions,
		Edit:    r.edit(), Create: r.create, Delete: r.delete(),
		Empty: func(place.Place) text.Safe {
			return "The repository holds no " + r.many + ". What is put into it can be installed on devices by operations."
		},
	}
}

// meantFor names the type of device that an item is meant for.
func meantFor(m *repositoryItem) string {
	if raw, there := m.Fragment("deviceType"); there {
		return show.PlainText(raw)
	}
	raw, there := m.Fragment("c8y_Filter")
	if !there {
		return ""
	}
	filter, err := c8yclient.DecodeDocument[struct {
		Type string `json:"type"`
	}](raw)
	if err != nil || filter == nil {
		return ""
	}
	return filter.Type
}
