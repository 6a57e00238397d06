package demo_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"c8yx/demo"
)

// request is a line of a table: what is sent, and what must come back.
type request struct {
	user, method, path, body string // user empty: the administrator
	status                   int
	want                     string // part of the body
}

// run sends requests in order.
func (b *bench) run(requests []request) {
	b.Helper()
	for _, r := range requests {
		as := b
		if r.user != "" {
			as = b.as(r.user)
		}
		var body any
		if r.body != "" {
			body = r.body
		}
		a := as.do(r.method, r.path, body)
		if a.StatusCode != r.status || !strings.Contains(string(a.body), r.want) {
			b.Errorf("%s %s %s by %q: %d %s, want %d %s", r.method, r.path, r.body, r.user, a.StatusCode, a.body, r.status, r.want)
		}
	}
}

const (
	users  = "/user/t4711/users"
	groups = "/user/t4711/groups"
	reader = "reader:demo-Reader.1"
)

func TestUsers(t *testing.T) {
	b := start(t, demo.Options{})
	a := b.want(201, "POST", users, `{"userName":"jane","email":"jane@example.org","password":"Jane-2026!","firstName":"Jane","phone":"+49 211 5550","customProperties":{"language":"en"}}`)
	if a.Header.Get("Location") != b.server.URL+users+"/jane" || a.text("displayName") != "Jane" || a.text("customProperties", "language") != "en" || a.text("enabled") != "true" {
		t.Errorf("created %s at %s", a.body, a.Header.Get("Location"))
	}
	b.run([]request{
		{method: "POST", path: users, body: `{"userName":"JANE","email":"j@example.org","password":"Jane-2026!"}`, status: 409, want: "users/Duplicate"},
		{method: "POST", path: users, body: `{"email":"j@example.org","password":"Jane-2026!"}`, status: 422, want: "userName"},
		{method: "POST", path: users, body: `{"userName":"joe","password":"Jane-2026!"}`, status: 422, want: "email"},
		{method: "POST", path: users, body: `{"userName":"a b","email":"j@example.org","password":"Jane-2026!"}`, status: 422, want: "invalid characters"},
		{method: "POST", path: users, body: `{"userName":"joe","email":"nonsense","password":"Jane-2026!"}`, status: 422, want: "email"},
		{method: "POST", path: users, body: `{"userName":"joe","email":"j@example.org","password":"short"}`, status: 422, want: "Password"},
		{method: "POST", path: users, body: `{"userName":"joe","email":"j@example.org","password":"Jane-2026!","phone":"0211"}`, status: 422, want: "phone"},
		{method: "POST", path: users, body: `{"userName":"joe","email":"j@example.org","sendPasswordResetEmail":true}`, status: 201, want: `"shouldResetPassword":true`},
		{method: "POST", path: "/user/t1/users", body: `{"userName":"joe"}`, status: 403},
		{user: reader, method: "POST", path: users, body: `{"userName":"eve","email":"e@example.org"}`, status: 403},
		{user: "jane:Jane-2026!", method: "GET", path: users, status: 403},
		{method: "GET", path: users + "/Jane", status: 200, want: `"userName":"jane"`},
		{method: "GET", path: users + "?usernameContains=AN&withSubusersCount=true", status: 200, want: `"subusersCount":0`},
		{method: "GET", path: users + "?owner=manager", status: 200, want: `"userName":"team"`},
		{method: "PUT", path: users + "/jane", body: `{"lastName":"Roe","displayName":"J. Roe","newsletter":true}`, status: 200, want: `"displayName":"J. Roe"`},
		{method: "PUT", path: users + "/jane", body: `{"phone":"x"}`, status: 422},
		{method: "PUT", path: users + "/jane", body: `{"email":"other@example.org"}`, status: 403},
		{method: "PUT", path: users + "/jane", body: `{"password":"Other-2026!"}`, status: 403},
		{method: "PUT", path: users + "/jane/password", body: `{"currentUserPassword":"Jane-2026!","newPassword":"Other-2026!"}`, status: 403},
		{method: "PUT", path: users + "/jane", body: `{"userName":"joan"}`, status: 422},
		{method: "PUT", path: users + "/ghost", body: `{}`, status: 404, want: "Error retrieving user ghost!"},
		{method: "DELETE", path: users + "/admin", status: 403},
		{method: "DELETE", path: users + "/jane", status: 204},
		{method: "DELETE", path: users + "/jane", status: 404},
		{user: "jane:Jane-2026!", method: "GET", path: "/user/currentUser", status: 401},
	})
}

