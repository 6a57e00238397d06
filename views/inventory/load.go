package inventory

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/ui/text"
	"c8yx/views/fault"
)

// pageSize is how many children are asked for at once: a few screens, so that
// the first are there soon and a group of thousands streams in.
const pageSize = 200

// want notes that a path was opened and has what is below it read, unless it is
// known or on its way already.
func (v *View) want(path []key) {
	if path == nil {
		return
	}
	o := v.objects[path[len(path)-1].id]
	if o == nil {
		v.tree.Fail(path, "it is gone")
		return
	}
	v.open(o, path)
	switch {
	case o.loaded && o.err == nil:
		v.tree.SetChildren(path, o.keys(path))
	case o.stop != nil:
		v.tree.AddChildren(path, o.keys(path), true)
	default:
		v.read(o)
	}
}

// open remembers a path as one at which the object was opened.
func (v *View) open(o *object, path []key) {
	if !slices.ContainsFunc(o.opened, func(p []key) bool { return slices.Equal(p, path) }) {
		o.opened = append(o.opened, slices.Clone(path))
	}
}

// eachOpened does something at every path at which the object was opened, and
// forgets those that are no longer there.
func (v *View) eachOpened(o *object, do func(path []key) bool) {
	o.opened = slices.DeleteFunc(o.opened, func(path []key) bool { return !do(path) })
}

// read reads what is below an object, all of it, in pages. What is known
// already stays until the reading is complete. An earlier reading is given up.
func (v *View) read(o *object) {
	if o.stop != nil {
		o.stop()
	}
	ctx, cancel := context.WithCancel(v.scope.Context())
	o.stop = cancel
	o.number++
	number, again, began := o.number, o.loaded, time.Now()
	pages := v.source(o)
	v.eachOpened(o, func(path []key) bool { return v.tree.AddChildren(path, nil, true) })
	done := v.scope.Busy()
	v.scope.Go(func(context.Context) {
		defer done()
		defer cancel()
		post := func(apply func()) {
			v.scope.Post(func() {
				if o.number == number {
					apply()
					v.changed()
				}
			})
		}
		var all []entry
		for page, err := range pages(ctx) {
			if err != nil {
				post(func() { v.failed(o, err) })
				return
			}
			entries := sorted(page)
			all = append(all, entries...)
			if !again {
				post(func() { v.stream(o, entries, began) })
			}
		}
		slices.SortFunc(all, entry.compare) // here, since it takes long for thousands
		post(func() { v.complete(o, all, began) })
	})
}

// adopt returns the one object that stands for a managed object, brought up to
// date with what the tenant said when it was asked.
func (v *View) adopt(fresh *object, asked time.Time) *object {
	o := v.objects[fresh.ID]
	if o == nil {
		o = fresh
		v.objects[o.ID] = o
	} else if o != fresh {
		o.update(fresh, asked)
	}
	v.tenant.Remember(o.ID, o.Name)
	return o
}

// stream takes a page of children while more are on their way.
func (v *View) stream(o *object, page []entry, asked time.Time) {
	v.sums.version++
	var fresh []link
	for _, e := range page {
		l := link{e.relation, v.adopt(e.object, asked)}
		if o.link(l.relation, l.object) {
			fresh = append(fresh, l)
		}
	}
	v.eachOpened(o, func(path []key) bool {
		keys := make([]key, len(fresh))
		for i, l := range fresh {
			keys[i] = keyOf(path, l.relation, l.object.ID)
		}
		return v.tree.AddChildren(path, keys, true)
	})
	v.rest()
}

// rest keeps a cursor that nobody has moved at the top of the tree.
func (v *View) rest() {
	if !v.moved && v.where.id == "" {
		v.tree.Home()
	}
}

// complete takes all children, in their order.
func (v *View) complete(o *object, entries []entry, asked time.Time) {
	o.stop, o.loaded, o.err = nil, true, nil
	all := make([]link, len(entries))
	for i, e := range entries {
		all[i] = link{e.relation, v.adopt(e.object, asked)}
	}
	if o.ID == topID {
		v.retry = 0
		all = append(all, v.pinned...)
	}
	v.sums.version++
	for _, gone := range o.relink(all) {
		v.forget(gone)
	}
	if o.kind == group || o.kind == device {
		v.house(o)
	}
	v.eachOpened(o, func(path []key) bool { return v.tree.SetChildren(path, o.keys(path)) })
	v.rest()
	if o.ID == topID && v.root != "" && !v.unrolled {
		v.unrolled = true
		v.want(v.tree.Expand())
	}
}

// house takes what is below a group or a device out of the branch of those that
// are in none.
func (v *View) house(o *object) {
	branch := v.objects[looseID]
	if branch == nil || len(branch.links) == 0 {
		return
	}
	for _, l := range o.links {
		k := key{relation: loose, id: l.object.ID}
		if !branch.linked[k] {
			continue
		}
		branch.unlink(l.object)
		v.eachOpened(branch, func(path []key) bool {
			v.tree.Remove(append(slices.Clone(path), k))
			return true
		})
	}
}

// forget drops an object that is nowhere in the tree any more.
func (v *View) forget(o *object) {
	if len(o.above) == 0 && o.ID != topID {
		delete(v.objects, o.ID)
	}
}

