package tree

import (
	"c8yx/theme"
	"c8yx/ui/edge"
	"c8yx/ui/text"
)

// The parts of a line, in cells.
const (
	levelWidth = 2 // of a guide
	textWidth  = 8 // what badges leave to the text at least
)

// View returns the tree as height lines of width cells each, joined by line
// breaks. As long as nothing changed it is the same string again.
func (t *Tree[K]) View() string {
	t.settle()
	if t.dirty {
		t.dirty = false
		t.view = t.draw()
	}
	return t.view
}

func (t *Tree[K]) draw() string {
	t.signs = t.signs[:0]
	if t.width == 0 || t.height == 0 {
		return ""
	}
	f := &t.frame
	f.Reset(t.width)
	if t.cursor == nil {
		for y := range t.height {
			f.Line("")
			if y == (t.height-1)/2 {
				f.Field(t.theme.SGR(t.empty.Role), t.empty.Text, t.width, text.Center)
			}
		}
		return f.String()
	}
	bar := t.bar()
	n := t.root.at(bar.Offset)
	for y := range t.height {
		if n == nil {
			f.Line("")
			continue
		}
		t.drawRow(n)
		bar.Draw(f, t.theme, y)
		n = n.next(false)
	}
	return f.String()
}

// drawRow draws the row of a node up to the scrollbar.
func (t *Tree[K]) drawRow(n *node[K]) {
	f, look := &t.frame, t.describe(n.key)
	row := edge.Row{Theme: t.theme, Cursor: n == t.cursor, Focused: !t.blurred, Marked: n.marked}
	row.Begin(f)
	t.drawGuides(n, row.Style(theme.Faint))
	t.drawSign(n, look.Leaf, row)
	if look.Glyph != "" {
		f.Write(row.Style(look.GlyphRole), look.Glyph)
		f.Blank(1)
	}

	badges := 0
	for _, b := range look.Badges {
		badges += 1 + text.Width(b.Text)
	}
	if f.Room()-edge.Right-badges < textWidth {
		look.Badges, badges = nil, 0
	}
	t.drawText(n, look, f.Room()-edge.Right-badges, row)
	f.BlankTo(edge.Right + badges)
	for _, b := range look.Badges {
		f.Blank(1)
		f.Write(row.Style(b.Role), b.Text)
	}
}

// drawGuides draws the lines that lead to a node. Of a way longer than half of
// the width the upper part is left out.
func (t *Tree[K]) drawGuides(n *node[K], style string) {
	t.chain = t.chain[:0]
	fits := max(t.width/2/levelWidth, 1)
	for p := n; p.parent != t.root && len(t.chain) <= fits; p = p.parent {
		t.chain = append(t.chain, p)
	}
	if len(t.chain) > fits {
		t.chain = t.chain[:fits]
		t.frame.Write(style, text.Ellipsis)
	}
	for i := len(t.chain) - 1; i >= 0; i-- {
		var guide text.Safe
		switch last := t.chain[i].last(); {
		case i > 0 && last:
			guide = "  "
		case i > 0:
			guide = "│ "
		case last:
			guide = "└─"
		default:
			guide = "├─"
		}
		t.frame.Write(style, guide)
	}
}

// drawSign draws what opens and closes the node, or in its place what leads to a
// leaf, and notes where.
func (t *Tree[K]) drawSign(n *node[K], leaf bool, row edge.Row) {
	f := &t.frame
	at := t.width - f.Room()
	switch {
	case n.failure != nil:
		f.Write(row.Style(theme.Critical), "✗")
	case n.loading:
		f.Write(row.Style(theme.Busy), text.Ellipsis)
	case len(n.children) == 0 && (leaf || n.loaded):
		at = -1
		if n.parent == t.root {
			f.Blank(1)
		} else {
			f.Write(row.Style(theme.Faint), "─")
		}
	case n.open:
		f.Write(row.Style(theme.Chrome), "▾")
	default:
		f.Write(row.Style(theme.Chrome), "▸")
	}
	f.Blank(1)
	t.signs = append(t.signs, at)
}

// drawText draws the text of a node and what follows it, in at most width cells.
func (t *Tree[K]) drawText(n *node[K], look Node, width int, row edge.Row) {
	f := &t.frame
	var after text.Safe
	role := theme.Muted
	switch {
	case n.failure != nil:
		after, role = n.failure.reason, theme.Critical
	case look.Count > 0:
		after = "(" + text.Count(look.Count) + ")" // names end in numbers, too
	}
	t.found = t.found[:0]
	if t.highlight != nil {
		t.found = t.highlight(t.found, look.Text)
	}
	own := min(text.Width(look.Text), width)
	f.MarkedField(row.Style(look.Role), look.Text, own, text.Left, t.found, row.Style(theme.Match))
	if rest := width - own - 1; after != "" && rest > 0 {
		f.Blank(1)
		f.Field(row.Style(role), after, rest, text.Left)
	}
}

// bar returns the scrollbar, which also knows the first visible row.
func (t *Tree[K]) bar() edge.Bar {
	return edge.Bar{Offset: t.cursor.row() - t.line, Page: t.height, Rows: t.Len()}
}
