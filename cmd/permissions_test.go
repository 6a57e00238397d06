package cmd

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"c8yx/demo"
	"c8yx/views/explain"
)

// answered are operations of the table that answer a user without the permission all the same.
var answered = []string{
	// Lists and counts show what is his own instead of refusing him (reference 1.7 and 11.6).
	"GET /alarm/alarms", "GET /alarm/alarms/count", "GET /devicecontrol/operations", "GET /event/events",
	"GET /measurement/measurements", "GET /inventory",
	// ROLE_USER_MANAGEMENT_OWN_READ and …_ADMIN come with being a user.
	"GET /tenant/currentTenant", "GET /tenant/tenants/{tenantId}/tfa", "GET /user/currentUser",
	"POST /user/currentUser/totpSecret", "GET /user/currentUser/totpSecret/activity",
	"POST /user/currentUser/totpSecret/activity", "POST /user/currentUser/totpSecret/verify",
	// Everybody may read a system option: every web application looks at the version.
	"GET /tenant/system/options/{category}/{key}",
	// Applications that the tenant is subscribed to are open to its users.
	"GET /application/applications/{id}",
}

// Whatever the table of permissions says that a user needs, the demo tenant asks for: somebody
// without any gets 403, and the card that explains it names the permissions.
func TestTheTenantRefusesWhatTheTableSays(t *testing.T) {
	t.Parallel()
	tenant, err := demo.New(demo.Options{Devices: 20})
	if err != nil {
		t.Fatal(err)
	}
	defer tenant.Close()
	server := httptest.NewServer(tenant)
	defer server.Close()
	admin := demo.Options{}.Administrator()
	send := func(user, password, method, path, body string) (int, map[string]any) {
		t.Helper()
		request, err := http.NewRequest(method, server.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.SetBasicAuth(tenant.ID()+"/"+user, password)
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var answer map[string]any
		_ = json.NewDecoder(response.Body).Decode(&answer) // not every answer has a body
		return response.StatusCode, answer
	}
	first := func(path, key string) string {
		t.Helper()
		_, body := send(admin.Name, admin.Password, "GET", path, "")
		items, _ := body[key].([]any)
		if len(items) == 0 {
			t.Fatalf("%s holds nothing", path)
		}
		return items[0].(map[string]any)["id"].(string)
	}
	device := first("/inventory/managedObjects?query=has(c8y_IsDevice)", "managedObjects")
	// Twenty devices may have been quiet all day: it depends on the hour.
	send(admin.Name, admin.Password, "POST", "/event/events", `{"source":{"id":"`+device+`"},"type":"t","text":"t","time":"2026-01-01T00:00:00Z"}`)
	send(admin.Name, admin.Password, "POST", "/alarm/alarms", `{"source":{"id":"`+device+`"},"type":"t","text":"t","severity":"MAJOR","time":"2026-01-01T00:00:00Z"}`)
	send(admin.Name, admin.Password, "POST", "/measurement/measurements", `{"source":{"id":"`+device+`"},"type":"t","time":"2026-01-01T00:00:00Z","f":{"s":{"value":1}}}`)
	ids := map[string]string{
		"/inventory/managedObjects": device,
		"/inventory/binaries":       first("/inventory/binaries", "managedObjects"),
		"/alarm/alarms":             first("/alarm/alarms", "alarms"),
		"/event/events":             first("/event/events", "events"),
		"/measurement/measurements": first("/measurement/measurements", "measurements"),
		"/devicecontrol/operations": first("/devicecontrol/operations", "operations"),
		"/application/applications": first("/application/applications", "applications"),
	}
	bodies := map[string]string{
		"POST /alarm/alarms":             `{"source":{"id":"` + device + `"},"type":"t","text":"t","severity":"MAJOR","time":"2026-01-01T00:00:00Z"}`,
		"POST /alarm/alarms/upsert":      `{"source":{"id":"` + device + `"},"type":"t","text":"t","severity":"MAJOR","time":"2026-01-01T00:00:00Z"}`,
		"POST /event/events":             `{"source":{"id":"` + device + `"},"type":"t","text":"t","time":"2026-01-01T00:00:00Z"}`,
		"POST /measurement/measurements": `{"source":{"id":"` + device + `"},"type":"t","time":"2026-01-01T00:00:00Z","f":{"s":{"value":1}}}`,
		"POST /devicecontrol/operations": `{"deviceId":"` + device + `","c8y_Restart":{}}`,
		"PUT /inventory/managedObjects":  `{"managedObjects":[{"id":"` + device + `","name":"n"}]}`,
	}
	serial := func() (path string) {
		_, answer := send(admin.Name, admin.Password, "GET", "/identity/globalIds/"+device+"/externalIds", "")
		external := answer["externalIds"].([]any)[0].(map[string]any)
		return "/identity/externalIds/" + external["type"].(string) + "/" + external["externalId"].(string)
	}()
	names := strings.NewReplacer("{tenantId}", tenant.ID(), "{userId}", "reader", "{username}", "reader")
	for _, need := range explain.Needs() {
		if slices.Contains(answered, need.Method+" "+need.Path) {
			continue
		}
		path := names.Replace(need.Path)
		for prefix, id := range ids {
			if strings.HasPrefix(path, prefix+"/{id}") {
				path = strings.Replace(path, "{id}", id, 1)
			}
		}
		switch need.Path {
		case "/identity/externalIds/{type}/{externalId}":
			path = serial
		case "/identity/globalIds/{id}/externalIds":
			path = "/identity/globalIds/" + device + "/externalIds"
		case "/measurement/measurements/series":
			path += "?source=" + device + "&dateFrom=2026-01-01&dateTo=2026-01-02"
		}
		path = strings.NewReplacer("{", "", "}", "").Replace(path)
		body := cmp.Or(bodies[need.Method+" "+need.Path], "{}")
		if status, answer := send("nobody", "demo-Nobody.1", need.Method, path, body); status != http.StatusForbidden {
			t.Errorf("%s %s: %d %v", need.Method, path, status, answer)
		}
		if found, known := explain.NeedOf(need.Method, path); !known || found.Path != need.Path {
			t.Errorf("%s %s is explained as %s", need.Method, path, found.Path)
		}
	}
}
