package ui_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/palette"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

var errNowhere = errors.New("there is no view \x1b[31mnowhere")

// page is the simplest view: it shows its place and counts what happens to it.
type page struct {
	place         string
	scope         *ui.Scope
	width, height int
	shown, hidden int
	rendered      int
	typing        bool
	typed         string
	opened        func(*page)
	acted         int
	disabled      string
	status        []ui.Span   // if it is to be another
	more          []ui.Action // offered before its own
}

func (p *page) Open(s *ui.Scope) {
	p.scope = s
	if p.opened != nil {
		p.opened(p)
	}
}
func (p *page) Place() string    { return p.place }
func (p *page) Title() text.Safe { return text.Clean("at " + p.place) }
func (p *page) Resize(w, h int)  { p.width, p.height = w, h }
func (p *page) Shown()           { p.shown++ }
func (p *page) Hidden()          { p.hidden++ }
func (p *page) Typing() bool     { return p.typing }
func (p *page) Paste(s string)   { p.typed += s }

func (p *page) Key(msg tea.KeyPressMsg) bool {
	p.typed += msg.Text
	return true
}

func (p *page) Status() []ui.Span {
	if p.status != nil {
		return p.status
	}
	return []ui.Span{{Text: "status of " + text.Clean(p.place)}}
}

func (p *page) Render(*theme.Theme) string {
	p.rendered++
	lines := make([]string, p.height)
	for i := range lines {
		lines[i] = string(text.Fit(text.Clean(fmt.Sprintf("line %d of %s", i, p.place)), p.width, text.Left))
	}
	return strings.Join(lines, "\n")
}

func (p *page) Actions() []ui.Action {
	return append(slices.Clone(p.more), ui.Action{
		Action:   keys.Mark,
		Disabled: func() string { return p.disabled },
		Run:      func() { p.acted++ },
	})
}

// desk is a shell with pages, and what a program would do with it.
type desk struct {
	t     testing.TB
	shell *ui.Shell
	pages map[string]*page
	quit  bool
	inbox chan tea.Msg
}

func newDesk(t testing.TB, width, height int) *desk {
	d := &desk{t: t, pages: map[string]*page{}, inbox: make(chan tea.Msg)}
	d.shell = ui.New(ui.Options{
		First: ui.Desk{
			ID: "acme", Title: "acme", Home: "home", Opener: func(place string) (ui.View, error) {
				if place == "nowhere" {
					return nil, errNowhere
				}
				p := d.pages[place]
				if p == nil {
					p = &page{place: place}
				}
				d.pages[place] = p
				return p, nil
			},
			Palette: func(s *ui.Scope) []palette.Entry {
				return []palette.Entry{{Title: "Devices", Kind: "view", Run: func() { s.Open("devices") }}}
			},
		},
		Title: "c8yx", Fixed: true,
	})
	d.shell.Attach(func(msg tea.Msg) { d.inbox <- msg })
	t.Cleanup(d.shell.Close)
	d.say(tea.WindowSizeMsg{Width: width, Height: height})
	d.pages["home"].scope.SetHeader(ui.Header{
		Left:  []ui.Badge{{Span: ui.Span{Text: "c8yx"}}, {Span: ui.Span{Text: "acme.example"}}, {Rank: 2, Span: ui.Span{Text: "a-user-with-a-long-name@acme.example"}}},
		Right: []ui.Badge{{Rank: 1, Span: ui.Span{Text: "session 13d"}}, {Span: ui.Span{Text: "PROD"}}},
	})
	return d
}

// say gives the shell a message and runs the commands that come of it.
func (d *desk) say(msg tea.Msg) {
	_, cmd := d.shell.Update(msg)
	d.run(cmd)
}

func (d *desk) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.QuitMsg:
		d.quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	}
}

// settle takes what goroutines have sent until nothing comes any more.
func (d *desk) settle() {
	for {
		synctest.Wait()
		select {
		case msg := <-d.inbox:
			d.say(msg)
		default:
			return
		}
	}
}

