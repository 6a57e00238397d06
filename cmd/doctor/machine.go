package doctor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"c8yx/session"
	"c8yx/session/directory"
	"c8yx/session/guest"
)

// configuration looks at the file of the user.
func (p Patient) configuration(_ context.Context, tell func(Finding)) {
	const check = "config"
	switch {
	case p.ConfigError != nil:
		tell(fail(check, "Everything is as without a configuration.", "%v", p.ConfigError))
	case !p.Config.Exists:
		tell(ok(check, "there is none, which is fine; it would be %s", p.Config.File))
	case len(p.Config.Mistakes) == 0:
		tell(ok(check, "%s, %s", p.Config.File, count(len(p.Config.Tenants), "tenant")))
	}
	for _, mistake := range p.Config.Mistakes {
		tell(warn(check, "Mend the line; docs/config.md shows how it is written.", "%v", mistake))
	}
}

// tenants looks at where tenants are known from.
func (p Patient) tenants(ctx context.Context, tell func(Finding)) {
	const check = "tenants"
	listing := p.Directory.Read(ctx)
	for _, problem := range listing.Problems {
		tell(warn(check, "The other tenants can be used.", "%v", problem))
	}
	for _, known := range listing.Profiles {
		if file := readableByOthers(known); file != "" {
			tell(warn(check, "chmod 600 "+file+", and have the c8y command line encrypt it.", "%s holds a password in plain text that others on this machine can read", file))
		}
	}
	tell(ok(check, "%s known, besides the demo tenant; c8yx tenants lists them", count(len(listing.Profiles)-1, "tenant")))
}

// readableByOthers returns the file of a guest if others can read the secrets in it.
func readableByOthers(p session.Profile) string {
	if p.Origin != session.FromC8Y || p.Password == "" && p.Token == "" && p.TOTPSecret == "" || runtime.GOOS == "windows" {
		return ""
	}
	info, err := os.Stat(p.From)
	if err != nil || info.Mode().Perm()&0o044 == 0 {
		return ""
	}
	return p.From
}

// keyring looks whether sign-ins can be kept.
func (p Patient) keyring(ctx context.Context, tell func(Finding)) {
	const check = "keyring"
	if p.Keeper == nil {
		return
	}
	keeper, err := p.Keeper(ctx)
	var kept []session.Kept
	if err == nil {
		kept, err = keeper.List(ctx)
	}
	switch {
	case errors.Is(err, session.ErrNoKeeper):
		tell(warn(check, "c8yx asks when you sign in: it keeps nothing, or a file sealed with a passphrase.", "%v", err))
	case err != nil:
		tell(warn(check, "c8yx logout removes what cannot be read.", "%v", err))
	case isLocked(ctx, keeper):
		tell(warn(check, "Unlock it, or be asked to when you sign in.", "%s in %s, which is locked", count(len(kept), "sign-in"), keeper.Name()))
	default:
		tell(ok(check, "%s in %s", count(len(kept), "sign-in"), keeper.Name()))
	}
}

// isLocked reports whether a keeper is going to ask the user to unlock it.
func isLocked(ctx context.Context, k session.Keeper) bool {
	ring, isRing := k.(interface {
		Locked(context.Context) (bool, error)
	})
	if !isRing {
		return false
	}
	locked, err := ring.Locked(ctx)
	return err == nil && locked
}

// noTenant says why no tenant is examined.
func noTenant(why error) Finding {
	const check = "tenant"
	switch {
	case errors.Is(why, directory.ErrNone):
		return warn(check, "Name one: c8yx doctor ADDRESS. Or try c8yx --demo.", "none is known yet")
	case errors.Is(why, directory.ErrUndecided):
		return warn(check, "Say which: c8yx doctor NAME.", "%v", why)
	case errors.Is(why, guest.ErrNoPassphrase), errors.Is(why, guest.ErrPassphrase):
		return fail(check, "Give it when you are asked for it, or in C8Y_PASSPHRASE.", "%v", why)
	}
	return fail(check, "c8yx tenants lists those that are known.", "%v", why)
}

// mode says how the tenant is treated.
func (p Patient) mode() Finding {
	const check = "tenant"
	profile := *p.Profile
	name := fmt.Sprintf("%s (%s)", profile.Name, profile.Origin)
	switch {
	case profile.Origin == session.FromDemo && !profile.ReadOnly:
		return ok(check, "the demo tenant, in this process")
	case profile.ReadOnly:
		return ok(check, "%s: read-only", name)
	case profile.Mode == session.Production:
		return ok(check, "%s: production, read-only until you unlock it", name)
	case profile.Mode == session.Qualification:
		return ok(check, "%s: qualification, nothing can be deleted", name)
	}
	return ok(check, "%s: everything may be done that your user may do", name)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
