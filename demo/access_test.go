package demo_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

// login signs in by the form and returns the token.
func (b *bench) login(user, password string) string {
	b.Helper()
	a := b.as("").with("Content-Type", "application/x-www-form-urlencoded").with("Accept", "").
		want(200, "POST", "/tenant/oauth/token?tenant_id=t4711", form("grant_type", "PASSWORD", "username", user, "password", password))
	return a.text("access_token")
}

// claimsOf is what a token says.
func claimsOf(t *testing.T, token string) (claims map[string]any) {
	t.Helper()
	body, err := base64.RawURLEncoding.DecodeString(strings.Split(token+".", ".")[1])
	if err == nil {
		err = json.Unmarshal(body, &claims)
	}
	if err != nil {
		t.Fatalf("%q is no token: %v", token, err)
	}
	return claims
}

func form(pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values.Encode()
}

func TestBasic(t *testing.T) {
	b := start(t, demo.Options{})
	for _, test := range []struct {
		user    string
		status  int
		message string
	}{
		{"admin:demo-Admin.1", 200, ""},
		{"t4711/admin:demo-Admin.1", 200, ""},
		{"demo.example/admin:demo-Admin.1", 200, ""},
		{"ADMIN:demo-Admin.1", 200, ""},
		{"admin:wrong", 401, "Invalid credentials! : Bad credentials"},
		{"nobody.at.all:x", 401, "Invalid credentials! : Bad credentials"},
		{"t9999/admin:demo-Admin.1", 401, "Invalid credentials! : Bad credentials"},
		{"locked:demo-Locked.1", 401, "Authentication failed! : User account is locked"},
		{"devicebootstrap:demo-Bootstrap.1", 401, "Invalid credentials! : Bad credentials"},
		{"management/devicebootstrap:demo-Bootstrap.1", 403, "Access is denied"},
		{"", 401, "Full authentication is required to access this resource"},
	} {
		a := b.as(test.user).do("GET", "/user/currentUser", nil)
		if a.StatusCode != test.status || test.status != 200 && a.text("message") != test.message {
			t.Errorf("%q: %d %s, want %d %s", test.user, a.StatusCode, a.body, test.status, test.message)
		}
		if test.status == 401 && (a.text("error") != "security/Unauthorized" || !strings.HasPrefix(a.Header.Get("WWW-Authenticate"), "Basic")) {
			t.Errorf("%q: error %q, challenge %q", test.user, a.text("error"), a.Header.Get("WWW-Authenticate"))
		}
	}
	a := b.as("").with("UseXBasic", "true").want(401, "GET", "/tenant/currentTenant", nil)
	if !strings.HasPrefix(a.Header.Get("WWW-Authenticate"), "XBasic") {
		t.Errorf("with UseXBasic the challenge is %q", a.Header.Get("WWW-Authenticate"))
	}
}

func TestLockAfterFailures(t *testing.T) {
	b := start(t, demo.Options{})
	for range 9 {
		b.as("reader:wrong").want(401, "GET", "/user/currentUser", nil)
	}
	b.as("reader:demo-Reader.1").get("/user/currentUser") // a success starts the count anew
	for range 10 {
		b.as("reader:wrong").want(401, "GET", "/user/currentUser", nil)
	}
	if a := b.as("reader:demo-Reader.1").want(401, "GET", "/user/currentUser", nil); !strings.Contains(a.text("message"), "locked") {
		t.Errorf("after ten failures: %s", a.body)
	}
}

func TestToken(t *testing.T) {
	b := start(t, demo.Options{})
	token := b.login("admin", "demo-Admin.1")
	if claims := claimsOf(t, token); claims["sub"] != "admin" || claims["ten"] != "t4711" || claims["xsrfToken"] == "" {
		t.Errorf("claims %v", claims)
	}
	if got := b.as(token).get("/user/currentUser").text("userName"); got != "admin" {
		t.Errorf("the token is %s's", got)
	}
	b.as(token+"x").want(401, "GET", "/user/currentUser", nil)
	b.as("no token").want(401, "GET", "/user/currentUser", nil)

	f := b.as("").with("Content-Type", "application/x-www-form-urlencoded")
	for _, test := range []struct {
		form    string
		status  int
		message string
	}{
		{form("grant_type", "password", "username", "t4711/admin", "password", "demo-Admin.1"), 200, ""},
		{form("grant_type", "PASSWORD", "username", "admin", "password", "demo-Admin.1", "tfa_code", "undefined"), 200, ""},
		{form("grant_type", "PASSWORD", "username", "admin", "password", "demo-Admin.1", "tenant_id", "demo.example"), 200, ""},
		{form("grant_type", "PASSWORD", "username", "admin", "password", "wrong"), 401, "Bad credentials"},
		{form("grant_type", "PASSWORD", "username", "locked", "password", "demo-Locked.1"), 401, "locked"},
		{form("grant_type", "PASSWORD", "username", "admin", "password", "demo-Admin.1", "tfa_code", "abc"), 401, "For input string"},
		{form("grant_type", "MAGIC", "username", "admin", "password", "demo-Admin.1"), 400, "grant"},
		{"", 400, "grant"},
	} {
		if a := f.do("POST", "/tenant/oauth/token", test.form); a.StatusCode != test.status || !strings.Contains(string(a.body), test.message) {
			t.Errorf("%s: %d %s", test.form, a.StatusCode, a.body)
		}
	}
}

