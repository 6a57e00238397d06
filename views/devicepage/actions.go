package devicepage

import (
	"context"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/views/copyas"
	"c8yx/views/edit"
	"c8yx/views/explain"
	"c8yx/views/operate"
	"c8yx/views/place"
)

// Actions returns the way to the next tab, what can be done in the one that is
// shown, and what else can be done with the page.
func (v *View) Actions() []ui.Action {
	inner := v.actions
	if view := v.embedded(); view != nil {
		inner = view.Actions()
	}
	return slices.Concat(
		[]ui.Action{{Action: keys.NextTab, Run: func() { v.turn(1) }}},
		inner,
		[]ui.Action{
			{Action: keys.PrevTab, Run: func() { v.turn(-1) }},
			{Action: keys.NextPane, Run: func() { v.turn(1) }},
			{Action: keys.DeviceOperate, Run: v.operate, Disabled: v.inoperable},
		},
	)
}

// bind binds the actions of the overview. The keys that open what a device has
// in lists and trees lead to the tabs here.
func (v *View) bind() []ui.Action {
	tab := func(record keys.Action, name string) ui.Action {
		return ui.Action{Action: record, Run: func() { v.goTo(name) }, Disabled: func() string {
			switch {
			case v.facts.object == nil && v.facts.err != nil:
				return "it could not be read"
			case !v.facts.kind().isThing() && name != "audit":
				return "it is a " + string(v.facts.kind().text())
			}
			return v.tenant.Denied(record.Needs)
		}}
	}
	read := func() string {
		if v.facts.object == nil {
			return "it has not been read"
		}
		return ""
	}
	audited := keys.Audited
	audited.Context = keys.Devices
	inspect := keys.Inspect
	inspect.Context = keys.Devices
	members := keys.Open
	members.Title, members.Hint, members.Context = "Members of the group", "members", keys.Devices
	actions := []ui.Action{
		{Action: members, Run: v.members, Disabled: func() string {
			if k := v.facts.kind(); k != group && k != smartGroup {
				return "it is no group"
			}
			return ""
		}},
		tab(keys.DeviceAlarms, "alarms"),
		tab(keys.DeviceMeasurements, "measurements"),
		tab(keys.DeviceEvents, "events"),
		tab(keys.DeviceOperations, "operations"),
		tab(audited, "audit"),
		{Action: keys.DeviceWhere, Run: v.where, Disabled: func() string { return v.tenant.Denied(keys.DeviceWhere.Needs) }},
	}
	actions = append(actions, edit.Bench{Tenant: v.tenant, Scope: v.scope}.ObjectActions(edit.ObjectPlace{
		Context: keys.Devices, At: v.target, Changed: v.read, Deleted: v.read,
	})...)
	actions = append(actions, []ui.Action{
		{Action: inspect, Run: v.inspect, Disabled: read},
		{Action: keys.Copy, Run: v.copy, Disabled: read},
		{Action: keys.Explain, Run: v.explain, Disabled: v.unexplained},
		{Action: keys.Refresh, Run: v.read},
	}...)
	for _, m := range []struct {
		record keys.Action
		by     func() int
	}{
		{keys.Up, func() int { return -1 }},
		{keys.Down, func() int { return 1 }},
		{keys.PageUp, func() int { return -v.pageHeight() }},
		{keys.PageDown, v.pageHeight},
		{keys.First, func() int { return -len(v.drawn.lines) }},
		{keys.Last, func() int { return len(v.drawn.lines) }},
	} {
		actions = append(actions, ui.Action{Action: m.record, Run: func() { v.scroll(m.by()) }})
	}
	return actions
}

// operate asks what the device shall do.
func (v *View) operate() {
	operate.Devices(v.tenant, v.scope, []string{v.id}, func(jsontext.Value) { v.scope.Refresh() })
}

func (v *View) inoperable() string {
	switch {
	case v.facts.object == nil && v.facts.err != nil:
		return "it could not be read"
	case v.facts.gone:
		return "it was deleted"
	case v.facts.object != nil && v.facts.kind() != device:
		return "it is a " + string(v.facts.kind().text())
	}
	return v.tenant.Refuses(keys.DeviceOperate)
}

// target is the object as those see it who write it.
func (v *View) target() (target edit.Target, device bool, why string) {
	switch {
	case v.facts.object == nil:
		return target, false, "it has not been read"
	case v.facts.gone:
		return target, false, "it was deleted"
	}
	o := v.facts.object
	return edit.ObjectTarget(o.ID, o.Name, v.facts.kind().text()), v.facts.device.IsDevice, ""
}

// explain says why the device is in the state that it is in or, if it could not be read for lack
// of a permission, what is missing.
func (v *View) explain() {
	explain.Show(v.scope, "Why?", func(ctx context.Context) (explain.Explanation, error) {
		if refused := explain.Refusal(v.facts.err); refused != nil {
			return explain.Access(ctx, v.tenant, refused)
		}
		return explain.Availability(ctx, v.tenant, v.id)
	})
}

func (v *View) unexplained() string {
	if v.facts.object == nil && explain.Refusal(v.facts.err) == nil {
		return "it has not been read"
	}
	return ""
}

// where opens the inventory tree at the object.
func (v *View) where() {
	v.scope.Open(place.At("tree").With("reveal", v.id).String())
}

// inspect opens the document of the object.
func (v *View) inspect() {
	v.scope.Open(place.At("inspect", "inventory", "managedObjects", v.id).String())
}

// members opens the group in the inventory tree.
func (v *View) members() {
	v.scope.Open(place.At("tree").With("root", v.id).String())
}

// copy asks what to copy of the object.
func (v *View) copy() {
	d := v.facts.device
	what := v.facts.kind()
	s := copyas.Subject{
		ID: d.ID, Name: d.Name, Path: "inventory/managedObjects/" + d.ID, Place: v.Place(), What: "this page",
		Group: what == group || what == smartGroup,
	}
	if what == device || s.Group {
		s.Object = d.ID
	}
	for _, id := range v.facts.external {
		s.Own = append(s.Own, dialog.Choice{
			Title: "External id", Note: text.Clean(id.Type + ": " + id.ExternalID),
			Run: func() { v.scope.Copy("the external id", id.ExternalID) },
		})
	}
	copyas.Menu(v.tenant, v.scope, s)
}
