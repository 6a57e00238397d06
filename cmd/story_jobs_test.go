package cmd

import (
	"fmt"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// noisy raises alarms of a device of its own, all active.
func noisy(s *story.Story, n int) (device string) {
	device = s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Noisy", "c8y_IsDevice": map[string]any{}})["id"].(string)
	for i := range n {
		s.Tenant.Post("/alarm/alarms", map[string]any{
			"source": map[string]any{"id": device}, "type": fmt.Sprintf("noise_%03d", i), "text": fmt.Sprintf("Noise %03d", i),
			"severity": "MINOR", "time": time.Now().Format(time.RFC3339),
		})
	}
	return device
}

// alarmsIn counts the alarms of a device that have a status.
func alarmsIn(s *story.Story, device, status string) int {
	answer := s.Tenant.Get("/alarm/alarms?pageSize=2000&status=" + status + "&source=" + device)
	return len(answer["alarms"].([]any))
}

// TestStoryOfAJob: more than one thing become a job, after a preview with the exact number and the
// requests; the list settles, and each item has an outcome.
func TestStoryOfAJob(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview"}, func(s *story.Story, _ *watched) {
		device := noisy(s, 12)
		s.Open("alarms?status=ACTIVE&source=" + device)
		s.See("12 alarms")
		s.Press("*", "a")
		s.See("Acknowledge 12 alarms", "PUT /alarm/alarms/", `"status": "ACKNOWLEDGED"`, "… and 11 more like it", "Cancel")
		s.Press("enter") // the default is no
		if n := alarmsIn(s, device, "ACTIVE"); n != 12 {
			t.Fatalf("%d alarms are active after Cancel", n)
		}
		s.Press("a", "y")
		s.See("Acknowledged 12 alarms", "0 alarms")
		if n := alarmsIn(s, device, "ACKNOWLEDGED"); n != 12 {
			t.Errorf("%d alarms are acknowledged", n)
		}
		s.Press("&")
		s.Row("● done").Has("Acknowledge 12 alarms", "100 %")
		s.Press("enter")
		s.See("Job 1 at 100 %: Acknowledge 12 alarms", "12 items")
		s.Row("Noise 003").Has("● done")
	})
}

// TestStoryOfAJobThatIsSteered: pause, go on, cancel, try again, and a question before quitting.
func TestStoryOfAJobThatIsSteered(t *testing.T) {
	t.Parallel()
	options := story.Options{Place: "overview", Patience: time.Second}
	watch(t, options, func(s *story.Story, _ *watched) {
		device := noisy(s, 40)
		s.Open("alarms?source=" + device)
		s.Wait(2 * time.Second)
		s.See("40 alarms")
		s.Demo.SetFaults(demo.Fault{Kind: demo.Slow, Method: "PUT", After: 2 * time.Second})
		s.Press("*", "C", "y", "&")
		s.Row(": go to").Has("1 job ", " %")
		s.See("◐ running")
		s.Press("P")
		s.Wait(3 * time.Second)
		s.Row("‖ paused").Has("you paused it")
		cleared := alarmsIn(s, device, "CLEARED")
		if cleared == 0 || cleared == 40 {
			t.Fatalf("%d alarms are cleared when it is paused", cleared)
		}
		s.Wait(time.Minute)
		if n := alarmsIn(s, device, "CLEARED"); n != cleared {
			t.Errorf("a paused job cleared %d more", n-cleared)
		}
		s.Press("q")
		s.See("Something is still running", "1 job")
		s.Press("esc", "P")
		s.Wait(3 * time.Second)
		s.Press("X")
		s.Wait(5 * time.Second)
		s.See("cancelled")
		if n := alarmsIn(s, device, "CLEARED"); n == 40 || n <= cleared {
			t.Errorf("%d alarms are cleared after cancelling", n)
		}
		s.Demo.SetFaults()
		s.Press("R")
		s.Wait(5 * time.Second)
		s.Row("● done").Has("Clear 40 alarms", "100 %")
		if n := alarmsIn(s, device, "CLEARED"); n != 40 {
			t.Errorf("%d alarms are cleared in the end", n)
		}
	})
}

// TestStoryOfAJobInTrouble: whatever goes wrong on the way, the job waits and goes on by itself, and
// in the end every alarm is acknowledged.
func TestStoryOfAJobInTrouble(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault demo.Fault
		says  string // while it waits
	}{
		"429":  {demo.Fault{Kind: demo.TooManyRequests, Method: "PUT", After: 90 * time.Second}, "too many requests"},
		"503":  {demo.Fault{Kind: demo.Unavailable, Method: "PUT"}, "tenant fails"},
		"drop": {demo.Fault{Kind: demo.Dropped, Method: "PUT"}, "no answer"},
		"cut":  {demo.Fault{Kind: demo.CutOff, Method: "PUT", Count: 5}, ""},
		"kill": {demo.Fault{Kind: demo.KillSession, Method: "PUT", Count: 1}, ""},
		"some": {demo.Fault{Kind: demo.Unavailable, Rate: 0.3}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			watch(t, story.Options{Place: "overview", Tenant: bare, Patience: 10 * time.Second}, func(s *story.Story, _ *watched) {
				device := noisy(s, 30)
				s.Open("alarms?status=ACTIVE&source=" + device)
				s.See("30 alarms")
				s.Demo.SetFaults(tc.fault)
				s.Press("*", "a", "y", "&")
				if tc.says != "" {
					s.Wait(30 * time.Second) // until the client has given up to try again by itself
					s.See("Acknowledge 30 alarms")
					aside(s, func() { s.See("why", tc.says) })
				}
				s.Wait(time.Minute)
				s.Demo.SetFaults()
				s.Wait(2 * time.Minute)
				s.Row("● done").Has("Acknowledge 30 alarms", "100 %")
				if n := alarmsIn(s, device, "ACKNOWLEDGED"); n != 30 {
					t.Errorf("%d alarms are acknowledged", n)
				}
			})
		})
	}
}

