package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// ReadUsers reads accounts for [Options.Users] from a JSON array of objects. Name and password are mandatory; without groups and
// roles somebody may sign in and see what is theirs.
//
//	[{"name": "jane", "password": "secret", "groups": ["readers"], "roles": ["ROLE_ALARM_ADMIN"],
//	  "totpSecret": "JBSWY3DPEHPK3PXP", "phone": "+49…", "description": "night shift"}]
func ReadUsers(r io.Reader) ([]User, error) {
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	var users []User
	if err := decoder.Decode(&users); err != nil {
		return nil, fmt.Errorf("demo: reading users: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("demo: reading users: there is more behind the array")
	}
	return users, nil
}

// settleUsers makes the accounts that [Options.Users] asks for, beside those that every demo tenant has.
func (t *Tenant) settleUsers(users []User) error {
	if u := t.gate.directory.find(t.id, t.options.User); u != t.seeded[0] {
		return fmt.Errorf("demo: user %q: every demo tenant has one of that name, who is not the administrator", t.options.User)
	}
	for _, wanted := range users {
		u, err := t.gate.directory.account(wanted, t.clock.Now())
		if err != nil {
			return fmt.Errorf("demo: user %q: %w", wanted.Name, err)
		}
		u.tenant = or(wanted.Tenant, t.id)
		made, isNew := t.gate.directory.add(u)
		if !isNew {
			return fmt.Errorf("demo: user %q: there is one already", wanted.Name)
		}
		t.seeded = append(t.seeded, made)
	}
	return nil
}

// account is the user that somebody asks for.
func (d *directory) account(wanted User, now time.Time) (user, error) {
	u := user{
		name: wanted.Name, password: wanted.Password, phone: wanted.Phone, roles: slices.Clone(wanted.Roles),
		description: or(wanted.Description, strings.Join(append(slices.Clone(wanted.Groups), wanted.Roles...), ", ")),
		tfa:         secondFactor{wanted: wanted.TOTPSecret != "", secret: wanted.TOTPSecret, active: wanted.TOTPSecret != ""},

		lastPasswordChange: now.Truncate(time.Second),
	}
	switch {
	case u.name == "" || strings.ContainsAny(u.name, "/: \t\n"):
		return u, errors.New("no name, or one with a space, a colon or a slash in it")
	case u.password == "":
		return u, errors.New("no password")
	}
	for _, role := range u.roles {
		if !slices.Contains(allRoles(), role) {
			return u, fmt.Errorf("there is no role %q", role)
		}
	}
	groups := d.allGroups()
	for _, name := range wanted.Groups {
		at := slices.IndexFunc(groups, func(g *group) bool { return g.name == name })
		if at < 0 {
			return u, fmt.Errorf("there is no group %q", name)
		}
		u.groups = append(u.groups, groups[at].id)
	}
	return u, nil
}

// accountsOf lists the accounts that somebody can be told how to sign in with: the administrator first.
func (d *directory) accountsOf(tenant, administrator string) []*user {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var told []*user
	for _, u := range d.users {
		if u.description != "" {
			told = append(told, u)
		}
	}
	rank := func(u *user) int {
		switch {
		case u.tenant != tenant:
			return 2
		case u.name != administrator:
			return 1
		}
		return 0
	}
	slices.SortFunc(told, func(a, b *user) int {
		if order := rank(a) - rank(b); order != 0 {
			return order
		}
		return strings.Compare(a.name, b.name)
	})
	return told
}
