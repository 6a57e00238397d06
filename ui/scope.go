package ui

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// Scope ties background work to one open view. Its context ends when the view
// closes; what comes back later is dropped. The methods are for the update
// loop, but for [Scope.Post], [Scope.Hand], [Scope.Context] and [Scope.Busy], which may be
// called from anywhere.
type Scope struct {
	ctx    context.Context
	cancel context.CancelFunc
	shell  *Shell
	desk   *desk // on which the view lies; nil for the program's own work
	tally  *tally
	asking bool   // the work is for a question to the user
	place  string // of the view; "" for what accompanies all views
}

// Context ends when the view closes. What an action does goes through [Scope.Go] or [Load],
// whose contexts tell the action as well.
func (s *Scope) Context() context.Context { return s.ctx }

// Go runs work beside the update loop, not counted as under way: for what
// lasts as long as the view, such as a subscription. A panic in it ends the
// program in good order instead of leaving the terminal broken.
func (s *Scope) Go(work func(ctx context.Context)) {
	ctx := s.ctx
	if by := s.shell.causes.acting; by.ID != "" {
		ctx = s.desk.marked(ctx, s.place, by)
	}
	s.shell.engine.start(func() { work(ctx) })
}

// Post runs apply on the update loop, unless the scope has ended by then. It
// blocks until the loop takes it, and so must not be called from the loop.
func (s *Scope) Post(apply func()) {
	done := s.Busy()
	s.shell.engine.send(applyMsg{scope: s, apply: func() { apply() }, done: done})
}

// Hand runs apply on the update loop as [Scope.Post] does, but does not wait for it: for whoever
// must not block, and does not know where he is called from.
func (s *Scope) Hand(apply func()) {
	done := s.Busy()
	s.shell.engine.start(func() {
		defer done()
		s.Post(apply)
	})
}

// Key returns the key that the user presses for an action, for texts that say what to press;
// "" if the configuration leaves it without one.
func (s *Scope) Key(a keys.Action) text.Safe { return text.Clean(firstKey(s.shell.options.Keys, a.ID)) }

// Busy marks something as under way until done is called, once or more often.
func (s *Scope) Busy() (done func()) {
	var ended atomic.Bool
	count := &s.tally.work
	if s.asking {
		count = &s.tally.asking
	}
	count.Add(1)
	return func() {
		if ended.CompareAndSwap(false, true) {
			count.Add(-1)
		}
	}
}

// Park says that what is under way on this desk waits for an answer of the user,
// or no longer does. Meanwhile it does not count as under way; what is done for
// that answer does, if it is done through [Scope.ForQuestion].
func (s *Scope) Park(waiting bool) { s.tally.parked.Store(waiting) }

// ForQuestion returns the scope for what is done to put a question to the user for
// which the rest of the desk waits.
func (s *Scope) ForQuestion() *Scope {
	asking := *s
	asking.asking = true
	return &asking
}

// After runs apply on the update loop when the time has passed. It does not
// count as under way. The returned func calls it off.
func (s *Scope) After(d time.Duration, apply func()) (stop func()) {
	ctx, cancel := context.WithCancel(s.ctx)
	s.shell.engine.start(func() {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-timer.C:
			s.Post(func() {
				if ctx.Err() == nil {
					cancel()
					apply()
				}
			})
		}
	})
	return cancel
}

// Load runs work beside the update loop and hands its result to done on the
// update loop, unless the scope has ended. It counts as under way until done
// has run.
func Load[T any](s *Scope, work func(ctx context.Context) (T, error), done func(T, error)) {
	s.load(func(ctx context.Context) func() {
		value, err := work(ctx)
		return func() { done(value, err) }
	})
}

// load is [Load] whatever the type of the result, so that there is one of it: work returns what to do on the
// update loop.
func (s *Scope) load(work func(context.Context) func()) {
	finished := s.Busy()
	by := s.shell.causes.acting
	s.Go(func(ctx context.Context) {
		defer finished()
		done := work(ctx)
		if ctx.Err() == nil {
			s.Post(func() { s.shell.causes.during(by, done) })
		}
	})
}

