package inspect

import (
	"context"
	"slices"
	"strings"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
	"c8yx/views/place"
)

// kin is an object next to the one that is shown.
type kin struct {
	id, name string
	relation text.Safe // what the object that is shown is to it: "child device of"
	kind     c8yclient.ChildKind
}

// objectID returns the id of the managed object that is shown, "" if it is another document.
func (v *View) objectID() string {
	id, is := strings.CutPrefix(v.path, "/inventory/managedObjects/")
	if !is || id == "" || strings.ContainsAny(id, "/?") {
		return ""
	}
	return id
}

func (v *View) noObject() string {
	if v.objectID() == "" {
		return "only managed objects have relatives"
	}
	return ""
}

// parentsOf asks for everything that the object is directly a child of, of whatever sort.
func parentsOf(ctx context.Context, client *c8yclient.Client, id string) ([]kin, error) {
	var parents []kin
	for _, sort := range []struct {
		filter   c8yclient.InventoryFilter
		relation text.Safe
		kind     c8yclient.ChildKind
	}{
		{c8yclient.InventoryFilter{ChildAssetID: id}, "child asset of", c8yclient.ChildAssets},
		{c8yclient.InventoryFilter{ChildDeviceID: id}, "child device of", c8yclient.ChildDevices},
		{c8yclient.InventoryFilter{ChildAdditionID: id}, "child addition of", c8yclient.ChildAdditions},
	} {
		for object, err := range client.Inventory.List(ctx, &c8yclient.InventoryListOptions{InventoryFilter: sort.filter}) {
			if err != nil {
				return nil, err
			}
			parents = append(parents, kin{id: object.ID, name: object.Name, relation: sort.relation, kind: sort.kind})
		}
	}
	return parents, nil
}

// parents offers the parents of the object; a single one is opened at once.
func (v *View) parents() {
	ui.Load(v.scope, func(ctx context.Context) ([]kin, error) {
		return parentsOf(ctx, v.tenant.Client, v.objectID())
	}, func(parents []kin, err error) {
		switch {
		case err != nil:
			v.scope.Toast(toast.Failure, fault.Explain(err))
		case len(parents) == 0:
			v.scope.Toast(toast.Info, "It has no parents")
		case len(parents) == 1:
			v.openObject(parents[0].id)
		default:
			choices := make([]dialog.Choice, len(parents))
			for i, p := range parents {
				choices[i] = dialog.Choice{
					Title: p.relation + " " + text.Clean(p.name), Note: text.Clean(p.id),
					Run: func() { v.openObject(p.id) },
				}
			}
			v.scope.Show(&dialog.Choose{Title: "Parents", Choices: choices})
		}
	})
}

// sibling shows the object that stands by steps behind this one among the children of its first
// parent, in place of this one.
func (v *View) sibling(by int) {
	id := v.objectID()
	if slices.Contains(v.siblings, id) {
		v.step(by)
		return
	}
	ui.Load(v.scope, func(ctx context.Context) ([]string, error) {
		parents, err := parentsOf(ctx, v.tenant.Client, id)
		if err != nil || len(parents) == 0 {
			return nil, err
		}
		var siblings []string
		for child, err := range v.tenant.Client.Inventory.Children(ctx, parents[0].id, parents[0].kind, nil) {
			if err != nil {
				return nil, err
			}
			siblings = append(siblings, child.ID)
		}
		return siblings, nil
	}, func(siblings []string, err error) {
		switch {
		case err != nil:
			v.scope.Toast(toast.Failure, fault.Explain(err))
		case len(siblings) == 0:
			v.scope.Toast(toast.Info, "It has no parent, and so no siblings")
		default:
			v.siblings = siblings
			v.step(by)
		}
	})
}

// step shows the sibling that stands by steps behind the object.
func (v *View) step(by int) {
	at := slices.Index(v.siblings, v.objectID())
	next := at + by
	if at < 0 || next < 0 || next >= len(v.siblings) {
		v.scope.Toast(toast.Info, "There is no further sibling that way")
		return
	}
	v.turnTo(objectPlace(v.siblings[next]), "/inventory/managedObjects/"+v.siblings[next])
	v.read()
}

func (v *View) openObject(id string) {
	v.scope.Open(objectPlace(id).String())
}

func objectPlace(id string) place.Place {
	return place.At("inspect", "inventory", "managedObjects", id)
}
