package session

import (
	"context"
	"errors"
	"net/url"

	"c8yx/c8yclient"
)

// setup is an authenticator that is being set up.
type setup struct {
	auth        c8yclient.Auth // that the tenant accepts for it
	secret, uri c8yclient.Secret
}

// setUp has the tenant make a key for the user's authenticator.
func (f *Flow) setUp(ctx context.Context) Step {
	var auth c8yclient.Auth = f.basic()
	made, err := f.totpSecret(ctx, auth)
	if errors.Is(err, c8yclient.ErrUnauthorized) {
		// Some tenants want the cookie that a browser gets, which is good for nothing but this.
		if auth, err = f.enrolling(ctx); err == nil {
			made, err = f.totpSecret(ctx, auth)
		}
	}
	switch {
	case errors.Is(err, c8yclient.ErrForbidden):
		return Failed{Err: &Problem{
			Says: "the tenant demands an authenticator, but does not let " + f.entry.user + " set one up", Next: "Ask an administrator.", cause: err,
		}}
	case err != nil:
		problem := unreachable(f.profile.Address, err, f.wire.clock)
		return f.ask(&Problem{Says: "an authenticator must be set up, but " + problem.Says, Next: problem.Next, cause: err})
	}
	f.entry.setup = &setup{auth: auth, secret: made.Secret, uri: made.URL}
	if made.URL == "" {
		f.entry.setup.uri = f.otpauth(made.Secret)
	}
	return f.askFirstCode(nil)
}

func (f *Flow) totpSecret(ctx context.Context, auth c8yclient.Auth) (*c8yclient.TOTPSecret, error) {
	client, err := f.wire.client(f.profile.Address, auth)
	if err != nil {
		return nil, err
	}
	return client.CurrentUser.GenerateTOTPSecret(ctx)
}

// enrolling gets the cookie of somebody who has yet to set up an authenticator.
func (f *Flow) enrolling(ctx context.Context) (c8yclient.Auth, error) {
	client, err := f.wire.client(f.profile.Address, nil)
	if err != nil {
		return nil, err
	}
	e := f.entry
	return client.AuthenticateForCookie(ctx, c8yclient.Credentials{Tenant: f.profile.Tenant, User: e.user, Password: e.password})
}

// otpauth makes the link that authenticators read, for a tenant that gives none.
func (f *Flow) otpauth(secret c8yclient.Secret) c8yclient.Secret {
	issuer := hostOf(f.profile.Address)
	link := url.URL{
		Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + f.entry.user,
		RawQuery: url.Values{"secret": {secret.Reveal()}, "issuer": {issuer}}.Encode(),
	}
	return c8yclient.Secret(link.String())
}

func (f *Flow) askFirstCode(problem error) Step {
	return NeedTOTPSetup{URI: f.entry.setup.uri, Secret: f.entry.setup.secret, Problem: problem}
}

// firstCode checks the first code of the authenticator, switches it on, and signs in with it.
func (f *Flow) firstCode(ctx context.Context, answer Answer) Step {
	e := &f.entry
	code, ok := digits(answer.Code)
	if !ok {
		return f.askFirstCode(notDigits("code"))
	}
	client, err := f.wire.client(f.profile.Address, e.setup.auth)
	if err != nil {
		return Failed{Err: err}
	}
	err = client.CurrentUser.VerifyTOTP(ctx, code)
	if err == nil {
		err = client.CurrentUser.SetTOTPActive(ctx, true)
	}
	switch {
	case err == nil:
	case errors.Is(err, c8yclient.ErrForbidden), errors.Is(err, c8yclient.ErrInvalid):
		return f.askFirstCode(&Problem{
			Says: "the code is not the one of this key", cause: err,
			Next: f.clockOr("Type the next one. If none is accepted, check the clock of the device that shows them."),
		})
	case errors.Is(err, c8yclient.ErrNotFound), errors.Is(err, c8yclient.ErrConflict):
		step := f.setUp(ctx) // somebody has made another key meanwhile
		return withProblem(step, &Problem{Says: "the tenant has forgotten the key", Next: "Scan the new one.", cause: err})
	default:
		return f.askFirstCode(unreachable(f.profile.Address, err, f.wire.clock))
	}
	e.factor, e.setup, e.code = byTOTP, nil, code
	return f.enter(ctx)
}
