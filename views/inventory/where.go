package inventory

import (
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
)

// Limits for the search upwards, against relations that somebody's script has
// woven into a net.
const (
	mostAbove = 400 // objects above
	mostWays  = 32
	atOnce    = 4 // requests
)

// way leads from the top of the tree down to an object, each step with how it is
// below the one before.
type way []link

// climber finds everything that is above an object.
type climber struct {
	client *c8yclient.Client
	found  map[string]*ledge
}

// ledge is an object that was reached on the way up.
type ledge struct {
	object *object
	// asks says for which relations the tenant has told of parents.
	asks  [stored]bool
	above []step
}

// step leads up to a parent.
type step struct {
	relation relation
	parent   string
}

// climb finds all ways down to an object. The platform tells all ancestors of
// an object but not how they hang together, so the parents of each are asked
// for, level by level.
func climb(ctx context.Context, client *c8yclient.Client, id string) ([]way, error) {
	m, err := client.Inventory.Get(ctx, id, &c8yclient.InventoryDetail{WithParents: true, WithChildrenCount: true})
	if err != nil {
		return nil, err
	}
	c := &climber{client: client, found: map[string]*ledge{id: newLedge(m)}}
	for level := []string{id}; len(level) > 0 && len(c.found) < mostAbove; {
		if level, err = c.up(ctx, level); err != nil {
			return nil, err
		}
	}
	var ways []way
	c.down(id, nil, &ways)
	return ways, nil
}

func newLedge(m *c8yclient.ManagedObject) *ledge {
	return &ledge{object: newObject(m), asks: [stored]bool{
		len(m.AssetParents.References) > 0, len(m.DeviceParents.References) > 0, len(m.AdditionParents.References) > 0,
	}}
}

// up asks for the parents of everything on a level and returns those that were
// not known: the next level.
func (c *climber) up(ctx context.Context, level []string) ([]string, error) {
	type answer struct {
		child    string
		relation relation
		parents  []*c8yclient.ManagedObject
	}
	var answers []*answer
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, id := range level {
		for r := member; r <= addition; r++ {
			if !c.found[id].asks[r-member] {
				continue
			}
			a := &answer{child: id, relation: r}
			answers = append(answers, a)
			group.Go(func() error {
				options := listing(parentsOf(r, id))
				options.WithParents = true
				page, err := c.client.Inventory.Page(ctx, options)
				if err == nil {
					a.parents = page.Items
				}
				return err
			})
		}
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var next []string
	for _, a := range answers {
		for _, m := range a.parents {
			if c.found[m.ID] == nil {
				c.found[m.ID] = newLedge(m)
				next = append(next, m.ID)
			}
			child := c.found[a.child]
			child.above = append(child.above, step{a.relation, m.ID})
		}
	}
	return next, nil
}

// parentsOf selects the parents of a child.
func parentsOf(r relation, id string) c8yclient.InventoryFilter {
	switch r {
	case member:
		return c8yclient.InventoryFilter{ChildAssetID: id}
	case behind:
		return c8yclient.InventoryFilter{ChildDeviceID: id}
	default:
		return c8yclient.InventoryFilter{ChildAdditionID: id}
	}
}

// down gathers the ways from the top to an object, of which the lower part is
// known already.
func (c *climber) down(id string, below way, ways *[]way) {
	l := c.found[id]
	if len(l.above) == 0 {
		first := link{top, l.object}
		whole := way{first}
		if l.object.kind == device {
			whole = way{{top, newBranch(noNumber)}, {loose, l.object}}
		}
		*ways = append(*ways, append(whole, below...))
		return
	}
	for _, s := range l.above {
		known := s.parent == id || slices.ContainsFunc(below, func(b link) bool { return b.object.ID == s.parent })
		if known || len(*ways) == mostWays {
			continue
		}
		c.down(s.parent, append(way{{s.relation, l.object}}, below...), ways)
	}
}

// whereabouts is the object that was asked for, and where it is.
type whereabouts struct {
	id    string
	paths [][]key
	names []text.Safe // of the paths
	at    int         // the path that the cursor was put on
}

// locate opens all ways to an object and puts the cursor on it; asked again for
// the same one, it goes to the next place where that is.
func (v *View) locate(id string) {
	if v.where.id == id && len(v.where.paths) > 0 {
		v.where.at = (v.where.at + 1) % len(v.where.paths)
		v.tree.Reveal(v.where.paths[v.where.at])
		v.changed()
		return
	}
	v.where = whereabouts{id: id}
	asked := time.Now()
	ui.Load(v.scope, func(ctx context.Context) ([]way, error) {
		return climb(ctx, v.tenant.Client, id)
	}, func(ways []way, err error) {
		if v.where.id != id {
			return // another one has been asked for meanwhile
		}
		if err != nil {
			v.scope.Toast(toast.Failure, "Where is "+text.Clean(v.tenant.Name(id))+"? "+fault.Explain(err))
			return
		}
		v.reveal(ways, asked)
	})
}

// reveal opens the ways; the cursor goes to the end of the first.
func (v *View) reveal(ways []way, asked time.Time) {
	for _, w := range ways {
		if w = v.within(w); w != nil {
			v.where.paths = append(v.where.paths, v.unfold(w, asked))
			v.where.names = append(v.where.names, w.name())
		}
	}
	for _, path := range slices.Backward(v.where.paths) {
		v.tree.Reveal(path)
	}
	switch {
	case len(v.where.paths) == 0 && v.root != "":
		v.scope.Toast(toast.Caution, "It is not below "+text.Clean(v.tenant.Name(v.root))+". Ask again in the whole tree.")
	case len(v.where.paths) == 0:
		v.scope.Toast(toast.Caution, "It has no place in the tree: what is above it forms a cycle.")
	case len(v.where.paths) > 1:
		v.scope.Toast(toast.Info, "It is in "+text.Count(len(v.where.paths))+" places; asking again goes to the next.")
	}
	v.sums.version++
	v.changed()
}

// within cuts off what is above the object that this tree begins with, nil if
// the way does not lead through it.
func (v *View) within(w way) way {
	if v.root == "" {
		return w
	}
	at := slices.IndexFunc(w, func(l link) bool { return l.object.ID == v.root })
	if at < 0 {
		return nil
	}
	cut := slices.Clone(w[at:])
	cut[0].relation = top
	return cut
}

// unfold puts the steps of a way into the tree, has the rest of what is beside
// them read, and returns the path.
func (v *View) unfold(w way, asked time.Time) []key {
	var path []key
	parent := v.objects[topID]
	for _, l := range w {
		if l.object.ID == looseID && v.objects[looseID] != nil {
			l.object = v.objects[looseID] // what is known about it stays
		}
		l.object = v.adopt(l.object, asked)
		if l.relation == top && l.object.kind != group && l.object.kind != smartGroup && l.object.kind != branch {
			v.pinned = append(v.pinned, l) // no list of roots has it
		}
		parent.link(l.relation, l.object)
		k := keyOf(path, l.relation, l.object.ID)
		v.open(parent, path)
		v.tree.AddChildren(path, []key{k}, !parent.loaded)
		if !parent.loaded && parent.stop == nil {
			v.read(parent)
		}
		path = append(path, k)
		parent = l.object
	}
	return path
}

// name returns the names along a way.
func (w way) name() text.Safe {
	names := make([]string, 0, len(w))
	for _, l := range w {
		name := l.object.label()
		if l.object.ID == looseID {
			name = "no group"
		}
		names = append(names, name)
	}
	return text.Clean(strings.Join(names, " › "))
}
