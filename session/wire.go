package session

import (
	"net/http"
	"slices"

	"c8yx/c8yclient"
)

// wire is how to reach a tenant, whoever signs in there.
type wire struct {
	transport http.RoundTripper
	options   []c8yclient.Option
	clock     *clock
	err       error // why it cannot be reached at all: a certificate file that cannot be read
}

func newWire(profile Profile, options FlowOptions) wire {
	w := wire{transport: options.Transport, options: options.Client, clock: &clock{}}
	if w.transport == nil {
		w.transport, w.err = profile.TLS.Transport()
	}
	return w
}

// client returns a client of the tenant at an address with credentials, or with none.
func (w wire) client(address string, auth c8yclient.Auth) (*c8yclient.Client, error) {
	if w.err != nil {
		return nil, w.err
	}
	return c8yclient.New(address, append(slices.Clip(w.options), c8yclient.WithTransport(w.transport), c8yclient.WithAuth(timed{auth, w.clock}))...)
}

// timed are credentials, or none, that also look at the clock.
type timed struct {
	auth  c8yclient.Auth
	clock *clock
}

// Apply adds the credentials, if there are any.
func (t timed) Apply(req *http.Request) error {
	if t.auth == nil {
		return nil
	}
	return t.auth.Apply(req)
}

// Observe reads the tenant's clock.
func (t timed) Observe(resp *http.Response) { t.clock.see(resp) }
