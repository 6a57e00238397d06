package cmd

import (
	"net/http"
	"strings"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/views/tenant"
	"c8yx/views/traffic"
)

// access is how to reach a tenant, and as whom.
type access struct {
	profile session.Profile
	// transport replaces the network, for tests.
	transport http.RoundTripper
}

// errNoTenant says what to do when no tenant is known.
var errNoTenant = usage("no tenant is known. Try c8yx --demo, or name one with --tenant ADDRESS, in the configuration, or by C8Y_BASEURL, C8Y_TENANT, C8Y_USER and C8Y_PASSWORD (or C8Y_TOKEN)")

// open returns the tenant. It signs in with its first request, not before, and sends nothing that
// the profile forbids.
func (a access) open() (*tenant.Tenant, error) {
	recorder := &traffic.Recorder{}
	signedIn := session.New(a.profile, session.FlowOptions{
		Transport: a.transport, Method: a.profile.Method,
		Client: append(recorder.Options(), c8yclient.WithUserAgent("c8yx/"+strings.ReplaceAll(Version(), " ", "-"))),
	})
	guard := session.NewGuard(a.profile)
	client, err := signedIn.Client(c8yclient.WithGuard(guard.Check))
	if err != nil {
		return nil, usageError{err}
	}
	t := tenant.New(client, signedIn.Profile())
	t.Session, t.Guard, t.Traffic = signedIn, guard, recorder
	return t, nil
}
