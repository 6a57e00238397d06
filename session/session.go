package session

import (
	"context"
	"errors"
	"net/http"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
)

// Session is who a user is to a tenant, from sign-in to log-out. It authenticates the
// requests of a client, takes over renewed cookies and, when the tenant has ended it, has the
// user asked once for all requests that were refused; these wait, and are sent again.
type Session struct {
	profile Profile
	options FlowOptions
}

// New returns the session of a profile in which nobody has signed in yet. Nothing is sent
// before the first request needs it; then the session takes a kept sign-in or what the
// profile brings along, and has the user asked only for what is missing.
func New(profile Profile, options FlowOptions) *Session {
	return &Session{profile: profile, options: options}
}

// Question is put to the user when a session cannot go on without him. It is answered by its
// flow: when that is [Done], the requests that wait go on by themselves.
type Question struct {
	Session *Session
	// Reason says why, in words for the user: usually a [*Problem].
	Reason error
	// Flow begins with what is missing: its Next returns the first step.
	Flow *Flow
}

// Decline ends the question without an answer: what waits for it fails, and nothing asks
// again before [Session.Ask].
func (q Question) Decline() {}

// Asker hands a question to the user. It is called once for all requests that wait, from
// any goroutine, and must not block.
type Asker func(Question)

// SetAsker says who asks the user. Without one, requests fail when the session cannot go on.
func (s *Session) SetAsker(ask Asker) {}

// Ask has the user asked to sign in, whether a request needs it or not: after a question was
// declined or the user has logged out, or to sign in anew before the session expires.
// It does nothing while the user is being asked.
func (s *Session) Ask() {}

// Address returns the address of the tenant: https://acme.example.
func (s *Session) Address() string { return s.profile.Address }

// Tenant returns the tenant's id, "" until it is known.
func (s *Session) Tenant() string { return s.profile.Tenant }

// User returns the name of the user, "" until it is known.
func (s *Session) User() string { return s.profile.User }

// Method returns the type of the login option that was used: OAUTH2_INTERNAL, BASIC or OAUTH2;
// "" while nobody is signed in.
func (s *Session) Method() string { return "" }

// TFA reports whether a second factor was given.
func (s *Session) TFA() bool { return false }

// Expires returns when the session ends unless it is renewed, by the clock of this machine;
// zero if it does not end or nobody knows.
func (s *Session) Expires() time.Time { return time.Time{} }

// Renews reports whether the tenant renews the session while it is used.
func (s *Session) Renews() bool { return false }

// Over returns why requests fail: the user declined to sign in again, has logged out, or was
// refused for good. It is nil while the session goes on or can still begin.
func (s *Session) Over() error { return nil }

// Client returns a client that is signed in with this session, with further options.
func (s *Session) Client(further ...c8yclient.Option) (*c8yclient.Client, error) {
	return nil, errors.ErrUnsupported
}

// Logout ends the session at the tenant and removes what is kept of it. Where somebody
// else's sign-in page was used, page is the one to open in a browser to log out there too,
// if the tenant names one.
func (s *Session) Logout(ctx context.Context) (page string, err error) {
	return "", errors.ErrUnsupported
}

// Apply adds the credentials to a request; see [c8yclient.Auth].
func (s *Session) Apply(req *http.Request) error { return errors.ErrUnsupported }

// Renew gets new credentials after a request was refused; see [c8yclient.Renewer].
func (s *Session) Renew(ctx context.Context, refused *c8yclient.Error) error {
	return errors.ErrUnsupported
}

// Observe takes over renewed cookies; see [c8yclient.Observer].
func (s *Session) Observe(resp *http.Response) {}

// Handshake gives the credentials to the realtime connection; see [c8yclient.RealtimeAuth].
func (s *Session) Handshake(ctx context.Context, client *c8yclient.Client) (realtime.Authn, error) {
	return realtime.Authn{}, errors.ErrUnsupported
}
