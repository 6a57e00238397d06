package realtime

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// How much a subscription collects for a consumer that does not take it.
const (
	maxQueued      = 10_000
	maxQueuedBytes = 16 << 20
)

// ErrClosed is returned by [Subscription.Next] after the subscription has ended.
var ErrClosed = errors.New("the subscription has ended")

// Subscription collects the changes on its channels for one consumer. Its methods may be called
// from several goroutines.
type Subscription struct {
	channels []Channel
	ready    chan struct{} // holds a token while there is something to take
	done     chan struct{}
	closing  sync.Once
	end      func()

	mu      sync.Mutex
	detach  func() bool // stops waiting for the context
	batch   Batch
	bytes   int
	wasLive bool
}

func newSubscription(channels []Channel) *Subscription {
	return &Subscription{
		channels: slices.Clone(channels),
		ready:    make(chan struct{}, 1),
		done:     make(chan struct{}),
		batch:    Batch{State: Connecting, Since: time.Now()},
	}
}

// Channels returns what the subscription is about.
func (s *Subscription) Channels() []Channel { return slices.Clone(s.channels) }

// Close ends the subscription. It does not wait for the network.
func (s *Subscription) Close() {
	s.closing.Do(func() {
		s.mu.Lock()
		detach := s.detach
		s.mu.Unlock()
		if detach != nil {
			detach()
		}
		s.end()
		close(s.done)
	})
}

// Done is closed when the subscription has ended.
func (s *Subscription) Done() <-chan struct{} { return s.done }

// Ready has a value when there is something to take: messages, or another state. It is meant for
// a select; follow it by [Subscription.Take].
func (s *Subscription) Ready() <-chan struct{} { return s.ready }

// Take returns what has happened since the last call, without waiting, and the state as it is now.
func (s *Subscription) Take() Batch {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.ready:
	default:
	}
	taken := s.batch
	s.batch.Messages, s.batch.Gap = nil, false
	s.bytes = 0
	return taken
}

// Next waits until something has happened and returns it. The error is that of the context, or
// [ErrClosed].
func (s *Subscription) Next(ctx context.Context) (Batch, error) {
	select {
	case <-s.ready:
		return s.Take(), nil
	default:
	}
	select {
	case <-s.ready:
		return s.Take(), nil
	case <-ctx.Done():
		return Batch{}, ctx.Err()
	case <-s.done:
		return Batch{}, ErrClosed
	}
}

func (s *Subscription) onClose(detach func() bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.detach = detach
}

// has reports whether the subscription is about a channel.
func (s *Subscription) has(channel Channel) bool { return slices.Contains(s.channels, channel) }

// wants reports whether a message concerns the subscription.
func (s *Subscription) wants(m Message) bool {
	return slices.ContainsFunc(s.channels, func(c Channel) bool { return c.covers(m.Channel) || c.concerns(m) })
}

func (s *Subscription) refused() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.batch.State == Refused
}

// add queues a message, or gives up on all of them if the consumer is too far behind.
func (s *Subscription) add(message Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.batch.State != Live {
		return
	}
	size := len(message.Data)
	if len(s.batch.Messages) >= maxQueued || s.bytes+size > maxQueuedBytes {
		s.batch.Messages, s.bytes = nil, 0
		s.batch.Gap, s.batch.LiveSince = true, time.Now()
	}
	s.batch.Messages = append(s.batch.Messages, message)
	s.bytes += size
	s.signal()
}

// set changes the state.
func (s *Subscription) set(state State, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if state != s.batch.State {
		s.batch.Since = now
	} else if state != Lost {
		return
	}
	s.batch.State, s.batch.Err, s.batch.LiveSince = state, err, time.Time{}
	if state == Live {
		s.batch.LiveSince = now
		if s.wasLive {
			s.batch.Gap = true
		}
		s.wasLive = true
	}
	s.signal()
}

func (s *Subscription) signal() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}
