package cmd

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
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

// caller is who makes a request.
type caller struct{ tenant, user, password string }

// doors is a demo tenant at which requests of the table of permissions knock.
type doors struct {
	t      *testing.T
	server *httptest.Server
	admin  caller
	device string
	ids    map[string]string // of something that there is, by the beginning of the path that asks for it
	bodies map[string]string // by method and path
	names  *strings.Replacer // of parameters by what there is
}

// openDoors makes the tenant, with the users that are named beside its own.
func openDoors(t *testing.T, users ...demo.User) *doors {
	t.Helper()
	tenant, err := demo.New(demo.Options{Devices: 20, Users: users, SignIn: demo.SignIn{SSO: demo.SSORedirect}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tenant.Close)
	admin := demo.Options{}.Administrator()
	d := &doors{t: t, server: httptest.NewServer(tenant), admin: caller{admin.Tenant, admin.Name, admin.Password}}
	t.Cleanup(d.server.Close)
	d.device = d.first("/inventory/managedObjects?query=has(c8y_IsDevice)", "managedObjects")
	source := `"source":{"id":"` + d.device + `"},"type":"t","text":"t","time":"2026-01-01T00:00:00Z"`
	alarm := `{` + source + `,"severity":"MAJOR"}`
	d.bodies = map[string]string{
		"POST /alarm/alarms": alarm, "POST /alarm/alarms/upsert": alarm,
		"POST /event/events":                   `{` + source + `}`,
		"POST /measurement/measurements":       `{` + source + `,"f":{"s":{"value":1}}}`,
		"POST /devicecontrol/operations":       `{"deviceId":"` + d.device + `","c8y_Restart":{}}`,
		"PUT /features/{featureKey}/by-tenant": `{"active":true}`, "PUT /features/{featureKey}/by-tenant/{tenantId}": `{"active":true}`,
		"PUT /inventory/managedObjects": `{"managedObjects":[{"id":"` + d.device + `","name":"n"}]}`,
	}
	for _, path := range []string{"/event/events", "/alarm/alarms", "/measurement/measurements"} { // twenty devices may have been quiet all day
		d.send(d.admin, "POST", path, d.bodies["POST "+path])
	}
	d.send(d.admin, "POST", "/tenant/options", `{"category":"category","key":"key","value":"v"}`)
	d.send(d.admin, "POST", "/certificate-authority", `{}`)
	_, application := d.send(d.admin, "POST", "/application/applications", `{"name":"own","key":"own-key","type":"HOSTED","contextPath":"own"}`)
	d.ids = map[string]string{
		"/inventory/managedObjects/":     d.device,
		"/inventory/binaries/":           d.first("/inventory/binaries", "managedObjects"),
		"/alarm/alarms/":                 d.first("/alarm/alarms", "alarms"),
		"/audit/auditRecords/":           d.first("/audit/auditRecords", "auditRecords"),
		"/event/events/":                 d.first("/event/events", "events"),
		"/identity/globalIds/":           d.device,
		"/measurement/measurements/":     d.first("/measurement/measurements", "measurements"),
		"/devicecontrol/bulkoperations/": d.first("/devicecontrol/bulkoperations", "bulkOperations"),
		"/devicecontrol/operations/":     d.first("/devicecontrol/operations", "operations"),
		"/application/applications/":     fmt.Sprint(application["id"]),
		"/retention/retentions/":         d.first("/retention/retentions", "retentionRules"),
		"/user/inventoryroles/":          "1",
	}
	_, answer := d.send(d.admin, "GET", "/identity/globalIds/"+d.device+"/externalIds", "")
	external := answer["externalIds"].([]any)[0].(map[string]any)
	d.names = strings.NewReplacer("{type}", external["type"].(string), "{externalId}", external["externalId"].(string),
		"{requestId}", d.first("/devicecontrol/newDeviceRequests", "newDeviceRequests"), "{groupId}", "4", "{groupName}", "readers", "{roleId}", "ROLE_ALARM_READ",
		"{typeOrId}", "OAUTH2", "{name}", "ROLE_ALARM_READ", "{featureKey}", "certificate-authority", "{date}", "2026-01-01", "{month}", "2026-01", "{", "", "}", "")
	return d
}

// knock makes a request of an operation, about a user if it is about one, and returns how it is answered.
func (d *doors) knock(by caller, need explain.Need, user string) (status int, path string, answer map[string]any) {
	d.t.Helper()
	tenant := d.admin.tenant
	if need.From == explain.Parent || need.From == explain.Management {
		tenant += "1"
	}
	path = strings.NewReplacer("{tenantId}", tenant, "{userId}", user, "{username}", user).Replace(need.Path)
	for before, id := range d.ids {
		if after, here := strings.CutPrefix(path, before+"{id}"); here {
			path = before + id + after
		}
	}
	path = d.names.Replace(path)
	if need.Path == "/measurement/measurements/series" {
		path += "?source=" + d.device + "&dateFrom=2026-01-01&dateTo=2026-01-02"
	}
	status, answer = d.send(by, need.Method, path, cmp.Or(d.bodies[need.Method+" "+need.Path], "{}"))
	return status, path, answer
}

func (d *doors) send(by caller, method, path, body string) (int, map[string]any) {
	d.t.Helper()
	request, err := http.NewRequest(method, d.server.URL+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	request.SetBasicAuth(by.tenant+"/"+by.user, by.password)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	var answer map[string]any
	_ = json.NewDecoder(response.Body).Decode(&answer) // not every answer has a body
	return response.StatusCode, answer
}

// first returns the id of the first thing in a list.
func (d *doors) first(path, key string) string {
	d.t.Helper()
	_, body := d.send(d.admin, "GET", path, "")
	items, _ := body[key].([]any)
	if len(items) == 0 {
		d.t.Fatalf("%s holds nothing", path)
	}
	return fmt.Sprint(items[0].(map[string]any)["id"])
}

// Whatever the table of permissions says that a user needs, the demo tenant asks for: somebody
// without any gets 403, and the card that explains it names the permissions.
func TestTheTenantRefusesWhatTheTableSays(t *testing.T) {
	t.Parallel()
	d := openDoors(t)
	for _, need := range explain.Needs() {
		if slices.Contains(answered, need.Method+" "+need.Path) {
			continue
		}
		status, path, answer := d.knock(caller{d.admin.tenant, nobody.User, nobody.Password}, need, "reader")
		if status != http.StatusForbidden {
			t.Errorf("%s %s: %d %v", need.Method, path, status, answer)
		}
		if found, known := explain.NeedOf(need.Method, path); !known || found.Path != need.Path {
			t.Errorf("%s %s is explained as %s", need.Method, path, found.Path)
		}
	}
}

// And what it names is enough: somebody with that permission and no other is not refused, be it that what he asks for makes no sense. Where
// the table sets a limit, there is one.
func TestTheTenantLetsInWhomTheTableNames(t *testing.T) {
	t.Parallel()
	const password = "0nly-One-Key"
	both := demo.User{Name: "both", Password: password}
	users := map[string][]demo.User{} // by permission: in the tenant, and in the management tenant
	for _, need := range explain.Needs() {
		for _, p := range need.Permissions {
			users[p] = []demo.User{{Name: p, Password: password, Roles: []string{p}}, {Tenant: "management", Name: p, Password: password, Roles: []string{p}}}
			if need.Limits[p] == explain.Both {
				both.Roles = append(both.Roles, p)
			}
		}
	}
	d := openDoors(t, append(slices.Concat(slices.Collect(maps.Values(users))...), both)...)
	creator := caller{d.admin.tenant, "ROLE_USER_MANAGEMENT_CREATE", password}
	if status, answer := d.send(creator, "POST", "/user/"+d.admin.tenant+"/users", `{"userName":"below","email":"b@demo.example","password":"`+password+`"}`); status != http.StatusCreated {
		t.Fatalf("%d %v", status, answer)
	}
	const order = "GET POST PUT DELETE" // what others look at is not deleted before
	needs := slices.SortedStableFunc(slices.Values(explain.Needs()), func(a, b explain.Need) int {
		return cmp.Or(cmp.Compare(strings.Index(order, a.Method), strings.Index(order, b.Method)), cmp.Compare(len(b.Path), len(a.Path)))
	})
	tried, done := 0, 0
	for _, need := range needs {
		for _, p := range need.Permissions {
			good, bad := caller{d.admin.tenant, p, password}, caller{}
			user, other := "reader", "operator"
			switch limit := need.Limits[p]; {
			case need.From == explain.Management:
				bad, good.tenant = good, "management"
			case limit == explain.Below:
				bad, user = good, "below"
			case limit == explain.Self:
				bad, user = good, p
			case limit == explain.Both:
				bad, good.user = good, both.Name
			}
			if bad.user != "" {
				if status, path, answer := d.knock(bad, need, other); status != http.StatusForbidden {
					t.Errorf("%s %s with %s, beyond its limit: %d %v", need.Method, path, p, status, answer)
				}
			}
			status, path, answer := d.knock(good, need, user)
			tried++
			switch {
			case status == http.StatusForbidden || status == http.StatusUnauthorized || status >= 500:
				t.Errorf("%s %s with %s: %d %v", need.Method, path, p, status, answer)
			case status < 300:
				done++
			}
		}
	}
	if done < tried/2 {
		t.Errorf("of %d requests only %d made sense", tried, done)
	}
}
