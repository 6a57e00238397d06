package lobby

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
)

// row is one tenant of the chooser.
type row struct {
	profile session.Profile
	desk    string // on which it is open, "" if it is not
	seen    bool   // it is the one on the screen
	state   text.Safe
	role    theme.Role
}

// rows lists the tenants: those that are open first, in the order in which they were
// looked at last, then those that are known.
func (l *Lobby) rows(seats []ui.Seat) []row {
	var rows []row
	for _, seat := range seats {
		g := l.open[seat.ID]
		if g == nil {
			continue
		}
		r := row{profile: g.profile, desk: seat.ID, seen: seat.Seen, state: "open", role: theme.Good}
		if s := g.tenant.Session; s != nil {
			is := s.Profile()
			r.profile.Address, r.profile.User = cmp.Or(is.Address, r.profile.Address), cmp.Or(is.User, r.profile.User)
			if s.Over() != nil {
				r.state, r.role = "signed out", theme.Critical
			}
		}
		switch {
		case seat.Asks:
			r.state, r.role = "asks you to sign in", theme.Major
		case seat.Seen && r.role == theme.Good:
			r.state = "you are here"
		}
		rows = append(rows, r)
	}
	for _, p := range l.known {
		if _, open := l.find(p); open != nil || p.Origin == session.FromDemo {
			continue
		}
		r := row{profile: p}
		r.state, r.role = l.standing(p, time.Now())
		rows = append(rows, r)
	}
	return rows
}

// standing says whether anybody has signed in to a tenant that is not open.
func (l *Lobby) standing(p session.Profile, now time.Time) (text.Safe, theme.Role) {
	at := slices.IndexFunc(l.kept, func(k session.Kept) bool {
		return strings.EqualFold(k.Address, p.Address) && (p.User == "" || strings.EqualFold(p.User, k.User)) && (p.Tenant == "" || p.Tenant == k.Tenant)
	})
	switch {
	case at < 0 && (p.Password != "" || p.Token != ""):
		return text.Clean("signs in by " + cmp.Or(p.From, string(p.Origin))), theme.Muted
	case at < 0:
		return "never signed in", theme.Idle
	case l.kept[at].Expires.IsZero():
		return "signed in", theme.Good
	case now.Before(l.kept[at].Expires):
		return "signed in for " + text.Span(l.kept[at].Expires.Sub(now)), theme.Good
	}
	return "expired", theme.Minor
}

// words are what a row is found by.
func (r row) words() string {
	return strings.ToLower(strings.Join([]string{r.profile.Name, r.profile.Address, r.profile.Tenant, r.profile.User, string(r.profile.Mode), string(r.state)}, " "))
}

// mark says how careful the user is with a tenant.
func (r row) mark() (text.Safe, theme.Role) {
	p := r.profile
	said, role := text.Clean(strings.ToUpper(string(p.Mode))), theme.Muted
	switch {
	case p.Origin == session.FromDemo:
		said, role = "DEMO", theme.Busy
	case p.Mode == session.Production:
		role = theme.Production
	}
	if own, given := theme.Mark(p.Colour); given {
		role = own
	}
	if p.ReadOnly {
		said += " read-only"
	}
	return said, role
}

// host is the address as people say it.
func host(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
