package tree

// Find moves the cursor to the next node that match accepts, or the previous
// one with backward set, among all that are loaded: closed nodes on the way to
// it are opened. It goes on from the other end and returns false if nothing
// matches but perhaps the node under the cursor.
func (t *Tree[K]) Find(match func(key K, n Node) bool, backward bool) bool {
	if t.cursor == nil {
		return false
	}
	for n := t.neighbour(t.cursor, backward); n != t.cursor; n = t.neighbour(n, backward) {
		if match(n.key, t.describe(n.key)) {
			t.reach(n)
			return true
		}
	}
	return false
}

// neighbour returns the loaded node next to n, in a circle.
func (t *Tree[K]) neighbour(n *node[K], backward bool) *node[K] {
	if backward {
		if before := n.previous(); before != nil {
			return before
		}
		return t.root.deepest()
	}
	if after := n.next(true); after != nil {
		return after
	}
	return t.root.children[0]
}

// ToggleMark marks the node under the cursor or removes its mark.
func (t *Tree[K]) ToggleMark() {
	if n := t.cursor; n != nil {
		if n.marked = !n.marked; n.marked {
			t.marks[n] = struct{}{}
		} else {
			delete(t.marks, n)
		}
		t.dirty = true
	}
}

// ClearMarks removes all marks.
func (t *Tree[K]) ClearMarks() {
	for n := range t.marks {
		n.marked, t.dirty = false, true
	}
	clear(t.marks)
}

// Marked returns the paths of the marked nodes in the order of the tree, in
// closed nodes too.
func (t *Tree[K]) Marked() [][]K {
	var paths [][]K
	for n := t.root.next(true); n != nil && len(paths) < len(t.marks); n = n.next(true) {
		if n.marked {
			paths = append(paths, n.path())
		}
	}
	return paths
}
