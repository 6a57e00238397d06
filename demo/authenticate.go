package demo

import (
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/notify"
)

// principal is who calls.
type principal struct {
	user    *user
	roles   []string // sorted
	session *session // nil for Basic
	cookie  bool     // the session came as a cookie
}

func (p principal) has(roles ...string) bool {
	for _, role := range roles {
		if _, found := slices.BinarySearch(p.roles, role); found {
			return true
		}
	}
	return false
}

// gate finds out who calls.
type gate struct {
	tenant, domain string
	directory      *directory
	sessions       *sessions
}

func anonymousCaller() error {
	return unauthorized("Full authentication is required to access this resource")
}

// authenticate reads the Authorization header, or the cookies.
func (g *gate) authenticate(r *http.Request) (principal, error) {
	scheme, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch strings.ToLower(scheme) {
	case "basic":
		return g.basic(strings.TrimSpace(credentials))
	case "bearer":
		return g.bearer(strings.TrimSpace(credentials))
	}
	return g.cookies(r, r.Header.Get("X-XSRF-TOKEN"))
}

func (g *gate) cookies(r *http.Request, xsrf string) (principal, error) {
	cookie, err := r.Cookie("authorization")
	if err != nil || cookie.Value == "" {
		return principal{}, anonymousCaller()
	}
	p, err := g.bearer(cookie.Value)
	if err != nil {
		return principal{}, err
	}
	if subtle.ConstantTimeCompare([]byte(xsrf), []byte(p.session.xsrf)) != 1 {
		return principal{}, unauthorized("XSRF token does not match")
	}
	p.cookie = true
	return p, nil
}

func (g *gate) bearer(token string) (principal, error) {
	found, err := g.sessions.find(token)
	if err != nil {
		return principal{}, err
	}
	u := g.directory.find(found.tenant, found.user)
	if u == nil || u.disabled {
		return principal{}, unauthorized("Token '%s' not present for user '%s'", found.id, found.user)
	}
	return principal{user: u, roles: g.directory.effective(u), session: found}, nil
}

func (g *gate) basic(encoded string) (principal, error) {
	text, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return principal{}, unauthorized("Invalid credentials! : Bad credentials")
	}
	name, password, _ := strings.Cut(string(text), ":")
	u, err := g.login(name, password)
	if err != nil {
		return principal{}, err
	}
	return principal{user: u, roles: g.directory.effective(u)}, nil
}

// login checks a password. The name may have the tenant's id or domain in front.
func (g *gate) login(name, password string) (*user, error) {
	tenant := g.tenant
	if prefix, rest, found := strings.Cut(name, "/"); found {
		name = rest
		if !strings.EqualFold(prefix, g.domain) {
			tenant = prefix
		}
	}
	u := g.directory.find(tenant, name)
	switch {
	case u == nil || u.disabled:
		return nil, unauthorized("Invalid credentials! : Bad credentials")
	case u.locked || u.failures >= maxFailures:
		return nil, unauthorized("Authentication failed! : User account is locked")
	case subtle.ConstantTimeCompare([]byte(password), []byte(u.password)) != 1:
		g.directory.change(u, func(u *user) { u.failures++ })
		return nil, unauthorized("Invalid credentials! : Bad credentials")
	case u.failures > 0:
		u = g.directory.change(u, func(u *user) { u.failures = 0 })
	}
	return u, nil
}

// challenge is the header that makes a browser ask for a password, or, with UseXBasic, keeps it from asking.
func challenge(r *http.Request) string {
	if strings.EqualFold(r.Header.Get("UseXBasic"), "true") {
		return `XBasic realm="My Realm"`
	}
	return `Basic realm="My Realm"`
}

// listen authorizes a realtime client: by the handshake's ext, where browsers have to put it, else by the request.
func (g *gate) listen(r *http.Request, ext json.RawMessage) (principal, error) {
	var handshake struct {
		Authn struct {
			Token string `json:"token"`
			XSRF  string `json:"xsrfToken"`
		} `json:"com.cumulocity.authn"`
	}
	if len(ext) > 0 && json.Unmarshal(ext, &handshake) != nil {
		return principal{}, unauthorized("Invalid credentials! : Bad credentials")
	}
	switch authn := handshake.Authn; {
	case strings.Count(authn.Token, ".") == 2:
		return g.bearer(authn.Token)
	case authn.Token != "":
		return g.basic(authn.Token)
	case authn.XSRF != "":
		return g.cookies(r, authn.XSRF)
	}
	return g.authenticate(r)
}

// channelRoles tells which permissions open a realtime channel.
func channelRoles(channel string) []string {
	kind, _, _ := strings.Cut(strings.TrimPrefix(channel, "/"), "/")
	switch kind {
	case "alarms", "alarmsWithChildren":
		return []string{roleAlarmRead}
	case "events", "eventsWithChildren":
		return []string{roleEventRead}
	case "measurements":
		return []string{roleMeasurementRead}
	case "managedobjects":
		return []string{roleInventoryRead, roleManagedObjectRead}
	case "bulkoperations":
		return []string{roleBulkOperationRead}
	case "operations", "agents":
		return []string{roleDeviceControlRead}
	}
	return nil
}

var _ notify.Authorize = (*Tenant)(nil).authorizeListener
