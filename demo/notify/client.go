package notify

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"c8yx/demo/clock"
)

// mostChannels bounds what one client can make the hub remember.
const mostChannels = 10_000

// client is one Bayeux session: who listens, on what, and what it has not fetched yet. It outlives its connections, so
// that a client which lost its socket or polls again finds what came in between.
type client struct {
	id       string
	born     uint64
	grant    Grant
	limit    int // of the queue
	clock    clock.Clock
	patience time.Duration // how long it may be without a connect
	gone     chan struct{} // closed when the hub has forgotten the client
	left     atomic.Bool   // the client itself said goodbye

	channels map[string]struct{} // guarded by Hub.mu

	mu    sync.Mutex
	queue []delivery
	sent  uint64        // deliveries ever queued: their ids
	ready chan struct{} // wakes a held connect; a token may be missing only if nobody waits
	held  chan struct{} // of the connect under way, closed to answer it now; nil if there is none
	idle  clock.Timer   // forgets the client, stopped while a connect is held
}

// delivery is a message on its way to one client.
type delivery struct {
	channel string
	id      uint64
	message *Message
}

// welcome makes a client for a user who may listen. It returns nil if the hub is closed.
func (h *Hub) welcome(g Grant) *client {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil
	}
	h.births++
	c := &client{
		id:       strings.ToLower(rand.Text()),
		born:     h.births,
		grant:    g,
		limit:    h.options.Queue,
		clock:    h.options.Clock,
		patience: h.options.Idle,
		gone:     make(chan struct{}),
		channels: make(map[string]struct{}),
		ready:    make(chan struct{}, 1),
	}
	c.idle = h.options.Clock.AfterFunc(c.patience, func() { h.expire(c) })
	h.clients[c.id] = c
	return c
}

// find returns a client that is still known, or nil.
func (h *Hub) find(id string) *client {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.clients[id]
}

// forget ends a client: its subscriptions go, and a connect that is held is answered.
func (h *Hub) forget(c *client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(c)
}

// drop is forget for a caller who holds h.mu.
func (h *Hub) drop(c *client) {
	if h.clients[c.id] != c {
		return
	}
	delete(h.clients, c.id)
	for channel := range c.channels {
		h.unsubscribe(channel, c)
	}
	close(c.gone)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.idle.Stop()
	c.queue = nil
}

// expire forgets a client unless it has connected at the last moment.
func (h *Hub) expire(c *client) {
	c.mu.Lock()
	connected := c.held != nil
	c.mu.Unlock()
	if !connected {
		h.forget(c)
	}
}

// listen subscribes a client to a channel. If its user has too many clients on that channel then, the oldest is dropped.
// It reports false if the client cannot have more channels.
func (h *Hub) listen(c *client, channel string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, twice := c.channels[channel]; twice {
		return true
	}
	if len(c.channels) >= mostChannels {
		return false
	}
	if h.clients[c.id] != c {
		return true // dropped in this moment; its next connect will learn of it
	}
	c.channels[channel] = struct{}{}
	h.subscribe(channel, c)

	n, oldest := 0, c
	for l := range h.listeners[channel] {
		if other, ok := l.(*client); ok && other.grant.User == c.grant.User {
			n++
			if other.born < oldest.born {
				oldest = other
			}
		}
	}
	if n > h.options.Connections {
		h.drop(oldest)
	}
	return true
}

// mute unsubscribes a client from a channel.
func (h *Hub) mute(c *client, channel string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(c.channels, channel)
	h.unsubscribe(channel, c)
}

// hear implements listener.
func (c *client) hear(channel string, m *Message, narrow bool) {
	if !narrow && !c.grant.allows(m.Channel) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.queue) >= c.limit {
		c.queue[0] = delivery{} // the array lives on under the slice
		c.queue = c.queue[1:]
	}
	c.sent++
	c.queue = append(c.queue, delivery{channel, c.sent, m})
	select {
	case c.ready <- struct{}{}:
	default:
	}
}

// hold begins a connect: a connect of the same client that is held already is answered now, and the client cannot expire
// until release.
func (c *client) hold() (held chan struct{}) {
	held = make(chan struct{})
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held != nil {
		close(c.held)
	}
	c.held = held
	c.idle.Stop()
	return held
}

// release ends a connect and starts the time in which the next has to come.
func (c *client) release(held chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held != held {
		return // a newer connect has taken over
	}
	c.held = nil
	select {
	case <-c.gone:
	default:
		c.idle.Reset(c.patience)
	}
}

// await returns when there is something to deliver, or the timeout is over, or nobody waits any more.
func (c *client) await(ctx context.Context, held <-chan struct{}, timeout time.Duration) {
	c.mu.Lock()
	waiting := len(c.queue) == 0
	c.mu.Unlock()
	if !waiting || timeout <= 0 {
		return
	}
	timer := clock.NewAlarm(c.clock, timeout)
	defer timer.Stop()
	select {
	case <-c.ready:
	case <-timer.C:
	case <-held:
	case <-c.gone:
	case <-ctx.Done():
	}
}

// take empties the queue.
func (c *client) take() []delivery {
	c.mu.Lock()
	defer c.mu.Unlock()
	queue := c.queue
	c.queue = nil
	select {
	case <-c.ready:
	default:
	}
	return queue
}
