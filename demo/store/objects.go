package store

import (
	"iter"
	"maps"
	"math"
	"slices"
)

// Object is an immutable managed object. The Document holds name, type, owner and all fragments; what the platform
// decides stands beside it.
type Object struct {
	ID      ID
	Created int64 // creationTime in Unix milliseconds
	Updated int64 // lastUpdated in Unix milliseconds
	Document
}

// Relation is one of the three ways in which objects hang together.
type Relation int

// The relations, in the order in which documents list them.
const (
	Additions Relation = iota // childAdditions
	Assets                    // childAssets
	Devices                   // childDevices
)

// Relations are all there are.
func Relations() []Relation { return []Relation{Additions, Assets, Devices} }

// ExternalID is a name that a device has elsewhere. The pair is unique in a tenant.
type ExternalID struct{ Type, Value string }

// Objects are the managed objects, their hierarchy and their external ids.
type Objects struct {
	table      table[Object]
	children   [3]links
	parents    [3]links
	byExternal map[ExternalID]ID
	externals  map[ID][]ExternalID

	base    ID       // the id that the first of marks is for
	marks   []uint64 // when an object changed last, counted in changes
	changes uint64
	columns *columns
}

// links are ordered, duplicate-free id lists by id. A list that was handed out is never changed in place.
type links map[ID][]ID

func (l links) add(from, to ID) bool {
	list := l[from]
	at, found := slices.BinarySearch(list, to)
	switch {
	case found:
		return false
	case at == len(list):
		l[from] = append(list, to)
	default:
		l[from] = slices.Insert(slices.Clip(slices.Clone(list)), at, to)
	}
	return true
}

func (l links) remove(from, to ID) bool {
	list := l[from]
	at, found := slices.BinarySearch(list, to)
	if !found {
		return false
	}
	if len(list) == 1 {
		delete(l, from)
		return true
	}
	l[from] = slices.Concat(list[:at], list[at+1:])
	return true
}

// Len returns how many objects there are.
func (o *Objects) Len() int { return o.table.count }

// Create stores a new object and returns it.
func (o *Objects) Create(doc Document, created, updated int64) *Object {
	object := &Object{ID: o.table.next(), Created: created, Updated: updated, Document: doc}
	o.table.append(object)
	o.mark(object.ID)
	return object
}

// Get returns an object, nil if there is none.
func (o *Objects) Get(id ID) *Object { return o.table.get(id) }

// Put replaces the document of an object and returns the new object; nil if there is none.
func (o *Objects) Put(id ID, doc Document, updated int64) *Object {
	old := o.Get(id)
	if old == nil {
		return nil
	}
	object := &Object{ID: id, Created: old.Created, Updated: updated, Document: doc}
	o.table.replace(id, object)
	o.mark(id)
	return object
}

// Delete removes an object with its place in the hierarchy and its external ids. Its children stay.
func (o *Objects) Delete(id ID) {
	for relation := range o.children {
		for _, child := range o.children[relation][id] {
			o.parents[relation].remove(child, id)
		}
		for _, parent := range o.parents[relation][id] {
			o.children[relation].remove(parent, id)
		}
		delete(o.children[relation], id)
		delete(o.parents[relation], id)
	}
	for _, external := range o.externals[id] {
		delete(o.byExternal, external)
	}
	delete(o.externals, id)
	if o.Get(id) != nil {
		o.mark(id)
	}
	o.table.remove(id)
}

// batch is how many objects a scan takes at a time.
const batch = 1024

// After returns objects with larger ids than the given one in ascending order, at most a batch; the id to go on
// from; and whether there may be more. Going on after a lock was released misses nothing that stays and repeats nothing.
func (o *Objects) After(id ID, into []*Object) (objects []*Object, last ID, more bool) {
	return o.table.after(id, batch, 4*batch, into[:0])
}

// All walks over the objects by ascending id without holding the lock for longer than one batch.
func (s *Store) All() iter.Seq[*Object] { return s.Between(0, math.MaxInt64) }

