package session_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
)

// authenticator is an app by RFC 6238, written for the tests.
func authenticator(secret string, at time.Time) c8yclient.Secret {
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return c8yclient.Secret(err.Error())
	}
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, at.Unix()/30)
	sum := mac.Sum(nil)
	from := sum[19] & 15
	return c8yclient.Secret(fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[from:from+4])&(1<<31-1)%1_000_000))
}

// turn is one answer and the step that follows from it.
type turn struct {
	answer func(*bench) session.Answer
	want   string
	says   []string
}

func typed(user string) func(*bench) session.Answer {
	return func(b *bench) session.Answer { return session.Answer{User: user, Password: b.password(user)} }
}

func gives(answer session.Answer) func(*bench) session.Answer {
	return func(*bench) session.Answer { return answer }
}

// Every way in that a user of the demo tenant has, and every way to get it wrong.
func TestSigningIn(t *testing.T) {
	for name, test := range map[string]struct {
		user  string
		turns []turn
		tfa   bool
	}{
		"password": {user: "reader", turns: []turn{
			{typed("reader"), "Done", nil},
		}},
		"user name with the tenant in front": {user: "reader", turns: []turn{
			{func(b *bench) session.Answer {
				return session.Answer{User: "t4711/reader", Password: b.password("reader")}
			}, "Done", nil},
		}},
		"nothing typed": {user: "reader", turns: []turn{
			{gives(session.Answer{}), "NeedPassword", []string{"password is missing"}},
			{typed("reader"), "Done", nil},
		}},
		"wrong password": {user: "reader", turns: []turn{
			{gives(session.Answer{Password: "guessed"}), "NeedPassword", []string{"user name or password is wrong", "lock the account"}},
			{typed("reader"), "Done", nil},
		}},
		"disabled": {user: "disabled", turns: []turn{
			{typed("disabled"), "NeedPassword", []string{"user name or password is wrong"}},
		}},
		"locked": {user: "locked", turns: []turn{
			{typed("locked"), "NeedPassword", []string{"locked", "administrator"}},
		}},
		"TOTP": {user: "totp", tfa: true, turns: []turn{
			{typed("totp"), "NeedTOTP", nil},
			{gives(session.Answer{Code: "abc"}), "NeedTOTP", []string{"digits only"}},
			{gives(session.Answer{Code: "000000"}), "NeedTOTP", []string{"the code is wrong", "the password is right"}},
			{func(b *bench) session.Answer { return session.Answer{Code: b.code("totp")} }, "Done", nil},
		}},
		"TOTP after a wrong password": {user: "totp", tfa: true, turns: []turn{
			{gives(session.Answer{Password: "guessed"}), "NeedPassword", []string{"wrong"}},
			{typed("totp"), "NeedTOTP", nil},
			{func(b *bench) session.Answer {
				return session.Answer{Code: " " + b.code("totp")[:3] + " " + b.code("totp")[3:]}
			}, "Done", nil},
		}},
		"SMS": {user: "sms", tfa: true, turns: []turn{
			{typed("sms"), "NeedSMS", nil},
			{gives(session.Answer{Code: "12 ab"}), "NeedSMS", []string{"digits only"}},
			{func(b *bench) session.Answer { return session.Answer{Code: otherThan(b.pin())} }, "NeedSMS", []string{"the pin is wrong", "the password is right"}},
			{gives(session.Answer{}), "NeedSMS", nil}, // another one, please
			{func(b *bench) session.Answer {
				if n := len(b.texts()); n != 2 {
					b.Errorf("%d SMS were sent, want 2", n)
				}
				return session.Answer{Code: b.pin()}
			}, "Done", nil},
		}},
		"SMS without a phone": {user: "nophone", tfa: true, turns: []turn{
			{typed("nophone"), "NeedPhone", nil},
			{gives(session.Answer{Phone: "0151 23456"}), "NeedPhone", []string{"international"}},
			{gives(session.Answer{Phone: "+49 no number"}), "NeedPhone", []string{"Invalid phone number"}},
			{gives(session.Answer{Phone: "+49 151 23456789"}), "NeedSMS", nil},
			{func(b *bench) session.Answer { return session.Answer{Code: b.pin()} }, "Done", nil},
		}},
		"a new password first": {user: "renew", turns: []turn{
			{typed("renew"), "NeedNewPassword", nil},
			{gives(session.Answer{NewPassword: "short"}), "NeedNewPassword", []string{"5 characters, 8 are needed"}},
			{gives(session.Answer{NewPassword: "s"}), "NeedNewPassword", []string{"1 character, 8 are needed"}},
			{gives(session.Answer{NewPassword: "größer als 8"}), "NeedNewPassword", []string{"without accents"}},
			{func(b *bench) session.Answer { return session.Answer{NewPassword: b.password("renew")} }, "NeedNewPassword", []string{"the old one"}},
			{gives(session.Answer{NewPassword: "all-small-letters"}), "NeedNewPassword", []string{"the tenant refuses it: Password is too weak"}},
			{gives(session.Answer{NewPassword: "Changed-Secret.9"}), "Done", nil},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, demo.Options{})
				flow := session.Begin(b.profile(test.user), b.options())
				step := flow.Next(t.Context())
				b.expect(step, "NeedPassword")
				for _, turn := range test.turns {
					step = flow.Answer(t.Context(), turn.answer(b))
					b.expect(step, turn.want, turn.says...)
				}
				done, ok := step.(session.Done)
				if !ok {
					return
				}
				s := done.Session
				if s.User() != test.user || s.Tenant() != "t4711" || s.Address() != address || s.TFA() != test.tfa || s.Method() != "OAUTH2_INTERNAL" {
					t.Errorf("signed in as %s at %s of %s by %s, TFA %v", s.User(), s.Tenant(), s.Address(), s.Method(), s.TFA())
				}
				if left := time.Until(s.Expires()).Round(time.Hour); left != 14*24*time.Hour {
					t.Errorf("the session expires in %v", left)
				}
				client, err := s.Client()
				if err != nil {
					t.Fatal(err)
				}
				if user, err := client.CurrentUser.Get(t.Context()); err != nil || user.UserName != test.user {
					t.Errorf("the tenant sees %v, %v", user, err)
				}
				kept, err := b.keeper.Load(t.Context(), address, "t4711", test.user)
				if err != nil || kept.Token == "" || kept.Password != "" || kept.TFA != test.tfa || kept.SignedIn.IsZero() {
					t.Errorf("kept is %+v, %v", kept, err)
				}
			})
		})
	}
}

