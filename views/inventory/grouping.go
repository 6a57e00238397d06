package inventory

import (
	"cmp"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/keys"
	"c8yx/ui"
	"c8yx/views/edit"
	"c8yx/views/grouping"
	"c8yx/views/operate"
)

// bindGrouping binds what changes who is in which group.
func (v *View) bindGrouping() []ui.Action {
	bench := edit.Bench{Tenant: v.tenant, Scope: v.scope}
	action := func(record keys.Action, why func() string, run func()) ui.Action {
		return ui.Action{Action: record, Run: run, Disabled: func() string { return cmp.Or(why(), v.tenant.Refuses(record)) }}
	}
	return []ui.Action{
		action(keys.DeviceOperate, v.operable, func() {
			if o := v.selected(); o.kind == group {
				operate.Group(v.tenant, v.scope, o.ID, o.Name, nil)
			} else {
				operate.Devices(v.tenant, v.scope, []string{o.ID}, nil)
			}
		}),
		action(keys.DeviceAssign, v.needsMember, func() { grouping.Assign(bench, []grouping.Thing{v.thing()}, v.refresh) }),
		action(keys.TreeMove, v.needsGroupAbove, func() { grouping.Move(bench, v.groupAbove(), v.thing(), v.refresh) }),
		action(keys.TreeTakeOut, v.needsGroupAbove, func() { grouping.TakeOut(bench, v.groupAbove(), v.thing(), v.refresh) }),
		action(keys.TreeNewGroup, func() string { return "" }, func() {
			bench.Create(grouping.NewGroup(v.groupHere()), func(jsontext.Value) { v.refresh() })
		}),
	}
}

// operable says why nothing can be told to what is under the cursor.
func (v *View) operable() string {
	switch o := v.selected(); {
	case o == nil:
		return "the tree is empty"
	case o.kind == branch:
		return "it is no object of the tenant"
	case o.kind == smartGroup:
		return "its query decides what is in it: mark its devices in their list"
	case o.kind == group:
		return v.tenant.Refuses(keys.GroupOperate)
	}
	return ""
}

// needsMember says why what is under the cursor cannot be put into a group.
func (v *View) needsMember() string {
	switch o := v.selected(); {
	case o == nil:
		return "the tree is empty"
	case o.kind == branch:
		return "it is no object of the tenant"
	case o.kind == smartGroup:
		return "smart groups stand at the top"
	}
	return ""
}

// needsGroupAbove says why what is under the cursor cannot leave a group.
func (v *View) needsGroupAbove() string {
	if why := v.needsMember(); why != "" {
		return why
	}
	path := v.tree.Cursor()
	switch relation := path[len(path)-1].relation; {
	case len(path) < 2 || relation == top || relation == loose:
		return "it is in no group here: assign it to one"
	case relation == behind:
		return "it is behind a device, which is no matter of groups"
	case relation == addition:
		return "it is a part of what it is below"
	case relation == answer:
		return "the query of the smart group decides that"
	}
	return ""
}

// thing is the object under the cursor.
func (v *View) thing() grouping.Thing {
	o := v.selected()
	return grouping.Thing{ID: o.ID, Name: o.Name}
}

// groupAbove is what the object under the cursor is a member of.
func (v *View) groupAbove() grouping.Thing {
	path := v.tree.Cursor()
	return v.called(path[len(path)-2].id)
}

func (v *View) called(id string) grouping.Thing {
	if o := v.objects[id]; o != nil {
		return grouping.Thing{ID: id, Name: o.Name}
	}
	return grouping.Thing{ID: id}
}

// groupHere is the group under the cursor or, if that is none, the nearest above; without an id at
// the top.
func (v *View) groupHere() grouping.Thing {
	path := v.tree.Cursor()
	for i := len(path) - 1; i >= 0; i-- {
		if o := v.objects[path[i].id]; o != nil && o.kind == group {
			return v.called(o.ID)
		}
	}
	return grouping.Thing{}
}
