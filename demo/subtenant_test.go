package demo_test

import (
	"net/http"
	"strings"
	"testing"

	"c8yx/demo"
)

// Who a tenant below is told by the user name, the host, the login form or the token; it has its own data, users and applications.
func TestSubtenants(t *testing.T) {
	b := start(t, demo.Options{Devices: 30})
	below := b.as("t47111/admin:demo-Admin.1")
	if a := below.get("/tenant/currentTenant?withParent=true"); a.text("name") != "t47111" || a.text("domainName") != "plant2.demo.example" || a.text("parent") != "t4711" {
		t.Errorf("it says of itself %s", a.body)
	}
	if b.get("/tenant/currentTenant").text("name") != "t4711" {
		t.Error("the tenant above is another one")
	}
	made := below.device("Pump of plant 2")
	if got := b.get(objects + "/" + made).text("name"); got == "Pump of plant 2" {
		t.Error("the tenant above has the device, too")
	}
	if n := strings.Count(string(below.get(objects+"?fragmentType=c8y_IsDevice&pageSize=100").body), `"c8y_IsDevice"`); n != 9 {
		t.Errorf("%d devices, want 8 and the new one", n)
	}
	if a := below.get("/user/t47111/users?onlyDevices=true"); !strings.HasPrefix(a.text("users", 0, "userName"), "device_") {
		t.Errorf("its devices have no accounts: %s", a.body)
	}
	for name, as := range map[string]*bench{
		"domain as prefix": b.as("plant2.demo.example/admin:demo-Admin.1"),
		"token":            b.as(b.want(200, "POST", "/tenant/oauth/token?tenant_id=t47111&grant_type=PASSWORD&username=admin&password=demo-Admin.1", nil).text("access_token")),
		"form":             b.as(b.as("").with("Content-Type", "application/x-www-form-urlencoded").want(200, "POST", "/tenant/oauth/token", form("grant_type", "PASSWORD", "username", "t47111/admin", "password", "demo-Admin.1")).text("access_token")),
	} {
		if got := as.get("/tenant/currentTenant").text("name"); got != "t47111" {
			t.Errorf("by %s one gets to %s", name, got)
		}
	}
	request, err := http.NewRequestWithContext(t.Context(), "GET", b.server.URL+"/user/currentUser", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "plant2.demo.example"
	request.SetBasicAuth("admin", "demo-Admin.1")
	if response, err := b.server.Client.Transport.RoundTrip(request); err != nil || response.StatusCode != 200 {
		t.Errorf("by the host: %v, %v", response, err)
	} else {
		_ = response.Body.Close()
	}
	if got := b.get("/tenant/loginOptions?tenantId=t47111").text("loginOptions", 0, "initRequest"); !strings.HasSuffix(got, "tenant_id=t47111") {
		t.Errorf("its login options are those of %s", got)
	}
	b.as("t47111/reader:demo-Reader.1").want(401, "GET", "/user/currentUser", nil) // a user of the tenant above
	below.want(403, "POST", "/tenant/tenants", `{"adminEmail":"a@x.example","company":"x","domain":"x.plant2.demo.example"}`)
	below.want(404, "GET", "/tenant/tenants/t4711/applications", nil)

	norte := b.as("t47112/xtrevino:demo-Admin.1")
	if got := norte.get("/application/applications?pageSize=50").all("applications", "name"); got != "cockpit devicemanagement" {
		t.Errorf("its applications are %s", got)
	}
	if a := b.as("t47114/obrandt:demo-Admin.1").do("GET", "/user/currentUser", nil); a.StatusCode != 401 || !strings.Contains(a.text("message"), "no access from outside") {
		t.Errorf("a suspended one: %d %s", a.StatusCode, a.body)
	}
	b.want(200, "PUT", "/tenant/tenants/t47114", `{"status":"ACTIVE"}`)
	b.as("t47114/obrandt:demo-Admin.1").get("/user/currentUser")
	b.want(200, "PUT", "/tenant/tenants/t47114", `{"status":"SUSPENDED"}`)
	b.as("t47114/obrandt:demo-Admin.1").want(401, "GET", "/user/currentUser", nil)
	if got := b.get("/tenant/statistics/summary?tenant=t47111").text("deviceWithChildrenCount"); got != "9" {
		t.Errorf("the tenant above knows of %s devices", got)
	}
}

func TestNewSubtenants(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.want(201, "POST", "/tenant/tenants", `{"adminEmail":"root@x.example","adminName":"root","adminPass":"Root-2026!","company":"X","domain":"works.demo.example"}`).text("id")
	root := b.as(id + "/root:Root-2026!")
	root.device("Pump")
	if a := b.get("/tenant/tenants/" + id); strings.Contains(string(a.body), "Root-2026!") {
		t.Errorf("the password is told: %s", a.body)
	}
	other := b.want(201, "POST", "/tenant/tenants", `{"adminEmail":"boss@y.example","adminName":"boss","company":"Y","domain":"yard.demo.example","sendPasswordResetEmail":true}`).text("id")
	b.as("").want(200, "PUT", "/user/passwordReset?tenantId="+other, `{"token":"`+b.lastLetter("boss")+`","email":"boss@y.example","newPassword":"Boss-2026!","passwordStrength":"GREEN"}`)
	b.as(other + "/boss:Boss-2026!").get("/user/currentUser")
	b.as("management/admin:demo-Admin.1").want(204, "DELETE", "/tenant/tenants/"+id, nil)
	root.want(401, "GET", "/user/currentUser", nil)
}
