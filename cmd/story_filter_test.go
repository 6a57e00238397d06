package cmd

import (
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// fleet adds devices that differ in everything that a filter may ask for.
func fleet(s *story.Story) {
	for _, d := range []map[string]any{
		{"name": "Press 07", "type": "c8y_Linux", "c8y_Hardware": map[string]any{"model": "RPi 4B"}, "c8y_Notes": map[string]any{"floor": 2}},
		{"name": "Press 08", "type": "c8y_Linux", "c8y_Hardware": map[string]any{"model": "RPi 5"}, "c8y_Notes": map[string]any{"floor": 42}},
		{"name": "Pump 1", "type": "hv_Pump", "c8y_Hardware": map[string]any{"model": "X9"}},
		{"name": "Truck [a-z", "type": "hv_Truck"},
	} {
		d["c8y_IsDevice"] = map[string]any{}
		s.Tenant.Post("/inventory/managedObjects", d)
	}
}

// Terms over columns and fragments, typed by degrees: whatever is not understood yet leaves the
// list as the last thing that was, and says what is missing.
func TestStoryOfTypedTerms(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story) {
		fleet(s)
		s.See("4 devices")
		s.Press("/")
		s.Type("type=c8y*")
		s.See("2 match")
		s.DontSee("Pump 1")
		s.Type(" c8y_Hardware.model=rpi* c8y_Notes.floor>")
		s.See("2 match", "c8y_Notes.floor> wants a number")
		s.Type("9")
		s.See("1 match", "Press 08")
		s.DontSee("Press 07", "wants")
		s.Type(" alarms>x")
		s.See("1 match", "alarms wants a number, not x")
		s.Press("ctrl+u")
		s.See("Pump 1", "Truck")
		s.Type("color=red")
		s.See("no column is called color: there are name, status", "4 match")
		s.Press("ctrl+u")
		s.Type("c8y_Hardware.modell=rpi*")
		s.See("0 match", "nothing here is known to have c8y_Hardware.modell")
		s.Press("ctrl+u")
		s.Type("c8y_Hardware.model=nosuch")
		s.See("0 match", "enter keeps the filter")
		s.Press("ctrl+u")
		s.Type("[a-z")
		s.See("1 match", "Truck [a-z")
		s.Press("enter", "Y")
		if got := s.Clipboard(); got != "devices?filter=%5Ba-z" {
			t.Errorf("the place is %q", got)
		}
	})
}

// Severities have an order, ages grow while one looks, and a place can carry a filter.
func TestStoryOfTermsThatAge(t *testing.T) {
	t.Parallel()
	options := story.Options{Place: "alarms?filter=severity>%3Dmajor+last<10m", Tenant: story.Demo(demo.Options{Devices: -1})}
	tell(t, options, func(s *story.Story) {
		pump := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Pump 7", "c8y_IsDevice": map[string]any{}})["id"].(string)
		for text, severity := range map[string]string{"Motor on fire": "CRITICAL", "Filter worn": "MINOR"} {
			s.Tenant.Post("/alarm/alarms", map[string]any{
				"source": map[string]any{"id": pump}, "type": text, "severity": severity,
				"text": text, "time": time.Now().UTC().Format(time.RFC3339),
			})
		}
		s.See("2 alarms", "1 match", "Motor on fire")
		s.DontSee("Filter worn")
		s.Wait(11 * time.Minute)
		s.See("0 match")
		s.Press("esc")
		s.See("Motor on fire", "Filter worn")
	})
}
