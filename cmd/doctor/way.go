package doctor

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/session"
)

// answer is what the first answer of a tenant tells besides its body.
type answer struct {
	date  time.Time // by the tenant's clock, zero if it does not say
	at    time.Time // by ours, at about the same moment
	took  time.Duration
	state *tls.ConnectionState // nil without TLS
}

// listener notes the first answer that comes through a transport.
type listener struct {
	next  http.RoundTripper
	first *answer
}

// RoundTrip implements [http.RoundTripper].
func (l *listener) RoundTrip(req *http.Request) (*http.Response, error) {
	sent := time.Now()
	resp, err := l.next.RoundTrip(req)
	if err != nil || l.first != nil {
		return resp, err
	}
	l.first = &answer{took: time.Since(sent), state: resp.TLS}
	l.first.at = sent.Add(l.first.took / 2)
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		l.first.date = date
	}
	return resp, nil
}

// way looks at how the tenant is reached and who it is, and reports whether it can be.
func (p Patient) way(ctx context.Context, tell func(Finding)) bool {
	if p.TransportError != nil {
		tell(fail("TLS", "Check the files of ca, certificate and key.", "%v", p.TransportError))
		return false
	}
	heard := &listener{next: p.Transport}
	client, err := c8yclient.New(p.Profile.Address, c8yclient.WithTransport(heard), c8yclient.WithRetry(c8yclient.NoRetry()))
	if err != nil {
		tell(fail("address", "Write it like https://acme.example.", "%q: %v", p.Profile.Address, err))
		return false
	}
	defer client.CloseIdleConnections()
	base := client.BaseURL()
	if finding, given := proxy(base); given {
		tell(finding)
	}
	ctx, cancel := context.WithTimeout(ctx, p.Patience)
	defer cancel()
	options, err := client.LoginOptions.List(ctx, &c8yclient.LoginOptionsListOptions{TenantID: p.Profile.Tenant})
	if heard.first == nil {
		tell(unreachable(base, err))
		return false
	}
	tell(ok("address", "%s answers within %s", base, took(heard.first.took)))
	tell(certificates(base, p.Profile.TLS, heard.first.state))
	if !heard.first.date.IsZero() {
		tell(clock(heard.first.date.Sub(heard.first.at), heard.first.took))
	}
	if err != nil {
		tell(stranger(base, err))
		return false
	}
	tell(methods(options))
	return true
}

// proxy says through which proxy the environment sends requests.
func proxy(base *url.URL) (Finding, bool) {
	through, err := http.ProxyFromEnvironment(&http.Request{URL: base})
	switch {
	case err != nil:
		return fail("proxy", "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.", "the environment names a proxy that is none"), true
	case through == nil:
		return Finding{}, false
	}
	return ok("proxy", "%s, as the environment says", through.Host), true
}

// unreachable says why nothing answers.
func unreachable(base *url.URL, err error) Finding {
	says := words(err)
	switch {
	case errors.Is(err, c8yclient.ErrCertificate) && strings.Contains(says, "clock"):
		return fail("TLS", "If the clock of this machine is right, the tenant needs another certificate.", "%s", says)
	case errors.Is(err, c8yclient.ErrCertificate) && strings.Contains(says, "client certificate"):
		return fail("TLS", "Set certificate and key of the tenant in the configuration.", "%s", says)
	case errors.Is(err, c8yclient.ErrCertificate):
		return fail("TLS", "If you know that authority, give its certificate with --ca FILE, or set ca in the configuration.", "%s", says)
	case errors.Is(err, c8yclient.ErrScheme):
		return fail("address", "Write the address with the other scheme, or another port.", "%s: %s", base, says)
	case errors.Is(err, c8yclient.ErrProxy):
		return fail("proxy", "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.", "%s", says)
	}
	return fail("address", "Check address and network; a firewall may want a proxy (HTTPS_PROXY).", "%s: %s", base, says)
}

