package demo

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"c8yx/demo/rawjson"
)

// enrolment is how users and tenants set up two-factor authentication: the TOTP set-up, the code of an SMS, and the settings.
type enrolment struct{ *accounts }

func (a *enrolment) routes() []route {
	own := needs(roleUserOwnRead, roleSystem).whileEnrolling()
	const secret, tenant = "/user/currentUser/totpSecret", "/tenant/tenants/{tenant}/tfa"
	return []route{
		{"POST", secret, own, "", a.newSecret},
		{"POST", secret + "/verify", own, "", a.verify},
		{"GET", secret + "/activity", own, "", a.activity},
		{"POST", secret + "/activity", own, "", a.activate},
		{"POST", "/user/pin", everyone().whileEnrolling(), "*/*", a.pin},
		{"GET", "/user/{tenant}/users/{user}/tfa", everyone(), "", a.ofUser},
		{"DELETE", "/user/{tenant}/users/{user}/totpSecret/revoke", needs(roleUserAdmin), "", a.revoke},
		{"GET", tenant, needs(roleTenantManagementRead, roleUserRead, roleUserOwnRead), "", a.ofTenant},
		{"PUT", tenant, needs(roleTenantManagementAdmin, roleTenantManagementUpdate), "", a.putStrategy},
	}
}

// newSecret makes a secret for the caller's authenticator app, in place of the one before. It is not for API clients: of the
// ways to authenticate, a token in the header is refused.
func (a *enrolment) newSecret(c *call) (reply, error) {
	u := c.who.user
	if a.gate.tfaOption("enabled") != "true" || a.gate.strategyOf(u) != strategyTOTP || c.who.session != nil && !c.who.cookie {
		return reply{}, forbidden()
	}
	secret := newTOTPSecret()
	a.gate.directory.change(u, func(u *user) { u.tfa.secret, u.tfa.active = secret, false })
	address := "otpauth://totp/" + a.domain + ":" + u.name + "?secret=" + secret + "&issuer=" + a.domain
	picture := "https://chart.googleapis.com/chart?chs=200x200&chld=M%7C0&cht=qr&chl=" + url.QueryEscape(address)
	return ok("", rawjson.Append(nil, map[string]any{"rawSecret": secret, "secretQrUrl": picture})), nil
}

func noSecret() error {
	return fail(http.StatusNotFound, "users/Not Found", "TOTP secret was not found")
}

func wrongCode() error {
	return fail(http.StatusForbidden, "security/Forbidden", "Invalid verification code")
}

// verify lets a user find out whether the app shows the right codes.
func (a *enrolment) verify(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	raw, _ := rawjson.Member(body, "code")
	code := rawjson.Unquote(raw)
	switch {
	case !isCode(code):
		return reply{}, invalid("Invalid verification code format")
	case c.who.user.tfa.secret == "":
		return reply{}, noSecret()
	case !totpFits(c.who.user.tfa.secret, code, a.clock.Now()):
		return reply{}, wrongCode()
	}
	return empty(http.StatusNoContent), nil
}

func (a *enrolment) activity(c *call) (reply, error) {
	if c.who.user.tfa.secret == "" {
		return reply{}, noSecret()
	}
	return ok("", rawjson.Append(nil, map[string]any{"isActive": c.who.user.tfa.active, "isForced": a.gate.enforced(c.who.user)})), nil
}

// activate completes the set-up: from now on the user signs in with a code. There is no way back but [enrolment.revoke].
func (a *enrolment) activate(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	raw, found := rawjson.Member(body, "isActive")
	switch {
	case !found:
		return reply{}, missing("isActive")
	case raw != "true":
		return reply{}, fail(http.StatusForbidden, "security/Forbidden", "Cannot deactivate TOTP setup!")
	case c.who.user.tfa.secret == "":
		return reply{}, fail(http.StatusConflict, "users/Conflict", "TOTP secret was not generated")
	}
	a.gate.directory.change(c.who.user, func(u *user) { u.tfa.active = true })
	a.audit(c.did("User", "TOTP activated", c.who.user.name))
	return empty(http.StatusNoContent), nil
}

