package notify

import (
	"cmp"
	"crypto/rand"
	"hash/fnv"
	"slices"
)

// consumer is somebody's lasting interest in a topic: the "subscriber" of a token. It begins when the first client connects and
// ends when it is unsubscribed. Everything in it is guarded by topic.mu.
type consumer struct {
	topic   *topic
	name    string
	shared  bool      // several clients split the work
	leaving bool      // to be removed with its last client
	removed bool      // whose clients get nothing any more
	limit   int       // of unacked
	unacked int       // sent and not acknowledged, over all clients
	clients []*member // who is connected
	waiting []*entry  // in order, while nobody is
}

// member is a client of a consumer: one connection.
type member struct {
	consumer *consumer
	name     string
	queue    []*entry          // to be sent, in order
	sent     map[string]*entry // not acknowledged, by what acknowledges them
	held     map[string]int    // how many entries of a source are in queue and sent
	ready    chan struct{}     // there may be something to send
}

// join connects a client to a consumer, which begins to be if it was not. It fails with [ErrBusy].
func (h *Hub) join(seat Seat, client string) (*member, error) {
	t := h.topic(seat.Topic)
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.consumers[seat.Subscriber]
	if c == nil {
		c = &consumer{topic: t, name: seat.Subscriber, limit: h.options.Unacked}
		t.consumers[seat.Subscriber] = c
	}
	if len(c.clients) > 0 && (!c.shared || !seat.Shared) {
		return nil, ErrBusy
	}
	if client == "" {
		client = rand.Text()
	}
	m := &member{consumer: c, name: client, sent: make(map[string]*entry), held: make(map[string]int), ready: make(chan struct{}, 1)}
	c.shared = seat.Shared
	t.expire(t.clock.Now())
	entries := c.gather(nil)
	c.clients = append(c.clients, m)
	c.distribute(entries)
	return m, nil
}

// leave disconnects a client. What it has not acknowledged goes to the others, or waits.
func (m *member) leave() {
	c := m.consumer
	c.topic.mu.Lock()
	defer c.topic.mu.Unlock()
	c.clients = slices.DeleteFunc(c.clients, func(other *member) bool { return other == m })
	if c.removed {
		return
	}
	c.distribute(c.gather(m))
	if len(c.clients) > 0 {
		return
	}
	switch {
	case c.leaving:
		c.remove()
	case c.topic.NonPersistent:
		c.discard()
	}
}

// gather takes all that has not been sent out of the queues, and with it what a client who leaves has not acknowledged.
func (c *consumer) gather(leaver *member) []*entry {
	entries := c.waiting
	c.waiting = nil
	take := func(m *member) {
		entries = append(entries, m.queue...)
		for _, e := range m.queue {
			m.release(e)
		}
		m.queue = nil
	}
	for _, m := range c.clients {
		take(m)
	}
	if leaver != nil {
		take(leaver)
		for _, e := range leaver.sent {
			entries = append(entries, e)
		}
		c.unacked -= len(leaver.sent)
		leaver.sent = nil
	}
	slices.SortFunc(entries, func(a, b *entry) int { return cmp.Compare(a.serial, b.serial) })
	return entries
}

// distribute assigns entries in order and tells the clients.
func (c *consumer) distribute(entries []*entry) {
	for _, e := range entries {
		if !e.gone() {
			c.assign(e)
		}
	}
	c.wake()
}

// assign queues an entry for the client that is to get it.
func (c *consumer) assign(e *entry) {
	if len(c.clients) == 0 {
		c.waiting = append(c.waiting, e)
		return
	}
	m := c.holder(e.source)
	m.queue = append(m.queue, e)
	m.held[e.source]++
}

// holder returns the client for the messages of a source: who has some of them already, so that they stay in order, else the one
// whom chance, always in the same way, assigns the source to.
func (c *consumer) holder(source string) *member {
	best, highest := c.clients[0], uint64(0)
	for _, m := range c.clients {
		if m.held[source] > 0 {
			return m
		}
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(source + "\n" + m.name))
		if weight := mixed(hash.Sum64()); weight >= highest {
			best, highest = m, weight
		}
	}
	return best
}

// mixed spreads a hash over all its bits: the last byte of a name moves few of FNV's.
func mixed(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// release notes that a client has one entry of a source less.
func (m *member) release(e *entry) {
	if m.held[e.source]--; m.held[e.source] <= 0 {
		delete(m.held, e.source)
	}
}

// trim forgets what has been dropped at the front of the queues.
func (c *consumer) trim() {
	alive := func(entries []*entry) int {
		n := 0
		for n < len(entries) && entries[n].gone() {
			n++
		}
		return n
	}
	c.waiting = slices.Delete(c.waiting, 0, alive(c.waiting))
	for _, m := range c.clients {
		n := alive(m.queue)
		for _, e := range m.queue[:n] {
			m.release(e)
		}
		m.queue = slices.Delete(m.queue, 0, n)
	}
}

// discard forgets all that is kept for a consumer without clients.
func (c *consumer) discard() {
	for _, e := range c.waiting {
		c.topic.settle(e)
	}
	c.waiting = nil
}

// remove ends the consumer.
func (c *consumer) remove() {
	for _, m := range c.clients {
		c.waiting = c.gather(m)
	}
	c.discard()
	c.removed = true
	delete(c.topic.consumers, c.name)
}

func (c *consumer) wake() {
	for _, m := range c.clients {
		select {
		case m.ready <- struct{}{}:
		default:
		}
	}
}

// next returns the next frame to send. There is none while too much is not acknowledged.
func (m *member) next() (frame []byte, ok bool) {
	c := m.consumer
	c.topic.mu.Lock()
	defer c.topic.mu.Unlock()
	for len(m.queue) > 0 && c.unacked < c.limit {
		e := m.queue[0]
		m.queue[0] = nil // the array lives on under the slice
		m.queue = m.queue[1:]
		if e.gone() {
			m.release(e)
			continue
		}
		id := c.topic.ackID(e)
		m.sent[id] = e
		c.unacked++
		return append(append(append(make([]byte, 0, len(id)+1+len(e.text)), id...), '\n'), e.text...), true
	}
	return nil, false
}

// ack notes that a client is done with a message. What was not sent over this very connection is not acknowledged by it.
func (m *member) ack(id string) {
	c := m.consumer
	c.topic.mu.Lock()
	defer c.topic.mu.Unlock()
	e, sent := m.sent[id]
	if !sent {
		return
	}
	delete(m.sent, id)
	m.release(e)
	c.topic.settle(e)
	if c.unacked--; c.unacked == c.limit-1 {
		c.wake()
	}
}

// unsubscribe ends the consumer at the wish of one of its clients.
func (m *member) unsubscribe() {
	c := m.consumer
	c.topic.mu.Lock()
	defer c.topic.mu.Unlock()
	if !c.removed {
		c.remove()
	}
}
