package cmd

import (
	"cmp"
	"context"
	"errors"
	"os"
	"sync"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/directory"
	"c8yx/ui"
	"c8yx/ui/clipboard"
	"c8yx/ui/text"
	"c8yx/views"
	"c8yx/views/lobby"
	"c8yx/views/signin"
	"c8yx/views/tenant"
)

// explorer makes the shell for somebody who is there to be asked: of the tenant that he names, or with
// the choice between those that he knows, or with the first sign-in. The place is checked here, so
// that a wrong one is said at once. closing ends what was begun for it.
func (f *flags) explorer(ctx context.Context, place string, streams Streams) (shell *ui.Shell, closing func(), err error) {
	k, err := f.known()
	if err != nil {
		return nil, nil, err
	}
	options := views.ShellOptions{
		Home: cmp.Or(place, k.DefaultPlace, "overview"), Keys: k.Keys, Clipboard: clipboard.RouteOf(os.Getenv), Notices: notices(k),
	}
	if options.Palette, options.Dark, options.FixedTheme, err = f.look(k.Config); err != nil {
		return nil, nil, err
	}
	if err := exists(options.Home); err != nil {
		if place != "" {
			return nil, nil, usageError{err}
		}
		options.Home = "overview"
		options.Notices = append(options.Notices, text.Clean("default_place in the configuration: "+err.Error()))
	}
	kept, err := f.keeping(streams)
	if err != nil {
		return nil, nil, err
	}
	keeping, show := signin.NewKeeping(kept), &showroom{flags: f}
	k.Keeper = keeping
	l := lobby.New(f.lobby(k, keeping, show))
	closing = func() {
		l.Close()
		show.close()
	}
	first, err := f.first(ctx, k, show)
	if err == nil {
		shell, err = l.Shell(first, options)
	}
	if err != nil {
		closing()
		return nil, nil, err
	}
	return shell, closing, nil
}

// exists returns why there is no such place, nil if there is.
func exists(place string) error {
	nowhere, err := c8yclient.New("https://localhost")
	if err != nil {
		return err
	}
	_, err = views.NewExplorer(tenant.New(nowhere, session.Profile{})).Open(place)
	return err
}

// first returns the tenant to begin with; nil if the user has to say on the screen.
func (f *flags) first(ctx context.Context, k known, show *showroom) (*session.Profile, error) {
	p, err := f.choose(ctx, k)
	switch {
	case errors.Is(err, directory.ErrNone), errors.Is(err, directory.ErrUndecided):
		return nil, nil
	case err != nil:
		return nil, plight(err)
	case p.Origin != session.FromDemo:
		p, err = k.Unseal(p, askPassphrase(ctx))
		return &p, err
	}
	started, err := show.open(ctx)
	started.ReadOnly = p.ReadOnly || f.readOnly
	return &started, err
}

// lobby says what the lobby leads to.
func (f *flags) lobby(k known, keeping *signin.Keeping, show *showroom) lobby.Options {
	return lobby.Options{
		Keeping: keeping,
		Gate: func(p session.Profile) lobby.Gate {
			if p.Origin == session.FromDemo { // it ends with the program: nothing is kept of it anywhere
				return access{profile: p}.gate()
			}
			return access{profile: p, keeper: keeping, state: remembered(p)}.gate()
		},
		Known: func(ctx context.Context) ([]session.Profile, []error) {
			l := k.Read(ctx)
			for i := range l.Profiles {
				f.treat(&l.Profiles[i])
			}
			return l.Profiles, l.Problems
		},
		Typed: func(ctx context.Context, address string) (session.Profile, error) {
			p, err := k.Read(ctx).Typed(address)
			f.treat(&p)
			return p, err
		},
		Unseal: func(_ context.Context, p session.Profile, ask func(error) (c8yclient.Secret, error)) (session.Profile, error) {
			return k.Unseal(p, ask)
		},
		Demo:   show.open,
		Browse: signin.Browse,
	}
}

// treat adds what the flags say about every tenant.
func (f *flags) treat(p *session.Profile) {
	p.ReadOnly = p.ReadOnly || f.readOnly
	f.trust(&p.TLS)
}

// showroom is the demo tenant of an explorer, which is made when somebody wants to see it.
type showroom struct {
	flags *flags

	mu      sync.Mutex
	company *company
}

// open returns the demo tenant's profile.
func (s *showroom) open(context.Context) (session.Profile, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.company == nil {
		options, err := s.flags.company.options()
		if err != nil {
			return session.Profile{}, err
		}
		made, err := found(context.Background(), options) // it lives as long as the program, whoever asked
		if err != nil {
			return session.Profile{}, err
		}
		s.company = made
	}
	return s.company.access().profile, nil
}

func (s *showroom) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.company != nil {
		s.company.close()
	}
}
