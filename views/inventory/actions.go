package inventory

import (
	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/fields"
	"c8yx/ui/text"
	"c8yx/views/copyas"
	"c8yx/views/edit"
	"c8yx/views/explain"
	"c8yx/views/place"
)

// bind binds the actions of a tree, and those of the devices in it.
func (v *View) bind() []ui.Action {
	back := keys.Back
	back.Title, back.Hint, back.Context = "Clear the search", "clear search", keys.Trees
	noSearch := func() string {
		if v.search.Value() == "" {
			return "nothing was searched for"
		}
		return ""
	}
	device := func(record keys.Action, to func(id string) place.Place) ui.Action {
		return ui.Action{
			Action:   record,
			Disabled: func() string { return v.needsThing(record, false) },
			Run:      func() { v.scope.Open(to(v.selected().ID).String()) },
		}
	}
	audited := keys.Audited
	audited.Context = keys.Trees
	actions := []ui.Action{
		{Action: keys.Open, Run: v.enter, Disabled: v.needsNode},
		{Action: keys.TreeFold, Run: v.toggle, Disabled: v.needsNode},
		device(keys.DeviceAlarms, func(id string) place.Place { return place.At("alarms").With("source", id) }),
		device(keys.DeviceMeasurements, func(id string) place.Place { return place.At("measurements", id) }),
		device(keys.DeviceEvents, func(id string) place.Place { return place.At("events").With("source", id) }),
		device(keys.DeviceOperations, func(id string) place.Place { return place.At("operations").With("device", id) }),
		{
			Action: keys.DeviceWhere, Run: func() { v.locate(v.selected().ID) },
			Disabled: func() string { return v.needsThing(keys.DeviceWhere, true) },
		},
		{Action: keys.TreeSearch, Run: func() { v.typing = true; v.layout() }},
		{Action: back, Run: v.clearSearch, Disabled: noSearch},
		{Action: keys.TreeNext, Run: func() { v.find(false, false) }, Disabled: noSearch},
		{Action: keys.TreePrev, Run: func() { v.find(true, false) }, Disabled: noSearch},
		{Action: keys.TreeInspect, Run: v.inspect, Disabled: func() string { return v.needsThing(keys.TreeInspect, true) }},
		{
			Action: audited, Run: func() { v.scope.Open(place.At("audit").With("source", v.selected().ID).String()) },
			Disabled: func() string { return v.needsThing(audited, true) },
		},
		{Action: keys.TreeFoldAll, Run: v.collapseAll, Disabled: v.needsNode},
		{Action: keys.Copy, Run: v.copy, Disabled: func() string { return v.needsThing(keys.Copy, true) }},
		{Action: keys.TreeDetail, Run: v.switchDetail, Disabled: func() string {
			if v.width < fields.WideEnough {
				return v.needsNode()
			}
			return ""
		}},
		{Action: keys.Refresh, Run: v.refresh},
		{Action: keys.Pause, Run: v.pause},
		explain.Denied(v.tenant, v.scope, func() error { return v.objects[topID].err }),
	}
	actions = append(actions, v.bindGrouping()...)
	actions = append(actions, edit.Bench{Tenant: v.tenant, Scope: v.scope}.ObjectActions(edit.ObjectPlace{
		Context: keys.Trees, At: v.target, Changed: v.refresh, Deleted: v.refresh,
	})...)
	for _, m := range []struct {
		record keys.Action
		do     func()
	}{
		{keys.Up, func() { v.tree.Move(-1) }},
		{keys.Down, func() { v.tree.Move(1) }},
		{keys.PageUp, func() { v.tree.Page(-1) }},
		{keys.PageDown, func() { v.tree.Page(1) }},
		{keys.First, v.tree.Home},
		{keys.Last, v.tree.End},
		{keys.Left, v.tree.Collapse},
		{keys.Right, func() { v.want(v.tree.Expand()) }},
	} {
		actions = append(actions, ui.Action{Action: m.record, Run: func() {
			v.moved = true
			m.do()
			v.tick()
		}})
	}
	return actions
}

// selected returns the object under the cursor, nil if there is none.
func (v *View) selected() *object {
	k, ok := v.tree.Selected()
	if !ok {
		return nil
	}
	return v.objects[k.id]
}

func (v *View) needsNode() string {
	if v.selected() == nil {
		return "the tree is empty"
	}
	return ""
}

// target is the object under the cursor as those see it who write it.
func (v *View) target() (target edit.Target, device bool, why string) {
	o := v.selected()
	switch {
	case o == nil:
		return target, false, "the tree is empty"
	case o.kind == branch:
		return target, false, "it is no object of the tenant"
	}
	return edit.ObjectTarget(o.ID, o.Name, o.kind.one()), o.IsDevice, ""
}

// needsThing returns why something cannot be done with what is under the
// cursor: it has to be an object of the tenant, and no group unless groups will
// do.
func (v *View) needsThing(record keys.Action, groups bool) string {
	o := v.selected()
	switch {
	case o == nil:
		return "the tree is empty"
	case o.kind == branch:
		return "it is no object of the tenant"
	case !groups && (o.kind == group || o.kind == smartGroup):
		return "it is a group"
	}
	return v.tenant.Denied(record.Needs)
}

// enter opens a group in place, and anything else as a page of its own.
func (v *View) enter() {
	switch o := v.selected(); {
	case o == nil:
	case o.kind == group || o.kind == smartGroup || o.kind == branch:
		v.toggle()
	default:
		v.scope.Open(place.At("device", o.ID).String())
	}
	v.changed()
}

// toggle opens the node under the cursor, or closes it.
func (v *View) toggle() {
	v.moved = true
	v.want(v.tree.Toggle())
}

func (v *View) inspect() {
	v.scope.Open(place.At("inspect", "inventory", "managedObjects", v.selected().ID).String())
}

// collapseAll closes everything and goes to the top node of the cursor's branch.
func (v *View) collapseAll() {
	path := v.tree.Cursor()
	v.tree.Home()
	for range v.objects[topID].links {
		v.tree.CollapseAll()
		v.tree.Sibling(1)
	}
	v.tree.Reveal(path[:1])
}

// pause holds live changes back; going on reads what was missed.
func (v *View) pause() {
	if v.paused {
		v.refresh()
		return
	}
	v.paused = true
}

// copy asks what to copy of the object under the cursor.
func (v *View) copy() {
	o := v.selected()
	way := v.names(v.tree.Cursor())
	s := copyas.Subject{
		ID: o.ID, Name: o.label(), Place: v.Place(), What: "this tree", Group: o.kind == group || o.kind == smartGroup,
		Own: []dialog.Choice{{Key: "w", Title: "Way", Note: way, Run: func() { v.scope.Copy("the way", string(way)) }}},
	}
	if o.kind != branch {
		s.Path = "inventory/managedObjects/" + o.ID
	}
	if o.kind == device || s.Group {
		s.Object = o.ID
	}
	copyas.Menu(v.tenant, v.scope, s)
}

// names returns the names along a path.
func (v *View) names(path []key) text.Safe {
	var w way
	for _, k := range path {
		if o := v.objects[k.id]; o != nil {
			w = append(w, link{k.relation, o})
		}
	}
	return w.name()
}
