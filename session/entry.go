package session

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"c8yx/c8yclient"
)

// entry is what a user has given to sign in with a password, and what the tenant has said to it.
type entry struct {
	user     string
	password c8yclient.Secret
	keep     bool // the password, for a tenant that knows only Basic
	basic    bool

	code     c8yclient.Secret // of the second factor
	computed bool             // that code, of the secret that the profile brings along
	tried    bool             // such a code has been tried
	factor   factor           // the tenant accepted the password and wants this as well
	tfaToken c8yclient.Secret // what Basic shows for a pin

	reset c8yclient.Secret // token to set a new password with
	setup *setup           // of an authenticator
}

// factor is a second factor.
type factor int

const (
	noFactor factor = iota
	byTOTP
	bySMS
)

// knownUser is the user whose sign-in it is, "" if nobody knows.
func (f *Flow) knownUser() string {
	return cmp.Or(f.entry.user, f.profile.User)
}

// ask asks for user and password.
func (f *Flow) ask(problem error) Step {
	return NeedPassword{User: f.knownUser(), Problem: problem, Basic: f.entry.basic}
}

// password takes user and password. The name may have the tenant in front.
func (f *Flow) password(ctx context.Context, answer Answer) Step {
	user := cmp.Or(answer.User, f.knownUser())
	if tenant, name, found := strings.Cut(user, "/"); found {
		f.profile.Tenant, user = tenant, name
	}
	f.entry = entry{user: user, password: answer.Password, keep: answer.KeepPassword, basic: f.entry.basic}
	switch {
	case user == "":
		return f.ask(&Problem{Says: "the user name is missing"})
	case answer.Password == "":
		return f.ask(&Problem{Says: "the password is missing"})
	case f.somebodyElse(user):
		f.entry.user = ""
		return f.ask(f.anothers(user))
	}
	return f.enter(ctx)
}

// enter shows the tenant what was given.
func (f *Flow) enter(ctx context.Context) Step {
	if f.entry.basic {
		return f.enterBasic(ctx)
	}
	k, err := f.token(ctx)
	switch {
	case errors.Is(err, c8yclient.ErrNotFound), errors.Is(err, c8yclient.ErrNotSupported):
		f.entry.basic = true
		return f.enterBasic(ctx)
	case err != nil:
		return f.refusal(ctx, err)
	}
	return f.done(ctx, k)
}

// token signs in for a token, or for the same as a cookie.
//
// The tenant renews cookies while they are used, and so a cookie lives for weeks where a token dies
// after two days. But it has to be kept anew each time, and is of no use where the password is at hand
// to get another token with. So it is taken where the tenant says that it renews, and the password was
// typed. A tenant that ties sessions to the User-Agent would end it with the next version of c8yx.
func (f *Flow) token(ctx context.Context) (Kept, error) {
	e := f.entry
	client, err := f.wire.client(f.profile.Address, nil)
	if err != nil {
		return Kept{}, err
	}
	credentials := c8yclient.Credentials{Tenant: f.profile.Tenant, User: e.user, Password: e.password, TFACode: e.code}
	k := Kept{Method: string(c8yclient.LoginToken), TFA: e.code != ""}
	if !f.renews() {
		token, err := client.Authenticate(ctx, credentials)
		k.Token = token.Access
		return k, err
	}
	cookie, err := client.AuthenticateForCookie(ctx, credentials)
	if err != nil {
		return Kept{}, err
	}
	k.Token, k.XSRF, k.Cookie = cookie.Authorization, cookie.XSRF, true
	// Who still has to set up a second factor gets a cookie too, which is good for nothing else.
	_, err = f.whoAmI(ctx, cookie)
	return k, err
}

// renews reports whether to sign in for a cookie.
func (f *Flow) renews() bool {
	s := passwordOption(f.offered).Session
	return s != nil && s.RenewalTimeoutMillis > 0 && s.AbsoluteTimeoutMillis > s.RenewalTimeoutMillis &&
		!bool(s.UserAgentValidationRequired) && f.profile.Password == ""
}

// enterBasic tries the password with a request.
func (f *Flow) enterBasic(ctx context.Context) Step {
	if _, err := f.whoAmI(ctx, f.basic()); err != nil {
		return f.refusal(ctx, err)
	}
	return f.done(ctx, Kept{Method: string(c8yclient.LoginBasic), Password: f.entry.password, TFA: f.entry.tfaToken != ""})
}

