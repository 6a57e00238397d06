package cmd

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
)

// company is the demo tenant of an explorer: it listens at once and is made
// while the first frame is already on screen.
type company struct {
	address string
	tenant  string
	user    string
	secret  c8yclient.Secret
	close   func()
}

// founding holds requests back until the tenant exists.
type founding struct {
	ready  chan struct{}
	tenant *demo.Tenant
	err    error
}

func (f *founding) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case <-f.ready:
	case <-r.Context().Done():
		return
	}
	if f.err != nil {
		http.Error(w, f.err.Error(), http.StatusInternalServerError)
		return
	}
	f.tenant.ServeHTTP(w, r)
}

// found makes a company that listens on loopback.
func found(ctx context.Context, options demo.Options) (*company, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("the demo tenant cannot listen on loopback: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	f := &founding{ready: make(chan struct{})}
	var running sync.WaitGroup
	running.Go(func() {
		defer close(f.ready)
		if f.tenant, f.err = demo.New(options); f.err == nil {
			f.tenant.Start(ctx)
		}
	})
	running.Go(func() { _ = serve(ctx, listener, f, slog.New(slog.DiscardHandler)) })
	user := options.Administrator()
	return &company{
		address: "http://" + listener.Addr().String(),
		tenant:  user.Tenant, user: user.Name, secret: c8yclient.Secret(user.Password),
		close: func() {
			cancel()
			running.Wait()
			if f.tenant != nil {
				f.tenant.Close()
			}
		},
	}, nil
}

// access returns how to reach the company.
func (c *company) access() access {
	return access{profile: session.Profile{
		Name: "demo", Address: c.address, Tenant: c.tenant, User: c.user, Password: c.secret, Origin: session.FromDemo,
	}}
}
