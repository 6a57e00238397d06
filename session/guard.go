package session

import (
	"errors"
	"net/http"
	"sync/atomic"

	"c8yx/c8yclient"
)

// Guard keeps requests from a tenant that its profile forbids: all that write while it is
// read-only or production is locked, those that remove something in mode qual. Signing in and out
// is always allowed. Give [Guard.Check] to the client, and the same Guard to whoever shows what
// is forbidden; it may be used from any goroutine.
type Guard struct {
	mode     Mode
	readOnly bool
	unlocked atomic.Bool
}

// Why a [Guard] forbids something. They are written to follow the name of what cannot be done.
var (
	// ErrReadOnly: nothing may ever be written.
	ErrReadOnly = errors.New("the tenant is read-only")
	// ErrLocked: nothing may be written before production is unlocked.
	ErrLocked = errors.New("production is locked")
	// ErrKept: nothing may be removed.
	ErrKept = errors.New("nothing may be deleted here (mode qual)")
)

// NewGuard returns the guard of a tenant. Production begins locked.
func NewGuard(p Profile) *Guard { return &Guard{mode: p.Mode, readOnly: p.ReadOnly} }

// Check is the guard of a client, see [c8yclient.WithGuard].
func (g *Guard) Check(_ *http.Request, effect c8yclient.Effect) error { return g.Forbids(effect) }

// Forbids returns why nothing with that effect may be done: [ErrReadOnly], [ErrLocked] or
// [ErrKept]; nil if it may.
func (g *Guard) Forbids(effect c8yclient.Effect) error {
	switch {
	case effect < c8yclient.Writes:
		return nil
	case g.readOnly:
		return ErrReadOnly
	case g.Locked():
		return ErrLocked
	case g.mode == Qualification && effect >= c8yclient.Removes:
		return ErrKept
	}
	return nil
}

// Locked reports whether the tenant is production that waits to be unlocked.
func (g *Guard) Locked() bool { return g.Lockable() && !g.unlocked.Load() }

// Lockable reports whether the tenant can be locked and unlocked: production that is not
// read-only for good.
func (g *Guard) Lockable() bool { return g.mode == Production && !g.readOnly }

// SetUnlocked allows writing to production until it is locked again.
func (g *Guard) SetUnlocked(unlocked bool) { g.unlocked.Store(unlocked) }
