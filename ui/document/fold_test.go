package document_test

import (
	"fmt"
	"strings"
	"testing"

	"c8yx/ui/document"
)

const nested = `{"a":{"b":{"c":[1,2]}},"d":[[3],[4]],"e":5}`

func TestFolding(t *testing.T) {
	for _, test := range []struct {
		name    string
		do      func(*document.Viewer)
		picture string
	}{
		{"all", func(v *document.Viewer) { v.FoldAll() }, `
▌▾{
 ▸  "a": { … 1 key },
 ▸  "d": [ … 2 items ],
    "e": 5
  }`},
		{"to a depth", func(v *document.Viewer) { v.FoldTo(2) }, `
▌▾{
 ▾  "a": {
 ▸    "b": { … 1 key }
    },
 ▾  "d": [
 ▸    [ … 1 item ],
 ▸    [ … 1 item ]
    ],
    "e": 5
  }`},
		{"one of many", func(v *document.Viewer) {
			v.FoldAll()
			v.Move(2)
			v.Toggle()
		}, `
 ▾{
 ▸  "a": { … 1 key },
▌▾  "d": [
 ▸    [ … 1 item ],
 ▸    [ … 1 item ]
    ],
    "e": 5
  }`},
		{"around a plain value", func(v *document.Viewer) {
			v.FoldAll()
			v.GoTo("d[1][0]")
			v.Toggle()
		}, `
 ▾{
 ▸  "a": { … 1 key },
 ▾  "d": [
 ▸    [ … 1 item ],
▌▸    [ … 1 item ]
    ],
    "e": 5
  }`},
		{"left and right, as in a tree", func(v *document.Viewer) {
			v.FoldAll()
			v.Move(1)
			v.Unfold() // unfolds a
			v.Unfold() // goes to b
			v.Unfold() // unfolds b
			v.Fold()   // folds b
			v.Move(1)  // to the end of a
			v.Fold()   // folds a
			v.Unfold()
		}, `
 ▾{
▌▾  "a": {
 ▸    "b": { … 1 key }
    },
 ▸  "d": [ … 2 items ],
    "e": 5
  }`},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := open(nested, 40, 20)
			test.do(v)
			expect(t, v, test.picture)
		})
	}
}

func TestBulkyValuesAreFoldedAtFirst(t *testing.T) {
	doc := `{"few":[1,2],"many":[` + strings.TrimSuffix(strings.Repeat("7,", 12000), ",") + `],"after":1}`
	v := open(doc, 40, 8)
	expect(t, v, `
▌▾{
 ▾  "few": [
      1,
      2
    ],
 ▸  "many": [ … 12,000 items ],
    "after": 1
  }`)
	v.GoTo("many[11999]")
	if line, total := v.Position(); line != 12006 || total != 12009 {
		t.Errorf("line %d of %d after going into the folded value", line, total)
	}
}

func TestClicksMoveTheCursorFoldAndFollow(t *testing.T) {
	v := open(nested, 40, 20)
	v.Render(dark)
	for _, click := range []struct {
		x, y int
		hit  document.Hit
		path string
	}{
		{10, 2, document.HitLine, "a.b"},
		{1, 1, document.HitFold, "a"}, // what was below moves up
		{1, 2, document.HitFold, "d"},
		{1, 3, document.HitLine, "e"},
		{10, 3, document.HitLine, "e"},
		{10, 12, document.HitNothing, "e"},
		{-1, 1, document.HitNothing, "e"},
		{40, 1, document.HitNothing, "e"},
	} {
		hit := v.Click(click.x, click.y)
		v.Render(dark)
		if hit != click.hit || v.Path() != click.path {
			t.Errorf("click at %d,%d: hit %d on %s, want %d on %s", click.x, click.y, hit, v.Path(), click.hit, click.path)
		}
	}
}

func TestTheWheelScrollsAndTheCursorStaysOnScreen(t *testing.T) {
	var items []string
	for i := range 100 {
		items = append(items, fmt.Sprint(i))
	}
	for _, wrap := range []bool{false, true} {
		v := open("["+strings.Join(items, ",")+"]", 20, 5)
		v.SetWrap(wrap)
		v.Scroll(10)
		if got := shown(v); got[0] != "▌   9," || got[4] != "    13," {
			t.Errorf("wrap %v: after ten lines %q", wrap, got)
		}
		v.Scroll(1000)
		if got := shown(v); got[4] != "  ]" {
			t.Errorf("wrap %v: at the end %q", wrap, got)
		}
		v.Scroll(-1000)
		if got := shown(v); got[0] != " ▾[" || !strings.HasPrefix(got[4], "▌") {
			t.Errorf("wrap %v: back at the top %q", wrap, got)
		}
		v.Bottom()
		v.Page(-1)
		if got := v.Path(); got != "[96]" {
			t.Errorf("wrap %v: a page up from the end is %s", wrap, got)
		}
	}
}

func TestLongLinesScrollSideways(t *testing.T) {
	v := open(`{"s":"abcdefghijklmnopqrstuvwxyz"}`, 20, 3)
	if got := shown(v)[1]; got != `    "s": "abcdefghi…` {
		t.Errorf("cut line %q", got)
	}
	v.ScrollX(12)
	if got := shown(v)[1]; got != `  efghijklmnopqrstu…` {
		t.Errorf("scrolled line %q", got)
	}
	v.ScrollX(-100)
	if v.Left() != 0 {
		t.Errorf("scrolled to %d, left of the beginning", v.Left())
	}
}

func TestLongLinesWrap(t *testing.T) {
	v := open(`{"s":"abcdefghijklmnopqrstuvwxyz","w":"日本語日本語日本語"}`, 20, 9)
	v.SetWrap(true)
	expect(t, v, `
▌▾{
    "s": "abcdefghij
      klmnopqrstuvwx
      yz",
    "w": "日本語日本
      語日本語"
  }`)
	v.Bottom()
	if v.Click(10, 3); v.Path() != "s" {
		t.Errorf("a click on the third part of a line went to %q", v.Path())
	}
}

func TestALineHigherThanTheScreenCanBeReadToItsEnd(t *testing.T) {
	v := open(`["`+strings.Repeat("0123456789", 20)+`x"]`, 22, 5)
	v.SetWrap(true)
	v.Move(1)
	seen := false
	for range 20 {
		seen = seen || strings.Contains(strings.Join(shown(v), "\n"), `x"`)
		v.Move(1)
	}
	if !seen {
		t.Error("the end of the line never came on screen")
	}
	if line, total := v.Position(); line != total {
		t.Errorf("stuck on line %d of %d", line, total)
	}
	for range 20 {
		v.Move(-1)
	}
	if line, _ := v.Position(); line != 1 {
		t.Errorf("stuck on line %d on the way back", line)
	}
}
