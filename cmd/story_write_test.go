package cmd

import (
	"encoding/json"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// TestStoryOfANewAlarm: n asks for what an alarm needs, beginning with what the place says; the form
// stays open with everything typed when the tenant refuses; u takes it back as far as that goes.
func TestStoryOfANewAlarm(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		id, _ := pump(s)
		s.Open("alarms?source=" + id)
		s.See("No alarm is active")
		s.Press("n")
		s.See("New alarm", "in acme.example", id)
		s.Press("shift+tab")
		s.Type("x")
		s.Press("enter")
		s.See("an id has only digits")
		s.Press("shift+tab", "backspace", "tab")
		s.Type("hv_Hot") // the device is known, so the cursor is on the type
		s.Press("enter", "enter")
		s.Type("Bearing is hot")
		s.Press("ctrl+r")
		s.See("What would be sent", "POST /alarm/alarms", `"text": "Bearing is hot"`, `"severity": "MAJOR"`)
		s.Press("esc")
		s.Demo.SetFaults(demo.Fault{Kind: demo.ServerError, Method: "POST", Count: 1})
		s.Press("ctrl+s")
		s.See("Internal error occurred", "It may have been created nevertheless", "Bearing is hot")
		s.Press("ctrl+s")
		s.See("Created the alarm")
		s.Row("▲ major").Has("active", "Bearing is hot")
		alarms := s.Tenant.Get("/alarm/alarms?source=" + id)["alarms"].([]any)
		if len(alarms) != 1 || alarms[0].(map[string]any)["type"] != "hv_Hot" {
			t.Fatalf("the tenant has %v", alarms)
		}
		s.Press("D")
		s.See("the platform does not delete single alarms; clear it")
		s.Press("u")
		s.See("Take back in acme.example: Created the alarm", "It is cleared", `"status": "CLEARED"`)
		s.Press("y")
		s.See("Taken back")
		if n := alarmsIn(s, id, "CLEARED"); n != 1 {
			t.Errorf("%d alarms are cleared", n)
		}
		s.Open("alarms?status=CLEARED&source=" + id)
		s.Press("A")
		s.See("Activated 1 alarm")
		if n := alarmsIn(s, id, "ACTIVE"); n != 1 {
			t.Errorf("%d alarms are active", n)
		}
		s.Press("[", "r")
		s.Row("▌").Has("Bearing is hot")
		s.Press("e")
		s.See("Edit Bearing is hot")
		s.Press("right", "ctrl+s", "s")
		s.See("Changed Bearing is hot: severity")
		s.Row("▌  ◆ minor").Has("Bearing is hot")
	})
}

// TestStoryOfASeverity: what needs a choice asks for it first.
func TestStoryOfASeverity(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		device := noisy(s, 3)
		s.Open("alarms?source=" + device)
		s.See("3 alarms")
		s.Press("L", "c")
		s.See("Changed the severity of 1 alarm", "● critical")
		s.Press("*", "L", "c")
		s.See("Change the severity…: 3 alarms", "… and 2 more like it")
		s.Press("y")
		s.See("Changed the severity of 2 alarms, 1 skipped: & shows why")
		s.Press("&", "enter")
		s.Row("skipped").Has("it is critical already")
	})
}

