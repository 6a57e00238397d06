package demo

import (
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/clock"
	"c8yx/demo/notify"
)

// principal is who calls.
type principal struct {
	user     *user
	roles    []string // sorted
	session  *session // nil for Basic
	cookie   bool     // the session came as a cookie
	unproven bool     // a second factor is still to be shown or set up
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
	option         func(category, key string) string // of the tenant
	letters        *letters
	clock          clock.Clock
	suspended      func() bool                                           // whether the tenant is
	unknownHost    bool                                                  // users have to name the tenant
	external       func(token string) (p principal, its bool, err error) // of a token that others have issued; nil where none is accepted
	directory      *directory
	sessions       *sessions
	passwords      *passwords
	factors        *factors
}

func anonymousCaller() error {
	return unauthorized("Full authentication is required to access this resource")
}

func badCredentials() *problem { return unauthorized("Invalid credentials! : Bad credentials") }

func accountLocked() *problem { return unauthorized("Authentication failed! : User account is locked") }

// authenticate reads the Authorization header, or the cookies. Some routes are open to users who are still enrolling for
// two-factor authentication.
func (g *gate) authenticate(r *http.Request, enrolling bool) (principal, error) {
	scheme, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch strings.ToLower(scheme) {
	case "basic":
		return g.open(g.basic(strings.TrimSpace(credentials), r.Header.Get("TFAToken"), enrolling))
	case "bearer":
		return g.open(g.bearer(strings.TrimSpace(credentials), enrolling))
	}
	return g.open(g.cookies(r, r.Header.Get("X-XSRF-TOKEN"), enrolling))
}

// open keeps out everybody but the management tenant while the tenant is suspended.
func (g *gate) open(p principal, err error) (principal, error) {
	if err == nil && p.user.tenant != management && g.suspended() {
		return principal{}, unauthorized("%s", suspendedTenant)
	}
	return p, err
}

// suspendedTenant is what users of a suspended tenant are told.
const suspendedTenant = "Tenant has no access from outside the platform"

func (g *gate) cookies(r *http.Request, xsrf string, enrolling bool) (principal, error) {
	cookie, err := r.Cookie("authorization")
	if err != nil || cookie.Value == "" {
		return principal{}, anonymousCaller()
	}
	p, err := g.bearer(cookie.Value, enrolling)
	if err != nil {
		return principal{}, err
	}
	if subtle.ConstantTimeCompare([]byte(xsrf), []byte(p.session.xsrf)) != 1 {
		return principal{}, unauthorized("XSRF token does not match")
	}
	p.cookie = true
	return p, nil
}

func (g *gate) bearer(token string, enrolling bool) (principal, error) {
	if g.external != nil {
		if p, its, err := g.external(token); its {
			return p, err
		}
	}
	found, err := g.sessions.find(token)
	if err != nil {
		return principal{}, err
	}
	u := g.directory.find(found.tenant, found.user)
	switch {
	case u == nil || u.disabled:
		return principal{}, unauthorized("Token '%s' not present for user '%s'", found.id, found.user)
	case found.enrolling && !enrolling:
		return principal{}, totpSetUpRequired()
	}
	return principal{user: u, roles: g.directory.effective(u), session: found, unproven: found.enrolling}, nil
}

func (g *gate) basic(encoded, tfaToken string, enrolling bool) (principal, error) {
	text, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return principal{}, badCredentials()
	}
	name, password, _ := strings.Cut(string(text), ":")
	u, err := g.login(name, password)
	if err != nil {
		return principal{}, err
	}
	unproven, err := g.byPassword(u, tfaToken, enrolling)
	if err != nil {
		return principal{}, err
	}
	return principal{user: u, roles: g.directory.effective(u), unproven: unproven}, nil
}

// login checks a password. The name may have the tenant's id or domain in front. Who has to set a new password is told so, with
// the token to do it.
func (g *gate) login(name, password string) (*user, error) {
	tenant := g.tenant
	prefix, rest, named := strings.Cut(name, "/")
	switch {
	case named && !strings.EqualFold(prefix, g.domain):
		tenant, name = prefix, rest
	case named:
		name = rest
	case g.unknownHost:
		return nil, noTenantHere()
	}
	u := g.directory.find(tenant, name)
	switch {
	case u == nil || u.disabled:
		return nil, badCredentials()
	case u.isLocked():
		return nil, accountLocked()
	case !u.is(password):
		g.directory.change(u, func(u *user) { u.failures++ })
		return nil, badCredentials()
	case u.mustChangePassword:
		refusal := unauthorized("Authentication failed! : Password must be changed")
		refusal.header = http.Header{"Passwordresettoken": {g.passwords.link(u)}}
		return nil, refusal
	case u.failures > 0 && g.hurdleOf(u) == noHurdle:
		u = g.directory.change(u, func(u *user) { u.failures = 0 })
	}
	return u, nil
}

// noTenantHere is for who names no tenant where the address does not tell it either.
func noTenantHere() error { return unauthorized("Invalid credentials! : no tenant") }

// remove deletes a user and ends his sessions.
func (g *gate) remove(u *user) {
	g.directory.remove(u)
	g.sessions.terminate(func(s *session) bool { return s.of(u) }, tokenTerminated)
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
		return principal{}, badCredentials()
	}
	switch authn := handshake.Authn; {
	case strings.Count(authn.Token, ".") == 2:
		return g.open(g.bearer(authn.Token, false))
	case authn.Token != "":
		return g.open(g.basic(authn.Token, r.Header.Get("TFAToken"), false))
	case authn.XSRF != "":
		return g.open(g.cookies(r, authn.XSRF, false))
	}
	return g.authenticate(r, false)
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
	case "applications":
		return []string{roleApplicationRead}
	case "bulkoperations":
		return []string{roleBulkOperationRead}
	case "operations", "agents":
		return []string{roleDeviceControlRead}
	}
	return nil
}

// channelScope is the scope of inventory roles that a kind of realtime channel belongs to, "" for those that are not about objects.
func channelScope(kind string) string {
	switch kind {
	case "alarms", "alarmsWithChildren":
		return "ALARM"
	case "events", "eventsWithChildren":
		return "EVENT"
	case "measurements":
		return "MEASUREMENT"
	case "managedobjects":
		return "MANAGED_OBJECT"
	case "operations", "agents":
		return "OPERATION"
	}
	return ""
}

var _ notify.Authorize = (*Tenant)(nil).authorizeListener