func TestCookies(t *testing.T) {
	b := start(t, demo.Options{})
	a := b.as("").with("Content-Type", "application/x-www-form-urlencoded").
		want(200, "POST", "/tenant/oauth?tenant_id=t4711", form("grant_type", "PASSWORD", "username", "admin", "password", "demo-Admin.1"))
	if len(a.body) != 0 || len(a.Cookies()) != 2 {
		t.Fatalf("body %q, cookies %v", a.body, a.Cookies())
	}
	values := map[string]string{}
	for _, cookie := range a.Cookies() {
		values[cookie.Name] = cookie.Value
		if cookie.Path != "/" || cookie.HttpOnly != (cookie.Name == "authorization") {
			t.Errorf("cookie %v", cookie)
		}
	}
	in := b.as("").with("Cookie", "authorization="+values["authorization"]+"; XSRF-TOKEN="+values["XSRF-TOKEN"])
	in.want(401, "GET", "/user/currentUser", nil) // without the header
	in.with("X-XSRF-TOKEN", "other").want(401, "GET", "/user/currentUser", nil)
	in = in.with("X-XSRF-TOKEN", values["XSRF-TOKEN"])
	in.get("/user/currentUser")
	out := in.want(200, "POST", "/user/logout", `{}`)
	if cookies := out.Cookies(); len(cookies) != 2 || cookies[0].MaxAge >= 0 {
		t.Errorf("logout leaves %v", cookies)
	}
	if a := in.want(401, "GET", "/user/currentUser", nil); a.text("message") != "User has been logged out" {
		t.Errorf("after logout: %s", a.body)
	}
}

func TestEndOfSessions(t *testing.T) {
	b := start(t, demo.Options{Sessions: demo.SessionOptions{Parallel: 2}})
	first := b.login("admin", "demo-Admin.1")
	b.login("admin", "demo-Admin.1")
	b.login("reader", "demo-Reader.1")
	b.as(first).get("/user/currentUser")
	third := b.login("admin", "demo-Admin.1") // one too many: the oldest goes
	if a := b.as(first).want(401, "GET", "/user/currentUser", nil); a.text("message") != "Token is terminated" {
		t.Errorf("over the limit: %s", a.body)
	}
	if ended := b.tenant.EndSessions("Admin"); ended != 2 {
		t.Errorf("ended %d sessions, want 2", ended)
	}
	b.as(third).want(401, "GET", "/user/currentUser", nil)
	fourth := b.login("admin", "demo-Admin.1")
	b.want(403, "POST", "/user/logout/t1/allUsers", nil)
	b.want(200, "POST", "/user/logout/t4711/allUsers", nil)
	b.as(fourth).want(401, "GET", "/user/currentUser", nil)
}

func TestExpiryAndRenewal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{Sessions: demo.SessionOptions{Life: time.Hour, Renewal: time.Minute}})
		token := b.login("admin", "demo-Admin.1")
		a := b.as("").with("Content-Type", "application/x-www-form-urlencoded").
			want(200, "POST", "/tenant/oauth", form("grant_type", "PASSWORD", "username", "admin", "password", "demo-Admin.1"))
		in := b.as("").with("Cookie", "authorization="+a.Cookies()[0].Value).with("X-XSRF-TOKEN", a.Cookies()[1].Value)
		if a := in.get("/user/currentUser"); len(a.Cookies()) != 0 {
			t.Error("renewed at once")
		}
		time.Sleep(2 * time.Minute)
		renewed := in.get("/user/currentUser").Cookies()
		if len(renewed) != 2 {
			t.Fatalf("not renewed after two minutes: %v", renewed)
		}
		if a := in.get("/user/currentUser"); len(a.Cookies()) != 0 {
			t.Error("renewed twice") // what is under way with the old cookie may end
		}
		time.Sleep(2 * time.Minute)
		in.want(401, "GET", "/user/currentUser", nil)
		in.withCookies(renewed).get("/user/currentUser")
		if a := b.as(token).get("/user/currentUser"); len(a.Cookies()) != 0 {
			t.Error("a bearer token was renewed")
		}
		time.Sleep(time.Hour)
		if a := b.as(token).want(401, "GET", "/user/currentUser", nil); !strings.HasPrefix(a.text("message"), "Token '") || !strings.Contains(a.text("message"), "not present for user") {
			t.Errorf("after an hour: %s", a.body)
		}
	})
}

