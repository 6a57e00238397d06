package demo

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"c8yx/demo/clock"
	"c8yx/demo/idp"
	"c8yx/demo/rawjson"
)

// singleSignOn is GET /tenant/oauth and what follows from it: users whom an identity provider vouches for.
type singleSignOn struct {
	*platform
	gate     *gate
	options  *loginOptions
	provider *idp.Provider // nil if the tenant has none of its own
	how      SSO

	mu     sync.Mutex
	states map[string]began // by the state that travels with the browser
}

// began is a sign-in that a browser has begun.
type began struct {
	origin string // where the browser wants to be in the end
	until  time.Time
}

// The provider's place on the tenant's own host, and the name that the tenant has with it.
const (
	providerPath   = "/idp/realms/hv"
	providerClient = "c8y-demo"
	oauthPath      = "/tenant/oauth"
)

// signInTakes is how long a browser may take from the tenant to the provider and back.
const signInTakes = 15 * time.Minute

func newSingleSignOn(p *platform, g *gate, options *loginOptions, how SSO) (*singleSignOn, error) {
	s := &singleSignOn{platform: p, gate: g, options: options, how: how, states: map[string]began{}}
	if how == NoSSO {
		return s, nil
	}
	provider, err := idp.New(idp.Options{Clock: p.clock, Path: providerPath, Client: providerClient, Callback: oauthPath, Accounts: accountsElsewhere()})
	if err != nil {
		return nil, err
	}
	s.provider = provider
	s.seed()
	g.external = s.external
	return s, nil
}

func (s *singleSignOn) routes() []route {
	return []route{{"GET", oauthPath, anonymous(), "*/*", s.begin}}
}

// serve answers what is for the provider, and reports whether it was.
func (s *singleSignOn) serve(w http.ResponseWriter, r *http.Request) bool {
	switch {
	case s.provider == nil:
		return false
	case under(r.URL.Path, providerPath):
		s.provider.ServeHTTP(w, r)
	case r.URL.Path == "/.well-known/openid-configuration" && r.Method == http.MethodGet:
		s.provider.ServeConfiguration(w, r)
	default:
		return false
	}
	return true
}

func noProvider() error {
	return fail(http.StatusNotFound, "tenants/Not Found", "Cannot find the specified configuration")
}

// begin sends a browser to the provider, and receives the one that comes back from it.
func (s *singleSignOn) begin(c *call) (reply, error) {
	switch {
	case c.query.Get("error") != "":
		return reply{}, unauthorized("%s: %s", c.query.Get("error"), c.query.Get("error_description"))
	case c.query.Get("code") != "":
		return s.arrive(c)
	}
	option, found := s.options.federation()
	if !found {
		return reply{}, noProvider()
	}
	address := s.authorization(c, option)
	if address == "" {
		return reply{}, noProvider()
	}
	if s.how == SSODocument {
		answer := ok("", rawjson.Append(nil, map[string]string{"redirectTo": address}))
		answer.always = true
		return answer, nil
	}
	return reply{status: http.StatusFound, header: http.Header{"Location": {address}, "Cache-Control": {"no-store"}}}, nil
}

// authorization is where the login option sends browsers: its authorizationRequest, with what the tenant fills in. What is said to be on the
// tenant's own host is where the client has reached it.
func (s *singleSignOn) authorization(c *call, option item) string {
	request, _ := option.Get("authorizationRequest")
	address := rawjson.Text(request, "url")
	if own, found := strings.CutPrefix(address, s.home()); found {
		address = c.base + own
	}
	to, err := url.Parse(address)
	if err != nil || to.Host == "" {
		return ""
	}
	state := rand.Text()
	s.mu.Lock()
	for known, b := range s.states {
		if clock.Until(s.clock, b.until) <= 0 {
			delete(s.states, known)
		}
	}
	s.states[state] = began{origin: c.query.Get("originUri"), until: s.clock.Now().Add(signInTakes)}
	s.mu.Unlock()
	fill := strings.NewReplacer("${clientId}", option.Text("clientId"), "${audience}", option.Text("audience"), "${redirectUri}", s.redirect(c, option), "${state}", state)
	query := to.Query()
	parameters, _ := rawjson.Member(request, "requestParams")
	for name, raw := range rawjson.Members(parameters) {
		query.Set(name, fill.Replace(rawjson.Unquote(raw)))
	}
	query.Set("state", state)
	to.RawQuery = query.Encode()
	return to.String()
}

// redirect is where the provider sends browsers unless a client wants otherwise.
func (s *singleSignOn) redirect(c *call, option item) string {
	if to := option.Text("redirectToPlatform"); to != "" && !strings.HasPrefix(to, s.home()) {
		return to
	}
	return c.url(oauthPath)
}

