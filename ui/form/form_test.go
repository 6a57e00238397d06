package form_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/form"
	"c8yx/ui/text"
)

// user fills in a form as a user does and sees what he sees.
type user struct {
	*form.Form
	t             testing.TB
	theme         *theme.Theme
	width, height int
}

func fill(t testing.TB, o form.Options) *user {
	return &user{Form: form.New(o), t: t, theme: theme.New(theme.Standard, true), width: 80, height: 24}
}

func (u *user) press(keys ...string) *user {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace, "home": tea.KeyHome, "end": tea.KeyEnd,
	}
	for _, k := range keys {
		switch code, ok := special[k]; {
		case ok:
			u.Key(tea.KeyPressMsg{Code: code})
		case k == "space":
			u.Key(tea.KeyPressMsg{Code: ' ', Text: " "})
		case k == "ctrl+space":
			u.Key(tea.KeyPressMsg{Code: tea.KeySpace, Mod: tea.ModCtrl})
		case k == "shift+tab":
			u.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
		case strings.HasPrefix(k, "ctrl+"):
			u.Key(tea.KeyPressMsg{Code: []rune(k[5:])[0], Mod: tea.ModCtrl})
		default:
			for _, r := range k {
				u.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
	}
	return u
}

func (u *user) screen() string {
	return ansi.Strip(strings.Join(u.Render(u.theme, u.width, u.height), "\n"))
}

func (u *user) see(wanted ...string) *user {
	u.t.Helper()
	for _, w := range wanted {
		if !strings.Contains(u.screen(), w) {
			u.t.Errorf("%q is not there:\n%s", w, u.screen())
		}
	}
	return u
}

func (u *user) dontSee(unwanted ...string) *user {
	u.t.Helper()
	for _, w := range unwanted {
		if strings.Contains(u.screen(), w) {
			u.t.Errorf("%q is there:\n%s", w, u.screen())
		}
	}
	return u
}

// alarm is a form with a field of nearly every sort.
func alarm(accept func(*form.Form, form.Values)) form.Options {
	return form.Options{
		Title: "New alarm", Intro: []text.Safe{"It is raised for Press 07."}, Submit: "Create",
		Fields: []form.Field{
			{Name: "type", Label: "Type", Required: true, Placeholder: "c8y_Overpressure", Note: "What kind of trouble this is."},
			{Name: "severity", Label: "Severity", Input: form.Choice(form.Choices("CRITICAL", "MAJOR", "MINOR", "WARNING")...), Value: "MAJOR"},
			{Name: "count", Label: "Count", Input: form.Whole(1, 100), Value: "1"},
			{Name: "limit", Label: "Limit", Input: form.Number(-1.5, 1.5)},
			{Name: "since", Label: "Since", Input: form.Date()},
			{Name: "mail", Label: "Send a mail", Input: form.Toggle()},
			{Name: "address", Label: "Address", Visible: func(v form.Values) bool { return v.On("mail") }},
			{Name: "pin", Label: "PIN", Input: form.Secret()},
			{Name: "note", Label: "Note", Input: form.Lines(3)},
		},
		Accept: accept,
	}
}

func TestAFormIsFilledInAndHandedOver(t *testing.T) {
	var got form.Values
	u := fill(t, alarm(func(f *form.Form, v form.Values) { got = v; f.Close() }))
	u.see("New alarm", "It is raised for Press 07.", "c8y_Overpressure", "What kind of trouble", "[MAJOR]", "Create").dontSee("Address")
	u.press("hv_Door ", "enter") // type
	u.press("right", "tab")      // MINOR
	u.press("2", "down")         // 12
	u.press("-0.5", "down")
	u.press("2026-03-02 14:00", "tab")
	u.press("space").see("Address").press("tab")
	u.press("jane@acme.example", "tab")
	u.press("s3cret").dontSee("s3cret").see("••••••").press("tab")
	u.press("first", "enter", "second", "ctrl+s")
	if !u.Done() {
		t.Fatalf("not handed over:\n%s", u.screen())
	}
	at := time.Date(2026, 3, 2, 14, 0, 0, 0, time.Local)
	if got.Text("type") != "hv_Door" || got.Text("severity") != "MINOR" || got.Int("count") != 12 || got.Number("limit") != -0.5 ||
		!got.Time("since").Equal(at) || !got.On("mail") || got.Text("address") != "jane@acme.example" ||
		string(got.Hidden("pin")) != "s3cret" || got.Text("note") != "first\nsecond" {
		t.Errorf("got %q %q %d %v %v %q", got.Text("type"), got.Text("severity"), got.Int("count"), got.Number("limit"), got.Time("since"), got.Text("note"))
	}
	if !got.Changed("type") || got.Changed("nothing") {
		t.Error("changes are not told apart")
	}
}

func TestWhatIsWrongIsSaidBesideTheField(t *testing.T) {
	o := alarm(func(*form.Form, form.Values) { t.Error("a wrong form was handed over") })
	o.Fields[0].Validate = func(typed string) text.Safe {
		if strings.ContainsRune(typed, ' ') {
			return "no blanks in types"
		}
		return ""
	}
	u := fill(t, o)
	u.press("ctrl+s").see("this is needed")
	u.press("a b").see("no blanks in types").press("ctrl+s")
	u.press("backspace", "backspace").dontSee("no blanks")
	u.press("tab", "tab", "500", "ctrl+s").see("write a number from 1 to 100")
	u.press("backspace", "backspace", "backspace", "x").see("write a whole number")
	u.press("backspace", "tab", "9", "ctrl+s").see("write a number from -1.5 to 1.5")
	u.press("backspace", "tab", "tomorrow", "ctrl+s").see("write 2026-03-02 14:00, now, +2h or -3d")
}

func TestTheFieldsAreCheckedTogether(t *testing.T) {
	handed := 0
	u := fill(t, form.Options{
		Fields: []form.Field{{Name: "new", Label: "New", Input: form.Secret()}, {Name: "again", Label: "Again", Input: form.Secret()}},
		Check: func(v form.Values) map[string]text.Safe {
			if v.Hidden("new") != v.Hidden("again") {
				return map[string]text.Safe{"again": "the two differ"}
			}
			return nil
		},
		Accept: func(*form.Form, form.Values) { handed++ },
	})
	u.press("one", "tab", "two", "enter").see("the two differ")
	u.press("ctrl+u", "one").dontSee("the two differ").press("enter")
	if handed != 1 {
		t.Errorf("handed over %d times", handed)
	}
}

func TestARefusalLosesNothing(t *testing.T) {
	handed := 0
	u := fill(t, alarm(func(f *form.Form, _ form.Values) { handed++; f.Busy("Creating the alarm …") }))
	u.press("hv_Door", "ctrl+s").see("Creating the alarm")
	u.press("x", "ctrl+s", "enter", "tab")
	u.Paste("pasted")
	u.Fail("POST /alarm/alarms: 422: the device does not exist. " + text.Clean(strings.Repeat("And so on. ", 100)))
	u.see("hv_Door", "the device does not exist").dontSee("hv_Doorx", "pasted")
	u.FieldFail("type", "this type is not allowed")
	u.see("this type is not allowed").press("y").dontSee("not allowed").see("hv_Doory")
	u.press("ctrl+s")
	if handed != 2 {
		t.Errorf("handed over %d times, want 2", handed)
	}
}

func TestLeavingAsksOnlyIfSomethingWasTyped(t *testing.T) {
	cancelled := 0
	o := alarm(nil)
	o.Cancel = func() { cancelled++ }
	u := fill(t, o).press("esc")
	if !u.Done() || cancelled != 1 {
		t.Error("an untouched form asks before it closes")
	}
	u = fill(t, o).press("x", "esc").see("Throw away what you have entered?").press("enter")
	if u.Done() || cancelled != 1 {
		t.Fatal("the default throws away")
	}
	u.see("New alarm").press("esc", "y")
	if !u.Done() || cancelled != 2 {
		t.Error("yes does not throw away")
	}
	u = fill(t, alarm(func(f *form.Form, _ form.Values) { f.Busy("Creating …") })).press("x", "ctrl+s", "esc")
	if !u.Done() {
		t.Error("a busy form cannot be left")
	}
}

func TestCompletionsAreOfferedAndTaken(t *testing.T) {
	types := []string{"c8y_Battery", "c8y_BatteryLow", "c8y_Door\x1b[31m"}
	var taken string
	u := fill(t, form.Options{
		Fields: []form.Field{{Name: "type", Label: "Type", Suggest: func(typed string) (found []string) {
			for _, s := range types {
				if strings.HasPrefix(s, typed) {
					found = append(found, s)
				}
			}
			return found
		}}, {Name: "next", Label: "Next"}},
		Accept: func(_ *form.Form, v form.Values) { taken = v.Text("type") },
	})
	u.press("c").see("c8y_Battery", "c8y_Door␛[31m")
	u.press("tab").see("c8y_") // as far as all agree
	u.press("B", "tab").see("c8y_Battery")
	u.press("down", "down").press("enter", "ctrl+s")
	if taken != "c8y_BatteryLow" {
		t.Errorf("took %q", taken)
	}
	u.press("backspace", "backspace", "backspace", "ctrl+space", "down", "esc").see("c8y_Battery")
	if u.Done() {
		t.Error("esc closed the form and not the list")
	}
}

func TestAFileIsLookedForBesideTheLoop(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"firmware-1.bin", "firmware-2.bin", ".hidden"} {
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, 4200), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var late []func()
	u := fill(t, form.Options{
		Fields: []form.Field{{Name: "file", Label: "File", Required: true, Input: form.File(func(typed string, answer func(form.Found)) {
			late = append(late, func() { answer(form.LookFor(typed)) })
		})}},
		Accept: func(f *form.Form, _ form.Values) { f.Close() },
	})
	u.width = 200
	u.Paste(dir + "/firm")
	for _, answer := range late {
		answer()
	}
	u.see("firmware-1.bin", "firmware-2.bin", "there is no such file").dontSee("hidden")
	u.press("tab").see("/firmware-")
	if u.press("1"); true {
		late[0]() // an answer for what is not typed any more
	}
	u.dontSee("no such file")
	u.press(".bin")
	late[len(late)-1]()
	u.see("4.2 kB").press("enter")
	if !u.Done() {
		t.Errorf("not handed over:\n%s", u.screen())
	}
	if found := form.LookFor(dir); found.Problem != "this is a folder" {
		t.Errorf("a folder is %q", found.Problem)
	}
}