// Open opens the place on top of the stack.
func (s *Scope) Open(place string) { s.desk.open(place) }

// Here returns the place of the view on top as it is now, and what it is called.
func (s *Scope) Here() (place string, title text.Safe) {
	e := s.desk.stack.top()
	if e == nil || e.view == nil {
		return "", ""
	}
	return e.view.Place(), e.view.Title()
}

// Recent returns the places that were opened last, the latest first.
func (s *Scope) Recent() []string { return slices.Clone(s.desk.recent) }

// Recall adds places that were opened before this program began, the latest first.
func (s *Scope) Recall(places []string) { s.desk.recent = latest(append(s.desk.recent, places...)) }

// Back closes the view on top of the stack.
func (s *Scope) Back() { s.desk.back() }

// Toast shows a passing message, which is kept among the messages.
func (s *Scope) Toast(level toast.Level, message text.Safe) { s.desk.say(level, message) }

// Show lays an overlay, such as a dialog, over the frame. On a desk that is not
// seen it waits until that is.
func (s *Scope) Show(o Overlay) { s.shell.show(s.desk, o) }

// Do hands a command to Bubble Tea.
func (s *Scope) Do(cmd tea.Cmd) { s.shell.Do(cmd) }

// SetHeader replaces the first line, as long as the desk is seen.
func (s *Scope) SetHeader(h Header) {
	s.desk.header = h
	s.shell.touch(s)
}

// Guard adds a reason to ask before quitting and before closing the desk: the
// func returns what is still running, "" if nothing is.
func (s *Scope) Guard(running func() text.Safe) { s.desk.guards = append(s.desk.guards, running) }

// OpenDesk opens a desk and shows it, or shows the one with its ID that is open.
func (s *Scope) OpenDesk(d Desk) { s.shell.openDesk(d) }

// ShowDesk shows an open desk and reports whether there is one of that ID.
func (s *Scope) ShowDesk(id string) bool {
	d := s.shell.desk(id)
	if d != nil {
		s.shell.seat(d)
	}
	return d != nil
}

// CloseDesk closes the desk of an ID, after a question if something still runs
// there.
func (s *Scope) CloseDesk(id string) {
	if d := s.shell.desk(id); d != nil {
		s.shell.closeDesk(d)
	}
}

// Desks returns the open desks, the one that was seen last first.
func (s *Scope) Desks() []Seat {
	seats := make([]Seat, len(s.shell.desks))
	for i, d := range s.shell.desks {
		seen := d == s.shell.seen
		seats[i] = Seat{ID: d.ID, Title: d.Title, Seen: seen, Asks: !seen && len(d.overlays) > 0}
	}
	return seats
}

// Changed says that the view's title, status or size of pane may differ, from
// work that did not come through [Scope.Post].
func (s *Scope) Changed() { s.shell.touch(s) }

// Refresh reads again what the views of the desk show: that on top at once, the
// others when they are seen again.
func (s *Scope) Refresh() { s.desk.refresh() }

// Outdate says that the views beneath the one on top may show what is no longer there: each is read
// again when it is seen.
func (s *Scope) Outdate() {
	entries := s.desk.stack.entries
	for _, e := range entries[:max(0, len(entries)-1)] {
		e.stale = e.view != nil
	}
}

// Rebind says that the view offers other actions from now on, as a page does
// when its tab changes.
func (s *Scope) Rebind() { s.shell.rebind(s) }

// Fail ends the program with the error.
func (s *Scope) Fail(err error) { s.shell.fail(err) }

// close ends the scope.
func (s *Scope) close() { s.cancel() }

// applyMsg carries work back to the update loop.
type applyMsg struct {
	scope *Scope
	apply func()
	done  func()
}
