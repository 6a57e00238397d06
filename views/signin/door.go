package signin

import (
	"context"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
)

// DoorOptions say where a [Door] leads.
type DoorOptions struct {
	Options
	// Begin begins to sign in to what was typed.
	Begin func(session.Profile) *session.Flow
	// Profile is what the form begins with.
	Profile session.Profile
	// Addresses are those of tenants that the user knows, to complete from.
	Addresses []string
	// Also are other ways to go on: known tenants, the demo tenant.
	Also []form.Button
}

// Door asks for all that it usually takes to sign in, in one form: address, user
// and password. What else the tenant wants is asked by a [Guide].
type Door struct {
	scope   *ui.Scope
	options DoorOptions
	form    *form.Form

	flow      *session.Flow
	stop      context.CancelFunc
	askTenant bool // the address does not tell it
	askKeep   bool // the tenant knows only Basic
}

// Knock shows the form.
func Knock(scope *ui.Scope, o DoorOptions) *Door {
	d := &Door{scope: scope, options: o}
	d.form = form.New(form.Options{
		Title: "Sign in to a tenant", Submit: "Sign in", Also: o.Also,
		Fields: []form.Field{
			{
				Name: "address", Label: "Address", Required: true, Value: o.Profile.Address,
				Placeholder: "acme.cumulocity.com", Suggest: d.suggest,
			},
			{
				Name: "tenant", Label: "Tenant", Value: o.Profile.Tenant, Placeholder: "t07007007", Note: tenantNote,
				Visible: func(form.Values) bool { return d.askTenant || o.Profile.Tenant != "" },
			},
			{
				Name: "user", Label: "User", Value: o.Profile.User,
				Note: "Leave user and password empty to sign in in the browser.",
			},
			{Name: "password", Label: "Password", Input: form.Secret()},
			{
				Name: "keep", Label: "Keep it", Input: form.Toggle(), Visible: func(form.Values) bool { return d.askKeep },
				Note: "This tenant gives no tokens. To stay signed in, the password itself would have to be kept.",
			},
		},
		Accept: d.enter,
		Cancel: func() {
			d.close()
			if o.Declined != nil {
				o.Declined()
			}
		},
		Stop: func(f *form.Form) {
			d.close()
			f.Tell("Stopped. What you have typed is still here.")
		},
	})
	scope.Show(d.form)
	return d
}

// Close takes the form away.
func (d *Door) Close() {
	d.close()
	d.form.Close()
}

// Done reports whether the form is gone.
func (d *Door) Done() bool { return d.form.Done() }

// close ends the sign-in that is under way.
func (d *Door) close() {
	if d.stop != nil {
		d.stop()
	}
	if d.flow != nil {
		d.flow.Close()
	}
	d.stop, d.flow = nil, nil
}

func (d *Door) suggest(typed string) (found []string) {
	for _, a := range d.options.Addresses {
		if text.Contains(text.Clean(a), typed) {
			found = append(found, a)
		}
	}
	return found
}

// enter begins to sign in with what was typed. Each time it begins anew: what was
// wrong may have been the address.
func (d *Door) enter(f *form.Form, v form.Values) {
	d.close()
	given := given{
		user: v.Text("user"), password: c8yclient.Secret(v.Hidden("password")), keep: v.On("keep"), mayKeep: v.Has("keep"),
	}
	if given.user == "" && given.password != "" {
		f.FieldFail("user", "this is needed")
		return
	}
	p := d.options.Profile
	p.Address, p.User, p.Tenant = v.Text("address"), given.user, v.Text("tenant")
	flow := d.options.Begin(p)
	ctx, stop := context.WithCancel(d.scope.Context())
	d.flow, d.stop = flow, stop
	f.Busy("Signing in …")
	ui.Load(d.scope, func(context.Context) (session.Step, error) { return given.advance(ctx, flow), nil }, func(step session.Step, _ error) {
		if ctx.Err() != nil {
			return
		}
		stop()
		d.took(step)
	})
}

// took goes on with the first step that needs the user.
func (d *Door) took(step session.Step) {
	switch s := step.(type) {
	case session.NeedAddress:
		d.form.FieldFail("address", orElse(Words(s.Problem), "this is needed"))
		return
	case session.NeedTenant:
		d.askTenant = true
		d.form.FieldFail("tenant", orElse(Words(s.Problem), "The address does not tell which tenant it is."))
		return
	case session.NeedPassword:
		if s.Basic && !d.askKeep && s.Problem == nil {
			d.askKeep = true
			d.form.FieldFail("keep", "The tenant wants the password with every request. May it be kept?")
			return
		}
		if s.Problem != nil {
			d.form.Set("password", "")
		}
		missing := "password"
		if d.form.Values().Text("user") == "" {
			missing = "user"
		}
		d.form.FieldFail(missing, orElse(Words(s.Problem), "this is needed"))
		return
	case session.Failed:
		d.form.Fail(Words(s.Err))
		return
	}
	d.form.Close()
	flow := d.flow
	d.flow = nil // the guide's from now on
	lead(d.scope, flow, step, d.options.Options)
}

func orElse(said, otherwise text.Safe) text.Safe {
	if said == "" {
		return otherwise
	}
	return said
}

// given is what was typed before the tenant was asked what it wants.
type given struct {
	user     string
	password c8yclient.Secret
	keep     bool
	mayKeep  bool // the user was asked whether to
}

// advance answers the steps that ask for what was given already, and returns the
// first that does not.
func (g given) advance(ctx context.Context, flow *session.Flow) session.Step {
	step := flow.Next(ctx)
	for range 3 { // a method, a password, and nothing twice
		switch s := step.(type) {
		case session.NeedMethod:
			id := passwordMethod(s.Methods)
			if g.password == "" || s.Problem != nil || id == "" {
				return step
			}
			step = flow.Answer(ctx, session.Answer{Method: id})
		case session.NeedPassword:
			if g.password == "" || s.Problem != nil || s.Basic && !g.mayKeep {
				return step
			}
			return flow.Answer(ctx, session.Answer{User: g.user, Password: g.password, KeepPassword: g.keep})
		default:
			return step
		}
	}
	return step
}

// passwordMethod returns the way that takes a password: who has typed one wants it.
func passwordMethod(methods []session.Method) string {
	for _, m := range methods {
		if m.Type == "OAUTH2_INTERNAL" || m.Type == "BASIC" {
			return m.ID
		}
	}
	return ""
}
