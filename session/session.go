package session

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"sync"
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
	wire    wire

	turn    chan struct{} // holds a token while nobody signs in without asking
	keeping chan struct{} // holds a token while nobody saves or deletes
	saving  sync.WaitGroup

	mu         sync.Mutex
	auth       c8yclient.Auth   // nil: nobody is signed in
	kept       Kept             // what auth comes from
	generation int              // of auth
	since      time.Time        // when auth was got: what was sent before was refused for others
	proven     time.Time        // when the tenant was last seen to accept auth
	lost       error            // why auth is of no use any more
	over       error            // why nobody is asked any more
	password   c8yclient.Secret // that the profile brought along, as long as it is right
	ask        Asker
	asked      *asked            // the question that waits for an answer
	live       *c8yclient.Client // whose realtime connection signs in with this
}

// New returns the session of a profile in which nobody has signed in yet. Nothing is sent
// before the first request needs it; then the session takes a kept sign-in or what the
// profile brings along, and has the user asked only for what is missing.
func New(profile Profile, options FlowOptions) *Session {
	return newSession(profile, options, newWire(profile, options))
}

func newSession(profile Profile, options FlowOptions, w wire) *Session {
	if client, err := w.client(profile.Address, nil); err == nil {
		profile.Address = client.BaseURL().String()
	}
	s := &Session{
		profile: profile, options: options, wire: w, password: profile.Password,
		turn: make(chan struct{}, 1), keeping: make(chan struct{}, 1),
	}
	s.turn <- struct{}{}
	s.keeping <- struct{}{}
	return s
}

// adopt takes over a sign-in. What waits for it goes on.
func (s *Session) adopt(k Kept, auth c8yclient.Auth) {
	s.mu.Lock()
	s.kept, s.auth, s.since, s.lost, s.over = k, auth, time.Now(), nil, nil
	s.generation++
	asked, live := s.asked, s.live
	s.asked = nil
	s.mu.Unlock()
	if asked != nil {
		close(asked.settled)
	}
	if live != nil {
		live.Realtime.Reconnect()
	}
}

// Close waits until everything is kept that was renewed.
func (s *Session) Close() { s.saving.Wait() }

// who returns the user, and whether he has ever signed in.
func (s *Session) who() (user string, ever bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.User, s.auth != nil || s.kept.User != ""
}

// Profile returns the tenant as the user knows it, with what the sign-in has told of it and without
// secrets.
func (s *Session) Profile() Profile {
	p := s.profile
	p.Address, p.Tenant, p.User = s.Address(), s.Tenant(), s.User()
	p.Password, p.Token, p.TOTPSecret = "", "", ""
	return p
}

// Address returns the address of the tenant: https://acme.example.
func (s *Session) Address() string { return cmp.Or(s.present().Address, s.profile.Address) }

// Tenant returns the tenant's id, "" until it is known.
func (s *Session) Tenant() string { return cmp.Or(s.present().Tenant, s.profile.Tenant) }

// User returns the name of the user, "" until it is known.
func (s *Session) User() string { return cmp.Or(s.present().User, s.profile.User) }

// Method returns the type of the login option that was used: OAUTH2_INTERNAL, BASIC, OAUTH2 or
// [ByDevice]; "" while nobody is signed in, and for a token that was brought along.
func (s *Session) Method() string { return s.present().Method }

// TFA reports whether a second factor was given.
func (s *Session) TFA() bool { return s.present().TFA }

// Since returns when the user signed in, by the clock of this machine; zero if nobody knows.
func (s *Session) Since() time.Time { return s.present().SignedIn }

// Expires returns when the session ends unless it is renewed, by the clock of this machine;
// zero if it does not end or nobody knows.
func (s *Session) Expires() time.Time { return s.wire.clock.here(s.present().Expires) }

// Renews reports whether the tenant renews the session while it is used.
func (s *Session) Renews() bool { return s.present().Cookie }

// ClockWords is a sentence about the clock of this machine if it differs from the tenant's by more than
// a minute, else "".
func (s *Session) ClockWords() string { return s.wire.clock.words() }

// SignedIn reports whether the session has credentials that the tenant has not refused.
func (s *Session) SignedIn() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.auth != nil && s.lost == nil
}

// Over returns why requests fail: the user declined to sign in again, has logged out, or was
// refused for good. It is nil while the session goes on or can still begin.
func (s *Session) Over() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.over
}

func (s *Session) present() Kept {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept
}

// Client returns a client that is signed in with this session, with further options.
func (s *Session) Client(further ...c8yclient.Option) (*c8yclient.Client, error) {
	if s.wire.err != nil {
		return nil, s.wire.err
	}
	options := append(slices.Clip(s.wire.options), c8yclient.WithTransport(s.wire.transport))
	return c8yclient.New(s.Address(), append(append(options, further...), c8yclient.WithAuth(s))...)
}

// ClientFor returns a client of the same tenant that is signed in with other credentials, for what a
// token is not good enough: the tenant makes the key of an authenticator only for a password.
func (s *Session) ClientFor(auth c8yclient.Auth) (*c8yclient.Client, error) {
	return s.wire.client(s.Address(), auth)
}

// Apply adds the credentials to a request; see [c8yclient.Auth]. It waits while the user is being
// asked for them.
func (s *Session) Apply(req *http.Request) error {
	auth, err := s.credentials(req.Context())
	if err != nil {
		return err
	}
	return auth.Apply(req)
}

// Handshake gives the credentials to the realtime connection; see [c8yclient.RealtimeAuth]. A
// connection that was refused is made again with the next ones.
func (s *Session) Handshake(ctx context.Context, client *c8yclient.Client) (realtime.Authn, error) {
	s.mu.Lock()
	s.live = client
	s.mu.Unlock()
	auth, err := s.credentials(ctx)
	if err != nil {
		return realtime.Authn{}, err
	}
	if r, ok := auth.(c8yclient.RealtimeAuth); ok {
		return r.Handshake(ctx, client)
	}
	return realtime.Authn{}, nil
}
