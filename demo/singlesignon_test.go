package demo_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

// browse fetches a page or sends a form (if there are fields), as a browser does that follows no redirects.
func (b *bench) browse(address string, fields url.Values, cookies ...string) (*http.Response, string) {
	b.Helper()
	if !strings.Contains(address, "://") {
		address = b.server.URL + address
	}
	method, body := "GET", io.Reader(http.NoBody)
	if fields != nil {
		method, body = "POST", strings.NewReader(fields.Encode())
	}
	request, err := http.NewRequest(method, address, body)
	if err != nil {
		b.Fatal(err)
	}
	if fields != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if len(cookies) > 0 {
		request.Header.Set("Cookie", strings.Join(cookies, "; "))
	}
	response, err := b.server.Client.Transport.RoundTrip(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatal(err)
	}
	return response, string(text)
}

// provided is a document of the identity provider.
func (b *bench) provided(path string, fields url.Values) (status int, document map[string]any) {
	b.Helper()
	response, text := b.browse(path, fields)
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		b.Fatalf("%s: %v: %s", path, err, text)
	}
	return response.StatusCode, document
}

// atProvider begins as a desktop client does: it asks the tenant for the provider's address, and has itself called back on loopback.
func (b *bench) atProvider(callback string) *url.URL {
	b.Helper()
	options := b.as("").get("/tenant/loginOptions")
	if got := options.text("loginOptions", 2, "type"); got != "OAUTH2" {
		b.Fatalf("the third login option is %s", got)
	}
	response, _ := b.browse(options.text("loginOptions", 2, "initRequest"), nil)
	if response.StatusCode != http.StatusFound {
		b.Fatalf("initRequest: %s", response.Status)
	}
	address, err := response.Location()
	if err != nil {
		b.Fatal(err)
	}
	query := address.Query()
	query.Set("redirect_uri", callback)
	address.RawQuery = query.Encode()
	return address
}

func account(name, password string) url.Values {
	return url.Values{"username": {name}, "password": {password}, "decision": {"allow"}}
}

const callback = "http://127.0.0.1:5001/callback"

// codeFor signs in at the provider and returns the code that the client's callback gets.
func (b *bench) codeFor(name, password string) string {
	b.Helper()
	address := b.atProvider(callback)
	_, form := b.browse(address.String(), nil)
	if !strings.Contains(form, `name="username"`) {
		b.Fatalf("the provider shows %s", form)
	}
	response, text := b.browse(address.String(), account(name, password))
	back, err := response.Location()
	if err != nil {
		b.Fatalf("%s: %s", response.Status, text)
	}
	if back.Query().Get("state") != address.Query().Get("state") || back.Host != "127.0.0.1:5001" {
		b.Fatalf("sent back to %s", back)
	}
	return back.Query().Get("code")
}

func (b *bench) exchange(code string, cookies ...string) (*http.Response, map[string]any) {
	b.Helper()
	response, text := b.browse("/tenant/oauth/token?tenant_id=t4711", url.Values{"grant_type": {"AUTHORIZATION_CODE"}, "code": {code}}, cookies...)
	var document map[string]any
	_ = json.Unmarshal([]byte(text), &document)
	return response, document
}

const fromLoopback = "REQUEST_ORIGIN=" + callback

func TestSingleSignOnOfADesktopClient(t *testing.T) {
	b := start(t, demo.Options{SignIn: demo.SignIn{SSO: demo.SSORedirect}})
	for name, want := range map[string]struct{ user, groups string }{
		"sso": {"sso", "5 4"}, "newcomer": {"newcomer", "4"}, "chief": {"chief", "2"},
	} {
		code := b.codeFor(name, "demo-"+strings.ToUpper(name[:1])+name[1:]+".1")
		if response, _ := b.exchange(code); response.StatusCode != 400 {
			t.Errorf("without saying where the code went: %s", response.Status)
		}
		response, document := b.exchange(code, fromLoopback)
		token, _ := document["access_token"].(string)
		if response.StatusCode != 200 {
			t.Fatalf("%s: %s %v", name, response.Status, document)
		}
		me := b.as(token).with("Accept", "application/vnd.com.nsn.cumulocity.user+json").get("/user/currentUser")
		var groups []string
		for i := range 3 {
			if id := me.text("groups", "references", i, "group", "id"); id != "" {
				groups = append(groups, id)
			}
		}
		if me.text("userName") != want.user || strings.Join(groups, " ") != want.groups {
			t.Errorf("%s is %s in groups %v, want %+v", name, me.text("userName"), groups, want)
		}
		if response, _ := b.exchange(code, fromLoopback); response.StatusCode != 400 {
			t.Errorf("the code is good twice: %s", response.Status)
		}
		if out := b.as(token).want(200, "POST", "/user/logout", `{}`); !strings.Contains(out.text("url"), "/openid-connect/logout") {
			t.Errorf("logout names no page of the provider's: %s", out.body)
		}
		b.as(token).want(401, "GET", "/user/currentUser", nil)
		b.as(name+":demo-Sso.1").want(401, "GET", "/user/currentUser", nil) // there is no password here
	}
	if response, document := b.exchange(b.codeFor("outsider", "demo-Outsider.1"), fromLoopback); response.StatusCode != 403 {
		t.Errorf("nothing is for outsider: %s %v", response.Status, document)
	}
	if response, _ := b.exchange("made-up", fromLoopback); response.StatusCode != 400 {
		t.Errorf("a made-up code: %s", response.Status)
	}
	b.tenant.SetFaults(demo.Fault{Kind: demo.BadRequest, Path: "/tenant/oauth/token", Count: 1})
	code := b.codeFor("sso", "demo-Sso.1")
	for _, status := range []int{400, 200} { // as real tenants do now and then
		if response, document := b.exchange(code, fromLoopback); response.StatusCode != status {
			t.Errorf("%s %v, want %d", response.Status, document, status)
		}
	}
}

