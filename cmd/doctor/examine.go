package doctor

import (
	"context"
	"net/http"
	"time"

	"c8yx/cmd/config"
	"c8yx/session"
	"c8yx/session/directory"
	"c8yx/views/tenant"
)

// Patient is what is to be examined.
type Patient struct {
	Config config.Config
	// ConfigError is why the configuration could not be read at all.
	ConfigError error
	Directory   directory.Directory
	// Keeper opens what keeps sign-ins; nil if nothing is to be kept.
	Keeper   func(context.Context) (session.Keeper, error)
	Terminal Terminal

	// Profile is the tenant, nil if there is none; NoTenant then says why.
	Profile  *session.Profile
	NoTenant error
	// Transport is the way to the tenant, TransportError why there is none.
	Transport      http.RoundTripper
	TransportError error
	// Open opens the tenant, signed in.
	Open func() (*tenant.Tenant, error)
	// Patience is how long the tenant may take for an answer; zero for 20 seconds.
	Patience time.Duration
}

// Examine looks at everything, in the order in which one thing depends on another, and tells every
// finding as soon as it is there. What cannot be looked at because something before it failed is
// left out.
func (p Patient) Examine(ctx context.Context, tell func(Finding)) {
	if p.Patience == 0 {
		p.Patience = 20 * time.Second
	}
	for _, look := range []func(context.Context, func(Finding)){p.configuration, p.tenants, p.keyring, p.terminal} {
		look(ctx, tell)
	}
	if p.Profile == nil {
		tell(noTenant(p.NoTenant))
		return
	}
	tell(p.mode())
	if !p.way(ctx, tell) {
		return
	}
	if t := p.account(ctx, tell); t != nil {
		tell(live(ctx, t, p.Patience))
	}
}
