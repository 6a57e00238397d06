package inventory

import (
	"context"
	"slices"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/ui"
)

const (
	batchEvery  = 40 * time.Millisecond // a screen shows no more
	verifyAfter = time.Second           // until what was created is attached, too
	verifyMost  = 50                    // at once
)

// change is what a live message says of an object.
type change struct {
	action realtime.Action
	id     string
	fresh  *object // nil if it was deleted
}

// follow keeps the loaded objects true for as long as the view is open. The
// platform replays nothing: what was read before the channel was live, or before
// a gap, is read again.
func (v *View) follow() {
	v.scope.Go(func(ctx context.Context) {
		for batch := range v.tenant.Follow(ctx, batchEvery, realtime.ManagedObjects("*")) {
			changes := decode(batch.Messages)
			v.scope.Post(func() {
				if !v.paused && v.apply(changes) {
					v.changed()
				}
				if v.connection(batch) {
					v.changed()
				}
				if !v.paused && (batch.Gap || v.began.Before(batch.LiveSince)) {
					v.began = time.Now()
					v.refresh()
				}
			})
		}
	})
}

// decode reads the last message about each object; earlier ones are history.
// A creation stays one even if the object was changed since.
func decode(messages []realtime.Message) []change {
	var changes []change
	at := make(map[string]int, len(messages))
	last := make(map[string]int, len(messages))
	for i, m := range messages {
		last[m.ID] = i
	}
	for i, m := range messages {
		c := change{action: m.Action, id: m.ID}
		if first, known := at[m.ID]; known && changes[first].action == realtime.Create && m.Action == realtime.Update {
			c.action = realtime.Create
		}
		if last[m.ID] == i && m.Action != realtime.Delete {
			object, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](m.Data)
			if err != nil || object.ID == "" {
				continue
			}
			c.fresh = newObject(object)
		}
		if first, known := at[m.ID]; known {
			changes[first] = c
			continue
		}
		at[m.ID] = len(changes)
		changes = append(changes, c)
	}
	return changes
}

// apply puts live changes into the objects that are loaded and reports whether
// any of them is.
func (v *View) apply(changes []change) (changed bool) {
	for _, c := range changes {
		o := v.objects[c.id]
		switch {
		case c.id == topID || c.id == looseID:
		case c.action == realtime.Delete && o != nil:
			v.remove(o)
			changed = true
		case c.fresh == nil:
		case o == nil && c.action == realtime.Create && c.fresh.kind <= device:
			v.verify(c.id)
		case o != nil:
			before := o.Alarms
			grouped := o.kind == group && c.fresh.Updated.Time().After(o.Updated.Time())
			now := time.Now()
			v.adopt(c.fresh, now)
			o.heard = now
			v.sums.shift(o, before)
			changed = true
			if grouped {
				v.verify(c.id) // members may have come or gone
			}
		}
	}
	return changed
}

// remove takes a deleted object out of the tree.
func (v *View) remove(o *object) {
	for _, p := range slices.Clone(o.above) {
		links := slices.Clone(p.links)
		p.unlink(o)
		v.eachOpened(p, func(path []key) bool {
			for _, l := range links {
				if l.object == o {
					v.tree.Remove(append(slices.Clone(path), keyOf(path, l.relation, o.ID)))
				}
			}
			return true
		})
		for i, n := range p.counts {
			if n > 0 && slices.ContainsFunc(links, func(l link) bool { return l.object == o && int(l.relation-member) == i }) {
				p.counts[i]--
			}
		}
	}
	v.forget(o)
	v.sums.version++
}

// verify asks the tenant shortly where an object stands: a message about a new
// object does not say what it is below, nor one about a group what is in it.
func (v *View) verify(id string) {
	if !slices.Contains(v.doubtful, id) {
		v.doubtful = append(v.doubtful, id)
	}
	if len(v.doubtful) == 1 {
		v.scope.After(verifyAfter, v.ask)
	}
}

// ask reads the doubtful objects again, with what is above and how much is below
// them.
func (v *View) ask() {
	ids, asked := v.doubtful, time.Now()
	v.doubtful = nil
	for batch := range slices.Chunk(ids, verifyMost) {
		options := listing(c8yclient.InventoryFilter{IDs: batch})
		options.WithParents = true
		ui.Load(v.scope, func(ctx context.Context) ([]*c8yclient.ManagedObject, error) {
			page, err := v.tenant.Client.Inventory.Page(ctx, options)
			if err != nil {
				return nil, err
			}
			return page.Items, nil
		}, func(found []*c8yclient.ManagedObject, err error) {
			if err != nil {
				return // the next reading tells
			}
			for _, m := range found {
				v.place(m, asked)
			}
			v.changed()
		})
	}
}

// place puts an object where the tenant says that it stands.
func (v *View) place(m *c8yclient.ManagedObject, asked time.Time) {
	fresh := newObject(m)
	if o := v.objects[m.ID]; o != nil {
		v.adopt(fresh, asked)
		if len(o.opened) > 0 {
			v.read(o)
		}
		return
	}
	rootless := len(m.AssetParents.References)+len(m.DeviceParents.References)+len(m.AdditionParents.References) == 0
	switch {
	case v.root != "" || fresh.hidden:
	case fresh.kind == smartGroup, fresh.kind == group && rootless:
		v.insert(v.objects[topID], link{top, fresh})
	case fresh.kind == device && rootless:
		branch := v.objects[looseID]
		if branch == nil {
			return
		}
		if branch.counts[0] != noNumber {
			branch.counts[0]++
		}
		if branch.loaded {
			v.insert(branch, link{loose, fresh})
		}
	}
}

// insert puts a child where it belongs in the order below its parent.
func (v *View) insert(parent *object, child link) {
	if parent == nil || !parent.loaded {
		return
	}
	child.object = v.adopt(child.object, time.Time{})
	if !parent.link(child.relation, child.object) {
		return
	}
	v.sums.version++
	slices.SortStableFunc(parent.links, func(a, b link) int { return newEntry(a).compare(newEntry(b)) })
	at := slices.IndexFunc(parent.links, func(l link) bool { return l.object == child.object })
	v.eachOpened(parent, func(path []key) bool {
		v.tree.InsertChild(path, at, keyOf(path, child.relation, child.object.ID))
		return true
	})
	v.rest()
}
