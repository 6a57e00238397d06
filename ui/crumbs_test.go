package ui_test

import (
	"strings"
	"testing"

	"c8yx/ui"
	"c8yx/ui/text"
)

// What a view says of itself has what the path leaves, and at least half of the line; the title loses nothing to
// what would be cut.
func TestTitleAndStatusShareALine(t *testing.T) {
	for _, tc := range []struct {
		place  string // the title is "at " and the place
		status []ui.Span
		want   string
	}{
		{"devices", []ui.Span{{Text: "239 devices"}, {Text: "by name"}}, "at home › at devices                                     239 devices · by name"},
		{
			"devices",
			[]ui.Span{{Text: "3 match, filtered here"}, {Text: "all 242 devices loaded"}, {Text: "sorted here by name"}},
			"at home › at devices 3 match, filtered here · all 242 devices loaded · sorted…",
		},
		{
			"mappings of Sign in with Hansen & Vega ID",
			[]ui.Span{{Text: "3 mappings"}, {Text: "asked of the tenant: option=7001"}},
			"at home › at mappings of Sign in with Hansen & Vega ID              3 mappings",
		},
		{
			"mappings of Sign in with Hansen & Vega ID",
			[]ui.Span{{Text: "3 mappings, the tenant fails, as of 30 s ago"}, {Text: "by name"}},
			"at mappings of Sign in with Hansen &… 3 mappings, the tenant fails, as of 30 …",
		},
	} {
		d := newDesk(t, 80, 24)
		d.pages["home"].scope.Open(tc.place)
		d.say(nil)
		d.pages[tc.place].status = tc.status
		d.press("x")
		if got := strings.TrimSpace(strings.Split(d.screen(), "\n")[1]); got != tc.want {
			t.Errorf("got\n%s\nwant\n%s", got, tc.want)
		}
		if w := text.Width(text.Clean(strings.Split(d.screen(), "\n")[1])); w != 80 {
			t.Errorf("the line has %d cells", w)
		}
	}
}
