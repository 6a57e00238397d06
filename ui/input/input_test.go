package input_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/input"
)

// keys makes the messages of what is pressed, with blanks between them; a word of
// several letters that is no key is typed.
func keys(pressed string) []tea.KeyPressMsg {
	special := map[string]tea.KeyPressMsg{
		"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "enter": {Code: tea.KeyEnter}, "space": {Code: ' ', Text: " "},
		"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
		"ctrl+left": {Code: tea.KeyLeft, Mod: tea.ModCtrl}, "alt+f": {Code: 'f', Mod: tea.ModAlt},
		"ctrl+w": {Code: 'w', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+k": {Code: 'k', Mod: tea.ModCtrl},
	}
	var all []tea.KeyPressMsg
	for _, word := range strings.Fields(pressed) {
		if msg, ok := special[word]; ok {
			all = append(all, msg)
			continue
		}
		for _, r := range word {
			all = append(all, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	return all
}

func TestALineIsEdited(t *testing.T) {
	for _, c := range []struct{ begin, press, want string }{
		{"", "press space 07", "press 07"},
		{"press", "left left X", "preXss"},
		{"press 07", "home delete end backspace", "ress 0"},
		{"press 07", "ctrl+left x", "press x07"},
		{"press 07", "home alt+f x", "pressx 07"},
		{"press 07", "ctrl+w", "press "},
		{"press 07", "left ctrl+u", "7"},
		{"press 07", "left ctrl+k", "press 0"},
		{"機e\u0301x", "left left backspace", "e\u0301x"}, // an accent moves with its letter
		{"機e\u0301x", "left backspace", "機x"},
		{"", "backspace delete left right ctrl+w ctrl+u ctrl+k", ""},
	} {
		l := input.New("› ", "")
		l.SetValue(c.begin)
		for _, k := range keys(c.press) {
			l.Key(k)
		}
		if l.Value() != c.want {
			t.Errorf("%q after %q is %q, want %q", c.begin, c.press, l.Value(), c.want)
		}
	}
}

func TestOnlyTypingCountsAsAChange(t *testing.T) {
	l := input.New("› ", "")
	l.SetValue("press")
	for i, changed := range []bool{false, true, false, true} {
		if got := l.Key(keys("left x end backspace")[i]); got != changed {
			t.Errorf("key %d: changed %v", i, got)
		}
	}
}

func TestALineShowsWhereTheCursorIs(t *testing.T) {
	th := theme.New(theme.Standard, true)
	for _, value := range []string{"plain letters in a long line", "機械工場の長い名前です機械工場", "\x1b[31m\u202eevil\x00\n and long enough", ""} {
		l := input.New("› ", "an example")
		l.SetValue(value)
		for range 40 {
			for _, width := range []int{4, 7, 20, 80} {
				drawn := l.Render(th, width)
				if w := ansi.StringWidth(drawn); w > width {
					t.Fatalf("%q is %d cells wide on %d: %q", value, w, width, ansi.Strip(drawn))
				}
				if strings.Contains(drawn, "\x1b[31m\u202e") || strings.ContainsAny(drawn, "\x00\n\u202e") {
					t.Fatalf("drawn raw: %q", drawn)
				}
				if w := ansi.StringWidth(l.Still(th, width)); w > width {
					t.Fatalf("still, %q is %d cells wide on %d", value, w, width)
				}
			}
			l.Key(keys("left")[0])
		}
	}
	l := input.New("", "")
	l.SetValue("0123456789")
	if got := ansi.Strip(l.Render(th, 5)); got != "6789 " {
		t.Errorf("at the end: %q", got)
	}
	l.Key(keys("home")[0])
	if got := ansi.Strip(l.Render(th, 5)); got != "01234" {
		t.Errorf("at the beginning: %q", got)
	}
	if got := ansi.Strip(l.Still(th, 5)); got != "0123…" {
		t.Errorf("still: %q", got)
	}
}

func TestPastedTextStaysOnOneLine(t *testing.T) {
	l := input.New("", "")
	l.Paste("\r\n one\ttwo\r\nthree\x1b[31m \n")
	if got := l.Value(); got != "one two three[31m" {
		t.Errorf("pasted %q", got)
	}
	secret := input.New("", "").Secret()
	secret.Paste(" blanks count \n")
	if got := secret.Value(); got != " blanks count " {
		t.Errorf("pasted %q", got)
	}
	if drawn := ansi.Strip(secret.Render(theme.New(theme.Standard, true), 40)); strings.Contains(drawn, "blanks") {
		t.Errorf("a secret is drawn: %q", drawn)
	}
}

func TestAnAreaIsEdited(t *testing.T) {
	for _, c := range []struct{ begin, press, want string }{
		{"", "one enter two", "one\ntwo"},
		{"one\ntwo", "down x", "one\nxtwo"},
		{"one\ntwo", "end x down y", "onex\ntwoy"},
		{"  a", "end enter b", "  a\n  b"}, // indented as the line before
		{"one\n\nthree", "down down x", "one\n\nxthree"},
		{"one\ntwo", "down backspace", "onetwo"},
	} {
		a := input.NewArea("")
		a.SetValue(c.begin)
		a.Render(theme.New(theme.Standard, true), 40, 5)
		for _, k := range keys(c.press) {
			a.Key(k)
			a.Render(theme.New(theme.Standard, true), 40, 5)
		}
		if a.Value() != c.want {
			t.Errorf("%q after %q is %q, want %q", c.begin, c.press, a.Value(), c.want)
		}
	}
}

func TestAnAreaWrapsAndScrolls(t *testing.T) {
	th := theme.New(theme.Standard, true)
	a := input.NewArea("")
	a.SetValue("0123456789abcdef\n機械工場の長い名前\n\x1b[31m\u202e\nend")
	seen := map[string]bool{}
	for range 40 {
		lines := a.Render(th, 9, 3)
		if len(lines) > 3 {
			t.Fatalf("%d lines", len(lines))
		}
		for _, l := range lines {
			if w := ansi.StringWidth(l); w > 9 {
				t.Fatalf("%d cells: %q", w, l)
			}
			seen[strings.TrimRight(ansi.Strip(l), " ")] = true
		}
		a.Key(keys("down")[0])
	}
	for _, want := range []string{"01234567", "89abcdef", "機械工場", "の長い名", "前", "end"} {
		if !seen[want] {
			t.Errorf("the row %q was never seen: %v", want, seen)
		}
	}
	if a.Key(keys("down")[0]) {
		t.Error("down means something at the end")
	}
}