func TestTheProviderRefuses(t *testing.T) {
	b := start(t, demo.Options{SignIn: demo.SignIn{SSO: demo.SSORedirect}})
	for _, redirect := range []string{
		"https://evil.example/callback", "http://127.0.0.1.evil.example/", "http://localhost@evil.example/", "https://127.0.0.1/", "javascript:alert(1)", b.server.URL + "/elsewhere", "",
	} {
		if response, text := b.browse(b.atProvider(redirect).String(), nil); response.StatusCode != 400 || !strings.Contains(text, "redirect_uri") {
			t.Errorf("redirect to %q: %s", redirect, response.Status)
		}
	}
	for _, redirect := range []string{"http://localhost:5001/callback", "http://[::1]:49152/", "http://127.0.0.1:1/x?y=z", b.server.URL + "/tenant/oauth"} {
		if response, _ := b.browse(b.atProvider(redirect).String(), nil); response.StatusCode != 200 {
			t.Errorf("redirect to %q: %s", redirect, response.Status)
		}
	}
	address := b.atProvider(callback).String()
	if response, text := b.browse(address, account("sso", "wrong")); response.StatusCode != 401 || !strings.Contains(text, "Invalid username or password") {
		t.Errorf("a wrong password: %s", response.Status)
	}
	response, _ := b.browse(address, url.Values{"decision": {"deny"}})
	if back, err := response.Location(); err != nil || back.Query().Get("error") != "access_denied" || back.Query().Get("error_description") == "" || back.Query().Get("state") == "" {
		t.Errorf("who cancels is sent to %v, %v", back, err)
	}
	if _, text := b.browse(address+"&x=%3Cscript%3E", account("<script>", "x")); strings.Contains(text, "<script>") {
		t.Error("what somebody types becomes part of the page")
	}
}

func TestSingleSignOnOfABrowser(t *testing.T) {
	for how, status := range map[demo.SSO]int{demo.SSORedirect: 302, demo.SSODocument: 200} {
		b := start(t, demo.Options{SignIn: demo.SignIn{SSO: how}})
		response, text := b.browse("/tenant/oauth?tenant_id=t4711&response_type=code&originUri="+url.QueryEscape(b.server.URL+"/apps/cockpit"), nil)
		address := response.Header.Get("Location")
		if how == demo.SSODocument {
			var document struct{ RedirectTo string }
			_ = json.Unmarshal([]byte(text), &document)
			address = document.RedirectTo
		}
		if response.StatusCode != status || address == "" {
			t.Fatalf("%s: %s %s", how, response.Status, text)
		}
		response, _ = b.browse(address, account("newcomer", "demo-Newcomer.1"))
		back := response.Header.Get("Location")
		response, text = b.browse(back, nil)
		if response.StatusCode != 302 || response.Header.Get("Location") != b.server.URL+"/apps/cockpit" || len(response.Cookies()) != 2 {
			t.Fatalf("%s, to %s with %v: %s", response.Status, response.Header.Get("Location"), response.Cookies(), text)
		}
		if got := b.withCookies(response.Cookies()).as("").get("/user/currentUser").text("userName"); got != "newcomer" {
			t.Errorf("the browser is %s", got)
		}
		if response, _ := b.browse(back, nil); response.StatusCode != 401 {
			t.Errorf("going back and forth signs in again: %s", response.Status)
		}
	}
	b := start(t, demo.Options{SignIn: demo.SignIn{SSO: demo.SSORedirect}})
	response, _ := b.browse("/tenant/oauth?tenant_id=t4711&originUri="+url.QueryEscape("https://evil.example/"), nil)
	response, _ = b.browse(response.Header.Get("Location"), account("newcomer", "demo-Newcomer.1"))
	if response, _ = b.browse(response.Header.Get("Location"), nil); response.Header.Get("Location") != "/" {
		t.Errorf("a browser that has signed in is sent to %s", response.Header.Get("Location"))
	}
	b = start(t, demo.Options{})
	b.as("").want(404, "GET", "/tenant/oauth?tenant_id=t4711&response_type=code", nil)
	if response, _ := b.exchange("x"); response.StatusCode != 400 {
		t.Errorf("without single sign-on: %s", response.Status)
	}
}

