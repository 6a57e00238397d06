package session

import (
	"context"
	"errors"

	"c8yx/c8yclient"
)

// openPage finds the page of an identity provider and begins to listen for the browser.
func (f *Flow) openPage(ctx context.Context, option *c8yclient.LoginOption) Step {
	page, err := f.signInPage(ctx, option)
	if err != nil {
		return f.otherWay(err)
	}
	f.hangUp()
	back, err := listen(f.options.Callback)
	if err != nil {
		return f.otherWay(err)
	}
	f.browser = back
	context.AfterFunc(f.life, back.close)
	ours, err := back.page(page)
	if err != nil {
		return f.otherWay(&Problem{Says: "the tenant names a sign-in page that is not safe to open: " + err.Error(), Next: "Ask an administrator of the tenant."})
	}
	return NeedBrowser{Page: ours}
}

func (f *Flow) signInPage(ctx context.Context, option *c8yclient.LoginOption) (string, error) {
	client, err := f.wire.client(f.profile.Address, nil)
	if err != nil {
		return "", err
	}
	page, err := client.SignInPage(ctx, option)
	if err != nil {
		return "", &Problem{Says: "the tenant names no sign-in page: " + callWords(err), Next: "Ask an administrator of the tenant.", cause: err}
	}
	return page, nil
}

// comeBack waits for the browser, and exchanges what it brings for a token.
func (f *Flow) comeBack(ctx context.Context) Step {
	var answer returned
	select {
	case answer = <-f.browser.back:
	case <-ctx.Done():
		return f.step
	}
	origin := f.browser.address
	if answer.refused != nil {
		return f.otherWay(answer.refused)
	}
	client, err := f.wire.client(f.profile.Address, nil)
	if err != nil {
		return f.otherWay(err)
	}
	token, err := client.ExchangeCode(ctx, c8yclient.AuthorizationCode{Tenant: f.profile.Tenant, Code: answer.code, Origin: origin})
	switch {
	case errors.Is(err, c8yclient.ErrForbidden):
		return f.otherWay(notLetIn(err))
	case errors.Is(err, c8yclient.ErrUnauthorized), errors.Is(err, c8yclient.ErrInvalid):
		return f.otherWay(&Problem{
			Says: "the tenant does not accept what the identity provider says: " + callWords(err), cause: err,
			Next: "Try again. If it stays so, " + origin + " may not be registered at the identity provider.",
		})
	case err != nil:
		return f.otherWay(unreachable(f.profile.Address, err, f.wire.clock))
	}
	return f.done(ctx, Kept{Method: string(c8yclient.LoginSSO), Token: token.Access})
}

// notLetIn says that no access mapping of the tenant is about the user.
func notLetIn(err error) error {
	return &Problem{Says: "the identity provider knows you, but the tenant does not let you in", Next: "Ask an administrator of the tenant.", cause: err}
}

// otherWay asks for a way to sign in after one that led nowhere.
func (f *Flow) otherWay(problem error) Step {
	f.hangUp()
	return NeedMethod{Methods: waysOf(f.offered), Problem: problem}
}
