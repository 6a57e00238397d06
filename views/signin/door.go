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
	// Begin begins to sign in to what was typed: with the address, tenant and user of the
	// profile. It may take its time. Its error says what is wrong with the address.
	Begin func(context.Context, session.Profile) (Attempt, error)
	// Addresses are those of tenants that the user knows, to complete from.
	Addresses []string
	// Also are other ways to go on: known tenants, the demo tenant.
	Also []form.Button
	// Browse opens a page in the user's browser; see [Options].
	Browse func(ctx context.Context, page string) error
	// Declined runs when the user gave up.
	Declined func()
}

// Attempt is one attempt to sign in to a tenant.
type Attempt struct {
	// Tenant is what the tenant is called, for the titles.
	Tenant text.Safe
	Flow   *session.Flow
	// Signed runs when it has led somewhere.
	Signed func(session.Done)
}

// Door asks for all that it usually takes to sign in, in one form: address, user
// and password. What else the tenant wants is asked by a [Guide].
type Door struct {
	scope   *ui.Scope
	options DoorOptions
	form    *form.Form

	stop      context.CancelFunc // ends the attempt that is under way
	askTenant bool               // the address does not tell it
	askKeep   bool               // the tenant knows only Basic
}

// Knock shows the form.
func Knock(scope *ui.Scope, o DoorOptions) *Door {
	d := &Door{scope: scope, options: o}
	d.form = form.New(form.Options{
		Title: "Sign in to a tenant", Submit: "Sign in", Also: o.Also,
		Fields: []form.Field{
			{
				Name: "address", Label: "Address", Required: true,
				Placeholder: "acme.cumulocity.com", Suggest: d.suggest,
			},
			{
				Name: "tenant", Label: "Tenant", Placeholder: "t07007007", Note: tenantNote,
				Visible: func(form.Values) bool { return d.askTenant },
			},
			{
				Name: "user", Label: "User",
				Note: "Leave user and password empty to sign in in the browser.",
			},
			{Name: "password", Label: "Password", Input: form.Secret()},
			{
				Name: "keep", Label: "Keep it", Input: form.Toggle(), Visible: func(form.Values) bool { return d.askKeep },
				Note: "The password itself, to stay signed in. Without it you are asked again.",
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

// close ends the attempt that is under way.
func (d *Door) close() {
	if d.stop != nil {
		d.stop()
	}
	d.stop = nil
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
	p := session.Profile{Address: v.Text("address"), Tenant: v.Text("tenant"), User: given.user, Origin: session.FromUser}
	ctx, stop := context.WithCancel(d.scope.Context())
	d.stop = stop
	f.Busy("Signing in …")
	type outcome struct {
		Attempt
		step session.Step
	}
	ui.Load(d.scope, func(context.Context) (outcome, error) {
		attempt, err := d.options.Begin(ctx, p)
		if err != nil {
			return outcome{}, err
		}
		step := given.advance(ctx, attempt.Flow)
		if ctx.Err() != nil {
			attempt.Flow.Close()
		}
		return outcome{attempt, step}, nil
	}, func(o outcome, err error) {
		switch {
		case ctx.Err() != nil:
		case err != nil:
			d.form.FieldFail("address", Words(err))
		default:
			d.took(o.Attempt, o.step)
		}
	})
}

// took goes on with the first step that needs the user.
func (d *Door) took(attempt Attempt, step session.Step) {
	if d.wants(step) {
		attempt.Flow.Close()
		return
	}
	d.form.Close()
	lead(d.scope, attempt.Flow, step, Options{Tenant: attempt.Tenant, Browse: d.options.Browse, Signed: attempt.Signed, Declined: d.options.Declined})
}

// wants asks in the form for what it can ask for, and reports whether it did.
func (d *Door) wants(step session.Step) bool {
	switch s := step.(type) {
	case session.NeedAddress:
		d.form.FieldFail("address", orElse(Words(s.Problem), "this is needed"))
	case session.NeedTenant:
		d.askTenant = true
		d.form.FieldFail("tenant", orElse(Words(s.Problem), "The address does not tell which tenant it is."))
	case session.NeedPassword:
		if s.Basic && !d.askKeep && s.Problem == nil {
			d.askKeep = true
			d.form.FieldFail("keep", "It wants the password with every request. May it be kept?")
			return true
		}
		missing := "password"
		if d.form.Values().Text("user") == "" {
			missing = "user"
		}
		switch {
		case s.Problem == nil:
			d.form.FieldFail(missing, "this is needed")
		case refused(s.Problem):
			d.form.Set("password", "")
			d.form.FieldFail("password", Words(s.Problem))
		default:
			d.form.Fail(Words(s.Problem))
		}
	case session.Failed:
		d.form.Fail(Words(s.Err))
	default:
		return false
	}
	return true
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
