package tree

// Click moves the cursor to the row under the cell x, y, counted from the upper
// left corner of the tree; on the sign before the text it toggles the node, on
// the scrollbar it scrolls. It returns the path to be loaded, as [Tree.Toggle]
// does, and whether a node was hit.
func (t *Tree[K]) Click(x, y int) (load []K, hit bool) {
	if t.cursor == nil || x < 0 || y < 0 || x >= t.width || y >= t.height {
		return nil, false
	}
	t.View() // what a user sees is what he hits
	bar := t.bar()
	if x == t.width-1 && bar.Needed() {
		t.Scroll(bar.OffsetAt(y) - bar.Offset)
		return nil, false
	}
	n := t.root.at(bar.Offset + y)
	if n == nil {
		return nil, false
	}
	t.moveTo(n)
	if x == t.signs[y] {
		return t.Toggle(), true
	}
	return nil, true
}
