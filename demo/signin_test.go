package demo_test

import (
	"encoding/base64"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

// lastLetter is the code in what was sent to a user last.
func (b *bench) lastLetter(user string) string {
	b.Helper()
	code := ""
	for _, letter := range b.tenant.Letters() {
		if letter.User == user {
			code = letter.Code
		}
	}
	if code == "" {
		b.Fatalf("nothing was sent to %s", user)
	}
	return code
}

// told fails unless an answer refuses with a text.
func (a answer) told(t *testing.T, status int, text string) {
	t.Helper()
	if a.StatusCode != status || !strings.Contains(a.text("message"), text) {
		t.Errorf("%d %s, want %d and %q", a.StatusCode, a.body, status, text)
	}
}

// Every way in which signing in can go, and how to bring it about: by the options of the tenant, by who signs in, or by what happens meanwhile.
// It is the list for those who test clients.
func TestEveryWayToSignIn(t *testing.T) {
	const me = "/user/currentUser"
	hour := demo.SessionOptions{Life: time.Hour, Renewal: 10 * time.Minute, Parallel: 2}
	for _, test := range []struct {
		name    string
		options demo.Options
		goes    func(t *testing.T, b *bench)
	}{
		{"a password is enough", demo.Options{}, func(t *testing.T, b *bench) {
			b.as(b.login("reader", "demo-Reader.1")).get(me)
			b.as("reader:demo-Reader.1").get(me)
		}},
		{"wrong password", demo.Options{}, func(t *testing.T, b *bench) {
			b.signIn(bodyToken, "reader", "wrong", "").told(t, 401, "Bad credentials")
			b.as("reader:wrong").do("GET", me, nil).told(t, 401, "Bad credentials")
		}},
		{"nobody of that name", demo.Options{}, func(t *testing.T, b *bench) { b.signIn(bodyToken, "ghost", "x", "").told(t, 401, "Bad credentials") }},
		{"locked", demo.Options{}, func(t *testing.T, b *bench) {
			b.signIn(bodyToken, "locked", "demo-Locked.1", "").told(t, 401, "User account is locked")
		}},
		{"disabled", demo.Options{}, func(t *testing.T, b *bench) {
			b.signIn(bodyToken, "disabled", "demo-Disabled.1", "").told(t, 401, "Bad credentials")
		}},
		{"locked by wrong passwords, opened by a new one", demo.Options{}, func(t *testing.T, b *bench) {
			for range 10 {
				b.signIn(bodyToken, "reader", "wrong", "")
			}
			b.signIn(bodyToken, "reader", "demo-Reader.1", "").told(t, 401, "User account is locked")
			b.as("").want(200, "POST", "/user/passwordReset?tenantId=t4711", `{"email":"reader"}`)
			b.as("").want(200, "PUT", "/user/passwordReset?tenantId=t4711", `{"token":"`+b.lastLetter("reader")+`","email":"reader","newPassword":"Again-2026!","passwordStrength":"GREEN"}`)
			b.signIn(bodyToken, "reader", "Again-2026!", "").told(t, 200, "")
		}},
		{"TOTP", demo.Options{}, func(t *testing.T, b *bench) {
			b.signIn(bodyToken, "totp", "demo-Totp.1", "").told(t, 401, "TFA TOTP code required")
			b.signIn(bodyToken, "totp", "demo-Totp.1", "000000").told(t, 401, "TOTP code is invalid")
			b.signIn(bodyToken, "totp", "demo-Totp.1", "undefined").told(t, 401, `For input string: "undefined"`)
			b.signIn(bodyToken, "totp", "wrong", "000000").told(t, 401, "Bad credentials")
			b.signIn(bodyToken, "totp", "demo-Totp.1", authenticator("JBSWY3DPEHPK3PXP", time.Now())).told(t, 200, "")
			b.as("totp:demo-Totp.1").do("GET", me, nil).told(t, 401, "TFA TOTP code required") // Basic cannot carry a code
		}},
		{"TOTP has to be set up", demo.Options{}, func(t *testing.T, b *bench) {
			b.signIn(bodyToken, "enrol", "demo-Enrol.1", "").told(t, 401, "TOTP setup required")
			in := b.as("enrol:demo-Enrol.1")
			secret := in.want(200, "POST", me+"/totpSecret", nil).text("rawSecret")
			in.do("POST", me+"/totpSecret/verify", `{"code":"000000"}`).told(t, 403, "Invalid verification code")
			in.want(204, "POST", me+"/totpSecret/verify", `{"code":"`+authenticator(secret, time.Now())+`"}`)
			in.want(204, "POST", me+"/totpSecret/activity", `{"isActive":true}`)
			b.signIn(bodyToken, "enrol", "demo-Enrol.1", authenticator(secret, time.Now())).told(t, 200, "")
		}},
		{"the tenant makes everybody set up TOTP", demo.Options{}, func(t *testing.T, b *bench) {
			b.want(200, "POST", "/tenant/options", `{"category":"two-factor-authentication","key":"enforced","value":"true"}`)
			b.signIn(bodyToken, "reader", "demo-Reader.1", "").told(t, 401, "TOTP setup required")
		}},
		{"SMS, with the form", demo.Options{}, func(t *testing.T, b *bench) {
			b.signIn(bodyToken, "sms", "demo-Sms.1!", "").told(t, 401, "pin has been generated")
			b.signIn(bodyToken, "sms", "demo-Sms.1!", "").told(t, 401, "pin has already been generated")
			b.signIn(bodyToken, "sms", "demo-Sms.1!", "1").told(t, 401, "TFA code is invalid")
			b.signIn(bodyToken, "sms", "demo-Sms.1!", b.lastLetter("sms")).told(t, 200, "")
		}},
		{"SMS, with Basic and another one", demo.Options{}, func(t *testing.T, b *bench) {
			in := b.as("sms:demo-Sms.1!")
			in.do("GET", me, nil).told(t, 401, "pin has been generated")
			first := b.lastLetter("sms")
			in.do("POST", "/user/pin", `{"pin":"0"}`).told(t, 403, "") // it was sent all the same
			if again := b.lastLetter("sms"); again == first {
				t.Error("no other code was sent")
			}
			in.do("POST", "/user/pin", `{"pin":"999999"}`).told(t, 403, "")
			token := in.want(200, "POST", "/user/pin", `{"pin":"`+b.lastLetter("sms")+`"}`).Header.Get("TFAToken")
			in.with("TFAToken", token).get(me)
		}},
		{"SMS without a phone number", demo.Options{}, func(t *testing.T, b *bench) {
			a := b.signIn(bodyToken, "nophone", "demo-Nophone.1", "")
			if a.told(t, 401, "phone number"); a.Header.Get("NoPhoneHeader") == "" {
				t.Error("the header is missing")
			}
			in := b.as("nophone:demo-Nophone.1")
			in.want(200, "PUT", "/user/currentUserPhone", `{"phone":"+4940123456"}`)
			in.do("POST", "/user/pin", `{"pin":"0"}`)
			b.signIn(bodyToken, "nophone", "demo-Nophone.1", b.lastLetter("nophone")).told(t, 200, "")
		}},
		{"a new password is due", demo.Options{}, func(t *testing.T, b *bench) {
			token := b.signIn(bodyToken, "renew", "demo-Renew.1", "").Header.Get("passwordresettoken")
			reset := func(password string) answer {
				return b.as("").do("PUT", "/user/passwordReset?tenantId=t4711", map[string]string{"token": token, "email": "renew", "newPassword": password, "passwordStrength": "GREEN"})
			}
			reset("weak").told(t, 422, "between 8 and 32")
			reset("long-but-all-small").told(t, 422, "too weak")
			reset("demo-Renew.1").told(t, 422, "used before")
			reset("Better-2026!").told(t, 200, "")
			reset("Better-2027!").told(t, 422, "expired")
			b.signIn(bodyToken, "renew", "Better-2026!", "").told(t, 200, "")
		}},
		{"the tenant's rule for new passwords", demo.Options{}, func(t *testing.T, b *bench) {
			b.want(200, "PUT", "/tenant/options/password", `{"green.min-length":"14","enforce.strength":"true"}`)
			o := b.as("").get("/tenant/loginOptions")
			if o.text("loginOptions", 0, "greenMinLength") != "14" || o.text("loginOptions", 0, "enforceStrength") != "true" {
				t.Errorf("told %s", o.body)
			}
			in := b.as("operator:demo-Operator.1")
			in.do("PUT", me+"/password", `{"currentUserPassword":"demo-Operator.1","newPassword":"Short-2026!"}`).told(t, 422, "at least 14 characters")
		}},
		{"a forgotten password", demo.Options{}, func(t *testing.T, b *bench) {
			b.as("").want(200, "POST", "/user/passwordReset?tenantId=t4711", `{"email":"rosa@demo.example"}`)
			b.as("").want(200, "PUT", "/user/passwordReset?tenantId=t4711", `{"token":"`+b.lastLetter("reader")+`","email":"rosa@demo.example","newPassword":"Found-2026!","passwordStrength":"GREEN"}`)
			b.signIn(bodyToken, "reader", "Found-2026!", "").told(t, 200, "")
		}},
		{"too many sessions", demo.Options{Sessions: hour}, func(t *testing.T, b *bench) {
			first := b.login("reader", "demo-Reader.1")
			for range 2 {
				time.Sleep(time.Second)
				b.login("reader", "demo-Reader.1")
			}
			b.as(first).do("GET", me, nil).told(t, 401, "Token is terminated")
		}},
		{"the session is over", demo.Options{Sessions: hour}, func(t *testing.T, b *bench) {
			token := b.login("reader", "demo-Reader.1")
			time.Sleep(61 * time.Minute)
			b.as(token).do("GET", me, nil).told(t, 401, "not present for user")
		}},
		{"revoked by an administrator", demo.Options{}, func(t *testing.T, b *bench) {
			token := b.login("reader", "demo-Reader.1")
			b.want(200, "POST", "/user/logout/t4711/allUsers", nil)
			b.as(token).do("GET", me, nil).told(t, 401, "Token is terminated")
		}},
		{"revoked by the test", demo.Options{}, func(t *testing.T, b *bench) {
			token := b.login("reader", "demo-Reader.1")
			b.tenant.EndSessions("reader")
			b.as(token).do("GET", me, nil).told(t, 401, "Token is terminated")
		}},
		{"logged out", demo.Options{}, func(t *testing.T, b *bench) {
			token := b.login("reader", "demo-Reader.1")
			b.as(token).want(200, "POST", "/user/logout", `{}`)
			b.as(token).do("GET", me, nil).told(t, 401, "User has been logged out")
		}},
		{"the password was changed elsewhere", demo.Options{}, func(t *testing.T, b *bench) {
			token, here := b.login("operator", "demo-Operator.1"), b.login("operator", "demo-Operator.1")
			b.as(here).want(200, "PUT", me+"/password", `{"currentUserPassword":"demo-Operator.1","newPassword":"Other-2026!"}`)
			b.as(token).do("GET", me, nil).told(t, 401, "Token is terminated")
			b.as("operator:demo-Operator.1").do("GET", me, nil).told(t, 401, "Bad credentials")
		}},
		{"the strategy of the tenant was changed", demo.Options{}, func(t *testing.T, b *bench) {
			token := b.signIn(bodyToken, "totp", "demo-Totp.1", authenticator("JBSWY3DPEHPK3PXP", time.Now())).text("access_token")
			b.want(204, "PUT", "/tenant/tenants/t4711/tfa", `{"strategy":"SMS"}`)
			b.as(token).do("GET", me, nil).told(t, 401, "change in authentication strategy")
		}},
		{"a cookie that is renewed", demo.Options{Sessions: hour}, func(t *testing.T, b *bench) {
			a := b.signIn("/tenant/oauth", "reader", "demo-Reader.1", "")
			in := b.as("").withCookies(a.Cookies())
			in.get(me)
			time.Sleep(11 * time.Minute)
			if renewed := in.get(me).Cookies(); len(renewed) != 2 {
				t.Errorf("the cookies are %v", renewed)
			} else {
				b.as("").withCookies(renewed).get(me)
			}
			time.Sleep(2 * time.Minute)
			in.do("GET", me, nil).told(t, 401, "")
		}},
		{"the tenant is suspended", demo.Options{SignIn: demo.SignIn{Suspended: true}}, func(t *testing.T, b *bench) {
			b.as("reader:demo-Reader.1").do("GET", me, nil).told(t, 401, "Tenant has no access from outside the platform")
			b.signIn(bodyToken, "reader", "demo-Reader.1", "").told(t, 403, "Tenant has no access from outside the platform")
			b.as("management/admin:demo-Admin.1").want(200, "PUT", "/tenant/tenants/t4711", `{"status":"ACTIVE"}`)
			b.as("reader:demo-Reader.1").get(me)
		}},
		{"the tenant knows only Basic", demo.Options{SignIn: demo.SignIn{BasicOnly: true}}, func(t *testing.T, b *bench) {
			o := b.as("").get("/tenant/loginOptions")
			if o.all("loginOptions", "type") != "BASIC" || o.text("loginOptions", 0, "visibleOnLoginPage") != "true" {
				t.Errorf("offered %s", o.body)
			}
			b.signIn(bodyToken, "reader", "demo-Reader.1", "").told(t, 400, "Unsupported grant type")
			b.as("reader:demo-Reader.1").get(me)
		}},
		{"the address does not tell the tenant", demo.Options{SignIn: demo.SignIn{UnknownHost: true}}, func(t *testing.T, b *bench) {
			b.as("").do("GET", "/tenant/loginOptions", nil).told(t, 401, "no tenant")
			b.as("").get("/tenant/loginOptions?tenantId=t4711")
			b.as("reader:demo-Reader.1").do("GET", me, nil).told(t, 401, "no tenant")
			b.as("t4711/reader:demo-Reader.1").get(me)
			b.login("reader", "demo-Reader.1") // with the parameter tenant_id
		}},
		{"single sign-on", demo.Options{SignIn: demo.SignIn{SSO: demo.SSORedirect}}, func(t *testing.T, b *bench) {
			response, document := b.exchange(b.codeFor("sso", "demo-Sso.1"), fromLoopback)
			if token, _ := document["access_token"].(string); response.StatusCode == http.StatusOK {
				b.as(token).get(me)
			} else {
				t.Errorf("%s %v", response.Status, document)
			}
		}},
		{"the clock of the tenant is wrong", demo.Options{Faults: []demo.Fault{{Kind: demo.ClockSkew, By: -48 * time.Hour}}}, func(t *testing.T, b *bench) {
			claims := claimsOf(t, b.login("reader", "demo-Reader.1"))
			if at := time.Unix(int64(claims["iat"].(float64)), 0); time.Since(at) < 47*time.Hour {
				t.Errorf("the token was issued at %v", at)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { test.goes(t, start(t, test.options)) })
		})
	}
}

// What is for signing in does not get into the log.
func TestTheLogKeepsSecrets(t *testing.T) {
	var log strings.Builder
	b := start(t, demo.Options{Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), SignIn: demo.SignIn{SSO: demo.SSORedirect}})
	code := b.codeFor("sso", "demo-Sso.1")
	b.browse("/tenant/oauth/token?grant_type=PASSWORD&username=reader&password=demo-Reader.1&tfa_code=123456", map[string][]string{})
	b.browse("/tenant/oauth?code="+code+"&state=x", nil)
	for _, secret := range []string{"demo-Reader.1", "demo-Sso.1", "123456", code, base64.StdEncoding.EncodeToString([]byte("reader:demo-Reader.1"))} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log has %q:\n%s", secret, log.String())
		}
	}
	if !strings.Contains(log.String(), "redacted") {
		t.Errorf("nothing was left out of the log:\n%s", log.String())
	}
}