func TestButtonsAreReachedByTabByKeyAndByMouse(t *testing.T) {
	demo, handed := 0, 0
	o := form.Options{
		Fields: []form.Field{{Name: "a", Label: "A"}, {Name: "b", Label: "B"}, {Name: "on", Label: "On", Input: form.Toggle()}},
		Submit: "Sign in", Also: []form.Button{{Key: "ctrl+t", Title: "Try the demo tenant", Run: func(*form.Form) { demo++ }}},
		Accept: func(*form.Form, form.Values) { handed++ },
	}
	u := fill(t, o).see("Sign in", "Try the demo tenant  ctrl+t")
	u.press("ctrl+t", "shift+tab", "enter")
	if demo != 2 {
		t.Errorf("the demo was tried %d times, want 2", demo)
	}
	row := func(what string) tea.Mouse {
		for i, l := range strings.Split(u.screen(), "\n") {
			if strings.Contains(l, what) {
				return tea.Mouse{X: 5, Y: i, Button: tea.MouseLeft}
			}
		}
		t.Fatalf("no row %q", what)
		return tea.Mouse{}
	}
	click := func(what string) { at := row(what); u.Mouse(tea.MouseClickMsg(at), at) }
	click(" B ")
	u.press("typed into b").see("▌ B     typed into b")
	click(" On ")
	u.see("[x] yes")
	click(" Sign in")
	if handed != 1 {
		t.Errorf("handed over %d times", handed)
	}
}

