package me

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/fields"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// self is what there is to know of oneself.
type self struct {
	user *c8yclient.CurrentUser
	// roles are the global roles, as far as the tenant tells.
	roles []*c8yclient.GlobalRole
	// active says whether the codes of an app are asked for.
	active bool
}

// read asks the tenant who the user is. What he may not know of himself is left out.
func read(ctx context.Context, t *tenant.Tenant) (self, error) {
	var s self
	var err error
	if s.user, err = t.Client.CurrentUser.Get(ctx); err != nil {
		return s, err
	}
	profile, err := t.Client.CurrentUser.Profile(ctx)
	switch {
	case err == nil:
		for _, r := range profile.GlobalRoles.References {
			if r.GlobalRole != nil {
				s.roles = append(s.roles, r.GlobalRole)
			}
		}
	case !fault.Negative(err):
		return s, err
	}
	activity, err := t.Client.CurrentUser.TOTPActivity(ctx)
	switch {
	case err == nil:
		s.active = activity.Active
	case !errors.Is(err, c8yclient.ErrNotFound) && !fault.Negative(err):
		return s, err
	}
	return s, nil
}

// factor words the second factor.
func (s self) factor() (text.Safe, theme.Role) {
	switch {
	case s.active:
		return "codes of an authenticator app", theme.Good
	case s.user.TwoFactorAuthenticationEnabled:
		return "required, and no authenticator app is set up", theme.Minor
	}
	return "none: a password is all it takes to sign in", theme.Muted
}

// fields are the page.
func (s self) fields(t *tenant.Tenant, now time.Time) []fields.Field {
	u := s.user
	factor, role := s.factor()
	list := []fields.Field{
		{Label: "Profile"},
		{Label: "user", Value: text.Clean(u.UserName), Role: theme.Strong},
		{Label: "name", Value: show.OrDash(strings.TrimSpace(u.FirstName + " " + u.LastName))},
		{Label: "e-mail", Value: show.OrDash(u.Email)},
		{Label: "phone", Value: show.OrDash(u.Phone)},
		{Label: "Signing in"},
		{Label: "password", Value: "changed " + show.Age(u.LastPasswordChange, now)},
		{Label: "factor", Value: factor, Role: role},
	}
	if own := t.Session; own != nil {
		list = append(list, fields.Field{Label: "signed in", Value: show.Age(own.Since(), now)})
		if end := own.Expires(); !end.IsZero() {
			list = append(list, fields.Field{Label: "until", Value: text.Clean(end.Local().Format("2006-01-02 15:04"))})
		}
	}
	list = append(list, fields.Field{Label: "Global roles"})
	for _, r := range s.roles {
		list = append(list, said(r.Name, r.Description))
	}
	if len(s.roles) == 0 {
		list = append(list, fields.Field{Label: "none", Value: "or the tenant does not tell", Role: theme.Muted})
	}
	return append(list, permissions(u)...)
}

// permissions are all that the user may do in the whole tenant, by what it is about.
func permissions(u *c8yclient.CurrentUser) []fields.Field {
	about := map[string][]string{}
	for _, r := range u.EffectiveRoles {
		area, level := strings.TrimPrefix(r.Name, "ROLE_"), "may"
		if at := strings.LastIndex(area, "_"); at > 0 && slices.Contains([]string{"READ", "ADMIN", "CREATE", "UPDATE"}, area[at+1:]) {
			area, level = area[:at], strings.ToLower(area[at+1:])
		}
		about[area] = append(about[area], level)
	}
	areas := make([]string, 0, len(about))
	for area := range about {
		areas = append(areas, area)
	}
	slices.Sort(areas)
	list := []fields.Field{{Label: "Permissions in the whole tenant"}}
	for _, area := range areas {
		levels := about[area]
		slices.Sort(levels)
		label := strings.ToLower(strings.ReplaceAll(area, "_", " "))
		list = append(list, said(label, strings.Join(slices.Compact(levels), ", ")))
	}
	return list
}

// said is a line with a name that may be longer than there is room for before values.
func said(name, what string) fields.Field {
	if what != "" {
		name += ": " + what
	}
	return fields.Field{Value: show.OrDash(name)}
}
