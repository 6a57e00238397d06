package notify

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
)

// longestRequest bounds one array of messages, in bytes.
const longestRequest = 1 << 20

// Handler serves Bayeux: WebSocket upgrades and long polling on the same path, with the message type allowed at the end
// of it (…/realtime/handshake), which is for proxies only: what counts is the channel in the message. Mount it at
// /notification/realtime and /cep/realtime and at both with a trailing slash.
func (h *Hub) Handler(authorize Authorize) http.Handler { return h.handler(authorize, false) }

// AgentHandler serves /notification/operations the same way, for agents: they subscribe to "/4711", their own id, and get new
// operations as bare documents. See [AgentChannel].
func (h *Hub) AgentHandler(authorize Authorize) http.Handler { return h.handler(authorize, true) }

func (h *Hub) handler(authorize Authorize, agent bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-h.done:
			refuse(w, http.StatusServiceUnavailable, "general/Service Unavailable", "the realtime service is shutting down")
			return
		default:
		}
		p := newPeer(h, r, authorize)
		p.agent = agent
		switch {
		case isUpgrade(r):
			h.serveSocket(w, r, p)
		case r.Method == http.MethodPost:
			h.serveLongPoll(w, r, p)
		default:
			w.Header().Set("Allow", http.MethodPost)
			refuse(w, http.StatusMethodNotAllowed, "general/Method Not Allowed", "long polling takes POST, WebSocket an upgrade")
		}
	})
}

func isUpgrade(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// serveLongPoll answers one array of messages by another.
func (h *Hub) serveLongPoll(w http.ResponseWriter, r *http.Request, p *peer) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || !strings.HasSuffix(media, "json") {
		refuse(w, http.StatusUnsupportedMediaType, "general/Unsupported Media Type", "messages are application/json")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestRequest))
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, "general/Payload Too Large", err.Error())
		return
	}
	messages, err := decode(body)
	if err != nil {
		refuse(w, http.StatusBadRequest, "general/Bad Request", "not an array of Bayeux messages: "+err.Error())
		return
	}
	if !shakesHands(messages) {
		if err := p.identify(); err != nil {
			refuse(w, http.StatusUnauthorized, "security/Unauthorized", err.Error())
			return
		}
	}

	var answered []byte
	var replies []reply
	for _, m := range messages {
		a, c := p.answer(m)
		if c == nil {
			replies = append(replies, a)
			continue
		}
		held := c.hold()
		// Whatever else is in the array waits for its answer, so only a connect that came alone is held.
		if len(messages) == 1 {
			c.await(r.Context(), held, m.timeout(h.options.Timeout))
		}
		if r.Context().Err() != nil {
			c.release(held)
			return // nobody reads: what is queued stays for the next connect
		}
		deliveries := c.take()
		c.release(held)
		a = a.finish(c)
		answered = join(answered, encode(c.id, deliveries, append(replies, a)))
		replies = nil
	}
	if len(replies) > 0 {
		answered = join(answered, encode("", nil, replies))
	}
	// Not the rule of the REST API, where who accepts nothing gets nothing: the vendor's own client polls without Accept.
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(answered)
}

// shakesHands says whether a handshake is among the messages, which then brings its own credentials and refusal.
func shakesHands(messages []request) bool {
	for _, m := range messages {
		if m.Channel == metaHandshake {
			return true
		}
	}
	return false
}

// join makes one JSON array of two that are not empty.
func join(a, b []byte) []byte {
	if a == nil {
		return b
	}
	a[len(a)-1] = ','
	return append(a, b[1:]...)
}

// refuse answers in the form of the platform's errors.
func refuse(w http.ResponseWriter, status int, kind, message string) {
	body, _ := json.Marshal(map[string]string{
		"error":   kind,
		"message": message,
		"info":    "https://www.cumulocity.com/guides/reference-guide/#error_reporting",
	})
	w.Header().Set("Content-Type", "application/vnd.com.nsn.cumulocity.error+json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
