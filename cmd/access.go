package cmd

import (
	"cmp"
	"net/http"
	"os"
	"strings"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/ui/text"
)

// access is how to reach a tenant, and as whom.
type access struct {
	address  string
	tenant   string
	user     string
	password c8yclient.Secret
	token    c8yclient.Secret
	mode     text.Safe // the mark in the header
	// transport replaces the network, for tests.
	transport http.RoundTripper
}

// errNoTenant says what to do when no tenant is known.
var errNoTenant = usage("no tenant is known. Try c8yx --demo, or set C8Y_BASEURL, C8Y_TENANT, C8Y_USER and C8Y_PASSWORD (or C8Y_TOKEN)")

// accessFromEnvironment reads the variables that Cumulocity's tools share.
func accessFromEnvironment(getenv func(string) string) (access, error) {
	a := access{
		address:  cmp.Or(getenv("C8Y_BASEURL"), getenv("C8Y_HOST")),
		tenant:   getenv("C8Y_TENANT"),
		user:     cmp.Or(getenv("C8Y_USER"), getenv("C8Y_USERNAME")),
		password: c8yclient.Secret(getenv("C8Y_PASSWORD")),
		token:    c8yclient.Secret(getenv("C8Y_TOKEN")),
	}
	switch {
	case a.address == "":
		return access{}, errNoTenant
	case a.token == "" && (a.user == "" || a.password == ""):
		return access{}, usage("%s: set C8Y_USER and C8Y_PASSWORD, or C8Y_TOKEN, to sign in", a.address)
	}
	// A user name may carry its tenant: "t4711/jane".
	if tenant, user, ok := strings.Cut(a.user, "/"); ok && a.tenant == "" {
		a.tenant, a.user = tenant, user
	}
	return a, nil
}

// client returns the client of the tenant. It signs in with its first request,
// not before.
func (a access) client() (*c8yclient.Client, error) {
	var options []c8yclient.Option
	if a.transport != nil {
		options = append(options, c8yclient.WithTransport(a.transport))
	}
	options = append(options, c8yclient.WithUserAgent("c8yx/"+strings.ReplaceAll(Version(), " ", "-")))
	var auth c8yclient.Auth = c8yclient.Bearer{Token: a.token}
	if a.token == "" {
		auth = session.SignIn(a.address, c8yclient.Credentials{Tenant: a.tenant, User: a.user, Password: a.password}, options...)
	}
	client, err := c8yclient.New(a.address, append(options, c8yclient.WithAuth(auth))...)
	if err != nil {
		return nil, usageError{err}
	}
	return client, nil
}

func environment() (access, error) { return accessFromEnvironment(os.Getenv) }

// profile returns the tenant as views know it, without secrets.
func (a access) profile() session.Profile {
	return session.Profile{Address: a.address, Tenant: a.tenant, User: a.user, Origin: session.FromEnvironment}
}
