package cmd

import (
	"cmp"
	"net/http"
	"os"
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
var errNoTenant = usage("no tenant is known. Try c8yx --demo, or set C8Y_BASEURL, C8Y_TENANT, C8Y_USER and C8Y_PASSWORD (or C8Y_TOKEN)")

// accessFromEnvironment reads the variables that Cumulocity's tools share.
func accessFromEnvironment(getenv func(string) string) (access, error) {
	p := session.Profile{
		Address:  cmp.Or(getenv("C8Y_BASEURL"), getenv("C8Y_HOST")),
		Tenant:   getenv("C8Y_TENANT"),
		User:     cmp.Or(getenv("C8Y_USER"), getenv("C8Y_USERNAME")),
		Password: c8yclient.Secret(getenv("C8Y_PASSWORD")),
		Token:    c8yclient.Secret(getenv("C8Y_TOKEN")),
		Origin:   session.FromEnvironment,
	}
	switch {
	case p.Address == "":
		return access{}, errNoTenant
	case p.Token == "" && (p.User == "" || p.Password == ""):
		return access{}, usage("%s: set C8Y_USER and C8Y_PASSWORD, or C8Y_TOKEN, to sign in", p.Address)
	}
	// A user name may carry its tenant: "t4711/jane".
	if tenant, user, ok := strings.Cut(p.User, "/"); ok && p.Tenant == "" {
		p.Tenant, p.User = tenant, user
	}
	return access{profile: p}, nil
}

func environment() (access, error) { return accessFromEnvironment(os.Getenv) }

// open returns the tenant. It signs in with its first request, not before, and sends nothing that
// the profile forbids.
func (a access) open() (*tenant.Tenant, error) {
	recorder := &traffic.Recorder{}
	signedIn := session.New(a.profile, session.FlowOptions{
		Transport: a.transport,
		Client:    append(recorder.Options(), c8yclient.WithUserAgent("c8yx/"+strings.ReplaceAll(Version(), " ", "-"))),
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
