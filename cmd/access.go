package cmd

import (
	"net/http"
	"strings"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/directory"
	"c8yx/views/state"
	"c8yx/views/tenant"
	"c8yx/views/traffic"
)

// access is how to reach a tenant, and as whom.
type access struct {
	profile session.Profile
	// transport replaces the network, for tests.
	transport http.RoundTripper
	// keeper keeps the sign-in; nil keeps nothing.
	keeper session.Keeper
	// state remembers what the user chooses for the tenant; nil forgets it with the program.
	state *state.Store
	// folder is where files are saved at first; "" is the user's downloads.
	folder string
}

// errNoTenant says what to do when no tenant is known.
var errNoTenant = usage("%w. Try c8yx --demo, or name one with --tenant ADDRESS, in the configuration, or by C8Y_BASEURL, C8Y_TENANT, C8Y_USER and C8Y_PASSWORD (or C8Y_TOKEN)", directory.ErrNone)

// open returns the tenant. It signs in with its first request, not before, and sends nothing that
// the profile forbids.
func (a access) open() (*tenant.Tenant, error) { return a.gate().Tenant(nil) }

// gate is the way into the tenant.
func (a access) gate() gate {
	recorder := &traffic.Recorder{}
	return gate{profile: a.profile, recorder: recorder, state: a.state, folder: a.folder, options: session.FlowOptions{
		Transport: a.transport, Method: a.profile.Method, Keeper: a.keeper,
		Client: append(recorder.Options(), c8yclient.WithUserAgent("c8yx/"+strings.ReplaceAll(Version(), " ", "-"))),
	}}
}
