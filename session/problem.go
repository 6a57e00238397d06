package session

import (
	"errors"
	"fmt"

	"c8yx/c8yclient"
)

// Problem is what went wrong with a sign-in, in words for the user.
type Problem struct {
	// Says is what happened: "the password is wrong".
	Says string
	// Next is what the user can do about it, a sentence: "Type it again."; "" if nothing.
	Next string

	cause error
}

// Error says what happened and what to do.
func (p *Problem) Error() string {
	if p.Next == "" {
		return p.Says
	}
	return p.Says + ". " + p.Next
}

// Unwrap returns the answer of the tenant or the failure behind it, if there is one.
func (p *Problem) Unwrap() error { return p.cause }

// Why a session is over, for errors.Is. All of them are also [c8yclient.ErrUnauthorized].
var (
	// ErrDeclined: the user was asked to sign in and declined.
	ErrDeclined = fmt.Errorf("nobody signed in again: %w", c8yclient.ErrUnauthorized)
	// ErrSignedOut: the user has logged out.
	ErrSignedOut = fmt.Errorf("signed out: %w", c8yclient.ErrUnauthorized)
	// ErrExpired: the session or the kept sign-in has lived as long as it may.
	ErrExpired = fmt.Errorf("expired: %w", c8yclient.ErrUnauthorized)
)

var errClosed = errors.New("the sign-in was given up")

// problemOf returns what a step says is wrong, nil if nothing is.
func problemOf(s Step) error {
	switch s := s.(type) {
	case NeedAddress:
		return s.Problem
	case NeedTenant:
		return s.Problem
	case NeedMethod:
		return s.Problem
	case NeedPassword:
		return s.Problem
	case NeedTOTP:
		return s.Problem
	case NeedSMS:
		return s.Problem
	case NeedPhone:
		return s.Problem
	case NeedNewPassword:
		return s.Problem
	case NeedTOTPSetup:
		return s.Problem
	case Failed:
		return s.Err
	}
	return nil
}

// withProblem is the same step with what is wrong. Steps that ask for nothing stay as they are.
func withProblem(s Step, problem error) Step {
	switch s := s.(type) {
	case NeedAddress:
		s.Problem = problem
		return s
	case NeedTenant:
		s.Problem = problem
		return s
	case NeedMethod:
		s.Problem = problem
		return s
	case NeedPassword:
		s.Problem = problem
		return s
	case NeedTOTP:
		s.Problem = problem
		return s
	case NeedSMS:
		s.Problem, s.Resent = problem, false
		return s
	case NeedPhone:
		s.Problem = problem
		return s
	case NeedNewPassword:
		s.Problem = problem
		return s
	case NeedTOTPSetup:
		s.Problem = problem
		return s
	}
	return s
}

// Lacking returns what a step asks for as an error, for where nobody can be asked: its problem, if it has
// one. It is [c8yclient.ErrUnauthorized] unless the problem is of another kind.
func Lacking(s Step) error {
	if problem := problemOf(s); problem != nil {
		return problem
	}
	missing := func(what string, kind error) error {
		return &Problem{Says: what, Next: "Sign in with c8yx login at a terminal.", cause: fmt.Errorf("%w: %w", c8yclient.ErrUnauthorized, kind)}
	}
	switch s.(type) {
	case NeedMethod:
		return missing("the tenant offers several ways to sign in, and one has to be chosen", c8yclient.ErrUnauthorized)
	case NeedTenant:
		return missing("the tenant's id is needed to sign in", c8yclient.ErrTenantUnavailable)
	case NeedTOTP:
		return missing("a code of the authenticator is needed to sign in", c8yclient.ErrTFARequired)
	case NeedSMS:
		return missing("the pin that was sent by SMS is needed to sign in", c8yclient.ErrSMSSent)
	case NeedPhone:
		return missing("a phone number for pins is needed to sign in", c8yclient.ErrPhoneRequired)
	case NeedNewPassword:
		return missing("the password must be changed first", c8yclient.ErrPasswordReset)
	case NeedTOTPSetup:
		return missing("an authenticator must be set up first", c8yclient.ErrTOTPSetupRequired)
	}
	return missing("nobody is signed in", c8yclient.ErrUnauthorized)
}

// passing reports whether a problem may go away by itself, so that nobody needs to be asked.
func passing(problem error) bool {
	return errors.Is(problem, c8yclient.ErrTransport) || errors.Is(problem, c8yclient.ErrServer) || errors.Is(problem, c8yclient.ErrRateLimited)
}
