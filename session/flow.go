package session

import (
	"cmp"
	"context"
	"net/http"

	"c8yx/c8yclient"
)

// FlowOptions say how to sign in.
type FlowOptions struct {
	// Transport sends the requests, in place of the network with [Profile.TLS]. Whoever gives
	// one answers for it: plain HTTP is then allowed everywhere.
	Transport http.RoundTripper
	// Client are further options of every client: user agent, hook, retries.
	Client []c8yclient.Option
	// Keeper keeps the sign-in for the next start; nil keeps nothing.
	Keeper Keeper
	// Method is the way that the user wants, in place of [Profile.Method]: a [Method.Type] or
	// [Method.ID]. "" leaves it to the tenant's login options, and asks if there are several.
	Method string
	// Callback is where somebody else's sign-in page sends the browser back to, a loopback
	// address that is registered there; "" is [DefaultCallback]. Port 0 takes any.
	Callback string
}

// DefaultCallback is the address that other tools for Cumulocity have registered at identity
// providers.
const DefaultCallback = "http://localhost:5001/callback"

// Flow is one sign-in under way: a sequence of steps, each of which says what is missing. Its
// methods block while they talk to the tenant and may be called from any goroutine; one waits
// for the other. A method whose context ends returns [Failed] with the context's error and
// leaves the flow at its step, so that it can be tried again.
type Flow struct {
	profile Profile
	options FlowOptions
	wire    wire

	// again is the session that is signed in to once more; nil for a new one.
	again *Session
	// refused is the token or password that the tenant does not accept any more.
	refused c8yclient.Secret
	// trusting says not to ask the tenant whether it still accepts what is at hand.
	trusting bool

	turn chan struct{} // holds a token while no method runs
	life context.Context
	end  context.CancelFunc

	step Step // nil at the beginning
	// notice is what the user should know at the next step: why a kept sign-in is of no use.
	notice error

	offered []*c8yclient.LoginOption
	reached bool // the login options are known
	entry   entry
	browser *callback
	device  *deviceCode
}

// Begin begins to sign in. Nothing is sent before [Flow.Next].
func Begin(profile Profile, options FlowOptions) *Flow {
	return newFlow(profile, options, newWire(profile, options))
}

func newFlow(profile Profile, options FlowOptions, w wire) *Flow {
	options.Method = cmp.Or(options.Method, profile.Method)
	f := &Flow{profile: profile, options: options, wire: w, turn: make(chan struct{}, 1)}
	f.life, f.end = context.WithCancel(context.Background())
	f.turn <- struct{}{}
	return f
}

// Next returns the present step: at the beginning the first that the user has to do something
// about, which is [Done] if a kept sign-in is still good.
func (f *Flow) Next(ctx context.Context) Step {
	return f.take(ctx, func(ctx context.Context) Step {
		if f.step != nil {
			return f.step
		}
		return f.first(ctx)
	})
}

// Answer gives what the present step asked for and returns the next, which is the same one
// with a problem if the tenant did not accept it.
func (f *Flow) Answer(ctx context.Context, answer Answer) Step {
	return f.take(ctx, func(ctx context.Context) Step {
		switch f.step.(type) {
		case NeedAddress:
			return f.address(ctx, answer)
		case NeedTenant:
			return f.tenant(ctx, answer)
		case NeedMethod:
			return f.method(ctx, answer)
		case NeedPassword:
			return f.password(ctx, answer)
		case NeedTOTP:
			return f.code(ctx, answer)
		case NeedSMS:
			return f.pin(ctx, answer)
		case NeedPhone:
			return f.phone(ctx, answer)
		case NeedNewPassword:
			return f.newPassword(ctx, answer)
		case NeedTOTPSetup:
			return f.firstCode(ctx, answer)
		case nil:
			return f.first(ctx)
		}
		return f.step // nothing is asked
	})
}

// Wait waits for what happens elsewhere, in the browser of [NeedBrowser] or [NeedDevice], and
// returns the next step.
func (f *Flow) Wait(ctx context.Context) Step {
	return f.take(ctx, func(ctx context.Context) Step {
		switch f.step.(type) {
		case NeedBrowser:
			return f.comeBack(ctx)
		case NeedDevice:
			return f.poll(ctx)
		}
		return f.step
	})
}

// Back returns to the choice of a method or, where there is none, to the password, as if
// nothing had been answered since.
func (f *Flow) Back(ctx context.Context) Step {
	return f.take(ctx, func(ctx context.Context) Step {
		if f.step == nil || !f.reached {
			return f.first(ctx)
		}
		f.hangUp()
		f.entry = entry{user: f.entry.user, basic: f.entry.basic}
		if methods := f.methods(); len(methods) > 1 {
			return NeedMethod{Methods: methods}
		}
		return f.ask(nil)
	})
}

// Close ends the flow and forgets what was typed; a method that runs returns. It is not needed
// after [Done].
func (f *Flow) Close() { f.end() }

// take runs one method at a time and keeps the step that it returns.
func (f *Flow) take(ctx context.Context, method func(context.Context) Step) Step {
	select {
	case <-f.turn:
		defer func() { f.turn <- struct{}{} }()
	case <-ctx.Done():
		return Failed{Err: ctx.Err()}
	case <-f.life.Done():
		return Failed{Err: errClosed}
	}
	if f.life.Err() != nil {
		return Failed{Err: errClosed}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := context.AfterFunc(f.life, func() { cancel(errClosed) })
	defer stop()
	next := method(ctx)
	if _, done := next.(Done); !done && ctx.Err() != nil {
		return Failed{Err: context.Cause(ctx)}
	}
	f.step = next
	switch next.(type) {
	case Done:
		f.hangUp()
		f.entry = entry{}
	case Failed:
		f.step, f.reached = nil, false // begin again
	}
	return next
}

// hangUp ends what waits for a browser.
func (f *Flow) hangUp() {
	if f.browser != nil {
		f.browser.close()
	}
	f.browser, f.device = nil, nil
}

// first finds the first step that needs the user.
func (f *Flow) first(ctx context.Context) Step {
	if step := f.place(); step != nil {
		return step
	}
	if step := f.resume(ctx); step != nil {
		return step
	}
	if step := f.reach(ctx); step != nil {
		return step
	}
	return f.choose(ctx)
}
