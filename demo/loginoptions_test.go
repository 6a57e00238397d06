package demo_test

import (
	"testing"

	"c8yx/demo"
)

func TestLoginOptionsAreAdministered(t *testing.T) {
	b := start(t, demo.Options{})
	const path = "/tenant/loginOptions"
	a := b.want(200, "POST", path, `{"type":"OAUTH2","providerName":"Azure","buttonName":"Company login","clientId":"c1","grantType":"AUTHORIZATION_CODE","id":"x"}`)
	id := a.text("id")
	if a.text("clientId") != "c1" || id == "x" {
		t.Errorf("created %s", a.body)
	}
	list := b.as("").get(path)
	if list.all("loginOptions", "type") != "OAUTH2_INTERNAL BASIC OAUTH2" || list.text("loginOptions", 2, "buttonName") != "Company login" {
		t.Errorf("offered %s", list.body)
	}
	b.want(400, "POST", path, `{"type":"BASIC","providerName":"x"}`)
	b.want(422, "POST", path, `{"type":"OAUTH2"}`)
	b.want(422, "POST", path, `{"type":"MAGIC","providerName":"x"}`)
	for _, name := range []string{"basic", "BASIC", "OAUTH2_INTERNAL", id} {
		b.get(path + "/" + name)
	}
	if a := b.want(404, "GET", path+"/none", nil); a.text("message") != "Cannot find the specified configuration" {
		t.Errorf("unknown: %s", a.body)
	}
	b.want(200, "PUT", path+"/BASIC", `{"visibleOnLoginPage":true,"type":"BASIC"}`)
	if got := b.as("").get(path).text("loginOptions", 1, "visibleOnLoginPage"); got != "true" {
		t.Errorf("visible: %s", got)
	}
	b.want(422, "PUT", path+"/"+id, `{"type":"BASIC"}`)
	b.want(403, "DELETE", path+"/BASIC", nil)

	const rule = `{"when":{"operator":"EQ","parameterPath":"role","value":"boss"},"thenGroups":[2],"thenApplications":[1]}`
	for _, kind := range []string{"accessMappings", "inventoryAccessMappings"} {
		mappings := path + "/" + id + "/" + kind
		body := rule
		if kind == "inventoryAccessMappings" {
			body = `{"when":{"operator":"EQ","parameterPath":"role","value":"boss"},"thenInventoryRoles":[{"managedObject":"1","roleIds":[1]}]}`
		}
		mapping := b.want(200, "POST", mappings, body).text("id")
		if got := b.get(mappings).all(kind, "id"); got != mapping {
			t.Errorf("%s: %s", kind, got)
		}
		if got := b.get(mappings+"/"+mapping).text("when", "value"); got != "boss" {
			t.Errorf("%s: %s", kind, got)
		}
		b.want(200, "PUT", mappings+"/"+mapping, `{"when":{"operator":"EQ","parameterPath":"role","value":"x"}}`)
		b.want(422, "POST", mappings, `{}`)
		b.want(404, "GET", path+"/BASIC/"+kind+"/"+mapping, nil)
		b.want(204, "DELETE", mappings+"/"+mapping, nil)
		if a := b.want(404, "GET", mappings+"/"+mapping, nil); a.text("message") != "Cannot find mapping with id "+mapping {
			t.Errorf("gone: %s", a.body)
		}
	}
	b.want(403, "PUT", path+"/"+id+"/restrict?targetTenant=t4711", `{"onlyManagementTenantAccess":true}`)
	b.as(operator).want(404, "PUT", path+"/"+id+"/restrict?targetTenant=t1", `{"onlyManagementTenantAccess":true}`)
	b.as(operator).want(200, "PUT", path+"/"+id+"/restrict?targetTenant=t4711", `{"onlyManagementTenantAccess":true}`)
	b.want(403, "GET", path+"/"+id, nil)
	b.as(operator).want(204, "DELETE", path+"/"+id, nil)
	b.as("nobody:demo-Nobody.1").want(403, "GET", path+"/BASIC", nil)
}

func TestOptionsThatTenantsMayNotChange(t *testing.T) {
	b := start(t, demo.Options{})
	const path = "/tenant/options/limits/size"
	b.want(200, "POST", "/tenant/options", `{"category":"limits","key":"size","value":"1"}`)
	b.want(403, "PUT", path+"/editable?targetTenant=t4711", `{"editable":false}`)
	b.as(operator).want(400, "PUT", path+"/editable", `{"editable":false}`)
	b.as(operator).want(404, "PUT", path+"/editable?targetTenant=t1", `{"editable":false}`)
	b.as(operator).want(404, "PUT", path+"x/editable?targetTenant=t4711", `{"editable":false}`)
	b.as(operator).want(200, "PUT", path+"/editable?targetTenant=t4711", `{"editable":false}`)
	b.want(403, "PUT", path, `{"value":"2"}`)
	b.want(403, "DELETE", path, nil)
	b.want(403, "POST", "/tenant/options", `{"category":"limits","key":"size","value":"2"}`)
	b.want(403, "PUT", "/tenant/options/limits", `{"size":"2"}`)
	b.as(operator).want(200, "PUT", path+"/editable?targetTenant=t4711", `{"editable":true}`)
	b.want(200, "PUT", path, `{"value":"2"}`)
	if got := b.get("/audit/auditRecords?type=Option").text("auditRecords", 0, "text"); got != "Option updated: category='limits', key='size'" {
		t.Errorf("audited %s", got)
	}
}

func TestSupportUser(t *testing.T) {
	b := start(t, demo.Options{})
	for path, want := range map[string]string{"enable": "true", "disable": "false"} {
		b.want(200, "POST", "/tenant/support-user/"+path, nil)
		if got := b.get("/tenant/options/support-user/enabled").text("value"); got != want {
			t.Errorf("after %s: %s", path, got)
		}
	}
	b.as("nobody:demo-Nobody.1").get("/tenant/security-options/password/green.min-length")
	b.as("nobody:demo-Nobody.1").want(403, "POST", "/tenant/support-user/enable", nil)
	b.want(404, "GET", "/tenant/security-options/password/none", nil)
}
