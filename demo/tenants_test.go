package demo_test

import (
	"strings"
	"testing"

	"c8yx/demo"
)

const tenants = "/tenant/tenants"

// operator is the administrator of the management tenant.
const operator = "management/admin:demo-Admin.1"

func TestTenants(t *testing.T) {
	b := start(t, demo.Options{})
	a := b.want(201, "POST", tenants, `{"company":"Plant 3","domain":"plant3.demo.example","adminEmail":"a@b.example","adminName":"boss","adminPass":"secret","customProperties":{"externalReference":"C-3"},"parent":"x"}`)
	id := a.text("id")
	if got := a.text("status") + a.text("parent") + a.text("customProperties", "externalReference"); got != "ACTIVEt4711C-3" || a.at("adminPass") != nil || a.text("creationTime") == "" {
		t.Errorf("created %s", a.body)
	}
	for body, status := range map[string]int{
		`{"company":"x"}`: 422,
		`{"company":"x","domain":"plant3.demo.example","adminEmail":"a@b.example"}`:                 409,
		`{"company":"x","domain":"elsewhere.example","adminEmail":"a@b.example"}`:                   422,
		`{"company":"x","domain":"3x.demo.example","adminEmail":"a@b.example"}`:                     422,
		`{"company":"x","domain":"plant4.demo.example","adminEmail":"nobody"}`:                      422,
		`{"company":"x","domain":"plant4.demo.example","adminEmail":"a@b.example","adminName":"$"}`: 422,
	} {
		b.want(status, "POST", tenants, body)
	}
	for query, want := range map[string]string{
		"":                                      "t47111 " + id, // not the tenant itself
		"company=Plant 3":                       id,
		"domain=plant2.demo.example":            "t47111",
		"parent=t1":                             "",
		"pageSize=1&withTotalElements=true":     "t47111",
		"pageSize=1&currentPage=2&parent=t4711": id,
	} {
		if got := b.get(tenants+"?"+strings.ReplaceAll(query, " ", "%20")).all("tenants", "id"); got != want {
			t.Errorf("?%s: %s, want %s", query, got, want)
		}
	}
	if a := b.want(200, "PUT", tenants+"/"+id, `{"status":"SUSPENDED","company":"Closed"}`); a.text("status")+a.text("company") != "SUSPENDEDClosed" {
		t.Errorf("changed %s", a.body)
	}
	b.want(422, "PUT", tenants+"/"+id, `{"status":"GONE"}`)
	b.want(422, "PUT", tenants+"/"+id, `{"domain":"x"}`)
	b.want(403, "PUT", tenants+"/t4711", `{"company":"x"}`)
	b.as(operator).want(403, "DELETE", tenants+"/t4711", nil)
	b.get(tenants + "/t4711")
	b.want(403, "DELETE", tenants+"/"+id, nil)
	b.as(operator).want(204, "DELETE", tenants+"/"+id, nil)
	if a := b.want(404, "GET", tenants+"/"+id, nil); a.text("message") != "There is no tenant with id = "+id {
		t.Errorf("gone: %s", a.body)
	}
	b.as("reader:demo-Reader.1").want(403, "GET", tenants, nil)
}

func TestSubscriptions(t *testing.T) {
	b := start(t, demo.Options{})
	const path = tenants + "/t47111/applications"
	cockpit := b.get("/application/applicationsByName/cockpit").text("applications", 0, "id")
	a := b.want(201, "POST", path, `{"application":{"self":"/application/applications/`+cockpit+`"}}`)
	if a.text("application", "name") != "cockpit" || a.Header.Get("Location") != b.server.URL+path+"/"+cockpit {
		t.Errorf("subscribed %s", a.body)
	}
	b.want(409, "POST", path, `{"application":{"id":"`+cockpit+`"}}`)
	b.want(404, "POST", path, `{"application":{"id":"1"}}`)
	b.want(422, "POST", path, `{}`)
	if a := b.get(path); a.text("references", 0, "application", "id") != cockpit || a.at("references", 1) != nil {
		t.Errorf("list %s", a.body)
	}
	if got := b.get(tenants+"/t47111").text("applications", "references", 0, "application", "name"); got != "cockpit" {
		t.Errorf("the tenant says %s", got)
	}
	b.want(204, "DELETE", path+"/"+cockpit, nil)
	b.want(404, "DELETE", path+"/"+cockpit, nil)
	b.want(404, "GET", tenants+"/t1/applications", nil)
	for _, test := range []struct{ method, path, body, want string }{
		{"GET", path + "/restricted-roles", "", ""},
		{"PUT", path + "/restricted-roles", `["ROLE_TENANT_ADMIN"]`, "[ROLE_TENANT_ADMIN]"},
		{"POST", path + "/restricted-roles/ROLE_ALARM_READ", "", "[ROLE_TENANT_ADMIN ROLE_ALARM_READ]"},
		{"DELETE", path + "/restricted-roles/ROLE_TENANT_ADMIN", "", "[ROLE_ALARM_READ]"},
	} {
		if got := b.want(200, test.method, test.path, test.body).text("customProperties", "msForbiddenRoles"); got != test.want {
			t.Errorf("%s %s: %s, want %s", test.method, test.path, got, test.want)
		}
	}
	if got := string(b.get(path + "/restricted-roles").body); got != `["ROLE_ALARM_READ"]` {
		t.Errorf("restricted roles %s", got)
	}
	b.want(422, "PUT", path+"/restricted-roles", `["ROLE_NONSENSE"]`)
	b.want(422, "PUT", path+"/restricted-roles", `{}`)
	b.want(404, "DELETE", path+"/restricted-roles/ROLE_TENANT_ADMIN", nil)
}
