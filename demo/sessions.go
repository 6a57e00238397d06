package demo

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"c8yx/demo/clock"
)

// SessionOptions are the life of tokens. Zero values are the platform's defaults; make them seconds to see expiry happen.
type SessionOptions struct {
	Life     time.Duration // of a token; default 14 days
	Renewal  time.Duration // age at which a cookie is renewed when it is used; default 1 day
	Parallel int           // sessions of one user, the oldest is ended; default 5
}

func (o SessionOptions) withDefaults() SessionOptions {
	if o.Life == 0 {
		o.Life = 14 * 24 * time.Hour
	}
	if o.Renewal == 0 {
		o.Renewal = 24 * time.Hour
	}
	if o.Parallel == 0 {
		o.Parallel = 5
	}
	return o
}

// session is a token that was handed out, in the body or as a cookie.
type session struct {
	id, xsrf     string
	tenant, user string
	started, end time.Time
	passed       bool // a second factor was shown
	enrolling    bool // good for nothing but setting one up
	federated    bool // another provider vouches for the user
	renewed      bool // has a successor
}

// of reports whether a session is a user's.
func (s *session) of(u *user) bool { return s.tenant == u.tenant && strings.EqualFold(s.user, u.name) }

// What the holder of a token is told that is no longer alive.
const (
	tokenTerminated = "Token is terminated"
	strategyChanged = "There was a change in authentication strategy for your tenant or user account"
)

// claims are the contents of a token.
type claims struct {
	ID       string `json:"jti"`
	Issuer   string `json:"iss"`
	Audience string `json:"aud"`
	Subject  string `json:"sub"`
	Client   string `json:"tci"`
	Tenant   string `json:"ten"`
	TFA      bool   `json:"tfa"`
	XSRF     string `json:"xsrfToken"`
	Issued   int64  `json:"iat"`
	NotOlder int64  `json:"nbf"`
	Expires  int64  `json:"exp"`
}

// sessions issues tokens and knows which are alive. A token is a JWT, but what counts is the list here.
type sessions struct {
	options SessionOptions
	clock   clock.Clock
	domain  string
	signer  signer

	mu    sync.Mutex
	alive map[string]*session
	ended map[string]string // what to tell the holder of a token that is no longer alive
}

func newSessions(options SessionOptions, clock clock.Clock, domain string) *sessions {
	return &sessions{
		options: options.withDefaults(), clock: clock, domain: domain, signer: signer{[]byte(rand.Text())},
		alive: make(map[string]*session), ended: make(map[string]string),
	}
}

// issue starts a session for a user, as he has signed in, and ends the oldest one if there are too many.
func (s *sessions) issue(u *user, kind session) (*session, string) {
	made := &kind
	made.id, made.xsrf, made.tenant, made.user, made.started = uuid(), rand.Text(), u.tenant, u.name, s.clock.Now()
	if made.end.IsZero() {
		made.end = made.started.Add(s.options.Life)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.alive[made.id] = made
	var own []*session
	for _, other := range s.alive {
		if other.tenant == u.tenant && other.user == u.name {
			own = append(own, other)
		}
	}
	slices.SortFunc(own, func(a, b *session) int { return a.started.Compare(b.started) })
	for len(own) > s.options.Parallel {
		s.end(own[0], tokenTerminated)
		own = own[1:]
	}
	return made, s.token(made)
}

// maxEnded bounds what is remembered of ended sessions.
const maxEnded = 10000

// end ends a session; the caller holds the lock.
func (s *sessions) end(gone *session, message string) {
	delete(s.alive, gone.id)
	if len(s.ended) < maxEnded {
		s.ended[gone.id] = message
	}
}

// logout ends one session.
func (s *sessions) logout(gone *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end(gone, "User has been logged out")
}

// terminate ends all sessions that are chosen, tells their holders why, and returns how many there were.
func (s *sessions) terminate(chosen func(*session) bool, why string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, other := range s.alive {
		if chosen(other) {
			s.end(other, why)
			n++
		}
	}
	return n
}

// find returns the session of a token, or why there is none.
func (s *sessions) find(token string) (*session, error) {
	var c claims
	if !s.signer.read(token, &c) {
		return nil, unauthorized("Invalid credentials! : Invalid token")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found, alive := s.alive[c.ID]
	if alive && s.clock.Now().Before(found.end) {
		return found, nil
	}
	if alive {
		delete(s.alive, c.ID)
	}
	if message, known := s.ended[c.ID]; known {
		return nil, unauthorized("%s", message)
	}
	return nil, unauthorized("Token '%s' not present for user '%s'", c.ID, c.Subject)
}

// due reports whether a cookie of this session is to be renewed now. It says so once.
func (s *sessions) due(of *session) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	due := !of.renewed && !of.enrolling && clock.Since(s.clock, of.started) >= s.options.Renewal
	of.renewed = of.renewed || due
	return due
}

// outlive lets a session that has a successor live on for a while: requests with it are under way.
func (s *sessions) outlive(old *session, rest time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if end := s.clock.Now().Add(rest); end.Before(old.end) {
		old.end = end
	}
	old.renewed = true
}

func (s *sessions) token(of *session) string {
	return s.signer.issue(claims{
		ID: of.id, Issuer: s.domain, Audience: s.domain, Subject: of.user, Client: uuid(), Tenant: of.tenant, TFA: of.passed, XSRF: of.xsrf,
		Issued: of.started.Unix(), NotOlder: of.started.Unix(), Expires: of.end.Unix(),
	})
}

func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
