package session_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
)

// everyForm is a value in every form in which it could end up in a log or file.
func everyForm(v any) string {
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", v)
	}
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("x", "v", v)
	}
	if encoded, err := json.Marshal(v); err == nil {
		out.Write(encoded)
	}
	for err, ok := v.(error); ok && err != nil; err = errors.Unwrap(err) {
		fmt.Fprintf(&out, "\n%v %+v", err, err)
	}
	return out.String()
}

// Whatever is typed, brought along, received or kept shows up nowhere.
func TestNoSecretIsEverPrinted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		var secrets []string
		secret := func(s c8yclient.Secret) c8yclient.Secret {
			if len(s) > 0 {
				secrets = append(secrets, s.Reveal())
			}
			return s
		}
		var seen []any
		see := func(v any) { seen = append(seen, v) }
		options := b.options()
		options.Client = append(options.Client, c8yclient.WithHook(func(x c8yclient.Exchange) { see(x) }), c8yclient.WithHookDetails(1<<16, 1<<16))
		for _, u := range b.users {
			if u.Name != "admin" { // a word like any other
				secret(c8yclient.Secret(u.Password))
			}
			secret(c8yclient.Secret(u.TOTPSecret))
		}

		walk := func(profile session.Profile, answers ...func(session.Step) session.Answer) session.Step {
			flow := session.Begin(profile, options)
			if !strings.Contains(profile.Address, "@") { // that is what somebody has typed into the wrong field
				see(profile)
			}
			step := flow.Next(t.Context())
			for _, next := range answers {
				see(flow)
				see(step)
				see(problem(step))
				answer := next(step)
				see(answer)
				for _, typed := range []c8yclient.Secret{answer.Password, answer.NewPassword, answer.Code} {
					if len(typed) > 6 { // six digits may be in any address
						secret(typed)
					}
				}
				step = flow.Answer(t.Context(), answer)
			}
			see(step)
			see(problem(step))
			if done, ok := step.(session.Done); ok {
				see(done.Session)
			}
			return step
		}
		give := func(answer session.Answer) func(session.Step) session.Answer {
			return func(session.Step) session.Answer { return answer }
		}
		walk(session.Profile{Address: "https://jane:in-the-address.1@acme.example"}, give(session.Answer{Address: address}))
		secret("in-the-address.1")
		walk(b.profile("reader"), give(session.Answer{Password: "Guessed-Wrong.1"}), give(session.Answer{Password: b.password("reader")}))
		walk(b.profile("locked"), give(session.Answer{Password: b.password("locked")}))
		walk(b.profile("sms"), give(session.Answer{Password: b.password("sms")}), give(session.Answer{Code: "12345678"}))
		walk(b.profile("renew"), give(session.Answer{Password: b.password("renew")}), give(session.Answer{NewPassword: "too-weak-for-it"}),
			give(session.Answer{NewPassword: "Changed-Secret.9"}))
		walk(b.profile("enrol"), give(session.Answer{Password: b.password("enrol")}), func(step session.Step) session.Answer {
			setup := step.(session.NeedTOTPSetup)
			secret(setup.Secret)
			secret(setup.URI)
			return session.Answer{Code: authenticator(setup.Secret.Reveal(), time.Now())}
		})
		walk(session.Profile{Address: address, User: "totp", Password: b.password("totp"), TOTPSecret: "JBSWY3DPEHPK3PX2"})
		walk(session.Profile{Address: address, User: "reader", Token: secret("not.a-token-of.anybody")})

		all, err := b.keeper.List(t.Context())
		if err != nil || len(all) == 0 {
			t.Fatalf("%d kept, %v", len(all), err)
		}
		for _, listed := range all {
			if listed.Token != "" || listed.Password != "" || listed.XSRF != "" {
				t.Errorf("the list holds secrets of %s", listed.User)
			}
			k, err := b.keeper.Load(t.Context(), listed.Address, listed.Tenant, listed.User)
			if err != nil {
				t.Fatal(err)
			}
			secret(k.Token)
			secret(k.XSRF)
			see(k)
			see(listed)
		}

		s, client, asked := begin(b, "reader")
		b.tenant.EndSessions("reader")
		collect := calls(1, func() error { return client.Get(t.Context(), "/alarm/alarms", nil) })
		synctest.Wait()
		q := asked.only(t)
		see(q)
		see(&q)
		see(q.Reason)
		q.Decline()
		see(collect()[0])
		see(s)
		see(s.Over())
		_, err = s.Logout(t.Context())
		see(err)
		see(s)

		for _, v := range seen {
			text := everyForm(v)
			for _, word := range secrets {
				if strings.Contains(text, word) || strings.Contains(text, fmt.Sprintf("%x", word)) {
					t.Fatalf("%T prints %q:\n%s", v, word, text)
				}
			}
		}
		if len(secrets) < 20 || len(seen) < 60 {
			t.Errorf("only %d secrets in %d things were looked at", len(secrets), len(seen))
		}
	})
}
