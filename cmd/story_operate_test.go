package cmd

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"c8yx/cmd/story"
)

// agents makes devices that fetch operations of two sorts, and one that is no agent. It returns the ids.
func agents(s *story.Story) (able []string, lone string) {
	for i := range 3 {
		supported := []string{"c8y_Restart", "c8y_LogfileRequest"}
		switch i {
		case 0:
			supported = append(supported, "c8y_SoftwareUpdate")
		case 2:
			supported = []string{"c8y_Restart"}
		}
		able = append(able, s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": fmt.Sprint("Gate ", i+1), "c8y_IsDevice": map[string]any{}, "com_cumulocity_model_Agent": map[string]any{},
			"c8y_SupportedOperations": supported, "c8y_SupportedLogs": []string{"syslog", "agent"},
		})["id"].(string))
	}
	lone = s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Sensor", "c8y_IsDevice": map[string]any{}})["id"].(string)
	return able, lone
}

// software puts one version of a software into the repository.
func software(s *story.Story, name, version, sort string) {
	id := s.Tenant.Post("/inventory/managedObjects", map[string]any{"type": "c8y_Software", "name": name, "softwareType": sort})["id"].(string)
	s.Tenant.Post("/inventory/managedObjects/"+id+"/childAdditions", map[string]any{
		"type": "c8y_SoftwareBinary", "softwareType": sort, "c8y_Software": map[string]any{"version": version, "url": "https://files.example/" + name},
	})
}

func operationsOf(s *story.Story, query string) []map[string]any {
	var list []map[string]any
	for _, o := range s.Tenant.Get("/devicecontrol/operations?pageSize=100&" + query)["operations"].([]any) {
		list = append(list, o.(map[string]any))
	}
	return list
}

// Devices are told what to do: what they do not support is offered with the reason, there are forms
// for what the platform knows, and JSON for anything else; many become a job.
func TestStoryOfTellingDevicesWhatToDo(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		able, lone := agents(s)
		s.Open("device/" + lone)
		s.See("Sensor")
		s.Press("o")
		s.See("What shall Sensor do?", "it has no agent and is behind none")
		s.Press("r", "esc")
		s.SeeNoMore("What shall")
		if all := operationsOf(s, "deviceId="+lone); len(all) != 0 {
			t.Fatalf("the tenant has %v", all)
		}

		s.Open("operations?device=" + able[0])
		s.See("No operation")
		s.Press("o")
		s.Row("Shell command").Has("the device does not support it")
		s.Press("s") // it is not taken
		s.See("What shall Gate 1 do?")
		s.Press("l")
		s.See("Fetch a log file", "syslog", "agent", "Lines at most")
		s.Press("a", "enter")
		retype(s, "-2")
		s.Press("enter")
		s.See("write 2026-03-02 14:00")
		s.Press("shift+tab")
		retype(s, "+2h")
		s.Press("ctrl+s")
		s.See("this is not after the beginning")
		s.Press("shift+tab")
		retype(s, "-2h")
		s.Press("ctrl+s")
		s.See("Created the operation")
		s.Row("c8y_LogfileRequest").Has("pending")
		log := operationsOf(s, "deviceId="+able[0])[0]["c8y_LogfileRequest"].(map[string]any)
		if log["logFile"] != "agent" || log["maximumLines"] != 1000.0 || log["dateFrom"] == "" {
			t.Errorf("the tenant has %v", log)
		}

		software(s, "nginx", "1.26", "apt")
		s.Press("o", "w")
		s.See("Which software of the repository?", "nginx 1.26")
		s.Press("down", "enter")
		s.See("Install or remove software", "https://files.example/nginx")
		s.Press("ctrl+n", "h")
		s.See("with install nginx 1.26")
		s.Press("right", "tab")
		s.Type("greaser")
		s.Press("ctrl+n")
		s.See("this is needed") // the version
		s.Type("0.9")
		s.Press("ctrl+n", "h")
		s.See("with delete greaser 0.9", "Left empty")
		s.Press("ctrl+s")
		s.See("Created the operation")
		s.Row("c8y_SoftwareUpdate").Has("pending")
		update := operationsOf(s, "fragmentType=c8y_SoftwareUpdate&deviceId="+able[0])
		if len(update) != 1 || fmt.Sprint(update[0]["c8y_SoftwareUpdate"]) !=
			"[map[action:install name:nginx softwareType:apt url:https://files.example/nginx version:1.26] map[action:delete name:greaser version:0.9]]" {
			t.Errorf("the tenant has %v", update)
		}

		s.Press("o", "e")
		s.See(`{"c8y_…": {}}`)
		s.Press("ctrl+s")
		s.See("say what the device shall do")
		s.Press("esc")

		s.Open("devices?filter=Gate")
		s.See("3 match")
		s.Press("*", "o")
		s.See("What shall 3 devices do?")
		s.Row("Fetch a log file").Has("2 of 3 support it")
		s.Row("Measure now").Has("none of the devices supports it")
		s.Press("r")
		s.See("Restart · 3 devices")
		s.Press("ctrl+s")
		s.See("Restart: 3 devices in acme.example?", "… and 2 more like it")
		s.Press("y")
		s.See("Sent 3 operations")
		for _, id := range able {
			if all := operationsOf(s, "fragmentType=c8y_Restart&deviceId="+id); len(all) != 1 || all[0]["description"] != "Restart device" {
				t.Errorf("the tenant has %v", all)
			}
		}
		s.Press("u", "y")
		s.See("Taken back")
		if all := operationsOf(s, "status=FAILED"); len(all) != 3 {
			t.Errorf("%d operations were taken back", len(all))
		}

		s.Tenant.Delete("/inventory/managedObjects/" + able[2])
		s.Open("operations?device=" + able[2])
		s.Press("o")
		s.See("there is no such device any more")
	})
}

