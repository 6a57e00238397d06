package notify

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// writeWait is how long a peer may take to read one frame before its socket is given up.
const writeWait = 30 * time.Second

// socket is one WebSocket. Its reader answers everything but connects at once; every connect that is held has a goroutine,
// of which there is at most one per client, because a newer connect ends the older.
type socket struct {
	hub  *Hub
	conn *websocket.Conn
	ctx  context.Context // ends with the socket
	held sync.WaitGroup
}

// serveSocket speaks Bayeux over a WebSocket until either side ends it.
func (h *Hub) serveSocket(w http.ResponseWriter, r *http.Request, p *peer) {
	if !h.enter() {
		refuse(w, http.StatusServiceUnavailable, "general/Service Unavailable", "the realtime service is shutting down")
		return
	}
	defer h.sockets.Done()

	// Web applications of any origin talk to a tenant; credentials, not origins, protect it.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return // Accept has answered
	}
	conn.SetReadLimit(longestRequest)
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context())) // a hijacked request's context says nothing about the socket
	s := &socket{hub: h, conn: conn, ctx: ctx}
	defer s.held.Wait()
	defer cancel()
	defer func() { _ = conn.CloseNow() }()

	closed := make(chan struct{})
	defer close(closed)
	s.held.Go(func() {
		select {
		case <-h.done:
			_ = conn.Close(websocket.StatusGoingAway, "the realtime service is shutting down")
		case <-closed:
		}
	})
	s.serve(p)
}

// enter counts a socket that Close has to wait for. It reports false if the hub is closed.
func (h *Hub) enter() bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.closed {
		return false
	}
	h.sockets.Add(1)
	return true
}

// serve answers frames until the socket breaks.
func (s *socket) serve(p *peer) {
	for {
		_, frame, err := s.conn.Read(s.ctx)
		if err != nil {
			return
		}
		messages, err := decode(frame)
		if err != nil {
			_ = s.conn.Close(websocket.StatusInvalidFramePayloadData, "not an array of Bayeux messages")
			return
		}
		var replies []reply
		var connects []func()
		for _, m := range messages {
			a, c := p.answer(m)
			if c == nil {
				replies = append(replies, a)
				continue
			}
			connects = append(connects, func() {
				held := c.hold()
				s.held.Go(func() { s.connect(c, held, m.timeout(s.hub.options.Timeout), a) })
			})
		}
		if len(replies) > 0 && s.write(encode("", nil, replies)) != nil {
			return
		}
		for _, connect := range connects {
			connect()
		}
	}
}

// connect answers a connect when there is something to deliver or its time is over.
func (s *socket) connect(c *client, held chan struct{}, timeout time.Duration, a reply) {
	defer c.release(held)
	c.await(s.ctx, held, timeout)
	if s.ctx.Err() != nil {
		return // what is queued stays for the client's next connect, on another socket
	}
	if c.left.Load() {
		return // it said goodbye and expects no more; some clients take an advice now for a reason to come back
	}
	deliveries := c.take()
	// The next connect may come as soon as this one is answered, so it must be over by then.
	c.release(held)
	_ = s.write(encode(c.id, deliveries, []reply{a.finish(c)}))
}

func (s *socket) write(text []byte) error {
	ctx, cancel := context.WithTimeout(s.ctx, writeWait)
	defer cancel()
	return s.conn.Write(ctx, websocket.MessageText, text)
}
