package tree

import (
	"slices"

	"c8yx/ui/text"
)

// SetChildren says what lies below a path: all of it, in this order. Nodes whose
// keys were there before keep what is open, loaded and marked below them. It
// ends the loading of the node and returns false if the path is not known (any
// more). A key that occurs twice counts once.
func (t *Tree[K]) SetChildren(path []K, keys []K) bool {
	n := t.find(path)
	if n == nil {
		return false
	}
	old := n.children
	refuge := t.refuge(n)
	n.children, n.byKey = nil, nil
	reuse := func(K) *node[K] { return nil }
	if len(old) > 0 {
		byKey := make(map[K]*node[K], len(old))
		for _, c := range old {
			byKey[c.key], c.parent = c, nil
		}
		reuse = func(key K) *node[K] { return byKey[key] }
	}
	n.add(keys, reuse)
	n.report(n.recount(0))
	n.arrived(false)
	t.changed(refuge)
	return true
}

// AddChildren adds nodes behind those that lie below a path already; keys that
// are there are left where they are. With more set, the node counts as still
// loading. It returns false if the path is not known (any more).
func (t *Tree[K]) AddChildren(path []K, keys []K, more bool) bool {
	n := t.find(path)
	if n == nil {
		return false
	}
	from := len(n.children)
	n.add(keys, func(K) *node[K] { return nil })
	n.report(n.recount(from))
	n.arrived(more)
	t.changed(nil)
	return true
}

// InsertChild adds one node below a path, before the child at index, and returns
// false if the path is not known or already has that key. An index out of range
// means the nearest end.
func (t *Tree[K]) InsertChild(path []K, index int, key K) bool {
	n := t.find(path)
	if n == nil || n.child(key) != nil {
		return false
	}
	index = max(min(index, len(n.children)), 0)
	c := &node[K]{key: key}
	n.children = slices.Insert(n.children, index, c)
	if n.byKey != nil {
		n.byKey[key] = c
	}
	n.report(n.recount(index))
	t.changed(nil)
	return true
}

// Remove takes a node and all below it away and returns false if the path is
// not known.
func (t *Tree[K]) Remove(path []K) bool {
	n := t.find(path)
	if n == nil || n == t.root {
		return false
	}
	p := n.parent
	refuge := t.refuge(p)
	p.children = slices.Delete(p.children, n.index, n.index+1)
	delete(p.byKey, n.key)
	n.parent = nil
	p.report(p.recount(n.index))
	t.changed(refuge)
	return true
}

// Fail says that the children of a path could not be loaded, and why. Those
// that were there stay. It returns false if the path is not known (any more).
func (t *Tree[K]) Fail(path []K, reason text.Safe) bool {
	n := t.find(path)
	if n == nil {
		return false
	}
	n.loading, n.failure = false, &failure{reason}
	t.dirty = true
	return true
}

// State returns what the node at a path shows, and the reason if it failed. It
// returns Closed for a path that is not known.
func (t *Tree[K]) State(path []K) (state State, reason text.Safe) {
	n := t.find(path)
	if n == nil {
		return Closed, ""
	}
	state = n.state()
	if state == Failed {
		reason = n.failure.reason
	}
	return state, reason
}

// Children returns the keys below a path, nil if they are not loaded.
func (t *Tree[K]) Children(path []K) []K {
	n := t.find(path)
	if n == nil || !n.loaded {
		return nil
	}
	keys := make([]K, len(n.children))
	for i, c := range n.children {
		keys[i] = c.key
	}
	return keys
}

// add appends nodes with the given keys, those that reuse returns where it
// returns one, leaving out keys that are there.
func (n *node[K]) add(keys []K, reuse func(K) *node[K]) {
	if len(n.children)+len(keys) > fewNodes && n.byKey == nil {
		n.byKey = make(map[K]*node[K], len(n.children)+len(keys))
		for _, c := range n.children {
			n.byKey[c.key] = c
		}
	}
	n.children = slices.Grow(n.children, len(keys))
	for _, key := range keys {
		if n.child(key) != nil {
			continue
		}
		c := reuse(key)
		if c == nil {
			c = &node[K]{key: key}
		}
		n.children = append(n.children, c)
		if n.byKey != nil {
			n.byKey[key] = c
		}
	}
}

// arrived notes that children came, the last of them or not.
func (n *node[K]) arrived(more bool) {
	n.loaded, n.loading, n.failure = true, more, nil
}

// state returns what the node shows of its children.
func (n *node[K]) state() State {
	switch {
	case n.failure != nil:
		return Failed
	case n.loading:
		return Loading
	case n.open:
		return Open
	}
	return Closed
}

// refuge returns the nodes, best first, to which the cursor goes if it loses its
// place below p: the siblings after its branch, those before it, and p.
func (t *Tree[K]) refuge(p *node[K]) []*node[K] {
	branch := t.cursor
	for branch != nil && branch.parent != p {
		branch = branch.parent
	}
	if branch == nil {
		return nil
	}
	nodes := slices.Clone(p.children[branch.index:])
	for i := branch.index - 1; i >= 0; i-- {
		nodes = append(nodes, p.children[i])
	}
	return append(nodes, p)
}

// changed puts things right after the structure changed.
func (t *Tree[K]) changed(refuge []*node[K]) {
	t.dirty = true
	if t.cursor != nil && !t.cursor.within(t.root) {
		t.cursor = nil
		for _, n := range refuge {
			if n != t.root && n.within(t.root) {
				t.cursor = n
				break
			}
		}
	}
	if t.cursor == nil && len(t.root.children) > 0 {
		t.cursor, t.line = t.root.children[0], 0
	}
	for n := range t.marks {
		if !n.within(t.root) {
			delete(t.marks, n)
		}
	}
	t.settle()
}
