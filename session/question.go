package session

import (
	"fmt"

	"c8yx/c8yclient"
)

// Question is put to the user when a session cannot go on without him. It is answered by its
// flow: when that is [Done], the requests that wait go on by themselves.
type Question struct {
	Session *Session
	// Reason says why, in words for the user: usually a [*Problem].
	Reason error
	// Flow begins with what is missing: its Next returns the first step.
	Flow *Flow
}

// Asker hands a question to the user. It is called once for all requests that wait, from
// any goroutine, and must not block.
type Asker func(Question)

// asked is a question that waits for an answer.
type asked struct {
	flow    *Flow
	settled chan struct{} // closed when it has one, or was declined
}

// SetAsker says who asks the user. Without one, requests fail when the session cannot go on.
func (s *Session) SetAsker(ask Asker) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ask = ask
}

// put asks the user, unless that is being done already. Without anybody to ask, the session is over for
// want of what is missing.
func (s *Session) put(flow *Flow, reason, missing error) {
	s.mu.Lock()
	ask := s.ask
	idle := s.asked == nil && (s.auth == nil || s.lost != nil)
	switch {
	case !idle:
		ask = nil
	case ask == nil:
		s.over = missing
	default:
		s.asked = &asked{flow: flow, settled: make(chan struct{})}
	}
	s.mu.Unlock()
	if ask == nil {
		flow.Close()
		return
	}
	ask(Question{Session: s, Reason: reason, Flow: flow})
}

// Ask has the user asked to sign in, whether a request needs it or not: after a question was
// declined or the user has logged out, or to sign in anew before the session expires.
// It does nothing while the user is being asked, and if there is nobody to ask him.
func (s *Session) Ask() {
	flow := s.flow()
	s.mu.Lock()
	ask, reason := s.ask, s.over
	if reason == nil {
		reason = s.lost
	}
	if ask == nil || s.asked != nil {
		s.mu.Unlock()
		flow.Close()
		return
	}
	s.over = nil
	s.asked = &asked{flow: flow, settled: make(chan struct{})}
	s.mu.Unlock()
	ask(Question{Session: s, Reason: reason, Flow: flow})
}

// Decline ends the question without an answer: what waits for it fails, and nothing asks
// again before [Session.Ask]. A session that is still good goes on.
func (q Question) Decline() {
	s := q.Session
	s.mu.Lock()
	if s.asked != nil && s.asked.flow == q.Flow {
		if s.auth == nil || s.lost != nil {
			s.over = declined(q.Reason)
		}
		close(s.asked.settled)
		s.asked = nil
	}
	s.mu.Unlock()
	q.Flow.Close()
}

func declined(reason error) error {
	p := &Problem{Says: "nobody is signed in", Next: "Sign in to go on.", cause: ErrDeclined}
	if reason != nil {
		p.cause = fmt.Errorf("%w: %w", ErrDeclined, reason)
	}
	return p
}

// brings says which password the session may sign in with by itself, "" for none any more: one that was
// wrong once is not tried again, a few more would lock the account.
func (s *Session) brings(password c8yclient.Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.password = password
}
