package doctor

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/views"
	"c8yx/views/tenant"
)

// account looks at who the user is to the tenant, and returns the tenant if he may in.
func (p Patient) account(ctx context.Context, tell func(Finding)) *tenant.Tenant {
	const check = "user"
	t, err := p.Open()
	if err != nil {
		tell(fail(check, "", "%v", err))
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, p.Patience)
	defer cancel()
	user, err := t.Client.CurrentUser.Get(ctx)
	if err != nil {
		tell(notSignedIn(p.Profile, err))
		return nil
	}
	id := p.Profile.Tenant
	if current, err := t.Client.Tenant.Current(ctx, nil); err == nil {
		id = current.Name
	}
	tell(ok(check, "%s of tenant %s", user.UserName, id))
	if t.Session != nil {
		tell(token(t.Session))
	}
	var permissions []string
	for _, role := range user.EffectiveRoles {
		permissions = append(permissions, role.Name)
	}
	t.SetPermissions(permissions)
	tell(rights(t, len(permissions)))
	return t
}

// notSignedIn says why the user is not let in.
func notSignedIn(p *session.Profile, err error) Finding {
	const check = "user"
	var problem *session.Problem
	if errors.As(err, &problem) {
		do := problem.Next
		if do == "" {
			do = "Sign in with c8yx login."
		}
		return fail(check, do, "%s", problem.Says)
	}
	name := p.User
	if name == "" {
		name = "the user"
	}
	if errors.Is(err, c8yclient.ErrUnauthorized) {
		return fail(check, "Sign in with c8yx login.", "%s is not let in: %s", name, words(err))
	}
	return fail(check, "", "it cannot be told whether %s may in: %s", name, words(err))
}

// token says how long the user stays signed in.
func token(s *session.Session) Finding {
	const check = "session"
	var parts []string
	switch {
	case s.Method() == string(c8yclient.LoginBasic):
		parts = append(parts, "by password with every request, so it does not end")
	case s.Expires().IsZero():
		parts = append(parts, "nobody knows when it ends")
	default:
		left := time.Until(s.Expires())
		parts = append(parts, "ends in "+roughly(left))
		if s.Renews() {
			parts = append(parts, "renewed while it is used")
		} else if left < time.Hour {
			return warn(check, "Sign in again with c8yx login before it ends.", "%s", strings.Join(parts, ", "))
		}
	}
	if since := s.Since(); !since.IsZero() {
		began := "began just now"
		if age := time.Since(since); age > time.Minute {
			began = "began " + roughly(age) + " ago"
		}
		parts = append(parts, began)
	}
	if s.TFA() {
		parts = append(parts, "with a second factor")
	}
	return ok(check, "%s", strings.Join(parts, ", "))
}

// rights says which views the user cannot read.
func rights(t *tenant.Tenant, permissions int) Finding {
	const check = "permissions"
	var closed []string
	entries := views.NewExplorer(t).Entries()
	for _, e := range entries {
		if denied := t.Denied(e.Needs); denied != "" {
			closed = append(closed, fmt.Sprintf("%s (%s)", e.Title, denied))
		}
	}
	if closed == nil {
		return ok(check, "%d, enough to read every view", permissions)
	}
	const most = 6
	more := ""
	if n := len(closed) - most; n > 0 {
		closed, more = closed[:most], fmt.Sprintf(" and %d more", n)
	}
	return warn(check, "An administrator can give you a role with them. Inventory roles may allow single devices all the same.",
		"%d; not enough for %s%s", permissions, strings.Join(closed, ", "), more)
}
