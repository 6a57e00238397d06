package views

import (
	"cmp"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// object is what lists keep of a managed object that may be anything.
type object struct {
	show.Device
	what  string // it is
	query string // of a smart group
}

// whats are the words for what an object is, in the order in which a list sorted by it begins.
var whats = []string{"group", "smart group", "agent", "device", "service", "file", "firmware", "software", "configuration", "dashboard", "object"}

func listedObject(m *c8yclient.ManagedObject) *object {
	o := &object{Device: *listedDevice(m), what: whatIs(m)}
	o.query, _ = c8yclient.FragmentAs[string](m, "c8y_DeviceQueryString")
	return o
}

// whatIs says what a managed object is: by its fragments or, where there is none for it, by its
// type.
func whatIs(m *c8yclient.ManagedObject) string {
	switch {
	case m.IsSmartGroup():
		return "smart group"
	case m.IsGroup():
		return "group"
	case m.IsAgent():
		return "agent"
	case m.IsDevice():
		return "device"
	case m.HasFragment("c8y_IsBinary"):
		return "file"
	case m.HasFragment("c8y_Dashboard"):
		return "dashboard"
	}
	switch m.Type {
	case "c8y_Service":
		return "service"
	case "c8y_Firmware", "c8y_FirmwareBinary":
		return "firmware"
	case "c8y_Software", "c8y_SoftwareBinary":
		return "software"
	case "c8y_ConfigurationDump":
		return "configuration"
	}
	return "object"
}

// objects is the kind of all managed objects: what is in the inventory, whatever it is.
func objects(t *tenant.Tenant) *collection.Kind[*object] {
	k := objectKind("")
	k.Name, k.Aliases = "objects", []string{"object", "mo", "managedobjects"}
	k.Title, k.One, k.Many = "Objects", "object", "objects"
	k.Columns = objectColumns()
	k.Channel = func(p place.Place) realtime.Channel {
		if len(p.Query) > 0 {
			return "" // only the tenant can tell whether an object still belongs
		}
		return realtime.ManagedObjects("*")
	}
	k.Opens = opensObject
	k.Empty = func(p place.Place) text.Safe {
		if len(p.Query) > 0 {
			return "No object answers to this query. objects lists all that there are."
		}
		return "This tenant has no managed objects that this user may see."
	}
	k.Subject = func(p place.Place) text.Safe { return inInventory(t, p) }
	k.Actions = deviceActions(func(o *object) string { return o.ID })
	return k
}

// objectKind is what lists of managed objects for which a condition holds have in common.
func objectKind(condition string) *collection.Kind[*object] {
	return &collection.Kind[*object]{
		Needs:      []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
		Parameters: inventoryParameters, Whose: []string{"group", "parent"},
		Documents: "inventory",
		Fragments: func(o *object) jsontext.Value { return o.Fragments },
		Strip:     func(o *object) { o.Fragments = nil },
		Sort:      "name",
		ID:        func(o *object) string { return o.ID },
		Audited:   func(o *object) string { return o.ID },
		Named:     func(o *object) (id, name string) { return o.ID, o.Name },
		Label:     func(o *object) string { return cmp.Or(o.Name, o.ID) },
		Path:      func(o *object) string { return "inventory/managedObjects/" + o.ID },
		Read:      inventoryRead(condition, listedObject),
		Sorted:    inventorySorted(condition, listedObject), SortsPaths: true,
		Total:  inventoryTotal(condition),
		Asking: askInventory(condition),
		Decode: func(raw jsontext.Value) (*object, error) {
			m, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](raw)
			if err != nil {
				return nil, err
			}
			return listedObject(m), nil
		},
		Detail: objectDetail,
		Edit:   &collection.Edit[*object]{Editor: edit.Object()},
		Delete: &collection.Delete[*object]{Remover: edit.RemoveObject()},
	}
}

// opensObject returns the place behind an object: the tree for what has members, its page for
// everything else.
func opensObject(o *object) place.Place {
	if o.what == "group" || o.what == "smart group" {
		return place.At("tree").With("root", o.ID)
	}
	return place.At("device", o.ID)
}

func objectColumns() []collection.Column[*object] {
	words := func(name, property string, title text.Safe, priority int, get func(*object) string) collection.Column[*object] {
		shape := table.Column{Title: title, Min: 8, Max: 32, Weight: 1, Priority: priority}
		c := collection.Words(name, shape, theme.Text, get)
		c.Property = property
		return c
	}
	when := func(name, property string, title text.Safe, priority int, get func(*object) time.Time) collection.Column[*object] {
		c := collection.When(name, table.Column{Title: title, Min: 8, Priority: priority}, get)
		c.Property = property
		return c
	}
	name := collection.Words("name", table.Column{Title: "NAME", Min: 24, Max: 48, Weight: 3, Priority: 9}, theme.Strong, func(o *object) string { return cmp.Or(o.Name, o.ID) })
	name.Property = "name"
	kind := words("type", "type", "TYPE", 6, func(o *object) string { return o.Type })
	kind.Min = 15 // c8y_DeviceGroup
	id := collection.Identifier(func(o *object) string { return o.ID })
	id.Property, id.Priority = "_id", 7
	status := collection.Column[*object]{
		Name: "status", Column: table.Column{Title: "STATUS", Min: 13, Priority: 3},
		Cell: func(o *object) table.Cell {
			if !o.IsDevice {
				return table.Cell{}
			}
			return o.Status()
		},
		Compare: func(a, b *object) int { return cmp.Compare(a.Status().Text, b.Status().Text) },
		Hidden:  true,
	}
	alarms := collection.Column[*object]{
		Name: "alarms", Column: table.Column{Title: "ALARMS", Min: 8, Priority: 3},
		Cell:    func(o *object) table.Cell { return o.Alarms.Cell() },
		Compare: func(a, b *object) int { return b.Alarms.Compare(a.Alarms) },
		Number:  func(o *object) (float64, bool) { return float64(o.Alarms.Total()), true },
		Hidden:  true,
	}
	return []collection.Column[*object]{
		name,
		collection.State("what", table.Column{Title: "WHAT", Min: 11, Priority: 8}, whats, func(o *object) string { return o.what }, func(what string) table.Cell {
			return table.Cell{Text: text.Clean(what), Role: theme.Accent}
		}),
		kind,
		words("owner", "owner", "OWNER", 4, func(o *object) string { return o.Owner }),
		when("changed", "lastUpdated", "CHANGED", 5, func(o *object) time.Time { return o.Updated.Time() }),
		id,
		when("created", "creationTime", "CREATED", 3, func(o *object) time.Time { return o.Created.Time() }).Concealed(),
		status, alarms,
	}
}

func objectDetail(o *object, now time.Time) []collection.Field {
	fields := []collection.Field{{Label: "what", Value: text.Clean(o.what), Role: theme.Accent}}
	if o.query != "" {
		fields = append(fields, collection.Field{Label: "query", Value: text.Clean(o.query), Role: theme.Value})
	}
	if o.IsDevice {
		return append(fields, deviceDetail(&o.Device, now)...)
	}
	return append(fields,
		collection.Field{Label: "type", Value: show.OrDash(o.Type)},
		collection.Field{Label: "id", Value: show.OrDash(o.ID)},
		collection.Field{Label: "owner", Value: show.OrDash(o.Owner)},
		collection.Field{Label: "created", Value: show.Moment(o.Created.Time()), Role: theme.Muted},
		collection.Field{Label: "changed", Value: show.Moment(o.Updated.Time()), Role: theme.Muted},
	)
}
