package demo_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

// authenticator is an app by RFC 6238, written for the tests.
func authenticator(secret string, at time.Time) string {
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return err.Error()
	}
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, at.Unix()/30)
	sum := mac.Sum(nil)
	from := sum[19] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[from:from+4])&(1<<31-1)%1_000_000)
}

// The test vectors of RFC 6238, appendix B, cut to six digits.
func TestAuthenticatorOfTheTests(t *testing.T) {
	secret := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"} {
		if got := authenticator(secret, time.Unix(at, 0)); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

// signIn sends the login form, with a code or, if it is empty, without.
func (b *bench) signIn(path, user, password, code string) answer {
	b.Helper()
	fields := []string{"grant_type", "PASSWORD", "username", user, "password", password}
	if code != "" {
		fields = append(fields, "tfa_code", code)
	}
	return b.as("").with("Content-Type", "application/x-www-form-urlencoded").do("POST", path, form(fields...))
}

const bodyToken = "/tenant/oauth/token"

func TestTOTP(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		var secret string
		for _, u := range b.tenant.Users() {
			if u.Name == "totp" {
				secret = u.TOTPSecret
			}
		}
		now := authenticator(secret, time.Now())
		for _, test := range []struct {
			code    string
			status  int
			message string
		}{
			{"", 401, "Invalid credentials! : TFA TOTP code required."},
			{"undefined", 401, `Invalid credentials! : For input string: "undefined"`},
			{"12345a", 401, `For input string`},
			{"000000", 401, "TOTP"},
			{authenticator(secret, time.Now().Add(-time.Minute)), 401, "TOTP"},
			{authenticator(secret, time.Now().Add(-30*time.Second)), 200, ""},
			{now, 200, ""},
		} {
			if a := b.signIn(bodyToken, "totp", "demo-Totp.1", test.code); a.StatusCode != test.status || !strings.Contains(a.text("message"), test.message) && test.status != 200 {
				t.Errorf("code %q: %d %s, want %d %s", test.code, a.StatusCode, a.body, test.status, test.message)
			}
		}
		token := b.signIn(bodyToken, "totp", "demo-Totp.1", now).text("access_token")
		b.run([]request{
			{user: token, method: "GET", path: "/user/currentUser", status: 200, want: `"twoFactorAuthenticationEnabled":true`},
			{user: token, method: "GET", path: users + "/totp/tfa", status: 200, want: `"lastTfaRequestTime"`},
			{user: token, method: "POST", path: "/user/currentUser/totpSecret", status: 403}, // not with a token in the header
			{user: "totp:demo-Totp.1", method: "GET", path: "/user/currentUser", status: 401, want: "TOTP code required"},
			{method: "GET", path: users + "/totp/tfa", status: 200, want: `"strategy":"TOTP"`},
			{user: "nobody:demo-Nobody.1", method: "GET", path: users + "/totp/tfa", status: 403},
			{user: "nobody:demo-Nobody.1", method: "GET", path: users + "/nobody/tfa", status: 200, want: `"tfaEnabled":false`},
			{user: token, method: "DELETE", path: users + "/totp/totpSecret/revoke", status: 403}, // not one's own
			{method: "DELETE", path: users + "/reader/totpSecret/revoke", status: 404},
			{method: "DELETE", path: users + "/totp/totpSecret/revoke", status: 204},
			{user: token, method: "GET", path: "/user/currentUser", status: 401, want: "There was a change in authentication strategy"},
			{user: "totp:demo-Totp.1", method: "GET", path: "/user/currentUser", status: 401, want: "TOTP setup required"},
		})
	})
}

func TestWrongCodesLock(t *testing.T) {
	b := start(t, demo.Options{})
	for range 10 {
		b.signIn(bodyToken, "totp", "demo-Totp.1", "000000")
	}
	if a := b.signIn(bodyToken, "totp", "demo-Totp.1", ""); !strings.Contains(a.text("message"), "User account is locked") {
		t.Errorf("after ten wrong codes: %s", a.body)
	}
}

