package idp

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"c8yx/demo/clock"
)

// Account is somebody whom the provider knows.
type Account struct {
	Name, Password, First, Last, Mail string
	Groups                            []string // a claim of the tokens
}

// Options say what a provider is like.
type Options struct {
	Clock    clock.Clock
	Path     string // below which it is served: "/idp/realms/hv"
	Client   string // id of the client that the tenant is to it
	Callback string // path to which it may redirect beside loopback addresses: "/tenant/oauth"
	Accounts []Account

	CodeLife   time.Duration // of an authorization code; default 1 minute
	DeviceLife time.Duration // of a code for a device; default 10 minutes
	Interval   time.Duration // in which a device may ask; default 5 s
	TokenLife  time.Duration // default 1 hour
}

// Provider is an OpenID Connect provider. It is safe for concurrent use.
type Provider struct {
	options Options
	key     *ecdsa.PrivateKey
	pages   *http.ServeMux

	mu      sync.Mutex
	codes   map[string]*grant   // authorization codes
	devices map[string]*pairing // by device code
	refresh map[string]string   // name of the account by refresh token
}

// New makes a provider.
func New(o Options) (*Provider, error) {
	if o.Clock == nil {
		o.Clock = clock.System()
	}
	for life, usual := range map[*time.Duration]time.Duration{
		&o.CodeLife: time.Minute, &o.DeviceLife: 10 * time.Minute, &o.Interval: 5 * time.Second, &o.TokenLife: time.Hour,
	} {
		if *life == 0 {
			*life = usual
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	p := &Provider{options: o, key: key, pages: http.NewServeMux(), codes: map[string]*grant{}, devices: map[string]*pairing{}, refresh: map[string]string{}}
	connect := o.Path + "/protocol/openid-connect"
	p.pages.HandleFunc("GET "+o.Path+"/.well-known/openid-configuration", p.ServeConfiguration)
	p.pages.HandleFunc("GET "+connect+"/auth", p.askWho)
	p.pages.HandleFunc("POST "+connect+"/auth", p.authorize)
	p.pages.HandleFunc("POST "+connect+"/auth/device", p.pair)
	p.pages.HandleFunc("GET "+o.Path+"/device", p.askCode)
	p.pages.HandleFunc("POST "+o.Path+"/device", p.decide)
	p.pages.HandleFunc("POST "+connect+"/token", p.token)
	p.pages.HandleFunc("GET "+connect+"/certs", p.certs)
	p.pages.HandleFunc("GET "+connect+"/userinfo", p.userinfo)
	p.pages.HandleFunc("GET "+connect+"/logout", p.logout)
	return p, nil
}

// ServeHTTP answers requests below [Options.Path].
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.pages.ServeHTTP(w, r) }

// Path is that of the options.
func (p *Provider) Path() string { return p.options.Path }

// origin is how a client reached the provider.
func origin(r *http.Request) string {
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// issuer is the name of the provider to who reached it there.
func (p *Provider) issuer(origin string) string { return origin + p.options.Path }

// LogoutURL is where a browser ends its session with the provider.
func (p *Provider) LogoutURL(origin string) string {
	return p.issuer(origin) + "/protocol/openid-connect/logout?client_id=" + url.QueryEscape(p.options.Client)
}

// ServeConfiguration answers with what clients discover. It may be mounted where clients look that know the host only.
func (p *Provider) ServeConfiguration(w http.ResponseWriter, r *http.Request) {
	issuer := p.issuer(origin(r))
	connect := issuer + "/protocol/openid-connect"
	write(w, http.StatusOK, map[string]any{
		"issuer": issuer, "authorization_endpoint": connect + "/auth", "token_endpoint": connect + "/token", "userinfo_endpoint": connect + "/userinfo",
		"jwks_uri": connect + "/certs", "end_session_endpoint": connect + "/logout", "device_authorization_endpoint": connect + "/auth/device",
		"grant_types_supported":    []string{"authorization_code", "refresh_token", deviceGrant},
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"ES256"},
		"scopes_supported": []string{"openid", "profile", "email", "offline_access"}, "code_challenge_methods_supported": []string{"S256", "plain"},
		"token_endpoint_auth_methods_supported": []string{"none", "client_secret_post", "client_secret_basic"},
		"claims_supported":                      []string{"sub", "preferred_username", "given_name", "family_name", "email", "groups"},
	})
}

// write sends a document.
func write(w http.ResponseWriter, status int, document any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document)
}

// refuse sends an error of OAuth 2.0.
func refuse(w http.ResponseWriter, status int, code, description string) {
	write(w, status, map[string]string{"error": code, "error_description": description})
}

// account finds who has a name and a password.
func (p *Provider) account(name, password string) (Account, bool) {
	for _, a := range p.options.Accounts {
		if strings.EqualFold(a.Name, name) {
			return a, a.Password != "" && subtle.ConstantTimeCompare([]byte(a.Password), []byte(password)) == 1
		}
	}
	return Account{}, false
}

// named finds an account by its name alone.
func (p *Provider) named(name string) (Account, bool) {
	for _, a := range p.options.Accounts {
		if strings.EqualFold(a.Name, name) {
			return a, true
		}
	}
	return Account{}, false
}

// mayRedirect reports whether a browser may be sent there: to the tenant, or to a program on the user's own machine at any port.
func (p *Provider) mayRedirect(r *http.Request, to string) bool {
	address, err := url.Parse(to)
	if err != nil || address.Fragment != "" || address.User != nil {
		return false
	}
	if address.Host == r.Host && address.Path == p.options.Callback {
		return true
	}
	ip := net.ParseIP(address.Hostname())
	return address.Scheme == "http" && (address.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}
