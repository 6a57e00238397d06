package tree

import "slices"

// node is a node of the structure. Above the top nodes there is a root that is
// never drawn and always open.
type node[K comparable] struct {
	key      K
	parent   *node[K] // nil for the root and for nodes that were removed
	children []*node[K]
	byKey    map[K]*node[K] // of the children; nil while they are few
	index    int            // among the parent's children

	under  int   // the rows of all children, as if this node were open
	blocks []int // the same for every blockSize children; nil while they are few

	open    bool
	loaded  bool // the children are known, all or the first of them
	loading bool
	marked  bool
	failure *failure // why loading failed last
}

const (
	blockSize = 64 // children that share a sum of rows
	fewNodes  = 16 // children up to which looking at each beats a map
)

// rows returns the rows of the node and what is visible below it.
func (n *node[K]) rows() int {
	if n.open {
		return 1 + n.under
	}
	return 1
}

// last reports whether no sibling follows.
func (n *node[K]) last() bool { return n.index == len(n.parent.children)-1 }

// setOpen opens or closes the node.
func (n *node[K]) setOpen(open bool) {
	if n.open != open {
		before := n.rows()
		n.open = open
		n.report(n.rows() - before)
	}
}

// report tells the ancestors that the node has delta more rows, as far up as it
// is visible to them.
func (n *node[K]) report(delta int) {
	for p := n.parent; p != nil && delta != 0; n, p = p, p.parent {
		p.under += delta
		if p.blocks != nil {
			p.blocks[n.index/blockSize] += delta
		}
		if !p.open {
			return
		}
	}
}

// child returns the child with the given key, nil if there is none.
func (n *node[K]) child(key K) *node[K] {
	if n.byKey != nil {
		return n.byKey[key]
	}
	for _, c := range n.children {
		if c.key == key {
			return c
		}
	}
	return nil
}

// recount sets everything that follows from the list of children, from the
// child at index from on, and returns by how many rows the node has grown.
func (n *node[K]) recount(from int) int {
	before := n.rows()
	for i := from; i < len(n.children); i++ {
		n.children[i].index, n.children[i].parent = i, n
	}
	first := from / blockSize
	if first == 0 || n.blocks == nil {
		first, n.under, n.blocks = 0, 0, n.blocks[:0]
	} else {
		for _, sum := range n.blocks[first:] {
			n.under -= sum
		}
		n.blocks = n.blocks[:first]
	}
	for at := first * blockSize; at < len(n.children); at += blockSize {
		sum := 0
		for _, c := range n.children[at:min(at+blockSize, len(n.children))] {
			sum += c.rows()
		}
		n.under += sum
		n.blocks = append(n.blocks, sum)
	}
	if len(n.blocks) <= 1 {
		n.blocks = nil
	}
	return n.rows() - before
}

// above returns the rows of the siblings before the node.
func (n *node[K]) above() int {
	p, sum, at := n.parent, 0, 0
	if p.blocks != nil {
		block := n.index / blockSize
		for _, rows := range p.blocks[:block] {
			sum += rows
		}
		at = block * blockSize
	}
	for _, c := range p.children[at:n.index] {
		sum += c.rows()
	}
	return sum
}

// row returns the number of the node's row. Its ancestors must be open.
func (n *node[K]) row() int {
	row := 0
	for ; n.parent != nil; n = n.parent {
		row += n.above()
		if n.parent.parent != nil {
			row++ // the parent's own row
		}
	}
	return row
}

// at returns the visible node with the given row below n, counted from its
// first child, nil if there are not so many.
func (n *node[K]) at(row int) *node[K] {
	if row < 0 || row >= n.under {
		return nil
	}
	for {
		i := 0
		for _, rows := range n.blocks {
			if row < rows {
				break
			}
			row -= rows
			i += blockSize
		}
		for rows := n.children[i].rows(); row >= rows; rows = n.children[i].rows() {
			row -= rows
			i++
		}
		n = n.children[i]
		if row == 0 {
			return n
		}
		row--
	}
}

// next returns the node after n in the order of the rows, nil after the last.
// With all set it descends into closed nodes as well.
func (n *node[K]) next(all bool) *node[K] {
	if (n.open || all) && len(n.children) > 0 {
		return n.children[0]
	}
	for ; n.parent != nil; n = n.parent {
		if !n.last() {
			return n.parent.children[n.index+1]
		}
	}
	return nil
}

// previous returns the loaded node before n, in closed ones too, nil before the
// first.
func (n *node[K]) previous() *node[K] {
	if n.index == 0 {
		if n.parent.parent == nil {
			return nil
		}
		return n.parent
	}
	return n.parent.children[n.index-1].deepest()
}

// deepest returns the last loaded node of n and all that is below it.
func (n *node[K]) deepest() *node[K] {
	for len(n.children) > 0 {
		n = n.children[len(n.children)-1]
	}
	return n
}

// within reports whether n is top or lies below it.
func (n *node[K]) within(top *node[K]) bool {
	for ; n != nil; n = n.parent {
		if n == top {
			return true
		}
	}
	return false
}

// path returns the keys that lead from a top node to n.
func (n *node[K]) path() []K {
	var path []K
	for ; n.parent != nil; n = n.parent {
		path = append(path, n.key)
	}
	slices.Reverse(path)
	return path
}

// spread opens or closes everything below n that has children, and n itself.
func (n *node[K]) spread(open bool) {
	for _, c := range n.children {
		c.spread(open)
	}
	n.recount(0)
	if !open || len(n.children) > 0 { // one that is still loading stays open
		n.open = open
	}
}
