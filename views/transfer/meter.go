package transfer

import (
	"context"
	"sync"
	"time"
)

// Meter tells how far a transfer is and how fast. The zero Meter is at the beginning; its
// methods may be called from any goroutine.
type Meter struct {
	mu    sync.Mutex
	done  int64
	total int64 // 0 if unknown
	marks []mark
	hold  chan struct{} // closed when the transfer may go on; nil while it is not held
	anew  bool
}

// mark is how far the transfer was at a moment.
type mark struct {
	at   time.Time
	done int64
}

// How the rate is measured: over the last so many marks, which are that far apart.
const (
	markEvery = 250 * time.Millisecond
	marksKept = 17 // about four seconds
)

// Reading is what a meter shows.
type Reading struct {
	Done, Total int64         // Total is 0 if unknown
	Rate        float64       // a second, of late; 0 if unknown
	Left        time.Duration // at that rate; 0 if unknown
	// Anew says that the tenant could not go on where a download broke off.
	Anew bool
}

// Share returns how much is done, 0 to 1; 0 if the total is unknown.
func (r Reading) Share() float64 {
	if r.Total <= 0 {
		return 0
	}
	return min(1, float64(r.Done)/float64(r.Total))
}

// Add says that so much more is done.
func (m *Meter) Add(n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done += n
	now := time.Now()
	if k := len(m.marks); k == 0 || now.Sub(m.marks[k-1].at) >= markEvery {
		if k == marksKept {
			m.marks = append(m.marks[:0], m.marks[1:]...)
		}
		m.marks = append(m.marks, mark{now, m.done})
	}
}

// Begin says where the transfer begins or goes on, and how much it is in all, 0 or less if
// unknown. The rate is measured anew.
func (m *Meter) Begin(done, total int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done, m.total = done, max(total, 0)
	m.marks = append(m.marks[:0], mark{time.Now(), done})
}

// Expect says how much it is in all.
func (m *Meter) Expect(total int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.total = max(total, 0)
}

// Restarted says that what had come before had to be thrown away.
func (m *Meter) Restarted() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.anew = true
}

// Read returns how far the transfer is at a moment.
func (m *Meter) Read(now time.Time) Reading {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := Reading{Done: m.done, Total: m.total, Anew: m.anew}
	if len(m.marks) == 0 {
		return r
	}
	first := m.marks[0]
	if span := now.Sub(first.at); span >= markEvery {
		r.Rate = float64(m.done-first.done) / span.Seconds()
	}
	if r.Rate > 0 && m.total > m.done {
		r.Left = time.Duration(float64(m.total-m.done) / r.Rate * float64(time.Second))
	}
	return r
}

// Hold lets the transfer wait at its next [Meter.Pass], until [Meter.Resume].
func (m *Meter) Hold() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hold == nil {
		m.hold = make(chan struct{})
	}
}

// Resume ends a hold.
func (m *Meter) Resume() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hold != nil {
		close(m.hold)
		m.hold = nil
		m.marks = append(m.marks[:0], mark{time.Now(), m.done})
	}
}

// Pass waits while the transfer is held, or returns why the context ended.
func (m *Meter) Pass(ctx context.Context) error {
	m.mu.Lock()
	hold := m.hold
	m.mu.Unlock()
	if hold == nil {
		return ctx.Err()
	}
	select {
	case <-hold:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
