package session

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
)

// Password is the authentication of a user whose password is at hand: it gets a
// token with the first request, keeps it in memory only, and gets another one
// when the tenant has ended the session. A tenant without tokens gets Basic.
// Make one with [SignIn].
type Password struct {
	address     string
	options     []c8yclient.Option
	credentials c8yclient.Credentials

	mu   sync.Mutex
	auth c8yclient.Auth // nil until signed in
}

// SignIn returns the authentication of a user at an address; nothing is sent
// before the first request needs it. The options are those of the client that
// asks for the token.
func SignIn(address string, credentials c8yclient.Credentials, options ...c8yclient.Option) *Password {
	return &Password{address: address, credentials: credentials, options: options}
}

// Apply signs in if need be and adds the token to the request.
func (p *Password) Apply(req *http.Request) error {
	auth, err := p.current(req.Context())
	if err != nil {
		return err
	}
	return auth.Apply(req)
}

// Handshake gives the token to the realtime connection.
func (p *Password) Handshake(ctx context.Context, client *c8yclient.Client) (realtime.Authn, error) {
	auth, err := p.current(ctx)
	if err != nil {
		return realtime.Authn{}, err
	}
	if r, ok := auth.(c8yclient.RealtimeAuth); ok {
		return r.Handshake(ctx, client)
	}
	return realtime.Authn{}, nil
}

// Renew signs in again if the tenant ended the session.
func (p *Password) Renew(ctx context.Context, refused *c8yclient.Error) error {
	if !errors.Is(refused, c8yclient.ErrSessionEnded) {
		return refused
	}
	p.mu.Lock()
	p.auth = nil
	p.mu.Unlock()
	_, err := p.current(ctx)
	return err
}

func (p *Password) current(ctx context.Context) (c8yclient.Auth, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.auth != nil {
		return p.auth, nil
	}
	token, err := c8yclient.Authenticate(ctx, p.address, p.credentials, p.options...)
	switch {
	case err == nil:
		p.auth = token.Auth()
	case errors.Is(err, c8yclient.ErrNotFound), errors.Is(err, c8yclient.ErrNotSupported):
		p.auth = c8yclient.Basic{Tenant: p.credentials.Tenant, User: p.credentials.User, Password: p.credentials.Password}
	default:
		return nil, err
	}
	return p.auth, nil
}
