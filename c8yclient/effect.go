package c8yclient

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Effect is what a request does to a tenant.
type Effect int

// The effects, from harmless to final. What is not known to do less counts as [Writes].
const (
	// Reads: nothing is different afterwards.
	Reads Effect = iota
	// SignsIn: it begins, proves, renews or ends the sign-in of the user who sends it, and changes
	// nothing but that.
	SignsIn
	// Writes: it creates or changes something.
	Writes
	// Removes: something is gone afterwards.
	Removes
)

// effects are the operations that do something else than their method says, each with the reason.
// Elements of a path in braces stand for any one.
var effects = []struct {
	method, path string
	effect       Effect
}{
	// It finds objects by their external ids, which are too many for a query; ROLE_IDENTITY_READ
	// suffices.
	{http.MethodPost, "/identity/search", Reads},
	// Bayeux wraps every step of listening in a POST: handshake, subscribe, connect, disconnect. No
	// message of the client says anything to anybody else.
	{http.MethodPost, "/notification/realtime", Reads},
	// It verifies the chain that was sent along and stores none of it.
	{http.MethodPost, "/tenant/trusted-certificates/verify-cert-chain", Reads},

	// A token for a password, as cookies and as a body.
	{http.MethodPost, "/tenant/oauth", SignsIn},
	{http.MethodPost, "/tenant/oauth/token", SignsIn},
	// A token for a certificate.
	{http.MethodPost, "/devicecontrol/deviceAccessToken", SignsIn},
	// The pin that came by SMS, or the wish for another, and the number that it goes to.
	{http.MethodPost, "/user/pin", SignsIn},
	{http.MethodPut, "/user/currentUserPhone", SignsIn},
	// The second factor of the user himself, without which some tenants let nobody in.
	{http.MethodPost, "/user/currentUser/totpSecret", SignsIn},
	{http.MethodPost, "/user/currentUser/totpSecret/verify", SignsIn},
	{http.MethodPost, "/user/currentUser/totpSecret/activity", SignsIn},
	// A password that has expired is replaced before anybody is signed in.
	{http.MethodPost, "/user/passwordReset", SignsIn},
	{http.MethodPut, "/user/passwordReset", SignsIn},
	// The end of the user's own session.
	{http.MethodPost, "/user/logout", SignsIn},

	// The sessions of all users end.
	{http.MethodPost, "/user/logout/{tenant}/allUsers", Removes},
	// Another strategy makes the second factors of all users void, and ends their sessions.
	{http.MethodPut, "/tenant/tenants/{tenant}/tfa", Removes},
	// The subscriber is gone, and with it what the tenant kept for it.
	{http.MethodPost, "/notification2/unsubscribe", Removes},
}

// effectOf tells what a request does to the tenant at an address.
func effectOf(base *url.URL, req *http.Request) Effect {
	// The platform takes another method from a header, whatever the request line says.
	if method := req.Header.Get("X-HTTP-METHOD"); method != "" {
		return max(effectOfMethod(method), effectOfMethod(req.Method))
	}
	path, ours := strings.CutPrefix(req.URL.EscapedPath(), base.EscapedPath())
	if ours && req.URL.Host == base.Host {
		for _, known := range effects {
			if known.method == req.Method && samePath(known.path, path) {
				return known.effect
			}
		}
	}
	return effectOfMethod(req.Method)
}

func effectOfMethod(method string) Effect {
	switch strings.ToUpper(method) {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions:
		return Reads
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		return Writes
	}
	return Removes // DELETE, and what nobody knows
}

// samePath reports whether an escaped path is one of a pattern.
func samePath(pattern, path string) bool {
	return slices.EqualFunc(strings.Split(pattern, "/"), strings.Split(path, "/"), func(want, got string) bool {
		return want == got || strings.HasPrefix(want, "{") && got != ""
	})
}
