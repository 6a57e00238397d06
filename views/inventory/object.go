package inventory

import (
	"cmp"
	"context"
	"slices"
	"time"

	"c8yx/c8yclient"
	"c8yx/ui/text"
	"c8yx/views/show"
)

// kind is what a managed object is.
type kind uint8

const (
	group kind = iota
	smartGroup
	device
	service
	asset  // any other
	branch // made up here: the top of the tree, and the devices without a group
)

// one names an object of the kind within a sentence.
func (k kind) one() text.Safe {
	switch k {
	case group:
		return "group"
	case smartGroup:
		return "smart group"
	case device:
		return "device"
	case service:
		return "service"
	}
	return "object"
}

// The ids of what is made up here; the platform's are numbers.
const (
	topID    = ""
	looseID  = "-"
	noNumber = -1 // a count that the tenant has not told
)

// relation is how an object is below another.
type relation uint8

const (
	top      relation = iota // it has nothing above it
	member                   // child asset
	behind                   // child device
	addition                 // child addition: a service, a file
	answer                   // the query of a smart group finds it
	loose                    // a device without a group

	stored = int(addition) // how many relations the platform stores
)

// children returns the platform's name of the relation, "" if it stores none.
func (r relation) children() c8yclient.ChildKind {
	switch r {
	case member:
		return c8yclient.ChildAssets
	case behind:
		return c8yclient.ChildDevices
	case addition:
		return c8yclient.ChildAdditions
	}
	return ""
}

// key identifies a child below its parent. An object may be below another in
// two ways, so the id alone does not.
type key struct {
	relation relation
	id       string
	again    bool // the same object is above it already: the relations form a cycle
}

// link is a child of an object.
type link struct {
	relation relation
	object   *object
}

// object is a managed object, as far as the tree shows it.
type object struct {
	show.Device
	kind   kind
	query  string // of a smart group
	state  string // of a service: up, down
	hidden bool   // a smart group that applications do not show
	counts [stored]int
	heard  time.Time // when the last live message about it came

	// What is below it.
	links  []link
	linked map[key]bool
	above  []*object // the loaded objects that have it below them
	opened [][]key   // the paths at which it was opened
	reading
	sum sum
}

// reading is how far the reading of an object's children has come.
type reading struct {
	number int // of the reading; answers of earlier ones are dropped
	stop   context.CancelFunc
	loaded bool // a reading has ended well; what is below it is known
	err    error
}

// newObject takes from a managed object what the tree shows.
func newObject(m *c8yclient.ManagedObject) *object {
	o := &object{Device: *show.NewDevice(m), counts: [stored]int{noNumber, noNumber, noNumber}}
	switch {
	case m.IsSmartGroup():
		o.kind = smartGroup
		o.query, _ = c8yclient.FragmentAs[string](m, "c8y_DeviceQueryString")
		fragment, _ := c8yclient.FragmentAs[c8yclient.Document](m, "c8y_IsDynamicGroup")
		o.hidden = fragment.HasFragment("invisible")
	case m.IsGroup():
		o.kind = group
	case m.IsDevice():
		o.kind = device
	case m.Type == "c8y_Service":
		o.kind = service
		o.state, _ = c8yclient.FragmentAs[string](m, "status")
	default:
		o.kind = asset
	}
	for i, block := range []c8yclient.References{m.ChildAssets, m.ChildDevices, m.ChildAdditions} {
		if block.Count != nil {
			o.counts[i] = *block.Count
		}
	}
	return o
}

// children returns how many children the object has, noNumber if that is not
// known.
func (o *object) children() int {
	if o.loaded || o.kind == smartGroup && o.links != nil {
		return len(o.links)
	}
	if o.kind == smartGroup {
		return noNumber
	}
	total := 0
	for _, n := range o.counts {
		if n == noNumber {
			return noNumber
		}
		total += n
	}
	return total
}

// update takes over what the tenant said of the object when it was asked at a
// time, unless a live message came since: then it keeps what that said.
func (o *object) update(fresh *object, asked time.Time) {
	for i, n := range fresh.counts {
		if n != noNumber {
			o.counts[i] = n // live messages have no counts
		}
	}
	if !o.heard.After(asked) {
		o.Device, o.kind, o.query, o.state, o.hidden = fresh.Device, fresh.kind, fresh.query, fresh.state, fresh.hidden
	}
}

// label is what the object is called.
func (o *object) label() string { return cmp.Or(o.Name, o.ID) }

