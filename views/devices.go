package views

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/explain"
	"c8yx/views/grouping"
	"c8yx/views/measurements"
	"c8yx/views/operate"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// devices is the kind of all devices, whatever groups they are in.
func devices(t *tenant.Tenant) *collection.Kind[*show.Device] {
	return &collection.Kind[*show.Device]{
		Name: "devices", Aliases: []string{"device", "dev"},
		Title: "Devices", One: "device", Many: "devices",
		Needs:      []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
		Parameters: inventoryParameters, Whose: []string{"group", "parent"},
		Sort:      "name",
		Columns:   deviceColumns(),
		Documents: "inventory",
		Fragments: func(d *show.Device) jsontext.Value { return d.Fragments },
		Strip:     func(d *show.Device) { d.Fragments, d.Object = nil, nil },
		Document:  func(d *show.Device) (jsontext.Value, error) { return c8yclient.EncodeDocument(d.Object) },
		ID:        func(d *show.Device) string { return d.ID },
		Audited:   func(d *show.Device) string { return d.ID },
		Named:     func(d *show.Device) (id, name string) { return d.ID, d.Name },
		Label:     func(d *show.Device) string { return cmp.Or(d.Name, d.ID) },
		Path:      func(d *show.Device) string { return "inventory/managedObjects/" + d.ID },
		Read:      inventoryRead(areDevices, listedDevice),
		Sorted:    inventorySorted(areDevices, listedDevice), SortsPaths: true,
		Total:  inventoryTotal(areDevices),
		Asking: askInventory(areDevices),
		Channel: func(p place.Place) realtime.Channel {
			if len(p.Query) > 0 {
				return "" // only the tenant can tell whether a device still belongs
			}
			return realtime.ManagedObjects("*")
		},
		Decode: decodeDevice,
		Admits: func(_ place.Place, d *show.Device) bool { return d.IsDevice },
		Detail: deviceDetail,
		Explain: func(ctx context.Context, t *tenant.Tenant, d *show.Device) (explain.Explanation, error) {
			return explain.Availability(ctx, t, d.ID)
		},
		Opens: func(d *show.Device) place.Place { return place.At("device", d.ID) },
		Empty: func(p place.Place) text.Safe {
			if len(p.Query) > 0 {
				return "No device answers to this query. devices lists all that there are."
			}
			return "This tenant has no devices yet. They appear here as soon as one is registered: devicerequests."
		},
		Subject: func(p place.Place) text.Safe { return inInventory(t, p) },
		Actions: deviceActions(func(d *show.Device) string { return d.ID }),
		Edit:    &collection.Edit[*show.Device]{Editor: edit.DeviceObject()},
		Create:  func(place.Place) edit.Creator { return edit.NewDevice() },
		Delete:  &collection.Delete[*show.Device]{Remover: edit.RemoveObject()},
	}
}