func TestTOTPSetUp(t *testing.T) {
	b := start(t, demo.Options{})
	const enrol, secretPath = "enrol:demo-Enrol.1", "/user/currentUser/totpSecret"
	if a := b.signIn(bodyToken, "enrol", "demo-Enrol.1", ""); a.StatusCode != 401 || !strings.Contains(a.text("message"), "TOTP setup required") {
		t.Fatalf("first: %d %s", a.StatusCode, a.body)
	}
	b.run([]request{
		{user: enrol, method: "GET", path: "/user/currentUser", status: 401, want: "TOTP setup required"},
		{user: enrol, method: "GET", path: secretPath + "/activity", status: 404},
		{user: enrol, method: "POST", path: secretPath + "/verify", body: `{"code":"123456"}`, status: 404},
		{user: enrol, method: "POST", path: secretPath + "/activity", body: `{"isActive":true}`, status: 409},
		{user: enrol, method: "POST", path: secretPath, body: `{}`, status: 200},
	})
	a := b.as(enrol).want(200, "POST", secretPath, nil) // another one in its place
	secret, qr := a.text("rawSecret"), a.text("secretQrUrl")
	if len(secret) != 16 || !strings.Contains(qr, "chl=otpauth%3A%2F%2Ftotp%2F") || !strings.Contains(qr, secret) {
		t.Fatalf("secret %s", a.body)
	}
	code := authenticator(secret, time.Now())
	b.run([]request{
		{user: enrol, method: "POST", path: secretPath + "/verify", body: `{"code":"12345"}`, status: 422},
		{user: enrol, method: "POST", path: secretPath + "/verify", body: `{"code":"000000"}`, status: 403, want: "Invalid verification code"},
		{user: enrol, method: "POST", path: secretPath + "/verify", body: `{"code":"` + code + `"}`, status: 204},
		{user: enrol, method: "GET", path: secretPath + "/activity", status: 200, want: `"isActive":false`},
		{user: enrol, method: "POST", path: secretPath + "/activity", body: `{"isActive":false}`, status: 403, want: "Cannot deactivate TOTP setup!"},
		{user: enrol, method: "POST", path: secretPath + "/activity", body: `{}`, status: 422},
		{user: enrol, method: "POST", path: secretPath + "/activity", body: `{"isActive":true}`, status: 204},
		{user: enrol, method: "GET", path: secretPath + "/activity", status: 401, want: "TOTP code required"},
	})
	token := b.signIn(bodyToken, "enrol", "demo-Enrol.1", authenticator(secret, time.Now())).text("access_token")
	b.as(token).get("/user/currentUser")
}

// A browser gets cookies that are good for nothing but the set-up.
func TestTOTPSetUpInABrowser(t *testing.T) {
	b := start(t, demo.Options{})
	in := b.browser("enrol", "demo-Enrol.1")
	if a := in.want(401, "GET", "/user/currentUser", nil); !strings.Contains(a.text("message"), "TOTP setup required") {
		t.Errorf("before: %s", a.body)
	}
	secret := in.want(200, "POST", "/user/currentUser/totpSecret", nil).text("rawSecret")
	in.want(204, "POST", "/user/currentUser/totpSecret/activity", `{"isActive":true}`)
	in.want(401, "GET", "/user/currentUser", nil) // sign in again
	if a := b.signIn("/tenant/oauth", "enrol", "demo-Enrol.1", authenticator(secret, time.Now())); a.StatusCode != 200 {
		t.Fatalf("after: %d %s", a.StatusCode, a.body)
	}
}

// phone receives what the tenant sends.
type phone struct{ bytes.Buffer }

// code is the last code that came.
func (p *phone) code() string {
	all := regexp.MustCompile(`verification code.*code=(\d{6})`).FindAllStringSubmatch(p.String(), -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1][1]
}

func TestSMSWithBasic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var phone phone
		b := start(t, demo.Options{Logger: slog.New(slog.NewTextHandler(&phone, nil))})
		const sms = "sms:demo-Sms.1!"
		b.run([]request{
			{user: sms, method: "GET", path: "/user/currentUser", status: 401, want: "pin has been generated"},
			{user: sms, method: "GET", path: "/user/currentUser", status: 401, want: "pin has already been generated"},
			{user: sms, method: "POST", path: "/user/pin", body: `{"pin":"000000x"}`, status: 403},
			{user: sms, method: "PUT", path: "/user/currentUserPhone", body: `{"phone":"+49123456"}`, status: 403},
			{user: reader, method: "POST", path: "/user/pin", body: `{"pin":"0"}`, status: 403},
		})
		first := phone.code()
		b.as(sms).want(403, "POST", "/user/pin", `{"pin":"0"}`) // which says that another one was sent
		if phone.code() == first {
			t.Error("no other code was sent")
		}
		b.as(sms).want(422, "POST", "/user/pin", `{}`)
		a := b.as(sms).want(200, "POST", "/user/pin", `{"pin":"`+phone.code()+`"}`)
		token := a.Header.Get("tfatoken")
		if token == "" {
			t.Fatalf("no token: %v", a.Header)
		}
		b.as(sms).with("TFAToken", token).get("/user/currentUser")
		b.as(reader).with("TFAToken", token).get("/user/currentUser") // who needs none
		b.as(sms).want(403, "POST", "/user/pin", `{"pin":"`+phone.code()+`"}`)
		time.Sleep(25 * time.Hour)
		if a := b.as(sms).with("TFAToken", token).want(401, "GET", "/user/currentUser", nil); !regexp.MustCompile(`(?i)invalid credentials.*pin.*generate`).MatchString(a.text("message")) {
			t.Errorf("after a day: %s", a.body)
		}
	})
}