// TestStoryOfAJobWithoutNetwork: it says why it waits, and goes on when the network is back.
func TestStoryOfAJobWithoutNetwork(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare, Patience: 5 * time.Second}, func(s *story.Story, _ *watched) {
		device := noisy(s, 30)
		s.Open("alarms?status=ACTIVE&source=" + device)
		s.See("30 alarms")
		s.Demo.SetFaults(demo.Fault{Kind: demo.Slow, Method: "PUT", After: time.Second})
		s.Press("*", "a", "y")
		s.CutNetwork()
		s.Press("&")
		s.Row("○ waiting").Has("Acknowledge 30 alarms", "goes on in")
		aside(s, func() { s.See("no answer") })
		s.Wait(10 * time.Minute)
		s.Row("○ waiting").Has("Acknowledge 30 alarms")
		s.MendNetwork()
		s.Wait(5 * time.Minute)
		s.Row("● done").Has("Acknowledge 30 alarms", "100 %")
		if n := alarmsIn(s, device, "ACKNOWLEDGED"); n != 30 {
			t.Errorf("%d alarms are acknowledged", n)
		}
	})
}

// TestStoryOfAJobThatMustNotRepeat: of a POST whose answer is lost nobody knows whether it arrived,
// so it is told and not sent again.
func TestStoryOfAJobThatMustNotRepeat(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		agent := s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": "Gate 1", "c8y_IsDevice": map[string]any{}, "com_cumulocity_model_Agent": map[string]any{},
		})["id"].(string)
		for i := range 10 {
			s.Tenant.Post("/devicecontrol/operations", map[string]any{"deviceId": agent, "description": fmt.Sprint("Step ", i), "c8y_Restart": map[string]any{}})
		}
		s.Open("operations?device=" + agent)
		s.See("10 operations")
		s.Demo.SetFaults(demo.Fault{Kind: demo.CutOff, Method: "POST", Count: 3})
		s.Press("*", "R", "y")
		s.See("Sent again 7 operations, 3 failed: & shows why")
		s.Demo.SetFaults()
		s.Press("&", "enter")
		aside(s, func() { s.Read("it may have been carried out, or") })
		if all := s.Tenant.Get("/devicecontrol/operations?pageSize=100&deviceId=" + agent)["operations"].([]any); len(all) != 20 {
			t.Errorf("there are %d operations, want each of 10 sent again once", len(all))
		}
	})
}

// TestStoryOfSomebodyFaster: what somebody else has dealt with while the job waited is left alone.
func TestStoryOfSomebodyFaster(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare, Patience: 5 * time.Second}, func(s *story.Story, _ *watched) {
		device := noisy(s, 10)
		s.Open("alarms?source=" + device)
		s.See("10 alarms")
		s.Press("*", "a")
		s.See("Acknowledge 10 alarms")
		for _, a := range s.Tenant.Get("/alarm/alarms?source=" + device)["alarms"].([]any)[:3] {
			s.Tenant.Put("/alarm/alarms/"+a.(map[string]any)["id"].(string), map[string]any{"status": "CLEARED"})
		}
		s.Press("y")
		s.See("Acknowledged 7 alarms, 3 skipped: & shows why")
		if n := alarmsIn(s, device, "CLEARED"); n != 3 {
			t.Errorf("%d alarms are still cleared", n)
		}
		s.Press("&", "enter")
		s.Row("○ skipped").Has("it is cleared meanwhile")
		s.Press("u")
		s.See("Take back in acme.example: Acknowledged 7 alarms?", "… and 6 more like it")
		s.Press("y")
		s.See("Taken back: Acknowledged 7 alarms")
		if n := alarmsIn(s, device, "ACTIVE"); n != 7 {
			t.Errorf("%d alarms are active again", n)
		}
	})
}

// TestStoryOfAllThatMatch: the tenant is asked for everything, loaded or not, and the exact number
// stands in the question.
func TestStoryOfAllThatMatch(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		device := noisy(s, 250)
		s.Open("alarms?status=ACTIVE&source=" + device)
		s.See("250 alarms")
		s.Press("*", "*")
		s.Press("C")
		s.See("Clear 250 alarms in acme.example?", "… and 249 more like it")
		s.Press("y")
		s.See("Cleared 250 alarms", "0 alarms")
		if n := alarmsIn(s, device, "CLEARED"); n != 250 {
			t.Errorf("%d alarms are cleared", n)
		}
	})
}
