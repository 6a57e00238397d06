package tree

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
