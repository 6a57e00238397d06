package notify

import (
	"errors"
	"strings"
	"sync"
	"time"

	"c8yx/demo/clock"
)

// Actions of a [Message], spelled as clients see them in realtimeAction.
const (
	Create = "CREATE"
	Update = "UPDATE"
	Delete = "DELETE"
)

// A Message says that one document was created, updated or deleted.
type Message struct {
	Channel string // concrete channel: "/alarms/4711", for alarms, events, measurements and operations with the id of the source device
	Action  string // Create, Update or Delete
	ID      string // of the document
	Data    []byte // the JSON document; for Delete the id as JSON. Must not be changed after publishing
}

// HubOptions tunes a [Hub]. The zero value is the platform's behaviour.
type HubOptions struct {
	Clock clock.Clock // nil: the machine's

	// Ancestors resolves /alarmsWithChildren/{id} and /eventsWithChildren/{id}: it returns the ids of all objects above the
	// given one (without the object itself). It is called while publishing, without any lock of the hub, and only if
	// somebody listens on such a channel. Nil: no hierarchy.
	Ancestors func(id string) []string

	Queue       int           // messages kept for a client that does not fetch them, the oldest are dropped; 0 means 1000
	Connections int           // clients of one user on one channel, the oldest is dropped; 0 means 10
	Timeout     time.Duration // longest time a connect is held; 0 means 90 minutes
	Interval    time.Duration // pause asked of clients between two connects; 0 means none
	Idle        time.Duration // a client that has not connected for so long is forgotten; 0 means 2 hours

	// Of Notification 2.0.
	Backlog     int           // bytes that a topic keeps until its consumers have acknowledged them; 0 means 25 MiB
	BacklogLife time.Duration // after which what nobody has fetched is dropped; 0 means 36 hours
	Unacked     int           // messages that a consumer may have without acknowledging any; 0 means 1000
	Silence     time.Duration // after which a consumer's socket is closed if neither side has said anything; 0 means 5 minutes
}

// withDefaults fills in what the platform does.
func (o HubOptions) withDefaults() HubOptions {
	if o.Clock == nil {
		o.Clock = clock.System()
	}
	if o.Ancestors == nil {
		o.Ancestors = func(string) []string { return nil }
	}
	if o.Queue <= 0 {
		o.Queue = 1000
	}
	if o.Connections <= 0 {
		o.Connections = 10
	}
	if o.Timeout <= 0 {
		o.Timeout = 90 * time.Minute
	}
	if o.Idle <= 0 {
		o.Idle = 2 * time.Hour
	}
	if o.Backlog <= 0 {
		o.Backlog = 25 << 20
	}
	if o.BacklogLife <= 0 {
		o.BacklogLife = 36 * time.Hour
	}
	if o.Unacked <= 0 {
		o.Unacked = 1000
	}
	if o.Silence <= 0 {
		o.Silence = 5 * time.Minute
	}
	return o
}

// listener is who gets messages: a Bayeux client, or a subscription of Notification 2.0.
type listener interface {
	// hear takes a message that came by the given concrete channel; narrow says that the listener named this very
	// channel, so that it need not be asked again whether it may hear it. It must not block.
	hear(channel string, m *Message, narrow bool)
}

// keeper is a listener that must not miss anything: it is asked to keep a message before anybody hears of it.
type keeper interface {
	// keep fails with [ErrBacklog].
	keep(channel string, m *Message) error
}

// A Hub takes messages and gives them to all who subscribed.
type Hub struct {
	options HubOptions

	mu        sync.RWMutex
	listeners map[string]map[listener]struct{} // by channel or pattern, as subscribed
	above     int                              // how many subscriptions need Ancestors
	clients   map[string]*client               // Bayeux clients by clientId
	topics    map[Topic]*topic                 // of Notification 2.0
	births    uint64                           // how many clients there have been: their order of age
	closed    bool

	done    chan struct{}  // closed by Close
	sockets sync.WaitGroup // WebSockets that are open: net/http forgets about them, so Close must wait
}

// NewHub returns a hub that works until [Hub.Close].
func NewHub(options HubOptions) *Hub {
	return &Hub{
		options:   options.withDefaults(),
		listeners: make(map[string]map[listener]struct{}),
		clients:   make(map[string]*client),
		topics:    make(map[Topic]*topic),
		done:      make(chan struct{}),
	}
}

// Publish hands a message to all subscribers. It never blocks: who does not keep up loses messages, Bayeux clients the oldest,
// consumers of a full topic the newest.
func (h *Hub) Publish(m Message) {
	var few [16]hearing
	p := h.prepare(few[:0], m)
	_ = p.keep()
	p.Deliver()
}

// Keep is the first half of Publish: what must survive is kept, but nobody hears of it until Deliver. It fails with [ErrBacklog] if a
// topic of Notification 2.0 is full; then everybody else is to hear of it nevertheless.
func (h *Hub) Keep(m Message) (Pending, error) {
	p := h.prepare(nil, m)
	return p, p.keep()
}

// Pending is a message on its way.
type Pending struct {
	message *Message
	to      []hearing
}

