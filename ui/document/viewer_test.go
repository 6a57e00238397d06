package document_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/document"
	"c8yx/ui/text"
)

var dark = theme.New(theme.Standard, true)

const device = `{
  "id": "4711", "name": "Press 07", "owner": "device_SN-7",
  "c8y_Hardware": {"serialNumber": "SN-7", "revision": 1.50, "big": 12345678901234567890},
  "c8y_IsDevice": {}, "tags": [], "online": true, "note": null,
  "references": [{"id": "1"}, {"id": "2"}],
  "c8y_Odd.name": [0]
}`

// open returns a viewer of the given size with a document.
func open(doc string, width, height int) *document.Viewer {
	v := document.New()
	v.Resize(width, height)
	v.Open([]byte(doc))
	return v
}

// shown returns the lines on screen as a user sees them, without colours and
// without the blanks at their ends.
func shown(v *document.Viewer) []string {
	lines := strings.Split(ansi.Strip(v.Render(dark)), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// expect compares what is on screen with a picture of it.
func expect(t *testing.T, v *document.Viewer, picture string) {
	t.Helper()
	want := strings.Trim(picture, "\n")
	if got := strings.TrimRight(strings.Join(shown(v), "\n"), "\n"); got != want {
		t.Errorf("on screen:\n%s\nwant:\n%s", got, want)
	}
}

// checkFrame fails unless the frame is exactly as large as asked for and holds
// nothing but printable text and colours.
func checkFrame(t *testing.T, v *document.Viewer, width, height int) {
	t.Helper()
	frame := v.Render(dark)
	lines := strings.Split(frame, "\n")
	if height == 0 {
		if frame != "" {
			t.Fatalf("no lines asked for, got %q", frame)
		}
		return
	}
	if len(lines) != height {
		t.Fatalf("%d lines, want %d", len(lines), height)
	}
	for n, line := range lines {
		if got := ansi.StringWidth(line); got != width {
			t.Fatalf("line %d is %d cells wide, want %d: %q", n, got, width, line)
		}
		plain := ansi.Strip(line)
		if !utf8.ValidString(plain) {
			t.Fatalf("line %d is not UTF-8: %q", n, plain)
		}
		for _, r := range plain {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Fatalf("line %d holds %U: %q", n, r, plain)
			}
		}
	}
}

func TestADocumentIsShownIndentedInItsOwnOrderWithItsOwnNumbers(t *testing.T) {
	expect(t, open(device, 60, 30), `
▌▾{
    "id": "4711",
    "name": "Press 07",
    "owner": "device_SN-7",
 ▾  "c8y_Hardware": {
      "serialNumber": "SN-7",
      "revision": 1.50,
      "big": 12345678901234567890
    },
    "c8y_IsDevice": {},
    "tags": [],
    "online": true,
    "note": null,
 ▾  "references": [
 ▾    {
        "id": "1"
      },
 ▾    {
        "id": "2"
      }
    ],
 ▾  "c8y_Odd.name": [
      0
    ]
  }`)
}

func TestColoursFollowTheMeaningOfEachPart(t *testing.T) {
	v := open(`{"n":1.5,"s":"x","k":null}`, 30, 6)
	frame := v.Render(dark)
	for _, part := range []struct {
		role theme.Role
		text string
	}{
		{theme.Fragment, `"n"`}, {theme.Number, "1.5"}, {theme.Value, `"x"`}, {theme.Keyword, "null"},
	} {
		if want := dark.SGR(part.role) + part.text + theme.Reset; !strings.Contains(frame, want) {
			t.Errorf("%s is not drawn in role %d: %q", part.text, part.role, frame)
		}
	}
}

func TestPathAndValueOfTheCursor(t *testing.T) {
	v := open(device, 60, 30)
	for _, at := range []struct {
		line              int
		path, value, text string
	}{
		{2, "id", `"4711"`, "4711"},
		{5, "c8y_Hardware", `{"serialNumber": "SN-7", "revision": 1.50, "big": 12345678901234567890}`, ""},
		{6, "c8y_Hardware.serialNumber", `"SN-7"`, "SN-7"},
		{7, "c8y_Hardware.revision", `1.50`, "1.50"},
		{9, "c8y_Hardware", `{"serialNumber": "SN-7", "revision": 1.50, "big": 12345678901234567890}`, ""},
		{10, "c8y_IsDevice", `{}`, "{}"},
		{16, "references[0].id", `"1"`, "1"},
		{18, "references[1]", `{"id": "2"}`, ""},
		{23, `["c8y_Odd.name"][0]`, `0`, "0"},
	} {
		v.Top()
		v.Move(at.line - 1)
		if got := v.Path(); got != at.path {
			t.Errorf("line %d: path %s, want %s", at.line, got, at.path)
		}
		if got := string(v.Value()); got != at.value {
			t.Errorf("line %d: value %s, want %s", at.line, got, at.value)
		}
		if at.text != "" && v.Text() != at.text {
			t.Errorf("line %d: text %s, want %s", at.line, v.Text(), at.text)
		}
		if at.path != "" && !v.GoTo(at.path) || v.Path() != at.path {
			t.Errorf("path %s does not lead back: %s", at.path, v.Path())
		}
	}
	if v.GoTo("c8y_Hardware.nothing") || v.GoTo("references[7]") || v.GoTo("id.more") {
		t.Error("found a path that is not there")
	}
}

func TestTextOfAStringIsWithoutEscapes(t *testing.T) {
	v := open(`["a\"b\u00e4\n"]`, 40, 5)
	v.Move(1)
	if got, want := v.Text(), "a\"bä\n"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if got, want := string(v.Value()), `"a\"b\u00e4\n"`; got != want {
		t.Errorf("value %q, want %q", got, want)
	}
}

func TestReferencesAreMarkedAndCanBeFollowed(t *testing.T) {
	v := open(device, 60, 30)
	v.SetLinks(func(path, value string) (text.Safe, bool) {
		if strings.HasPrefix(path, "references[") {
			return text.Clean("device " + value), true
		}
		return "", path == "owner"
	})
	screen := strings.Join(shown(v), "\n")
	if !strings.Contains(screen, `"id": "2" → device 2`) {
		t.Errorf("the label is missing:\n%s", screen)
	}
	if frame := v.Render(dark); !strings.Contains(frame, dark.SGR(theme.Link)+`"device_SN-7"`) {
		t.Error("a reference without a label is not marked")
	}
	if _, ok := v.Link(); ok {
		t.Error("the document itself can be followed")
	}
	v.GoTo("references[1].id")
	if link, ok := v.Link(); !ok || link != (document.Link{Path: "references[1].id", Value: "2", Label: "device 2"}) {
		t.Errorf("link %+v, %v", link, ok)
	}
}

func TestAnotherVersionOfTheDocumentKeepsThePlace(t *testing.T) {
	list := func(items int, extra string) string {
		var b strings.Builder
		b.WriteString(`{` + extra + `"list":[`)
		for i := range items {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`{"a":1,"b":2}`)
		}
		return b.String() + `],"z":{"y":1}}`
	}
	v := open(list(40, ""), 40, 10)
	v.GoTo("z")
	v.Toggle()
	v.GoTo("list[20].b")
	line := screenLine(t, v)

	v.SetDocument([]byte(list(40, `"new":[1,2,3],`)))
	if got := v.Path(); got != "list[20].b" {
		t.Errorf("the cursor went to %s", got)
	}
	if got := screenLine(t, v); got != line {
		t.Errorf("the cursor jumped from screen line %d to %d", line, got)
	}
	v.SetDocument([]byte(list(5, "")))
	if got := v.Path(); got != "list" {
		t.Errorf("the place is gone: cursor on %s, want the list around it", got)
	}
	v.Bottom()
	if screen := strings.Join(shown(v), "\n"); !strings.Contains(screen, `"z": { … 1 key }`) {
		t.Errorf("what was folded is not any more:\n%s", screen)
	}
	if v.GoTo("z"); v.Path() != "z" {
		t.Errorf("the cursor is on %s", v.Path())
	}
	v.SetDocument(nil)
	v.SetDocument([]byte(`[1]`))
	checkFrame(t, v, 40, 10)
}

