package session

import (
	"context"
	"errors"
	"net/http"

	"c8yx/c8yclient"
)

// FlowOptions say how to sign in.
type FlowOptions struct {
	// Transport sends the requests; nil is the network, with [Profile.TLS].
	Transport http.RoundTripper
	// Client are further options of every client: user agent, hook, retries.
	Client []c8yclient.Option
	// Keeper keeps the sign-in for the next start; nil keeps nothing.
	Keeper Keeper
	// Method is the way that the user wants: a [Method.Type] or [Method.ID]. "" leaves it to
	// the tenant's login options, and asks if there are several.
	Method string
	// Callback is where somebody else's sign-in page sends the browser back to, a loopback
	// address that is registered there; "" is [DefaultCallback]. Port 0 takes any.
	Callback string
}

// DefaultCallback is the address that other tools for Cumulocity have registered at identity
// providers.
const DefaultCallback = "http://localhost:5001/callback"

// Flow is one sign-in under way: a sequence of steps, each of which says what is missing. Its
// methods block while they talk to the tenant and may be called from any goroutine, one at
// a time. A method whose context ends returns [Failed] with the context's error and leaves the
// flow at its step, so that it can be tried again.
type Flow struct{}

// Begin begins to sign in. Nothing is sent before [Flow.Next].
func Begin(profile Profile, options FlowOptions) *Flow { return &Flow{} }

// Next returns the present step: at the beginning the first that the user has to do something
// about, which is [Done] if a kept sign-in is still good.
func (f *Flow) Next(ctx context.Context) Step { return Failed{Err: errors.ErrUnsupported} }

// Answer gives what the present step asked for and returns the next, which is the same one
// with a problem if the tenant did not accept it.
func (f *Flow) Answer(ctx context.Context, answer Answer) Step {
	return Failed{Err: errors.ErrUnsupported}
}

// Wait waits for what happens elsewhere, in the browser of [NeedBrowser] or [NeedDevice], and
// returns the next step.
func (f *Flow) Wait(ctx context.Context) Step { return Failed{Err: errors.ErrUnsupported} }

// Back returns to the choice of a method or, where there is none, to the password, as if
// nothing had been answered since.
func (f *Flow) Back(ctx context.Context) Step { return Failed{Err: errors.ErrUnsupported} }

// Close ends the flow and forgets what was typed. It is not needed after [Done].
func (f *Flow) Close() {}
