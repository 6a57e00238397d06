package document_test

import (
	"strings"
	"testing"

	"c8yx/theme"
	"c8yx/ui/document"
)

func TestSearchGoesThroughNamesAndValuesInACircle(t *testing.T) {
	v := open(`{"alpha":1,"beta":"ALPHA","gamma":{"x":"Alphabet"},"n":3.5e2}`, 40, 10)
	v.Search("alpha")
	visit := func(want ...string) {
		t.Helper()
		for _, path := range want {
			if got := v.Path(); got != path {
				t.Errorf("on %s, want %s", got, path)
			}
			v.Next()
		}
	}
	visit("alpha", "beta", "gamma.x", "alpha")
	v.Prev()
	v.Prev()
	if at, total := v.Matches(); v.Path() != "gamma.x" || at != 3 || total != 3 {
		t.Errorf("backwards: %s, %d of %d", v.Path(), at, total)
	}
	if frame := v.Render(dark); !strings.Contains(frame, dark.CursorSGR(theme.Match)+"Alpha"+theme.Reset) ||
		!strings.Contains(frame, dark.SGR(theme.Match)+"ALPHA"+theme.Reset) {
		t.Error("matches are not highlighted")
	}
	v.Move(-1)
	if at, _ := v.Matches(); at != 0 {
		t.Errorf("not on a match, but the count says %d", at)
	}
}

func TestWhatSearchFinds(t *testing.T) {
	for _, test := range []struct {
		query string
		lines int
	}{
		{"größe", 2}, {"GRÖSSE", 0}, {"STRAẞE", 1}, {"3.5", 1}, {"true", 1}, {"not there", 0}, {"", 0}, {`"`, 0}, {"\xff", 0},
	} {
		v := open(`{"Größe":1,"x":"GRÖßE","y":"Straße","n":3.50,"k":true}`, 40, 10)
		v.Search(test.query)
		if _, total := v.Matches(); total != test.lines {
			t.Errorf("%q found %d times, want %d", test.query, total, test.lines)
		}
		v.Next()
		v.Prev()
		checkFrame(t, v, 40, 10)
	}
}

func TestSearchUnfoldsWhatHidesAMatchAndShowsItSideways(t *testing.T) {
	v := open(`{"a":{"b":["`+strings.Repeat("-", 60)+`needle"]},"c":[0]}`, 40, 10)
	v.FoldAll()
	v.Search("needle")
	if got := v.Path(); got != "a.b[0]" {
		t.Errorf("the cursor is on %s", got)
	}
	screen := strings.Join(shown(v), "\n")
	if !strings.Contains(screen, "needle") {
		t.Errorf("the match is not on screen:\n%s", screen)
	}
	if strings.Contains(screen, "\n     0") {
		t.Errorf("more was unfolded than the match needs:\n%s", screen)
	}
}

func TestASearchHoldsForTheNextVersion(t *testing.T) {
	v := open(`{"a":"x1"}`, 40, 10)
	v.Search("x")
	v.SetDocument([]byte(`{"a":"x1","b":"x2"}`))
	if at, total := v.Matches(); at != 1 || total != 2 {
		t.Errorf("%d of %d", at, total)
	}
	v.Search("")
	if _, total := v.Matches(); total != 0 || v.Query() != "" {
		t.Error("the search did not end")
	}
	v.Next() // nothing to go to
	var empty document.Viewer
	empty.Next()
}