func (d *desk) press(names ...string) {
	for _, name := range names {
		d.say(press(name))
	}
}

// press makes the message of a key from its name in the key map.
func press(name string) tea.KeyPressMsg {
	special := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: ' ', Text: " "}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

func (d *desk) screen() string { return ansi.Strip(d.shell.View().Content) }

func (d *desk) see(wanted ...string) {
	d.t.Helper()
	for _, w := range wanted {
		if !strings.Contains(d.screen(), w) {
			d.t.Errorf("%q is not on the screen:\n%s", w, d.screen())
		}
	}
}

func TestTheFrameHasItsLines(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 15}, {250, 70}} {
		d := newDesk(t, size[0], size[1])
		lines := strings.Split(d.shell.View().Content, "\n")
		if len(lines) != size[1] {
			t.Fatalf("%v: %d lines", size, len(lines))
		}
		for i, l := range lines {
			if w := ansi.StringWidth(l); w != size[0] {
				t.Errorf("%v: line %d has %d cells: %q", size, i, w, ansi.Strip(l))
			}
		}
		d.see("c8yx", "acme.example", "PROD", "at home", "status of home", "line 0 of home", "space mark", "? keys")
		if size[0] < 80 && strings.Contains(lines[0], "long-name") {
			t.Errorf("%v: the badge of least importance is still there: %s", size, lines[0])
		}
	}
}

