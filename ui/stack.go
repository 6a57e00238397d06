package ui

import (
	"context"
	"slices"

	"c8yx/keys"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// maxAwake is how many views stay open below the one on top. Deeper ones are
// closed, remembered by their place, and opened again when their turn comes.
const maxAwake = 16

// entry is one level of the stack. A sleeping entry has only its place.
type entry struct {
	place string
	title Span
	view  View
	scope *Scope
	stale bool // to be read again when it is seen
}

func (e *entry) sleep() {
	if e.view == nil {
		return
	}
	e.place = e.view.Place()
	e.title = Span{Text: e.view.Title()}
	e.scope.close()
	e.view, e.scope = nil, nil
}

// stack is the path from the first view to the one that is seen, and what was
// left by going back.
type stack struct {
	entries []*entry
	later   []string
}

func (s *stack) top() *entry {
	if len(s.entries) == 0 {
		return nil
	}
	return s.entries[len(s.entries)-1]
}

// find returns the level at which the place is open, -1 if it is not.
func (s *stack) find(place string) int {
	for i, e := range s.entries {
		if e.view != nil && e.view.Place() == place || e.view == nil && e.place == place {
			return i
		}
	}
	return -1
}

func (s *stack) push(e *entry) {
	s.entries = append(s.entries, e)
	if deep := len(s.entries) - 1 - maxAwake; deep >= 0 {
		s.entries[deep].sleep()
	}
}

// cut closes all views above the level.
func (s *stack) cut(level int) {
	for _, e := range s.entries[level+1:] {
		e.sleep()
	}
	s.entries = s.entries[:level+1]
}

// end closes all views.
func (s *stack) end() {
	for _, e := range s.entries {
		if e.scope != nil {
			e.scope.close()
		}
	}
}

// newScope returns a scope below the desk's own context, for the view of a place.
func (d *desk) newScope(place string) *Scope {
	ctx, cancel := context.WithCancel(d.scope.ctx)
	return &Scope{ctx: d.marked(ctx, place, keys.Action{}), cancel: cancel, shell: d.shell, desk: d, tally: d.scope.tally, place: place}
}

// open opens the place on top of the stack. If it is on the stack already, the
// views above it close instead, and it is found as it was left.
func (d *desk) open(place string) {
	if level := d.stack.find(place); level >= 0 {
		d.stack.later = nil
		d.leave()
		d.stack.cut(level)
		d.arrive()
		return
	}
	if d.push(place) {
		d.stack.later = nil
	}
}

// push opens the place and reports whether it could.
func (d *desk) push(place string) bool {
	view, err := d.Opener(place)
	if err != nil {
		d.refuse(err)
		return false
	}
	d.leave()
	e := &entry{place: place, view: view, scope: d.newScope(place)}
	d.stack.push(e)
	d.visit(place)
	view.Resize(d.shell.pane())
	view.Open(e.scope)
	d.arrive()
	return true
}

// refuse says why a place cannot be opened. If it was the first one of all, there
// is nothing to show, and the program ends.
func (d *desk) refuse(err error) {
	if len(d.stack.entries) == 0 && len(d.shell.desks) < 2 {
		d.shell.fail(err)
		return
	}
	d.say(toast.Failure, text.Clean(err.Error()))
}

// back closes the view on top; the one below is found as it was left.
func (d *desk) back() {
	if len(d.stack.entries) < 2 {
		return
	}
	d.leave()
	d.stack.later = append(d.stack.later, d.stack.top().view.Place())
	d.stack.cut(len(d.stack.entries) - 2)
	d.arrive()
}

// forward opens again what the last [desk.back] closed.
func (d *desk) forward() {
	n := len(d.stack.later)
	if n == 0 {
		return
	}
	place := d.stack.later[n-1]
	if d.push(place) {
		d.stack.later = d.stack.later[:n-1]
	}
}

// leave tells the view on top that it will not be seen any more.
func (d *desk) leave() {
	if d != d.shell.seen {
		return
	}
	if e := d.stack.top(); e != nil && e.view != nil {
		if v, ok := e.view.(Visitor); ok {
			v.Hidden()
		}
	}
}

// arrive makes the view on top ready, waking it if it sleeps, and to be seen if
// the desk is.
func (d *desk) arrive() {
	e := d.stack.top()
	if e == nil {
		return
	}
	if e.view == nil {
		view, err := d.Opener(e.place)
		if err != nil {
			d.refuse(err)
			d.stack.entries = d.stack.entries[:len(d.stack.entries)-1]
			d.arrive()
			return
		}
		e.view, e.scope = view, d.newScope(e.place)
		view.Resize(d.shell.pane())
		view.Open(e.scope)
	} else {
		e.view.Resize(d.shell.pane())
	}
	if d != d.shell.seen {
		return
	}
	if v, ok := e.view.(Visitor); ok {
		v.Shown()
	}
	d.shell.rebind(e.scope)
	d.freshen()
}

// refresh does what the view on top does to read again, and remembers it for the
// others.
func (d *desk) refresh() {
	for _, e := range d.stack.entries {
		e.stale = e.view != nil
	}
	d.freshen()
}

// freshen reads the view on top again if it is seen and has to be.
func (d *desk) freshen() {
	e := d.stack.top()
	if e == nil || !e.stale || d != d.shell.seen {
		return
	}
	e.stale = false
	for _, a := range d.shell.actions {
		if a.ID == keys.Refresh.ID && a.Reason() == "" {
			a.Run()
			return
		}
	}
}

// rebind asks the view on top what it offers, if it is the one of the scope and
// is seen.
func (s *Shell) rebind(scope *Scope) {
	if scope.desk == nil || scope.desk != s.seen {
		return
	}
	if e := s.seen.stack.top(); e != nil && e.view != nil && e.scope == scope {
		s.actions = s.causes.attribute(slices.Concat(e.view.Actions(), s.seen.everywhere))
		s.dirty = true
	}
}

// maxRecent is how many places a desk remembers.
const maxRecent = 50

// visit remembers the place among the recent ones, the latest first.
func (d *desk) visit(place string) {
	d.recent = latest(append([]string{place}, d.recent...))
	if d.Visited != nil {
		d.Visited(place)
	}
}

// latest leaves every place once, where it stands first, and no more than are kept.
func latest(places []string) []string {
	kept := make([]string, 0, min(len(places), maxRecent))
	for _, p := range places {
		if len(kept) < maxRecent && !slices.Contains(kept, p) {
			kept = append(kept, p)
		}
	}
	return kept
}
