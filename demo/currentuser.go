package demo

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"c8yx/demo/rawjson"
)

// currentUser is /user/currentUser and the ways to a new password.
type currentUser struct{ *accounts }

func (a *currentUser) routes() []route {
	own := needs(roleUserOwnRead, roleSystem)
	return []route{
		{"GET", "/user/currentUser", own, "currentuser", a.get},
		{"PUT", "/user/currentUser", needs(roleUserOwnAdmin), "currentuser", a.put},
		{"PUT", "/user/currentUser/password", needs(roleUserOwnAdmin), "", a.changePassword},
		{"PUT", "/user/currentUserPhone", everyone().whileEnrolling(), "currentuser", a.putPhone},
		{"POST", "/user/passwordReset", anonymous(), "*/*", a.forgotPassword},
		{"PUT", "/user/passwordReset", anonymous(), "*/*", a.resetPassword},
		{"GET", "/user/passwordReset/validate", anonymous(), "*/*", a.validateReset},
	}
}

// get answers in two shapes: with the flattened permissions, or, if the Accept header names a user, as a user with
// groups and roles.
func (a *currentUser) get(c *call) (reply, error) {
	if strings.Contains(strings.ToLower(c.r.Header.Get("Accept")), vendor+"user+json") {
		return ok("user", a.renderUser(c, c.who.user)), nil
	}
	return ok("currentuser", a.render(c, c.who.user)), nil
}

func (a *currentUser) render(c *call, u *user) []byte {
	var w rawjson.Writer
	w.Open('{')
	w.Str("self", c.url("/user/currentUser"))
	a.writePerson(&w, u)
	w.Key("effectiveRoles")
	w.Open('[')
	for _, role := range c.who.roles {
		w.Comma()
		writeRole(&w, c, role)
	}
	w.Close(']')
	w.Close('}')
	return w.Buf
}

// put changes name, mail, phone and password of the caller.
func (a *currentUser) put(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	password := rawjson.Text(body, "password")
	u, err := a.gate.directory.edit(c.who.user, func(u *user) error {
		setText(body, map[string]*string{
			"firstName": &u.first, "lastName": &u.last, "email": &u.email, "phone": &u.phone, "displayName": &u.display,
		})
		if password != "" && !u.is(password) {
			if err := a.gate.passwords.successor(u, password); err != nil {
				return err
			}
			u.setPassword(password, a.clock.Now())
		}
		return cmp.Or(validPhone(u.phone), validMail(u.email))
	})
	if err != nil {
		return reply{}, err
	}
	if !u.is(c.who.user.password) {
		a.gate.sessions.terminate(func(s *session) bool { return s.of(u) && s != c.who.session }, tokenTerminated)
	}
	a.audit(c.did("User", "User updated", u.name))
	return ok("currentuser", a.render(c, u)), nil
}

func (a *currentUser) putPhone(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	phone := rawjson.Text(body, "phone")
	switch {
	case phone == "":
		return reply{}, missing("phone")
	case c.who.unproven && c.who.user.phone != "":
		return reply{}, forbidden() // a password alone does not turn the second factor elsewhere
	}
	if err := validPhone(phone); err != nil {
		return reply{}, err
	}
	u := a.gate.directory.change(c.who.user, func(u *user) { u.phone = phone })
	return ok("currentuser", a.render(c, u)), nil
}

// changePassword replaces the caller's own password. All his tokens end; that of the call lives on for a minute, and a browser gets new
// cookies.
func (a *accounts) changePassword(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	current, wanted := rawjson.Text(body, "currentUserPassword"), rawjson.Text(body, "newPassword")
	switch {
	case current == "" || wanted == "":
		return reply{}, missing("currentUserPassword,newPassword")
	case c.who.user.device:
		return reply{}, forbidden()
	case !c.who.user.is(current):
		return reply{}, fail(http.StatusForbidden, "security/Forbidden", "Current password is wrong")
	}
	if err := a.gate.passwords.successor(c.who.user, wanted); err != nil {
		return reply{}, err
	}
	u := a.gate.directory.change(c.who.user, func(u *user) { u.setPassword(wanted, a.clock.Now()) })
	a.gate.sessions.terminate(func(s *session) bool { return s.of(u) && s != c.who.session }, tokenTerminated)
	answer := reply{status: http.StatusOK, header: http.Header{}}
	if c.who.session != nil {
		a.gate.sessions.outlive(c.who.session, time.Minute)
	}
	if c.who.cookie {
		for _, cookie := range a.gate.cookiesFor(u, c.r, session{passed: c.who.session.passed}) {
			answer.header.Add("Set-Cookie", cookie.String())
		}
	}
	a.audit(c.did("User", "Password changed", u.name))
	return answer, nil
}

// forgotPassword sends a link to whoever has the mail address or the name. It never says whether there is anybody.
func (a *currentUser) forgotPassword(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	address := rawjson.Text(body, "email")
	for _, u := range a.gate.directory.having(a.id, func(u *user) bool { return u.answersTo(address) && !u.disabled && !u.device }) {
		a.gate.passwords.mail(u)
	}
	return empty(http.StatusOK), nil
}

// answersTo reports whether a text is the user's mail address or name.
func (u *user) answersTo(text string) bool {
	return text != "" && (strings.EqualFold(text, u.email) || strings.EqualFold(text, u.name))
}

// linked returns the user whom a link to a new password was made for.
func (a *currentUser) linked(token, mail string) (*user, error) {
	link, valid := a.gate.passwords.valid(token)
	u := a.gate.directory.find(link.tenant, link.user)
	if !valid || u == nil || mail != "" && !u.answersTo(mail) {
		return nil, invalid("Password reset token is invalid or has expired")
	}
	return u, nil
}

func (a *currentUser) validateReset(c *call) (reply, error) {
	if _, err := a.linked(c.query.Get("token"), c.query.Get("email")); err != nil {
		return reply{}, err
	}
	return empty(http.StatusOK), nil
}

// resetPassword sets a new password with the token of a mail or of a refused login.
func (a *currentUser) resetPassword(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	token, wanted := rawjson.Text(body, "token"), rawjson.Text(body, "newPassword")
	if token == "" || wanted == "" || rawjson.Text(body, "email") == "" {
		return reply{}, missing("token,email,newPassword")
	}
	u, err := a.linked(token, rawjson.Text(body, "email"))
	if err != nil {
		return reply{}, err
	}
	if err := a.gate.passwords.successor(u, wanted); err != nil {
		return reply{}, err
	}
	a.gate.passwords.spend(token)
	u = a.gate.directory.change(u, func(u *user) { u.setPassword(wanted, a.clock.Now()) })
	a.gate.sessions.terminate(func(s *session) bool { return s.of(u) }, tokenTerminated)
	return empty(http.StatusOK), nil
}

// validPhone checks a number, which must look international: a plus and digits.
func validPhone(phone string) error {
	if phone == "" {
		return nil
	}
	digits, rest := 0, strings.TrimPrefix(phone, "+")
	for _, r := range rest {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune(" ()./-", r):
			return invalid("Invalid phone number: %s", phone)
		}
	}
	if rest == phone || digits < 4 || digits > 20 {
		return invalid("Invalid phone number: %s", phone)
	}
	return nil
}

func validMail(mail string) error {
	name, host, found := strings.Cut(mail, "@")
	if mail != "" && (!found || name == "" || host == "" || strings.ContainsAny(mail, " \t\r\n")) {
		return invalid("Invalid email address: %s", mail)
	}
	return nil
}
