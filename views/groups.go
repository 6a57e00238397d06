package views

import (
	"c8yx/c8yclient/realtime"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/grouping"
	"c8yx/views/operate"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// areGroups is the condition of groups and smart groups.
const areGroups = "(has(c8y_IsDeviceGroup) or has(c8y_IsDynamicGroup))"

// groups is the kind of groups, whatever they are in, and of smart groups, whose members are the
// answer to a query.
func groups(t *tenant.Tenant) *collection.Kind[*object] {
	k := objectKind(areGroups)
	k.Name, k.Aliases = "groups", []string{"group", "smartgroups"}
	k.Title, k.One, k.Many = "Groups", "group", "groups"
	k.Columns = groupColumns()
	k.Channel = func(p place.Place) realtime.Channel {
		if len(p.Query) > 0 {
			return ""
		}
		return realtime.ManagedObjects("*")
	}
	k.Admits = func(_ place.Place, o *object) bool { return o.what == "group" || o.what == "smart group" }
	k.Opens = opensObject
	k.Empty = func(p place.Place) text.Safe {
		if len(p.Query) > 0 {
			return "No group answers to this query. groups lists all that there are."
		}
		return "This tenant has no groups. n makes one; A in the list of devices puts devices into it."
	}
	k.Create = func(p place.Place) edit.Creator {
		return grouping.NewGroup(grouping.Thing{ID: p.Query.Get("group"), Name: t.Name(p.Query.Get("group"))})
	}
	k.Subject = func(p place.Place) text.Safe { return inInventory(t, p) }
	k.Actions = []collection.Action[*object]{
		{Action: keys.GroupDevices, Run: func(a *collection.Act[*object]) { a.Open(devicesOf(a.Items[0])) }},
		{Action: keys.GroupOperate, Disabled: notForSmartGroups, Run: func(a *collection.Act[*object]) {
			operate.Group(a.Tenant, a.Scope, a.Items[0].ID, a.Items[0].Name, nil)
		}},
		{Action: keys.DeviceWhere, Run: func(a *collection.Act[*object]) {
			a.Open(place.At("tree").With("reveal", a.Items[0].ID))
		}},
	}
	return k
}

// notForSmartGroups says why what is done with a stored group is not done with one.
func notForSmartGroups(o *object) string {
	if o.what == "smart group" {
		return "its query decides what is in it: mark its devices and operate those"
	}
	return ""
}

// devicesOf returns the place of the devices in a group.
func devicesOf(o *object) place.Place {
	if o.what == "smart group" {
		return place.At("devices").With("query", o.query)
	}
	return place.At("devices").With("group", o.ID)
}

// groupColumns are those of objects, but for what only devices have.
func groupColumns() []collection.Column[*object] {
	var columns []collection.Column[*object]
	for _, c := range objectColumns() {
		switch c.Name {
		case "status", "alarms":
		case "type":
			columns = append(columns, c, collection.Words("query", table.Column{Title: "ITS QUERY", Min: 16, Max: 80, Weight: 3, Priority: 7}, theme.Value,
				func(o *object) string { return o.query }))
		default:
			columns = append(columns, c)
		}
	}
	return columns
}
