package cmd

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"c8yx/cmd/story"
)

// pump is a device that tells everything about itself.
func (p plant) pump() string {
	id := p.Tenant.Post("/inventory/managedObjects", map[string]any{
		"name": "Pump 7", "type": "hv_Pump", "c8y_IsDevice": map[string]any{}, "com_cumulocity_model_Agent": map[string]any{},
		"c8y_RequiredAvailability":    map[string]any{"responseInterval": 5},
		"c8y_Hardware":                map[string]any{"model": "P-200", "revision": "C", "serialNumber": "SN-0815"},
		"c8y_Firmware":                map[string]any{"name": "pumpd", "version": "3.1.4"},
		"c8y_Mobile":                  map[string]any{"imei": "358914700000017", "cellId": 4242},
		"c8y_Network":                 map[string]any{"c8y_LAN": map[string]any{"ip": "10.1.2.3"}, "c8y_WAN": map[string]any{"apn": "iot", "password": "hunter2"}},
		"c8y_Position":                map[string]any{"lat": 53.55, "lng": 9.99, "alt": 12},
		"c8y_SupportedOperations":     []string{"c8y_Restart", "c8y_Firmware"},
		"c8y_SoftwareList":            []any{map[string]any{"name": "sshd", "version": "9.7"}, "no object", map[string]any{"name": 5}},
		"c8y_Notes":                   "Key under the\nmat",
		"c8y_SupportedLogs":           "syslog",
		"c8y_SupportedConfigurations": 17,
	})["id"].(string)
	p.Tenant.Post("/identity/globalIds/"+id+"/externalIds", map[string]any{"type": "c8y_Serial", "externalId": "SN/0815"})
	return id
}

func (p plant) alarm(source, severity, text string) {
	p.Tenant.Post("/alarm/alarms", map[string]any{
		"source": map[string]any{"id": source}, "type": "hv_" + text, "severity": severity, "text": text,
		"time": time.Now().UTC().Format(time.RFC3339),
	})
}

// The page of a device says how it is and which rule makes it so, and goes on
// saying what is true.
func TestStoryOfADevicePage(t *testing.T) {
	// So large that the whole page is seen at once; TestStoryOfADeviceThatCannotBeRead has it on small ones.
	onPlantWith(t, story.Options{Place: "devices", Width: 140, Height: 45}, func(p plant) {
		pump := p.pump()
		p.below(p.group("Hall 1"), "childAssets", pump)
		p.alarm(pump, "MAJOR", "Seal worn out")
		p.See("1 device")
		p.Press("enter")
		p.See("Devices › Pump 7", "available", "expected every 5 min, next by", "every 5 min")
		p.See("P-200", "pumpd 3.1.4", "358914700000017", "4242", "10.1.2.3", "iot", "53.55, 9.99", "c8y_Restart, c8y_Firmware",
			"sshd", "Key under the↵mat", "syslog", "Hall 1", "SN/0815", "▲ major", "Seal worn out")
		p.DontSee("hunter2")
		p.Press("i")
		p.See(`"serialNumber": "SN-0815"`)
		p.Press("esc")
		p.See("Devices › Pump 7", "available")

		p.Wait(7 * time.Minute)
		p.See("unavailable", "silent for 7m, expected every 5 min; it was due at", "2m ago, 2026-03-02 09:05:00")
		p.alarm(pump, "CRITICAL", "No water")
		p.See("● critical", "No water", "available", "heard ")
		p.Tenant.Put("/inventory/managedObjects/"+pump, map[string]any{"name": "Pump 8", "c8y_RequiredAvailability": map[string]any{"responseInterval": -1}})
		p.See("Devices › Pump 8", "maintenance", "no message is expected and alarms are suppressed")
		p.Tenant.Delete("/inventory/managedObjects/" + pump)
		p.See("deleted", "P-200") // what was known stays
	})
}

