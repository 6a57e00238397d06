package tree_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/ui/tree"
)

// branch is the tree as simple as can be: what the rows should be.
type branch struct {
	key      string
	open     bool
	children []*branch
}

func (b *branch) rows(to []string) []string {
	for _, c := range b.children {
		to = append(to, c.key)
		if c.open {
			to = c.rows(to)
		}
	}
	return to
}

func (b *branch) at(path []string) *branch {
	for _, key := range path {
		b = b.children[slices.IndexFunc(b.children, func(c *branch) bool { return c.key == key })]
	}
	return b
}

func (b *branch) spread(open bool) {
	for _, c := range b.children {
		c.spread(open)
	}
	b.open = open && len(b.children) > 0
}

// TestAnyOrderOfCallsAgreesWithAModel changes a tree at random, with many
// children below some nodes, and compares its rows with those of the model.
func TestAnyOrderOfCallsAgreesWithAModel(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	const height = 4000 // more than there are rows: everything is visible
	tr := tree.New(theme.New(theme.Standard, true), func(key string) tree.Node { return tree.Node{Text: text.Clean(key)} })
	tr.SetSize(60, height)
	model := &branch{open: true}
	next := 0
	fresh := func() string {
		next++
		return "n" + string(text.Count(next))
	}
	grow := func(path []string) {
		b := model.at(path)
		old := b.children
		b.children = nil
		var keys []string
		for _, c := range old {
			if random.IntN(4) > 0 { // most stay, in another order
				b.children = slices.Insert(b.children, random.IntN(len(b.children)+1), c)
			}
		}
		for range random.IntN(150) {
			b.children = append(b.children, &branch{key: fresh()})
		}
		for _, c := range b.children {
			keys = append(keys, c.key)
		}
		tr.SetChildren(path, keys)
	}
	grow(nil)
	for range 600 {
		tr.Move(random.IntN(60) - 30)
		at := tr.Cursor()
		b := model.at(at)
		switch random.IntN(9) {
		case 0:
			if len(model.rows(nil)) < 3000 && len(at) < 6 {
				grow(at)
			}
		case 1:
			key, index := fresh(), random.IntN(len(b.children)+1)
			tr.InsertChild(at, index, key)
			b.children = slices.Insert(b.children, index, &branch{key: key})
		case 2:
			parent := model.at(at[:len(at)-1])
			if len(parent.children) > 1 {
				parent.children = slices.DeleteFunc(parent.children, func(c *branch) bool { return c == b })
				tr.Remove(at)
			}
		case 3, 4:
			if load := tr.Expand(); load != nil {
				grow(load)
			}
			b.open = true
		case 5:
			if b.open && len(b.children) > 0 {
				b.open = false
				tr.Collapse()
			}
		case 6:
			if random.IntN(4) == 0 {
				tr.ExpandAll()
				open := b.open
				b.spread(true)
				b.open = b.open || open
			}
		case 7:
			tr.CollapseAll()
			b.spread(false)
		case 8:
			key := fresh()
			tr.AddChildren(at, []string{key, key}, false)
			b.children = append(b.children, &branch{key: key})
		}
		want := model.rows(nil)
		if tr.Len() != len(want) {
			t.Fatalf("%d rows, want %d", tr.Len(), len(want))
		}
		if random.IntN(10) > 0 {
			continue
		}
		for i, line := range screen(tr)[:min(len(want), height)] {
			line = strings.TrimRight(line, " ┃│")
			if !strings.HasSuffix(line, " "+want[i]) {
				t.Fatalf("row %d is %q, want %q", i, line, want[i])
			}
			if isCursor(line) && !strings.HasSuffix(line, " "+tr.Cursor()[len(tr.Cursor())-1]) {
				t.Fatalf("the cursor is drawn on %q but says %q", line, tr.Cursor())
			}
		}
	}
}

func TestNoNameAndNoSizeBreaksTheLines(t *testing.T) {
	hostile := []string{
		"\x1b[2J\x1b]0;pwned\a", "\u202egnp.exe", "印刷機", "ｶﾞ", "👨\u200d👩\u200d👧", "🇩🇪", "a\nb\r\n\tc", "\u0301",
		"स्ते", "กำ", "", strings.Repeat("漢", 40_000), strings.Repeat("x", 100_000), "\xff\xfe",
	}
	tr := tree.New(theme.New(theme.Standard, true), func(level int) tree.Node {
		name := text.Clean(hostile[level%len(hostile)])
		return tree.Node{Text: name, Glyph: "◆", Badges: []tree.Badge{{Text: name}, {Text: "3●"}}}
	})
	var deep []int
	for level := range 1000 { // deeper than any screen is wide
		tr.SetChildren(deep, []int{level, -level*len(hostile) + 10_000*len(hostile)})
		deep = append(deep, level)
		tr.Reveal(deep)
		tr.Expand()
	}
	tr.Fail(deep, text.Clean(hostile[0]))
	for width := range 90 {
		height := width % 30
		tr.SetSize(width, height)
		tr.Move(width*7 - 300)
		tr.Scroll(3)
		tr.Click(width/2, height/2)
		view := tr.View()
		if width == 0 || height == 0 {
			if view != "" {
				t.Fatalf("a tree without size draws %q", view)
			}
			continue
		}
		lines := strings.Split(view, "\n")
		if len(lines) != height {
			t.Fatalf("%d lines, want %d", len(lines), height)
		}
		for _, line := range lines {
			if got := ansi.StringWidth(line); got != width {
				t.Fatalf("a line of %d cells, want %d: %q", got, width, line)
			}
			if strings.ContainsFunc(ansi.Strip(line), unicode.IsControl) {
				t.Fatalf("a control character in %q", line)
			}
		}
	}
}

func TestCallsOnAnEmptyTreeDoNothing(t *testing.T) {
	tr := newTree(10, 3)
	tr.Move(1)
	tr.Page(1)
	tr.HalfPage(-1)
	tr.Home()
	tr.End()
	tr.Parent()
	tr.Sibling(1)
	tr.Scroll(1)
	tr.Collapse()
	tr.ExpandAll()
	tr.CollapseAll()
	tr.ToggleMark()
	tr.ClearMarks()
	if tr.Expand() != nil || tr.Toggle() != nil || tr.Reload() != nil || tr.Marked() != nil || tr.Len() != 0 {
		t.Error("an empty tree has something to load")
	}
	expect(t, tr, "", "", "")
}