// failed notes that what is below an object could not be read. What was there
// stays.
func (v *View) failed(o *object, err error) {
	o.stop, o.err = nil, err
	reason := fault.Short(err)
	if errors.Is(err, errNoQuery) {
		reason = text.Clean(err.Error())
	}
	v.eachOpened(o, func(path []key) bool { return v.tree.Fail(path, reason) })
	if o.ID == topID {
		v.retryLater(err)
	}
}

// pages reads children in pages.
type pages = func(context.Context) iter.Seq2[[]link, error]

// errNoQuery is why a smart group without a query has no members.
var errNoQuery = errors.New("the smart group has no c8y_DeviceQueryString")

// source returns what reads the children of an object.
func (v *View) source(o *object) pages {
	inventory := v.tenant.Client.Inventory
	switch {
	case o.ID == topID && v.root != "":
		return v.onlyRoot
	case o.ID == topID:
		return v.roots
	case o.ID == looseID:
		return func(ctx context.Context) iter.Seq2[[]link, error] {
			return inPages(inventory.List(ctx, listing(looseDevices())), loose)
		}
	case o.kind == smartGroup && o.query == "":
		return func(context.Context) iter.Seq2[[]link, error] {
			return func(yield func([]link, error) bool) { yield(nil, errNoQuery) }
		}
	case o.kind == smartGroup:
		query := o.query
		return func(ctx context.Context) iter.Seq2[[]link, error] {
			return inPages(inventory.List(ctx, listing(c8yclient.InventoryFilter{Q: query})), answer)
		}
	}
	id, counts := o.ID, o.counts
	if o.loaded {
		counts = [stored]int{noNumber, noNumber, noNumber} // they may be old
	}
	return func(ctx context.Context) iter.Seq2[[]link, error] {
		return func(yield func([]link, error) bool) {
			for r := member; r <= addition; r++ {
				if counts[r-member] == 0 {
					continue
				}
				options := &c8yclient.ChildListOptions{WithChildrenCount: true, Paging: c8yclient.Paging{PageSize: pageSize}}
				for page, err := range inPages(inventory.Children(ctx, id, r.children(), options), r) {
					if !yield(page, err) || err != nil {
						return
					}
				}
			}
		}
	}
}

func listing(filter c8yclient.InventoryFilter) *c8yclient.InventoryListOptions {
	return &c8yclient.InventoryListOptions{
		InventoryFilter: filter,
		InventoryDetail: c8yclient.InventoryDetail{WithChildrenCount: true},
		Paging:          c8yclient.Paging{PageSize: pageSize},
	}
}

// looseDevices selects the devices that are below nothing.
func looseDevices() c8yclient.InventoryFilter {
	return c8yclient.InventoryFilter{FragmentType: "c8y_IsDevice", OnlyRoots: true}
}

// inPages gathers objects into pages of children.
func inPages(objects iter.Seq2[*c8yclient.ManagedObject, error], r relation) iter.Seq2[[]link, error] {
	return func(yield func([]link, error) bool) {
		var page []link
		for m, err := range objects {
			if err != nil {
				yield(nil, err)
				return
			}
			o := newObject(m)
			if o.ID == "" || o.hidden {
				continue
			}
			if page = append(page, link{r, o}); len(page) == pageSize {
				if !yield(page, nil) {
					return
				}
				page = nil
			}
		}
		if len(page) > 0 {
			yield(page, nil)
		}
	}
}

// roots reads what stands at the top: groups without a parent, smart groups, and
// the branch of the devices that are in no group.
func (v *View) roots(ctx context.Context) iter.Seq2[[]link, error] {
	inventory := v.tenant.Client.Inventory
	return func(yield func([]link, error) bool) {
		for _, filter := range []c8yclient.InventoryFilter{
			{FragmentType: "c8y_IsDeviceGroup", OnlyRoots: true},
			{FragmentType: "c8y_IsDynamicGroup"},
		} {
			for page, err := range inPages(inventory.List(ctx, listing(filter)), top) {
				if !yield(page, err) || err != nil {
					return
				}
			}
		}
		count := noNumber
		filter := looseDevices()
		if n, err := inventory.Count(ctx, &filter); err == nil { // not every tenant counts
			count = n
		}
		yield([]link{{top, newBranch(count)}}, nil)
	}
}

// newBranch returns the branch of the devices that are in no group.
func newBranch(count int) *object {
	o := &object{kind: branch, counts: [stored]int{count, 0, 0}}
	o.ID, o.Name = looseID, "Devices without a group"
	return o
}

// onlyRoot reads the one object that the place names as the top.
func (v *View) onlyRoot(ctx context.Context) iter.Seq2[[]link, error] {
	return func(yield func([]link, error) bool) {
		m, err := v.tenant.Client.Inventory.Get(ctx, v.root, &c8yclient.InventoryDetail{WithChildrenCount: true})
		if err != nil {
			yield(nil, err)
			return
		}
		yield([]link{{top, newObject(m)}}, nil)
	}
}

// refresh reads everything that was opened again.
func (v *View) refresh() {
	v.paused = false
	v.callRetryOff()
	for _, o := range v.objects {
		if len(o.opened) > 0 {
			v.read(o)
		}
	}
	v.changed()
}

// connection notes whether changes arrive live and reports whether that has
// changed.
func (v *View) connection(b realtime.Batch) (changed bool) {
	lost := time.Time{}
	if b.State == realtime.Lost || b.State == realtime.Refused {
		lost = b.Since
	}
	changed = lost != v.lost
	v.lost = lost
	return changed
}