// screenLine returns the line of the screen on which the cursor is.
func screenLine(t *testing.T, v *document.Viewer) int {
	t.Helper()
	for n, line := range shown(v) {
		if strings.HasPrefix(line, "▌") {
			return n
		}
	}
	t.Fatal("the cursor is not on screen")
	return -1
}

func TestTheSameFrameComesForNothing(t *testing.T) {
	v := open(device, 60, 20)
	v.Render(dark)
	if n := testing.AllocsPerRun(10, func() { v.Render(dark) }); n != 0 {
		t.Errorf("%v allocations for an unchanged frame", n)
	}
	before := v.Render(dark)
	v.Move(1)
	if v.Render(dark) == before {
		t.Error("the cursor moved and the frame did not change")
	}
	if light := theme.New(theme.Standard, false); v.Render(light) == v.Render(dark) {
		t.Error("another theme gives the same frame")
	}
	focused := v.Render(dark)
	v.SetFocus(false)
	if v.Render(dark) == focused {
		t.Error("focus cannot be seen")
	}
}

func TestEveryFrameFillsItsRectangle(t *testing.T) {
	for _, size := range [][2]int{{0, 0}, {1, 1}, {0, 5}, {5, 0}, {2, 3}, {8, 2}, {80, 24}, {250, 70}} {
		for _, wrap := range []bool{false, true} {
			v := open(device, size[0], size[1])
			v.SetWrap(wrap)
			checkSteps(t, v, size[0], size[1])
		}
	}
}

// checkSteps does everything that a user can do and checks each frame.
func checkSteps(t *testing.T, v *document.Viewer, width, height int) {
	t.Helper()
	for _, step := range []func(){
		func() {}, v.Bottom, func() { v.Scroll(-3) }, func() { v.Scroll(1000) }, func() { v.Page(-1) },
		func() { v.ScrollX(7) }, v.Top, v.FoldAll, v.Unfold, func() { v.Search("s") }, v.Next, v.Prev,
		v.Toggle, v.Parent, v.Fold, v.UnfoldAll, func() { v.FoldTo(2) }, func() { v.Move(1) },
		func() { v.Click(0, 1) }, func() { v.Click(3, 2) }, func() { v.Move(-1) }, func() { v.SetFocus(false) },
	} {
		step()
		checkFrame(t, v, width, height)
	}
}
