package transfer

import (
	"context"
	"errors"
	"sync"
	"time"

	"c8yx/ui/text"
	"c8yx/views/fault"
)

// Way is where a transfer goes.
type Way uint8

// The ways.
const (
	Down   Way = iota // from the tenant to a file
	Up                // from a file to the tenant
	Export            // many documents of the tenant into a file
)

// Pausing is how a transfer can be paused.
type Pausing uint8

// The ways to pause.
const (
	Never  Pausing = iota // the tenant takes it in one piece
	ByStop                // it is stopped, and goes on where it was
	ByHold                // it waits between two pages
)

// Work does a transfer. It is called on one goroutine at a time.
type Work interface {
	// Run does it, or what is left of it after it failed or was stopped.
	Run(ctx context.Context, m *Meter) error
	// Path is the file on this machine.
	Path() string
	// Discard removes what was begun and will not be finished.
	Discard()
}

// redirectable is work whose file can be called otherwise.
type redirectable interface {
	Redirect(path string, replace bool)
}

// Order is a transfer that somebody wants.
type Order struct {
	// Title says what is moved: "log.txt of event 700".
	Title text.Safe
	Way   Way
	// Unit says what the meter counts, many of them: "alarms"; "" for bytes.
	Unit text.Safe
	// Cause is what the requests are made for, see [c8yclient.WithCause].
	Cause   string
	Pausing Pausing
	Work    Work
	// Done is called on the update loop when it is complete; nil if nobody wants to know.
	Done func()
}

// State is how far a transfer is.
type State uint8

// The states of a transfer.
const (
	Queued    State = iota // others go first
	Running                // bytes move
	Waiting                // goes on by itself, at [Progress.Until]
	Paused                 // goes on when the user says so
	Asking                 // complete, but its name is taken
	Failed                 // can be tried again
	Cancelled              // nothing of it is left
	Finished               // complete, under its name
)

// Over reports whether a transfer in the state does nothing any more.
func (s State) Over() bool { return s == Failed || s == Cancelled || s == Finished }

// Progress is a transfer as it is at one moment.
type Progress struct {
	ID      int
	Title   text.Safe
	Way     Way
	Unit    text.Safe
	Path    string
	State   State
	Reason  text.Safe // why it waits, failed, or is paused
	Until   time.Time // when a waiting transfer goes on
	Pausing Pausing
	Reading
	Began time.Time
	Ended time.Time // zero while there is something to do
}

// patience is how long a transfer that broke off waits before it goes on, and then again.
var patience = [...]time.Duration{2 * time.Second, 5 * time.Second, 15 * time.Second, 30 * time.Second}

// Transfer is a transfer on a board. What it tells may be asked from any goroutine; steering it
// is for the update loop.
type Transfer struct {
	id    int
	board *Board
	order Order
	meter Meter

	mu     sync.Mutex
	state  State
	reason text.Safe
	until  time.Time
	began  time.Time
	ended  time.Time
	stop   context.CancelFunc // of the run under way; nil while there is none
	tries  int                // runs that failed without a byte since the last that moved
	reach  int64              // how far the best of them came
	intent State              // what becomes of it when the run under way has stopped

	announced State // the state that was told last; only the update loop looks at it
}

// ID returns the number of the transfer, which counts from 1.
func (t *Transfer) ID() int { return t.id }

// Progress returns how the transfer is.
func (t *Transfer) Progress() Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := Progress{
		ID: t.id, Title: t.order.Title, Way: t.order.Way, Unit: t.order.Unit, Path: t.order.Work.Path(),
		State: t.state, Reason: t.reason, Until: t.until, Pausing: t.order.Pausing,
		Reading: t.meter.Read(time.Now()), Began: t.began, Ended: t.ended,
	}
	if t.state != Running {
		p.Rate, p.Left = 0, 0
	}
	return p
}

// settle takes the result of a run and decides how it goes on.
func (t *Transfer) settle(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stop = nil
	intent := t.intent
	t.intent = Running
	switch {
	case err == nil:
		t.become(Finished, "")
	case errors.Is(err, ErrExists):
		t.become(Asking, "there is a file of that name already")
	case intent == Paused:
		t.become(Paused, "")
	case intent == Cancelled:
		t.order.Work.Discard()
		t.become(Cancelled, "")
	case t.order.Way == Down && fault.Transient(err) && t.again():
		t.until = time.Now().Add(patience[t.tries-1])
		t.become(Waiting, fault.Explain(err))
	default:
		t.become(Failed, fault.Explain(err))
	}
}

// again reports whether a run that failed is to be followed by another: as long as something
// moves, and a few times without.
func (t *Transfer) again() bool {
	if done := t.meter.Read(time.Now()).Done; done > t.reach {
		t.reach, t.tries = done, 0
	}
	t.tries++
	return t.tries <= len(patience)
}

// become changes the state. The caller holds the lock.
func (t *Transfer) become(s State, reason text.Safe) {
	t.state, t.reason = s, reason
	t.ended = time.Time{}
	if s.Over() {
		t.ended = time.Now()
	}
	t.board.changed()
}

// Pause lets a transfer rest.
func (t *Transfer) Pause() {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.order.Pausing == Never:
	case t.state == Queued || t.state == Waiting:
		t.become(Paused, "")
	case t.state == Running && t.order.Pausing == ByHold:
		t.meter.Hold()
		t.become(Paused, "")
	case t.state == Running && t.stop != nil:
		t.intent = Paused
		t.stop()
	}
}

// Resume takes a transfer up again that was paused, waits or failed.
func (t *Transfer) Resume() {
	t.mu.Lock()
	switch {
	case t.state == Paused && t.stop != nil: // it is held
		t.meter.Resume()
		t.become(Running, "")
	case t.state == Paused, t.state == Waiting, t.state == Failed:
		t.tries = 0
		t.become(Queued, "")
	}
	t.mu.Unlock()
	t.board.advance()
}

// Cancel ends a transfer and removes what has come.
func (t *Transfer) Cancel() {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.stop != nil:
		t.intent = Cancelled
		t.meter.Resume()
		t.stop()
	case t.state != Finished && t.state != Cancelled:
		t.order.Work.Discard()
		t.become(Cancelled, "")
	}
}

// Redirect decides about a transfer that is complete and whose name is taken: it gets another
// name, or replaces the file.
func (t *Transfer) Redirect(path string, replace bool) {
	t.mu.Lock()
	if work, ok := t.order.Work.(redirectable); ok && t.state == Asking {
		work.Redirect(path, replace)
		t.become(Queued, "")
	}
	t.mu.Unlock()
	t.board.advance()
}
