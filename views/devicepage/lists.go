package devicepage

import (
	"cmp"
	"context"
	"iter"
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

// part is a service of a device.
type part struct {
	id, name, kind, status string
	updated                time.Time
	alarms                 show.AlarmCounts
}

func newPart(m *c8yclient.ManagedObject) *part {
	return &part{
		id: m.ID, name: m.Name, kind: word(&m.Document, "serviceType"), status: word(&m.Document, "status"),
		updated: m.LastUpdated, alarms: show.NewDevice(m).Alarms,
	}
}

// state shows whether the service runs.
func (p *part) state() table.Cell {
	cell := table.Cell{Text: show.OrDash(p.status)}
	switch p.status {
	case "up":
		cell.Role = theme.Good
	case "down":
		cell.Role = theme.Critical
	}
	return cell
}

// services lists the services of a device: its child additions of the type
// c8y_Service.
func services(t *tenant.Tenant) *collection.Kind[*part] {
	return &collection.Kind[*part]{
		Name: "services", Title: "Services", One: "service", Many: "services",
		Needs: []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"}, Parameters: []string{"device"}, Sort: "name",
		Columns: []collection.Column[*part]{
			{
				Name: "name", Column: table.Column{Title: "NAME", Min: 16, Max: 40, Weight: 3, Priority: 9},
				Cell: func(p *part) table.Cell {
					return table.Cell{Text: text.Clean(cmp.Or(p.name, p.id)), Role: theme.Strong}
				},
				Compare: func(a, b *part) int { return show.CompareNames(a.name, b.name) },
			},
			{
				Name: "status", Column: table.Column{Title: "STATUS", Min: 8, Priority: 8},
				Cell: (*part).state, Compare: func(a, b *part) int { return cmp.Compare(a.status, b.status) },
			},
			{
				Name: "kind", Column: table.Column{Title: "SERVICE TYPE", Min: 12, Max: 24, Weight: 1, Priority: 6},
				Cell:    func(p *part) table.Cell { return table.Cell{Text: text.Clean(p.kind)} },
				Compare: func(a, b *part) int { return cmp.Compare(a.kind, b.kind) },
			},
			{
				Name: "alarms", Column: table.Column{Title: "ALARMS", Min: 8, Priority: 5},
				Cell:    func(p *part) table.Cell { return p.alarms.Cell() },
				Compare: func(a, b *part) int { return b.alarms.Compare(a.alarms) },
			},
			{
				Name: "changed", Column: table.Column{Title: "CHANGED", Min: 8, Priority: 4, Align: text.Right},
				Time: func(p *part) time.Time { return p.updated },
			},
			{
				Name: "id", Column: table.Column{Title: "ID", Min: 4, Max: 14, Priority: 3, Align: text.Right},
				Cell:    func(p *part) table.Cell { return table.Cell{Text: text.Clean(p.id), Role: theme.Muted} },
				Compare: func(a, b *part) int { return show.CompareIDs(a.id, b.id) },
			},
		},
		ID:    func(p *part) string { return p.id },
		Path:  func(p *part) string { return "inventory/managedObjects/" + p.id },
		Label: func(p *part) string { return cmp.Or(p.name, p.id) },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*part, error] {
			return func(yield func([]*part, error) bool) {
				var all []*part
				for m, err := range t.Client.Inventory.Children(ctx, p.Query.Get("device"), c8yclient.ChildAdditions, nil) {
					if err != nil {
						yield(nil, err)
						return
					}
					if m.Type == "c8y_Service" {
						all = append(all, newPart(m))
					}
				}
				yield(all, nil)
			}
		},
		Opens: func(p *part) place.Place {
			t.Remember(p.id, p.name)
			return place.At("device", p.id)
		},
		Empty: func(place.Place) text.Safe {
			return "The device reports no services. Those that it reports are child additions of the type c8y_Service."
		},
	}
}