// TestStoryOfAnEvent: created, edited, deleted with its attachment, and taken back.
func TestStoryOfAnEvent(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		id, _ := pump(s)
		s.Open("events?source=" + id)
		s.See("No event")
		s.Press("n")
		s.Type("hv_Visit")
		s.Press("enter")
		s.Type("Greased")
		s.Press("ctrl+s")
		s.See("Created the event")
		s.Row("hv_Visit").Has("Greased")
		s.Press("e")
		s.Type(" twice")
		s.Press("ctrl+s")
		s.See(`- "Greased"`, `+ "Greased twice"`)
		s.Press("enter")
		s.Row("hv_Visit").Has("Greased twice")
		s.Press("D")
		s.See("Delete Greased twice", "from acme.example?", "DELETE /event/events/", "Cancel")
		s.Press("enter")
		s.SeeNoMore("DELETE /event")
		s.See("Greased twice")
		s.Press("D", "y")
		s.See("Deleted 1 event", "0 events")
		if events := s.Tenant.Get("/event/events?source=" + id)["events"].([]any); len(events) != 0 {
			t.Fatalf("the tenant has %v", events)
		}
		s.Press("u")
		s.See("Take back in acme.example: Deleted 1 event?", "It comes back under another id.", "POST /event/events")
		s.Press("y")
		s.See("Taken back", "Greased twice")
		events := s.Tenant.Get("/event/events?source=" + id)["events"].([]any)
		if len(events) != 1 || events[0].(map[string]any)["text"] != "Greased twice" {
			t.Errorf("the tenant has %v", events)
		}
	})
}

// TestStoryOfOperations: created from JSON, cancelled with a reason, sent again, taken back.
func TestStoryOfOperations(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		agent := s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": "Gate 1", "c8y_IsDevice": map[string]any{}, "com_cumulocity_model_Agent": map[string]any{},
		})["id"].(string)
		operations := func() []any {
			return s.Tenant.Get("/devicecontrol/operations?pageSize=100&deviceId=" + agent)["operations"].([]any)
		}
		s.Open("operations?device=" + agent)
		s.See("No operation")
		s.Press("n")
		s.See("New operation", `"c8y_Restart": {}`)
		s.Press("tab")
		s.Type("Restart it")
		s.Press("ctrl+s")
		s.See("Created the operation")
		s.Row("c8y_Restart").Has("○ pending")
		if op := operations()[0].(map[string]any); op["c8y_Restart"] == nil || op["operation"] != nil {
			t.Fatalf("the tenant has %v", op)
		}
		s.Press("C")
		s.See("cancelled by setting it to FAILED")
		s.Press("ctrl+s")
		s.See("Cancelled 1 operation")
		s.Row("c8y_Restart").Has("failed")
		s.Press("C")
		s.See("it is over already")
		s.Press("R")
		s.See("Sent again 1 operation")
		if all := operations(); len(all) != 2 || all[1].(map[string]any)["status"] != "PENDING" || all[1].(map[string]any)["failureReason"] != nil {
			t.Fatalf("the tenant has %v", all)
		}
		s.Press("u", "y")
		s.See("Taken back: Sent again 1 operation")
		if all := operations(); all[1].(map[string]any)["status"] != "FAILED" {
			t.Errorf("the tenant has %v", all)
		}
		s.Press("u", "y") // the cancelling
		s.See("Taken back: Cancelled 1 operation")
		if all := operations(); all[0].(map[string]any)["status"] != "PENDING" {
			t.Errorf("the tenant has %v", all)
		}
	})
}

// TestStoryOfDeletingADevice: what goes along is found out first, the ways of deleting are offered,
// many and cascades are typed.
func TestStoryOfDeletingADevice(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		id, path := pump(s)
		child := s.Tenant.Post(path+"/childDevices", map[string]any{"name": "Sensor 7a", "c8y_IsDevice": map[string]any{}})
		s.Tenant.Post("/alarm/alarms", map[string]any{
			"source": map[string]any{"id": id}, "type": "t", "text": "x", "severity": "MINOR", "time": time.Now().Format(time.RFC3339),
		})
		s.Tenant.Post("/identity/globalIds/"+id+"/externalIds", map[string]any{"type": "c8y_Serial", "externalId": "SN-7"})
		s.Open("devices")
		s.See("2 devices", "Pump 7")
		s.Press("D")
		s.See("Delete 1 device", "a Nothing else", "c Child devices", "1 child device: Sensor 7a")
		s.Press("c")
		s.See("Delete Pump 7 ("+id+") from acme.example?", "1 alarm", "1 external id", "all its measurements", "cascade=true", "Cancel")
		s.Press("y")
		s.See("Deleted 1 device", "0 devices")
		for _, gone := range []string{id, child["id"].(string)} {
			if status, _ := s.Tenant.Do("GET", "/inventory/managedObjects/"+gone, nil); status != 404 {
				t.Errorf("%s is still there: %d", gone, status)
			}
		}
		s.Press("u")
		s.See("It comes back under another id, without what belonged to it")
		s.Press("y")
		s.See("Taken back", "Pump 7")
		_, body := s.Tenant.Do("GET", "/inventory/managedObjects?fragmentType=hv_Site", nil)
		var found struct {
			ManagedObjects []map[string]any `json:"managedObjects"`
		}
		if err := json.Unmarshal(body, &found); err != nil || len(found.ManagedObjects) != 1 || found.ManagedObjects[0]["id"] == id {
			t.Errorf("the tenant has %s", body)
		}
	})
}

