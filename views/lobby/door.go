package lobby

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/signin"
)

// porch is the ID of the desk on which nobody is signed in.
const porch = "signin"

// porch returns the desk that is shown while no tenant is open: with the form of the
// first sign-in.
func (l *Lobby) porch() ui.Desk {
	return ui.Desk{
		ID: porch, Title: "sign in", Home: porch,
		Opener: func(string) (ui.View, error) { return &outside{lobby: l}, nil },
		Ambient: func(scope *ui.Scope) {
			scope.SetHeader(ui.Header{Left: []ui.Badge{{Span: ui.Span{Text: "c8yx", Role: theme.Accent}}}})
			l.attend(scope)
			l.read(scope, func() { l.receive(scope) })
		},
	}
}

// receive lets the user choose between the tenants that he knows, or asks for one if
// there are none.
func (l *Lobby) receive(scope *ui.Scope) {
	for _, p := range l.known {
		if p.Origin != session.FromDemo {
			l.choose(scope)
			return
		}
	}
	l.knock(scope)
}

// knock asks for a tenant that the user has to name.
func (l *Lobby) knock(scope *ui.Scope) {
	o := signin.DoorOptions{
		Browse: l.options.Browse,
		Begin: func(ctx context.Context, p session.Profile) (signin.Attempt, error) {
			p, err := l.treated(ctx, p)
			if err != nil {
				return signin.Attempt{}, err
			}
			gate := l.options.Gate(p)
			return signin.Attempt{Tenant: text.Clean(host(p.Address)), Flow: gate.Flow(), Signed: func(done session.Done) { l.signed(scope, gate, p, done) }}, nil
		},
	}
	for _, p := range l.known {
		if p.Address != "" {
			o.Addresses = append(o.Addresses, p.Address)
		}
	}
	if l.options.Demo != nil {
		o.Also = append(o.Also, form.Button{Key: "ctrl+t", Title: "Try the demo tenant", Run: func(f *form.Form) {
			f.Close()
			l.demo(scope)
		}})
	}
	if len(l.rows(scope.Desks())) > 0 {
		o.Also = append(o.Also, form.Button{Key: "ctrl+k", Title: "Choose a tenant that you know", Run: func(f *form.Form) {
			f.Close()
			l.choose(scope)
		}})
	}
	signin.Knock(scope, o)
}

// treated returns the profile as the user wants such a tenant to be treated, whoever signs
// in there.
func (l *Lobby) treated(ctx context.Context, p session.Profile) (session.Profile, error) {
	if l.options.Typed == nil {
		return p, nil
	}
	known, err := l.options.Typed(ctx, p.Address)
	if err != nil {
		return p, err
	}
	p.Address, p.TLS = known.Address, known.TLS
	p.Mode, p.ReadOnly, p.Colour = known.Mode, known.ReadOnly, known.Colour
	return p, nil
}

// signed opens the tenant to which the user has signed in.
func (l *Lobby) signed(scope *ui.Scope, gate Gate, p session.Profile, done session.Done) {
	if done.NotKept != nil {
		scope.Toast(toast.Caution, "Signed in for this session only: "+text.Clean(done.NotKept.Error()))
	}
	is := done.Session.Profile()
	p.Address, p.Tenant, p.User = is.Address, is.Tenant, is.User
	ui.Load(scope, func(context.Context) (*guest, error) {
		t, err := gate.Tenant(done.Session)
		return &guest{profile: p, tenant: t}, err
	}, func(g *guest, err error) {
		if err != nil {
			scope.Toast(toast.Failure, signin.Words(err))
			return
		}
		l.show(scope, g)
	})
}

// outside is the view of nobody's desk.
type outside struct {
	lobby         *Lobby
	scope         *ui.Scope
	width, height int
}

// Open does nothing: what there is to ask comes when it is known which tenants there are.
func (o *outside) Open(scope *ui.Scope) { o.scope = scope }

func (o *outside) Place() string            { return porch }
func (o *outside) Title() text.Safe         { return "Sign in" }
func (o *outside) Status() []ui.Span        { return nil }
func (o *outside) Resize(width, height int) { o.width, o.height = width, height }
func (o *outside) Key(tea.KeyPressMsg) bool { return false }

// Render says what can be done here.
func (o *outside) Render(th *theme.Theme) string {
	return ui.Notice(th, theme.Muted, "No tenant is open. enter signs in to one, t lists those that you know, d tries the demo tenant.", o.width, o.height)
}

// Actions are the ways on.
func (o *outside) Actions() []ui.Action {
	return []ui.Action{
		{Action: keys.EnterTenant, Run: func() { o.lobby.knock(o.scope) }},
		{Action: keys.EnterDemo, Run: func() { o.lobby.demo(o.scope) }, Disabled: func() string {
			if o.lobby.options.Demo == nil {
				return "there is none"
			}
			return ""
		}},
	}
}