// A bulk operation is made of marked devices by way of a group; what its operations say stands beside
// the platform's counter, failures are grouped by reason, and the failed ones are sent once more.
func TestStoryOfABulkOperation(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		able, _ := agents(s)
		bulks := func() []any {
			return s.Tenant.Get("/devicecontrol/bulkoperations?pageSize=100")["bulkOperations"].([]any)
		}
		s.Open("bulkoperations")
		s.See("There are no bulk operations", "for those that are marked")
		s.Open("devices?filter=Gate")
		s.See("3 match")
		s.Press("*", "B")
		s.See("Bulk operation for 3 devices", "until somebody deletes it")
		retype(s, "Gates of May")
		s.Press("enter")
		s.See("Bulk operation", "What shall the devices of Gates of May do?")
		s.Press("r")
		s.See("New bulk operation", "Gates of May", "One every", "Restart device")
		s.Press("tab")
		retype(s, "-5m")
		s.Press("ctrl+s")
		s.See("this lies in the past")
		retype(s, "+1m")
		s.Press("tab")
		retype(s, "1")
		s.Press("ctrl+s")
		s.See("Created the bulk operation")
		s.Row("scheduled ").Has("c8y_Restart", "Gates of May")
		if all := bulks(); len(all) != 1 || all[0].(map[string]any)["operationPrototype"].(map[string]any)["c8y_Restart"] == nil {
			t.Fatalf("the tenant has %v", all)
		}
		bulk := bulks()[0].(map[string]any)["id"].(string)

		for len(operationsOf(s, "bulkOperationId="+bulk)) < 3 {
			s.Wait(30e9)
		}
		for i, o := range operationsOf(s, "bulkOperationId="+bulk) {
			answer := map[string]any{"status": "SUCCESSFUL"}
			if i > 0 {
				answer = map[string]any{"status": "FAILED", "failureReason": `No room: "disk" full`}
			}
			s.Tenant.Put("/devicecontrol/operations/"+o["id"].(string), answer)
		}
		s.Press("r", "x")
		s.See("It is over, and 2 of 3 failed", "2 failed", `No room: "disk" full`)
		s.Press("esc", "F")
		s.See("Failures of a bulk operation", "2", `No room: "disk" full`)
		s.Press("enter")
		s.See("2 operations")
		s.Open("bulkoperations")
		s.Row("failed ").Has("Gates of May")
		s.Press("P")
		s.See("it is over")
		s.Press("R")
		s.See("Retried 1 bulk operation")
		if all := bulks(); len(all) != 2 {
			t.Errorf("the tenant has %v", all)
		}

		s.Open("groups?filter=gates")
		s.Press("o")
		s.See("What shall the devices of Gates of May do?")
		s.Press("r")
		s.See("New bulk operation", "Restart")
		s.Press("ctrl+s")
		s.See("Created the bulk operation")
		s.Open("bulkoperations?filter=restart")
		s.Row("scheduled ")
		s.Press("P")
		s.See("Paused 1 bulk operation")
		s.Row("paused ").Has("c8y_Restart")
		aside(s, func() { s.Read("when somebody lets it begin") })
		starts := func() string { return bulks()[2].(map[string]any)["startDate"].(string) }
		if at := starts(); !strings.HasPrefix(at, "2199-12-31") {
			t.Errorf("paused until %s", at)
		}
		s.Press("x")
		s.See("It is paused: it begins when somebody lets it.")
		s.Press("esc", "A")
		s.See("Brought forward 1 bulk operation")
		s.Row("scheduled ").Has("c8y_Restart")
		if at := starts(); !strings.HasPrefix(at, time.Now().UTC().Format("2006-01-02")) {
			t.Errorf("brought forward to %s", at)
		}
		s.Press("X")
		s.See("Cancel the bulk operation", "in acme.example?")
		s.Press("y")
		s.See("Cancelled 1 bulk operation")
		if all := bulks(); len(all) != 2 {
			t.Errorf("the tenant has %v", all)
		}

		s.Open("bulkoperations")
		s.Press("n", "e")
		s.See("New bulk operation", "Group")
		s.Type("nowhere")
		s.See("there is no such group")
		retype(s, "gates")
		s.See("choose one of the groups", "› ")
		s.Press("down", "enter")
		s.See("the group Gates of May")
		s.Press("ctrl+s")
		s.See("say what the device shall do")
		s.Press("ctrl+end", "ctrl+u")
		s.Type(`{"c8y_Restart": {}}`)
		s.Press("ctrl+s")
		s.See("Created the bulk operation")
		if all := bulks(); len(all) != 3 {
			t.Errorf("the tenant has %v", all)
		}
		s.Open("tree")
		s.See("Gates of May")
		_ = able
	})
}