func TestATerminalThatIsTooSmallIsToldSo(t *testing.T) {
	for _, size := range [][2]int{{59, 40}, {120, 14}, {8, 3}, {1, 1}} {
		d := newDesk(t, size[0], size[1])
		lines := strings.Split(d.shell.View().Content, "\n")
		if len(lines) != size[1] || !strings.HasPrefix("c8yx", strings.TrimSpace(ansi.Strip(lines[0]))[:1]) {
			t.Errorf("%v: %q", size, lines)
		}
		d.press("x", "space", ":")
		d.say(tea.WindowSizeMsg{Width: 120, Height: 40})
		d.see("line 0 of home")
		d.say(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		if d.press("q"); !d.quit {
			t.Errorf("%v: q does not quit", size)
		}
	}
}

func TestBackFindsTheViewAsItWasLeft(t *testing.T) {
	d := newDesk(t, 120, 40)
	home := d.pages["home"]
	home.scope.Open("devices")
	d.say(nil)
	home.scope.Open("devices/4711")
	d.say(nil)
	d.see("at home › at devices › at devices/4711", "line 0 of devices/4711")
	devices := d.pages["devices"]
	if devices.shown != 1 || devices.hidden != 1 {
		t.Errorf("devices was shown %d and hidden %d times", devices.shown, devices.hidden)
	}
	d.press("esc")
	d.see("line 0 of devices")
	if devices.shown != 2 || d.pages["devices"] != devices {
		t.Error("another view came back")
	}
	if d.pages["devices/4711"].scope.Context().Err() == nil {
		t.Error("the scope of the closed view has not ended")
	}
	d.press("]")
	d.see("line 0 of devices/4711")
	d.press("[", "backspace")
	d.see("line 0 of home")
	d.press("esc")
	d.see("this is the first view")
}

func TestOpeningAPlaceThatIsOpenGoesBackToIt(t *testing.T) {
	d := newDesk(t, 120, 40)
	home := d.pages["home"]
	for _, place := range []string{"devices", "alarms", "devices"} {
		home.scope.Open(place)
		d.say(nil)
	}
	d.see("at home › at devices ", "line 0 of devices")
	if d.pages["alarms"].scope.Context().Err() == nil {
		t.Error("alarms is still open")
	}
}

func TestDeepViewsSleepAndWakeUp(t *testing.T) {
	d := newDesk(t, 120, 40)
	home := d.pages["home"]
	for i := range 30 {
		d.pages["home"].scope.Open(fmt.Sprint("level", i))
		d.say(nil)
	}
	if home.scope.Context().Err() == nil {
		t.Error("the deepest view is still awake")
	}
	for range 30 {
		d.press("esc")
	}
	d.see("line 0 of home")
}

func TestWhatCannotBeOpenedSaysWhyAndLeavesTheViewAlone(t *testing.T) {
	d := newDesk(t, 120, 40)
	d.pages["home"].scope.Open("nowhere")
	d.say(nil)
	d.see("line 0 of home", "there is no view ␛[31mnowhere")
	if strings.Contains(d.shell.View().Content, "\x1b[31mnowhere") {
		t.Error("foreign text reached the screen with its escapes")
	}
}

func TestKeysGoToActionsAndReasonsAreShown(t *testing.T) {
	d := newDesk(t, 120, 40)
	home := d.pages["home"]
	d.press("space", "space")
	if home.acted != 2 {
		t.Errorf("acted %d times, want 2", home.acted)
	}
	home.disabled = "needs ROLE_ALARM_ADMIN"
	d.press("space")
	if home.acted != 2 {
		t.Error("a disabled action was done")
	}
	d.see("Mark or unmark: needs ROLE_ALARM_ADMIN")
	d.press("x")
	if home.typed != "x" {
		t.Errorf("a key that is no action became %q", home.typed)
	}
	home.typing = true
	d.press("space", "q", "?")
	d.say(tea.PasteMsg{Content: "pasted"})
	if home.typed != "x q?pasted" || d.quit {
		t.Errorf("typed %q, quit %v", home.typed, d.quit)
	}
}

func TestThePaletteOpensPlacesAndDoesActions(t *testing.T) {
	d := newDesk(t, 120, 40)
	d.press(":")
	d.see("Devices", "Mark or unmark", "Show all keys")
	d.press("d", "e", "v", "i")
	d.see("› devi")
	d.press("enter")
	d.see("line 0 of devices")
	d.press(":", "m", "a", "r", "k", "enter")
	if d.pages["devices"].acted != 1 {
		t.Error("the palette did not do the action")
	}
	d.pages["devices"].disabled = "already marked"
	d.press(":", "m", "a", "r", "k", "enter")
	d.see("already marked", "› mark")
	d.press("esc")
	d.press(":", "z", "z", "z")
	d.see("Nothing is called that.")
}

func TestHelpShowsEveryActionOfTheView(t *testing.T) {
	d := newDesk(t, 250, 70)
	d.press("?")
	for _, want := range []string{"Mark or unmark", "Go to…", "Quit", "EVERYWHERE", "LISTS"} {
		d.see(want)
	}
	d.press("esc")
	if strings.Contains(d.screen(), "EVERYWHERE") {
		t.Error("the help is still there")
	}
}

func TestQuittingAsksOnlyWhenSomethingRuns(t *testing.T) {
	d := newDesk(t, 120, 40)
	running := text.Safe("")
	d.pages["home"].scope.Guard(func() text.Safe { return running })
	running = "a download of 3 files"
	d.press("q")
	d.see("a download of 3 files")
	if d.quit {
		t.Fatal("quit without asking")
	}
	d.press("enter") // the default is to stay
	d.press("q", "y")
	if !d.quit {
		t.Error("did not quit after yes")
	}
	d = newDesk(t, 120, 40)
	if d.press("q"); !d.quit || d.shell.Err() != nil {
		t.Errorf("quit %v, error %v", d.quit, d.shell.Err())
	}
	d = newDesk(t, 120, 40)
	if d.press("ctrl+c"); !d.quit || !errors.Is(d.shell.Err(), ui.ErrInterrupted) {
		t.Errorf("quit %v, error %v", d.quit, d.shell.Err())
	}
}

func TestWorkComesBackOnlyToViewsThatAreOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, 120, 40)
		answers := 0
		d.pages["devices"] = &page{place: "devices", opened: func(p *page) {
			ui.Load(p.scope, func(context.Context) (int, error) {
				time.Sleep(time.Second)
				return 42, nil
			}, func(n int, err error) {
				if n == 42 && err == nil {
					answers++
				}
			})
		}}
		d.pages["home"].scope.Open("devices")
		d.say(nil)
		if d.shell.Idle() {
			t.Error("idle while work is under way")
		}
		time.Sleep(2 * time.Second)
		d.settle()
		if answers != 1 || !d.shell.Idle() {
			t.Errorf("%d answers, idle %v", answers, d.shell.Idle())
		}
		d.press("esc", "]", "esc") // opened again, and closed before the answer
		time.Sleep(2 * time.Second)
		d.settle()
		if answers != 1 || !d.shell.Idle() {
			t.Errorf("after closing: %d answers, idle %v", answers, d.shell.Idle())
		}
	})
}

