package notify

import (
	"cmp"
	"container/list"
	"maps"
	"slices"
	"strings"
	"time"
)

// Backlog is what a topic of Notification 2.0 keeps for its consumers, to be written down and taken up again. What a topic that is not persistent
// has under way is lost, as it is when its consumers go.
type Backlog struct {
	Topic     string         `json:"topic"`
	Volatile  bool           `json:"nonPersistent,omitempty"`
	Serial    uint64         `json:"serial"` // of the message that came last
	Messages  []KeptMessage  `json:"messages,omitempty"`
	Consumers []KeptConsumer `json:"consumers,omitempty"`
}

// KeptMessage is a message that somebody has not acknowledged.
type KeptMessage struct {
	Serial uint64 `json:"serial"`
	Source string `json:"source"`
	Text   string `json:"text"`
	Until  int64  `json:"until"` // Unix milliseconds
}

// KeptConsumer is a consumer with the serials of the messages that it has not acknowledged, in order.
type KeptConsumer struct {
	Name  string   `json:"name"`
	Owed  []uint64 `json:"owed,omitempty"`
	Split bool     `json:"shared,omitempty"`
}

// Backlogs returns those of all topics that have consumers, by name.
func (h *Hub) Backlogs() (all []Backlog) {
	h.mu.RLock()
	topics := slices.Collect(maps.Values(h.topics))
	h.mu.RUnlock()
	slices.SortFunc(topics, func(a, b *topic) int {
		if a.Name == b.Name && b.NonPersistent {
			return -1
		}
		return strings.Compare(a.Name, b.Name)
	})
	for _, t := range topics {
		if b := t.backlog(); len(b.Consumers) > 0 {
			all = append(all, b)
		}
	}
	return all
}

func (t *topic) backlog() Backlog {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire(t.clock.Now())
	b := Backlog{Topic: t.Name, Volatile: t.NonPersistent, Serial: t.serial}
	if !t.NonPersistent {
		for at := t.entries.Front(); at != nil; at = at.Next() {
			e := at.Value.(*entry)
			b.Messages = append(b.Messages, KeptMessage{e.serial, e.source, string(e.text), e.until.UnixMilli()})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.consumers)) {
		c := t.consumers[name]
		kept := KeptConsumer{Name: name, Split: c.shared}
		for _, e := range c.unacknowledged() {
			if !t.NonPersistent {
				kept.Owed = append(kept.Owed, e.serial)
			}
		}
		b.Consumers = append(b.Consumers, kept)
	}
	return b
}

// unacknowledged is everything that a consumer still has to get or to acknowledge, in order.
func (c *consumer) unacknowledged() []*entry {
	entries := slices.Clone(c.waiting)
	for _, m := range c.clients {
		entries = append(entries, m.queue...)
		entries = slices.AppendSeq(entries, maps.Values(m.sent))
	}
	entries = slices.DeleteFunc(entries, func(e *entry) bool { return e == nil || e.gone() })
	slices.SortFunc(entries, func(a, b *entry) int { return cmp.Compare(a.serial, b.serial) })
	return entries
}

// Restore puts backlogs in place of all topics. Who is connected as a consumer then gets nothing any more; feeds are to begin anew.
func (h *Hub) Restore(all []Backlog) {
	h.mu.Lock()
	h.topics = make(map[Topic]*topic)
	h.mu.Unlock()
	for _, b := range all {
		h.topic(Topic{Name: b.Topic, NonPersistent: b.Volatile}).restore(b, h.options.Unacked)
	}
}

func (t *topic) restore(b Backlog, unacked int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.serial, t.entries = b.Serial, list.New()
	known := make(map[uint64]*entry, len(b.Messages))
	for _, m := range b.Messages {
		known[m.Serial] = &entry{serial: m.Serial, source: m.Source, text: []byte(m.Text), until: time.UnixMilli(m.Until)}
		t.serial = max(t.serial, m.Serial)
	}
	for _, kept := range b.Consumers {
		c := &consumer{topic: t, name: kept.Name, shared: kept.Split, limit: unacked}
		for _, serial := range kept.Owed {
			if e := known[serial]; e != nil {
				e.owed++
				c.waiting = append(c.waiting, e)
			}
		}
		t.consumers[kept.Name] = c
	}
	for _, m := range b.Messages {
		if e := known[m.Serial]; e.owed > 0 && e.place == nil {
			e.place = t.entries.PushBack(e)
			t.size += len(e.text)
		}
	}
}