// pin takes the code of an SMS for a token, which later requests carry. The code 0 asks for another SMS; the answer to that is
// 403 though it was sent.
func (a *enrolment) pin(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	u := c.who.user
	raw, _ := rawjson.Member(body, "pin")
	code := rawjson.Unquote(raw)
	switch {
	case code == "":
		return reply{}, missing("pin")
	case a.gate.hurdleOf(u) != askSMS:
		return reply{}, forbidden()
	case code == "0" && u.phone == "":
		return reply{}, noPhone()
	case code == "0":
		a.gate.sendPin(u, true)
		return reply{}, fail(http.StatusForbidden, "security/Forbidden", "TFA pin has been generated")
	case u.isLocked():
		return reply{}, accountLocked()
	case !a.gate.factors.spend(u, code):
		a.gate.directory.change(u, func(u *user) { u.failures++ })
		return reply{}, wrongCode()
	}
	a.gate.directory.change(u, func(u *user) { u.failures, u.tfa.last = 0, a.clock.Now() })
	life := time.Duration(number(a.gate.tfaOption("token.validity"), 24*60)) * time.Minute
	answer := empty(http.StatusOK)
	answer.header = http.Header{"Tfatoken": {a.gate.factors.token(u, life)}}
	return answer, nil
}

// ofUser tells how a user signs in: to himself, and to those who may look at him.
func (a *enrolment) ofUser(c *call) (reply, error) {
	if err := a.ownTenant(c); err != nil {
		return reply{}, err
	}
	u := a.gate.directory.find(a.id, c.param("user"))
	switch {
	case u == nil:
		return reply{}, noUser(c.param("user"))
	case !u.same(c.who.user) && !a.over(c, u):
		return reply{}, forbidden()
	}
	doc := map[string]any{
		"tfaEnabled": a.gate.secondFactorWanted(u), "tfaEnforced": a.gate.enforced(u), "strategy": a.gate.strategyOf(u),
	}
	if !u.tfa.last.IsZero() {
		doc["lastTfaRequestTime"] = formatMilli(u.tfa.last.UnixMilli())
	}
	return ok("", rawjson.Append(nil, doc)), nil
}

// revoke undoes another user's TOTP set-up, as when a phone was lost.
func (a *enrolment) revoke(c *call) (reply, error) {
	u, err := a.findUser(c)
	switch {
	case err != nil:
		return reply{}, err
	case u.same(c.who.user):
		return reply{}, forbidden()
	case u.tfa.secret == "":
		return reply{}, noSecret()
	}
	a.gate.directory.change(u, func(u *user) { u.tfa.secret, u.tfa.active = "", false })
	a.gate.sessions.terminate(func(s *session) bool { return s.of(u) }, strategyChanged)
	a.audit(c.did("User", "TOTP secret revoked", u.name))
	return empty(http.StatusNoContent), nil
}

// ofTenant tells what the tenant demands.
func (a *enrolment) ofTenant(c *call) (reply, error) {
	if c.param("tenant") != a.id {
		return reply{}, noTenant(c.param("tenant"))
	}
	doc := map[string]any{
		"enabledOnSystemLevel": true, "enabledOnTenantLevel": a.gate.tfaOption("enabled") == "true", "enforcedOnSystemLevel": false,
		"totpEnforcedOnTenantLevel": a.gate.tfaOption("enforced") == "true", "strategy": a.gate.tenantStrategy(),
	}
	if group := a.gate.tfaOption("enforced.group"); group != "" {
		doc["enforcedUsersGroup"] = group
	}
	return ok("", rawjson.Append(nil, doc)), nil
}

// putStrategy changes how the tenant's users sign in: all start over.
func (a *enrolment) putStrategy(c *call) (reply, error) {
	if c.param("tenant") != a.id {
		return reply{}, noTenant(c.param("tenant"))
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	strategy := strings.ToUpper(rawjson.Text(body, "strategy"))
	if strategy != strategySMS && strategy != strategyTOTP {
		return reply{}, invalid("Invalid strategy: %s", strategy)
	}
	a.settings.set(optionKey{"two-factor-authentication", "strategy"}, strategy)
	a.gate.directory.changeAll(a.id, func(u *user) { u.tfa = secondFactor{wanted: u.tfa.wanted, last: u.tfa.last} })
	a.gate.factors.forget()
	a.gate.sessions.terminate(func(s *session) bool { return s.tenant == a.id }, strategyChanged)
	a.audit(c.did("Tenant", "TFA strategy changed", a.id))
	return empty(http.StatusNoContent), nil
}
