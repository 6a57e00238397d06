package story

import (
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// escape is how long it takes until Bubble Tea takes an ESC for the key and not for
// the beginning of a sequence: 50 milliseconds, and on a fake clock, where a timer
// fires at its time and not a little after it, once more as long.
const escape = 110 * time.Millisecond

// Open goes to a place as a user does: through the palette.
func (s *Story) Open(place string) {
	s.t.Helper()
	s.Press(":")
	s.Type(place)
	s.Press("enter")
}

// Press presses keys one after the other, each when the program has dealt with
// the one before. Keys have the names that Bubble Tea gives them: "a", "enter",
// "esc", "pgdown", "ctrl+r", "shift+tab".
func (s *Story) Press(keys ...string) {
	s.t.Helper()
	for _, key := range keys {
		s.note("press %s", key)
		s.mustRun("press " + key)
		s.send(key)
	}
}

// Type types text letter by letter, faster than the screen is drawn.
func (s *Story) Type(text string) {
	s.t.Helper()
	s.note("type %q", text)
	for _, letter := range text {
		s.mustRun("type " + text)
		if err := s.terminal.Press(string(letter)); err != nil {
			s.fail("%v", err)
		}
		synctest.Wait()
	}
	s.settle()
}

// send sends one key. The program must have dealt with it before the next one
// goes out: what Bubble Tea has read but not delivered when the program ends
// would block its reader for ever.
func (s *Story) send(key string) {
	s.t.Helper()
	if err := s.terminal.Press(key); err != nil {
		s.fail("%v", err)
	}
	if key == "esc" {
		time.Sleep(escape)
	}
	s.settle()
}

// Paste pastes text in one piece.
func (s *Story) Paste(text string) {
	s.t.Helper()
	s.note("paste %q", text)
	s.mustRun("paste")
	if err := s.terminal.Paste(text); err != nil {
		s.fail("paste: %v", err)
	}
	s.settle()
}

// Click clicks with the left button on the first letter of a text on the screen.
func (s *Story) Click(text string) {
	s.t.Helper()
	s.note("click on %q", text)
	x, y := s.find(text)
	s.clickAt(x, y)
}

// ClickAt clicks with the left button on a cell; 0, 0 is the top left corner.
func (s *Story) ClickAt(x, y int) {
	s.t.Helper()
	s.note("click at %d, %d", x, y)
	s.clickAt(x, y)
}

func (s *Story) clickAt(x, y int) {
	s.t.Helper()
	button := uv.Mouse{X: x, Y: y, Button: uv.MouseLeft}
	s.point(uv.MouseClickEvent(button), uv.MouseReleaseEvent(button))
}

// Wheel turns the mouse wheel over a text on the screen: down by that many
// notches, up if negative.
func (s *Story) Wheel(text string, notches int) {
	s.t.Helper()
	s.note("turn the wheel over %q by %d", text, notches)
	x, y := s.find(text)
	turn := uv.MouseWheelEvent{X: x, Y: y, Button: uv.MouseWheelDown}
	if notches < 0 {
		turn.Button, notches = uv.MouseWheelUp, -notches
	}
	for range notches {
		s.point(turn)
	}
}

// point sends mouse events, each when the program has dealt with the one before.
func (s *Story) point(events ...uv.MouseEvent) {
	s.t.Helper()
	for _, event := range events {
		s.mustRun("use the mouse")
		if !s.terminal.Mouse(event) {
			s.fail("the program has not asked for the mouse")
		}
		s.settle()
	}
}

// Resize changes the size of the terminal.
func (s *Story) Resize(width, height int) {
	s.t.Helper()
	s.note("resize to %dx%d", width, height)
	s.mustRun("resize")
	s.terminal.Resize(width, height)
	s.program.Send(tea.WindowSizeMsg{Width: width, Height: height})
	s.settle()
}

// Wait lets time pass.
func (s *Story) Wait(d time.Duration) {
	s.note("wait %v", d)
	time.Sleep(d)
	s.settle()
}

// CutNetwork breaks the program's connections and lets it make no new ones, until
// [Story.MendNetwork]. It cuts off [Story.Tenant] too.
func (s *Story) CutNetwork() {
	s.note("cut the network")
	s.network.cut(true)
	s.settle()
}

// MendNetwork lets connections be made again.
func (s *Story) MendNetwork() {
	s.note("mend the network")
	s.network.cut(false)
	s.settle()
}

// End waits for the program to end by itself, checks that it left the terminal as
// it found it, and returns its error.
func (s *Story) End() error {
	s.t.Helper()
	s.note("end")
	if !s.until(s.hasEnded) {
		s.fail("the program goes on")
	}
	if err := s.terminal.CheckRestored(); err != nil {
		s.fail("%v", err)
	}
	return s.err
}

// mustRun fails the story if the program has ended.
func (s *Story) mustRun(step string) {
	s.t.Helper()
	if s.hasEnded() {
		s.fail("cannot %s", step)
	}
}
