package c8yclient

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// gate is the scheduler of a tenant: how many requests run at once, how many
// begin per second, and whether the tenant asked for a pause.
type gate struct {
	places chan struct{}
	rate   *rate.Limiter // nil: unlimited

	mu    sync.Mutex
	until time.Time
}

func newGate(concurrency int, perSecond float64, burst int) *gate {
	g := &gate{places: make(chan struct{}, concurrency)}
	if perSecond > 0 {
		g.rate = rate.NewLimiter(rate.Limit(perSecond), burst)
	}
	return g
}

// size is how many requests may run at once.
func (g *gate) size() int { return cap(g.places) }

// enter waits for a place, the rate and the end of a pause, in this order, or for
// the context. The returned function gives the place back.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.places <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	leave = func() { <-g.places }
	if g.rate != nil {
		err = g.rate.Wait(ctx)
	}
	for err == nil {
		wait := g.remaining()
		if wait <= 0 {
			return leave, nil
		}
		err = sleep(ctx, wait)
	}
	leave()
	return nil, err
}

// pause keeps requests from beginning for at least that long.
func (g *gate) pause(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until := time.Now().Add(d); until.After(g.until) {
		g.until = until
	}
}

func (g *gate) remaining() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return time.Until(g.until)
}
