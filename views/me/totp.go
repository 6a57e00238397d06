package me

import (
	"context"
	"errors"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
	"c8yx/views/signin"
)

// noSetup returns why no authenticator can be set up, "" if one can.
func (v *View) noSetup() string {
	switch {
	case v.tenant.Session == nil:
		return "c8yx has not signed in here"
	case v.self.active:
		return "one is set up: for another, have somebody revoke it in the list of users"
	}
	return ""
}

// askForKey asks for the password, which the platform wants to see for a key: a token will not do.
func (v *View) askForKey() {
	v.scope.Show(form.New(form.Options{
		Title: "Set up an authenticator", Submit: "Make the key",
		Intro: []text.Safe{
			"From then on each sign-in to " + text.Clean(v.tenant.Called()) + " asks for a code of your app, too.",
			"You cannot undo it yourself: only somebody else can revoke it.",
		},
		Fields: []form.Field{{
			Name: "password", Label: "Password", Required: true, Input: form.Secret(), Note: "The tenant makes a key only for who shows the password.",
		}},
		Accept: func(f *form.Form, values form.Values) {
			f.Busy("Having a key made …")
			v.makeKey(f, c8yclient.Secret(values.Hidden("password")))
		},
	}))
}

// enrolment is a key that is to be taken into use, and the client that may do so.
type enrolment struct {
	client *c8yclient.Client
	key    *c8yclient.TOTPSecret
}

func (v *View) makeKey(f *form.Form, password c8yclient.Secret) {
	ui.Load(v.scope, func(ctx context.Context) (enrolment, error) {
		id, err := v.tenant.AskID(ctx)
		if err != nil {
			return enrolment{}, err
		}
		client, err := v.tenant.Session.ClientFor(c8yclient.Basic{Tenant: id, User: v.self.user.UserName, Password: password})
		if err != nil {
			return enrolment{}, err
		}
		key, err := client.CurrentUser.GenerateTOTPSecret(c8yclient.WithCause(ctx, "Set up an authenticator"))
		return enrolment{client, key}, err
	}, func(e enrolment, err error) {
		switch {
		case errors.Is(err, c8yclient.ErrBadCredentials):
			f.FieldFail("password", "this is not your password")
		case errors.Is(err, c8yclient.ErrUnauthorized):
			f.FieldFail("password", "the tenant refuses it: "+answered(err))
		case errors.Is(err, c8yclient.ErrForbidden):
			f.Fail("The tenant lets nobody set up an authenticator, or not you: " + answered(err))
		case err != nil:
			f.Fail(fault.Explain(err))
		default:
			f.Close()
			v.show(e)
		}
	})
}

// show shows the key and asks for its first code.
func (v *View) show(e enrolment) {
	v.scope.Show(form.New(signin.Authenticator(v.scope, signin.Key{URI: e.key.URL, Secret: e.key.Secret}, form.Options{
		Title: "Set up an authenticator", Submit: "Check the code",
		Intro: []text.Safe{"Scan the code with an authenticator app, or type this key into it:"},
		Accept: func(f *form.Form, values form.Values) {
			f.Busy("Checking the code …")
			v.switchOn(f, e.client, c8yclient.Secret(values.Text("code")))
		},
		Cancel: func() { v.scope.Toast(toast.Info, "No authenticator was set up: the key is of no use.") },
	})))
}

func (v *View) switchOn(f *form.Form, client *c8yclient.Client, code c8yclient.Secret) {
	ui.Load(v.scope, func(ctx context.Context) (struct{}, error) {
		ctx = c8yclient.WithCause(ctx, "Set up an authenticator")
		err := client.CurrentUser.VerifyTOTP(ctx, code)
		if err == nil {
			err = client.CurrentUser.SetTOTPActive(ctx, true)
		}
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		switch {
		case errors.Is(err, c8yclient.ErrForbidden), errors.Is(err, c8yclient.ErrInvalid):
			f.FieldFail("code", "the tenant refuses it: "+answered(err)+". Type the next one.")
		case err != nil:
			f.Fail(fault.Explain(err))
		default:
			f.Close()
			v.scope.Toast(toast.Success, "The authenticator is set up: signing in asks for its codes from now on.")
			v.refresh()
		}
	})
}
