package demo

import (
	"sync"
	"time"

	"c8yx/demo/clock"
)

// later runs the effects that the platform brings about asynchronously: alarm counts, availability, the data of deleted
// objects. They wait for a short delay, and several of the same name collapse into one.
type later struct {
	delay time.Duration
	clock clock.Clock

	mu      sync.Mutex
	tasks   map[string]func()
	order   []string
	timer   clock.Timer
	closed  bool
	running sync.Mutex // one batch at a time
}

// do runs task after the delay, unless a task of that name is waiting already: then that one does for both.
func (l *later) do(name string, task func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, waiting := l.tasks[name]; waiting || l.closed {
		return
	}
	if l.tasks == nil {
		l.tasks = make(map[string]func())
	}
	l.tasks[name] = task
	l.order = append(l.order, name)
	if l.timer == nil {
		l.timer = l.clock.AfterFunc(l.delay, l.settle)
	}
}

// settle runs everything that waits, and what that brings about, now.
func (l *later) settle() {
	l.running.Lock()
	defer l.running.Unlock()
	for {
		l.mu.Lock()
		tasks, order := l.tasks, l.order
		l.tasks, l.order = nil, nil
		if l.timer != nil {
			l.timer.Stop()
			l.timer = nil
		}
		l.mu.Unlock()
		if len(order) == 0 {
			return
		}
		for _, name := range order {
			tasks[name]()
		}
	}
}

// close drops what waits and takes nothing more.
func (l *later) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed, l.tasks, l.order = true, nil, nil
	if l.timer != nil {
		l.timer.Stop()
	}
}
