package lobby

import (
	"context"
	"strings"
	"sync"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/ui"
	"c8yx/ui/palette"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views"
	"c8yx/views/signin"
	"c8yx/views/tenant"
)

// Gate is the way into one tenant.
type Gate interface {
	// Flow begins to sign in.
	Flow() *session.Flow
	// Tenant returns the tenant as a session of such a flow sees it; nil is a session in
	// which nobody has signed in yet.
	Tenant(*session.Session) (*tenant.Tenant, error)
}

// Options say what a [Lobby] leads to. All but Home and Gate may be nil. The funcs that
// take a context take their time, and are called beside the update loop.
type Options struct {
	// Home is the place that a tenant begins with.
	Home string
	// Gate returns the way into a tenant.
	Gate func(session.Profile) Gate
	// Known lists the tenants that the user knows, and what could not be read.
	Known func(context.Context) ([]session.Profile, []error)
	// Keeping keeps sign-ins, and has the user asked where.
	Keeping *signin.Keeping
	// Typed returns what holds for a tenant of which the user has typed the address.
	Typed func(ctx context.Context, address string) (session.Profile, error)
	// Unseal opens what is encrypted of a profile, with a passphrase that it asks for.
	Unseal func(ctx context.Context, p session.Profile, ask func(problem error) (c8yclient.Secret, error)) (session.Profile, error)
	// Demo returns the demo tenant, which it starts if need be.
	Demo func(context.Context) (session.Profile, error)
	// Browse opens a page in the user's browser.
	Browse func(ctx context.Context, page string) error
}

// Lobby opens tenants, each on a desk of its own. Its methods are for the update loop.
type Lobby struct {
	options Options
	known   []session.Profile // when they were last read
	kept    []session.Kept
	guests  sync.Mutex        // is held to change open, and to look at it beside the update loop
	open    map[string]*guest // by the ID of the desk
	all     []*session.Session
}

// guest is a tenant that is open.
type guest struct {
	profile session.Profile
	tenant  *tenant.Tenant
}

// New returns a lobby in which no tenant is open yet.
func New(o Options) *Lobby { return &Lobby{options: o, open: map[string]*guest{}} }

// Close waits until everything is kept that the tenants have renewed. Call it when the
// program has ended.
func (l *Lobby) Close() {
	for _, s := range l.all {
		s.Close()
	}
}

// Shell returns a shell that begins with a tenant; nil is for the user to say on the
// screen.
func (l *Lobby) Shell(first *session.Profile, o views.ShellOptions) (*ui.Shell, error) {
	l.options.Home = o.Home
	begin := l.porch()
	if first != nil {
		t, err := l.options.Gate(*first).Tenant(nil)
		if err != nil {
			return nil, err
		}
		begin = l.desk(*first, t)
	}
	options := o.With(begin)
	options.Empty, options.Tenants = l.porch, l.choose
	return ui.New(options), nil
}

// key is what tells open tenants apart: where, and as whom.
func key(p session.Profile) string {
	return strings.ToLower(p.Address) + " " + p.Tenant + "/" + strings.ToLower(p.User)
}

// desk returns the desk of a tenant.
func (l *Lobby) desk(p session.Profile, t *tenant.Tenant) ui.Desk {
	id := key(p)
	d := views.NewExplorer(t).Desk(l.options.Home, &views.SignIn{
		Browse: l.options.Browse,
		Left:   func(scope *ui.Scope) { scope.CloseDesk(id) },
	})
	d.ID = id
	ambient, list := d.Ambient, d.Palette
	d.Ambient = func(scope *ui.Scope) {
		l.attend(scope)
		ambient(scope)
		if l.known == nil {
			l.read(scope, func() {})
		}
	}
	d.Palette = func(scope *ui.Scope) []palette.Entry { return append(list(scope), l.entries(scope)...) }
	d.Opener = l.withBoard(t, d.Opener)
	l.seat(id, &guest{profile: p, tenant: t})
	if t.Session != nil {
		l.all = append(l.all, t.Session)
	}
	d.Closed = func() { l.seat(id, nil) }
	return d
}

// seat notes that a tenant is open on a desk, or with nil that none is any more.
func (l *Lobby) seat(id string, g *guest) {
	l.guests.Lock()
	defer l.guests.Unlock()
	if g == nil {
		delete(l.open, id)
		return
	}
	l.open[id] = g
}