// link puts a child below the object and reports whether it was not there.
func (o *object) link(r relation, child *object) bool {
	k := key{relation: r, id: child.ID}
	if o.linked[k] {
		return false
	}
	if o.linked == nil {
		o.linked = make(map[key]bool)
	}
	o.linked[k] = true
	o.links = append(o.links, link{r, child})
	if !slices.Contains(child.above, o) {
		child.above = append(child.above, o)
	}
	return true
}

// unlink takes a child away, in whatever relations it is below the object.
func (o *object) unlink(child *object) {
	o.links = slices.DeleteFunc(o.links, func(l link) bool {
		if l.object == child {
			delete(o.linked, key{relation: l.relation, id: child.ID})
			return true
		}
		return false
	})
	child.above = slices.DeleteFunc(child.above, func(p *object) bool { return p == o })
}

// relink replaces everything below the object and returns what is no longer
// there.
func (o *object) relink(links []link) (gone []*object) {
	old := o.links
	for _, l := range old {
		l.object.above = slices.DeleteFunc(l.object.above, func(p *object) bool { return p == o })
	}
	o.links, o.linked = make([]link, 0, len(links)), make(map[key]bool, len(links))
	for _, l := range links {
		o.link(l.relation, l.object)
	}
	for _, l := range old {
		if !slices.Contains(l.object.above, o) {
			gone = append(gone, l.object)
		}
	}
	return gone
}

// keys returns the keys of the object's children below a path that leads to it.
func (o *object) keys(path []key) []key {
	keys := make([]key, len(o.links))
	for i, l := range o.links {
		keys[i] = keyOf(path, l.relation, l.object.ID)
	}
	return keys
}

// keyOf returns the key of a child below a path, marked if it is on that path
// itself.
func keyOf(path []key, r relation, id string) key {
	return key{relation: r, id: id, again: slices.ContainsFunc(path, func(k key) bool { return k.id == id })}
}

// entry is a child with what it is ordered by, so that children can be sorted
// beside the update loop while the objects change on it.
type entry struct {
	link
	rank int
	name string
	id   string
}

func newEntry(l link) entry {
	e := entry{link: l, name: l.object.label(), id: l.object.ID}
	switch l.object.kind {
	case group:
		e.rank = 0
	case smartGroup:
		e.rank = 1
	case branch:
		e.rank = 20
	default:
		e.rank = 2 + int(l.relation)
	}
	return e
}

// compare orders children: groups first, then by relation, then as people order
// names.
func (e entry) compare(other entry) int {
	return cmp.Or(
		cmp.Compare(e.rank, other.rank),
		show.CompareNames(e.name, other.name),
		show.CompareIDs(e.id, other.id),
	)
}

// sorted returns the entries of children in their order.
func sorted(children []link) []entry {
	entries := make([]entry, len(children))
	for i, l := range children {
		entries[i] = newEntry(l)
	}
	slices.SortFunc(entries, entry.compare)
	return entries
}

// sum is the alarms of an object and of all that is loaded below it.
type sum struct {
	version uint64 // of the alarms for which it was made
	seen    uint64 // the round in which the object was counted last
	alarms  show.AlarmCounts
	below   bool // some of it comes from below
	things  int  // how many objects are below
}

// sums adds up alarms. Everything counts once, however often it is below
// something, and cycles do no harm.
type sums struct {
	version uint64
	round   uint64
}

// of returns the sum of an object; it is made anew if alarms have changed.
func (s *sums) of(o *object) *sum {
	if o.sum.version == s.version {
		return &o.sum
	}
	s.round++
	round := s.round
	own := o.Alarms
	total, things := show.AlarmCounts{}, 0
	var add func(*object)
	add = func(x *object) {
		if x.sum.seen == round {
			return
		}
		x.sum.seen = round
		total = total.Plus(x.Alarms)
		things++
		for _, l := range x.links {
			add(l.object)
		}
	}
	add(o)
	o.sum.version, o.sum.alarms, o.sum.below, o.sum.things = s.version, total, total != own, things-1
	return &o.sum
}

// shift corrects the sums of an object and of all above it after its alarms
// changed, which happens often, without adding everything up anew.
func (s *sums) shift(o *object, before show.AlarmCounts) {
	if o.Alarms == before {
		return
	}
	s.round++
	var correct func(*object)
	correct = func(x *object) {
		if x.sum.seen == s.round {
			return
		}
		x.sum.seen = s.round
		if x.sum.version == s.version {
			x.sum.alarms = x.sum.alarms.Plus(o.Alarms).Minus(before)
			x.sum.below = x.sum.alarms != x.Alarms
		}
		for _, p := range x.above {
			correct(p)
		}
	}
	correct(o)
}
