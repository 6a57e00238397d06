package c8yclient

import (
	"errors"
	"net/http"
	"strings"
)

// What a failed call can mean, for errors.Is. An error may be of several kinds: one
// that is [ErrTFARequired] is also [ErrUnauthorized].
var (
	// ErrInvalid: the tenant (400, 422) or this package does not accept what was sent.
	ErrInvalid = errors.New("not valid")
	// ErrUnauthorized: the credentials were not accepted (401). The reason, where the
	// tenant gives one, is one of the kinds below.
	ErrUnauthorized = errors.New("not signed in")
	// ErrBadCredentials: wrong user, password or code.
	ErrBadCredentials = errors.New("wrong user name, password or code")
	// ErrTFARequired: the user needs a second factor; sign in again with its code.
	ErrTFARequired = errors.New("a second factor is required")
	// ErrSMSSent: the second factor is a pin that was sent by SMS. Also ErrTFARequired.
	ErrSMSSent = errors.New("a pin was sent by SMS")
	// ErrPhoneRequired: the pin cannot be sent, because the user has no phone number.
	ErrPhoneRequired = errors.New("a phone number is required")
	// ErrTOTPSetupRequired: the user must first set up a second factor.
	ErrTOTPSetupRequired = errors.New("a second factor must be set up")
	// ErrPasswordReset: the password must be changed first; see [Error.PasswordResetToken].
	ErrPasswordReset = errors.New("the password must be changed")
	// ErrLocked: the account is locked after too many failures.
	ErrLocked = errors.New("the account is locked")
	// ErrSessionEnded: the token was valid once: logged out, too many sessions,
	// password or sign-in rules changed. Sign in again.
	ErrSessionEnded = errors.New("the session has ended")
	// ErrTenantUnavailable: the host belongs to no tenant, or the tenant is suspended.
	ErrTenantUnavailable = errors.New("the tenant is not available")
	// ErrForbidden: the user lacks a permission (403).
	ErrForbidden = errors.New("forbidden")
	// ErrNotFound: there is no such thing (404).
	ErrNotFound = errors.New("not found")
	// ErrNotSupported: the tenant does not know this operation or its form (405, 406, 415, 501).
	ErrNotSupported = errors.New("not supported by this tenant")
	// ErrConflict: it exists already, or its state does not allow this (409, 412).
	ErrConflict = errors.New("conflict")
	// ErrTooLarge: more was sent, or came, than is accepted (413).
	ErrTooLarge = errors.New("too large")
	// ErrRateLimited: too many requests (429); see [Error.RetryAfter].
	ErrRateLimited = errors.New("too many requests")
	// ErrServer: the tenant failed (5xx).
	ErrServer = errors.New("the tenant failed")
	// ErrTransport: no complete answer came: no network, no such host, wrong
	// certificate, connection lost, or silence.
	ErrTransport = errors.New("no answer from the tenant")
	// ErrCertificate: one side does not accept the certificate of the other. Also ErrTransport.
	ErrCertificate = errors.New("certificate not accepted")
	// ErrScheme: HTTP was spoken where HTTPS is, or the other way round. Also ErrTransport.
	ErrScheme = errors.New("wrong scheme of the address")
	// ErrProxy: the proxy in between does not let through. Also ErrTransport.
	ErrProxy = errors.New("the proxy does not let through")
	// ErrUnreadable: an answer came but is not what the operation promises.
	ErrUnreadable = errors.New("unreadable answer")
	// ErrGuarded: the guard of the client did not let the request out, see [WithGuard].
	ErrGuarded = errors.New("not allowed to be sent")
	// ErrRedirected: the tenant redirects to another address; use that one.
	ErrRedirected = errors.New("the tenant has another address")
)

// kindsOf reads the meaning of a refusal from its status, headers and message.
func kindsOf(e *Error, header http.Header) []error {
	switch status := e.Status; status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return []error{ErrInvalid}
	case http.StatusUnauthorized:
		return append([]error{ErrUnauthorized}, unauthorizedKinds(e, header)...)
	case http.StatusForbidden:
		return []error{ErrForbidden}
	case http.StatusNotFound, http.StatusGone:
		return []error{ErrNotFound}
	case http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusUnsupportedMediaType:
		return []error{ErrNotSupported}
	case http.StatusConflict, http.StatusPreconditionFailed:
		return []error{ErrConflict}
	case http.StatusRequestEntityTooLarge:
		return []error{ErrTooLarge}
	case http.StatusTooManyRequests:
		return []error{ErrRateLimited}
	case http.StatusNotImplemented:
		return []error{ErrServer, ErrNotSupported}
	default:
		switch {
		case status >= 500:
			return []error{ErrServer}
		case status >= 300 && status < 400:
			return []error{ErrRedirected}
		case status >= 400:
			return []error{ErrInvalid}
		}
		return []error{ErrUnreadable}
	}
}

// unauthorizedKinds tells the reasons of a 401 apart. The platform gives them only as
// words and headers. The order matters: the reset header comes with any message,
// and "TOTP setup required" contains "TOTP".
func unauthorizedKinds(e *Error, header http.Header) []error {
	if token := header.Get("passwordresettoken"); token != "" {
		e.PasswordResetToken = Secret(token)
		return []error{ErrPasswordReset}
	}
	message := strings.ToLower(e.Message)
	says := func(words ...string) bool {
		for _, word := range words {
			if !strings.Contains(message, word) {
				return false
			}
		}
		return true
	}
	switch {
	case says("totp setup required"):
		return []error{ErrTOTPSetupRequired}
	case says("totp"), says("tfa", "required"):
		return []error{ErrTFARequired}
	case header.Get("NoPhoneHeader") != "":
		return []error{ErrPhoneRequired}
	case says("pin", "generate"):
		return []error{ErrTFARequired, ErrSMSSent}
	case says("locked"):
		return []error{ErrLocked}
	case says("token is terminated"), says("token", "not present for user"), says("has been logged out"),
		says("change in authentication strategy"):
		return []error{ErrSessionEnded}
	case says("no access from outside"), says("no tenant"):
		return []error{ErrTenantUnavailable}
	case says("bad credentials"), says("invalid credentials"), says("for input string"):
		return []error{ErrBadCredentials}
	}
	return nil
}
