package demo

import (
	"net/http"

	"c8yx/demo/notify"
	"c8yx/demo/store"
)

// delete removes an object: at once itself, a little later its events, alarms, measurements and operations.
func (in *inventory) delete(c *call) (reply, error) {
	object, err := in.subject(c)
	if err != nil {
		return reply{}, err
	}
	doomed := in.doomed(object, c.flag("cascade"), c.flag("forceCascade"))
	in.remove(doomed, c.say)
	if c.flag("withDeviceUser") {
		in.registration.dismiss(c, doomed)
	}
	for _, gone := range doomed {
		d := c.did("Inventory", "Managed object deleted", gone.ID.String())
		d.text = "Managed object deleted: name='" + gone.Text("name") + "'"
		in.audit(d)
	}
	return empty(http.StatusNoContent), nil
}

// doomed lists what goes with an object. Subgroups always go with their group; cascade takes the devices of a group and
// the child devices of a device along, forceCascade everything below. Additions of whatever goes have nowhere to stay.
func (in *inventory) doomed(root *store.Object, cascade, force bool) []*store.Object {
	goes := func(parent, child *store.Object, relation store.Relation) bool {
		switch {
		case force || relation == store.Additions:
			return true
		case relation == store.Assets && isGroup(child) && isGroup(parent):
			return true
		}
		return cascade
	}
	doomed, seen := []*store.Object{root}, map[store.ID]bool{root.ID: true}
	in.store.View(func(d *store.Data) {
		for at := 0; at < len(doomed); at++ {
			for _, relation := range store.Relations() {
				for _, child := range objectsOf(d, d.Objects.Children(relation, doomed[at].ID)) {
					if !seen[child.ID] && goes(doomed[at], child, relation) {
						seen[child.ID] = true
						doomed = append(doomed, child)
					}
				}
			}
		}
	})
	return doomed
}

func isGroup(o *store.Object) bool { return o.Has("c8y_IsDeviceGroup") }

// remove deletes objects, and their data after the usual delay.
func (in *inventory) remove(objects []*store.Object, say announce) {
	in.store.Update(func(d *store.Data) {
		for _, object := range objects {
			d.Objects.Delete(object.ID)
			delete(d.Files, object.ID)
		}
	})
	for _, object := range objects {
		in.announce(say, notify.Delete, object)
		in.later.do("data:"+object.ID.String(), func() {
			in.notifications.forget(object.ID)
			in.store.Update(func(d *store.Data) {
				for event := range d.Events.Select(store.Span{Sources: []store.ID{object.ID}}).Ascending() {
					delete(d.Files, event.ID)
				}
				d.Events.DeleteSource(object.ID)
				d.Alarms.DeleteSource(object.ID)
				d.Measurements.DeleteSource(object.ID)
				d.Operations.DeleteSource(object.ID)
				d.Series.Forget(object.ID)
			})
		})
	}
}
