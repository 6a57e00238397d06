package demo_test

import (
	"fmt"
	"strings"
	"testing"

	"c8yx/demo"
)

const (
	restricted = "restricted:demo-Restricted.1"
	roles      = "/user/inventoryroles"
	assigned   = users + "/restricted/roles/inventory"
)

func TestInventoryRoles(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.create("/inventory/managedObjects", `{"name":"Hall","c8y_IsDeviceGroup":{}}`)
	role := b.want(201, "POST", roles, `{"name":"Restarter","description":"Can restart","permissions":[{"permission":"ADMIN","scope":"OPERATION","type":"c8y_Restart"}]}`).text("id")
	b.run([]request{
		{method: "POST", path: roles, body: `{"name":"Restarter","description":"x","permissions":[]}`, status: 409},
		{method: "POST", path: roles, body: `{"description":"x","permissions":[]}`, status: 422, want: "name"},
		{method: "POST", path: roles, body: `{"name":"x"}`, status: 422, want: "permissions"},
		{method: "POST", path: roles, body: `{"name":"x","permissions":[{"scope":"SKY"}]}`, status: 422},
		{user: reader, method: "POST", path: roles, body: `{"name":"x","permissions":[]}`, status: 403},
		{user: reader, method: "GET", path: roles, status: 403},
		{method: "GET", path: roles + "?withTotalPages=true", status: 200, want: `"roles":[{"id":1,`},
		{method: "GET", path: roles + "/" + role, status: 200, want: `"type":"c8y_Restart"`},
		{method: "GET", path: roles + "/9999", status: 404, want: "Cannot find the specified role."},
		{method: "PUT", path: roles + "/" + role, body: `{"name":"Rebooter"}`, status: 200, want: `"name":"Rebooter"`},
		{method: "PUT", path: roles + "/" + role, body: `{"name":"Reader"}`, status: 409},
		{method: "PUT", path: roles + "/" + role, body: `{"permissions":[{"permission":"EAT"}]}`, status: 422},
		{method: "PUT", path: roles + "/9999", body: `{}`, status: 404},

		{method: "GET", path: assigned, status: 200, want: `"inventoryAssignments":[]`},
		{method: "POST", path: assigned, body: `{"roles":[{"id":1}]}`, status: 422, want: "managedObject"},
		{method: "POST", path: assigned, body: `{"managedObject":"` + id + `"}`, status: 422, want: "roles"},
		{method: "POST", path: assigned, body: `{"managedObject":"` + id + `","roles":[{"id":9999}]}`, status: 422},
		{method: "POST", path: assigned, body: `{"managedObject":"1","roles":[{"id":1}]}`, status: 422},
		{method: "POST", path: users + "/ghost/roles/inventory", body: `{}`, status: 404},
	})
	a := b.want(200, "POST", assigned, `{"managedObject":`+id+`,"roles":[{"id":1},{"id":`+role+`}]}`) // 200, not 201
	one := assigned + "/" + a.text("id")
	if a.text("managedObject") != id || a.text("roles", 1, "name") != "Rebooter" {
		t.Errorf("assigned %s", a.body)
	}
	b.run([]request{
		{method: "GET", path: one, status: 200, want: "Rebooter"},
		{method: "PUT", path: one, body: `{"roles":[{"id":` + role + `}]}`, status: 200},
		{method: "PUT", path: one, body: `{}`, status: 422},
		{method: "DELETE", path: roles + "/" + role, status: 204}, // and with it the assignment that had no other
		{method: "DELETE", path: roles + "/" + role, status: 404},
		{method: "GET", path: one, status: 404},
	})
	one = assigned + "/" + b.want(200, "POST", assigned, `{"managedObject":"`+id+`","roles":[{"id":1}]}`).text("id")
	b.want(204, "DELETE", one, nil)
	b.want(404, "DELETE", one, nil)
}