func deviceColumns() []collection.Column[*show.Device] {
	return []collection.Column[*show.Device]{
		{
			Name: "name", Property: "name", Column: table.Column{Title: "NAME", Min: 28, Max: 44, Weight: 3, Priority: 9},
			Cell: func(d *show.Device) table.Cell {
				return table.Cell{Text: text.Clean(cmp.Or(d.Name, d.ID)), Role: theme.Strong}
			},
			Compare: func(a, b *show.Device) int { return show.CompareNames(a.Name, b.Name) },
		},
		{
			Name: "status", Column: table.Column{Title: "STATUS", Min: 13, Priority: 8},
			Cell:    (*show.Device).Status,
			Choices: []string{"available", "connected", "not monitored", "maintenance", "disconnected", "unavailable"},
			Compare: func(a, b *show.Device) int { return cmp.Compare(a.Status().Text, b.Status().Text) },
		},
		{
			Name: "alarms", Column: table.Column{Title: "ALARMS", Min: 8, Priority: 7},
			Cell:    func(d *show.Device) table.Cell { return d.Alarms.Cell() },
			Number:  func(d *show.Device) (float64, bool) { return float64(d.Alarms.Total()), true },
			Compare: func(a, b *show.Device) int { return b.Alarms.Compare(a.Alarms) },
		},
		{
			Name: "lastmessage", Property: "c8y_Availability.lastMessage", Column: table.Column{Title: "LAST MESSAGE", Min: 12, Priority: 6, Align: text.Right},
			Time: func(d *show.Device) time.Time { return d.LastMessage.Time() },
		},
		{
			Name: "type", Property: "type", Column: table.Column{Title: "TYPE", Min: 8, Max: 24, Weight: 1, Priority: 5},
			Cell:    func(d *show.Device) table.Cell { return table.Cell{Text: text.Clean(d.Type)} },
			Compare: func(a, b *show.Device) int { return cmp.Compare(a.Type, b.Type) },
		},
		{
			Name: "model", Property: "c8y_Hardware.model", Column: table.Column{Title: "MODEL", Min: 8, Max: 24, Weight: 1, Priority: 3},
			Cell:    func(d *show.Device) table.Cell { return table.Cell{Text: text.Clean(d.Model), Role: theme.Muted} },
			Compare: func(a, b *show.Device) int { return cmp.Compare(a.Model, b.Model) },
		},
		{
			Name: "firmware", Column: table.Column{Title: "FIRMWARE", Min: 8, Max: 24, Weight: 1, Priority: 2},
			Cell:    func(d *show.Device) table.Cell { return table.Cell{Text: text.Clean(d.Firmware), Role: theme.Muted} },
			Compare: func(a, b *show.Device) int { return cmp.Compare(a.Firmware, b.Firmware) },
		},
		{
			Name: "serial", Property: "c8y_Hardware.serialNumber", Column: table.Column{Title: "SERIAL", Min: 8, Max: 20, Weight: 1, Priority: 2},
			Cell:    func(d *show.Device) table.Cell { return table.Cell{Text: text.Clean(d.Serial), Role: theme.Muted} },
			Compare: func(a, b *show.Device) int { return cmp.Compare(a.Serial, b.Serial) },
		},
		{
			Name: "owner", Property: "owner", Column: table.Column{Title: "OWNER", Min: 8, Max: 24, Weight: 1, Priority: 1},
			Cell:    func(d *show.Device) table.Cell { return table.Cell{Text: text.Clean(d.Owner), Role: theme.Muted} },
			Compare: func(a, b *show.Device) int { return cmp.Compare(a.Owner, b.Owner) },
		},
		{
			Name: "id", Property: "_id", Column: table.Column{Title: "ID", Min: 4, Max: 14, Priority: 4, Align: text.Right},
			Cell:    func(d *show.Device) table.Cell { return table.Cell{Text: text.Clean(d.ID), Role: theme.Muted} },
			Compare: func(a, b *show.Device) int { return show.CompareIDs(a.ID, b.ID) },
		},
		{
			Name: "created", Property: "creationTime", Hidden: true, Column: table.Column{Title: "CREATED", Min: 8, Priority: 3, Align: text.Right},
			Time: func(d *show.Device) time.Time { return d.Created.Time() },
		},
		{
			Name: "changed", Property: "lastUpdated", Hidden: true, Column: table.Column{Title: "CHANGED", Min: 8, Priority: 3, Align: text.Right},
			Time: func(d *show.Device) time.Time { return d.Updated.Time() },
		},
	}
}

// areDevices is the condition of devices.
const areDevices = "has(c8y_IsDevice)"

// decodeDevice reads a live managed object, which may be no device.
func decodeDevice(raw jsontext.Value) (*show.Device, error) {
	m, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](raw)
	if err != nil {
		return nil, err
	}
	return listedDevice(m), nil
}

// listedDevice is what a list keeps of a device; the fragments until they are packed.
func listedDevice(m *c8yclient.ManagedObject) *show.Device {
	d := show.NewDevice(m)
	d.Fragments, d.Object = m.Fragments, m
	return d
}