func TestDisabledUsersAreThrownOut(t *testing.T) {
	b := start(t, demo.Options{})
	token := b.login("reader", "demo-Reader.1")
	b.run([]request{
		{method: "PUT", path: users + "/reader", body: `{"enabled":false}`, status: 200, want: `"enabled":false`},
		{user: token, method: "GET", path: "/user/currentUser", status: 401},
		{user: reader, method: "GET", path: "/user/currentUser", status: 401},
		{method: "PUT", path: users + "/reader", body: `{"enabled":true}`, status: 200},
		{user: reader, method: "GET", path: "/user/currentUser", status: 200},
		{method: "PUT", path: users + "/locked", body: `{"enabled":true}`, status: 200}, // unlocks
		{user: "locked:demo-Locked.1", method: "GET", path: "/user/currentUser", status: 200},
	})
}

func TestUserHierarchy(t *testing.T) {
	b := start(t, demo.Options{})
	const manager = "manager:demo-Manager.1"
	b.run([]request{
		{user: manager, method: "GET", path: users + "?pageSize=100", status: 200, want: `"userName":"team"`},
		{user: manager, method: "GET", path: users + "/team", status: 200},
		{user: manager, method: "GET", path: users + "/reader", status: 403},
		{user: manager, method: "PUT", path: users + "/team", body: `{"firstName":"Timo"}`, status: 200, want: "Timo"},
		{user: manager, method: "PUT", path: users + "/reader", body: `{"firstName":"Timo"}`, status: 403},
		{user: manager, method: "POST", path: users, body: `{"userName":"new","email":"n@example.org","password":"Newest-1!","owner":"admin"}`, status: 201, want: `"owner":"manager"`},
		{user: manager, method: "POST", path: users + "/new/roles", body: `{"role":{"self":"/user/roles/ROLE_USER_MANAGEMENT_CREATE"}}`, status: 201},
		{user: manager, method: "POST", path: users + "/new/roles", body: `{"role":{"self":"/user/roles/ROLE_USER_MANAGEMENT_ADMIN"}}`, status: 403},
		{user: manager, method: "POST", path: groups + "/2/users", body: `{"user":{"self":"/user/t4711/users/new"}}`, status: 403},
		{user: manager, method: "POST", path: groups + "/4/users", body: `{"user":{"self":"/user/t4711/users/new"}}`, status: 201},
		{user: "new:Newest-1!", method: "POST", path: users, body: `{"userName":"newer","email":"n@example.org","password":"Newest-1!"}`, status: 201, want: `"owner":"new"`},
		{user: manager, method: "DELETE", path: users + "/newer", status: 204}, // two levels down
		{user: manager, method: "PUT", path: users + "/team/owner", body: `{"owner":"admin"}`, status: 403},
		{method: "PUT", path: users + "/team/owner", body: `{"owner":"admin"}`, status: 200, want: `"owner":"admin"`},
		{method: "PUT", path: users + "/admin/owner", body: `{"owner":"team"}`, status: 422}, // a circle
		{method: "PUT", path: users + "/team/owner", body: `{"owner":"ghost"}`, status: 404},
		{user: manager, method: "GET", path: users + "/team", status: 403},
		{method: "DELETE", path: users + "/team/owner", status: 204},
		{method: "PUT", path: users + "/team/delegatedby", body: `{"delegatedBy":"manager"}`, status: 200, want: `"delegatedBy":"manager"`},
		{user: manager, method: "GET", path: users + "/team", status: 200},
		{method: "DELETE", path: users + "/team/delegatedby", status: 204},
		{user: manager, method: "GET", path: users + "/team", status: 403},
	})
}

func TestUserRoles(t *testing.T) {
	b := start(t, demo.Options{})
	const nobody = "nobody:demo-Nobody.1"
	b.run([]request{
		{user: nobody, method: "GET", path: "/user/roles", status: 403},
		{method: "POST", path: users + "/nobody/roles", body: `{"role":{"self":"` + b.server.URL + `/user/roles/ROLE_USER_MANAGEMENT_READ"}}`, status: 201, want: `"role":{"id":"ROLE_USER_MANAGEMENT_READ"`},
		{user: nobody, method: "GET", path: "/user/roles", status: 200},
		{method: "GET", path: users + "/nobody/roles", status: 200, want: "ROLE_USER_MANAGEMENT_READ"},
		{method: "POST", path: users + "/nobody/roles", body: `{"role":{"self":"/user/roles/ROLE_X"}}`, status: 404, want: "Cannot find the specified role."},
		{method: "POST", path: users + "/nobody/roles", body: `{}`, status: 422},
		{method: "POST", path: users + "/ghost/roles", body: `{"role":{"self":"/user/roles/ROLE_ALARM_READ"}}`, status: 404},
		{method: "DELETE", path: users + "/nobody/roles/ROLE_USER_MANAGEMENT_READ", status: 204},
		{method: "DELETE", path: users + "/nobody/roles/ROLE_USER_MANAGEMENT_READ", status: 404},
		{user: nobody, method: "GET", path: "/user/roles", status: 403},
	})
}

