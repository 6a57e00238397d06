package fault

import (
	"context"
	"errors"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/ui/text"
)

// advice is the words for a kind of failure, from the particular to the
// general: the first kind that an error is of counts.
var advice = []struct {
	kind  error
	short text.Safe // for a status line
	next  text.Safe // what can be done; may be empty
}{
	{session.ErrLocked, "production is locked", "Unlock production first, by its key or from the palette."},
	{c8yclient.ErrGuarded, "forbidden here", "The mode of the tenant says so."},
	{c8yclient.ErrTFARequired, "second factor required", "This user needs a one-time code to sign in."},
	{c8yclient.ErrTOTPSetupRequired, "second factor not set up", "Set up a second factor in the web interface, then start again."},
	{c8yclient.ErrPasswordReset, "password must be changed", "Change the password in the web interface, then start again."},
	{c8yclient.ErrLocked, "account locked", "Wait a while, or ask an administrator to unlock the user."},
	{c8yclient.ErrSessionEnded, "session ended", "Start c8yx again to sign in."},
	{c8yclient.ErrTenantUnavailable, "tenant not available", "Check the address and the tenant id."},
	{c8yclient.ErrBadCredentials, "sign-in refused", "Check tenant, user and password."},
	{c8yclient.ErrUnauthorized, "not signed in", "Start c8yx again to sign in."},
	{c8yclient.ErrForbidden, "access denied", "The user lacks a permission for this, or the tenant may not; x says which, here or in the list of requests."},
	{c8yclient.ErrNotFound, "not found", "It may have been deleted meanwhile."},
	{c8yclient.ErrConflict, "conflict", "It was changed by somebody else, or is there already. Refresh to see it as it is now."},
	{c8yclient.ErrRateLimited, "too many requests", "The tenant limits the rate; c8yx tries again by itself."},
	{c8yclient.ErrInvalid, "refused by the tenant", ""},
	{c8yclient.ErrNotSupported, "not supported", "This tenant does not offer it."},
	{c8yclient.ErrRedirected, "another address", "Start c8yx with the address that the tenant names."},
	{c8yclient.ErrCertificate, "certificate not accepted", "c8yx doctor says more. --ca FILE trusts a further authority."},
	{c8yclient.ErrScheme, "wrong scheme", "Write the address with the other one of https:// and http://."},
	{c8yclient.ErrProxy, "the proxy refuses", "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY."},
	{c8yclient.ErrServer, "the tenant fails", "c8yx tries again by itself; refresh to try now."},
	{c8yclient.ErrUnreadable, "unreadable answer", "Something between here and the tenant may have answered in its place."},
	{c8yclient.ErrTransport, "no answer", "c8yx tries again by itself; refresh to try now."},
	{context.DeadlineExceeded, "no answer in time", "c8yx tries again by itself; refresh to try now."},
}

// Explain returns one or two sentences: what was tried and answered, and what
// can be done.
func Explain(err error) text.Safe {
	if err == nil {
		return ""
	}
	said := text.Clean(err.Error())
	for _, a := range advice {
		if errors.Is(err, a.kind) && a.next != "" {
			return said + ". " + a.next
		}
	}
	return said
}

// Withheld says that things are not shown because the user may not read them;
// denied is the reason as the tenant's permissions give it: "needs ROLE_…".
func Withheld(things text.Safe, denied string) text.Safe {
	return "This user sees no " + things + ": reading them " + text.Clean(denied) + "."
}

// Short returns a few words for a status line.
func Short(err error) text.Safe {
	for _, a := range advice {
		if errors.Is(err, a.kind) {
			return a.short
		}
	}
	return "failed"
}

// Transient reports whether the same call may succeed later without anybody
// doing anything about it.
func Transient(err error) bool {
	for _, kind := range []error{
		c8yclient.ErrTransport, c8yclient.ErrServer, c8yclient.ErrRateLimited,
		c8yclient.ErrUnreadable, context.DeadlineExceeded,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// Negative reports whether an error is an answer: there is no such thing, the user may not know,
// or the question makes no sense to the tenant.
func Negative(err error) bool {
	return errors.Is(err, c8yclient.ErrNotFound) || errors.Is(err, c8yclient.ErrForbidden) ||
		errors.Is(err, c8yclient.ErrInvalid) || errors.Is(err, c8yclient.ErrNotSupported)
}
