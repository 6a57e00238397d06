package realtime

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// link is the shared connection of some subscriptions: it lives from the first to the last of
// them and makes sessions, one after another.
type link struct {
	config Config
	cancel context.CancelFunc
	// changed holds a token while subscriptions have come or gone, kicked one while somebody
	// wants the connection to be tried now.
	changed, kicked chan struct{}
	// polling says that a WebSocket did not get through.
	polling bool
	// shown is when the tenant was last shown credentials.
	shown time.Time

	mu   sync.Mutex
	subs map[*Subscription]struct{}
}

func newLink(config Config) *link {
	ctx, cancel := context.WithCancel(context.Background())
	l := &link{
		config: config, cancel: cancel,
		changed: make(chan struct{}, 1), kicked: make(chan struct{}, 1),
		subs: make(map[*Subscription]struct{}),
	}
	go l.run(ctx)
	return l
}

func (l *link) add(s *Subscription) {
	l.mu.Lock()
	l.subs[s] = struct{}{}
	l.mu.Unlock()
	poke(l.changed)
}

// remove forgets a subscription and reports whether it was the last.
func (l *link) remove(s *Subscription) (last bool) {
	l.mu.Lock()
	delete(l.subs, s)
	last = len(l.subs) == 0
	l.mu.Unlock()
	poke(l.changed)
	return last
}

func poke(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}

// How long to wait between attempts, growing from the first to the last.
const (
	minBackoff = time.Second
	maxBackoff = 30 * time.Second
	// steady is how long a session has to last for the next failure to count as the first.
	steady = 10 * time.Second
)

// run makes sessions until the last subscription has gone.
func (l *link) run(ctx context.Context) {
	failures := 0
	renewed := false // there were new credentials, and no session with them yet
	for ctx.Err() == nil {
		lasted, err := l.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if lasted >= steady {
			failures = 0
		}
		renewed = renewed && lasted == 0
		var wait time.Duration
		switch {
		case errors.Is(err, ErrRefused):
			l.polling = false
			l.broadcast(Refused, err)
			if !renewed && l.renew(ctx, err) {
				renewed = true
				l.revive()
			}
			l.awaitChange(ctx)
			continue
		case errors.Is(err, errNoWebSocket):
			l.polling = true
			continue
		case errors.Is(err, errForgotten) && failures == 0:
			l.broadcast(Lost, err)
		default:
			l.polling = false
			l.broadcast(Lost, err)
			wait = min(minBackoff<<min(failures, 10), maxBackoff)
			wait = wait/2 + rand.N(wait/2)
		}
		failures++
		l.rest(ctx, wait)
	}
}

// renew reports whether there are new credentials after a refusal.
func (l *link) renew(ctx context.Context, why error) bool {
	return l.config.Refused != nil && l.config.Refused(ctx, l.shown, why) == nil
}

// rest waits that long, or until somebody asks for another attempt.
func (l *link) rest(ctx context.Context, wait time.Duration) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-l.kicked:
	case <-ctx.Done():
	}
}

// awaitChange waits, after a refusal, until somebody asks for another attempt or subscribes anew.
func (l *link) awaitChange(ctx context.Context) {
	for len(l.wanted()) == 0 {
		select {
		case <-l.changed:
		case <-ctx.Done():
			return
		}
	}
}

// revive makes refused subscriptions wanted again, and ends a rest.
func (l *link) revive() {
	l.mu.Lock()
	for s := range l.subs {
		if s.refused() {
			s.set(Lost, nil)
		}
	}
	l.mu.Unlock()
	poke(l.changed)
	poke(l.kicked)
}

// session connects, shakes hands and serves until the connection breaks, and
// says how long it served: the time spent trying does not count.
func (l *link) session(ctx context.Context) (lasted time.Duration, err error) {
	var credentials Authn
	if l.config.Authn != nil {
		if credentials, err = l.config.Authn(ctx); err != nil {
			return 0, fmt.Errorf("getting credentials: %w", err)
		}
	}
	l.shown = time.Now()
	w, err := l.dial(ctx)
	if err != nil {
		return 0, err
	}
	defer w.close()
	s := &session{link: l, wire: w, subscribed: make(map[Channel]bool)}
	if err := s.handshake(ctx, credentials); err != nil {
		if !l.polling && ctx.Err() == nil && !errors.Is(err, ErrRefused) {
			// It opened, but nothing sensible came through.
			return 0, fmt.Errorf("%w: %w", errNoWebSocket, err)
		}
		return 0, err
	}
	began := time.Now()
	err = s.serve(ctx)
	return time.Since(began), err
}

func (l *link) dial(ctx context.Context) (wire, error) {
	if l.polling {
		return newPollWire(ctx, l.config), nil
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	return dialSocket(ctx, l.config)
}

// wanted returns the channels of all subscriptions that were not refused.
func (l *link) wanted() []Channel {
	l.mu.Lock()
	defer l.mu.Unlock()
	var wanted []Channel
	for s := range l.subs {
		if !s.refused() {
			wanted = append(wanted, s.channels...)
		}
	}
	slices.Sort(wanted)
	return slices.Compact(wanted)
}

// live tells the subscriptions whose channels the tenant has all agreed to.
func (l *link) live(subscribed map[Channel]bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
next:
	for s := range l.subs {
		for _, channel := range s.channels {
			if !subscribed[channel] {
				continue next
			}
		}
		s.set(Live, nil)
	}
}

// refuse tells the subscriptions with a channel that the tenant does not allow.
func (l *link) refuse(channel Channel, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for s := range l.subs {
		if s.has(channel) {
			s.set(Refused, err)
		}
	}
}

func (l *link) broadcast(state State, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for s := range l.subs {
		if !s.refused() {
			s.set(state, err)
		}
	}
}

// deliver hands a message to the subscriptions that it concerns.
func (l *link) deliver(m Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for s := range l.subs {
		if s.wants(m) {
			s.add(m)
		}
	}
}
