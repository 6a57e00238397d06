package document_test

import (
	"encoding/json"
	"strings"
	"testing"

	"c8yx/ui/document"
)

func TestWhatIsNotJSONIsShownWithTheReason(t *testing.T) {
	for _, test := range []struct {
		name, doc, picture string
	}{
		{"empty", "", `
empty document`},
		{"blank", " \n\t", `
empty document
▌
  `},
		{"an error page", "<html>\n<h1>502</h1>\r\n", `
not JSON, shown as text: a value is missing, found '<' (line 1, column 1)
▌ <html>
  <h1>502</h1>`},
		{"a mistake", "{\"a\": 1,\n \"b\" 2}", `
not JSON, shown as text: a colon is missing, found '2' (line 2, column 6)
▌ {"a": 1,
   "b" 2}`},
		{"two documents", "{}\n{}", `
not JSON, shown as text: more after the end, found '{' (line 2, column 1)
▌ {}
  {}`},
		{"cut off in a string", `{"a":{"b":[1,"xy`, `
incomplete JSON, cut off after 16 bytes: the end of a string is missing
▌▾{
 ▾  "a": {
 ▾    "b": [
        1,
        "xy`},
		{"cut off behind a name", `{"a":`, `
incomplete JSON, cut off after 5 bytes: a value is missing
▌▾{
    "a": `},
		{"cut off behind a value", `[{"a":1}`, `
incomplete JSON, cut off after 8 bytes: the end is missing
▌▾[
 ▾  {
      "a": 1
    }`},
		{"cut off in an escape", `["\u00`, `
incomplete JSON, cut off after 6 bytes: the end of a string is missing
▌▾[
    "\u00`},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := open(test.doc, 80, 8)
			var lines []string
			for _, line := range strings.Split(strings.Trim(test.picture, "\n"), "\n") {
				lines = append(lines, strings.TrimRight(line, " "))
			}
			expect(t, v, strings.TrimRight(strings.Join(lines, "\n"), "\n"))
			if v.Problem() == nil {
				t.Error("no problem")
			}
			checkSteps(t, v, 80, 8)
		})
	}
}

func TestHostileDocuments(t *testing.T) {
	for name, doc := range map[string]string{
		"1,000 levels":     strings.Repeat("[", 1000) + "1" + strings.Repeat("]", 1000),
		"100,000 levels":   strings.Repeat(`{"a":`, 100000) + "1" + strings.Repeat("}", 100000),
		"unclosed levels":  strings.Repeat(`[{"a":`, 50000),
		"a string of 2 MB": `{"s":"` + strings.Repeat("x", 2_000_000) + `"}`,
		"a name of 1 MB":   `{"` + strings.Repeat("名", 300_000) + `":1}`,
		"a line of 1 MB":   strings.Repeat("not json ", 120_000),
		"escape sequences": "{\"\x1b[2J\":\"\x1b]0;title\a\x9b31m\"}",
		"C1 and bidi":      "{\"\u202ename\":\"\u009b31m \u2066x\u200b\"}",
		"invalid UTF-8":    "[\"\xff\xfe\x80\", \"ok\"]",
		"control in text":  "\x00\x01\x1b[31mred\r\n\tand\x7f more",
		"combining marks":  `["e` + strings.Repeat("\u0301", 5000) + `","\u0301"]`,
		"wide and emoji":   `{"日本語":"👨‍👩‍👧 🇩🇪 ｆｕｌｌ","x":"` + strings.Repeat("語", 500) + `"}`,
		"numbers":          `[1e999999, -0, 0.1e-5, 123456789012345678901234567890]`,
	} {
		t.Run(name, func(t *testing.T) {
			v := open(doc, 10, 10)
			for _, size := range [][2]int{{1, 1}, {9, 4}, {80, 24}} {
				for _, wrap := range []bool{false, true} {
					v.Resize(size[0], size[1])
					v.SetWrap(wrap)
					v.Search("")
					v.Top()
					checkFrame(t, v, size[0], size[1])
					v.Bottom()
					checkFrame(t, v, size[0], size[1])
					v.Search("a")
					v.ScrollX(50)
					checkFrame(t, v, size[0], size[1])
				}
			}
		})
	}
}

func TestALongStringIsShownInPartAndCopiedInFull(t *testing.T) {
	long := strings.Repeat("0123456789", 1_000_000)
	v := open(`["`+long+`"]`, 5000, 3)
	v.Move(1)
	if screen := strings.Join(shown(v), ""); !strings.Contains(screen, "10,000,002 bytes") {
		t.Error("nothing says how long the string is")
	}
	if v.Text() != long {
		t.Error("the value under the cursor is not the whole string")
	}
}

func TestDeepLinesSayHowDeepTheyAre(t *testing.T) {
	v := open(strings.Repeat("[", 1000)+`"here"`+strings.Repeat("]", 1000), 60, 5)
	v.UnfoldAll()
	v.Search("here")
	if screen := strings.Join(shown(v), "\n"); !strings.Contains(screen, `1,000› "here"`) {
		t.Errorf("on screen:\n%s", screen)
	}
	if path := v.Path(); strings.Count(path, "[0]") != 1000 {
		t.Errorf("path of %d bytes", len(path))
	}
}

// The lexer must agree with encoding/json about what is JSON, and whatever the
// bytes are, no use of the viewer may panic, draw a control character or draw a
// line of the wrong width.
func FuzzViewer(f *testing.F) {
	for _, seed := range []string{
		device, nested, "", "[", `{"a":`, `{"a" 1}`, `"\u12`, "nul", "-", "1e+", "[1,]", "{,}", "\x00", `["\ud800\udfff"]`,
		"[1]x", "\xef\xbb\xbf{}", "<html>", "{\"\u202e\":\"\x1b[2J\"}", `[[[[]]],{"":""}]`, "\u0301\n\r\n\r", "01", "[-0.0e0]",
	} {
		f.Add([]byte(seed), uint8(40), uint8(8))
	}
	f.Fuzz(func(t *testing.T, doc []byte, width, height uint8) {
		width, height = width%100, height%30
		v := document.New()
		v.Resize(int(width), int(height))
		v.Open(doc)
		// encoding/json refuses depths above 10,000; we do not.
		if strings.Count(string(doc), "[")+strings.Count(string(doc), "{") < 10000 {
			if valid := json.Valid(doc); valid != (v.Problem() == nil) {
				t.Fatalf("valid %v, but: %v", valid, v.Problem())
			}
		}
		checkSteps(t, v, int(width), int(height))
		v.SetWrap(true)
		checkSteps(t, v, int(width), int(height))
		if path := v.Path(); path != "" && v.Problem() == nil && !v.GoTo(path) {
			t.Fatalf("path %q leads nowhere", path)
		}
		v.SetDocument(append([]byte("["), append(doc, ']')...))
		checkSteps(t, v, int(width), int(height))
	})
}
