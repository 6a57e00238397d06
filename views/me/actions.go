package me

import (
	"context"
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/session"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/edit"
	"c8yx/views/explain"
	"c8yx/views/fault"
	"c8yx/views/signin"
)

// bind binds what can be done.
func (v *View) bind() []ui.Action {
	profile := keys.Edit
	profile.Title, profile.Context, profile.Needs = "Edit your profile", keys.Me, keys.MePassword.Needs
	unless := func(record keys.Action, reason func() string) func() string {
		return func() string {
			refused := v.tenant.Refuses(record)
			switch {
			case refused != "":
				return refused
			case !v.known:
				return "it is not known yet who you are"
			case reason != nil:
				return reason()
			}
			return ""
		}
	}
	actions := []ui.Action{
		{Action: profile, Disabled: unless(profile, nil), Run: v.edit},
		{Action: keys.MePassword, Disabled: unless(keys.MePassword, nil), Run: v.askPassword},
		{Action: keys.MeTOTP, Disabled: unless(keys.MeTOTP, v.noSetup), Run: v.askForKey},
		{Action: keys.MeRevokeTOTP, Disabled: unless(keys.MeRevokeTOTP, func() string {
			if !v.self.active {
				return "no authenticator is set up"
			}
			return "nobody revokes his own: somebody else can, in the list of users"
		})},
		{Action: keys.Refresh, Run: v.refresh},
		explain.Denied(v.tenant, v.scope, func() error { return v.err }),
	}
	for _, m := range []struct {
		record keys.Action
		by     func() int
	}{
		{keys.Up, func() int { return -1 }},
		{keys.Down, func() int { return 1 }},
		{keys.PageUp, func() int { return -v.height }},
		{keys.PageDown, func() int { return v.height }},
		{keys.First, func() int { return -v.drawn.lines }},
		{keys.Last, func() int { return v.drawn.lines }},
	} {
		actions = append(actions, ui.Action{Action: m.record, Run: func() { v.scroll(m.by()) }})
	}
	return actions
}

// edit changes what one may change of oneself, the mail address included.
func (v *View) edit() {
	u := v.self.user
	edit.Bench{Tenant: v.tenant, Scope: v.scope}.Edit(edit.Editor{
		Needs: keys.MePassword.Needs,
		Fields: []edit.Field{
			{Field: form.Field{Name: "firstName", Label: "First name"}},
			{Field: form.Field{Name: "lastName", Label: "Last name"}},
			{Field: form.Field{Name: "email", Label: "E-mail", Required: true, Validate: signin.MailProblem}},
			{Field: form.Field{Name: "phone", Label: "Phone", Placeholder: "+49 151 1234567", Validate: signin.PhoneProblem}},
		},
		Fixed: []string{
			"userName", "effectiveRoles", "shouldResetPassword", "twoFactorAuthenticationEnabled", "lastPasswordChange", "devicePermissions", "password",
		},
	}, edit.Target{ID: u.UserName, Path: "user/currentUser", Label: u.UserName, One: "profile"}, func(jsontext.Value) { v.refresh() })
}

// askPassword learns the tenant's rule, and asks for another password.
func (v *View) askPassword() {
	ui.Load(v.scope, func(ctx context.Context) (session.PasswordRule, error) {
		offered, err := v.tenant.Client.LoginOptions.List(ctx, &c8yclient.LoginOptionsListOptions{TenantID: v.tenant.ID()})
		return session.PasswordRuleOf(offered), err
	}, func(rule session.PasswordRule, err error) {
		if err != nil {
			v.scope.Toast(toast.Failure, "The password cannot be changed: the tenant does not tell its rule. "+fault.Explain(err))
			return
		}
		v.scope.Show(form.New(form.Options{
			Title: "Change your password", Submit: "Change the password",
			Intro: []text.Safe{"in " + text.Clean(v.tenant.Called()) + ". All your sessions end with it, this one too: you are asked to sign in again."},
			Fields: []form.Field{
				{Name: "current", Label: "Current", Required: true, Input: form.Secret()},
				{Name: "new", Label: "New", Required: true, Input: form.Secret(), Note: signin.RuleWords(rule), Validate: signin.PasswordProblem(rule)},
				{Name: "again", Label: "Once more", Required: true, Input: form.Secret()},
			},
			Check: signin.SameTwice("new", "again"),
			Accept: func(f *form.Form, values form.Values) {
				f.Busy("Changing the password …")
				v.changePassword(f, c8yclient.Secret(values.Hidden("current")), c8yclient.Secret(values.Hidden("new")))
			},
		}))
	})
}

// changePassword sends the new password once: sent twice, the second would be refused with the old one.
func (v *View) changePassword(f *form.Form, current, changed c8yclient.Secret) {
	ui.Load(v.scope, func(ctx context.Context) (struct{}, error) {
		ctx = c8yclient.WithCallOptions(c8yclient.WithCause(ctx, "Change your password"), c8yclient.CallOptions{NoRetry: true})
		return struct{}{}, v.tenant.Client.CurrentUser.ChangePassword(ctx, current, changed)
	}, func(_ struct{}, err error) {
		switch {
		case errors.Is(err, c8yclient.ErrForbidden):
			f.FieldFail("current", "the tenant refuses it: "+answered(err))
		case errors.Is(err, c8yclient.ErrInvalid), errors.Is(err, c8yclient.ErrConflict):
			f.FieldFail("new", "the tenant refuses it: "+answered(err))
		case err != nil:
			f.Fail(fault.Explain(err))
		default:
			f.Close()
			v.scope.Toast(toast.Success, "Your password is changed. The old one is of no use any more.")
			if own := v.tenant.Session; own != nil {
				own.Ask() // at once, and not in the middle of something else
			}
			v.refresh()
		}
	})
}

// answered is what the tenant said.
func answered(err error) text.Safe {
	var told *c8yclient.Error
	if errors.As(err, &told) && told.Message != "" {
		return text.Clean(told.Message)
	}
	return text.Clean(err.Error())
}
