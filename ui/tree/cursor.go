package tree

import "iter"

// Cursor returns the path of the node under the cursor, nil if there are none.
func (t *Tree[K]) Cursor() []K {
	if t.cursor == nil {
		return nil
	}
	return t.cursor.path()
}

// Selected returns the key of the node under the cursor, false if there are no
// nodes.
func (t *Tree[K]) Selected() (K, bool) {
	if t.cursor == nil {
		var none K
		return none, false
	}
	return t.cursor.key, true
}

// Move moves the cursor by a number of rows, up if negative.
func (t *Tree[K]) Move(rows int) {
	if t.cursor != nil {
		t.jump(add(t.cursor.row(), rows))
	}
}

// Page moves the cursor by a number of pages, up if negative, and the rows with
// it.
func (t *Tree[K]) Page(pages int) { t.leap(pages * max(t.page()-1, 1)) }

// HalfPage moves the cursor by a number of half pages, up if negative, and the
// rows with it.
func (t *Tree[K]) HalfPage(pages int) { t.leap(pages * max(t.page()/2, 1)) }

// Home moves the cursor to the first row.
func (t *Tree[K]) Home() { t.jump(0) }

// End moves the cursor to the last row.
func (t *Tree[K]) End() { t.jump(t.Len() - 1) }

// Parent moves the cursor to the parent of its node; a top node has none.
func (t *Tree[K]) Parent() {
	if t.cursor != nil && t.cursor.parent != t.root {
		t.moveTo(t.cursor.parent)
	}
}

// Sibling moves the cursor by a number of nodes below the same parent, up if
// negative, past everything that is open in between.
func (t *Tree[K]) Sibling(nodes int) {
	if t.cursor == nil {
		return
	}
	siblings := t.cursor.parent.children
	t.moveTo(siblings[max(min(add(t.cursor.index, nodes), len(siblings)-1), 0)])
}

// Scroll moves the window over the rows, as the mouse wheel does, and takes the
// cursor along where it would leave the screen.
func (t *Tree[K]) Scroll(rows int) {
	if t.cursor == nil {
		return
	}
	row := t.cursor.row()
	offset := max(min(add(row-t.line, rows), t.Len()-t.page()), 0)
	row = max(min(row, offset+t.page()-1), offset)
	t.cursor, t.line, t.dirty = t.root.at(row), row-offset, true
}

// Visible returns the keys of the rows on the screen, from top to bottom. What is
// expensive to know about a node is worth knowing for these.
func (t *Tree[K]) Visible() iter.Seq[K] {
	return func(yield func(K) bool) {
		if t.cursor == nil {
			return
		}
		n := t.root.at(t.cursor.row() - t.line)
		for range t.height {
			if n == nil || !yield(n.key) {
				return
			}
			n = n.next(false)
		}
	}
}

// jump moves the cursor to a row, the nearest that exists.
func (t *Tree[K]) jump(row int) {
	if t.cursor != nil {
		t.moveTo(t.root.at(max(min(row, t.Len()-1), 0)))
	}
}

// leap moves cursor and window together.
func (t *Tree[K]) leap(rows int) {
	if t.cursor == nil {
		return
	}
	row := max(min(add(t.cursor.row(), rows), t.Len()-1), 0)
	t.cursor, t.dirty = t.root.at(row), true
	t.settle()
}

// moveTo moves the cursor to a visible node and scrolls no further than it takes
// to show it.
func (t *Tree[K]) moveTo(n *node[K]) {
	if n != t.cursor {
		t.line += n.row() - t.cursor.row()
		t.cursor, t.dirty = n, true
		t.settle()
	}
}

// settle brings the cursor's node and line back to what exists: a node whose
// ancestors are open, a line on the screen, no empty lines without need.
func (t *Tree[K]) settle() {
	if t.cursor == nil {
		t.line = 0
		return
	}
	for p := t.cursor.parent; p != nil; p = p.parent {
		if !p.open {
			t.cursor, t.dirty = p, true
		}
	}
	row := t.cursor.row()
	line := max(min(t.line, t.page()-1), 0)
	offset := max(min(row-line, t.Len()-t.page()), 0)
	if row-offset != t.line {
		t.line, t.dirty = row-offset, true
	}
}

// page returns how many rows fit on the screen, at least one.
func (t *Tree[K]) page() int { return max(t.height, 1) }

// add adds a distance to a position; a distance from the caller's arithmetic
// must not wrap around.
func add(position, distance int) int {
	const far = 1 << 40
	return position + max(min(distance, far), -far)
}