func TestAFormNeverPrintsWhatIsInIt(t *testing.T) {
	var got form.Values
	u := fill(t, form.Options{
		Fields: []form.Field{{Name: "password", Label: "Password", Input: form.Secret()}},
		Accept: func(_ *form.Form, v form.Values) { got = v },
	})
	u.Paste(" s3cret \n")
	u.press("enter").dontSee("s3cret")
	if string(got.Hidden("password")) != " s3cret " || got.Text("password") != "" {
		t.Errorf("the blanks of a password were dropped, or it is text")
	}
	asJSON, _ := json.Marshal(got.Hidden("password"))
	for _, printed := range []string{
		fmt.Sprint(got), fmt.Sprintf("%+v", got), fmt.Sprintf("%#v", got), fmt.Sprintf("%x", got.Hidden("password")),
		fmt.Sprintf("%s %v %q", got.Hidden("password"), got.Hidden("password"), got.Hidden("password")), string(asJSON),
	} {
		if strings.Contains(printed, "s3cret") || strings.Contains(printed, fmt.Sprintf("%x", "s3cret")) {
			t.Errorf("printed: %s", printed)
		}
	}
}

func TestAForeignValueStaysAsItIsAndIsDrawnClean(t *testing.T) {
	const evil = " \x1b[31mPress\u202e 07\u200d\x00 \n機械"
	var got form.Values
	u := fill(t, form.Options{
		Fields: []form.Field{
			{Name: "name", Label: "Name", Value: evil},
			{Name: "note", Label: "Note", Value: evil, Input: form.Lines(3)},
			{Name: "kind", Label: "Kind", Input: form.Choice(form.Choices("good", evil)...), Value: evil},
		},
		Accept: func(_ *form.Form, v form.Values) { got = v },
	})
	for _, l := range u.Render(u.theme, 80, 24) {
		if strings.Contains(l, "\x1b[31mPress") || strings.ContainsAny(l, "\u202e\x00\u200d\n") {
			t.Errorf("drawn raw: %q", l)
		}
	}
	u.press("tab", "down", "ctrl+s")
	for _, name := range []string{"name", "note", "kind"} {
		if got.Text(name) != evil || got.Changed(name) {
			t.Errorf("%s became %q", name, got.Text(name))
		}
	}
}

