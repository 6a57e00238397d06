package tree

// Expand opens the node under the cursor. If its children are not known, or
// could not be loaded, the node is loading from now on, and Expand returns its
// path: the caller is to load it. Otherwise it returns nil.
func (t *Tree[K]) Expand() (load []K) {
	n := t.cursor
	if n == nil || t.leaf(n) {
		return nil
	}
	n.setOpen(true)
	t.dirty = true
	t.settle()
	if n.loading || n.loaded && n.failure == nil {
		return nil
	}
	return t.load(n)
}

// Collapse closes the node under the cursor; if there is nothing to close, the
// cursor moves to the parent.
func (t *Tree[K]) Collapse() {
	if t.cursor != nil && !t.close(t.cursor) {
		t.Parent()
	}
}

// Toggle closes the node under the cursor if it is open and opens it otherwise;
// see [Tree.Expand] for what it returns.
func (t *Tree[K]) Toggle() (load []K) {
	if n := t.cursor; n != nil && n.failure == nil && t.close(n) {
		return nil
	}
	return t.Expand()
}

// close closes a node and returns false if there was nothing to close.
func (t *Tree[K]) close(n *node[K]) bool {
	if !n.open || len(n.children) == 0 && n.state() == Open {
		return false
	}
	n.setOpen(false)
	t.dirty = true
	t.settle()
	return true
}

// Reload says that the children of the node under the cursor are to be loaded
// again and returns its path, nil if there is nothing to load. What is shown
// stays until the answer comes.
func (t *Tree[K]) Reload() (load []K) {
	if t.cursor == nil || t.cursor.loading || t.leaf(t.cursor) {
		return nil
	}
	t.dirty = true
	return t.load(t.cursor)
}

// ExpandAll opens the node under the cursor and everything below it that is
// loaded.
func (t *Tree[K]) ExpandAll() { t.spread(true) }

// CollapseAll closes the node under the cursor and everything below it.
func (t *Tree[K]) CollapseAll() { t.spread(false) }

// Reveal opens the way to a path and moves the cursor there. Where the way is
// not loaded so far, it goes as far as it can and returns the path to be loaded
// next; the caller loads it and calls Reveal again. It returns false if the path
// does not exist, or something on the way is a leaf or failed. The top nodes must
// have been set before.
func (t *Tree[K]) Reveal(path []K) (load []K, ok bool) {
	n := t.root
	for _, key := range path {
		c := n.child(key)
		if c == nil {
			t.reach(n)
			if n.loading {
				return n.path(), true
			}
			if n.loaded || n.failure != nil || t.leaf(n) {
				return nil, false
			}
			n.setOpen(true)
			return t.load(n), true
		}
		n = c
	}
	t.reach(n)
	return nil, n != t.root
}

// reach opens all ancestors of a node and moves the cursor to it.
func (t *Tree[K]) reach(n *node[K]) {
	if n == t.root {
		return
	}
	for p := n.parent; p != nil; p = p.parent {
		p.setOpen(true)
	}
	t.dirty = true
	t.moveTo(n)
	t.settle()
}

// load marks a node as loading and returns its path.
func (t *Tree[K]) load(n *node[K]) []K {
	n.loading, n.failure = true, nil
	return n.path()
}

// spread opens or closes the subtree under the cursor.
func (t *Tree[K]) spread(open bool) {
	if n := t.cursor; n != nil {
		before := n.rows()
		n.spread(open)
		n.report(n.rows() - before)
		t.dirty = true
		t.settle()
	}
}

// leaf reports whether a node has nothing to open.
func (t *Tree[K]) leaf(n *node[K]) bool {
	if len(n.children) > 0 || n.loading || n.failure != nil {
		return false
	}
	return n.loaded || t.describe(n.key).Leaf
}
