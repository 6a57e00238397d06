package demo_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

// TestCandidates accepts a device of the fleet and watches it live.
func TestCandidates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{Devices: 40, Life: true})
		states := func() string { // of the candidates, not of the requests that the office has made
			list, _ := b.get(requests + "?pageSize=50").at("newDeviceRequests").([]any)
			var states []string
			for _, request := range list {
				if request := request.(map[string]any); strings.HasPrefix(request["id"].(string), "HV") && !strings.Contains(request["id"].(string), "-26009") {
					states = append(states, request["status"].(string))
				}
			}
			return strings.Join(states, " ")
		}
		if got := states(); got != "WAITING_FOR_CONNECTION PENDING_ACCEPTANCE PENDING_ACCEPTANCE" {
			t.Fatalf("at first %s", got)
		}
		b.tenant.Start(t.Context())
		time.Sleep(20 * time.Second)
		if got := states(); got != "PENDING_ACCEPTANCE PENDING_ACCEPTANCE PENDING_ACCEPTANCE" {
			t.Fatalf("after a while %s", got)
		}
		list := b.get(requests)
		id, group := list.text("newDeviceRequests", 0, "id"), list.text("newDeviceRequests", 0, "groupId")
		b.want(200, "PUT", requests+"/"+id, `{"status":"ACCEPTED"}`)
		b.want(204, "DELETE", requests+"/"+list.text("newDeviceRequests", 1, "id"), nil) // nobody expects it any more
		time.Sleep(10 * time.Second)
		device := b.get("/identity/externalIds/c8y_Serial/"+id).text("managedObject", "id")
		object := b.get("/inventory/managedObjects/" + device + "?withParents=true")
		if object.text("owner") != "device_"+id || !strings.Contains(string(object.body), `"id":"`+group+`"`) {
			t.Errorf("the new device %s, group %s", object.body, group)
		}
		time.Sleep(10 * time.Minute)
		b.tenant.Settle()
		if got := b.get("/inventory/managedObjects/"+device).text("c8y_Connection", "status"); got != "CONNECTED" {
			t.Errorf("its connection is %s", got)
		}
		if n := len(strings.Fields(states())); n != 3 {
			t.Errorf("%d candidates, want 3", n)
		}
		b.tenant.Close()
	})
}
