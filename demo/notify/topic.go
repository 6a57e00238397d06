package notify

import (
	"container/list"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"sync"
	"time"

	"c8yx/demo/clock"
)

// ErrBacklog means that a topic of Notification 2.0 takes nothing more until its consumers have caught up.
var ErrBacklog = errors.New("the notification backlog is full")

// ErrBusy means that a consumer has a client already and shares it with nobody.
var ErrBusy = errors.New("another client is connected as this subscriber")

// ErrNoConsumer means that nobody of that name has ever connected, or that it has been unsubscribed.
var ErrNoConsumer = errors.New("there is no such subscriber")

// Topic names where subscriptions of Notification 2.0 forward to and consumers take from. Subscriptions of the same
// name share a topic if they are alike in being persistent.
type Topic struct {
	Name          string
	NonPersistent bool // what happens while a consumer is away is lost to it
}

// topic keeps messages for its consumers until they have acknowledged them. Without consumers it keeps nothing.
type topic struct {
	Topic
	number uint64 // of the topic, for acknowledgements
	limit  int    // of size
	life   time.Duration
	clock  clock.Clock

	mu        sync.Mutex
	serial    uint64     // of the last entry
	entries   *list.List // of *entry: those that a consumer still has to acknowledge, the oldest first
	size      int        // of their texts
	consumers map[string]*consumer
}

// entry is a message in a topic.
type entry struct {
	serial uint64
	source string // messages of one source stay in order
	text   []byte // the frame without its first line
	until  time.Time
	owed   int           // how many consumers have not acknowledged it
	place  *list.Element // in the topic's entries; nil when nobody is owed it any more
}

// topic returns the topic of a name, made if need be.
func (h *Hub) topic(name Topic) *topic {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[name]
	if t == nil {
		t = &topic{
			Topic: name, number: uint64(len(h.topics) + 1), limit: h.options.Backlog, life: h.options.BacklogLife, clock: h.options.Clock,
			entries: list.New(), consumers: make(map[string]*consumer),
		}
		h.topics[name] = t
	}
	return t
}

// keep adds a message for all consumers. They are told by wake.
func (t *topic) keep(source string, text []byte) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	begin := t.clock.Now()
	t.expire(begin)
	var takers []*consumer
	for _, c := range t.consumers {
		if !t.NonPersistent || len(c.clients) > 0 {
			takers = append(takers, c)
		}
	}
	if len(takers) == 0 {
		return nil
	}
	if t.size+len(text) > t.limit {
		return ErrBacklog
	}
	t.serial++
	t.size += len(text)
	e := &entry{serial: t.serial, source: source, text: text, until: begin.Add(t.life), owed: len(takers)}
	e.place = t.entries.PushBack(e)
	for _, c := range takers {
		c.assign(e)
	}
	return nil
}

// settle notes that one consumer is done with an entry. The caller holds t.mu, as for all that follows.
func (t *topic) settle(e *entry) {
	if e.owed--; e.owed <= 0 {
		t.drop(e)
	}
}

// drop forgets an entry. Consumers may still hold it; they pass over it.
func (t *topic) drop(e *entry) {
	if e.place == nil {
		return
	}
	t.entries.Remove(e.place)
	t.size -= len(e.text)
	e.place, e.text = nil, nil
}

// gone reports whether an entry has been dropped.
func (e *entry) gone() bool { return e.place == nil }

// expire drops what has waited for too long.
func (t *topic) expire(at time.Time) {
	expired := false
	for front := t.entries.Front(); front != nil && !at.Before(front.Value.(*entry).until); front = t.entries.Front() {
		t.drop(front.Value.(*entry))
		expired = true
	}
	if !expired {
		return
	}
	for _, c := range t.consumers {
		c.trim()
	}
}

// wake lets all clients look for what there is to send.
func (t *topic) wake() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range t.consumers {
		c.wake()
	}
}

// unsubscribe forgets a consumer and what is kept for it: at once, or, which it reports as true, when its last client has gone.
func (t *topic) unsubscribe(subscriber string) (scheduled bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.consumers[subscriber]
	switch {
	case c == nil:
		return false, ErrNoConsumer
	case len(c.clients) > 0:
		c.leaving = true
		return true, nil
	}
	c.remove()
	return false, nil
}

// Unsubscribe forgets a consumer and what is kept for it. While clients of it are connected it is scheduled only, for when they
// have gone. The error is [ErrNoConsumer].
func (h *Hub) Unsubscribe(name Topic, subscriber string) (scheduled bool, err error) {
	return h.topic(name).unsubscribe(subscriber)
}

// ackID is what a client has to send back: an opaque text, made the way the platform makes it.
func (t *topic) ackID(e *entry) string {
	b := binary.AppendUvarint([]byte{0x08}, t.number)
	b = binary.AppendUvarint(append(b, 0x10), e.serial)
	return base64.StdEncoding.EncodeToString(append(b, 0x20, 0x00, 0x30, 0x01))
}
