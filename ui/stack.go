package ui

import (
	"context"
	"slices"

	"c8yx/keys"
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

// newScope returns a scope below the shell's own context, for the view of a place.
func (s *Shell) newScope(place string) *Scope {
	ctx, cancel := context.WithCancel(s.engine.ctx)
	if s.causes.mark != nil {
		ctx = s.causes.mark(ctx, place, keys.Action{})
	}
	return &Scope{ctx: ctx, cancel: cancel, shell: s, place: place}
}

// Open opens the place on top of the stack. If it is on the stack already, the
// views above it close instead, and it is found as it was left.
func (s *Shell) Open(place string) {
	if level := s.stack.find(place); level >= 0 {
		s.stack.later = nil
		s.leave()
		s.stack.cut(level)
		s.arrive()
		return
	}
	if s.push(place) {
		s.stack.later = nil
	}
}

// push opens the place and reports whether it could.
func (s *Shell) push(place string) bool {
	view, err := s.options.Opener(place)
	if err != nil {
		s.refuse(err)
		return false
	}
	s.leave()
	e := &entry{place: place, view: view, scope: s.newScope(place)}
	s.stack.push(e)
	s.visit(place)
	view.Resize(s.pane())
	view.Open(e.scope)
	s.arrive()
	return true
}

// Back closes the view on top; the one below is found as it was left.
func (s *Shell) Back() {
	if len(s.stack.entries) < 2 {
		return
	}
	s.leave()
	s.stack.later = append(s.stack.later, s.stack.top().view.Place())
	s.stack.cut(len(s.stack.entries) - 2)
	s.arrive()
}

// Forward opens again what the last [Shell.Back] closed.
func (s *Shell) Forward() {
	n := len(s.stack.later)
	if n == 0 {
		return
	}
	place := s.stack.later[n-1]
	if s.push(place) {
		s.stack.later = s.stack.later[:n-1]
	}
}

// leave tells the view on top that it will not be seen any more.
func (s *Shell) leave() {
	if e := s.stack.top(); e != nil && e.view != nil {
		if v, ok := e.view.(Visitor); ok {
			v.Hidden()
		}
	}
}

// arrive makes the view on top ready to be seen, waking it if it sleeps.
func (s *Shell) arrive() {
	e := s.stack.top()
	s.actions = nil
	if e == nil {
		return
	}
	if e.view == nil {
		view, err := s.options.Opener(e.place)
		if err != nil {
			s.refuse(err)
			s.stack.entries = s.stack.entries[:len(s.stack.entries)-1]
			s.arrive()
			return
		}
		e.view, e.scope = view, s.newScope(e.place)
		view.Resize(s.pane())
		view.Open(e.scope)
	} else {
		e.view.Resize(s.pane())
	}
	if v, ok := e.view.(Visitor); ok {
		v.Shown()
	}
	s.rebind(e.scope)
}

// rebind asks the view on top what it offers, if it is the one of the scope.
func (s *Shell) rebind(scope *Scope) {
	if e := s.stack.top(); e != nil && e.view != nil && e.scope == scope {
		s.actions = s.causes.attribute(slices.Concat(e.view.Actions(), s.everywhere))
		s.dirty = true
	}
}

// visit remembers the place among the recent ones, the latest first.
func (s *Shell) visit(place string) {
	const keep = 50
	recent := append(make([]string, 0, len(s.recent)+1), place)
	for _, p := range s.recent {
		if p != place && len(recent) < keep {
			recent = append(recent, p)
		}
	}
	s.recent = recent
}
