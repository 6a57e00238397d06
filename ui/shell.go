package ui

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/clipboard"
	"c8yx/ui/dialog"
	"c8yx/ui/palette"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// Options is what a shell is made of.
type Options struct {
	// First is the desk that is opened first.
	First Desk
	// Empty makes the desk that is shown when the last one was closed; nil ends
	// the program then.
	Empty func() Desk
	// Tenants shows what desks can be opened; nil if there is nothing to choose.
	Tenants func(*Scope)
	// Clipboard is the way to the clipboard of the terminal.
	Clipboard clipboard.Route
	// Title is the title of the terminal's window.
	Title text.Safe
	Keys  *keys.Map
	// Palette of colours, and whether to begin with the dark one; the
	// terminal's own answer replaces it, unless Fixed.
	Theme theme.Name
	Dark  bool
	Fixed bool
	// Editor opens files in an editor; nil takes the one that the environment names.
	Editor Editor
}

// Shell is the program's one tea.Model.
type Shell struct {
	options Options
	engine  engine
	scope   *Scope // lives as long as the program
	began   func() // says that the first view is open
	err     error  // why the program ended, if not by the user
	pending []tea.Cmd

	desks    []*desk  // the one that was seen last first
	seen     *desk    // nil before the first size is known
	actions  []Action // of the view on top, and everywhere
	causes   causes
	toasts   toast.Stack
	expiring bool

	theme         *theme.Theme
	width, height int
	dirty         bool // the frame below is out of date
	frame         string
}

// New returns a shell. Give it to a program and [Shell.Attach] the program to
// it before running.
func New(o Options) *Shell {
	if o.Keys == nil {
		o.Keys, _ = keys.NewMap(nil)
	}
	if o.Editor == nil {
		o.Editor = usersEditor
	}
	s := &Shell{options: o, theme: theme.New(o.Theme, o.Dark), dirty: true}
	s.engine.begin()
	s.scope = &Scope{ctx: s.engine.ctx, cancel: func() {}, shell: s}
	s.scope.tally, _ = s.engine.tally()
	s.began = s.scope.Busy() // until the first size is known and the first view is open
	return s
}

// Attach tells the shell how to send messages to the program that runs it:
// the program's Send.
func (s *Shell) Attach(send func(tea.Msg)) { s.engine.attach(send) }

// Idle reports whether nothing is under way: every answer asked for has come
// and has been applied. It may be called from any goroutine.
func (s *Shell) Idle() bool { return s.engine.idle() }

// Err returns why the program ended by itself; nil if the user ended it.
func (s *Shell) Err() error { return s.err }

// Close ends all background work. Call it when the program has ended.
func (s *Shell) Close() { s.engine.finish() }

// Keys returns the key map.
func (s *Shell) Keys() *keys.Map { return s.options.Keys }

// Init asks the terminal for its background; nobody waits for the answer.
func (s *Shell) Init() tea.Cmd {
	if s.options.Fixed {
		return nil
	}
	return tea.RequestBackgroundColor
}

// Update applies one message.
func (s *Shell) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case applyMsg:
		if msg.scope.ctx.Err() == nil {
			s.touch(msg.scope)
			msg.apply()
			msg.scope.desk.dropOverlays()
		}
		msg.done()
	case *Crash:
		s.fail(msg)
	case tea.WindowSizeMsg:
		s.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		s.background(msg.IsDark())
	case tea.KeyPressMsg:
		s.dirty = true
		s.key(msg)
	case tea.PasteMsg:
		s.dirty = true
		s.paste(msg.Content)
	case tea.MouseMsg:
		s.mouse(msg)
	}
	cmds := s.pending
	s.pending = nil
	return s, tea.Batch(cmds...)
}

// resize takes the terminal's size; the first one opens the first view.
func (s *Shell) resize(width, height int) {
	first := s.width == 0
	s.width, s.height, s.dirty = width, height, true
	if first {
		s.openDesk(s.options.First)
		s.began()
		return
	}
	if e := s.top(); e != nil {
		e.view.Resize(s.pane())
	}
}

// top returns the view that is seen, nil if there is none.
func (s *Shell) top() *entry {
	if s.seen == nil {
		return nil
	}
	return s.seen.stack.top()
}

// touch says that something happened to a view. What is not seen changes nothing
// on the screen.
func (s *Shell) touch(scope *Scope) {
	if scope.desk == nil || scope.desk == s.seen {
		s.dirty = true
	}
}

// background switches between the dark and the light form of the palette.
func (s *Shell) background(dark bool) {
	if !s.options.Fixed && dark != s.theme.Dark() {
		s.theme = theme.New(s.options.Theme, dark)
		s.dirty = true
	}
}

