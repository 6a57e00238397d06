package notify

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"c8yx/demo/clock"
)

// Seat is what a token of Notification 2.0 entitles to.
type Seat struct {
	Topic      Topic
	Subscriber string // the consumer: whoever comes by this name goes on where it was
	Shared     bool   // several clients may connect and split the work, by sources
}

// Admit finds the seat of who wants to consume. An error refuses with 401 and its text.
type Admit func(r *http.Request) (Seat, error)

// ConsumerHandler serves WebSockets of Notification 2.0. Mount it at /notification2/consumer with and without trailing slash. The
// parameter "consumer" names the client among those of a shared consumer.
//
// Frames are text: a line to be sent back as acknowledgement, a line "/tenant/api/source", a line with the action, an empty
// line, the document.
func (h *Hub) ConsumerHandler(admit Admit) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seat, err := admit(r)
		if err != nil {
			refuse(w, http.StatusUnauthorized, "security/Unauthorized", err.Error())
			return
		}
		if !isUpgrade(r) {
			w.Header().Set("Connection", "Upgrade")
			w.Header().Set("Upgrade", "websocket")
			refuse(w, http.StatusUpgradeRequired, "general/Upgrade Required", "notifications are consumed over WebSocket")
			return
		}
		if !h.enter() {
			refuse(w, http.StatusServiceUnavailable, "general/Service Unavailable", "the notification service is shutting down")
			return
		}
		defer h.sockets.Done()
		m, err := h.join(seat, r.URL.Query().Get("consumer"))
		if errors.Is(err, ErrBusy) {
			refuse(w, http.StatusConflict, "reliable-notification/Conflict", err.Error())
			return
		}
		defer m.leave()
		h.stream(w, r, m)
	})
}

// unsubscribeCommand is what a client sends to end its consumer.
const unsubscribeCommand = "unsubscribe_subscriber"

// longestWord bounds what a client may send: acknowledgements are short.
const longestWord = 4096

// stream is one WebSocket of a consumer.
type stream struct {
	conn    *websocket.Conn
	member  *member
	silence time.Duration
	quiet   clock.Timer // closes the socket when nothing has been said for too long
}

// stream sends what there is for a member until either side has enough.
func (h *Hub) stream(w http.ResponseWriter, r *http.Request, m *member) {
	s := &stream{member: m, silence: h.options.Silence}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // the token protects, not the origin
		OnPingReceived: func(context.Context, []byte) bool {
			s.speak()
			return true
		},
	})
	if err != nil {
		return // Accept has answered
	}
	conn.SetReadLimit(longestWord)
	s.conn = conn
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context())) // a hijacked request's context says nothing about the socket
	idle := make(chan struct{})
	s.quiet = h.options.Clock.AfterFunc(s.silence, func() { close(idle) })

	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	defer s.quiet.Stop()
	defer func() { _ = conn.CloseNow() }()
	running.Go(func() { s.send(ctx) })
	running.Go(func() {
		select {
		case <-h.done:
			_ = conn.Close(websocket.StatusGoingAway, "the notification service is shutting down")
		case <-idle:
			_ = conn.Close(websocket.StatusGoingAway, "Connection Idle Timeout")
		case <-ctx.Done():
		}
	})
	s.receive(ctx)
}

// speak notes that one side has said something.
func (s *stream) speak() {
	if s.quiet.Stop() { // otherwise it is over
		s.quiet.Reset(s.silence)
	}
}

// receive takes acknowledgements until the socket breaks.
func (s *stream) receive(ctx context.Context) {
	for {
		kind, text, err := s.conn.Read(ctx)
		if err != nil {
			return
		}
		s.speak()
		switch {
		case kind != websocket.MessageText:
		case string(text) == unsubscribeCommand:
			s.member.unsubscribe()
		default:
			s.member.ack(string(text))
		}
	}
}

// send sends frames as they come. A client that does not read is given up.
func (s *stream) send(ctx context.Context) {
	for {
		for frame, ok := s.member.next(); ok; frame, ok = s.member.next() {
			writing, cancel := context.WithTimeout(ctx, writeWait)
			err := s.conn.Write(writing, websocket.MessageText, frame)
			cancel()
			if err != nil {
				_ = s.conn.CloseNow()
				return
			}
			s.speak()
		}
		select {
		case <-s.member.ready:
		case <-ctx.Done():
			return
		}
	}
}
