package views

import (
	"context"
	"errors"
	"time"

	"c8yx/keys"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/signin"
	"c8yx/views/tenant"
)

// SignIn says what happens when a session cannot go on without its user.
type SignIn struct {
	// Browse opens a page in the user's browser; nil if there is none.
	Browse func(ctx context.Context, page string) error
	// Left runs when the user has signed out, or did not want to sign in at all.
	Left func(*ui.Scope)
}

// staying keeps a user signed in: it asks him when the tenant has ended the session,
// over whatever he looks at, and says in time when it is going to end. A tenant
// whose session is somebody else's business has none of it.
type staying struct {
	tenant  *tenant.Tenant
	options *SignIn
	scope   *ui.Scope
	signed  func() // says that the user is signed in, again or for the first time
	changed func() // says that the header is out of date

	ever     bool // the user has been signed in
	asking   bool
	missed   bool      // something was refused for good while nobody was signed in
	reminded time.Time // the end of the session of which the user knows
	again    func()    // calls the next look at the clock off
}

// When a user is told that his session is going to end.
const (
	endsSoon     = time.Hour
	endsVerySoon = 10 * time.Minute
)

// session returns the session, nil if there is none that anybody asks for.
func (s *staying) session() *session.Session {
	if s.options == nil {
		return nil
	}
	return s.tenant.Session
}

// open begins to answer the session's questions.
func (s *staying) open(scope *ui.Scope) {
	s.scope = scope
	if own := s.session(); own != nil {
		own.SetAsker(func(q session.Question) { scope.Hand(func() { s.ask(q) }) }) // a request asks
	}
}

// ask leads the user through the one question for all requests that wait.
func (s *staying) ask(q session.Question) {
	s.asking = true
	s.scope.Park(true)
	reason := text.Safe("")
	if s.ever && q.Reason != nil {
		reason = signin.Words(q.Reason)
	}
	settled := func() {
		s.asking = false
		s.scope.Park(false)
	}
	signin.Lead(s.scope.ForQuestion(), q.Flow, signin.Options{
		Tenant: text.Clean(s.tenant.Called()), Reason: reason, Browse: s.options.Browse,
		Signed: func(done session.Done) {
			settled()
			s.welcome(done)
		},
		Declined: func() {
			q.Decline()
			settled()
			s.declined()
		},
	})
	s.changed()
}

// welcome goes on after a sign-in. What waited goes on by itself; what had failed
// before is read again.
func (s *staying) welcome(done session.Done) {
	again := s.ever
	s.ever = true
	if done.NotKept != nil {
		s.scope.Toast(toast.Caution, "Signed in for this session only: "+text.Clean(done.NotKept.Error()))
	} else if again {
		s.scope.Toast(toast.Success, "Signed in as "+text.Clean(done.Session.User()))
	}
	s.signed()
	if s.missed {
		s.missed = false
		s.scope.Refresh()
	}
}

// declined goes on without. Who never was signed in has nothing to look at.
func (s *staying) declined() {
	if !s.ever && s.options.Left != nil {
		s.options.Left(s.scope)
		return
	}
	s.missed = true
	s.changed()
}

// out reports whether nobody is signed in any more, and nobody is being asked.
func (s *staying) out() bool {
	own := s.session()
	return own != nil && !s.asking && own.Over() != nil
}

// badge tells what the header says of the session; "" for nothing. It comes back when
// that changes.
func (s *staying) badge() ui.Badge {
	own := s.session()
	switch {
	case own == nil:
		return ui.Badge{}
	case s.out():
		return ui.Badge{Span: ui.Span{Text: "signed out", Role: theme.Critical}}
	}
	end := own.Expires()
	if end.IsZero() || !own.SignedIn() {
		return ui.Badge{}
	}
	left := time.Until(end)
	s.remind(end, left, own.Renews())
	s.look(left)
	b := ui.Badge{Rank: 1, Span: ui.Span{Text: "session " + text.Span(left), Role: theme.Chrome}}
	switch {
	case own.Renews():
	case left < endsVerySoon:
		b.Rank, b.Role = 0, theme.Major
	case left < endsSoon:
		b.Rank, b.Role = 0, theme.Minor
	}
	return b
}

// look comes back when the badge says something else.
func (s *staying) look(left time.Duration) {
	if s.again != nil {
		s.again()
	}
	unit := 24 * time.Hour
	switch {
	case left <= 0:
		return
	case left <= time.Minute:
		unit = 10 * time.Second
	case left <= time.Hour:
		unit = time.Minute
	case left <= 48*time.Hour:
		unit = time.Hour
	}
	s.again = s.scope.After(left%unit+time.Millisecond, s.changed)
}

// remind says once, quietly, that the session is going to end, and once more shortly
// before. One that renews itself is none of the user's business.
func (s *staying) remind(end time.Time, left time.Duration, renews bool) {
	at := end
	switch {
	case renews || left <= 0 || left > endsSoon:
		return
	case left > endsVerySoon:
		at = end.Add(-endsVerySoon)
	}
	if s.reminded.Equal(at) {
		return
	}
	s.reminded = at
	s.scope.Toast(toast.Caution, "This session ends in "+text.Span(left)+". "+s.scope.Key(keys.SignIn)+" signs in anew now.")
}

// actions are what a user can do about his session.
func (s *staying) actions() []ui.Action {
	own := s.session()
	none := func() string {
		switch {
		case own == nil:
			return "c8yx has not signed in here"
		case s.asking:
			return "you are being asked already"
		}
		return ""
	}
	return []ui.Action{
		{Action: keys.SignIn, Disabled: none, Run: func() { own.Ask() }},
		{Action: keys.SignOut, Disabled: none, Run: s.signOut},
	}
}

// signOut asks whether to end the session, and does.
func (s *staying) signOut() {
	name := text.Clean(s.tenant.Called())
	s.scope.Show(&dialog.Confirm{
		Title: "Sign out", Question: "Sign out of " + name + "?", Yes: "Sign out",
		Details: []text.Safe{"The session ends, and what is kept of it on this machine is removed."},
		Accept: func() {
			own := s.session()
			ui.Load(s.scope, own.Logout, func(page string, err error) { s.signedOut(name, page, err) })
		},
	})
}

// signedOut says how that went, and where else there is a session to end.
func (s *staying) signedOut(name text.Safe, page string, err error) {
	if err != nil {
		s.scope.Toast(toast.Failure, "Signed out of "+name+" here: "+signin.Words(err))
	} else {
		s.scope.Toast(toast.Success, "Signed out of "+name)
	}
	if page != "" {
		s.elsewhere(page)
	}
	if s.options.Left != nil {
		s.options.Left(s.scope)
		return
	}
	s.changed()
}

// elsewhere opens the page on which somebody else's session ends.
func (s *staying) elsewhere(page string) {
	said := "To end the session at the identity provider too, open " + text.Clean(page)
	if s.options.Browse == nil {
		s.scope.Toast(toast.Info, said)
		return
	}
	browse := s.options.Browse
	ui.Load(s.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, browse(context.WithoutCancel(ctx), page)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.scope.Toast(toast.Info, said)
		}
	})
}

// signedOutOf reports whether an error means that nobody is signed in.
func signedOutOf(err error) bool {
	return errors.Is(err, session.ErrDeclined) || errors.Is(err, session.ErrSignedOut)
}
