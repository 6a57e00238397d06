package signin

import (
	"context"
	"errors"
	"fmt"

	"c8yx/session"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// Options say what a [Guide] leads to.
type Options struct {
	// Tenant is what the tenant is called, for the titles.
	Tenant text.Safe
	// Reason says why the user is asked, in sentences; "" if he knows.
	Reason text.Safe
	// Browse opens a page in the user's browser. It may take its time. An error means
	// that there is no browser: the page is shown anyway. nil is the same.
	Browse func(ctx context.Context, page string) error
	// Signed runs when the user is signed in.
	Signed func(session.Done)
	// Declined runs when he gave up.
	Declined func()
}

// Guide leads a user through one sign-in: it shows each step of the flow, and
// only those. All of it happens on the update loop.
type Guide struct {
	scope   *ui.Scope
	flow    *session.Flow
	options Options

	step  string     // the kind of step that is shown
	form  *form.Form // that asks for it, nil if something else does
	over  interface{ Close() }
	stop  context.CancelFunc // ends the request that is under way
	ended bool
}

// Lead begins to lead through a flow, with its present step.
func Lead(scope *ui.Scope, flow *session.Flow, o Options) *Guide {
	g := &Guide{scope: scope, flow: flow, options: o}
	g.run(flow.Next)
	return g
}

// lead goes on with a step that somebody else got.
func lead(scope *ui.Scope, flow *session.Flow, step session.Step, o Options) *Guide {
	g := &Guide{scope: scope, flow: flow, options: o}
	g.show(step)
	return g
}

// run asks the flow for the next step, beside the update loop. One question runs at
// a time: whoever asks the next one has stopped the one before.
func (g *Guide) run(ask func(context.Context) session.Step) {
	ctx, stop := context.WithCancel(g.scope.Context())
	g.stop = stop
	ui.Load(g.scope, func(context.Context) (session.Step, error) { return ask(ctx), nil }, func(step session.Step, _ error) {
		g.took(ctx, stop, step)
	})
}

// await is run for what the user does elsewhere, which may take him any time.
func (g *Guide) await(happens func(context.Context) session.Step) {
	ctx, stop := context.WithCancel(g.scope.Context())
	g.stop = stop
	g.scope.Go(func(context.Context) {
		step := happens(ctx)
		g.scope.Post(func() { g.took(ctx, stop, step) })
	})
}

// took shows a step, unless it was stopped meanwhile.
func (g *Guide) took(ctx context.Context, stop context.CancelFunc, step session.Step) {
	stopped := ctx.Err() != nil
	stop()
	if !g.ended && !stopped {
		g.show(step)
	}
}

// halt stops the request that is under way; its answer counts no more.
func (g *Guide) halt() {
	if g.stop != nil {
		g.stop()
	}
}

// answer gives the flow what a form holds.
func (g *Guide) answer(f *form.Form, doing text.Safe, a session.Answer) {
	f.Busy(doing)
	g.run(func(ctx context.Context) session.Step { return g.flow.Answer(ctx, a) })
}

// show shows a step. The same kind of step again keeps its form, with what is
// wrong.
func (g *Guide) show(step session.Step) {
	kind := fmt.Sprintf("%T", step)
	again := kind == g.step && g.form != nil && !g.form.Done()
	g.step = kind
	switch s := step.(type) {
	case session.Done:
		g.finish()
		g.options.Signed(s)
	case session.Failed:
		g.failed(s.Err)
	case session.NeedAddress:
		g.failed(s.Problem)
	case session.NeedTenant:
		g.refill(again, s.Problem, "tenant", g.tenant)
	case session.NeedMethod:
		g.method(s)
	case session.NeedPassword:
		g.refill(again, s.Problem, "password", func() form.Options { return g.password(s) })
	case session.NeedTOTP:
		g.refill(again, s.Problem, "code", g.totp)
	case session.NeedSMS:
		g.sms(again, s)
	case session.NeedPhone:
		g.refill(again, s.Problem, "phone", g.phone)
	case session.NeedNewPassword:
		g.refill(again, s.Problem, "new", func() form.Options { return g.newPassword(s) })
	case session.NeedTOTPSetup:
		g.setup(s)
	case session.NeedBrowser:
		g.browser(s)
	case session.NeedDevice:
		g.device(s)
	default:
		g.failed(errors.New("this version of c8yx does not know what the tenant asks for: " + kind))
	}
}

// refill asks for what a step needs: in the form that is open for that kind of step
// already, or in a new one. The field that was refused is emptied.
func (g *Guide) refill(again bool, problem error, field string, options func() form.Options) {
	if !again {
		g.open(options())
	}
	if problem == nil {
		return
	}
	if refused(problem) {
		g.form.Set(field, "")
	}
	g.form.Fail(Words(problem))
}

// open shows a form in place of what was shown before.
func (g *Guide) open(o form.Options) {
	g.close()
	if g.options.Reason != "" {
		o.Intro = append([]text.Safe{g.options.Reason}, o.Intro...)
		g.options.Reason = "" // with the first step only
	}
	o.Cancel = g.decline
	o.Stop = func(f *form.Form) {
		g.halt()
		f.Tell("Stopped. What you have typed is still here.")
	}
	g.form = form.New(o)
	g.over = g.form
	g.scope.Show(g.form)
}

// cover shows something that is no form in place of what was shown before.
func (g *Guide) cover(o interface {
	ui.Overlay
	Close()
},
) {
	g.close()
	g.over = o
	g.scope.Show(o)
}

func (g *Guide) close() {
	if g.over != nil {
		g.over.Close()
	}
	g.form, g.over = nil, nil
}

// finish ends the guide; the flow is done with.
func (g *Guide) finish() {
	g.ended = true
	g.halt()
	g.close()
}

// decline gives up.
func (g *Guide) decline() {
	if g.ended {
		return
	}
	g.finish()
	g.flow.Close()
	if g.options.Declined != nil {
		g.options.Declined()
	}
}

// title is the title of everything that is asked.
func (g *Guide) title() text.Safe {
	if g.options.Tenant == "" {
		return "Sign in"
	}
	return "Sign in to " + g.options.Tenant
}

// failed says why there is no way on, and offers to begin again.
func (g *Guide) failed(err error) {
	g.open(form.Options{
		Title: g.title(), Intro: []text.Safe{Words(err)}, Submit: "Try again",
		Accept: func(f *form.Form, _ form.Values) {
			f.Busy("Asking the tenant …")
			g.run(g.flow.Next)
		},
	})
}

// back is the way to another user, password or method.
func (g *Guide) back() form.Button {
	return form.Button{Title: "Another user or another way to sign in", Run: func(f *form.Form) {
		f.Busy("Asking the tenant …")
		g.run(g.flow.Back)
	}}
}

// copied puts something on the clipboard.
func (g *Guide) copied(what text.Safe, content string) { g.scope.CopySecret(what, content) }

// browse opens a page in the user's browser, if there is one.
func (g *Guide) browse(page string) {
	if g.options.Browse == nil {
		return
	}
	ui.Load(g.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, g.options.Browse(ctx, page)
	}, func(_ struct{}, err error) {
		if err != nil {
			g.scope.Toast(toast.Caution, "No browser could be opened here. Open the page by hand.")
		}
	})
}

// method asks how to sign in.
func (g *Guide) method(s session.NeedMethod) {
	g.close()
	intro := g.options.Reason
	g.options.Reason = ""
	if s.Problem != nil {
		intro = Words(s.Problem)
	}
	choose := &dialog.Choose{Title: g.title() + ": how?", Intro: intro, Cancel: g.decline}
	for _, m := range s.Methods {
		title, note := methodWords(m)
		choose.Choices = append(choose.Choices, dialog.Choice{Title: title, Note: note, Run: func() {
			g.run(func(ctx context.Context) session.Step { return g.flow.Answer(ctx, session.Answer{Method: m.ID}) })
		}})
	}
	g.scope.Show(choose)
}

// methodWords say what a way to sign in is.
func methodWords(m session.Method) (title, note text.Safe) {
	title = text.Clean(m.Title)
	switch {
	case title != "" && m.Type == "OAUTH2":
		return title, "in the browser"
	case m.Type == "BASIC":
		return title, "sent with every request"
	case title != "":
		return title, ""
	case m.Type == session.ByDevice:
		return "With a code on another device", ""
	case m.Type == "OAUTH2":
		return "In the browser", ""
	}
	return "User and password", ""
}
