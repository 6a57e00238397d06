package views

import (
	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/tenant"
)

// marks returns the badges that keep a user from taking one tenant for another: how careful he
// wants to be with it, whether writing is possible, and whether anybody checked who answers.
func marks(t *tenant.Tenant) []ui.Badge {
	var badges []ui.Badge
	add := func(role theme.Role, said text.Safe) {
		badges = append(badges, ui.Badge{Span: ui.Span{Text: said, Role: role}})
	}
	if t.Profile.TLS.Insecure {
		add(theme.Production, "TLS UNCHECKED")
	}
	said, role := modeMark(t.Profile.Mode)
	if t.Profile.Origin == session.FromDemo {
		said, role = "DEMO", theme.Busy
	}
	if own, given := theme.Mark(t.Profile.Colour); given {
		role = own
	}
	switch {
	case t.Profile.ReadOnly, t.Guard.Locked():
		said = joined(said, "read-only")
	case t.Guard.Lockable():
		said, role = joined(said, "unlocked"), theme.Production
	case t.Profile.Mode == session.Qualification:
		said = joined(said, "no deleting")
	}
	if said != "" {
		add(role, said)
	}
	return badges
}

func modeMark(m session.Mode) (text.Safe, theme.Role) {
	switch m {
	case session.Production:
		return "PROD", theme.Production
	case session.Qualification:
		return "QUAL", theme.Minor
	case session.Development:
		return "DEV", theme.Good
	}
	return "", theme.Idle
}

func joined(first, second text.Safe) text.Safe {
	if first == "" {
		return second
	}
	return first + " · " + second
}
