package views

import (
	"cmp"
	"context"
	"errors"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/tenant"
)

// pulse keeps the header true: which tenant, which user, whether changes
// arrive live. It is also what signs in first: where there is nobody to ask, a
// wrong password ends the program with one clear line instead of filling the
// screen.
type pulse struct {
	tenant *tenant.Tenant
	scope  *ui.Scope
	stay   *staying

	address string // what the tenant calls itself, until then the host
	name    string // of the tenant
	user    string
	asking  bool // who and where we are
	signed  bool
	problem text.Safe // why that is not known yet
	live    tenant.Liveness
}

func newPulse(t *tenant.Tenant, signIn *SignIn) *pulse {
	p := &pulse{tenant: t, address: t.Client.BaseURL().Host, user: t.Profile.User}
	p.stay = &staying{tenant: t, options: signIn, signed: p.ask, changed: p.say}
	return p
}

// StartError ends a program that could not even begin: the tenant did not let
// the user in, or did not answer.
type StartError struct {
	Address string
	Err     error
}

func (e *StartError) Error() string { return e.Address + ": " + e.Err.Error() }

// Unwrap returns what the client said.
func (e *StartError) Unwrap() error { return e.Err }

// who is what the tenant says about itself and the user.
type who struct {
	tenant *c8yclient.CurrentTenant
	user   *c8yclient.CurrentUser
}

// open begins with what is known without asking.
func (p *pulse) open(scope *ui.Scope) {
	p.scope = scope
	p.stay.open(scope)
	p.tenant.Jobs.Attach(scope)
	scope.Guard(p.tenant.Jobs.Running)
	p.say()
	p.ask()
	p.scope.Go(func(ctx context.Context) {
		for range p.tenant.Transfers.Changes(ctx) {
			p.scope.Post(p.say)
		}
	})
	p.scope.Go(func(ctx context.Context) {
		for live := range p.tenant.Liveness(ctx) {
			p.scope.Post(func() {
				p.live = live
				p.say()
				if live.State == realtime.Refused {
					p.ask() // a call tells what the connection does not: that the session has ended
				}
			})
		}
	})
}

// actions are those that concern the tenant as a whole, wherever the user is.
func (p *pulse) actions(scope *ui.Scope) []ui.Action {
	return append(lockActions(p.tenant, scope, p.say), p.stay.actions()...)
}

// ask signs in and learns who and where we are.
func (p *pulse) ask() {
	p.say()
	if p.asking {
		return
	}
	p.asking = true
	ui.Load(p.scope, func(ctx context.Context) (who, error) {
		var w who
		var err error
		if w.user, err = p.tenant.Client.CurrentUser.Get(ctx); err != nil {
			return w, err
		}
		w.tenant, err = p.tenant.Client.Tenant.Current(ctx, nil)
		if errors.Is(err, c8yclient.ErrForbidden) {
			err = nil // some users may not read their tenant; the address must do
		}
		return w, err
	}, func(w who, err error) {
		p.asking = false
		switch {
		case err == nil:
		case p.stay.session() == nil && !p.signed && final(err):
			p.scope.Fail(&StartError{Address: p.tenant.Profile.Address, Err: err})
			return
		case signedOutOf(err):
			p.say()
			return
		default:
			p.problem = fault.Short(err)
			p.say()
			p.scope.After(5*time.Second, p.ask)
			return
		}
		p.signed, p.stay.ever, p.problem = true, true, ""
		p.user = w.user.UserName
		var permissions []string
		for _, role := range w.user.EffectiveRoles {
			permissions = append(permissions, role.Name)
		}
		p.tenant.SetPermissions(permissions)
		if w.tenant != nil {
			p.name = w.tenant.Name
			p.tenant.SetID(p.name)
			p.address = cmp.Or(w.tenant.DomainName, p.address)
		}
		p.say()
	})
}

// final reports whether a failure at the very start ends the program: asking
// again would not help.
func final(err error) bool {
	return errors.Is(err, c8yclient.ErrUnauthorized) || errors.Is(err, c8yclient.ErrTransport) ||
		errors.Is(err, c8yclient.ErrTenantUnavailable) || errors.Is(err, c8yclient.ErrRedirected) ||
		errors.Is(err, c8yclient.ErrUnreadable) || errors.Is(err, c8yclient.ErrNotFound)
}

// say writes the header.
func (p *pulse) say() {
	badge := func(rank int, role theme.Role, s string) ui.Badge {
		return ui.Badge{Rank: rank, Span: ui.Span{Text: text.Clean(s), Role: role}}
	}
	left := []ui.Badge{badge(0, theme.Accent, "c8yx")}
	switch own := p.tenant.Profile; {
	case (own.Origin == session.FromConfig || own.Origin == session.FromC8Y) && own.Name != p.address:
		// What the user calls it is what he knows it by.
		left = append(left, badge(0, theme.ChromeStrong, own.Name), badge(4, theme.Chrome, p.address))
	default:
		left = append(left, badge(0, theme.ChromeStrong, p.address))
	}
	if p.name != "" {
		left = append(left, badge(3, theme.Chrome, p.name))
	}
	if p.user != "" {
		left = append(left, badge(2, theme.Chrome, p.user))
	}
	var right []ui.Badge
	if moving := p.tenant.Transfers.Running(); moving != "" {
		right = append(right, ui.Badge{Span: ui.Span{Text: "⇅ " + moving, Role: theme.Busy}})
	}
	switch {
	case p.stay.out():
	case !p.signed && p.problem != "":
		right = append(right, ui.Badge{Span: ui.Span{Text: "○ " + p.problem, Role: theme.Minor}})
	case !p.signed:
		right = append(right, badge(0, theme.Busy, "signing in …"))
	case p.live.State == realtime.Live:
		right = append(right, badge(1, theme.Good, "● live"))
	case p.live.State == realtime.Lost, p.live.State == realtime.Refused:
		right = append(right, badge(0, theme.Minor, "○ not live since "+p.live.Since.Local().Format("15:04:05")))
	}
	if b := p.stay.badge(); b.Text != "" {
		right = append(right, b)
	}
	p.scope.SetHeader(ui.Header{Left: left, Right: append(right, marks(p.tenant)...)})
}