func TestATimerCanBeCalledOffAndIsNotWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, 120, 40)
		scope, rung := d.pages["home"].scope, 0
		stop := scope.After(time.Minute, func() { rung += 100 })
		scope.After(time.Minute, func() { rung++ })
		if !d.shell.Idle() {
			t.Error("a timer counts as work")
		}
		stop()
		time.Sleep(2 * time.Minute)
		d.settle()
		if rung != 1 {
			t.Errorf("rung %d, want 1", rung)
		}
	})
}

func TestAPanicInTheBackgroundEndsTheProgramInGoodOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, 120, 40)
		d.pages["home"].scope.Go(func(context.Context) { panic("a bug") })
		d.settle()
		var crash *ui.Crash
		if !d.quit || !errors.As(d.shell.Err(), &crash) || len(crash.Stack) == 0 {
			t.Errorf("quit %v, error %v", d.quit, d.shell.Err())
		}
	})
}

func TestToastsFadeAndAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, 120, 40)
		scope := d.pages["home"].scope
		scope.Toast(toast.Success, "Acknowledged 3 alarms")
		scope.Copy("the id", "4711")
		d.say(nil)
		d.see("Acknowledged 3 alarms", "Copied the id")
		time.Sleep(4 * time.Second)
		d.settle()
		if strings.Contains(d.screen(), "Acknowledged") {
			t.Error("the toast is still there")
		}
		d.press("ctrl+g")
		d.see("Messages", "Acknowledged 3 alarms")
		d.press("esc")
		scope.Copy("everything", strings.Repeat("x", 100_000))
		d.see("Not copied")
		scope.Toast(toast.Failure, "The tenant refused: "+text.Clean(strings.Repeat("because of this ", 30))+"at all")
		d.say(nil)
		d.see("… ctrl+g shows all")
		d.press("ctrl+g")
		d.see("at all")
	})
}

func TestOverlaysAreCentredAndTakeTheKeys(t *testing.T) {
	d := newDesk(t, 80, 24)
	yes := 0
	d.pages["home"].scope.Show(&dialog.Confirm{
		Title: "Delete", Question: "Delete 300 devices of acme.example?", Yes: "Delete 300 devices",
		Danger: true, Word: "300", Accept: func() { yes++ },
	})
	d.see("Delete 300 devices of acme.example?")
	for i, l := range strings.Split(d.shell.View().Content, "\n") {
		if w := ansi.StringWidth(l); w != 80 {
			t.Errorf("line %d has %d cells below the dialog", i, w)
		}
	}
	d.press("enter", "y", "3", "enter")
	if yes != 0 {
		t.Fatal("accepted without the word")
	}
	d.press("backspace", "backspace", "3", "0", "0", "enter")
	if yes != 1 {
		t.Error("the typed word was not accepted")
	}
	if d.see("line 0 of home"); d.pages["home"].typed != "" {
		t.Errorf("keys fell through to the view: %q", d.pages["home"].typed)
	}
}