// deviceActions are the actions of everything that stands for a device; of
// tells which one.
func deviceActions[T any](of func(T) string) []collection.Action[T] {
	to := func(kind string) func(*collection.Act[T]) {
		return func(a *collection.Act[T]) { a.Open(place.At(kind).With("source", of(a.Items[0]))) }
	}
	return []collection.Action[T]{
		{Action: keys.DeviceAlarms, Run: to("alarms")},
		{Action: keys.DeviceMeasurements, Run: func(a *collection.Act[T]) {
			ids := make([]string, len(a.Items))
			for i, item := range a.Items {
				ids[i] = of(item)
			}
			a.Open(measurements.At(ids...))
		}},
		{Action: keys.DeviceEvents, Run: to("events")},
		{Action: keys.DeviceOperations, Run: func(a *collection.Act[T]) {
			a.Open(place.At("operations").With("device", of(a.Items[0])))
		}},
		{Action: keys.DeviceOperate, Run: func(a *collection.Act[T]) {
			a.Things(func(devices []T) { operate.Devices(a.Tenant, a.Scope, idsBy(devices, of), nil) })
		}},
		{Action: keys.DeviceBulk, Run: func(a *collection.Act[T]) {
			a.Things(func(devices []T) { bulkOf(a.Tenant, a.Scope, thingsOf(a, devices, of)) })
		}},
		{Action: keys.DeviceAssign, Run: func(a *collection.Act[T]) {
			a.Things(func(devices []T) {
				grouping.Assign(edit.Bench{Tenant: a.Tenant, Scope: a.Scope}, thingsOf(a, devices, of), func() {})
			})
		}},
		{Action: keys.DeviceWhere, Run: func(a *collection.Act[T]) {
			a.Open(place.At("tree").With("reveal", of(a.Items[0])))
		}},
	}
}

func idsBy[T any](things []T, of func(T) string) []string {
	ids := make([]string, len(things))
	for i, t := range things {
		ids[i] = of(t)
	}
	return ids
}

// thingsOf are things with the names by which the tenant's views know them.
func thingsOf[T any](a *collection.Act[T], items []T, of func(T) string) []grouping.Thing {
	things := make([]grouping.Thing, len(items))
	for i, id := range idsBy(items, of) {
		things[i] = grouping.Thing{ID: id, Name: a.Tenant.Name(id)}
	}
	return things
}

// bulkOf makes a group of devices, for bulk operations know nothing but groups, and asks what they
// shall do.
func bulkOf(t *tenant.Tenant, scope *ui.Scope, devices []grouping.Thing) {
	intro := []text.Safe{"Bulk operations are for groups: one is made of what is marked. It stays until somebody deletes it."}
	name := "Bulk operation " + time.Now().Format("2006-01-02 15:04")
	title := "Bulk operation for " + text.Count(len(devices)) + " devices"
	if len(devices) == 1 {
		title = "Bulk operation for 1 device"
	}
	grouping.Gather(edit.Bench{Tenant: t, Scope: scope}, devices, title, intro, name, func(group grouping.Thing) {
		operate.Group(t, scope, group.ID, group.Name, func(jsontext.Value) { scope.Open(place.At("bulkoperations").String()) })
	})
}

func deviceDetail(d *show.Device, now time.Time) []collection.Field {
	status := d.Status()
	fields := []collection.Field{
		{Label: "status", Value: status.Text, Role: status.Role},
		{Label: "connection", Value: show.OrDash(strings.ToLower(d.Connection))},
		{Label: "last message", Value: show.Age(d.LastMessage.Time(), now)},
	}
	switch {
	case d.Interval > 0:
		fields = append(fields, collection.Field{Label: "expected", Value: text.Clean(fmt.Sprintf("every %d min", d.Interval))})
	case d.Availability == "MAINTENANCE":
		fields = append(fields, collection.Field{Label: "expected", Value: "nothing, it is in maintenance"})
	default:
		fields = append(fields, collection.Field{Label: "expected", Value: "no interval is set", Role: theme.Muted})
	}
	alarms := d.Alarms.Cell()
	if alarms.Text == "" {
		alarms = table.Cell{Text: "none", Role: theme.Muted}
	}
	return append(fields,
		collection.Field{Label: "alarms", Value: alarms.Text, Role: alarms.Role},
		collection.Field{Label: "Equipment"},
		collection.Field{Label: "type", Value: show.OrDash(d.Type)},
		collection.Field{Label: "model", Value: show.OrDash(d.Model)},
		collection.Field{Label: "serial", Value: show.OrDash(d.Serial)},
		collection.Field{Label: "firmware", Value: show.OrDash(d.Firmware)},
		collection.Field{Label: "Object"},
		collection.Field{Label: "id", Value: show.OrDash(d.ID)},
		collection.Field{Label: "owner", Value: show.OrDash(d.Owner)},
		collection.Field{Label: "created", Value: show.Moment(d.Created.Time()), Role: theme.Muted},
		collection.Field{Label: "changed", Value: show.Moment(d.Updated.Time()), Role: theme.Muted},
	)
}
