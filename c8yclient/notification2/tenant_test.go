package notification2_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"

	"c8yx/c8yclient/notification2"
	"c8yx/demo/pipe"
)

// tenant keeps news for one subscriber and sends it over connections in memory, so that it works in
// the bubble of a synctest. Set the fields that are its script before, or by set.
type tenant struct {
	mu        sync.Mutex
	shared    bool
	refuse    int    // answers every connection with this status
	tokenErr  error  // no token can be made
	valid     string // the token that is accepted; "" for the last one made
	mute      bool   // nothing is read, not even pings
	down      bool   // no connection can be made
	tokens    int
	dials     []url.Values
	backlog   []string // frames without their ack id, not acknowledged
	acks      []string // what was acknowledged, in order
	commands  []string
	closes    []websocket.StatusCode
	serial    int
	clients   []*client
	listener  *pipe.Listener
	transport *http.Client
}

// client is a connection.
type client struct {
	conn *websocket.Conn
	sent map[string]string // frames by ack id
	wake chan struct{}
	gone chan struct{} // closed by breakAll
}

func newTenant(t *testing.T) *tenant {
	srv := &tenant{listener: pipe.Listen()}
	server := &http.Server{Handler: srv}
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		srv.mu.Lock()
		down := srv.down
		srv.mu.Unlock()
		if down {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
		}
		return srv.listener.Dial(ctx, network, address)
	}}
	srv.transport = &http.Client{Transport: transport}
	go func() { _ = server.Serve(srv.listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		srv.breakAll()
		transport.CloseIdleConnections()
	})
	return srv
}

func (srv *tenant) config() notification2.Config {
	return notification2.Config{
		URL:  &url.URL{Scheme: "http", Host: "acme.example", Path: "/notification2/consumer/"},
		HTTP: srv.transport,
		Token: func(context.Context) (string, error) {
			srv.mu.Lock()
			defer srv.mu.Unlock()
			if srv.tokenErr != nil {
				return "", srv.tokenErr
			}
			srv.tokens++
			return "s3cret-token" + strconv.Itoa(srv.tokens), nil
		},
	}
}

func (srv *tenant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	srv.mu.Lock()
	srv.dials = append(srv.dials, r.URL.Query())
	valid := srv.valid
	if valid == "" {
		valid = "s3cret-token" + strconv.Itoa(srv.tokens)
	}
	status := srv.refuse
	switch {
	case status != 0:
	case r.URL.Path != "/notification2/consumer/":
		status = http.StatusNotFound
	case r.URL.Query().Get("token") != valid:
		status = http.StatusUnauthorized
	case !srv.shared && len(srv.clients) > 0:
		status = http.StatusConflict
	}
	srv.mu.Unlock()
	if status != 0 {
		http.Error(w, "no", status)
		return
	}
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	conn.SetReadLimit(1 << 20)
	srv.serve(r.Context(), conn)
}

func (srv *tenant) serve(ctx context.Context, conn *websocket.Conn) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := &client{conn: conn, sent: map[string]string{}, wake: make(chan struct{}, 1), gone: make(chan struct{})}
	srv.mu.Lock()
	srv.clients = append(srv.clients, c)
	mute := srv.mute
	srv.mu.Unlock()
	var writing sync.WaitGroup
	defer writing.Wait()
	defer srv.leave(c)
	defer cancel()
	writing.Go(func() {
		for {
			for {
				frame, ok := srv.next(c)
				if !ok {
					break
				}
				if conn.Write(ctx, websocket.MessageText, []byte(frame)) != nil {
					return
				}
			}
			select {
			case <-c.wake:
			case <-ctx.Done():
				return
			}
		}
	})
	if mute {
		<-c.gone
		return
	}
	for {
		_, text, err := conn.Read(ctx)
		if err != nil {
			srv.set(func() { srv.closes = append(srv.closes, websocket.CloseStatus(err)) })
			return
		}
		srv.received(c, string(text))
	}
}

// next takes a frame that no client has.
func (srv *tenant) next(c *client) (string, bool) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	for _, frame := range srv.backlog {
		if !slices.ContainsFunc(srv.clients, func(other *client) bool { return other.has(frame) }) {
			srv.serial++
			ack := "ack" + strconv.Itoa(srv.serial)
			c.sent[ack] = frame
			return ack + "\n" + frame, true
		}
	}
	return "", false
}

func (c *client) has(frame string) bool {
	for _, each := range c.sent {
		if each == frame {
			return true
		}
	}
	return false
}

func (srv *tenant) received(c *client, text string) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	frame, ok := c.sent[text]
	if !ok {
		srv.commands = append(srv.commands, text)
		return
	}
	srv.acks = append(srv.acks, frame[strings.LastIndex(frame, "\n")+1:])
	srv.backlog = slices.DeleteFunc(srv.backlog, func(each string) bool { return each == frame })
	delete(c.sent, text)
}

func (srv *tenant) leave(c *client) {
	srv.mu.Lock()
	srv.clients = slices.DeleteFunc(srv.clients, func(each *client) bool { return each == c })
	others := slices.Clone(srv.clients)
	srv.mu.Unlock()
	_ = c.conn.CloseNow()
	for _, other := range others {
		poke(other.wake)
	}
}

func poke(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}

// publish keeps news and sends it. Each body must be different from the others.
func (srv *tenant) publish(header, body string) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	srv.backlog = append(srv.backlog, header+"\n\n"+body)
	for _, c := range srv.clients {
		poke(c.wake)
	}
}

func (srv *tenant) alarm(id string) {
	srv.publish("/t1/alarms/4711\nCREATE", `{"id":"`+id+`"}`)
}

// breakAll breaks all connections.
func (srv *tenant) breakAll() {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	for _, c := range srv.clients {
		select {
		case <-c.gone:
			continue
		default:
		}
		close(c.gone)
		go func() { _ = c.conn.CloseNow() }()
	}
}

func (srv *tenant) set(change func()) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	change()
}

// dialled returns the queries of all connections that were asked for.
func (srv *tenant) dialled() []url.Values {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	return slices.Clone(srv.dials)
}

// made returns how many tokens were made.
func (srv *tenant) made() int {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	return srv.tokens
}

// commanded returns what clients said that was no acknowledgement.
func (srv *tenant) commanded() []string {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	return slices.Clone(srv.commands)
}

// acknowledged returns the bodies of what was acknowledged.
func (srv *tenant) acknowledged() []string {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	return slices.Clone(srv.acks)
}
