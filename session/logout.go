package session

import (
	"context"
	"errors"

	"c8yx/c8yclient"
)

// Logout ends the session at the tenant and removes what is kept of it. Where somebody
// else's sign-in page was used, page is the one to open in a browser to log out there too,
// if the tenant names one. What can be done here is done even if the tenant does not answer.
func (s *Session) Logout(ctx context.Context) (page string, err error) {
	k, question := s.leave()
	if question != nil {
		question.flow.Close()
	}
	keeper := s.options.Keeper
	if k.auth() == nil && keeper != nil {
		flow := s.flow()
		defer flow.Close()
		if kept, err := flow.kept(ctx); err == nil {
			k = kept
		} else if !errors.Is(err, ErrNotKept) {
			return "", err
		}
	}
	if k.Token != "" {
		page, err = s.end(ctx, k.auth())
	}
	if keeper == nil || k.User == "" {
		return page, err
	}
	if s.takeKeeper(ctx) == nil {
		defer s.giveKeeper()
		bounded, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		err = errors.Join(err, keeper.Delete(bounded, s.Address(), k.Tenant, k.User))
	}
	return page, err
}

// leave forgets the credentials, and fails what waits for others.
func (s *Session) leave() (Kept, *asked) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, question := s.kept, s.asked
	s.auth, s.lost, s.asked = nil, nil, nil
	s.kept.Token, s.kept.XSRF, s.kept.Password = "", "", ""
	s.over = &Problem{Says: "you have logged out", Next: "Sign in to go on.", cause: ErrSignedOut}
	s.generation++
	if question != nil {
		close(question.settled)
	}
	return k, question
}

// end ends the session of a token.
func (s *Session) end(ctx context.Context, auth c8yclient.Auth) (page string, err error) {
	client, err := s.wire.client(s.Address(), auth)
	if err != nil {
		return "", err
	}
	page, err = client.CurrentUser.Logout(ctx)
	switch {
	case errors.Is(err, c8yclient.ErrUnauthorized), errors.Is(err, c8yclient.ErrUnreadable):
		return page, nil // it is over, which is what was wanted
	case err != nil:
		return "", &Problem{Says: "the tenant could not be told, so the session lives on there until it expires: " + callWords(err), Next: "Log out again later.", cause: err}
	}
	return page, nil
}
