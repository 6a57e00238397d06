package demo_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"c8yx/demo"
)

// Whatever an administrator asks, the tenant neither breaks nor fails, and what it says is JSON is JSON.
func FuzzRequest(f *testing.F) {
	for _, seed := range [][3]string{
		{"GET", "/inventory/managedObjects?query=$filter=(name+eq+'P*'+and+has(c8y_IsDevice))+$orderby=name+desc&pageSize=3&withTotalPages=true&withChildren=true", ""},
		{"POST", "/inventory/managedObjects", `{"name":"x","c8y_IsDevice":{},"externalIds":[{"type":"t","externalId":"e"}]}`},
		{"PUT", "/inventory/managedObjects/1001", `{"name":null,"f":{"a":[1,2.50]}}`},
		{"POST", "/inventory/managedObjects/1001/childAssets", `{"references":[{"managedObject":{"id":"1002"}}]}`},
		{"POST", "/measurement/measurements", `{"source":{"id":"1001"},"type":"t","time":"2026-02-02T09:30:00+01:00","f":{"s":{"value":1e3,"unit":"C"}}}`},
		{"GET", "/measurement/measurements/series?source=1001&dateFrom=2020-01-01&dateTo=2030-01-01&aggregationInterval=3d&aggregationFunction=avg&series=f.s", ""},
		{"POST", "/alarm/alarms", `{"source":{"id":"1001"},"type":"t","text":"x","severity":"MAJOR","time":"2026-02-02"}`},
		{"PUT", "/alarm/alarms?status=ACTIVE&withSourceDevices=true&source=1001", `{"status":"CLEARED"}`},
		{"POST", "/alarm/alarms/upsert?incrementCount=true", `{"source":{"id":"1001"},"type":"t"}`},
		{"GET", "/event/events?source=1001&fragmentType=f&fragmentValue=1&dateFrom=2020-01-01&revert=true", ""},
		{"POST", "/devicecontrol/operations", `{"deviceId":"1001","c8y_Restart":{}}`},
		{"POST", "/devicecontrol/bulkoperations", `{"groupId":"1002","startDate":"2030-01-01T00:00:00Z","creationRamp":0.5,"operationPrototype":{"c8y_Restart":{}}}`},
		{"POST", "/devicecontrol/newDeviceRequests", `{"id":"a/b","groupId":"1002"}`},
		{"GET", "/identity/externalIds/c8y_Serial/a%2Fb", ""},
		{"POST", "/identity/search", `{"externalIds":[{"type":"t","externalId":"e"}]}`},
		{"POST", "/user/t4711/users", `{"userName":"u","email":"a@b.c","password":"demo-User.1","customProperties":{},"devicePermissions":{"1001":["*:*:READ"]}}`},
		{"PUT", "/user/t4711/users/reader", `{"phone":"+49 1","shouldResetPassword":true}`},
		{"POST", "/user/t4711/users/reader/roles/inventory", `{"managedObject":"1002","roles":[{"id":1}]}`},
		{"POST", "/user/inventoryroles", `{"name":"r","permissions":[{"permission":"READ","scope":"*","type":"*"}]}`},
		{"PUT", "/user/devicePermissions/1001", `{"users":[{"userName":"reader","devicePermissions":{"1001":["ALARM:*:READ"]}}],"groups":[{"id":4,"devicePermissions":{}}]}`},
		{"POST", "/tenant/options", `{"category":"c","key":"credentials.k","value":"v"}`},
		{"PUT", "/tenant/options/c", `{"k":"v","l":null}`},
		{"PUT", "/tenant/loginOptions/OAUTH2_INTERNAL", `{"sessionConfiguration":{"maximumNumberOfParallelSessions":1}}`},
		{"GET", "/tenant/statistics?dateFrom=2020-01-01&dateTo=2030-01-01", ""},
		{"POST", "/tenant/tenants", `{"company":"c","domain":"ab.demo.example","adminEmail":"a@b.c"}`},
		{"POST", "/tenant/tenants/t4711/trusted-certificates", `{"certInPemFormat":"MIIB","status":"ENABLED"}`},
		{"PUT", "/tenant/trusted-certificates/settings/crl", `{"crls":[{"serialNumberInHex":"0a"}]}`},
		{"POST", "/retention/retentions", `{"dataType":"EVENT","maximumAge":3}`},
		{"POST", "/audit/auditRecords", `{"type":"User","activity":"a","text":"x","time":"2026-02-02","source":{"id":"1"},"changes":[{"attribute":"a"}]}`},
		{"POST", "/notification2/subscriptions", `{"context":"mo","source":{"id":"1001"},"subscription":"s","subscriptionFilter":{"apis":["alarms"],"typeFilter":"'a' or 'b'"}}`},
		{"POST", "/notification2/token", `{"subscriber":"a","subscription":"s","expiresInMinutes":1}`},
		{"POST", "/application/applications", `{"name":"a","key":"k","type":"HOSTED","contextPath":"p"}`},
		{"PUT", "/application/applications/101/versions/1", `{"tags":["latest"]}`},
		{"POST", "/service/remoteaccess/devices/1001/configurations", `{"name":"ssh","hostname":"h","port":22,"protocol":"SSH","credentials":{"type":"NONE"}}`},
		{"PUT", "/features/core.alarms.grouping/by-tenant", `{"active":true}`},
		{"DELETE", "/inventory/managedObjects/1001?cascade=true&withDeviceUser=true", ""},
		{"GET", "/apps/cockpit@1/a/b", ""},
	} {
		f.Add(seed[0], seed[1], seed[2], "application/json")
	}
	const enough = 3000 // calls of one tenant, which remembers all of them
	var tenant *demo.Tenant
	calls := 0
	f.Cleanup(func() {
		if tenant != nil {
			tenant.Close()
		}
	})
	f.Fuzz(func(t *testing.T, method, address, body, media string) {
		target, err := url.Parse(address)
		if err != nil || !strings.HasPrefix(address, "/") || strings.HasPrefix(target.Path, "/notification/") || strings.Contains(target.Path, "/consumer") || strings.HasPrefix(target.Path, "/cep/") { // those wait
			t.Skip()
		}
		if calls++; tenant == nil || calls%enough == 0 {
			if tenant != nil {
				tenant.Close()
			}
			if tenant, err = demo.New(demo.Options{Devices: -1}); err != nil {
				t.Fatal(err)
			}
			for _, doc := range []string{`{"name":"Pump","c8y_IsDevice":{},"com_cumulocity_model_Agent":{}}`, `{"name":"Hall","type":"c8y_DeviceGroup","c8y_IsDeviceGroup":{}}`} {
				ask(tenant, "POST", "/inventory/managedObjects", doc, "application/json")
			}
		}
		if strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || method == "" || strings.ContainsAny(media, "\r\n\x00") {
			t.Skip() // cannot arrive
		}
		a := ask(tenant, method, target.RequestURI(), body, media)
		if a.Code >= 500 {
			t.Errorf("%s %s: %d %s", method, address, a.Code, a.Body)
		}
		if kind := a.Header().Get("Content-Type"); strings.Contains(kind, "json") && !strings.HasPrefix(target.Path, "/apps") && a.Body.Len() > 0 && !json.Valid(a.Body.Bytes()) && method != "HEAD" && !strings.Contains(target.Path, "binaries") {
			t.Errorf("%s %s: no JSON: %.300s", method, address, a.Body)
		}
	})
}

// ask calls a tenant as its administrator, without a network.
func ask(tenant *demo.Tenant, method, address, body, media string) *httptest.ResponseRecorder {
	request, err := http.NewRequest(method, "http://demo.example"+address, strings.NewReader(body))
	recorder := httptest.NewRecorder()
	if err != nil {
		recorder.Code = http.StatusBadRequest
		return recorder
	}
	request.RequestURI = address
	request.SetBasicAuth("admin", "demo-Admin.1")
	request.Header.Set("Content-Type", media)
	request.Header.Set("Accept", "application/json")
	tenant.ServeHTTP(recorder, request)
	return recorder
}
