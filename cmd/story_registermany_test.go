package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/cmd/story"
)

// Many devices are registered from a file: what is wrong with it is said line by line before anything
// is sent, the preview shows no password, and what became of each line is told; the failed ones go
// into a file of their own. Those that wait are accepted together, and a blocked one says why.
func TestStoryOfManyDevices(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "d.csv")
	put := func(lines ...string) {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tell(t, story.Options{Place: "devicerequests"}, func(s *story.Story) {
		s.See("blocked")
		requests := func() int {
			return len(s.Tenant.Get("/devicecontrol/newDeviceRequests?pageSize=100")["newDeviceRequests"].([]any))
		}
		before := requests()

		put("ID;PASSWORD;NAME", "fl-1;x;Pump 1")
		s.Press("N")
		s.See("Register many devices", "Nothing is sent before")
		s.Type(file)
		s.Press("enter")
		s.See("1 thing to mend, nothing was sent", "line 1: there is no column", "is CREDENTIALS meant?")
		put("ID;CREDENTIALS;NAME", "fl-1;short;Pump 1", "fl-2,secret-0002,Pump 2", ";secret-0003;Pump 3")
		s.Press("enter")
		s.See("What is wrong with d.csv", "it is parted by commas, and the first line by semicolons")
		s.Press("esc")

		put(
			"ID;CREDENTIALS;TYPE;NAME;PATH;com_cumulocity_model_Agent.active",
			"fl-1;secret-0001;hv_Pump;Pump 1;Hall F/Line 1;true",
			"fl-2;secret-0002;hv_Pump;Pump 2;Hall F/Line 1;true",
			"fl-3;password;hv_Pump;Pump 3;;true",
		)
		s.Press("enter")
		s.See("Register 3 devices in acme.example?", "fl-2", "••••", "Cancel")
		s.DontSee("secret-0002")
		if s.Press("enter"); requests() != before {
			t.Error("something was sent before the user agreed")
		}
		s.Press("enter", "y")
		s.See("of 3 registered", "line 2", "fl-1", "registered")
		s.DontSee("secret-000")
		if found := s.Tenant.Get("/identity/externalIds/c8y_Serial/fl-1"); found["managedObject"] == nil {
			t.Errorf("the tenant has %v", found)
		}
		s.Press("c")

		put("ID;PATH", "fl-7;Hall F", "spare/gateway 7;")
		s.Press("N")
		s.Type(file)
		s.Press("enter")
		s.See("Announce 2 devices in acme.example?", "There are no credentials")
		s.Press("y")
		s.See("1 device of 2 registered, 1 failed", "spare/gateway 7", "failed:", "announced")
		s.Press("w")
		s.See("Save the failed lines", "d.failed.csv")
		failed := filepath.Join(folder, "failed.csv")
		retype(s, failed)
		s.Press("enter")
		s.See("Saved")
		if got := read(t, failed); got != "ID;PATH\nspare/gateway 7;\n" {
			t.Errorf("%q was written", got)
		}
		s.See("fl-7")
		if requests() != before+1 {
			t.Errorf("%d requests, %d before", requests(), before)
		}

		s.Press("*", "a")
		s.See("Accept the device: ", "… and ")
		s.Press("y")
		s.See("Accepted 2 device requests, 1 failed: & shows why") // that one shows a security token
		s.Row("HVC-260012424").Has("accepted")
		s.Open("devicerequests?filter=26009002C")
		s.Press("A")
		s.See("Accept with a security token", "HVE-26009002C")
		s.Type("PLUG-IN-1934")
		s.DontSee("PLUG")
		s.Press("ctrl+s")
		s.See("Accepted 1 device request")
		if r := s.Tenant.Get("/devicecontrol/newDeviceRequests/HVE-26009002C"); r["status"] != "ACCEPTED" {
			t.Errorf("the tenant has %v", r)
		}
		s.Press("[")
		s.Press("/")
		s.Type("blocked")
		s.Press("enter", "U", "a")
		s.See("it is blocked")
		s.Press("x")
		s.See("It is blocked", "Delete the entry and announce the device again")
	})
}
