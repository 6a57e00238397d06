package story

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"

	"c8yx/demo/pipe"
)

// network connects the program with the tenant inside the bubble. Real sockets
// would stop the fake clock: the bubble cannot know what the kernel is up to.
type network struct {
	listener *pipe.Listener
	server   *http.Server
	served   chan struct{}

	mu    sync.Mutex
	conns []net.Conn
	isOff bool
}

// serve starts answering with handler.
func serve(handler http.Handler) *network {
	n := &network{
		listener: pipe.Listen(),
		server:   &http.Server{Handler: handler},
		served:   make(chan struct{}),
	}
	go func() {
		defer close(n.served)
		_ = n.server.Serve(n.listener)
	}()
	return n
}

// transport returns a way to the tenant, whatever host a request names.
func (n *network) transport() *http.Transport {
	return &http.Transport{DialContext: n.dial}
}

func (n *network) dial(ctx context.Context, _, address string) (net.Conn, error) {
	if n.off() {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Addr: name(address), Err: errors.New("connection refused")}
	}
	conn, err := n.listener.Dial(ctx, "", "")
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.conns = append(n.conns, conn)
	return conn, nil
}

func (n *network) off() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.isOff
}

// cut breaks every connection and refuses new ones until it is undone.
func (n *network) cut(off bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.isOff = off
	if off {
		n.hangUp()
	}
}

// hangUp closes every connection. The caller holds the lock.
func (n *network) hangUp() {
	for _, conn := range n.conns {
		_ = conn.Close()
	}
	n.conns = nil
}

// close ends the server and all that hangs on a connection, WebSockets included.
func (n *network) close() {
	_ = n.server.Close() // closes the listener too
	<-n.served
	n.mu.Lock()
	defer n.mu.Unlock()
	n.hangUp()
}

// name is the address of something that is not on a network.
type name string

// Network says that there is none.
func (name) Network() string { return "memory" }

// String returns the name.
func (n name) String() string { return string(n) }
