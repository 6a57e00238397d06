package tree_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	bubbles "charm.land/bubbles/v2/tree"

	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/ui/tree"
)

const benchWidth, benchHeight = 120, 50

// describer returns what 997 nodes look like, a prime, so that neighbours differ.
func describer() tree.Describe[int] {
	var nodes [997]tree.Node
	for i := range nodes {
		nodes[i] = tree.Node{Text: "device " + text.Count(i), Glyph: "◆", Badges: []tree.Badge{{Text: "1●", Role: theme.Critical}}}
	}
	return func(key int) tree.Node { return nodes[key%len(nodes)] }
}

// walk moves the cursor down a row, from the last one to the first, and draws.
func walk(t *tree.Tree[int], row int) {
	if row%t.Len() == 0 {
		t.Home()
	} else {
		t.Move(1)
	}
	_ = t.View()
}

// open returns a tree of about size nodes, all of them open: groups of 100
// devices, as many as it takes.
func open(size int) *tree.Tree[int] {
	t := tree.New(theme.New(theme.Standard, true), describer())
	t.SetSize(benchWidth, benchHeight)
	groups := make([]int, max(size/101, 1))
	for i := range groups {
		groups[i] = i
	}
	t.SetChildren(nil, groups)
	for _, group := range groups {
		devices := make([]int, min(100, size-1))
		for i := range devices {
			devices[i] = len(groups) + group*100 + i
		}
		t.SetChildren([]int{group}, devices)
		t.ExpandAll()
		t.Sibling(1)
	}
	t.Home()
	return t
}

// BenchmarkKey moves the cursor and draws the frame, beside a tree that lists
// its rows after every key. The budget is 0.2 ms with 100,000 open nodes.
func BenchmarkKey(b *testing.B) {
	for _, size := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(size, " open nodes"), func(b *testing.B) {
			t := open(size)
			theirs := naiveKey(size)
			b.ReportAllocs()
			for row := 1; b.Loop(); row++ {
				walk(t, row)
			}
			b.ReportMetric(theirs*float64(b.N)/float64(b.Elapsed()), "times-faster")
		})
	}
}

// BenchmarkToggle closes and opens a node above all of 100,000 others and draws
// both frames.
func BenchmarkToggle(b *testing.B) {
	t := tree.New(theme.New(theme.Standard, true), describer())
	t.SetSize(benchWidth, benchHeight)
	t.SetChildren(nil, []int{0})
	t.Expand()
	devices := make([]int, 100_000)
	for i := range devices {
		devices[i] = i
	}
	t.SetChildren([]int{0}, devices)
	for b.Loop() {
		t.Toggle()
		_ = t.View()
	}
}

// BenchmarkAgainstBubbles is [BenchmarkKey] beside bubbles/tree, which draws
// every node: no more than 1,000 of them, or the run takes minutes.
func BenchmarkAgainstBubbles(b *testing.B) {
	for _, size := range []int{100, 1_000} {
		b.Run(fmt.Sprint(size, " open nodes"), func(b *testing.B) {
			t := open(size)
			theirs := bubblesKey(size)
			for row := 1; b.Loop(); row++ {
				walk(t, row)
			}
			b.ReportMetric(theirs*float64(b.N)/float64(b.Elapsed()), "times-faster")
		})
	}
}

// BenchmarkUnchanged asks for the same frame again.
func BenchmarkUnchanged(b *testing.B) {
	t := open(100_000)
	t.View()
	b.ReportAllocs()
	for b.Loop() {
		_ = t.View()
	}
}

// BenchmarkFind searches all of 100,000 nodes in vain.
func BenchmarkFind(b *testing.B) {
	t := open(100_000)
	for b.Loop() {
		t.Find(func(_ int, n tree.Node) bool { return text.Contains(n.Text, "pump") }, false)
	}
}

// naiveKey returns how many nanoseconds a key takes if every key lists the rows
// anew and draws those on the screen with nothing but strings.
func naiveKey(size int) float64 {
	type item struct {
		name     string
		children []*item
	}
	groups := make([]*item, max(size/101, 1))
	for i := range groups {
		groups[i] = &item{name: "device " + strconv.Itoa(i)}
		for d := range 100 {
			groups[i].children = append(groups[i].children, &item{name: "device " + strconv.Itoa(d)})
		}
	}
	cursor := 0
	var frame string
	key := func() {
		cursor++
		var rows []string
		for _, g := range groups {
			rows = append(rows, "▾ "+g.name)
			for _, d := range g.children {
				rows = append(rows, "├── "+d.name)
			}
		}
		from := min(cursor, max(len(rows)-benchHeight, 0))
		frame = strings.Join(rows[from:min(from+benchHeight, len(rows))], "\n")
	}
	const keys = 10
	start := time.Now()
	for range keys {
		key()
	}
	_ = frame
	return float64(time.Since(start)) / keys
}

// bubblesKey returns how many nanoseconds a key takes with bubbles/tree.
func bubblesKey(size int) float64 {
	root := bubbles.Root("tenant")
	for g := range max(size/101, 1) {
		group := bubbles.Root("device " + strconv.Itoa(g))
		for d := range min(100, size-1) {
			group.Child("device " + strconv.Itoa(d))
		}
		root.Child(group)
	}
	t := bubbles.New(root, benchWidth, benchHeight)
	const keys = 2
	start := time.Now()
	for range keys {
		t.Down()
		_ = t.View()
	}
	return float64(time.Since(start)) / keys
}