func (p Pending) keep() (err error) {
	for _, to := range p.to {
		if k, keeps := to.listener.(keeper); keeps {
			err = errors.Join(err, k.keep(to.channel, p.message))
		}
	}
	return err
}

// Deliver is the second half of Publish.
func (p Pending) Deliver() {
	for _, to := range p.to {
		to.hear(to.channel, p.message, to.narrow)
	}
}

// prepare finds out who is to hear of a message, and appends them.
func (h *Hub) prepare(to []hearing, m Message) Pending {
	kind, id, ok := splitChannel(m.Channel)
	if !ok {
		return Pending{}
	}
	parents := withChildren(kind)

	h.mu.RLock()
	listening, above := len(h.listeners) > 0, h.above > 0 && parents != ""
	h.mu.RUnlock()
	if !listening {
		return Pending{}
	}
	var ancestors []string
	if above {
		ancestors = h.options.Ancestors(id)
	}
	shared := m // m itself stays off the heap as long as nobody listens
	return Pending{&shared, h.audience(to, &shared, kind, id, parents, ancestors)}
}

// hearing is one delivery to one listener.
type hearing struct {
	listener
	channel string
	narrow  bool
}

// audience appends who is to hear a message. They are told after the hub is unlocked again, so that whatever they ask others for
// cannot wait for the hub.
func (h *Hub) audience(to []hearing, m *Message, kind, id, parents string, ancestors []string) []hearing {
	h.mu.RLock()
	defer h.mu.RUnlock()
	wide := h.listeners["/"+kind+"/*"]
	// Nobody can have known the id before, so the platform announces new objects on the wildcard only.
	if kind != "managedobjects" || m.Action != Create {
		for l := range h.listeners[m.Channel] {
			if _, both := wide[l]; !both {
				to = append(to, hearing{l, m.Channel, true})
			}
		}
	}
	for l := range wide {
		to = append(to, hearing{l, m.Channel, false})
	}
	if h.above == 0 || parents == "" {
		return to
	}
	below := func(object string, narrow bool) {
		channel := "/" + parents + "/" + object
		for l := range h.listeners[channel] {
			to = append(to, hearing{l, channel, narrow})
		}
	}
	below(id, true)
	for _, ancestor := range ancestors {
		below(ancestor, false)
	}
	for l := range h.listeners["/"+parents+"/*"] {
		to = append(to, hearing{l, "/" + parents + "/" + id, false})
	}
	return to
}

// subscribe adds a listener to a channel or pattern; twice is the same as once. The caller holds h.mu.
func (h *Hub) subscribe(channel string, l listener) {
	at := h.listeners[channel]
	if at == nil {
		at = make(map[listener]struct{})
		h.listeners[channel] = at
	}
	if _, twice := at[l]; twice {
		return
	}
	at[l] = struct{}{}
	if needsAncestors(channel) {
		h.above++
	}
}

// unsubscribe undoes subscribe. The caller holds h.mu.
func (h *Hub) unsubscribe(channel string, l listener) {
	at := h.listeners[channel]
	if _, ok := at[l]; !ok {
		return
	}
	delete(at, l)
	if len(at) == 0 {
		delete(h.listeners, channel)
	}
	if needsAncestors(channel) {
		h.above--
	}
}

// Close ends all connections and forgets all clients; handlers refuse from then on. It returns when the last WebSocket is closed.
func (h *Hub) Close() {
	h.mu.Lock()
	if !h.closed {
		h.closed = true
		close(h.done)
		for _, c := range h.clients {
			h.drop(c)
		}
	}
	h.mu.Unlock()
	h.sockets.Wait()
}

// longestChannel bounds what a client can make the hub remember.
const longestChannel = 200

// splitChannel splits "/alarms/4711" into "alarms" and "4711".
func splitChannel(channel string) (kind, id string, ok bool) {
	if len(channel) > longestChannel || !strings.HasPrefix(channel, "/") {
		return "", "", false
	}
	kind, id, ok = strings.Cut(channel[1:], "/")
	return kind, id, ok && kind != "" && id != "" && !strings.Contains(id, "/")
}

// subscribable says whether a client may name the channel at all: a kind and either an id or * as the whole id.
func subscribable(channel string) bool {
	kind, id, ok := splitChannel(channel)
	return ok && kind != "meta" && !strings.Contains(kind, "*") && (id == "*" || !strings.Contains(id, "*"))
}

// withChildren returns the kind of channel that also carries what happens below an object, "" if there is none.
func withChildren(kind string) string {
	switch kind {
	case "alarms":
		return "alarmsWithChildren"
	case "events":
		return "eventsWithChildren"
	}
	return ""
}

// agents is the kind of the channels of /notification/operations. Clients call them by the agent's id alone.
const agents = "agents"

// AgentChannel is where to publish new operations for an agent: clients of [Hub.AgentHandler] get the bare document.
func AgentChannel(agent string) string { return "/" + agents + "/" + agent }

func needsAncestors(channel string) bool {
	return strings.HasPrefix(channel, "/alarmsWithChildren/") || strings.HasPrefix(channel, "/eventsWithChildren/")
}
