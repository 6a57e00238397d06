package keep

import (
	"fmt"

	"c8yx/session"
)

// problem is an error in words for the user that is one of the kinds of package session.
type problem struct {
	kind  error // session.ErrNoKeeper, …
	words error
}

func because(kind error, format string, args ...any) error {
	return &problem{kind, fmt.Errorf(format, args...)}
}

func (p *problem) Error() string   { return p.words.Error() }
func (p *problem) Unwrap() []error { return []error{p.kind, p.words} }

// nothingKept is the error for a tenant and user of whom nothing is kept.
func nothingKept(address, tenant, user string) error {
	return because(session.ErrNotKept, "no sign-in is kept for %s", whose(address, tenant, user))
}

// whose names a tenant and user within a sentence.
func whose(address, tenant, user string) string {
	return fmt.Sprintf("%s/%s at %s", tenant, user, site(address))
}