// basic is what was typed as it goes with every request.
func (f *Flow) basic() c8yclient.Basic {
	e := f.entry
	return c8yclient.Basic{Tenant: f.profile.Tenant, User: e.user, Password: e.password, TFAToken: e.tfaToken}
}

// whoAmI returns the user whom the tenant sees behind credentials, "" if he may not even know that.
func (f *Flow) whoAmI(ctx context.Context, auth c8yclient.Auth) (string, error) {
	client, err := f.wire.client(f.profile.Address, auth)
	if err != nil {
		return "", err
	}
	user, err := client.CurrentUser.Get(ctx)
	switch {
	case errors.Is(err, c8yclient.ErrForbidden):
		return "", nil // without ROLE_USER_MANAGEMENT_OWN_READ, but signed in
	case err != nil:
		return "", err
	}
	return cmp.Or(user.UserName, user.ID), nil
}

// refusal is the step that follows from what the tenant said to a password.
func (f *Flow) refusal(ctx context.Context, err error) Step {
	e := &f.entry
	var call *c8yclient.Error
	errors.As(err, &call)
	switch {
	case errors.Is(err, c8yclient.ErrPasswordReset):
		e.reset = call.PasswordResetToken
		return f.askNewPassword(nil)
	case errors.Is(err, c8yclient.ErrTOTPSetupRequired):
		return f.setUp(ctx)
	case errors.Is(err, c8yclient.ErrPhoneRequired):
		return NeedPhone{}
	case errors.Is(err, c8yclient.ErrLocked):
		e.password = ""
		return f.ask(&Problem{
			Says: "the account is locked after too many wrong passwords or codes", cause: err,
			Next: "Wait until the tenant unlocks it, or have an administrator set a new password.",
		})
	case errors.Is(err, c8yclient.ErrTenantUnavailable):
		return f.noTenant(err)
	case errors.Is(err, c8yclient.ErrSMSSent), errors.Is(err, c8yclient.ErrTFARequired), errors.Is(err, c8yclient.ErrUnauthorized) && e.code != "":
		return f.factor(ctx, err)
	case errors.Is(err, c8yclient.ErrUnauthorized):
		return f.wrongPassword(err)
	case errors.Is(err, c8yclient.ErrForbidden):
		if _, why := f.whoAmI(ctx, f.basic()); suspended(why) {
			return f.noTenant(why) // which the answer to a request for a token does not tell
		}
		e.password = ""
		return f.ask(&Problem{
			Says: e.user + " may not sign in here", cause: err,
			Next: "Devices and users without the permission are not let in. Ask an administrator.",
		})
	case errors.Is(err, c8yclient.ErrRedirected):
		return f.nowhere(err)
	}
	problem := unreachable(f.profile.Address, err, f.wire.clock)
	if f.step == nil {
		return f.ask(problem)
	}
	return withProblem(f.step, problem)
}

// wrongPassword asks again, and forgets a password that is no good: a few more tries would lock the
// account.
func (f *Flow) wrongPassword(err error) Step {
	says := "user name or password is wrong"
	if f.entry.password == f.profile.Password && f.profile.Password != "" {
		says = "the password of " + f.entry.user + fromWords(f.profile) + " is wrong"
		f.profile.Password = ""
		if f.again != nil {
			f.again.brings("")
		}
	}
	f.entry.password = ""
	return f.ask(&Problem{Says: says, Next: "Too many wrong ones lock the account.", cause: err})
}

// fromWords say where a profile brought its secrets from.
func fromWords(p Profile) string {
	if p.From == "" {
		return ""
	}
	return " in " + p.From
}

// somebodyElse reports whether a user is not the one whose session is to go on.
func (f *Flow) somebodyElse(user string) bool {
	if f.again == nil || user == "" {
		return false
	}
	before, ever := f.again.who()
	return ever && before != "" && !strings.EqualFold(before, user)
}

// anothers says that what is open belongs to one user, whose requests nobody else may repeat.
func (f *Flow) anothers(user string) error {
	before, _ := f.again.who()
	return &Problem{
		Says:  "what is open here belongs to " + before + ", not to " + user,
		Next:  "Sign in as " + before + ", or open the tenant anew as " + user + ".",
		cause: c8yclient.ErrUnauthorized,
	}
}
