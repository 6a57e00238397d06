package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
	"c8yx/ui/dialog"
	"c8yx/ui/palette"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// Desk describes something to work on. Several can be open at once, each with
// its own views, places, header and questions; one of them is seen. The others
// go on working, and are not drawn.
type Desk struct {
	// ID tells desks apart; opening one whose ID is open already shows that one.
	ID string
	// Title is what the desk is called in lists and in messages.
	Title text.Safe
	// Home is the place that is opened first.
	Home string
	// Opener makes the view of a place. Its error is shown to the user.
	Opener func(place string) (View, error)
	// Palette returns what the palette lists beside the actions of the view.
	Palette func(*Scope) []palette.Entry
	// Typed makes palette entries of any typed text.
	Typed func(*Scope) palette.Typed
	// Ambient runs as long as the desk is open, beside its views; it keeps the
	// header true by [Scope.SetHeader].
	Ambient func(*Scope)
	// Actions returns what the desk offers in all its views; nil for nothing.
	Actions func(*Scope) []Action
	// Cause marks the context of work with what it is done for: the view at a place, "" for
	// what accompanies all views, and the action that began it, zero if none did.
	Cause func(ctx context.Context, place string, by keys.Action) context.Context
	// Visited is told of every place that is opened; nil tells nobody.
	Visited func(place string)
	// Save asks where to save a text, and does; nil if files cannot be saved.
	Save func(s *Scope, what text.Safe, content string)
	// Closed runs when the desk has been closed.
	Closed func()
}

// desk is an open desk.
type desk struct {
	Desk
	shell *Shell
	scope *Scope // lives as long as the desk

	stack      stack
	recent     []string // places, the latest first
	header     Header
	overlays   []Overlay
	overlayAt  corner // where the one on top was drawn
	everywhere []Action
	guards     []func() text.Safe
	copied     copied // last
	uncount    func() // ends counting what is under way here
}

// Seat is what the shell tells about an open desk.
type Seat struct {
	ID    string
	Title text.Safe
	Seen  bool // it is the one on the screen
	Asks  bool // it has a question that nobody has seen yet
}

// desk returns the open desk of an ID, nil if there is none.
func (s *Shell) desk(id string) *desk {
	for _, d := range s.desks {
		if d.ID == id {
			return d
		}
	}
	return nil
}

// openDesk opens a desk and shows it, or shows the one that is open already.
func (s *Shell) openDesk(o Desk) {
	if open := s.desk(o.ID); open != nil {
		s.seat(open)
		return
	}
	d := &desk{Desk: o, shell: s}
	ctx, cancel := context.WithCancel(s.engine.ctx)
	d.scope = &Scope{ctx: d.marked(ctx, "", keys.Action{}), cancel: cancel, shell: s, desk: d}
	d.scope.tally, d.uncount = s.engine.tally()
	d.everywhere = s.bindEverywhere(d)
	if o.Actions != nil {
		d.everywhere = append(d.everywhere, o.Actions(d.scope)...)
	}
	before := s.seen
	if before != nil {
		before.leave()
	}
	s.desks = slices.Insert(s.desks, 0, d)
	s.seen = d
	if o.Ambient != nil {
		o.Ambient(d.scope)
	}
	if !d.push(o.Home) && before != nil {
		s.removeDesk(d) // the reason has been said
	}
	s.dirty = true
}

// seat brings an open desk to the screen.
func (s *Shell) seat(d *desk) {
	if d == s.seen {
		return
	}
	if s.seen != nil {
		s.seen.leave()
	}
	s.desks = slices.DeleteFunc(s.desks, func(other *desk) bool { return other == d })
	s.desks = slices.Insert(s.desks, 0, d)
	s.seen = d
	d.arrive()
	s.dirty = true
}

// closeDesk closes a desk, after a question if something still runs there.
func (s *Shell) closeDesk(d *desk) {
	running := d.running()
	if running == nil {
		s.removeDesk(d)
		return
	}
	s.show(s.seen, &dialog.Confirm{
		Title: "Close " + d.Title, Question: "Something is still running there. Close it and stop that?", Details: running,
		Yes: "Close", Danger: true, Accept: func() { s.removeDesk(d) },
	})
}

// removeDesk ends all that a desk does and shows the one that was seen before.
func (s *Shell) removeDesk(d *desk) {
	at := slices.Index(s.desks, d)
	if at < 0 {
		return
	}
	if d == s.seen {
		d.leave()
	}
	d.stack.end()
	d.scope.close()
	d.uncount()
	s.desks = slices.Delete(s.desks, at, at+1)
	if d.Closed != nil {
		d.Closed()
	}
	s.dirty = true
	if d != s.seen {
		return
	}
	s.seen, s.actions = nil, nil
	switch {
	case len(s.desks) > 0:
		s.seen = s.desks[0]
		s.seen.arrive()
	case s.options.Empty != nil:
		s.openDesk(s.options.Empty())
	default:
		s.Do(tea.Quit)
	}
}

// other returns the desk that was seen before this one, nil if there is none.
func (s *Shell) other() *desk {
	if len(s.desks) < 2 {
		return nil
	}
	return s.desks[1]
}

// running tells what would be stopped by closing the desk.
func (d *desk) running() []text.Safe {
	var running []text.Safe
	for _, g := range d.guards {
		if r := g(); r != "" {
			running = append(running, r)
		}
	}
	return running
}

// show lays an overlay over the desk's frame, seen or not.
func (s *Shell) show(d *desk, o Overlay) {
	d.overlays = append(d.overlays, o)
	s.causes.shown(o)
	s.dirty = true
}

// say shows a passing message of a desk; one that is not seen is named.
func (d *desk) say(level toast.Level, message text.Safe) {
	if d != d.shell.seen {
		message = d.Title + ": " + message
	}
	d.shell.Toast(level, message)
}
