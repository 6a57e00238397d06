package tree

import (
	"c8yx/theme"
	"c8yx/ui/text"
)

// Node is what a row looks like.
type Node struct {
	Text text.Safe
	Role theme.Role

	// Glyph stands before the text and tells kinds of nodes or of relations
	// apart. "" for none.
	Glyph     text.Safe
	GlyphRole theme.Role

	// Badges stand at the right edge, in this order.
	Badges []Badge

	// Count is the number of children as far as it is known without loading
	// them; shown in parentheses behind the text if positive.
	Count int

	// Leaf says that nothing can lie below, so that the node does not offer to
	// be opened.
	Leaf bool
}

// Badge is a short text at the right edge, such as a number of alarms.
type Badge struct {
	Text text.Safe
	Role theme.Role
}

// Describe returns what the node with the given key looks like. It is called
// for the rows on the screen whenever something changed, and for all loaded
// nodes by [Tree.Find], so it should be cheap.
type Describe[K comparable] func(key K) Node

// Highlight appends to dst the parts of a node's text that a search matched, in
// ascending order, and returns it. See [text.AppendMatches].
type Highlight func(dst []text.Range, s text.Safe) []text.Range

// State says what a node shows of its children.
type State uint8

// The states.
const (
	Closed  State = iota
	Loading       // asked for; those that have arrived may be shown already
	Open
	Failed // could not be loaded; expanding tries again
)

// failure is the reason why a node's children could not be loaded.
type failure struct{ reason text.Safe }

// Tree is a scrolling tree with a cursor. Make one with [New]; it belongs to
// one goroutine.
type Tree[K comparable] struct {
	describe  Describe[K]
	highlight Highlight
	theme     *theme.Theme
	empty     Badge

	width, height int
	blurred       bool

	root   *node[K]
	cursor *node[K] // nil only while there are no nodes
	line   int      // the line of the screen that the cursor is on
	marks  map[*node[K]]struct{}

	version uint64
	dirty   bool
	view    string
	frame   text.Frame
	chain   []*node[K]   // the ancestors of the row being drawn, kept to be filled again
	found   []text.Range // the matches within it, likewise
	signs   []int        // the cell of the sign that toggles the node of a line, -1 for none
}

// New returns an empty tree. Its top nodes are the children of the empty path;
// its size is zero until [Tree.SetSize].
func New[K comparable](th *theme.Theme, describe Describe[K]) *Tree[K] {
	return &Tree[K]{
		describe: describe,
		theme:    th,
		root:     &node[K]{open: true, loaded: true},
		marks:    map[*node[K]]struct{}{},
		dirty:    true,
	}
}

// SetTheme changes the colours.
func (t *Tree[K]) SetTheme(th *theme.Theme) {
	if t.theme != th {
		t.theme, t.dirty = th, true
	}
}

// SetSize sets the size in cells. A tree has no header.
func (t *Tree[K]) SetSize(width, height int) {
	width, height = max(width, 0), max(height, 0)
	if width != t.width || height != t.height {
		t.width, t.height, t.dirty = width, height, true
	}
}

// SetFocused says whether keys go to the tree; without focus the cursor is
// drawn quietly. A new tree has the focus.
func (t *Tree[K]) SetFocused(focused bool) {
	if t.blurred == focused {
		t.blurred, t.dirty = !focused, true
	}
}

// SetHighlight sets what marks the matches of a search, nil for none.
func (t *Tree[K]) SetHighlight(h Highlight) {
	t.highlight, t.dirty = h, true
}

// SetEmpty sets what is shown in the middle while there are no nodes.
func (t *Tree[K]) SetEmpty(b Badge) {
	if t.empty != b {
		t.empty, t.dirty = b, true
	}
}

// Invalidate says that nodes may look different if version differs from that
// of the call before. Changes of the structure are noticed without.
func (t *Tree[K]) Invalidate(version uint64) {
	if t.version != version {
		t.version, t.dirty = version, true
	}
}

// Len returns the number of rows: the top nodes and what is open below them.
func (t *Tree[K]) Len() int { return t.root.under }

// find returns the node that a path leads to, the root for the empty path, and
// nil if there is none.
func (t *Tree[K]) find(path []K) *node[K] {
	n := t.root
	for _, key := range path {
		if n = n.child(key); n == nil {
			return nil
		}
	}
	return n
}
