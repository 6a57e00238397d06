package tree_test

import (
	"slices"
	"strings"
	"testing"

	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/ui/tree"
)

func TestRevealLoadsItsWay(t *testing.T) {
	below := map[string]string{
		"Hall-2":             "Line-B Line-C",
		"Hall-2 Line-C":      "press Cell",
		"Hall-2 Line-C Cell": "sensor",
	}
	target := path("Hall-2 Line-C Cell sensor")
	tr := plant(12)
	for range 10 {
		load, ok := tr.Reveal(target)
		if !ok {
			t.Fatalf("gave up at %q", tr.Cursor())
		}
		if load == nil {
			break
		}
		if again, _ := tr.Reveal(target); !slices.Equal(again, load) {
			t.Errorf("while loading %q it asks for %q", load, again)
		}
		tr.SetChildren(load, path(below[strings.Join(load, " ")]))
	}
	expect(t, tr,
		"   ▾ Hall-1",
		"   ├─▸ Line-A",
		"   ├── press",
		"   └── robot",
		"   ▾ Hall-2",
		"   ├─▸ Line-B",
		"   └─▾ Line-C",
		"     ├── press",
		"     └─▾ Cell",
		"▌      └── sensor",
		"", "")

	tr.Home()
	tr.CollapseAll()
	tr.Sibling(1)
	tr.CollapseAll()
	if tr.Len() != 2 {
		t.Errorf("%d rows after closing everything", tr.Len())
	}
	if load, ok := tr.Reveal(target); load != nil || !ok {
		t.Errorf("what is loaded needs %q again", load)
	}
	expectCursor(t, tr, "Hall-2 Line-C Cell sensor")
}

func TestExpandAllOpensWhatIsLoaded(t *testing.T) {
	tr := plant(9)
	tr.Move(1)
	tr.Expand()
	tr.SetChildren(path("Hall-1 Line-A"), path("oven Cell"))
	tr.Home()
	tr.CollapseAll()
	if tr.Len() != 2 {
		t.Fatalf("%d rows, want 2", tr.Len())
	}
	tr.ExpandAll()
	expect(t, tr,
		"▌  ▾ Hall-1",
		"   ├─▾ Line-A",
		"   │ ├── oven",
		"   │ └─▸ Cell",
		"   ├── press",
		"   └── robot",
		"   ▸ Hall-2",
		"", "")
}

func TestFindLooksThroughAllThatIsLoaded(t *testing.T) {
	tr := plant(9)
	tr.Move(1)
	tr.Expand()
	tr.SetChildren(path("Hall-1 Line-A"), path("oven press"))
	tr.Home()
	tr.CollapseAll() // found nodes are opened again
	press := func(_ string, n tree.Node) bool { return text.Contains(n.Text, "PRESS") }
	steps := []struct {
		backward bool
		want     string
	}{
		{false, "Hall-1 Line-A press"},
		{false, "Hall-1 press"},
		{false, "Hall-1 Line-A press"}, // from the top again
		{true, "Hall-1 press"},
		{true, "Hall-1 Line-A press"},
	}
	for _, step := range steps {
		if !tr.Find(press, step.backward) {
			t.Fatal("found nothing")
		}
		expectCursor(t, tr, step.want)
	}
	if tr.Find(func(string, tree.Node) bool { return false }, false) {
		t.Error("found what is not there")
	}
	if newTree(10, 3).Find(press, false) {
		t.Error("found something in an empty tree")
	}
}

func TestReloadKeepsTheRowsUntilTheAnswerComes(t *testing.T) {
	tr := plant(5)
	if load := tr.Reload(); !slices.Equal(load, path("Hall-1")) {
		t.Fatalf("reloading asks for %q", load)
	}
	expect(t, tr,
		"▌  … Hall-1",
		"   ├─▸ Line-A",
		"   ├── press",
		"   └── robot",
		"   ▸ Hall-2")
	tr.Move(2)
	if load := tr.Reload(); load != nil {
		t.Errorf("a leaf asks for %q", load)
	}
}

func TestClicksSelectAndToggle(t *testing.T) {
	tr := plant(4)
	if load, hit := tr.Click(9, 1); load != nil || !hit {
		t.Errorf("a click on the text: %q, %v", load, hit)
	}
	expectCursor(t, tr, "Hall-1 Line-A")
	if load, _ := tr.Click(5, 1); !slices.Equal(load, path("Hall-1 Line-A")) {
		t.Errorf("a click on the sign asks for %q", load)
	}
	tr.Click(29, 3) // the end of the scrollbar
	if got := screen(tr)[3]; !strings.Contains(got, "Hall-2") {
		t.Errorf("the last line is %q", got)
	}
	tr.Click(29, 0)
	tr.Click(3, 0)
	expect(t, tr, "▌  ▸ Hall-1", "   ▸ Hall-2", "", "")
	for _, miss := range [][2]int{{-1, 0}, {0, -1}, {30, 0}, {0, 4}, {3, 2}} {
		if _, hit := tr.Click(miss[0], miss[1]); hit {
			t.Errorf("hit something at %v", miss)
		}
	}
}

func TestARowShowsWhatItsNodeSays(t *testing.T) {
	th := theme.New(theme.Standard, true)
	tr := tree.New(th, func(key string) tree.Node {
		return tree.Node{
			Text: text.Clean(key), Glyph: "◆", GlyphRole: theme.Busy, Count: 1204,
			Badges: []tree.Badge{{Text: "1●", Role: theme.Critical}, {Text: "2▲", Role: theme.Major}},
		}
	})
	tr.SetHighlight(func(dst []text.Range, s text.Safe) []text.Range { return text.AppendMatches(dst, s, "all") })
	tr.SetSize(34, 2)
	tr.SetChildren(nil, path("Hall-1 Hall-2"))
	expect(t, tr,
		"▌  ▸ ◆ Hall-1 (1,204)      1● 2▲",
		"   ▸ ◆ Hall-2 (1,204)      1● 2▲")
	line := strings.Split(tr.View(), "\n")[1]
	for what, want := range map[string]string{
		"glyph": th.SGR(theme.Busy) + "◆",
		"match": th.SGR(theme.Match) + "all",
		"badge": th.SGR(theme.Critical) + "1●",
	} {
		if !strings.Contains(line, want) {
			t.Errorf("the %s is not drawn in its role: %q", what, line)
		}
	}
	tr.SetSize(20, 2) // too narrow for badges
	expect(t, tr, "▌  ▸ ◆ Hall-1 (1,…", "   ▸ ◆ Hall-2 (1,…")
}

func TestAnEmptyTreeSaysWhy(t *testing.T) {
	tr := newTree(20, 3)
	tr.SetEmpty(tree.Badge{Text: "loading …", Role: theme.Busy})
	expect(t, tr, "", "     loading …", "")
	if _, ok := tr.Selected(); ok || tr.Cursor() != nil {
		t.Error("an empty tree has a cursor")
	}
}
