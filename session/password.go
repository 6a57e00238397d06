package session

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

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

	turn chan signedIn // holds the present state; whoever has taken it may change it

	// listener is the client whose realtime connection signs in with this.
	listener atomic.Pointer[c8yclient.Client]
}

// signedIn is what was signed in with, and when. The zero value is nobody.
type signedIn struct {
	auth c8yclient.Auth
	at   time.Time
	// refused is why the password is no good any more. It is not tried again: a
	// few wrong ones lock an account.
	refused error
}

// SignIn returns the authentication of a user at an address; nothing is sent
// before the first request needs it. The options are those of the client that
// asks for the token.
func SignIn(address string, credentials c8yclient.Credentials, options ...c8yclient.Option) *Password {
	p := &Password{address: address, credentials: credentials, options: options, turn: make(chan signedIn, 1)}
	p.turn <- signedIn{}
	return p
}

// Apply signs in if need be and adds the token to the request.
func (p *Password) Apply(req *http.Request) error {
	auth, err := p.current(req.Context())
	if err != nil {
		return err
	}
	return auth.Apply(req)
}

// Handshake gives the token to the realtime connection. A connection that was
// refused is made again with the next token.
func (p *Password) Handshake(ctx context.Context, client *c8yclient.Client) (realtime.Authn, error) {
	p.listener.Store(client)
	auth, err := p.current(ctx)
	if err != nil {
		return realtime.Authn{}, err
	}
	if r, ok := auth.(c8yclient.RealtimeAuth); ok {
		return r.Handshake(ctx, client)
	}
	return realtime.Authn{}, nil
}

// Renew signs in again after the token was refused for whatever reason, once
// for all requests that were refused together.
func (p *Password) Renew(ctx context.Context, refused *c8yclient.Error) error {
	_, err := p.ensure(ctx, func(s signedIn) bool { return !s.at.Before(refused.Sent) })
	return err
}

// current returns what to authenticate with, signing in if nobody has yet.
func (p *Password) current(ctx context.Context) (c8yclient.Auth, error) {
	return p.ensure(ctx, func(s signedIn) bool { return s.auth != nil })
}

// ensure signs in unless the present state will do. Requests take turns, so
// that many at once sign in only once; each of them can give up waiting.
func (p *Password) ensure(ctx context.Context, enough func(signedIn) bool) (c8yclient.Auth, error) {
	var state signedIn
	select {
	case state = <-p.turn:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { p.turn <- state }()
	switch {
	case state.refused != nil:
		return nil, state.refused
	case enough(state):
		return state.auth, nil
	}
	auth, err := p.signIn(ctx)
	if err != nil {
		if errors.Is(err, c8yclient.ErrUnauthorized) {
			state.refused = err
		}
		return nil, err
	}
	if client := p.listener.Load(); client != nil && state.auth != nil {
		client.Realtime.Reconnect()
	}
	state = signedIn{auth: auth, at: time.Now()}
	return auth, nil
}

func (p *Password) signIn(ctx context.Context) (c8yclient.Auth, error) {
	token, err := c8yclient.Authenticate(ctx, p.address, p.credentials, p.options...)
	switch {
	case err == nil:
		return token.Auth(), nil
	case errors.Is(err, c8yclient.ErrNotFound), errors.Is(err, c8yclient.ErrNotSupported):
		return c8yclient.Basic{Tenant: p.credentials.Tenant, User: p.credentials.User, Password: p.credentials.Password}, nil
	}
	return nil, err
}
