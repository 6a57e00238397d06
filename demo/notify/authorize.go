package notify

import (
	"encoding/json"
	"net/http"
)

// A Grant is what authorization found out about a listener.
type Grant struct {
	User string // whose connections are counted together, and who alone may use the client id
	// Allow says whether the user may listen on a channel. It is asked for every subscription ("/alarms/4711", "/alarms/*")
	// and, where the subscription was wider, for every message with its concrete channel; so it has to be quick.
	// Nil allows all.
	Allow func(channel string) bool
}

// allows asks Allow.
func (g Grant) allows(channel string) bool { return g.Allow == nil || g.Allow(channel) }

// Authorize tells who listens. The request carries the credentials (Authorization header or cookies), or the ext of a handshake
// does: {"com.cumulocity.authn":{"token":…,"xsrfToken":…}}, the only place where a browser can put them on a WebSocket.
// For WebSockets it is asked with every handshake; for long polling with every request, where ext is nil unless
// the request has a handshake in it. An error refuses: "403::Handshake denied" in a handshake, 401 with the error's text otherwise.
type Authorize func(r *http.Request, ext json.RawMessage) (Grant, error)