// The tabs are the views that they are elsewhere, and the place follows them.
func TestStoryOfTabs(t *testing.T) {
	onPlant(t, "devices", func(p plant) {
		pump := p.pump()
		p.alarm(pump, "MAJOR", "Seal worn out")
		p.alarm(pump, "MINOR", "Filter full")
		p.below(pump, "childAdditions", p.add("watchdog", "c8y_Service"))
		p.See("1 device")
		p.Press("enter")
		p.See("Overview", "Last heard of")

		p.Press("a")
		p.See("2 alarms", "Filter full")
		p.Press("/")
		p.Type("seal")
		p.Press("enter")
		p.SeeNoMore("Filter full")
		p.Press("Y")
		if want := "device/" + pump + "/alarms?filter=seal"; p.Clipboard() != want {
			t.Errorf("the place is %q, want %q", p.Clipboard(), want)
		}
		p.Press("a")
		p.Row("▌").Has("Seal worn out", "acknowledged")

		p.Press("}", "}")
		p.See("0 operations")
		p.Press("tab")
		p.Row("▌").Has("watchdog", "–")
		p.Press("}")
		p.See("2 happenings")
		p.Press("}", "}", "}")
		p.Row("c8y_Serial").Has("SN/0815")
		p.Press("}", "}", "}", "}", "}")
		p.See(`"c8y_IsDevice": {}`)
		p.Press("}")
		p.See("Last heard of") // all around
		p.Press("{", "{", "{", "{", "{", "{", "{", "{", "{", "{", "enter")
		p.See("watchdog  service", "a service, a part of a device", "part of", "Pump 7")
		p.Press("esc", "esc") // the message about the alarm first
		p.See("1 service")
		p.Click("Alarms")
		p.See("/ seal", "1 match") // as it was left
		p.Press("esc")
		p.See("Filter full")
		p.Press("esc")
		p.See("1 device") // one view, whatever tabs were seen
	})
}

// Places lead to tabs; those that cannot be opened say why.
func TestStoryOfPlacesOfDevices(t *testing.T) {
	onPlant(t, "devices", func(p plant) {
		pump := p.pump()
		hall := p.group("Hall 1")
		p.alarm(pump, "MAJOR", "Seal worn out")
		p.Open("device/" + pump + "/alarms?severity=MINOR")
		p.See("No alarm", "0 alarms")
		p.Row("SEVERITY").Lacks("DEVICE") // all are of the pump; whoever wants it said in every row chooses the column
		p.Press("c")
		p.See("Columns of Alarms", "source")
		p.Press("esc")
		measure(p.Story, pump, time.Now(), "hv_Flow", "rate", 7, "l/s")
		p.Open("device/" + pump + "/measurements")
		p.See("hv_Flow.rate")
		p.Press("?")
		p.See("Operate: tell the device", "o           Show this series alone")
		p.DontSee("o           Operate") // the chart takes the key
		p.Press("esc")
		p.Open("device/" + pump + "/alarms?colour=red")
		p.See(`"colour" is not asked of alarms`)
		p.Press("esc")
		p.Open("alarms?severity=high")
		p.See("severity is one of CRITICAL, MAJOR, MINOR, WARNING")
		p.Press("esc")
		p.Open("device/" + pump + "/secrets")
		p.See(`there is no tab "secrets"`)
		p.Press("esc")
		p.Open("device/" + hall)
		p.See("Hall 1  group", "a group; its members are in the")
		p.DontSee("Measurements")
		p.Press("enter")
		p.See("Inventory below Hall 1")
		p.Open("device/99999")
		p.See("404 Not Found")
	})
}

// What a tenant sends instead of the documented fragments does no harm.
func TestStoryOfAStrangeDevice(t *testing.T) {
	onPlant(t, "devices", func(p plant) {
		for i, nonsense := range []any{"text", 17, true, nil, []any{}, map[string]any{"status": []any{1}, "lat": map[string]any{}, "name": nil}} {
			object := map[string]any{"name": "Odd \x1b[31m" + strings.Repeat("n", i), "c8y_IsDevice": map[string]any{}}
			for _, fragment := range []string{
				"c8y_Availability", "c8y_RequiredAvailability", "c8y_Connection", "c8y_Hardware", "c8y_Firmware", "c8y_Agent", "c8y_Mobile",
				"c8y_Network", "c8y_Position", "c8y_SupportedOperations", "c8y_SoftwareList", "c8y_Notes", "c8y_ActiveAlarmsStatus", "c8y_Profile",
			} {
				object[fragment] = nonsense
			}
			status, body := p.Tenant.Do(http.MethodPost, "/inventory/managedObjects", object)
			if status != http.StatusCreated {
				t.Fatalf("%v: %d %s", nonsense, status, body)
			}
		}
		p.See("6 devices")
		for range 6 {
			p.Press("enter")
			p.See("Odd ␛[31m", "State", "because")
			p.Press("end")
			p.See("created")
			p.Press("home")
			p.See("State")
			p.Press("esc", "down")
		}
	})
}

// A tenant that fails is explained, and asked again.
func TestStoryOfADeviceThatCannotBeRead(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices"}, func(s *story.Story) {
		s.See("239 devices")
		s.CutNetwork()
		s.Press("enter")
		s.See("c8yx tries again by itself")
		s.MendNetwork()
		s.See("State", "because")
		for _, size := range [][2]int{{60, 15}, {250, 70}, {120, 40}, {80, 24}} {
			s.Resize(size[0], size[1])
			s.See("Overview", "State")
		}
	})
}