// Permissions that several people give at the same moment are all given.
func TestPermissionsGivenAtOnce(t *testing.T) {
	b := start(t, demo.Options{Devices: -1})
	one := groups + "/" + b.want(201, "POST", groups, `{"name":"night shift"}`).text("id") + "/roles"
	roles := []string{"ROLE_ALARM_READ", "ROLE_ALARM_ADMIN", "ROLE_EVENT_READ", "ROLE_EVENT_ADMIN", "ROLE_INVENTORY_READ", "ROLE_AUDIT_READ"}
	for range 20 {
		var giving sync.WaitGroup
		for _, role := range roles {
			giving.Go(func() {
				if a := b.do("POST", one, `{"role":{"self":"/user/roles/`+role+`"}}`); a.StatusCode != 201 {
					t.Errorf("%s: %d %s", role, a.StatusCode, a.body)
				}
			})
		}
		giving.Wait()
		given := b.want(200, "GET", one+"?pageSize=100", "")
		for _, role := range roles {
			if !strings.Contains(string(given.body), `"`+role+`"`) {
				t.Fatalf("%s was lost", role)
			}
			b.want(204, "DELETE", one+"/"+role, "")
		}
	}
}

func TestGroups(t *testing.T) {
	b := start(t, demo.Options{})
	a := b.want(201, "POST", groups, `{"name":"night shift","description":"Watches","customProperties":{"shift":"night"}}`)
	one := groups + "/" + a.text("id")
	if a.text("description") != "Watches" || a.text("customProperties", "shift") != "night" {
		t.Errorf("created %s", a.body)
	}
	token := b.login("nobody", "demo-Nobody.1")
	b.run([]request{
		{method: "POST", path: groups, body: `{"name":"night shift"}`, status: 409, want: "groups/Duplicate"},
		{method: "POST", path: groups, body: `{}`, status: 422, want: "name"},
		{user: reader, method: "POST", path: groups, body: `{"name":"x"}`, status: 403},
		{method: "GET", path: "/user/t4711/groupByName/night%20shift", status: 200, want: `"name":"night shift"`},
		{method: "PUT", path: one, body: `{"name":"late shift"}`, status: 200, want: `"name":"late shift"`},
		{method: "PUT", path: one, body: `{"name":"admins"}`, status: 409},
		{method: "PUT", path: one, body: `{"name":""}`, status: 422},
		{method: "POST", path: one + "/roles", body: `{"role":{"self":"/user/roles/ROLE_ALARM_READ"}}`, status: 201, want: "ROLE_ALARM_READ"},
		{method: "POST", path: one + "/roles", body: `{"role":{"self":"/user/roles/ROLE_ALARM_READ"}}`, status: 409},
		{method: "POST", path: one + "/roles", body: `{"role":{"self":"/user/roles/ROLE_X"}}`, status: 404},
		{method: "GET", path: one + "/roles", status: 200, want: "ROLE_ALARM_READ"},
		{user: token, method: "GET", path: "/alarm", status: 403},
		{method: "POST", path: one + "/users", body: `{"user":{"self":"` + b.server.URL + `/user/t4711/users/nobody"}}`, status: 201, want: `"userName":"nobody"`},
		{method: "POST", path: one + "/users", body: `{"user":{"self":"/user/t4711/users/ghost"}}`, status: 404},
		{user: token, method: "GET", path: "/alarm", status: 200},
		{method: "GET", path: one + "/users", status: 200, want: `"userName":"nobody"`},
		{method: "GET", path: users + "/nobody/groups", status: 200, want: `"late shift"`},
		{method: "PUT", path: one + "?forceLogout=true", body: `{"name":"late shift"}`, status: 200},
		{user: token, method: "GET", path: "/user/currentUser", status: 401, want: "Token is terminated"},
		{method: "DELETE", path: one + "/roles/ROLE_ALARM_READ", status: 204},
		{method: "DELETE", path: one + "/roles/ROLE_ALARM_READ", status: 404},
		{method: "DELETE", path: one + "/users/nobody", status: 204},
		{method: "DELETE", path: one + "/users/nobody", status: 404},
		{method: "DELETE", path: one, status: 204},
		{method: "GET", path: one, status: 404, want: "Error retrieving group with id"},
		{method: "DELETE", path: one, status: 404},
	})
}