// Whatever is pressed, on however small a terminal: no panic, and a box that
// fits.
func TestRandomKeysNeverBreakAForm(t *testing.T) {
	keys := []string{"enter", "esc", "tab", "shift+tab", "up", "down", "left", "right", "backspace", "home", "end", "ctrl+s", "ctrl+space", "ctrl+u", "ctrl+k", "ctrl+w", "space", "x", "ü", "機", "7", "-", "\u0301"}
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 7))
		o := alarm(func(f *form.Form, _ form.Values) {
			if random.IntN(2) == 0 {
				f.Busy("Working …")
			} else {
				f.Fail("no")
			}
		})
		o.Fields[0].Suggest = func(typed string) []string { return []string{typed + "a", typed + "機", ""} }
		u := fill(t, o)
		for range 60 {
			switch random.IntN(8) {
			case 0:
				u.Paste("\x1b]0;x\a line 1\r\nline 2 \u202e" + strings.Repeat("機", random.IntN(90)))
			case 1:
				at := tea.Mouse{X: random.IntN(90), Y: random.IntN(30) - 2, Button: tea.MouseLeft}
				u.Mouse(tea.MouseClickMsg(at), at)
			case 2:
				u.width, u.height = 60+random.IntN(120), 15+random.IntN(40)
			case 3:
				u.Fail("still no")
			default:
				u.press(keys[random.IntN(len(keys))])
			}
			lines := u.Render(u.theme, u.width, u.height)
			if len(lines) > u.height {
				t.Fatalf("seed %d: %d lines on %d", seed, len(lines), u.height)
			}
			for _, l := range lines {
				if w := ansi.StringWidth(l); w > u.width {
					t.Fatalf("seed %d: %d cells on %d: %q", seed, w, u.width, l)
				}
			}
			if u.Done() {
				break
			}
		}
	}
}