// TestStoryOfDeletingMany: the number must be typed, and nothing else will do.
func TestStoryOfDeletingMany(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		for _, name := range []string{"Pump 1", "Pump 2", "Pump 3"} {
			s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": name, "c8y_IsDevice": map[string]any{}})
		}
		s.Open("devices")
		s.See("3 devices")
		s.Press("*", "D")
		s.See("Delete 3 devices from acme.example?", "Pump 1: all its measurements", "… and 2 more like it", "Type delete 3 to go on:")
		s.Type("delete 2")
		s.Press("enter")
		s.See("Type delete 3 to go on:")
		s.Press("backspace")
		s.Type("3")
		s.Press("enter")
		s.See("Deleted 3 devices", "0 devices")
		if left := s.Tenant.Get("/inventory/managedObjects?fragmentType=c8y_IsDevice")["managedObjects"].([]any); len(left) != 0 {
			t.Errorf("the tenant has %v", left)
		}
	})
}

// TestStoryOfWritingInTheTree: groups and what is in them can be edited and deleted where they stand,
// and a device on its page.
func TestStoryOfWritingInTheTree(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		group := s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": "Hall B", "type": "c8y_DeviceGroup", "c8y_IsDeviceGroup": map[string]any{},
		})["id"].(string)
		id, path := pump(s)
		s.Tenant.Post("/inventory/managedObjects/"+group+"/childAssets", map[string]any{"managedObject": map[string]any{"id": id}})
		s.Open("tree")
		s.See("Hall B")
		s.Press("down", "e")
		s.See("it is no object of the tenant")
		s.Press("up", "e")
		s.See("Edit Hall B")
		s.Type(" north")
		s.Press("ctrl+s", "s")
		s.See("Changed Hall B: name", "Hall B north")
		s.Press("D")
		s.See("g Its subgroups", "the devices in them stay", "d Its devices", "1 member: Pump 7")
		s.Press("g")
		s.See("Delete Hall B north", "from acme.example?")
		s.Press("y")
		s.SeeNoMore("Hall B north (")
		if status, _ := s.Tenant.Do("GET", path, nil); status != 200 {
			t.Errorf("the device has gone with its group: %d", status)
		}
		s.Open("device/" + id)
		s.See("hv_Pump")
		s.Press("e")
		s.See("Edit Pump 7", "Expected every")
		s.Press("tab", "tab", "tab")
		s.Type("15")
		s.Press("ctrl+s", "s")
		s.See("Changed Pump 7: c8y_RequiredAvailability")
		if doc := s.Tenant.Get(path); doc["c8y_RequiredAvailability"].(map[string]any)["responseInterval"] != 15.0 {
			t.Errorf("the tenant has %v", doc)
		}
	})
}

// TestStoryOfAReaderWhoWrites: what may not be done is there with its reason.
func TestStoryOfAReaderWhoWrites(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "devices", Account: reader}, func(s *story.Story, _ *watched) {
		s.See("239 devices")
		for key, needs := range map[string]string{"e": "Edit the device: needs ROLE_INVENTORY_ADMIN", "n": "New device: needs", "D": "Delete the device: needs"} {
			s.Press(key)
			s.See(needs)
			s.Press("esc")
		}
		s.Press("u")
		s.See("nothing has been changed in this session")
	})
}
