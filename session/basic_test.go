package session_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
	"c8yx/session"
)

// onlyBasic is a tenant that knows no tokens.
func onlyBasic() demo.Options { return demo.Options{SignIn: demo.SignIn{BasicOnly: true}} }

// A tenant that knows only Basic says so, and the password is kept only if the user agrees.
func TestBasic(t *testing.T) {
	for _, agreed := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, onlyBasic())
			flow := session.Begin(b.profile("reader"), b.options())
			step := flow.Next(t.Context())
			b.expect(step, "NeedPassword")
			if !step.(session.NeedPassword).Basic {
				t.Error("the step does not say that the tenant knows only Basic")
			}
			b.expect(flow.Answer(t.Context(), session.Answer{Password: "guessed"}), "NeedPassword", "is wrong")
			step = flow.Answer(t.Context(), session.Answer{Password: b.password("reader"), KeepPassword: agreed})
			b.expect(step, "Done")
			if s := step.(session.Done).Session; s.Method() != "BASIC" || s.Tenant() != "t4711" || !s.Expires().IsZero() || s.Renews() {
				t.Errorf("%s, %s, %v", s.Method(), s.Tenant(), s.Expires())
			}
			kept, err := b.keeper.Load(t.Context(), address, "t4711", "reader")
			if agreed != (err == nil) || kept.Password != "" != agreed {
				t.Errorf("agreed %v, kept %v, %v", agreed, kept, err)
			}
			next := session.Begin(b.profile("reader"), b.options()).Next(t.Context())
			if want := map[bool]string{false: "NeedPassword", true: "Done"}[agreed]; tell(next) != want {
				t.Errorf("the next start: %s, want %s", tell(next), want)
			}
		})
	}
}

// With Basic, the pin of an SMS is exchanged for a token that goes with every request. When that has
// expired the pin is asked for, not the password.
func TestBasicWithSMS(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, onlyBasic())
		flow := session.Begin(b.profile("sms"), b.options())
		flow.Next(t.Context())
		b.expect(flow.Answer(t.Context(), typed("sms")(b)), "NeedSMS")
		b.expect(flow.Answer(t.Context(), session.Answer{Code: otherThan(b.pin())}), "NeedSMS", "the pin is wrong")
		step := flow.Answer(t.Context(), session.Answer{Code: b.pin()})
		b.expect(step, "Done")
		s := step.(session.Done).Session
		client, _ := s.Client()
		if _, err := client.CurrentUser.Get(t.Context()); err != nil || !s.TFA() {
			t.Fatalf("TFA %v, %v", s.TFA(), err)
		}

		b.admin("PUT", "/tenant/tenants/t4711/tfa", `{"strategy":"SMS"}`) // makes all proofs void
		time.Sleep(time.Minute)
		asked := &asker{}
		s.SetAsker(asked.ask)
		collect := calls(3, func() error { return client.Get(t.Context(), "/alarm/alarms", nil) })
		synctest.Wait()
		question := asked.only(t)
		if !strings.Contains(question.Reason.Error(), "second factor") {
			t.Errorf("the reason is %q", question.Reason)
		}
		b.expect(question.Flow.Next(t.Context()), "NeedSMS")
		b.expect(question.Flow.Answer(t.Context(), session.Answer{Code: b.pin()}), "Done")
		if err := errors.Join(collect()...); err != nil {
			t.Error(err)
		}
	})
}

// Basic cannot carry the code of an authenticator; tenants have tokens even where they do not say so.
func TestATOTPUserAtATenantThatOffersOnlyBasic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		b.front = func(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
			if r.URL.Path == "/tenant/loginOptions" {
				answering(200, map[string]string{"Content-Type": "application/json"}, `{"loginOptions":[{"type":"BASIC"}]}`)(w, r, tenant)
				return
			}
			tenant.ServeHTTP(w, r)
		}
		flow := session.Begin(b.profile("totp"), b.options())
		flow.Next(t.Context())
		b.expect(flow.Answer(t.Context(), typed("totp")(b)), "NeedTOTP")
		step := flow.Answer(t.Context(), session.Answer{Code: b.code("totp")})
		b.expect(step, "Done")
		if s := step.(session.Done).Session; s.Method() != "OAUTH2_INTERNAL" || !s.TFA() {
			t.Errorf("%s, TFA %v", s.Method(), s.TFA())
		}
	})
}