// certificates says whether anybody checks who answers.
func certificates(base *url.URL, wanted session.TLS, state *tls.ConnectionState) Finding {
	const check = "TLS"
	switch host := base.Hostname(); {
	case base.Scheme == "http" && (host == "localhost" || net.ParseIP(host).IsLoopback()):
		return ok(check, "none, which is fine within this machine")
	case base.Scheme == "http":
		return warn(check, "Use https:// wherever the tenant has it.", "none: whoever is in between reads everything, passwords included")
	case wanted.Insecure:
		return warn(check, "Use --ca FILE instead of --insecure.", "no certificate is checked: whoever is in between can read and change everything")
	case state == nil || len(state.PeerCertificates) == 0:
		return ok(check, "somebody in between looks after it")
	}
	shown := state.PeerCertificates[0]
	left := time.Until(shown.NotAfter)
	from := shown.Issuer.CommonName
	if from == "" {
		from = shown.Issuer.String()
	}
	if left < 14*24*time.Hour {
		return warn(check, "Whoever runs the tenant should renew it.", "%s; the certificate, from %s, ends in %s", tls.VersionName(state.Version), from, roughly(left))
	}
	return ok(check, "%s; the certificate, from %s, is good for %s", tls.VersionName(state.Version), from, roughly(left))
}

// The differences of clocks that matter: a code of an authenticator lives 30 seconds, and a tenant
// may take tokens of the future for forged.
const (
	skewNoticed = 20 * time.Second
	skewTooMuch = 5 * time.Minute
)

// clock compares the clock of the tenant with ours, of which it is ahead by so much.
func clock(ahead, uncertain time.Duration) Finding {
	const check = "clock"
	side := "behind"
	if ahead < 0 {
		side = "ahead of"
	}
	const do = "Set the clock of this machine (timedatectl set-ntp true); if it is right, the tenant's is not."
	switch distance := ahead.Abs(); {
	case distance <= time.Second+uncertain:
		return ok(check, "that of this machine is the tenant's")
	case distance < skewNoticed:
		return ok(check, "that of this machine is %s %s the tenant's", roughly(distance), side)
	case distance < skewTooMuch:
		return warn(check, do, "that of this machine is %s %s the tenant's: codes of an authenticator may be refused", roughly(distance), side)
	default:
		return fail(check, do, "that of this machine is %s %s the tenant's: sign-ins may be refused, and “the last hour” is another one", roughly(distance), side)
	}
}

// stranger says what is wrong with an answer that is not that of a tenant.
func stranger(base *url.URL, err error) Finding {
	const check = "sign-in"
	switch {
	case errors.Is(err, c8yclient.ErrTenantUnavailable), errors.Is(err, c8yclient.ErrUnauthorized):
		return fail(check, "Check the address, and set the tenant's id; it may also be suspended.", "%s belongs to no tenant that lets users in: %s", base.Host, words(err))
	case errors.Is(err, c8yclient.ErrRedirected):
		return fail("address", "Use that address. Credentials do not follow.", "%s", words(err))
	case errors.Is(err, c8yclient.ErrServer), errors.Is(err, c8yclient.ErrRateLimited):
		return fail(check, "Try again in a while.", "the tenant fails: %s", words(err))
	}
	return fail("address", "Check the address.", "what answers at %s is no Cumulocity tenant: %s", base, words(err))
}

// methods says how users sign in.
func methods(options []*c8yclient.LoginOption) Finding {
	var ways []string
	for _, o := range options {
		switch {
		case o.Is(c8yclient.LoginToken):
			way := "password for a token"
			if o.TFAStrategy != "" && bool(o.TFASupported) {
				way += ", with " + o.TFAStrategy + " where it is set up"
			}
			ways = append(ways, way)
		case o.Is(c8yclient.LoginBasic):
			ways = append(ways, "password with every request (Basic)")
		case o.Is(c8yclient.LoginSSO):
			name := o.ButtonName
			if name == "" {
				name = o.ID
			}
			ways = append(ways, "the page of an identity provider ("+name+")")
		}
	}
	if ways == nil {
		return warn("sign-in", "c8yx tries the usual ones.", "the tenant tells no way to sign in")
	}
	return ok("sign-in", "by %s", strings.Join(ways, "; "))
}
