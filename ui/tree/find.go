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
