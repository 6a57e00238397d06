package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/dialog"
	"c8yx/ui/palette"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// Options is what a shell is made of.
type Options struct {
	// Home is the place that is opened first.
	Home string
	// Opener makes the view of a place. Its error is shown to the user.
	Opener func(place string) (View, error)
	// Palette returns what the palette lists beside the actions of the view.
	Palette func(*Scope) []palette.Entry
	// Typed makes palette entries of any typed text.
	Typed func(*Scope) palette.Typed
	// Ambient runs as long as the program, beside the views; it keeps the
	// header true by [Shell.SetHeader].
	Ambient func(*Shell, *Scope)
	// Actions returns what the program offers everywhere, beside what the shell
	// itself does; nil for nothing.
	Actions func(*Scope) []Action
	// Cause marks the context of work with what it is done for: the view at a place, "" for
	// what accompanies all views, and the action that began it, zero if none did.
	Cause func(ctx context.Context, place string, by keys.Action) context.Context
	// Title is the title of the terminal's window.
	Title text.Safe
	Keys  *keys.Map
	// Palette of colours, and whether to begin with the dark one; the
	// terminal's own answer replaces it, unless Fixed.
	Theme theme.Name
	Dark  bool
	Fixed bool
}

// Shell is the program's one tea.Model.
type Shell struct {
	options Options
	engine  engine
	scope   *Scope // lives as long as the program
	err     error  // why the program ended, if not by the user
	pending []tea.Cmd
	guards  []func() text.Safe
	causes  causes

	stack      stack
	recent     []string // places, the latest first
	overlays   []Overlay
	overlayAt  corner // where the one on top was drawn
	toasts     toast.Stack
	expiring   bool
	everywhere []Action
	actions    []Action // of the view on top, and everywhere

	theme         *theme.Theme
	width, height int
	header        Header
	dirty         bool // the frame below is out of date
	frame         string
}

// New returns a shell. Give it to a program and [Shell.Attach] the program to
// it before running.
func New(o Options) *Shell {
	if o.Keys == nil {
		o.Keys, _ = keys.NewMap(nil)
	}
	s := &Shell{options: o, theme: theme.New(o.Theme, o.Dark), dirty: true}
	s.engine.begin()
	s.causes.mark = o.Cause
	s.scope = s.newScope("")
	s.everywhere = s.bindEverywhere()
	if o.Actions != nil {
		s.everywhere = append(s.everywhere, o.Actions(s.scope)...)
	}
	s.engine.busy.Add(1) // until the first size is known and the first view is open
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
func (s *Shell) Close() { s.engine.end() }

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
			s.dirty = true
			msg.apply()
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
		if s.options.Ambient != nil {
			s.options.Ambient(s, s.scope)
		}
		s.push(s.options.Home)
		s.engine.busy.Add(-1)
		return
	}
	if e := s.stack.top(); e != nil {
		e.view.Resize(s.pane())
	}
}

// background switches between the dark and the light form of the palette.
func (s *Shell) background(dark bool) {
	if !s.options.Fixed && dark != s.theme.Dark() {
		s.theme = theme.New(s.options.Theme, dark)
		s.dirty = true
	}
}

// refuse says why a place cannot be opened. If it was the first one, there is
// nothing to show, and the program ends.
func (s *Shell) refuse(err error) {
	if len(s.stack.entries) == 0 {
		s.fail(err)
		return
	}
	s.Toast(toast.Failure, text.Clean(err.Error()))
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

// Show lays an overlay over the frame.
func (s *Shell) Show(o Overlay) {
	s.overlays = append(s.overlays, o)
	s.causes.shown(o)
	s.dirty = true
}

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

// maxCopy is how much the clipboard sequence carries; terminals cut or refuse
// longer ones without a word.
const maxCopy = 74_000

// Copy puts the content on the clipboard of the terminal (OSC 52), which works
// over ssh, and says so.
func (s *Shell) Copy(what text.Safe, content string) {
	if len(content) > maxCopy {
		s.Toast(toast.Failure, text.Clean(fmt.Sprintf("Not copied: %s is %d bytes, terminals take %d", what, len(content), maxCopy)))
		return
	}
	s.Do(tea.SetClipboard(content))
	s.Toast(toast.Success, "Copied "+what)
}

// Guard adds a reason to ask before quitting: the func returns what is still
// running, "" if nothing is.
func (s *Shell) Guard(running func() text.Safe) { s.guards = append(s.guards, running) }

// quit ends the program, after a question if something still runs.
func (s *Shell) quit() {
	var running []text.Safe
	for _, g := range s.guards {
		if r := g(); r != "" {
			running = append(running, r)
		}
	}
	if running == nil {
		s.Do(tea.Quit)
		return
	}
	s.Show(&dialog.Confirm{
		Title: "Quit", Question: "Something is still running. Quit and stop it?", Details: running,
		Yes: "Quit", Danger: true, Accept: func() { s.Do(tea.Quit) },
	})
}

// ErrInterrupted is the error of a program ended by ctrl+c.
var ErrInterrupted = errors.New("interrupted")

// bindEverywhere binds the actions that every view has.
func (s *Shell) bindEverywhere() []Action {
	return []Action{
		{Action: keys.Palette, Run: s.palette},
		{Action: keys.Help, Run: func() { s.Show(s.help()) }},
		{Action: keys.Back, Run: s.back, Disabled: func() string {
			if len(s.stack.entries) < 2 && len(s.toasts.Shown()) == 0 {
				return "this is the first view"
			}
			return ""
		}},
		{Action: keys.Earlier, Run: s.Back, Disabled: func() string {
			if len(s.stack.entries) < 2 {
				return "there is no earlier place"
			}
			return ""
		}},
		{Action: keys.Later, Run: s.Forward, Disabled: func() string {
			if len(s.stack.later) == 0 {
				return "there is no later place"
			}
			return ""
		}},
		{Action: keys.Messages, Run: func() { s.Show(s.past()) }},
		{Action: keys.CopyPlace, Run: func() { s.Copy("the place", s.stack.top().view.Place()) }},
		{Action: keys.Suspend, Run: func() { s.Do(tea.Suspend) }},
		{Action: keys.Quit, Run: s.quit},
		{Action: keys.Interrupt, Run: func() { s.fail(ErrInterrupted) }},
	}
}

// back takes the toasts away first, then the view.
func (s *Shell) back() {
	if !s.toasts.Dismiss() {
		s.Back()
	}
}

// palette opens the palette: what the program offers, then the actions here.
func (s *Shell) palette() {
	var entries []palette.Entry
	if s.options.Palette != nil {
		entries = s.options.Palette(s.scope)
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
	for _, place := range s.recent {
		entries = append(entries, palette.Entry{Title: text.Clean(place), Kind: "recent", Run: func() { s.Open(place) }})
	}
	entries = append(entries, disabled...)
	var typed palette.Typed
	if s.options.Typed != nil {
		typed = s.options.Typed(s.scope)
	}
	s.Show(palette.New(entries, typed))
}
