package pipe

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// Listener is a net.Listener whose connections come from [Listener.Dial].
type Listener struct {
	connections chan net.Conn
	done        chan struct{}
	close       sync.Once
}

// Listen returns a listener that is open.
func Listen() *Listener {
	return &Listener{connections: make(chan net.Conn), done: make(chan struct{})}
}

// Dial connects to the listener. Network and address are ignored, so that it fits http.Transport.DialContext and takes every
// host.
func (l *Listener) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.connections <- server:
		return client, nil
	case <-l.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept waits for the next connection.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case connection := <-l.connections:
		return connection, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Close refuses further connections; those that exist live on.
func (l *Listener) Close() error {
	l.close.Do(func() { close(l.done) })
	return nil
}

// Addr is a name only.
func (l *Listener) Addr() net.Addr { return address{} }

type address struct{}

func (address) Network() string { return "pipe" }
func (address) String() string  { return "pipe" }

// Server is a running http.Server that is reached through a pipe.
type Server struct {
	URL      string       // "http://demo.example"
	Client   *http.Client // reaches the server by any address
	listener *Listener
	server   *http.Server
	done     chan struct{}
}

// Serve starts a server. Close it before leaving a synctest bubble.
func Serve(handler http.Handler) *Server {
	s := &Server{URL: "http://demo.example", listener: Listen(), server: &http.Server{Handler: handler}, done: make(chan struct{})}
	s.Client = &http.Client{Transport: &http.Transport{DialContext: s.listener.Dial}}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(s.listener) // always ErrServerClosed: by Close
	}()
	return s
}

// Dial connects to the server without HTTP.
func (s *Server) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	return s.listener.Dial(ctx, network, address)
}

// Close ends the server and all connections.
func (s *Server) Close() {
	s.Client.CloseIdleConnections()
	_ = s.server.Close()
	<-s.done
}