// Between is [Store.All] for the objects with larger ids than after, and at most upTo.
func (s *Store) Between(after, upTo ID) iter.Seq[*Object] {
	return func(yield func(*Object) bool) {
		objects := make([]*Object, 0, batch)
		for last, more := after, true; more; {
			s.View(func(d *Data) { objects, last, more = d.Objects.After(last, objects) })
			for _, object := range objects {
				if object.ID > upTo || !yield(object) {
					return
				}
			}
		}
	}
}

// Link makes child a child of parent. It reports whether anything changed; objects that do not exist are not linked.
func (o *Objects) Link(relation Relation, parent, child ID) bool {
	if o.Get(parent) == nil || o.Get(child) == nil {
		return false
	}
	if o.children[relation] == nil {
		o.children[relation], o.parents[relation] = links{}, links{}
	}
	o.parents[relation].add(child, parent)
	return o.children[relation].add(parent, child)
}

// Unlink takes a child from its parent and reports whether it was one.
func (o *Objects) Unlink(relation Relation, parent, child ID) bool {
	if !o.children[relation].remove(parent, child) {
		return false
	}
	return o.parents[relation].remove(child, parent)
}

// Children returns the ids of direct children, ascending. The list must not be changed.
func (o *Objects) Children(relation Relation, parent ID) []ID { return o.children[relation][parent] }

// Parents returns the ids of direct parents, ascending. The list must not be changed.
func (o *Objects) Parents(relation Relation, child ID) []ID { return o.parents[relation][child] }

// ChildIDs walks over the ids of all objects that are children, in no order.
func (o *Objects) ChildIDs(relation Relation) iter.Seq[ID] { return maps.Keys(o.parents[relation]) }

// IsChild reports whether child is a direct child of parent.
func (o *Objects) IsChild(relation Relation, parent, child ID) bool {
	_, found := slices.BinarySearch(o.children[relation][parent], child)
	return found
}

// Descendants returns an object and everything below it by some relations, each once, parents before children.
func (o *Objects) Descendants(id ID, relations ...Relation) []ID {
	return reach(id, o.children, relations)
}

// Ancestors returns everything above an object by some relations, nearest first, without the object itself.
func (o *Objects) Ancestors(id ID, relations ...Relation) []ID {
	return reach(id, o.parents, relations)[1:]
}

// reach walks breadth first; hierarchies may have diamonds and even circles.
func reach(id ID, edges [3]links, relations []Relation) []ID {
	found := []ID{id}
	var seen map[ID]bool
	for at := 0; at < len(found); at++ {
		for _, relation := range relations {
			for _, next := range edges[relation][found[at]] {
				if seen == nil {
					seen = map[ID]bool{id: true}
				}
				if !seen[next] {
					seen[next] = true
					found = append(found, next)
				}
			}
		}
	}
	return found
}

// Identify gives an object an external id. It reports false if the pair is taken.
func (o *Objects) Identify(id ID, external ExternalID) bool {
	if _, taken := o.byExternal[external]; taken {
		return false
	}
	if o.byExternal == nil {
		o.byExternal, o.externals = map[ExternalID]ID{}, map[ID][]ExternalID{}
	}
	o.byExternal[external] = id
	o.externals[id] = append(slices.Clip(o.externals[id]), external)
	o.mark(id)
	return true
}

// Identified returns the object with an external id.
func (o *Objects) Identified(external ExternalID) (ID, bool) {
	id, ok := o.byExternal[external]
	return id, ok
}

// ExternalIDs returns the external ids of an object in the order in which it got them. The list must not be changed.
func (o *Objects) ExternalIDs(id ID) []ExternalID { return o.externals[id] }

// Forget removes an external id.
func (o *Objects) Forget(external ExternalID) {
	id, ok := o.byExternal[external]
	if !ok {
		return
	}
	delete(o.byExternal, external)
	o.mark(id)
	list := slices.DeleteFunc(slices.Clone(o.externals[id]), func(e ExternalID) bool { return e == external })
	if len(list) == 0 {
		delete(o.externals, id)
		return
	}
	o.externals[id] = list
}
