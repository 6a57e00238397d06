package story

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
)

// network connects the program with the tenant inside the bubble. Real sockets
// would stop the fake clock: the bubble cannot know what the kernel is up to.
type network struct {
	dialed chan net.Conn
	down   chan struct{}
	server *http.Server
	served chan struct{}

	mu    sync.Mutex
	conns []net.Conn
	isOff bool
}

// serve starts answering with handler.
func serve(handler http.Handler) *network {
	n := &network{
		dialed: make(chan net.Conn),
		down:   make(chan struct{}),
		server: &http.Server{Handler: handler},
		served: make(chan struct{}),
	}
	go func() {
		defer close(n.served)
		_ = n.server.Serve(n)
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
	client, server := net.Pipe()
	select {
	case n.dialed <- server:
		n.mu.Lock()
		n.conns = append(n.conns, client, server)
		n.mu.Unlock()
		return client, nil
	case <-n.down:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
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
	_ = n.server.Close() // closes the listener, and so down
	<-n.served
	n.mu.Lock()
	defer n.mu.Unlock()
	n.hangUp()
}

// Accept, Close and Addr make the network the server's [net.Listener].
func (n *network) Accept() (net.Conn, error) {
	select {
	case conn := <-n.dialed:
		return conn, nil
	case <-n.down:
		return nil, net.ErrClosed
	}
}

// Close is called by the server, once.
func (n *network) Close() error {
	close(n.down)
	return nil
}

// Addr names the listener in error messages.
func (n *network) Addr() net.Addr { return name("tenant") }

// name is the address of something that is not on a network.
type name string

// Network says that there is none.
func (name) Network() string { return "memory" }

// String returns the name.
func (n name) String() string { return string(n) }