// TestWhatInventoryRolesOpen gives a user roles for a group, and looks at what is inside and outside of it.
func TestWhatInventoryRolesOpen(t *testing.T) {
	b := start(t, demo.Options{})
	group := b.create("/inventory/managedObjects", `{"name":"Hall","c8y_IsDeviceGroup":{}}`)
	inside, outside := b.device("Inside", "com_cumulocity_model_Agent"), b.device("Outside", "com_cumulocity_model_Agent")
	child := b.device("Child")
	b.want(201, "POST", "/inventory/managedObjects/"+group+"/childAssets", `{"managedObject":{"id":"`+inside+`"}}`)
	b.want(201, "POST", "/inventory/managedObjects/"+inside+"/childDevices", `{"managedObject":{"id":"`+child+`"}}`)
	alarm := func(source string) string {
		return b.create("/alarm/alarms", `{"source":{"id":"`+source+`"},"type":"t","text":"x","severity":"MAJOR","time":"2026-02-02T09:30:00Z"}`)
	}
	seen, other, hidden := alarm(inside), alarm(child), alarm(outside)
	object := func(id string) string { return "/inventory/managedObjects/" + id }
	restart := func(id string) string { return `{"deviceId":"` + id + `","c8y_Restart":{}}` }

	b.run([]request{{user: restricted, method: "GET", path: object(inside), status: 403}})
	b.want(200, "POST", assigned, `{"managedObject":"`+group+`","roles":[{"id":1},{"id":4}]}`) // Reader, Restart Device
	b.run([]request{
		{user: restricted, method: "GET", path: object(group), status: 200},
		{user: restricted, method: "GET", path: object(inside), status: 200},
		{user: restricted, method: "GET", path: object(child), status: 200},
		{user: restricted, method: "GET", path: object(outside), status: 403},
		{user: restricted, method: "PUT", path: object(inside), body: `{"a":1}`, status: 403}, // reading only
		{user: restricted, method: "GET", path: "/alarm/alarms/" + seen, status: 200},
		{user: restricted, method: "GET", path: "/alarm/alarms/" + other, status: 200},
		{user: restricted, method: "GET", path: "/alarm/alarms/" + hidden, status: 403},
		{user: restricted, method: "PUT", path: "/alarm/alarms/" + seen, body: `{"status":"CLEARED"}`, status: 403},
		{user: restricted, method: "GET", path: "/alarm/alarms/count", status: 200, want: "2"},
		{user: restricted, method: "GET", path: "/inventory/managedObjects/count", status: 200, want: "3"},
		{user: restricted, method: "GET", path: "/identity/globalIds/" + inside + "/externalIds", status: 200},
		{user: restricted, method: "GET", path: "/measurement/measurements/series?dateFrom=2026-01-01&dateTo=2027-01-01&source=" + inside, status: 200},
		{user: restricted, method: "GET", path: "/measurement/measurements/series?dateFrom=2026-01-01&dateTo=2027-01-01&source=" + outside, status: 403},
		{user: restricted, method: "POST", path: "/devicecontrol/operations", body: restart(inside), status: 201},
		{user: restricted, method: "POST", path: "/devicecontrol/operations", body: restart(outside), status: 403},
		{user: restricted, method: "POST", path: "/devicecontrol/operations", body: `{"deviceId":"` + inside + `","c8y_Firmware":{}}`, status: 403}, // restarting only
		{user: restricted, method: "POST", path: "/inventory/managedObjects", body: `{}`, status: 403},
		{user: restricted, method: "GET", path: "/audit/auditRecords", status: 403},
	})
	for path, want := range map[string][2]string{
		"/alarm/alarms":                                     {"alarms", seen + " " + other},
		"/alarm/alarms?status=":                             {"alarms", seen + " " + other},
		"/inventory/managedObjects":                         {"managedObjects", group + " " + inside + " " + child},
		"/inventory/managedObjects?query=has(c8y_IsDevice)": {"managedObjects", inside + " " + child},
	} {
		got := strings.Fields(b.as(restricted).get(path).all(want[0], "id"))
		for _, id := range strings.Fields(want[1]) {
			if len(got) != len(strings.Fields(want[1])) || !strings.Contains(strings.Join(got, " "), id) {
				t.Errorf("%s shows %v, want %s", path, got, want[1])
			}
		}
	}
}

func TestDevicePermissions(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.device("Pump", "com_cumulocity_model_Agent")
	path := "/user/devicePermissions/" + id
	entry := `{"` + id + `":["OPERATION:c8y_Restart:ADMIN","MANAGED_OBJECT:*:READ"]}`
	restart := `{"deviceId":"` + id + `","c8y_Restart":{}}`
	b.run([]request{
		{method: "GET", path: path, status: 200, want: `{"users":[],"groups":[]}`},
		{user: restricted, method: "GET", path: path, status: 403},
		{method: "PUT", path: path, body: `{"users":[{"userName":"ghost"}]}`, status: 404},
		{method: "PUT", path: path, body: `{"groups":[{"id":"9999"}]}`, status: 404},
		{method: "PUT", path: path, body: `{"users":[{"userName":"restricted","devicePermissions":{"` + id + `":["SKY"]}}]}`, status: 422},
		{method: "PUT", path: path, body: `{"users":[{"userName":"restricted","devicePermissions":` + entry + `}]}`, status: 200},
		{method: "GET", path: path, status: 200, want: "OPERATION:c8y_Restart:ADMIN"},
		{method: "GET", path: users + "/restricted", status: 200, want: "MANAGED_OBJECT:*:READ"},
		{user: restricted, method: "GET", path: "/inventory/managedObjects/" + id, status: 200},
		{user: restricted, method: "POST", path: "/devicecontrol/operations", body: restart, status: 201},
		{method: "PUT", path: path, body: `{"users":[{"userName":"restricted","devicePermissions":{}}]}`, status: 200},
		{user: restricted, method: "POST", path: "/devicecontrol/operations", body: restart, status: 403},
		{method: "PUT", path: path, body: `{"groups":[{"id":"4","devicePermissions":` + entry + `}]}`, status: 200},
		{user: reader, method: "POST", path: "/devicecontrol/operations", body: restart, status: 201},
		{method: "PUT", path: users + "/restricted", body: `{"devicePermissions":` + entry + `}`, status: 200},
		{user: restricted, method: "GET", path: "/inventory/managedObjects/" + id, status: 200},
	})
}

