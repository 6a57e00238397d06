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
		s.See("Job 1 Acknowledge 12 alarms, 100 %", "12 items")
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
		s.See("paused", "you paused it")
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