// attend lets the user be asked on a desk where to keep sign-ins.
func (l *Lobby) attend(scope *ui.Scope) {
	if l.options.Keeping != nil {
		l.options.Keeping.Attend(scope)
	}
}

// find returns the desk on which a tenant is open, "" if it is on none.
func (l *Lobby) find(p session.Profile) (id string, open *guest) {
	if g := l.open[key(p)]; g != nil {
		return key(p), g
	}
	for id, g := range l.open {
		is := g.profile
		if g.tenant.Session != nil {
			is = g.tenant.Session.Profile()
		}
		if strings.EqualFold(is.Address, p.Address) && (p.Tenant == "" || p.Tenant == is.Tenant) && (p.User == "" || strings.EqualFold(p.User, is.User)) {
			return id, g
		}
	}
	return "", nil
}

// enter opens a tenant that the user knows, or shows it if it is open.
func (l *Lobby) enter(scope *ui.Scope, p session.Profile) {
	if id, open := l.find(p); open != nil && p.Address != "" {
		scope.ShowDesk(id)
		return
	}
	ui.Load(scope, func(ctx context.Context) (*guest, error) { return l.reach(ctx, scope, p) }, func(g *guest, err error) {
		if err != nil {
			scope.Toast(toast.Failure, text.Clean(p.Name)+": "+signin.Words(err))
			return
		}
		l.show(scope, g)
	})
}

// show opens the desk of a tenant, in place of the door.
func (l *Lobby) show(scope *ui.Scope, g *guest) {
	if id, open := l.find(g.profile); open != nil {
		scope.ShowDesk(id)
	} else {
		scope.OpenDesk(l.desk(g.profile, g.tenant))
	}
	scope.CloseDesk(porch)
}

// reach does what has to be done before a tenant can be opened.
func (l *Lobby) reach(ctx context.Context, scope *ui.Scope, p session.Profile) (*guest, error) {
	var err error
	switch {
	case p.Origin == session.FromDemo && p.Address == "" && l.options.Demo != nil:
		p, err = l.options.Demo(ctx)
	case l.options.Unseal != nil:
		p, err = l.options.Unseal(ctx, p, func(problem error) (c8yclient.Secret, error) {
			return signin.Passphrase(ctx, scope, signin.PassphraseQuestion{Title: "Passphrase of the c8y command line", Problem: problem})
		})
	}
	if err != nil {
		return nil, err
	}
	t, err := l.options.Gate(p).Tenant(nil)
	if err != nil {
		return nil, err
	}
	return &guest{profile: p, tenant: t}, nil
}

// demo opens the demo tenant.
func (l *Lobby) demo(scope *ui.Scope) {
	for id, g := range l.open {
		if g.profile.Origin == session.FromDemo {
			scope.ShowDesk(id)
			return
		}
	}
	l.enter(scope, session.Profile{Name: "demo", Origin: session.FromDemo})
}

// read reads which tenants there are.
func (l *Lobby) read(scope *ui.Scope, done func()) {
	type found struct {
		known []session.Profile
		wrong []error
		kept  []session.Kept
	}
	ui.Load(scope, func(ctx context.Context) (found, error) {
		f := found{known: []session.Profile{}}
		if l.options.Known != nil {
			f.known, f.wrong = l.options.Known(ctx)
		}
		if l.options.Keeping != nil {
			f.kept, _ = l.options.Keeping.List(ctx) // what is wrong with it, Known has said
		}
		return f, nil
	}, func(f found, _ error) {
		l.known, l.kept = f.known, f.kept
		for _, err := range f.wrong {
			scope.Toast(toast.Caution, text.Clean(err.Error()))
		}
		done()
	})
}

// entries are the tenants that are not open, as lines of the palette.
func (l *Lobby) entries(scope *ui.Scope) []palette.Entry {
	lines := []palette.Entry{{
		Title: "Open tenants side by side", Aliases: board + " all tenants overview", Kind: "view",
		Run: func() { scope.Open(board) },
	}}
	for _, p := range l.known {
		if _, open := l.find(p); open != nil || p.Origin == session.FromDemo && l.options.Demo == nil {
			continue
		}
		lines = append(lines, palette.Entry{
			Title: text.Clean(p.Name), Aliases: p.Address + " " + p.User + " tenant", Kind: "tenant",
			Run: func() { l.enter(scope, p) },
		})
	}
	return lines
}
