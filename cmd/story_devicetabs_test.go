package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

// The page of a device tells its configurations with their latest snapshots, fetches one, and locks
// the device's user out and in again.
func TestStoryOfConfigurationAndUserOfADevice(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview"}, func(s *story.Story, _ *watched) {
		id := s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": "Gate 9", "c8y_IsDevice": map[string]any{}, "com_cumulocity_model_Agent": map[string]any{},
			"c8y_Configuration": map[string]any{"config": "speed=7\nmode=fast"}, "c8y_SupportedConfigurations": []string{"agent.conf", "net.conf"},
			"c8y_SupportedOperations": []string{"c8y_UploadConfigFile"},
		})["id"].(string)
		s.Tenant.Post("/event/events", map[string]any{
			"source": map[string]any{"id": id}, "type": "net.conf", "text": "Snapshot", "time": "2026-03-02T08:59:00Z",
		})
		s.Tenant.Post("/audit/auditRecords", map[string]any{
			"source": map[string]any{"id": id}, "type": "Inventory", "activity": "Object renamed", "text": "Renamed", "time": "2026-03-02T08:58:00Z",
		})
		dump := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "gate-9.dump", "type": "c8y_ConfigurationDump"})["id"]
		s.Tenant.Put("/inventory/managedObjects/"+id, map[string]any{"c8y_ConfigurationDump": map[string]any{"id": dump}})
		s.Tenant.Post("/event/events", map[string]any{
			"source": map[string]any{"id": id}, "type": "c8y_ConfigurationDump", "text": "Old snapshot", "time": "2026-03-02T08:58:00Z",
		})
		s.Open("device/" + id + "/configuration")
		s.See("5 configurations", "object "+dump.(string), "in the inventory", "none: o fetches one", "without a file")
		s.Press("o")
		s.See("What shall Gate 9 do?")
		s.Press("u")
		s.See("agent.conf", "net.conf")
		s.Press("ctrl+s")
		s.See("Created the operation")
		if all := operationsOf(s, "deviceId="+id); len(all) != 1 || all[0]["c8y_UploadConfigFile"].(map[string]any)["type"] != "agent.conf" {
			t.Errorf("the tenant has %v", all)
		}
		s.Press("{", "{", "{", "{", "{", "{", "{", "{")
		s.See("Where it belongs")
		s.Press("Z") // the past of the object, as a tab of its page
		s.See("1 audit record", "Object renamed")
		operation := operationsOf(s, "deviceId="+id)[0]["id"].(string)
		s.Tenant.Put("/devicecontrol/operations/"+operation, map[string]any{"status": "EXECUTING"})
		s.Open("audit?source=" + operation)
		s.Row("▌").Has("Operation updated")
		s.Press("home", "enter") // what was changed, with or without room for a pane beside the list
		s.See("by admin", `- "PENDING"`, `+ "EXECUTING"`, "Inspect as JSON")
		s.Press("i")
		s.See("auditRecords/", `"changes": [`)
		s.Open("device/" + id + "/user")
		s.See("admin", "enabled")
		s.Press("E")
		s.See("it is the user who made the object")

		s.Open("device/1007/user")
		s.See("device_", "enabled")
		s.Press("E")
		s.See("locked out")
		if user := s.Tenant.Get("/inventory/managedObjects/1007/user"); user["enabled"] != false {
			t.Errorf("the tenant has %v", user)
		}
		s.Press("u", "y")
		s.See("Taken back")
		if user := s.Tenant.Get("/inventory/managedObjects/1007/user"); user["enabled"] != true {
			t.Errorf("the tenant has %v", user)
		}
	})
}
