package ui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// second opens another desk, whose pages have names of their own.
func second(d *desk) (*page, *ui.Desk) {
	described := ui.Desk{
		ID: "plant", Title: "plant.example", Home: "plant",
		Opener: func(place string) (ui.View, error) {
			p := d.pages[place]
			if p == nil {
				p = &page{place: place}
			}
			d.pages[place] = p
			return p, nil
		},
		Ambient: func(s *ui.Scope) { s.SetHeader(ui.Header{Left: []ui.Badge{{Span: ui.Span{Text: "header of plant"}}}}) },
	}
	d.pages["home"].scope.OpenDesk(described)
	d.say(nil)
	return d.pages["plant"], &described
}

func TestDesksKeepTheirViewsApart(t *testing.T) {
	d := newDesk(t, 120, 40)
	home := d.pages["home"]
	home.scope.Open("devices")
	plant, _ := second(d)
	d.see("at plant", "header of plant", "+1 open")
	if d.pages["devices"].hidden != 1 || plant.shown != 1 {
		t.Errorf("devices was hidden %d times, plant shown %d times", d.pages["devices"].hidden, plant.shown)
	}
	plant.scope.Open("plant/alarms")
	d.press("ctrl+t")
	d.see("at home › at devices", "acme.example")
	d.press(":", "p", "l", "a", "n", "t")
	d.see("plant.example", "open tenant")
	d.press("enter")
	d.see("at plant › at plant/alarms")
	d.press("esc")
	d.see("line 0 of plant")
	d.press("[")
	d.see("there is no earlier place")
}

func TestADeskThatIsNotSeenWorksOnAndIsNotDrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, 120, 40)
		home := d.pages["home"]
		second(d)
		d.screen()
		drawn, ticks := home.rendered, 0
		home.scope.After(time.Minute, func() { ticks++; home.scope.Toast(toast.Info, "a message") })
		time.Sleep(2 * time.Minute)
		d.settle()
		d.see("acme: a message") // whose it is
		if ticks != 1 || home.rendered != drawn {
			t.Errorf("%d ticks, drawn %d times", ticks, home.rendered-drawn)
		}
		frame := d.shell.View().Content
		home.scope.After(time.Second, func() { ticks++ })
		time.Sleep(2 * time.Second)
		d.settle()
		if ticks != 2 || d.shell.View().Content != frame {
			t.Error("what is not seen changed the frame")
		}
	})
}

func TestAQuestionOfADeskThatIsNotSeenWaits(t *testing.T) {
	d := newDesk(t, 120, 40)
	home := d.pages["home"]
	second(d)
	yes := 0
	home.scope.Show(&dialog.Confirm{Title: "Sign in", Question: "Sign in again?", Yes: "Sign in", Accept: func() { yes++ }})
	d.see("◆ acme asks", "line 0 of plant")
	if strings.Contains(d.screen(), "Sign in again?") {
		t.Error("the question lies over another desk")
	}
	d.press("y") // is not an answer to what is not seen
	d.press("ctrl+t")
	d.see("Sign in again?")
	if d.press("y"); yes != 1 {
		t.Errorf("answered %d times", yes)
	}
	d.press("ctrl+t")
	d.see("+1 open")
}

func TestClosingADeskEndsItsWorkAndAsksIfSomethingRuns(t *testing.T) {
	d := newDesk(t, 120, 40)
	home := d.pages["home"]
	plant, described := second(d)
	closed := 0
	running := text.Safe("a job of 300 devices")
	plant.scope.Guard(func() text.Safe { return running })
	home.scope.CloseDesk("plant")
	d.say(nil)
	d.see("Close plant.example", "a job of 300 devices")
	d.press("enter") // the default is to leave it open
	if plant.scope.Context().Err() != nil {
		t.Fatal("closed without a yes")
	}
	d.press("q")
	d.see("Quit", "a job of 300 devices")
	d.press("esc")
	running = ""
	plant.scope.CloseDesk("plant")
	d.say(nil)
	d.see("line 0 of home")
	if plant.scope.Context().Err() == nil || len(home.scope.Desks()) != 1 {
		t.Error("the desk goes on")
	}
	described.Closed = func() { closed++ }
	home.scope.OpenDesk(*described)
	home.scope.OpenDesk(*described) // is open already
	d.say(nil)
	d.see("line 0 of plant")
	if n := len(home.scope.Desks()); n != 2 {
		t.Errorf("%d desks are open", n)
	}
	home.scope.CloseDesk("plant")
	home.scope.CloseDesk("plant")
	if closed != 1 || home.scope.ShowDesk("plant") || !home.scope.ShowDesk("acme") {
		t.Errorf("closed %d times", closed)
	}
	home.scope.CloseDesk("acme")
	if d.say(nil); !d.quit {
		t.Error("the program goes on with nothing to show")
	}
}

func TestADeskWhosePlaceCannotBeOpenedIsNotKept(t *testing.T) {
	d := newDesk(t, 120, 40)
	home := d.pages["home"]
	_, described := second(d)
	described.ID, described.Opener = "broken", func(string) (ui.View, error) { return nil, errNowhere }
	home.scope.OpenDesk(*described)
	d.say(nil)
	d.see("line 0 of plant", "nowhere")
	if n := len(home.scope.Desks()); d.quit || n != 2 {
		t.Errorf("%d desks are open, quit %v", n, d.quit)
	}
}
