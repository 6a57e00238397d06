package directory

import (
	"cmp"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/guest"
)

// environment returns the tenant that the environment names, in the variables that Cumulocity's
// tools share, and reports whether it names one. In a shell in which a session of the command line
// was chosen, what that session says besides, such as the mode, holds too.
func (d Directory) environment(guests []session.Profile) (p session.Profile, known bool, err error) {
	chosen, err := d.chosen(guests)
	address, from := d.address()
	if address == "" {
		address, from = chosen.Address, "C8Y_SESSION"
	}
	if address == "" {
		return p, false, err
	}
	client, wrong := c8yclient.New(address)
	if wrong != nil {
		return p, false, fmt.Errorf("%s: %w", from, wrong)
	}
	p = session.Profile{
		Address:    client.BaseURL().String(),
		Tenant:     d.variable("C8Y_TENANT"),
		User:       d.variable("C8Y_USER", "C8Y_USERNAME"),
		Password:   c8yclient.Secret(d.Getenv("C8Y_PASSWORD")),
		Token:      c8yclient.Secret(d.variable("C8Y_TOKEN")),
		TOTPSecret: c8yclient.Secret(d.variable("C8Y_CREDENTIAL_TOTP_SECRET")),
		Origin:     session.FromEnvironment,
		From:       from,
	}
	// A user name may carry its tenant: "t4711/jane".
	if tenant, user, ok := strings.Cut(p.User, "/"); ok && (p.Tenant == "" || p.Tenant == tenant) {
		p.Tenant, p.User = tenant, user
	}
	if claims, err := c8yclient.ParseClaims(p.Token); err == nil && p.User == "" {
		p.Tenant, p.User = cmp.Or(p.Tenant, claims.Tenant), claims.User
	}
	if hostOf(chosen.Address) != hostOf(p.Address) {
		return p, true, err
	}
	if !strings.Contains(address, "://") {
		p.Address = chosen.Address // some versions export it without its scheme
	}
	p.Name, p.Mode, p.TLS = chosen.Name, chosen.Mode, chosen.TLS
	fill(&p, chosen)
	return p, true, err
}

// variable returns the first of the variables that says something.
func (d Directory) variable(names ...string) string {
	for _, name := range names {
		if value := strings.TrimSpace(d.Getenv(name)); value != "" {
			return value
		}
	}
	return ""
}

// address returns the address of the tenant, one with a scheme if there is any, and the name of
// the variable that it is from.
func (d Directory) address() (address, from string) {
	for _, name := range []string{"C8Y_BASEURL", "C8Y_URL", "C8Y_HOST", "C8Y_DOMAIN"} {
		value := d.variable(name)
		if strings.Contains(value, "://") {
			return value, name
		}
		if address == "" && value != "" {
			address, from = value, name
		}
	}
	return address, from
}

// chosen returns the session of the command line that the shell works with, the zero Profile if
// there is none. A session that comes from elsewhere than a file is known to the shell alone.
func (d Directory) chosen(guests []session.Profile) (session.Profile, error) {
	file := strings.TrimPrefix(d.variable("C8Y_SESSION"), "file://")
	if file == "" || strings.Contains(file, "://") {
		return session.Profile{}, nil
	}
	if !filepath.IsAbs(file) && d.Guests != "" {
		file = filepath.Join(d.Guests, file)
	}
	for _, g := range guests {
		if filepath.Clean(g.From) == filepath.Clean(file) {
			return g, nil
		}
	}
	p, err := guest.Read(file)
	if err != nil {
		return session.Profile{}, fmt.Errorf("C8Y_SESSION: %w", err)
	}
	return p, nil
}

// hostOf returns host and port of an address, "" if it is none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
