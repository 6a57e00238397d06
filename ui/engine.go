package ui

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// engine runs what happens beside the update loop, and keeps count of it.
type engine struct {
	ctx     context.Context
	end     context.CancelFunc
	program chan func(tea.Msg) // holds the send of the running program

	mu      sync.Mutex
	tallies []*tally // of everybody who works
	over    bool     // nothing is begun any more
	running sync.WaitGroup
}

// patience is how long the end of the program waits for what is under way to be put away, such
// as files that are not complete.
const patience = 2 * time.Second

// finish ends everything that is under way, and waits until it has ended, but not for ever.
func (e *engine) finish() {
	e.end()
	e.mu.Lock()
	e.over = true
	e.mu.Unlock()
	ended := make(chan struct{})
	go func() {
		e.running.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(patience):
	}
}

// tally counts what is under way on one desk. It may be used from any goroutine.
type tally struct {
	work   atomic.Int64
	asking atomic.Int64 // what is done for a question that the work waits for
	parked atomic.Bool  // the work waits for the user
}

// idle reports whether there is nothing to wait for but the user.
func (t *tally) idle() bool {
	return t.asking.Load() == 0 && (t.parked.Load() || t.work.Load() == 0)
}

func (e *engine) begin() {
	e.ctx, e.end = context.WithCancel(context.Background())
	e.program = make(chan func(tea.Msg), 1)
}

func (e *engine) attach(send func(tea.Msg)) { e.program <- send }

// tally begins to count what somebody does; leave ends it.
func (e *engine) tally() (counts *tally, leave func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	counts = &tally{}
	e.tallies = append(e.tallies, counts)
	return counts, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.tallies = slices.DeleteFunc(e.tallies, func(t *tally) bool { return t == counts })
	}
}

func (e *engine) idle() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return !slices.ContainsFunc(e.tallies, func(t *tally) bool { return !t.idle() })
}

// send hands a message to the update loop; it blocks until the loop takes it.
func (e *engine) send(msg tea.Msg) {
	select {
	case send := <-e.program:
		e.program <- send
		send(msg)
	case <-e.ctx.Done():
	}
}

// start runs work in a goroutine of its own. All goroutines of the program
// begin here: a panic ends the program in good order.
func (e *engine) start(work func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.over {
		return
	}
	e.running.Go(func() {
		defer func() {
			if value := recover(); value != nil {
				e.send(&Crash{Value: value, Stack: debug.Stack()})
			}
		}()
		work()
	})
}

// Crash is the error with which the program ends after a panic.
type Crash struct {
	Value any
	Stack []byte
}

func (c *Crash) Error() string { return fmt.Sprintf("internal error: %v", c.Value) }
