package cmd

import (
	"regexp"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// The pulse of a tenant beats without a key being pressed.
func TestStoryOfThePulse(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story, _ *watched) {
		s.See("0 unresolved", "0 in all", "None is unresolved.", "No alarm is unresolved.", "t4711")
		device := boiler(s)
		raise := func(kind, severity string) string {
			return s.Tenant.Post("/alarm/alarms", map[string]any{
				"source": map[string]any{"id": device}, "type": kind, "severity": severity,
				"text": "Water too hot", "time": time.Now().UTC().Format(time.RFC3339),
			})["id"].(string)
		}
		first := raise("hv_TooHot", "CRITICAL")
		raise("hv_Filter", "MINOR")
		s.Row("● critical").Has(" 1 ")
		s.Row("within 24 h").Has(" 2")
		s.See("2 unresolved", "1● 1◆", "hv_TooHot", "hv_Filter")
		s.Row("Boiler 3").Has("●", "Water too hot")

		s.Tenant.Put("/alarm/alarms/"+first, map[string]any{"status": "CLEARED"})
		s.See("1 unresolved", "None is unresolved.")
		s.SeeNoMore("hv_TooHot")

		s.Wait(time.Minute) // devices have no live channel here
		s.See("1 in all")
		s.Row("not monitored").Has(" 1 ")
	})
}

// Every figure opens the list of exactly what it counts.
func TestStoryOfFiguresAndTheirLists(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		for _, figure := range []struct{ click, count, many string }{
			{"unresolved", `(\d+) unresolved`, "alarm"},
			{"▲ major", `▲ major +(\d+)`, "alarm"},
			{"■ warning", `■ warning +(\d+)`, "alarm"},
			{"within 24 h", `within 24 h +(\d+)`, "alarm"},
			{"in all", `(\d+) in all`, "device"},
			{"unavailable", `unavailable +(\d+)`, "device"},
			{"maintenance", `maintenance +(\d+)`, "device"},
			{"events in 24h", `events in 24h +(\d+)`, "event"},
			{"c8y_UnavailabilityAlarm", `(\d+) c8y_UnavailabilityAlarm`, "alarm"},
			{"1 HH-HV 2043", `(\d+) HH-HV 2043`, "alarm"},
		} {
			s.See("239 in all", "LOUDEST DEVICES", figure.click)
			found := regexp.MustCompile(figure.count).FindStringSubmatch(s.Screen())
			if found == nil {
				t.Fatalf("no count %s on the screen:\n%s", figure.count, s.Screen())
			}
			s.Click(figure.click)
			s.Press("enter")
			s.See("Overview › ", found[1]+" "+figure.many)
			s.Press("esc")
		}
		failed := regexp.MustCompile(`failed +(\d+) +(\d+)`).FindStringSubmatch(s.Screen())
		s.Click("○ pending")
		s.Press("j", "j", "enter") // by the keys
		s.See("Overview › Operations", failed[1]+" operation")
		s.Press("esc", "right", "enter")
		s.See("Overview › Operations", failed[2]+" operation")
	})
}

// A user who may read nothing is told which permission is missing, and not that all
// is well.
func TestStoryOfAnOverviewWithoutPermissions(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "overview", Account: nobody}, func(s *story.Story) {
		s.See("ROLE_ALARM_READ", "ROLE_INVENTORY_READ", "ROLE_DEVICE_CONTROL_READ", "ROLE_EVENT_READ", "nobody")
		s.DontSee("None is unresolved", "0 unresolved")
	})
}

// One topic that fails leaves the others alone, and comes back by itself.
func TestStoryOfAnOverviewThatFailsInPart(t *testing.T) {
	t.Parallel()
	fault := demo.Fault{Kind: demo.ServerError, Path: "/alarm/alarms"}
	tell(t, story.Options{Place: "overview", Tenant: story.Demo(demo.Options{Faults: []demo.Fault{fault}})}, func(s *story.Story) {
		s.See("the tenant fails", "239 in all", "events in 24h")
		s.DontSee("unresolved")
		s.Demo.SetFaults()
		s.SeeNoMore("the tenant fails")
		s.See("unresolved", "LOUDEST DEVICES")
		s.Demo.SetFaults(fault)
		s.Wait(time.Minute)
		s.See("▲ major", "the tenant fails, in part as of", "239 in all")
	})
}
