package demo

import (
	"net/http"
	"strings"

	"c8yx/demo/rawjson"
)

// login is how users get in: login options, tokens, cookies, logout.
type login struct {
	*platform
	gate    *gate
	options *loginOptions
	sso     *singleSignOn
	basic   bool // there is nothing but Basic
}

func (l *login) routes() []route {
	return []route{
		{"GET", "/tenant/loginOptions", anonymous(), "loginoptioncollection", l.loginOptions},
		{"POST", "/tenant/oauth", anonymous(), "*/*", l.cookies},
		{"POST", "/tenant/oauth/token", anonymous(), "*/*", l.token},
		{"POST", "/user/logout", everyone().whileEnrolling(), "*/*", l.logout},
		{"POST", "/user/logout/{tenant}/allUsers", needs(roleUserAdmin), "*/*", l.logoutAll},
	}
}

func (l *login) loginOptions(c *call) (reply, error) {
	wanted := c.query.Get("tenantId")
	switch {
	case wanted != "" && c.flag("management"):
		return reply{}, fail(http.StatusBadRequest, "LoginOptions/Bad Request", "Both 'management' and 'tenantId' are given, only one is allowed")
	case wanted != "" && wanted != l.id && wanted != l.domain && wanted != "management":
		return reply{}, unauthorized("no tenant with id %s", wanted)
	case wanted == "" && l.gate.unknownHost && !c.flag("management"):
		return reply{}, noTenantHere()
	}
	tenant := l.id
	if c.flag("management") {
		tenant = "management"
	}
	var all []any
	if !l.basic {
		all = append(all, l.secure(c, tenant))
	}
	var w rawjson.Writer
	w.Open('{')
	w.Str("self", c.url("/tenant/loginOptions/"))
	w.Any("loginOptions", append(append(all, l.plain(c)), l.options.federated(c, tenant)...))
	w.Close('}')
	return ok("loginoptioncollection", w.Buf), nil
}

// secure is the option to sign in with a form, for a token or cookies.
func (l *login) secure(c *call, tenant string) map[string]any {
	sessions := l.gate.sessions.options
	return l.options.offered("OAUTH2_INTERNAL", map[string]any{
		"self": c.url("/tenant/loginOptions/OAUTH2_INTERNAL"), "id": "OAUTH2_INTERNAL", "type": "OAUTH2_INTERNAL", "_type": "OAUTH2_INTERNAL", "grantType": "PASSWORD",
		"userManagementSource": "INTERNAL", "visibleOnLoginPage": true, "initRequest": c.url("/tenant/oauth?tenant_id=" + tenant),
		"loginRedirectDomain": c.r.Host, "tfaStrategy": l.gate.tenantStrategy(), "tfaSupported": l.gate.tfaOption("enabled") == "true",
		"enforceStrength": l.gate.option("password", "enforce.strength") == "true", "strengthValidity": l.gate.option("password", "strength.validity") == "true",
		"greenMinLength": number(l.gate.option("password", "green.min-length"), minPassword),
		"sessionConfiguration": map[string]any{
			"absoluteTimeoutMillis": sessions.Life.Milliseconds(), "renewalTimeoutMillis": sessions.Renewal.Milliseconds(),
			"maximumNumberOfParallelSessions": sessions.Parallel, "userAgentValidationRequired": false,
		},
	})
}

// plain is the option to send the password with every request. Browsers are to use it where there is nothing else.
func (l *login) plain(c *call) map[string]any {
	known := map[string]any{
		"self": c.url("/tenant/loginOptions/BASIC"), "id": "BASIC", "type": "BASIC", "_type": "BASIC", "grantType": nil, "userManagementSource": "INTERNAL",
		"visibleOnLoginPage": false,
		"authenticationRestrictions": map[string]any{
			"forbiddenClients": []string{"WEB_BROWSERS"}, "forbiddenUserAgents": []string{}, "trustedUserAgents": []string{},
		},
	}
	if l.basic {
		known["visibleOnLoginPage"] = true
		delete(known, "authenticationRestrictions")
		return known
	}
	return l.options.offered("BASIC", known)
}

