package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// key gives a key to whoever it is for: the overlay on top, the view that is
// being typed into, the action it does, or the view.
func (s *Shell) key(msg tea.KeyPressMsg) {
	name := KeyName(msg)
	if s.options.Keys.Matches(name, keys.Interrupt.ID) {
		s.fail(ErrInterrupted)
		return
	}
	if d := s.seen; d != nil && len(d.overlays) > 0 {
		o := d.overlays[len(d.overlays)-1]
		s.causes.answering(o, func() { o.Key(msg) })
		d.dropOverlays()
		return
	}
	e := s.top()
	if e == nil || e.view == nil || s.tooSmall() {
		if s.options.Keys.Matches(name, keys.Quit.ID) {
			s.Do(tea.Quit)
		}
		return
	}
	if t, ok := e.view.(Typist); ok && t.Typing() {
		e.view.Key(msg)
		return
	}
	a, ok := find(s.actions, s.options.Keys, msg)
	switch {
	case !ok:
		e.view.Key(msg)
	case a.Reason() != "":
		s.Toast(toast.Caution, text.Clean(a.Title+": "+a.Reason()))
	default:
		a.Run()
	}
}

// dropOverlays removes the overlays that are done. One that opened another
// while it was answered leaves the new one in place.
func (d *desk) dropOverlays() {
	if d == nil || !slices.ContainsFunc(d.overlays, Overlay.Done) {
		return
	}
	kept := d.overlays[:0]
	for _, o := range d.overlays {
		if !o.Done() {
			kept = append(kept, o)
			continue
		}
		d.shell.causes.gone(o)
	}
	clear(d.overlays[len(kept):])
	d.overlays, d.shell.dirty = kept, true
}

// paste gives pasted text to whoever is being typed into.
func (s *Shell) paste(content string) {
	if d := s.seen; d != nil && len(d.overlays) > 0 {
		d.overlays[len(d.overlays)-1].Paste(content)
		return
	}
	if e := s.top(); e != nil {
		if t, ok := e.view.(Typist); ok && t.Typing() {
			t.Paste(content)
		}
	}
}

// mouse gives clicks and the wheel to the overlay on top or to the pane, in
// their own coordinates.
func (s *Shell) mouse(msg tea.MouseMsg) {
	e := s.top()
	if e == nil || s.tooSmall() {
		return
	}
	if d := s.seen; len(d.overlays) > 0 {
		o := d.overlays[len(d.overlays)-1]
		if p, ok := o.(Pointer); ok {
			at := msg.Mouse()
			at.X -= d.overlayAt.x
			at.Y -= d.overlayAt.y
			s.dirty = true
			s.causes.answering(o, func() { p.Mouse(msg, at) })
			d.dropOverlays()
		}
		return
	}
	p, ok := e.view.(Pointer)
	if !ok {
		return
	}
	at := msg.Mouse()
	at.Y -= paneTop
	if _, height := s.pane(); at.Y < 0 || at.Y >= height {
		return
	}
	s.dirty = true
	p.Mouse(msg, at)
}
