package session

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"c8yx/c8yclient"
)

// patience is how long a keeper may take before the user is asked to sign in instead. A keyring that
// does not answer says so much sooner by itself; this is for a user who is typing a passphrase.
const patience = 3 * time.Minute

// resume goes on with a sign-in that is at hand, kept or brought along by the profile. The step is nil
// if there is none that is still good; what the user should know of it is the notice.
func (f *Flow) resume(ctx context.Context) Step {
	for _, k := range f.atHand(ctx) {
		if step := f.goOn(ctx, k); step != nil {
			return step
		}
	}
	return nil
}

// atHand lists the sign-ins that can be tried without asking anybody.
func (f *Flow) atHand(ctx context.Context) []Kept {
	var all []Kept
	if k, err := f.kept(ctx); err == nil {
		all = append(all, k)
	} else if !errors.Is(err, ErrNotKept) {
		f.notice = keeperWords(err)
	}
	if token := f.profile.Token; token != "" {
		claims, _ := c8yclient.ParseClaims(token)
		all = append(all, Kept{
			Tenant: cmp.Or(claims.Tenant, f.profile.Tenant), User: cmp.Or(claims.User, f.profile.User), Token: token,
			SignedIn: cmp.Or(claims.IssuedAt, time.Now()), // somewhere else, so it is not for us to keep
		})
	}
	return all
}

// kept loads the sign-in that is kept for the profile: of its user or, where it names none, the latest.
func (f *Flow) kept(ctx context.Context) (Kept, error) {
	keeper := f.options.Keeper
	if keeper == nil {
		return Kept{}, ErrNotKept
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tenant, user := f.profile.Tenant, f.profile.User
	if claims, err := c8yclient.ParseClaims(f.profile.Token); err == nil {
		tenant, user = cmp.Or(tenant, claims.Tenant), cmp.Or(user, claims.User)
	}
	if tenant == "" || user == "" {
		all, err := keeper.List(ctx)
		if err != nil {
			return Kept{}, err
		}
		found := false
		for _, k := range all {
			if k.Address == f.profile.Address && (tenant == "" || k.Tenant == tenant) && (user == "" || strings.EqualFold(k.User, user)) {
				tenant, user, found = k.Tenant, k.User, true
				break
			}
		}
		if !found {
			return Kept{}, ErrNotKept
		}
	}
	return keeper.Load(ctx, f.profile.Address, tenant, user)
}

// goOn tries a sign-in that is at hand, and returns nil if it is of no use.
func (f *Flow) goOn(ctx context.Context, k Kept) Step {
	auth := k.auth()
	switch {
	case auth == nil, f.refused != "" && (k.Token == f.refused || k.Password == f.refused):
		return nil
	case f.trusting:
		return f.done(ctx, k)
	}
	if !k.Expires.IsZero() && !time.Now().Before(k.Expires) {
		// By this machine's clock; the tenant's counts, and asking how to sign in tells it.
		if step := f.reach(ctx); step != nil {
			return step
		}
		if !f.wire.clock.now().Before(k.Expires) {
			f.notice = &Problem{Says: "the last sign-in has expired", Next: f.wire.clock.words(), cause: ErrExpired}
			return nil
		}
	}
	user, err := f.whoAmI(ctx, auth)
	switch {
	case err == nil:
		k.User = cmp.Or(k.User, user)
		return f.done(ctx, k)
	case errors.Is(err, c8yclient.ErrTenantUnavailable), errors.Is(err, c8yclient.ErrRedirected):
		return f.refusal(ctx, err)
	case errors.Is(err, c8yclient.ErrUnauthorized):
		f.notice = ending(err, k, f.wire.clock)
		return nil
	}
	return f.nowhere(err)
}

// keeperWords say what is wrong with what is kept.
func keeperWords(err error) error {
	switch {
	case errors.Is(err, ErrUnreadableEntry):
		return &Problem{Says: err.Error(), Next: "Sign in again: that replaces it.", cause: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &Problem{Says: "the keyring does not answer", Next: "Unlock it, or sign in for this session.", cause: err}
	}
	return &Problem{Says: err.Error(), Next: "Sign in for this session, or unlock it and start again.", cause: err}
}
