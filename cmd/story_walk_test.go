package cmd

import (
	"strings"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// A morning's walk: find a device, look at its alarms, acknowledge one, and find
// everything on the way back as it was left.
func TestStoryOfAMorning(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices", Tenant: story.Demo(demo.Options{})}, func(s *story.Story) {
		press := s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": "Zwillingspresse 99", "type": "hv_HydraulicPress", "c8y_IsDevice": map[string]any{},
		})["id"].(string)
		raised := s.Tenant.Post("/alarm/alarms", map[string]any{
			"source": map[string]any{"id": press}, "type": "hv_Overpressure", "severity": "MAJOR",
			"text": "Oil pressure above 210 bar", "time": time.Now().UTC().Format(time.RFC3339),
		})["id"].(string)

		s.See("240 devices") // it has come in by itself
		s.Press("/")
		s.Type("zwilling")
		s.Press("enter")
		s.Row("▌").Has("Zwillingspresse 99", "not monitored")
		s.See("1 match")

		s.Press("a")
		s.See("Alarms of Zwillingspresse 99", "1 alarm")
		s.Row("▌").Has("Oil pressure", "major", "active")
		s.Press("a")
		s.See("Acknowledged 1 alarm")
		s.Row("▌").Has("acknowledged")
		if status := s.Tenant.Get("/alarm/alarms/" + raised)["status"]; status != "ACKNOWLEDGED" {
			t.Errorf("the tenant has the alarm as %v", status)
		}

		s.Press("esc", "esc") // the message first, then the view
		s.See("1 match", "/ zwilling")
		s.Row("▌").Has("Zwillingspresse 99")

		s.Press("esc")
		s.DontSee("1 match")
		s.Row("▌").Has("Zwillingspresse 99") // still under the cursor

		s.Press("W") // where is it?
		s.See("Inventory", "Devices without a group")
		s.Row("▌").Has("Zwillingspresse 99")

		pressure := func(bar float64) {
			s.Tenant.Post("/measurement/measurements", map[string]any{
				"source": map[string]any{"id": press}, "type": "hv_OilPressure", "time": time.Now().UTC().Format(time.RFC3339Nano),
				"hv_OilPressure": map[string]any{"P": map[string]any{"value": bar, "unit": "bar"}},
			})
		}
		pressure(187.5)
		s.Press("m")
		s.See("Measurements of Zwillingspresse 99", "hv_OilPressure.P", "187.5 bar")
		s.Wait(10 * time.Second)
		pressure(203.5)
		s.See("203.5 bar") // it moves by itself

		s.Press(":")
		s.Type("operations")
		s.Press("enter")
		s.See("by created", "successful")
		s.Press("?")
		s.See("OPERATIONS", "Device of the operation", "LISTS", "Clear the filter")
		s.Press("esc", "q")
		if err := s.End(); err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
}

// Many at once: mark, clear, and see them leave the list of unresolved alarms.
func TestStoryOfManyAlarms(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "alarms?severity=MAJOR&status=ACTIVE", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story) {
		s.See("No alarm answers to this.")
		pump := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Pump 7", "c8y_IsDevice": map[string]any{}})["id"].(string)
		for _, what := range []string{"Filter", "Valve", "Seal", "Motor"} {
			s.Tenant.Post("/alarm/alarms", map[string]any{
				"source": map[string]any{"id": pump}, "type": "hv_" + what, "severity": "MAJOR",
				"text": what + " worn out", "time": time.Now().UTC().Format(time.RFC3339),
			})
		}
		s.See("4 alarms", "Valve worn out") // live, without a key
		s.Press("/")
		s.Type("!motor")
		s.Press("enter", "*")
		s.See("3 marked", "3 match")
		s.Press("C")
		s.See("Clear 3 alarms in acme.example?")
		s.Press("y")
		s.See("Cleared 3 alarms", "1 alarm")
		s.Press("esc", "esc")
		s.See("Motor worn out")
		s.DontSee("Valve worn out")
		alarms := s.Tenant.Get("/alarm/alarms?pageSize=10&status=CLEARED")["alarms"].([]any)
		if len(alarms) != 3 {
			t.Errorf("the tenant has %d cleared alarms", len(alarms))
		}
	})
}

// What goes on in the tenant appears without a key being pressed.
func TestStoryOfALiveAlarm(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "alarms", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story) {
		s.See("No alarm is active or acknowledged here", "● live")
		truck := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Truck 1", "c8y_IsDevice": map[string]any{}})["id"].(string)
		raise := func() string {
			return s.Tenant.Post("/alarm/alarms", map[string]any{
				"source": map[string]any{"id": truck}, "type": "hv_Door", "severity": "CRITICAL",
				"text": "Cargo door open while driving", "time": time.Now().UTC().Format(time.RFC3339),
			})["id"].(string)
		}
		id := raise()
		s.Row("▌").Has("● critical", "active", "Truck 1", "Cargo door")
		raise()
		aside(s, func() { s.Row("count").Has(" 2 ") }) // the same alarm, counted up
		s.Wait(3 * time.Minute)
		s.Row("▌").Has("3m ago")
		s.Tenant.Put("/alarm/alarms/"+id, map[string]any{"status": "CLEARED"})
		s.SeeNoMore("Cargo door")
	})
}

// Jumping about with the palette, and the JSON behind a thing.
func TestStoryOfThePalette(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices"}, func(s *story.Story) {
		s.Press(":")
		s.Type("alar")
		s.Press("enter")
		s.See("Alarms", "by last")
		s.Press("i")
		s.See("JSON alarm/alarms/", `"severity"`)
		s.Press("/")
		s.Type("source")
		s.Press("enter")
		s.See("1/1 source")
		s.Press("esc")
		s.See("by last")
		s.Press(":")
		s.Type("operations?status=FAILED")
		s.Press("enter")
		s.See("✗ failed")
		s.DontSee("successful")
		s.Press("Y")
		if got := s.Clipboard(); got != "operations?status=FAILED" {
			t.Errorf("copied %q", got)
		}
		s.Press(":")
		s.Type("nonsense-" + strings.Repeat("x", 90))
		s.See("What is “nonsense-xxx")
	})
}