// TestPagesOfRestrictedUsers follows next through a tenant of which the user sees every 200th device.
func TestPagesOfRestrictedUsers(t *testing.T) {
	b := start(t, demo.Options{})
	group := b.create("/inventory/managedObjects", `{"name":"Hall","c8y_IsDeviceGroup":{}}`)
	b.want(200, "POST", assigned, `{"managedObject":"`+group+`","roles":[{"id":1}]}`)
	var want []string
	for i := range 1400 {
		if i%200 != 7 {
			b.device("Outside")
			continue
		}
		id := b.device("Inside")
		want = append(want, id)
		b.want(201, "POST", "/inventory/managedObjects/"+group+"/childAssets", `{"managedObject":{"id":"`+id+`"}}`)
	}
	var got []string
	pages, short := 0, false
	for path := "/inventory/managedObjects?fragmentType=c8y_IsDevice&withTotalPages=true&withTotalElements=true&pageSize=6"; path != ""; pages++ {
		a := b.as(restricted).get(path)
		ids := strings.Fields(a.all("managedObjects", "id"))
		got = append(got, ids...)
		path = strings.TrimPrefix(a.text("next"), b.server.URL)
		short = short || path != "" && len(ids) < 6
		if a.at("statistics", "totalPages") != nil || a.at("statistics", "totalElements") != nil {
			t.Errorf("totals: %s", a.body)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || !short || pages != 2 {
		t.Errorf("%d pages, one short %v: %v, want %v", pages, short, got, want)
	}
}

func TestTheRestrictedUserOfTheSeed(t *testing.T) {
	b := start(t, demo.Options{Devices: 60})
	all := b.get("/inventory/managedObjects/count").text()
	mine := b.as(restricted).get("/inventory/managedObjects/count").text()
	if mine == "0" || mine == all {
		t.Errorf("sees %s of %s objects", mine, all)
	}
	const files = "/inventory/binaries?pageSize=2000"
	every, own := strings.Fields(b.get(files).all("managedObjects", "id")), strings.Fields(b.as(restricted).get(files).all("managedObjects", "id"))
	if len(own) >= len(every) {
		t.Errorf("sees %d of %d files", len(own), len(every))
	}
	for _, id := range own {
		b.as(restricted).want(200, "GET", "/inventory/binaries/"+id, nil)
	}
}

// TestWhatInventoryRolesLetHear subscribes to channels of objects inside and outside of the user's group.
func TestWhatInventoryRolesLetHear(t *testing.T) {
	b := start(t, demo.Options{})
	group := b.create("/inventory/managedObjects", `{"name":"Hall","c8y_IsDeviceGroup":{}}`)
	inside, outside := b.device("Inside"), b.device("Outside")
	b.want(201, "POST", "/inventory/managedObjects/"+group+"/childAssets", `{"managedObject":{"id":"`+inside+`"}}`)
	role := b.want(201, "POST", roles, `{"name":"Alarms","description":"","permissions":[{"permission":"READ","scope":"ALARM","type":"*"}]}`).text("id")
	b.want(200, "POST", assigned, `{"managedObject":"`+group+`","roles":[{"id":`+role+`}]}`)
	l := b.listen("/notification/realtime", b.login("restricted", "demo-Restricted.1"), nil)
	for channel, want := range map[string]bool{
		"/alarms/" + inside: true, "/alarmsWithChildren/" + group: true, "/alarms/" + outside: false, "/alarms/*": false,
		"/events/" + inside: false, "/managedobjects/" + inside: false,
	} {
		if got := l.ask(map[string]any{"id": "2", "channel": "/meta/subscribe", "subscription": channel})["successful"]; got != want {
			t.Errorf("%s: %v, want %v", channel, got, want)
		}
	}
}