// fail ends the program with the error; the first one counts.
func (s *Shell) fail(err error) {
	if s.err == nil {
		s.err = err
	}
	s.Do(tea.Quit)
}

// Do hands a command to Bubble Tea.
func (s *Shell) Do(cmd tea.Cmd) { s.pending = append(s.pending, cmd) }

// Toast shows a passing message.
func (s *Shell) Toast(level toast.Level, message text.Safe) {
	s.toasts.Say(level, message, time.Now())
	s.dirty = true
	s.expire()
}

// expire takes old toasts off the screen and comes back for the next.
func (s *Shell) expire() {
	if s.expiring {
		return
	}
	if next := s.toasts.Expire(time.Now()); next > 0 {
		s.expiring = true
		s.scope.After(next, func() {
			s.expiring = false
			s.expire()
		})
	}
}

// quit ends the program, after a question if something still runs on any desk.
func (s *Shell) quit() {
	var running []text.Safe
	for _, d := range s.desks {
		running = append(running, d.running()...)
	}
	if running == nil {
		s.Do(tea.Quit)
		return
	}
	s.show(s.seen, &dialog.Confirm{
		Title: "Quit", Question: "Something is still running. Quit and stop it?", Details: running,
		Yes: "Quit", Danger: true, Accept: func() { s.Do(tea.Quit) },
	})
}

// ErrInterrupted is the error of a program ended by ctrl+c.
var ErrInterrupted = errors.New("interrupted")

// bindEverywhere binds the actions that every view of a desk has.
func (s *Shell) bindEverywhere(d *desk) []Action {
	when := func(possible func() bool, reason string) func() string {
		return func() string {
			if possible() {
				return ""
			}
			return reason
		}
	}
	return []Action{
		{Action: keys.Palette, Run: s.palette},
		{Action: keys.Help, Run: func() { s.show(d, s.help()) }},
		{Action: keys.Back, Run: func() { s.back(d) }, Disabled: when(func() bool {
			return len(d.stack.entries) > 1 || len(s.toasts.Shown()) > 0
		}, "this is the first view")},
		{Action: keys.Earlier, Run: d.back, Disabled: when(func() bool { return len(d.stack.entries) > 1 }, "there is no earlier place")},
		{Action: keys.Later, Run: d.forward, Disabled: when(func() bool { return len(d.stack.later) > 0 }, "there is no later place")},
		{Action: keys.Tenants, Run: func() { s.options.Tenants(d.scope) }, Disabled: when(func() bool {
			return s.options.Tenants != nil
		}, "there is only this one")},
		{Action: keys.OtherTenant, Run: func() { s.seat(s.other()) }, Disabled: when(func() bool {
			return s.other() != nil
		}, "no other tenant is open")},
		{Action: keys.Messages, Run: func() { s.show(d, s.past()) }},
		{Action: keys.CopyPlace, Run: func() { d.scope.Copy("the place", d.stack.top().view.Place()) }},
		{Action: keys.CopySave, Run: func() { d.saveCopied(d.scope) }, Disabled: d.unsaved},
		{Action: keys.Suspend, Run: func() { s.Do(tea.Suspend) }},
		{Action: keys.Quit, Run: s.quit},
		{Action: keys.Interrupt, Run: func() { s.fail(ErrInterrupted) }},
	}
}

// back takes the toasts away first, then the view.
func (s *Shell) back(d *desk) {
	if !s.toasts.Dismiss() {
		d.back()
	}
}

// palette opens the palette: what the desk offers, the other desks, then the
// actions here.
func (s *Shell) palette() {
	d := s.seen
	var entries []palette.Entry
	if d.Palette != nil {
		entries = d.Palette(d.scope)
	}
	for _, other := range s.desks[1:] {
		entries = append(entries, palette.Entry{Title: other.Title, Kind: "open tenant", Run: func() { s.seat(other) }})
	}
	var disabled []palette.Entry
	for _, a := range s.actions {
		if a.Context == keys.Moving {
			continue
		}
		entry := palette.Entry{
			Title: text.Clean(a.Title), Aliases: string(a.ID), Kind: "action",
			Keys: text.Clean(keyLabel(s.options.Keys, a.ID)), Reason: text.Clean(a.Reason()), Run: a.Run,
		}
		if entry.Reason != "" {
			disabled = append(disabled, entry)
			continue
		}
		entries = append(entries, entry)
	}
	for _, place := range d.recent {
		entries = append(entries, palette.Entry{Title: text.Clean(place), Kind: "recent", Run: func() { d.open(place) }})
	}
	entries = append(entries, disabled...)
	var typed palette.Typed
	if d.Typed != nil {
		typed = d.Typed(d.scope)
	}
	s.show(d, palette.New(entries, typed))
}
