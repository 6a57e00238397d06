package cmd

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"c8yx/cmd/story"
)

// A file is uploaded, found again by what refers to it, and who raises most alarms is found with the
// history of one.
func TestStoryOfFilesAndTalkers(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "gate-2.1.bin")
	if err := os.WriteFile(file, []byte("firmware of gates"), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(t.TempDir(), "gate-2.2.bin")
	if err := os.WriteFile(newer, []byte("better firmware of gates"), 0o600); err != nil {
		t.Fatal(err)
	}
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		s.Open("files")
		s.See("n uploads one")
		s.Press("n")
		s.See("Upload as a new file", "into the inventory of acme.example")
		s.Type(file + "x")
		s.Press("enter")
		s.See("there is no such file")
		s.Press("backspace", "enter")
		s.See("Sent gate-2.1.bin")
		s.Row("▌").Has("gate-2.1.bin", "17 B")
		id := s.Tenant.Get("/inventory/binaries")["managedObjects"].([]any)[0].(map[string]any)["id"].(string)
		if status, body := s.Tenant.Do("GET", "/inventory/binaries/"+id, nil); status != 200 || string(body) != "firmware of gates" {
			t.Errorf("the tenant has %d %q", status, body)
		}
		s.Press("R")
		s.See("Upload new content of gate-2.1.bin", "keeps its id")
		s.Type(newer)
		s.Press("enter")
		s.See("Sent gate-2.2.bin")
		if status, body := s.Tenant.Do("GET", "/inventory/binaries/"+id, nil); status != 200 || string(body) != "better firmware of gates" {
			t.Errorf("the tenant has %d %q", status, body)
		}

		// Marked ones go into a folder together; what is there already stays, unless it is to be replaced.
		folder := t.TempDir()
		s.Press("n")
		s.See("Upload as a new file")
		s.Type(file)
		s.Press("enter")
		s.See("2 files")
		s.Press("*", "d")
		s.See("Download 2 files", "Into", "Name taken", "keep both")
		retype(s, folder+"/none")
		s.Press("ctrl+s")
		s.See("there is no such folder")
		retype(s, folder)
		s.Press("ctrl+s")
		s.See("Saved gate-2.1.bin")
		s.Wait(time.Second)
		if got := namesIn(t, folder); got != "gate-2.1 (2).bin gate-2.1.bin" {
			t.Errorf("in the folder are %s", got)
		}
		s.Press("d", "enter", "right", "ctrl+s")
		s.Wait(time.Second)
		if got := namesIn(t, folder); got != "gate-2.1 (2).bin gate-2.1.bin" {
			t.Errorf("in the folder are %s", got)
		}
		for _, other := range s.Tenant.Get("/inventory/binaries")["managedObjects"].([]any) {
			if other := other.(map[string]any)["id"].(string); other != id {
				s.Tenant.Delete("/inventory/binaries/" + other)
			}
		}
		s.Press("U", "r")
		s.See("1 file")

		s.Press("W")
		s.See("Used by file gate-2.1.bin", "Nothing in the inventory refers to it")

		firmware := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "gate", "type": "c8y_Firmware"})["id"].(string)
		s.Tenant.Post("/inventory/managedObjects/"+firmware+"/childAdditions", map[string]any{
			"type": "c8y_FirmwareBinary", "c8y_Firmware": map[string]any{"version": "2.1", "url": "http://acme.example/inventory/binaries/" + id},
		})
		s.Tenant.Do("POST", "/inventory/managedObjects/"+firmware+"/childAdditions", map[string]any{"managedObject": map[string]any{"id": id}})
		s.Press("r")
		s.See("2 objects", "as version 2.1", "has it as an ad")
		gate := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Gate", "c8y_IsDevice": map[string]any{}, "com_cumulocity_model_Agent": map[string]any{}})["id"]
		for _, suffix := range []string{"", "1"} { // the address of another file begins with that of this one
			s.Tenant.Post("/devicecontrol/operations", map[string]any{
				"deviceId": gate, "description": "Install gate" + suffix, "c8y_Firmware": map[string]any{"name": "gate", "url": "http://acme.example/inventory/binaries/" + id + suffix},
			})
		}
		s.Tenant.Post("/event/events", map[string]any{
			"source": map[string]any{"id": gate}, "type": "hv_Sent", "text": "Sent it", "time": "2026-03-02T08:58:00Z", "hv_File": map[string]any{"at": "/inventory/binaries/" + id},
		})
		s.Press("r")
		s.See("4 objects", "in c8y_Firmware", "in hv_File")
		s.Row("Install gate").Has("operation")

		device := noisy(s, 3)
		other := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Quiet", "c8y_IsDevice": map[string]any{}})["id"]
		for range 5 { // the platform counts one alarm up
			s.Tenant.Post("/alarm/alarms", map[string]any{
				"source": map[string]any{"id": other}, "type": "hv_Again", "text": "Again", "severity": "CRITICAL", "time": time.Now().Format(time.RFC3339),
			})
		}
		s.Open("alarms?source=" + device)
		s.See("3 alarms")
		s.Press("T")
		s.See("Top talkers of Noisy", "3 talkers")
		s.Open("talkers?severity=CRITICAL")
		s.See("1 talker")
		s.Row("▌").Has("5", "critical", "Quiet")
		s.Press("enter")
		s.See("1 alarm")
		s.Press("a")
		s.See("Acknowledged")
		s.Press("H")
		s.See("Alarm updated")

		s.Open("files")
		s.Press("D")
		s.See("leads nowhere then")
		s.Press("y")
		s.See("Deleted 1 file")
		if status, _ := s.Tenant.Do("GET", "/inventory/binaries/"+id, nil); status != 404 {
			t.Errorf("the file is still there: %d", status)
		}
	})
}
