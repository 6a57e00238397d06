package session

import (
	"errors"
	"strings"

	"c8yx/c8yclient"
)

// ending says why the tenant does not accept a sign-in any more, in words for the user. What happened
// the tenant tells only in its message (reference 2.3 and 2.4).
func ending(refused error, k Kept, clock *clock) *Problem {
	var call *c8yclient.Error
	errors.As(refused, &call)
	message := ""
	if call != nil {
		message = strings.ToLower(call.Message)
	}
	p := &Problem{Next: "Sign in to go on.", cause: refused}
	switch {
	case errors.Is(refused, c8yclient.ErrPasswordReset):
		p.Says = "the password has to be changed first"
	case errors.Is(refused, c8yclient.ErrTOTPSetupRequired):
		p.Says = "the tenant now demands a second factor"
	case errors.Is(refused, c8yclient.ErrTFARequired), errors.Is(refused, c8yclient.ErrPhoneRequired):
		p.Says = "the second factor has to be shown again"
	case errors.Is(refused, c8yclient.ErrLocked):
		p.Says = "the account has been locked"
	case strings.Contains(message, "change in authentication strategy"):
		p.Says = "the rules for signing in have changed"
	case strings.Contains(message, "has been logged out"):
		p.Says = "you have logged out elsewhere"
	case !k.Expires.IsZero() && !clock.now().Before(k.Expires):
		p.Says, p.cause = "the session has expired", errors.Join(ErrExpired, refused)
		if words := clock.words(); words != "" {
			p.Next = words
		}
	case strings.Contains(message, "is terminated"):
		p.Says = "the tenant has ended the session: there were too many at once, the password was changed, or an administrator ended it"
	case strings.Contains(message, "not present for user"):
		p.Says = "the tenant no longer knows the session: it was ended, or has expired"
	case k.Password != "":
		p.Says = "the password has been changed"
	default:
		p.Says = "the tenant does not accept the session any more: " + callWords(refused)
		if words := clock.words(); words != "" {
			p.Next = words
		}
	}
	return p
}

// over reports whether a refusal is about the session itself, and not about one request that only
// a service behind the tenant refuses.
func over(refused error) bool {
	for _, kind := range []error{
		c8yclient.ErrSessionEnded, c8yclient.ErrPasswordReset, c8yclient.ErrTOTPSetupRequired, c8yclient.ErrTFARequired,
		c8yclient.ErrPhoneRequired, c8yclient.ErrLocked, c8yclient.ErrTenantUnavailable,
	} {
		if errors.Is(refused, kind) {
			return true
		}
	}
	return false
}