// otherThan is a pin that is not that one.
func otherThan(pin c8yclient.Secret) c8yclient.Secret {
	if pin == "111111" {
		return "222222"
	}
	return "111111"
}

// A user who has to set up an authenticator gets a key, proves that it works, and is in.
func TestSettingUpAnAuthenticator(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		flow := session.Begin(b.profile("enrol"), b.options())
		flow.Next(t.Context())
		step := flow.Answer(t.Context(), typed("enrol")(b))
		b.expect(step, "NeedTOTPSetup")
		setup := step.(session.NeedTOTPSetup)
		if uri := setup.URI.Reveal(); !strings.HasPrefix(uri, "otpauth://totp/") || !strings.Contains(uri, "secret="+setup.Secret.Reveal()) {
			t.Errorf("the link is %q", uri)
		}
		b.expect(flow.Answer(t.Context(), session.Answer{Code: "hello"}), "NeedTOTPSetup", "digits only")
		b.expect(flow.Answer(t.Context(), session.Answer{Code: "000000"}), "NeedTOTPSetup", "not the one of this key")
		again := flow.Next(t.Context()).(session.NeedTOTPSetup)
		if again.Secret != setup.Secret {
			t.Error("a wrong code changed the key")
		}
		step = flow.Answer(t.Context(), session.Answer{Code: authenticator(setup.Secret.Reveal(), time.Now())})
		b.expect(step, "Done")
		if !step.(session.Done).Session.TFA() {
			t.Error("signed in without a second factor")
		}
	})
}

// A tenant that tells how strong passwords have to be has them checked before they are sent.
func TestTheRuleForPasswordsIsTheTenants(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		for key, value := range map[string]string{"enforce.strength": "true", "green.min-length": "12"} {
			b.admin("POST", "/tenant/options", fmt.Sprintf(`{"category":"password","key":%q,"value":%q}`, key, value))
		}
		flow := session.Begin(b.profile("renew"), b.options())
		flow.Next(t.Context())
		step := flow.Answer(t.Context(), typed("renew")(b))
		b.expect(step, "NeedNewPassword")
		if rule := step.(session.NeedNewPassword).Rule; rule != (session.PasswordRule{MinLength: 12, MaxLength: 32, Strong: true}) {
			t.Errorf("the rule is %+v", rule)
		}
		b.requests()
		b.expect(flow.Answer(t.Context(), session.Answer{NewPassword: "Short-1."}), "NeedNewPassword", "12 are needed")
		b.expect(flow.Answer(t.Context(), session.Answer{NewPassword: "no-capital-letter-1"}), "NeedNewPassword", "lacks a capital letter")
		if sent := b.requests(); len(sent) != 0 {
			t.Errorf("sent %v for passwords that are too weak", sent)
		}
	})
}

// admin has the administrator do something.
func (b *bench) admin(method, path, body string) {
	b.Helper()
	r, err := http.NewRequest(method, address+path, bytes.NewReader([]byte(body)))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.SetBasicAuth("t4711/admin", b.users["admin"].Password)
	resp, err := b.RoundTrip(r)
	if err != nil || resp.StatusCode >= 300 {
		b.Fatalf("%s %s: %v %v", method, path, resp.Status, err)
	}
	b.requests()
}
