package clock

import (
	"context"
	"time"
)

// Clock tells the time and wakes who asked for it. It is safe for concurrent use.
type Clock interface {
	Now() time.Time
	// AfterFunc calls f in a goroutine of its own once d has passed, unless the timer is stopped before. *time.Timer is a Timer.
	AfterFunc(d time.Duration, f func()) Timer
}

// Timer is what [Clock.AfterFunc] has begun. Its methods are those of [time.Timer].
type Timer interface {
	Stop() bool
	Reset(d time.Duration) bool
}

// Since is how much time has passed since a moment.
func Since(c Clock, t time.Time) time.Duration { return c.Now().Sub(t) }

// Until is how much time there is until a moment.
func Until(c Clock, t time.Time) time.Duration { return t.Sub(c.Now()) }

// Wait waits and reports whether the time has passed: false if ctx has ended before.
func Wait(ctx context.Context, c Clock, d time.Duration) bool {
	alarm := NewAlarm(c, d)
	defer alarm.Stop()
	select {
	case <-alarm.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Alarm is a timer that can be selected on, as [time.NewTimer] makes them. After a Reset it may ring once for what it was set to before.
type Alarm struct {
	C <-chan struct{}
	Timer
}

// NewAlarm makes an alarm that rings once d has passed.
func NewAlarm(c Clock, d time.Duration) *Alarm {
	rings := make(chan struct{}, 1)
	return &Alarm{C: rings, Timer: c.AfterFunc(d, func() {
		select {
		case rings <- struct{}{}:
		default: // it has not been heard yet
		}
	})}
}
