package ui

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
)

// engine runs what happens beside the update loop, and keeps count of it.
type engine struct {
	ctx     context.Context
	end     context.CancelFunc
	program chan func(tea.Msg) // holds the send of the running program
	busy    atomic.Int64       // how much is under way
}

func (e *engine) begin() {
	e.ctx, e.end = context.WithCancel(context.Background())
	e.program = make(chan func(tea.Msg), 1)
}

func (e *engine) attach(send func(tea.Msg)) { e.program <- send }

func (e *engine) idle() bool { return e.busy.Load() == 0 }

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
	go func() {
		defer func() {
			if value := recover(); value != nil {
				e.send(&Crash{Value: value, Stack: debug.Stack()})
			}
		}()
		work()
	}()
}

// Crash is the error with which the program ends after a panic.
type Crash struct {
	Value any
	Stack []byte
}

func (c *Crash) Error() string { return fmt.Sprintf("internal error: %v", c.Value) }
