package session

import (
	"context"
	"errors"
	"time"

	"c8yx/c8yclient"
)

// errNotTheSession is why a refusal is passed on: signing in again would not help.
var errNotTheSession = errors.New("the session itself is good, so this is about the request")

// Renew gets new credentials after a request was refused; see [c8yclient.Renewer]. It returns when
// the request can be sent again: at once if others have signed in meanwhile, without asking
// if the profile brings what it takes, else when the user has answered. It returns an error when the
// user declines or the context ends.
func (s *Session) Renew(ctx context.Context, refused *c8yclient.Error) error {
	if suspended(refused) {
		return suspension(hostOf(s.Address()), refused)
	}
	if err := s.judge(ctx, refused); err != nil {
		return err
	}
	_, err := s.credentials(ctx)
	return err
}

// judge gives the present credentials up if a refusal means them. The tenant says of itself only
// little about that: a 401 may also come from a service behind it, so it is asked again.
func (s *Session) judge(ctx context.Context, refused *c8yclient.Error) error {
	if !over(refused) {
		if err := s.takeTurn(ctx); err != nil {
			return err
		}
		defer s.giveTurn()
	}
	s.mu.Lock()
	auth, k, generation := s.auth, s.kept, s.generation
	known := auth == nil || s.lost != nil || !refused.Sent.After(s.since) // it was refused with others
	good := !s.proven.Before(refused.Sent) && !s.proven.IsZero()
	s.mu.Unlock()
	switch {
	case known:
		return nil
	case over(refused):
	case good:
		return errNotTheSession
	default:
		if err := s.prove(ctx, auth); err != nil || ctx.Err() != nil {
			return err
		}
	}
	reason := ending(refused, k, s.wire.clock)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.generation == generation {
		s.lost = reason
	}
	return nil
}

// prove asks the tenant whether it still accepts credentials: nil if it does not, [errNotTheSession] if it
// does, another error if that cannot be known.
func (s *Session) prove(ctx context.Context, auth c8yclient.Auth) error {
	client, err := s.wire.client(s.Address(), auth)
	if err != nil {
		return err
	}
	asked := time.Now()
	_, err = client.CurrentUser.Get(ctx)
	switch {
	case err == nil, errors.Is(err, c8yclient.ErrForbidden):
		s.mu.Lock()
		s.proven = asked
		s.mu.Unlock()
		return errNotTheSession
	case errors.Is(err, c8yclient.ErrUnauthorized):
		return nil
	}
	return err
}

// credentials returns what to authenticate with. If nobody is signed in it signs in, and waits for the
// user if it has to.
func (s *Session) credentials(ctx context.Context) (c8yclient.Auth, error) {
	for {
		s.mu.Lock()
		auth, why, question := s.auth, s.over, s.asked
		good := auth != nil && s.lost == nil
		s.mu.Unlock()
		switch {
		case good:
			return auth, nil
		case why != nil:
			return nil, why
		case question != nil:
			select {
			case <-question.settled:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		default:
			if err := s.signIn(ctx); err != nil {
				return nil, err
			}
		}
	}
}

// signIn signs in without the user if it can, else puts the question. Requests take turns, so that
// many at once do it only once.
func (s *Session) signIn(ctx context.Context) error {
	if err := s.takeTurn(ctx); err != nil {
		return err
	}
	defer s.giveTurn()
	s.mu.Lock()
	settled := s.auth != nil && s.lost == nil || s.over != nil || s.asked != nil
	reason := s.lost
	s.mu.Unlock()
	if settled {
		return nil
	}
	flow := s.flow()
	step := flow.Next(ctx)
	if _, done := step.(Done); done {
		return nil
	}
	problem := Lacking(step)
	switch {
	case ctx.Err() != nil:
		flow.Close()
		return ctx.Err()
	case passing(problem):
		flow.Close()
		return problem
	case reason == nil:
		reason = problem
	}
	s.put(flow, reason, problem)
	return nil
}

func (s *Session) takeTurn(ctx context.Context) error {
	select {
	case <-s.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Session) giveTurn() { s.turn <- struct{}{} }

// flow begins to sign in to this session, with what there is but not with what the tenant refused.
func (s *Session) flow() *Flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	profile, options := s.profile, s.options
	profile.Password = s.password
	if s.kept.User != "" {
		profile.User = s.kept.User
	}
	if s.kept.Tenant != "" {
		profile.Tenant = s.kept.Tenant
	}
	if options.Method == "" {
		options.Method = s.kept.Method
	}
	f := newFlow(profile, options, s.wire)
	f.again, f.trusting, f.refused = s, true, s.kept.secret()
	if errors.Is(s.lost, c8yclient.ErrTFARequired) && s.kept.Password != "" {
		// The password is still good; it is the proof of the second factor that has expired.
		f.profile.Password, f.refused = s.kept.Password, ""
	}
	return f
}
