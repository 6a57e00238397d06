package tree_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/ui/tree"
)

// describe shows a key as its own text; keys in lower case are leaves.
func describe(key string) tree.Node {
	return tree.Node{Text: text.Clean(key), Leaf: key == strings.ToLower(key)}
}

func newTree(width, height int) *tree.Tree[string] {
	t := tree.New(theme.New(theme.Standard, true), describe)
	t.SetSize(width, height)
	return t
}

// plant returns a tree with two halls, the first one open.
func plant(height int) *tree.Tree[string] {
	t := newTree(30, height)
	t.SetChildren(nil, path("Hall-1 Hall-2"))
	t.Expand()
	t.SetChildren(path("Hall-1"), path("Line-A press robot"))
	return t
}

// path splits a list of keys.
func path(keys string) []string { return strings.Fields(keys) }

// screen returns what is visible, without styles and trailing blanks.
func screen(t *tree.Tree[string]) []string {
	lines := strings.Split(ansi.Strip(t.View()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}

func expect(t *testing.T, tr *tree.Tree[string], want ...string) {
	t.Helper()
	got := strings.Join(screen(tr), "\n")
	if got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\n\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func expectCursor(t *testing.T, tr *tree.Tree[string], want string) {
	t.Helper()
	if got := strings.Join(tr.Cursor(), " "); got != want {
		t.Errorf("the cursor is on %q, want %q", got, want)
	}
}

func TestNodesAreLoadedWhenTheyAreOpened(t *testing.T) {
	tr := plant(7)
	expect(t, tr,
		"▌  ▾ Hall-1",
		"   ├─▸ Line-A",
		"   ├── press",
		"   └── robot",
		"   ▸ Hall-2",
		"", "")

	tr.Move(1)
	if load := tr.Expand(); !slices.Equal(load, path("Hall-1 Line-A")) {
		t.Fatalf("opening Line-A asks for %q", load)
	}
	if again := tr.Expand(); again != nil {
		t.Errorf("a node that is loading asks again for %q", again)
	}
	expect(t, tr,
		"   ▾ Hall-1",
		"▌  ├─… Line-A",
		"   ├── press",
		"   └── robot",
		"   ▸ Hall-2",
		"", "")

	tr.AddChildren(path("Hall-1 Line-A"), path("oven"), true)
	if state, _ := tr.State(path("Hall-1 Line-A")); state != tree.Loading {
		t.Errorf("after the first page the state is %v", state)
	}
	tr.AddChildren(path("Hall-1 Line-A"), path("oven belt"), false)
	expect(t, tr,
		"   ▾ Hall-1",
		"▌  ├─▾ Line-A",
		"   │ ├── oven",
		"   │ └── belt",
		"   ├── press",
		"   └── robot",
		"   ▸ Hall-2")

	tr.Collapse()
	if load := tr.Expand(); load != nil {
		t.Errorf("a node that is loaded asks again for %q", load)
	}
}

func TestAFailureIsShownAndTriedAgain(t *testing.T) {
	tr := plant(5)
	tr.Move(1)
	tr.Expand()
	tr.Fail(path("Hall-1 Line-A"), "403 denied")
	expect(t, tr,
		"   ▾ Hall-1",
		"▌  ├─✗ Line-A 403 denied",
		"   ├── press",
		"   └── robot",
		"   ▸ Hall-2")
	if state, reason := tr.State(path("Hall-1 Line-A")); state != tree.Failed || reason != "403 denied" {
		t.Errorf("state %v, %q", state, reason)
	}
	if load := tr.Toggle(); !slices.Equal(load, path("Hall-1 Line-A")) {
		t.Errorf("trying again asks for %q", load)
	}
	tr.SetChildren(path("Hall-1 Line-A"), nil)
	expect(t, tr,
		"   ▾ Hall-1",
		"▌  ├── Line-A", // nothing below it after all
		"   ├── press",
		"   └── robot",
		"   ▸ Hall-2")
	tr.Toggle()
	expectCursor(t, tr, "Hall-1 Line-A")
	tr.Collapse()
	expectCursor(t, tr, "Hall-1")
}

func TestAnswersForNodesThatAreGoneAreRefused(t *testing.T) {
	tr := plant(5)
	gone := path("Hall-1 Line-Z")
	if tr.SetChildren(gone, path("a")) || tr.AddChildren(gone, path("a"), false) ||
		tr.Fail(gone, "late") || tr.InsertChild(gone, 0, "a") || tr.Remove(gone) {
		t.Error("an answer for an unknown path was taken")
	}
	if _, ok := tr.Reveal(path("Hall-1 nowhere")); ok {
		t.Error("revealed a node that does not exist")
	}
	if state, _ := tr.State(gone); state != tree.Closed {
		t.Errorf("its state is %v", state)
	}
}

func TestTheCursorStaysOnItsNode(t *testing.T) {
	tests := []struct {
		name   string
		change func(*tree.Tree[string])
		cursor string
	}{
		{"rows come above", func(tr *tree.Tree[string]) { tr.InsertChild(path("Hall-1"), 0, "new") }, "Hall-1 press"},
		{"rows go above", func(tr *tree.Tree[string]) { tr.Remove(path("Hall-1 Line-A")) }, "Hall-1 press"},
		{"the order changes", func(tr *tree.Tree[string]) { tr.SetChildren(path("Hall-1"), path("robot x y press Line-A")) }, "Hall-1 press"},
		{"its node goes", func(tr *tree.Tree[string]) { tr.Remove(path("Hall-1 press")) }, "Hall-1 robot"},
		{"its node and those after it go", func(tr *tree.Tree[string]) { tr.SetChildren(path("Hall-1"), path("Line-A")) }, "Hall-1 Line-A"},
		{"all its siblings go", func(tr *tree.Tree[string]) { tr.SetChildren(path("Hall-1"), nil) }, "Hall-1"},
		{"its branch goes", func(tr *tree.Tree[string]) { tr.Remove(path("Hall-1")) }, "Hall-2"},
		{"everything goes", func(tr *tree.Tree[string]) { tr.SetChildren(nil, nil) }, ""},
		{"everything is replaced", func(tr *tree.Tree[string]) { tr.SetChildren(nil, path("Hall-8 Hall-9")) }, "Hall-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := plant(4)
			tr.Move(2)
			line := slices.IndexFunc(screen(tr), isCursor)
			tt.change(tr)
			expectCursor(t, tr, tt.cursor)
			full := tr.Len() >= 5 // with fewer rows the window must move
			if tt.cursor == "Hall-1 press" && full && slices.IndexFunc(screen(tr), isCursor) != line {
				t.Errorf("it jumped away from line %d:\n%s", line, strings.Join(screen(tr), "\n"))
			}
		})
	}
}

func isCursor(line string) bool { return strings.HasPrefix(line, "▌") }

func TestRefreshingKeepsWhatIsOpenAndMarked(t *testing.T) {
	tr := plant(9)
	tr.Move(1)
	tr.Expand()
	tr.SetChildren(path("Hall-1 Line-A"), path("oven belt"))
	tr.Move(1)
	tr.ToggleMark()
	tr.SetChildren(path("Hall-1"), path("fence Line-A robot robot")) // press went, fence came
	expect(t, tr,
		"   ▾ Hall-1",
		"   ├── fence",
		"   ├─▾ Line-A",
		"▌✓ │ ├── oven",
		"   │ └── belt",
		"   └── robot",
		"   ▸ Hall-2",
		"", "")
}

func TestMarksNameRowsAndNotObjects(t *testing.T) {
	tr := newTree(30, 6)
	tr.SetChildren(nil, path("Group-1 Group-2"))
	tr.Expand()
	tr.SetChildren(path("Group-1"), path("pump"))
	tr.End()
	tr.Expand()
	tr.SetChildren(path("Group-2"), path("pump")) // the same pump again
	tr.Move(1)
	tr.ToggleMark()
	tr.Home()
	tr.ToggleMark()
	var marked []string
	for _, p := range tr.Marked() {
		marked = append(marked, strings.Join(p, " "))
	}
	if got := strings.Join(marked, ", "); got != "Group-1, Group-2 pump" {
		t.Errorf("marked: %s", got)
	}
	tr.Remove(path("Group-2"))
	if got := len(tr.Marked()); got != 1 {
		t.Errorf("%d marks after a marked node went, want 1", got)
	}
	tr.ClearMarks()
	if got := tr.Marked(); got != nil || strings.Contains(tr.View(), "✓") {
		t.Errorf("marks after clearing: %q", got)
	}
}

func TestMovingThroughTheTree(t *testing.T) {
	tests := []struct {
		name string
		move func(*tree.Tree[string])
		want string
	}{
		{"down", func(tr *tree.Tree[string]) { tr.Move(1) }, "Hall-1 robot"},
		{"up", func(tr *tree.Tree[string]) { tr.Move(-2) }, "Hall-1"},
		{"far down", func(tr *tree.Tree[string]) { tr.Move(1 << 62) }, "Hall-2"},
		{"far up", func(tr *tree.Tree[string]) { tr.Move(-1 << 62) }, "Hall-1"},
		{"page down", func(tr *tree.Tree[string]) { tr.Page(1) }, "Hall-2"},
		{"half page up", func(tr *tree.Tree[string]) { tr.HalfPage(-1) }, "Hall-1 Line-A"},
		{"parent", (*tree.Tree[string]).Parent, "Hall-1"},
		{"parent of a top node", func(tr *tree.Tree[string]) { tr.Home(); tr.Parent() }, "Hall-1"},
		{"next sibling", func(tr *tree.Tree[string]) { tr.Sibling(1) }, "Hall-1 robot"},
		{"sibling before the first", func(tr *tree.Tree[string]) { tr.Sibling(-9) }, "Hall-1 Line-A"},
		{"sibling past what is open", func(tr *tree.Tree[string]) { tr.Home(); tr.Sibling(1) }, "Hall-2"},
		{"collapse a leaf", (*tree.Tree[string]).Collapse, "Hall-1"},
		{"wheel past the cursor", func(tr *tree.Tree[string]) { tr.Scroll(9) }, "Hall-1 press"},
		{"wheel back", func(tr *tree.Tree[string]) { tr.Scroll(9); tr.Scroll(-9) }, "Hall-1 press"},
		{"home", (*tree.Tree[string]).Home, "Hall-1"},
		{"end", (*tree.Tree[string]).End, "Hall-2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := plant(3)
			tr.Move(2)
			tt.move(tr)
			expectCursor(t, tr, tt.want)
			if !slices.ContainsFunc(screen(tr), isCursor) {
				t.Errorf("the cursor is out of sight:\n%s", strings.Join(screen(tr), "\n"))
			}
		})
	}
}

func TestVisibleNamesTheRowsOnTheScreen(t *testing.T) {
	tr := plant(3)
	tr.End()
	if got := strings.Join(slices.Collect(tr.Visible()), " "); got != "press robot Hall-2" {
		t.Errorf("visible: %s", got)
	}
	tr.SetChildren(nil, nil)
	if got := slices.Collect(tr.Visible()); got != nil {
		t.Errorf("an empty tree shows %q", got)
	}
}