// arrive lets a browser in that comes back with a code, and sends it where it wanted to be.
func (s *singleSignOn) arrive(c *call) (reply, error) {
	s.mu.Lock()
	b, known := s.states[c.query.Get("state")]
	delete(s.states, c.query.Get("state"))
	s.mu.Unlock()
	if !known || clock.Until(s.clock, b.until) <= 0 {
		return reply{}, unauthorized("The sign-in has not begun here, or it took too long")
	}
	u, kind, err := s.exchange(c, c.query.Get("code"))
	if err != nil {
		return reply{}, err
	}
	s.audit(deed{kind: "SingleSignOn", activity: "User login", text: "User login: user='" + u.name + "'", source: u.name, user: u.name})
	answer := reply{status: http.StatusFound, header: http.Header{"Location": {"/"}}}
	if to, err := url.Parse(b.origin); err == nil && b.origin != "" && (to.Host == "" || to.Host == c.r.Host) {
		answer.header.Set("Location", b.origin) // and nowhere else: others must not learn that somebody has signed in
	}
	for _, cookie := range s.gate.cookiesFor(u, c.r, kind) {
		answer.header.Add("Set-Cookie", cookie.String())
	}
	return answer, nil
}

// exchange gives a user a session for an authorization code. A client on the user's machine tells in the cookie REQUEST_ORIGIN where
// the provider has sent the browser.
func (s *singleSignOn) exchange(c *call, code string) (*user, session, error) {
	option, found := s.options.federation()
	if !found || s.provider == nil {
		return nil, session{}, fail(http.StatusBadRequest, "security/Bad Request", "Unsupported grant type: AUTHORIZATION_CODE")
	}
	redirect := s.redirect(c, option)
	if cookie, err := c.r.Cookie("REQUEST_ORIGIN"); err == nil {
		if redirect, err = url.QueryUnescape(cookie.Value); err != nil {
			redirect = cookie.Value
		}
	}
	account, err := s.provider.Redeem(code, redirect)
	if err != nil {
		return nil, session{}, fail(http.StatusBadRequest, "security/Bad Request", "Could not obtain an access token: invalid_grant: %v", err)
	}
	u, err := s.admit(s.provider.Claims(account))
	return u, session{federated: true}, err
}

// external lets in who has a token of the provider's, if the login option says so. It reports false for tokens of others.
func (s *singleSignOn) external(token string) (p principal, its bool, err error) {
	claims, err := s.provider.Read(token)
	if err == idp.ErrToken {
		return principal{}, false, nil
	}
	option, found := s.options.federation()
	accepted, _ := option.Get("externalTokenConfig")
	enabled, _ := rawjson.Member(accepted, "enabled")
	switch {
	case err != nil:
		return principal{}, true, unauthorized("Invalid credentials! : %v", err)
	case !found || enabled != "true":
		return principal{}, false, nil
	}
	u, err := s.admit(claims)
	if err != nil {
		return principal{}, true, err
	}
	return principal{user: u, roles: s.gate.directory.effective(u)}, true, nil
}

// admit finds or makes the account of somebody whom the provider vouches for. What he may follows from the access mappings.
func (s *singleSignOn) admit(claims idp.Claims) (*user, error) {
	option, _ := s.options.federation()
	encoded, _ := json.Marshal(claims)
	groups, mapped := s.options.mapped(option.id, string(encoded))
	u := s.gate.directory.find(s.id, claims.Name)
	switch {
	case u != nil && (u.disabled || u.device || u.service):
		return nil, badCredentials()
	case u == nil && !mapped:
		return nil, fail(http.StatusForbidden, "security/Forbidden", "Access is denied: no access mapping matches user %s", claims.Name)
	case u == nil:
		made, _ := s.gate.directory.add(user{
			tenant: s.id, name: claims.Name, first: claims.First, last: claims.Last, email: claims.Mail, remote: true, groups: groups,
			roles: []string{roleUserOwnRead, roleUserOwnAdmin}, lastPasswordChange: s.clock.Now(),
		})
		if made != nil {
			s.audit(deed{kind: "SingleSignOn", activity: "User created", text: "User created by single sign-on: user='" + claims.Name + "'", source: claims.Name, user: claims.Name})
			return made, nil
		}
		return s.gate.directory.find(s.id, claims.Name), nil // another sign-in was faster
	}
	if u.remote && mapped {
		u = s.gate.directory.change(u, func(u *user) { u.groups = groups })
	}
	return u, nil
}
