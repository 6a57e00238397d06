package session

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"c8yx/c8yclient"
)

// keepWithin is how long a keeper may take for a renewed sign-in: the end of the program waits for it.
const keepWithin = 5 * time.Second

// Observe takes over renewed cookies and keeps them; see [c8yclient.Observer].
func (s *Session) Observe(resp *http.Response) {
	s.wire.clock.see(resp)
	if k, renewed := s.renewed(resp); renewed && s.options.Keeper != nil && !k.SignedIn.IsZero() {
		// A keyring may be slow, and the answer is waited for.
		s.saving.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), keepWithin)
			defer cancel()
			s.save(ctx, k)
		})
	}
}

// renewed takes the cookies of an answer over if they replace those of the session.
func (s *Session) renewed(resp *http.Response) (Kept, bool) {
	var token, xsrf c8yclient.Secret
	for _, cookie := range resp.Cookies() {
		switch {
		case cookie.MaxAge < 0 || cookie.Value == "": // the tenant takes it away: a log-out
		case cookie.Name == "authorization":
			token = c8yclient.Secret(cookie.Value)
		case cookie.Name == "XSRF-TOKEN":
			xsrf = c8yclient.Secret(cookie.Value)
		}
	}
	if token == "" {
		return Kept{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.kept.Cookie || s.auth == nil || s.lost != nil || !sentWith(resp.Request, s.kept.Token) {
		return Kept{}, false
	}
	claims, _ := c8yclient.ParseClaims(token)
	s.kept.Token, s.kept.XSRF = token, cmp.Or(xsrf, claims.XSRF, s.kept.XSRF)
	if !claims.Expires.IsZero() {
		s.kept.Expires = claims.Expires
	}
	s.auth = s.kept.auth()
	return s.kept, true
}

// sentWith reports whether a request carried that token as a cookie; the answer to an earlier one has
// nothing to say any more.
func sentWith(req *http.Request, token c8yclient.Secret) bool {
	if req == nil {
		return true // a transport that does not tell
	}
	cookie, err := req.Cookie("authorization")
	return err == nil && c8yclient.Secret(cookie.Value) == token
}

// save keeps a renewed sign-in, unless it was renewed once more meanwhile or the user has logged out.
func (s *Session) save(ctx context.Context, k Kept) {
	if s.takeKeeper(ctx) != nil {
		return
	}
	defer s.giveKeeper()
	if s.present().Token != k.Token || s.Over() != nil {
		return
	}
	_ = s.options.Keeper.Save(ctx, k) // it was kept before; at worst the user signs in again after the next start
}

// takeKeeper waits until nobody else saves or deletes: an entry that is late must not come back after a
// log-out.
func (s *Session) takeKeeper(ctx context.Context) error {
	select {
	case <-s.keeping:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Session) giveKeeper() { s.keeping <- struct{}{} }
