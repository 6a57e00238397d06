package notify

import (
	"encoding/json"
	"net/http"
	"time"
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
	// Ancestors resolves /alarmsWithChildren/{id} and /eventsWithChildren/{id}: it returns the ids of all objects above the
	// given one (without the object itself). It is called while publishing, without any lock of the hub. Nil: no hierarchy.
	Ancestors func(id string) []string

	Queue       int           // messages kept for a client that does not fetch them, the oldest are dropped; 0 means 1000
	Connections int           // parallel connections of one user, the oldest is dropped; 0 means 10
	Timeout     time.Duration // longest time a connect is held; 0 means 90 minutes
	Interval    time.Duration // pause asked of clients between two connects; 0 means none
	Idle        time.Duration // a client that has not connected for so long is forgotten; 0 means 2 hours
}

// A Grant is what authorization found out about a listener.
type Grant struct {
	User  string                    // whose connections are counted together, and who alone may use the client id
	Allow func(channel string) bool // whether the user may listen on a channel, "/alarms/4711" or "/alarms/*"; nil allows all
}

// Authorize tells who listens. The request carries the credentials (Authorization header or cookies), or the ext of a handshake
// does: {"com.cumulocity.authn":{"token":…,"xsrfToken":…}}, the only place where a browser can put them on a WebSocket.
// For WebSockets it is asked with every handshake; for long polling with every request, where ext is nil unless
// the request has a handshake in it. An error refuses: "403::Handshake denied" in a handshake, 401 otherwise.
type Authorize func(r *http.Request, ext json.RawMessage) (Grant, error)

// A Hub takes messages and gives them to all who subscribed.
type Hub struct {
	options HubOptions
}

// NewHub returns a hub that works until [Hub.Close].
func NewHub(options HubOptions) *Hub { return &Hub{options: options} }

// Publish hands a message to all subscribers. It never blocks: who does not keep up loses the oldest messages.
func (h *Hub) Publish(m Message) {}

// Handler serves Bayeux: WebSocket upgrades and long polling on the same path, with the message type allowed at the end
// of it (…/realtime/handshake). Mount it at /notification/realtime and /cep/realtime, each with and without a trailing slash.
func (h *Hub) Handler(authorize Authorize) http.Handler { return http.NotFoundHandler() }

// Close ends all connections and forgets all clients; handlers refuse from then on.
func (h *Hub) Close() {}
