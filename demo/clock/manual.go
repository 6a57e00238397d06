package clock

import (
	"sync"
	"time"
)

// Manual is a clock that stands still until somebody moves it.
type Manual struct {
	mu     sync.Mutex
	now    time.Time
	timers map[*manualTimer]struct{}
	set    uint64 // how many timers were set: those for the same moment ring in this order
}

// At makes a clock that stands at a moment.
func At(t time.Time) *Manual { return &Manual{now: t, timers: make(map[*manualTimer]struct{})} }

// Now is where the clock stands.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// AfterFunc is that of [Clock]. What is due at once begins at once.
func (m *Manual) AfterFunc(d time.Duration, f func()) Timer {
	t := &manualTimer{clock: m, do: f}
	t.Reset(d)
	return t
}

// Advance moves the clock on. What becomes due on the way begins one after the other, each at its moment: the clock goes on when it is done.
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	end := m.now.Add(d)
	for {
		next := m.next(end)
		if next == nil {
			break
		}
		delete(m.timers, next)
		if next.at.After(m.now) {
			m.now = next.at
		}
		m.mu.Unlock()
		next.do()
		m.mu.Lock()
	}
	if end.After(m.now) {
		m.now = end
	}
	m.mu.Unlock()
}

// next is the timer that rings first, nil if none does up to a moment. The caller holds the lock.
func (m *Manual) next(upTo time.Time) (first *manualTimer) {
	for t := range m.timers {
		if !t.at.After(upTo) && (first == nil || t.at.Before(first.at) || t.at.Equal(first.at) && t.nth < first.nth) {
			first = t
		}
	}
	return first
}

type manualTimer struct {
	clock *Manual
	do    func()
	at    time.Time
	nth   uint64
}

func (t *manualTimer) Stop() bool {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	_, active := t.clock.timers[t]
	delete(t.clock.timers, t)
	return active
}

func (t *manualTimer) Reset(d time.Duration) bool {
	m := t.clock
	m.mu.Lock()
	defer m.mu.Unlock()
	_, active := m.timers[t]
	if d <= 0 {
		delete(m.timers, t)
		go t.do()
		return active
	}
	m.set++
	t.at, t.nth = m.now.Add(d), m.set
	m.timers[t] = struct{}{}
	return active
}
