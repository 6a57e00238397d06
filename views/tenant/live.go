package tenant

import (
	"context"
	"iter"
	"sync"
	"time"

	"c8yx/c8yclient/realtime"
)

// Liveness is the state of the realtime connection.
type Liveness struct {
	State realtime.State
	Since time.Time
}

// liveness tells whoever listens about the state of the connection.
type liveness struct {
	mu      sync.Mutex
	now     Liveness
	changed chan struct{} // closed and replaced at every change
}

func (l *liveness) get() (Liveness, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed == nil {
		l.changed = make(chan struct{})
	}
	return l.now, l.changed
}

func (l *liveness) set(now Liveness) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now.State == now.State {
		return
	}
	l.now = now
	if l.changed != nil {
		close(l.changed)
	}
	l.changed = make(chan struct{})
}

// Liveness yields the state of the realtime connection, now and at every
// change, until ctx ends.
func (t *Tenant) Liveness(ctx context.Context) iter.Seq[Liveness] {
	return func(yield func(Liveness) bool) {
		for {
			now, changed := t.live.get()
			if !yield(now) {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}
}

// Follow yields what happens on the channels until ctx ends, in batches that
// are at least pace apart: a screen can show no more, and the update loop
// should not be asked more often.
func (t *Tenant) Follow(ctx context.Context, pace time.Duration, channels ...realtime.Channel) iter.Seq[realtime.Batch] {
	return func(yield func(realtime.Batch) bool) {
		subscription, err := t.Client.Realtime.Subscribe(ctx, channels...)
		if err != nil {
			return // ctx has ended
		}
		defer subscription.Close()
		for {
			batch, err := subscription.Next(ctx)
			if err != nil {
				return
			}
			t.live.set(Liveness{State: batch.State, Since: batch.Since})
			if !yield(batch) {
				return
			}
			select {
			case <-time.After(pace):
			case <-ctx.Done():
				return
			}
		}
	}
}