func TestSMSWithTheForm(t *testing.T) {
	var phone phone
	b := start(t, demo.Options{Logger: slog.New(slog.NewTextHandler(&phone, nil))})
	for _, test := range []struct {
		code    func() string
		status  int
		message string
	}{
		{func() string { return "" }, 401, "pin has been generated"},
		{func() string { return "" }, 401, "pin has already been generated"},
		{func() string { return "000000" }, 401, "Invalid credentials"},
		{phone.code, 200, ""},
		{phone.code, 401, "Invalid credentials"}, // good once
	} {
		code := test.code()
		if a := b.signIn(bodyToken, "sms", "demo-Sms.1!", code); a.StatusCode != test.status || test.status == 401 && !strings.Contains(a.text("message"), test.message) {
			t.Errorf("code %q: %d %s", code, a.StatusCode, a.body)
		}
	}
}

func TestSMSWithoutPhone(t *testing.T) {
	var phone phone
	b := start(t, demo.Options{Logger: slog.New(slog.NewTextHandler(&phone, nil))})
	in := b.as("nophone:demo-Nophone.1")
	if a := in.want(401, "GET", "/user/currentUser", nil); a.Header.Get("NoPhoneHeader") == "" {
		t.Errorf("no header: %v %s", a.Header, a.body)
	}
	in.run([]request{
		{method: "PUT", path: "/user/currentUserPhone", body: `{}`, status: 422},
		{method: "PUT", path: "/user/currentUserPhone", body: `{"phone":"0151"}`, status: 422},
		{method: "PUT", path: "/user/currentUserPhone", body: `{"phone":"+4915112345"}`, status: 200},
		{method: "POST", path: "/user/pin", body: `{"pin":"0"}`, status: 403},
		{method: "POST", path: "/user/pin", body: `{"pin":"` + "CODE" + `"}`, status: 403},
	})
	in.want(200, "POST", "/user/pin", `{"pin":"`+phone.code()+`"}`)
}

func TestTFAOfTheTenant(t *testing.T) {
	b := start(t, demo.Options{})
	const path = "/tenant/tenants/t4711/tfa"
	token := b.login("reader", "demo-Reader.1")
	b.run([]request{
		{method: "GET", path: path, status: 200, want: `"strategy":"TOTP"`},
		{user: "nobody:demo-Nobody.1", method: "GET", path: path, status: 200},
		{method: "GET", path: "/tenant/tenants/t1/tfa", status: 404, want: "There is no tenant with id = t1"},
		{method: "PUT", path: "/tenant/tenants/t1/tfa", body: `{"strategy":"SMS"}`, status: 404},
		{method: "PUT", path: path, body: `{"strategy":"PIGEON"}`, status: 422},
		{user: reader, method: "PUT", path: path, body: `{"strategy":"SMS"}`, status: 403},
		{method: "PUT", path: path, body: `{"strategy":"SMS"}`, status: 204},
		{user: token, method: "GET", path: "/user/currentUser", status: 401, want: "There was a change in authentication strategy for your tenant or user account"},
		{method: "GET", path: path, status: 200, want: `"strategy":"SMS"`},
		{user: "enrol:demo-Enrol.1", method: "GET", path: "/user/currentUser", status: 401, want: "phone"},
		{user: "enrol:demo-Enrol.1", method: "POST", path: "/user/currentUser/totpSecret", status: 403},
		{method: "PUT", path: path, body: `{"strategy":"TOTP"}`, status: 204},
		{method: "PUT", path: "/tenant/options/two-factor-authentication", body: `{"enforced.group":"readers"}`, status: 200},
		{method: "GET", path: path, status: 200, want: `"enforcedUsersGroup":"readers"`},
		{method: "GET", path: users + "/reader/tfa", status: 200, want: `"tfaEnforced":true`},
		{user: reader, method: "GET", path: "/user/currentUser", status: 401, want: "TOTP setup required"},
		{method: "PUT", path: "/tenant/options/two-factor-authentication", body: `{"enabled":"false"}`, status: 200},
		{user: "totp:demo-Totp.1", method: "GET", path: "/user/currentUser", status: 200},
	})
	if a := b.as("").get("/tenant/loginOptions"); a.text("loginOptions", 0, "tfaSupported") != "false" {
		t.Errorf("login options %s", a.body)
	}
}