func TestLoginOptions(t *testing.T) {
	b := start(t, demo.Options{}).as("")
	a := b.get("/tenant/loginOptions")
	if got := a.all("loginOptions", "type"); got != "OAUTH2_INTERNAL BASIC" {
		t.Errorf("types %s", got)
	}
	if got := a.text("loginOptions", 0, "initRequest"); got != b.server.URL+"/tenant/oauth?tenant_id=t4711" {
		t.Errorf("initRequest %s", got)
	}
	b.get("/tenant/loginOptions?tenantId=t4711")
	b.get("/tenant/loginOptions?management=true")
	b.want(401, "GET", "/tenant/loginOptions?tenantId=t1", nil)
	b.want(400, "GET", "/tenant/loginOptions?tenantId=t4711&management=true", nil)
}

func TestWhoAmI(t *testing.T) {
	b := start(t, demo.Options{})
	if a := b.get("/tenant/currentTenant?withParent=true"); a.text("name") != "t4711" || a.text("domainName") != "demo.example" || a.text("parent") != "management" {
		t.Errorf("current tenant %s", a.body)
	}
	flat := b.with("Accept", "application/vnd.com.nsn.cumulocity.currentuser+json").get("/user/currentUser")
	if roles, _ := flat.at("effectiveRoles").([]any); len(roles) < 40 || flat.at("groups") != nil {
		t.Errorf("as current user: %d roles", len(roles))
	}
	full := b.with("Accept", "application/vnd.com.nsn.cumulocity.user+json").get("/user/currentUser")
	if full.text("groups", "references", 0, "group", "id") != "2" || full.at("effectiveRoles") != nil {
		t.Errorf("as user: %s", full.body)
	}
	if a := b.want(200, "PUT", "/user/currentUser", `{"firstName":"Adele","userName":"root"}`); a.text("firstName") != "Adele" || a.text("userName") != "admin" {
		t.Errorf("renamed: %s", a.body)
	}
	b.as("nobody:demo-Nobody.1").want(403, "PUT", "/user/currentUser", `{}`)
}

