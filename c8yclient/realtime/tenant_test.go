package realtime_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"c8yx/c8yclient/realtime"
	"c8yx/demo/pipe"
)

// tenant is a small Bayeux server over connections in memory, so that it works in the bubble
// of a synctest. Its fields are the script: set them before, or under mu.
type tenant struct {
	noWebSocket bool          // the upgrade is answered by a proxy's 502
	mute        bool          // the WebSocket opens and nothing comes
	deny        string        // refuse this channel
	refuse      string        // refuse handshakes with this error
	hold        time.Duration // how long a poll is held
	freeze      chan struct{} // not nil: WebSockets stay open and are not read until it is closed

	mu         sync.Mutex
	sessions   map[string]*bayeux
	handshakes []map[string]any
	count      int
	dials      int
	down       bool // no connection can be made

	listener *pipe.Listener
	server   *http.Server
	client   *http.Client
}

// bayeux is one session of the tenant.
type bayeux struct {
	id       string
	channels map[string]bool
	gone     bool
	out      chan []map[string]any // frames to write, or to answer the poll with
	drop     func()                // breaks the connection
}

func newTenant(t *testing.T) *tenant {
	srv := &tenant{hold: time.Minute, sessions: map[string]*bayeux{}, listener: pipe.Listen()}
	srv.server = &http.Server{Handler: srv}
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		srv.mu.Lock()
		srv.dials++
		down := srv.down
		srv.mu.Unlock()
		if down {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
		}
		return srv.listener.Dial(ctx, network, address)
	}}
	srv.client = &http.Client{Transport: transport}
	go func() { _ = srv.server.Serve(srv.listener) }()
	t.Cleanup(func() {
		_ = srv.server.Close()
		transport.CloseIdleConnections()
	})
	return srv
}

func (srv *tenant) config() realtime.Config {
	return realtime.Config{
		URL:  &url.URL{Scheme: "http", Host: "acme.example", Path: "/notification/realtime"},
		HTTP: srv.client,
		Authn: func(context.Context) (realtime.Authn, error) {
			return realtime.Authn{Token: "c2VjcmV0"}, nil
		},
	}
}

func (srv *tenant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") == "" {
		srv.poll(w, r)
		return
	}
	if srv.noWebSocket {
		http.Error(w, "<html>proxy</html>", http.StatusBadGateway)
		return
	}
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.CloseNow() }()
	srv.socket(r.Context(), conn)
}

func (srv *tenant) socket(ctx context.Context, conn *websocket.Conn) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make(chan []map[string]any, 100)
	go func() {
		for {
			select {
			case frame := <-out:
				text, _ := json.Marshal(frame)
				if conn.Write(ctx, websocket.MessageText, text) != nil {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	for {
		_, frame, err := conn.Read(ctx)
		if err != nil {
			return
		}
		if srv.mute {
			continue
		}
		var requests []map[string]any
		if json.Unmarshal(frame, &requests) != nil {
			return
		}
		for _, request := range requests {
			reply, session := srv.answer(request, out)
			if session != nil {
				session.drop = func() { _ = conn.CloseNow() }
			}
			if reply["channel"] == "/meta/connect" && reply["successful"] == true {
				if srv.freeze != nil {
					<-srv.freeze
					return
				}
				continue // held until there is a reason to answer
			}
			out <- []map[string]any{reply}
		}
	}
}

func (srv *tenant) poll(w http.ResponseWriter, r *http.Request) {
	var requests []map[string]any
	if json.NewDecoder(r.Body).Decode(&requests) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	var replies []map[string]any
	for _, request := range requests {
		reply, session := srv.answer(request, nil)
		if reply["channel"] == "/meta/connect" && reply["successful"] == true {
			timer := time.NewTimer(srv.hold)
			select {
			case frame := <-session.out:
				replies = append(replies, frame...)
			case <-timer.C:
			case <-r.Context().Done():
				timer.Stop()
				return
			}
			timer.Stop()
		}
		replies = append(replies, reply)
	}
	_ = json.NewEncoder(w).Encode(replies)
}

// answer handles one message of a client. The session is that of the message, if it is known.
func (srv *tenant) answer(request map[string]any, out chan []map[string]any) (map[string]any, *bayeux) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	channel, _ := request["channel"].(string)
	reply := map[string]any{"id": request["id"], "channel": channel, "successful": true}
	if channel == "/meta/handshake" {
		srv.handshakes = append(srv.handshakes, request)
		if srv.refuse != "" {
			reply["successful"], reply["error"] = false, srv.refuse
			return reply, nil
		}
		srv.count++
		session := &bayeux{id: "client" + strconv.Itoa(srv.count), channels: map[string]bool{}, out: out}
		if out == nil {
			session.out = make(chan []map[string]any, 100)
		}
		srv.sessions[session.id] = session
		reply["clientId"] = session.id
		return reply, session
	}
	id, _ := request["clientId"].(string)
	session := srv.sessions[id]
	if session == nil {
		reply["successful"], reply["error"] = false, "402::Unknown client"
		reply["advice"] = map[string]any{"reconnect": "handshake", "interval": 0}
		return reply, nil
	}
	subscription, _ := request["subscription"].(string)
	switch channel {
	case "/meta/subscribe":
		reply["subscription"] = subscription
		if subscription == srv.deny {
			reply["successful"], reply["error"] = false, "403:"+subscription+":Access denied"
			break
		}
		session.channels[subscription] = true
	case "/meta/unsubscribe":
		reply["subscription"] = subscription
		delete(session.channels, subscription)
	case "/meta/disconnect":
		session.gone = true
		delete(srv.sessions, id)
	}
	return reply, session
}

// publish sends news to every session that subscribed to the channel or its pattern.
func (srv *tenant) publish(channel, pattern string, data any) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	for _, session := range srv.sessions {
		if session.channels[channel] || session.channels[pattern] {
			session.out <- []map[string]any{{"channel": channel, "data": data}}
		}
	}
}

// forget makes all sessions unknown, and tells it to those that have a connect waiting.
func (srv *tenant) forget() {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	for id, session := range srv.sessions {
		delete(srv.sessions, id)
		session.out <- []map[string]any{{
			"channel": "/meta/connect", "successful": false, "error": "402::Unknown client",
			"advice": map[string]any{"reconnect": "handshake", "interval": 0},
		}}
	}
}

// breakAll breaks the connections of all sessions.
func (srv *tenant) breakAll() {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	for id, session := range srv.sessions {
		delete(srv.sessions, id)
		session.drop()
	}
}

func (srv *tenant) set(change func()) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	change()
}

// dialled returns how often a connection was asked for.
func (srv *tenant) dialled() int {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	return srv.dials
}

// subscribed returns the channels of all sessions, sorted.
func (srv *tenant) subscribed() []string {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	var all []string
	for _, session := range srv.sessions {
		for channel := range session.channels {
			all = append(all, channel)
		}
	}
	slices.Sort(all)
	return all
}