func TestOwnPassword(t *testing.T) {
	b := start(t, demo.Options{})
	change := func(current, wanted string) string {
		return `{"currentUserPassword":"` + current + `","newPassword":"` + wanted + `"}`
	}
	const path, operator = "/user/currentUser/password", "operator:demo-Operator.1"
	token := b.login("operator", "demo-Operator.1")
	b.run([]request{
		{user: operator, method: "PUT", path: path, body: change("wrong", "Better-2026!"), status: 403},
		{user: operator, method: "PUT", path: path, body: change("demo-Operator.1", "short"), status: 422},
		{user: operator, method: "PUT", path: path, body: change("demo-Operator.1", "nocapitals-1"), status: 422},
		{user: operator, method: "PUT", path: path, body: change("demo-Operator.1", "demo-Operator.1"), status: 422, want: "used before"},
		{user: operator, method: "PUT", path: path, body: change("demo-Operator.1", "Grüße-2026"), status: 422},
		{user: operator, method: "PUT", path: path, body: `{"newPassword":"Better-2026!"}`, status: 422},
		{user: reader, method: "PUT", path: path, body: change("demo-Reader.1", "Better-2026!"), status: 403},
		{user: operator, method: "PUT", path: path, body: change("demo-Operator.1", "Better-2026!"), status: 200},
		{user: operator, method: "GET", path: "/user/currentUser", status: 401},
		{user: token, method: "GET", path: "/user/currentUser", status: 401, want: "Token is terminated"},
		{user: "operator:Better-2026!", method: "PUT", path: path, body: change("Better-2026!", "demo-Operator.1"), status: 422, want: "used before"},
		{user: "operator:Better-2026!", method: "PUT", path: "/user/currentUser", body: `{"phone":"123"}`, status: 422},
		{user: "operator:Better-2026!", method: "PUT", path: "/user/currentUser", body: `{"email":"omar@example.org"}`, status: 200, want: "omar@example.org"},
	})
}

func TestBrowsersKeepTheirSessionWhenTheyChangeThePassword(t *testing.T) {
	b := start(t, demo.Options{})
	in := b.browser("operator", "demo-Operator.1")
	a := in.want(200, "PUT", "/user/currentUser/password", `{"currentUserPassword":"demo-Operator.1","newPassword":"Better-2026!"}`)
	if len(a.Cookies()) != 2 {
		t.Fatalf("cookies %v", a.Cookies())
	}
	in.get("/user/currentUser") // for another minute
	in.withCookies(a.Cookies()).get("/user/currentUser")
}

// browser signs in with cookies.
func (b *bench) browser(user, password string) *bench {
	b.Helper()
	a := b.as("").with("Content-Type", "application/x-www-form-urlencoded").
		want(200, "POST", "/tenant/oauth", form("grant_type", "PASSWORD", "username", user, "password", password))
	return b.withCookies(a.Cookies())
}

func (b *bench) withCookies(cookies []*http.Cookie) *bench {
	return b.as("").with("Cookie", "authorization="+cookies[0].Value).with("X-XSRF-TOKEN", cookies[1].Value)
}

func TestForcedPasswordChange(t *testing.T) {
	b := start(t, demo.Options{})
	const renew = "renew:demo-Renew.1"
	a := b.as(renew).want(401, "GET", "/user/currentUser", nil)
	token := a.Header.Get("passwordresettoken")
	if token == "" {
		t.Fatalf("no token: %s %v", a.body, a.Header)
	}
	a = b.as("").with("Content-Type", "application/x-www-form-urlencoded").
		want(401, "POST", "/tenant/oauth/token", form("grant_type", "PASSWORD", "username", "renew", "password", "demo-Renew.1"))
	if a.Header.Get("passwordresettoken") != token {
		t.Errorf("another token: %v", a.Header)
	}
	reset := func(token, mail, password string) string {
		return `{"token":"` + token + `","email":"` + mail + `","newPassword":"` + password + `","passwordStrength":"GREEN"}`
	}
	const path, mail = "/user/passwordReset", "rene@demo.example"
	anonymous := b.as("")
	anonymous.run([]request{
		{method: "GET", path: path + "/validate?token=" + token + "&email=" + mail, status: 200},
		{method: "GET", path: path + "/validate?token=nonsense&email=" + mail, status: 422},
		{method: "PUT", path: path, body: reset("nonsense", mail, "Better-2026!"), status: 422},
		{method: "PUT", path: path, body: reset(token, "ada@demo.example", "Better-2026!"), status: 422},
		{method: "PUT", path: path, body: reset(token, mail, "weak"), status: 422},
		{method: "PUT", path: path, body: `{}`, status: 422},
		{method: "PUT", path: path + "?tenantId=t4711", body: reset(token, mail, "Better-2026!"), status: 200},
		{method: "PUT", path: path, body: reset(token, mail, "Better-2027!"), status: 422}, // good once
		{user: renew, method: "GET", path: "/user/currentUser", status: 401, want: "Bad credentials"},
		{user: "renew:Better-2026!", method: "GET", path: "/user/currentUser", status: 200, want: `"shouldResetPassword":false`},
		{method: "POST", path: path + "?tenantId=t4711", body: `{"email":"rosa@demo.example"}`, status: 200},
		{method: "POST", path: path, body: `{"email":"ghost@demo.example"}`, status: 200}, // says nothing
	})
}