// signIn checks the login form, which may come as a form or as parameters of the address. It says what kind of session comes of it.
func (l *login) signIn(c *call, browser bool) (*user, session, error) {
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, 1<<16)
	if err := c.r.ParseForm(); err != nil {
		return nil, session{}, fail(http.StatusBadRequest, "security/Bad Request", "The login form could not be read")
	}
	form := c.r.Form
	switch grant := form.Get("grant_type"); {
	case strings.EqualFold(grant, "AUTHORIZATION_CODE"):
		u, kind, err := l.sso.exchange(c, form.Get("code"))
		if err == nil && l.gate.suspended() {
			err = fail(http.StatusForbidden, "security/Forbidden", suspendedTenant)
		}
		return u, kind, err
	case l.basic || !strings.EqualFold(grant, "PASSWORD"):
		return nil, session{}, fail(http.StatusBadRequest, "security/Bad Request", "Unsupported grant type: %s", grant)
	}
	name := form.Get("username")
	if tenant := form.Get("tenant_id"); tenant != "" && !strings.Contains(name, "/") {
		name = tenant + "/" + name
	}
	u, err := l.gate.login(name, form.Get("password"))
	switch {
	case err != nil:
		l.failed(c, form.Get("username"), err)
		return nil, session{}, err
	case u.device:
		return nil, session{}, forbidden()
	case l.gate.suspended() && u.tenant != management:
		return nil, session{}, fail(http.StatusForbidden, "security/Forbidden", suspendedTenant)
	}
	var kind session
	if kind.passed, kind.enrolling, err = l.gate.byForm(u, form.Get("tfa_code"), browser); err != nil {
		l.failed(c, u.name, err)
	}
	return u, kind, err
}

// entered records that somebody has got in.
func (l *login) entered(c *call, u *user) {
	d := signedIn(u.name, c.r.Header.Get("X-Cumulocity-Application-Key"))
	if u.remote {
		d.kind = "SingleSignOn"
	}
	l.audit(d)
}

// failed records that somebody has not got in, and why: that also shows who is asked for a code.
func (l *login) failed(c *call, name string, err error) {
	name = name[:min(len(name), maxName)]
	d := c.did("UserAuthentication", "User login failed", name)
	d.user, d.severity = name, "WARNING"
	if refusal, refused := err.(*problem); refused {
		d.text = "User login failed: user='" + name + "', " + refusal.message
	}
	l.audit(d)
}

func (l *login) token(c *call) (reply, error) {
	u, kind, err := l.signIn(c, false)
	if err != nil {
		return reply{}, err
	}
	_, token := l.gate.sessions.issue(u, kind)
	l.entered(c, u)
	answer := ok("", rawjson.Append(nil, map[string]any{"access_token": token}))
	answer.always = true
	return answer, nil
}

func (l *login) cookies(c *call) (reply, error) {
	u, kind, err := l.signIn(c, true)
	if err != nil {
		return reply{}, err
	}
	l.entered(c, u)
	answer := reply{status: http.StatusOK, header: http.Header{}}
	for _, cookie := range l.gate.cookiesFor(u, c.r, kind) {
		answer.header.Add("Set-Cookie", cookie.String())
	}
	return answer, nil
}

// cookiesFor starts a session and returns its two cookies. They are marked Secure only where that lets them travel: the demo
// mostly runs on plain HTTP.
func (g *gate) cookiesFor(u *user, r *http.Request, kind session) []*http.Cookie {
	s, token := g.sessions.issue(u, kind)
	secure := strings.HasPrefix(base(r), "https:")
	age := int(g.sessions.options.Life.Seconds())
	return []*http.Cookie{
		{Name: "authorization", Value: token, Path: "/", MaxAge: age, Secure: secure, HttpOnly: true},
		{Name: "XSRF-TOKEN", Value: s.xsrf, Path: "/", MaxAge: age, Secure: secure},
	}
}

func (l *login) logout(c *call) (reply, error) {
	answer := reply{status: http.StatusOK, header: http.Header{}}
	if c.who.session != nil {
		l.gate.sessions.logout(c.who.session)
		l.audit(c.did("UserAuthentication", "User logout", c.who.user.name))
	}
	if c.who.session != nil && c.who.session.federated && l.sso.provider != nil {
		answer.body, answer.always = rawjson.Append(nil, map[string]string{"url": l.sso.provider.LogoutURL(c.base)}), true
	}
	for _, name := range []string{"authorization", "XSRF-TOKEN"} {
		answer.header.Add("Set-Cookie", (&http.Cookie{Name: name, Path: "/", MaxAge: -1}).String())
	}
	return answer, nil
}

func (l *login) logoutAll(c *call) (reply, error) {
	tenant := c.param("tenant")
	if tenant != l.id {
		return reply{}, forbidden()
	}
	l.gate.sessions.terminate(func(s *session) bool { return s.tenant == tenant }, tokenTerminated)
	l.audit(c.did("UserAuthentication", "All users logged out", tenant))
	return empty(http.StatusOK), nil
}