// TestPermissions checks who may do what. The routes that are missing here have no check of their own.
func TestPermissions(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.device("Pump", "com_cumulocity_model_Agent")
	source := `"source":{"id":"` + id + `"},"time":"2026-02-02T09:30:00Z","type":"t","text":"x"`
	alarm := b.create("/alarm/alarms", `{`+source+`,"severity":"MAJOR"}`)
	const (
		none     = "nobody:demo-Nobody.1"
		reader   = "reader:demo-Reader.1"
		operator = "operator:demo-Operator.1"
	)
	for _, test := range []struct {
		method, path, body     string
		none, reader, operator int
	}{
		{method: "GET", path: "/inventory/managedObjects/" + id, none: 403, reader: 200, operator: 200},
		{method: "PUT", path: "/inventory/managedObjects/" + id, body: `{"a":1}`, none: 403, reader: 403, operator: 403},
		{method: "POST", path: "/inventory/managedObjects", body: `{}`, none: 403, reader: 403, operator: 403},
		{method: "DELETE", path: "/inventory/managedObjects/" + id, none: 403, reader: 403, operator: 403},
		{method: "POST", path: "/inventory/managedObjects/" + id + "/childDevices", body: `{}`, none: 403, reader: 403, operator: 403},
		{method: "GET", path: "/identity/globalIds/" + id + "/externalIds", none: 403, reader: 200, operator: 200},
		{method: "GET", path: "/alarm/alarms/" + alarm, none: 403, reader: 200, operator: 200},
		{method: "PUT", path: "/alarm/alarms/" + alarm, body: `{"status":"ACKNOWLEDGED"}`, none: 403, reader: 403, operator: 200},
		{method: "PUT", path: "/alarm/alarms?source=" + id, body: `{"status":"ACTIVE"}`, none: 403, reader: 403, operator: 200},
		{method: "POST", path: "/event/events", body: `{` + source + `}`, none: 403, reader: 403, operator: 201},
		{method: "POST", path: "/measurement/measurements", body: `{` + source + `}`, none: 403, reader: 403, operator: 403},
		{method: "GET", path: "/measurement/measurements/series?dateFrom=2026-01-01&dateTo=2027-01-01&source=" + id, none: 403, reader: 200, operator: 200},
		{method: "POST", path: "/devicecontrol/operations", body: `{"deviceId":"` + id + `","c8y_Restart":{}}`, none: 403, reader: 403, operator: 201},
		{method: "GET", path: "/tenant/options", none: 403, reader: 403, operator: 403},
		{method: "GET", path: "/tenant/system/options", none: 200, reader: 200, operator: 200},
		{method: "GET", path: "/user/t4711/users", none: 403, reader: 403, operator: 403},
		{method: "GET", path: "/alarm", none: 403, reader: 200, operator: 200},
	} {
		for user, status := range map[string]int{none: test.none, reader: test.reader, operator: test.operator} {
			a := b.as(user).do(test.method, test.path, test.body)
			if a.StatusCode != status {
				t.Errorf("%s %s by %s: %d, want %d", test.method, test.path, user, a.StatusCode, status)
			}
			if status == 403 && (a.text("error") != "security/Forbidden" || a.text("message") != "Access is denied") {
				t.Errorf("%s %s by %s: %s", test.method, test.path, user, a.body)
			}
		}
	}
	// Without the global permission a list shows what one owns: here nothing.
	for path, key := range map[string]string{
		"/inventory/managedObjects": "managedObjects", "/alarm/alarms": "alarms", "/event/events": "events",
		"/inventory/managedObjects?query=has(c8y_IsDevice)": "managedObjects", "/devicecontrol/operations": "operations",
	} {
		if a := b.as(none).get(path); a.all(key, "id") != "" {
			t.Errorf("%s shows %s", path, a.body)
		}
	}
	if got := string(b.as(none).get("/alarm/alarms/count").body); got != "0" {
		t.Errorf("counted %s alarms", got)
	}
	b.want(200, "PUT", "/inventory/managedObjects/"+id, `{"owner":"nobody"}`)
	if got := b.as(none).get("/alarm/alarms").all("alarms", "id"); got != alarm {
		t.Errorf("the owner sees alarms %q, want %s", got, alarm)
	}
	b.as(none).want(200, "PUT", "/inventory/managedObjects/"+id, `{"mine":true,"owner":"reader"}`)
	if a := b.get("/inventory/managedObjects/" + id); a.text("owner") != "nobody" || a.text("mine") != "true" {
		t.Errorf("the owner changed it to %s", a.body)
	}
}

func TestUsersAreListed(t *testing.T) {
	b := start(t, demo.Options{})
	users := b.tenant.Users()
	if users[0].Name != "admin" || users[0].Tenant != b.tenant.ID() {
		t.Errorf("the first is %+v", users[0])
	}
	refused := map[string]bool{"totp": true, "enrol": true, "sms": true, "nophone": true, "renew": true, "locked": true, "disabled": true}
	for _, user := range users {
		a := b.as(user.Tenant+"/"+user.Name+":"+user.Password).do("GET", "/tenant/system/options/system/version", nil)
		if want := map[bool]int{true: http.StatusUnauthorized, false: http.StatusOK}[refused[user.Name]]; a.StatusCode != want {
			t.Errorf("%s: %d, want %d", user.Name, a.StatusCode, want)
		}
	}
	if got := b.get("/user/t4711/users?pageSize=50").all("users", "userName"); got != "admin disabled enrol locked manager nobody nophone operator reader renew restricted sms team totp" {
		t.Errorf("users %s", got)
	}
	if got := b.get("/user/t4711/users?groups=5,2").all("users", "userName"); got != "admin operator totp" {
		t.Errorf("operators and administrators %s", got)
	}
	if got := b.get("/user/t4711/users?username=RE").all("users", "userName"); got != "reader renew restricted" {
		t.Errorf("beginning with re: %s", got)
	}
	if got := b.get("/user/t4711/groups?pageSize=50").all("groups", "id"); got != "1 2 3 4 5" {
		t.Errorf("groups %s", got)
	}
	if got := b.get("/user/t4711/groupByName/admins").text("id"); got != "2" {
		t.Errorf("admins have the id %s", got)
	}
	for path, status := range map[string]int{
		"/user/t4711/users/admin": 200, "/user/t4711/users/ghost": 404, "/user/t1/users": 403, "/user/t4711/userByName/admin": 200,
		"/user/t4711/groups/2": 200, "/user/t4711/groups/99": 404, "/user/t4711/groups/2/users": 200, "/user/t4711/groups/2/roles": 200,
		"/user/t4711/users/admin/groups": 200, "/user/roles/ROLE_ALARM_READ": 200, "/user/roles/ROLE_X": 404, "/user/roles": 200,
	} {
		b.want(status, "GET", path, nil)
	}
}
