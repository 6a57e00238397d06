package session_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
)

// A kept sign-in is gone on with, as long as the tenant still accepts it.
func TestGoingOnWithAKeptSignIn(t *testing.T) {
	for name, test := range map[string]struct {
		profile   session.Profile
		meanwhile func(*bench)
		want      string
		says      []string
	}{
		"by user":              {profile: session.Profile{Address: address, Tenant: "t4711", User: "totp"}, want: "Done"},
		"in any case":          {profile: session.Profile{Address: "acme.example/", User: "TOTP"}, want: "Done"},
		"by address alone":     {profile: session.Profile{Address: address}, want: "Done"},
		"of another user":      {profile: session.Profile{Address: address, User: "reader"}, want: "NeedPassword"},
		"of another tenant":    {profile: session.Profile{Address: address, Tenant: "management", User: "totp"}, want: "NeedPassword"},
		"ended at the tenant":  {profile: session.Profile{Address: address, User: "totp"}, meanwhile: func(b *bench) { b.tenant.EndSessions("totp") }, want: "NeedPassword", says: []string{"the tenant has ended the session"}},
		"expired":              {profile: session.Profile{Address: address, User: "totp"}, meanwhile: func(*bench) { time.Sleep(15 * 24 * time.Hour) }, want: "NeedPassword", says: []string{"the last sign-in has expired"}},
		"the tenant is silent": {profile: session.Profile{Address: address, User: "totp"}, meanwhile: func(b *bench) { b.front = answering(503, nil, "") }, want: "NeedAddress", says: []string{"fails"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, demo.Options{})
				first := session.Begin(b.profile("totp"), b.options())
				first.Next(t.Context())
				first.Answer(t.Context(), typed("totp")(b))
				b.expect(first.Answer(t.Context(), session.Answer{Code: b.code("totp")}), "Done")
				b.requests()
				if test.meanwhile != nil {
					test.meanwhile(b)
				}
				step := session.Begin(test.profile, b.options()).Next(t.Context())
				b.expect(step, test.want, test.says...)
				if done, ok := step.(session.Done); ok {
					if s := done.Session; s.User() != "totp" || s.Tenant() != "t4711" || !s.TFA() || s.Expires().IsZero() {
						t.Errorf("gone on as %s of %s, TFA %v, until %v", s.User(), s.Tenant(), s.TFA(), s.Expires())
					}
					if sent := b.requests(); len(sent) != 1 || sent[0] != "GET /user/currentUser" {
						t.Errorf("sent %v", sent)
					}
				}
			})
		})
	}
}

// brokenKeeper is a keyring that gives what it has only as an error.
type brokenKeeper struct {
	session.Memory
	err    error
	blocks bool
}

func (k *brokenKeeper) List(ctx context.Context) ([]session.Kept, error) {
	if k.blocks {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return nil, k.err
}

func (k *brokenKeeper) Save(ctx context.Context, _ session.Kept) error {
	_, err := k.List(ctx)
	return err
}

// What is wrong with a keyring is told with the first step, and keeps nobody from signing in.
func TestAKeyringThatDoesNotWork(t *testing.T) {
	for says, keeper := range map[string]*brokenKeeper{
		"no keyring is available":         {err: session.ErrNoKeeper},
		"the keyring was not opened":      {err: session.ErrRefused},
		"the kept sign-in cannot be read": {err: session.ErrUnreadableEntry},
		"the keyring does not answer":     {blocks: true},
	} {
		t.Run(says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, demo.Options{})
				options := b.options()
				options.Keeper = keeper
				flow := session.Begin(b.profile("reader"), options)
				b.expect(flow.Next(t.Context()), "NeedPassword", says)
				step := flow.Answer(t.Context(), typed("reader")(b))
				b.expect(step, "Done")
				if done := step.(session.Done); done.NotKept == nil || keeper.err != nil && !errors.Is(done.NotKept, keeper.err) {
					t.Errorf("not kept because of %v", done.NotKept)
				}
			})
		})
	}
}

// What a profile brings along is used without asking, and never kept.
func TestWhatAProfileBringsAlong(t *testing.T) {
	for name, test := range map[string]struct {
		profile func(*bench) session.Profile
		want    string
		says    []string
	}{
		"a password": {func(b *bench) session.Profile {
			return session.Profile{User: "reader", Password: b.password("reader")}
		}, "Done", nil},
		"a wrong password": {func(*bench) session.Profile {
			return session.Profile{User: "reader", Password: "old", From: "acme.json"}
		}, "NeedPassword", []string{"the password of reader in acme.json is wrong"}},
		"a TOTP secret": {func(b *bench) session.Profile {
			return session.Profile{User: "totp", Password: b.password("totp"), TOTPSecret: c8yclient.Secret(b.users["totp"].TOTPSecret)}
		}, "Done", nil},
		"a wrong secret": {func(b *bench) session.Profile {
			return session.Profile{User: "totp", Password: b.password("totp"), TOTPSecret: "JBSWY3DPEHPK3PX2"}
		}, "NeedTOTP", []string{"the code of the TOTP secret is wrong"}},
		"a damaged secret": {func(b *bench) session.Profile {
			return session.Profile{User: "totp", Password: b.password("totp"), TOTPSecret: "no base32!", From: "acme.json"}
		}, "NeedTOTP", []string{"the TOTP secret is not base32 in acme.json"}},
		"a token": {func(b *bench) session.Profile {
			return session.Profile{Token: token(b, "reader")}
		}, "Done", nil},
		"a token of nobody": {func(*bench) session.Profile {
			return session.Profile{Token: "e30.e30.e30", User: "reader"}
		}, "NeedPassword", []string{"does not accept"}},
		"a token of nobody, and a password": {func(b *bench) session.Profile {
			return session.Profile{Token: "e30.e30.e30", User: "reader", Password: b.password("reader")}
		}, "Done", nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, demo.Options{})
				profile := test.profile(b)
				profile.Address = address
				step := session.Begin(profile, b.options()).Next(t.Context())
				b.expect(step, test.want, test.says...)
				if done, ok := step.(session.Done); ok && done.Session.Renews() {
					t.Error("a cookie is of no use where there is a password to get another token with")
				}
				if kept, _ := b.keeper.List(t.Context()); profile.Password == "" && len(kept) != 0 {
					t.Errorf("kept %v", kept)
				}
			})
		})
	}
}

// token signs somebody in for a token.
func token(b *bench, user string) c8yclient.Secret {
	b.Helper()
	made, err := c8yclient.Authenticate(b.Context(), address, c8yclient.Credentials{User: user, Password: b.password(user)}, c8yclient.WithTransport(b))
	if err != nil {
		b.Fatal(err)
	}
	return made.Access
}