// The device grant, step by step, in fake time: RFC 8628.
func TestDeviceGrant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{SignIn: demo.SignIn{SSO: demo.SSORedirect}})
		address := b.atProvider(callback)
		realm := address.Path[:strings.Index(address.Path, "/protocol/")]
		_, known := b.provided(realm+"/.well-known/openid-configuration", nil)
		if _, atRoot := b.provided("/.well-known/openid-configuration", nil); atRoot["issuer"] != known["issuer"] || known["issuer"] != b.server.URL+realm {
			t.Errorf("the configuration is of %v", known["issuer"])
		}
		text := func(document map[string]any, name string) string {
			value, _ := document[name].(string)
			return value
		}
		pair := func() map[string]any {
			status, pairing := b.provided(text(known, "device_authorization_endpoint"), url.Values{"client_id": {address.Query().Get("client_id")}, "scope": {"openid"}})
			if status != 200 || pairing["interval"] != 5.0 || pairing["expires_in"] != 600.0 {
				t.Fatalf("%d %v", status, pairing)
			}
			return pairing
		}
		poll := func(pairing map[string]any, want string) map[string]any {
			t.Helper()
			_, answer := b.provided(text(known, "token_endpoint"), url.Values{
				"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {text(pairing, "device_code")}, "client_id": {address.Query().Get("client_id")},
			})
			if got := text(answer, "error"); got != want {
				t.Fatalf("%q, want %q: %v", got, want, answer)
			}
			return answer
		}
		first := pair()
		poll(first, "authorization_pending")
		time.Sleep(time.Second)
		poll(first, "slow_down")
		time.Sleep(10 * time.Second)
		poll(first, "authorization_pending")
		_, form := b.browse(text(first, "verification_uri_complete"), nil)
		if !strings.Contains(form, text(first, "user_code")) {
			t.Errorf("the page does not know the code: %s", form)
		}
		fields := account("sso", "demo-Sso.1")
		fields.Set("user_code", strings.ToLower(strings.ReplaceAll(text(first, "user_code"), "-", "")))
		if response, page := b.browse(text(first, "verification_uri"), fields); response.StatusCode != 200 || !strings.Contains(page, "connected") {
			t.Errorf("%s %s", response.Status, page)
		}
		time.Sleep(10 * time.Second)
		tokens := poll(first, "")
		if got := b.as(text(tokens, "access_token")).get("/user/currentUser").text("userName"); got != "sso" {
			t.Errorf("the provider's token is %s's", got)
		}
		b.as(text(tokens, "id_token")).want(401, "GET", "/user/currentUser", nil) // says who somebody is, not what he may
		poll(first, "invalid_grant")

		second := pair()
		fields.Set("user_code", text(second, "user_code"))
		fields.Set("decision", "deny")
		b.browse(text(second, "verification_uri"), fields)
		poll(second, "access_denied")

		third := pair()
		time.Sleep(11 * time.Minute)
		poll(third, "expired_token")

		time.Sleep(time.Hour)
		if a := b.as(text(tokens, "access_token")).want(401, "GET", "/user/currentUser", nil); !strings.Contains(a.text("message"), "expired") {
			t.Errorf("an hour later: %s", a.body)
		}
		_, renewed := b.provided(text(known, "token_endpoint"), url.Values{
			"grant_type": {"refresh_token"}, "refresh_token": {text(tokens, "refresh_token")}, "client_id": {address.Query().Get("client_id")},
		})
		b.as(text(renewed, "access_token")).get("/user/currentUser")

		option := b.get("/tenant/loginOptions/OAUTH2").text("id")
		b.want(200, "PUT", "/tenant/loginOptions/"+option, `{"externalTokenConfig":{"enabled":false}}`)
		b.as(text(renewed, "access_token")).want(401, "GET", "/user/currentUser", nil)
	})
}
