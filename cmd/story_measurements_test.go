package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// measure sends a measurement of a device, with one number.
func measure(s *story.Story, device string, at time.Time, fragment, series string, value float64, unit string) {
	s.Tenant.Post("/measurement/measurements", map[string]any{
		"source": map[string]any{"id": device}, "type": fragment, "time": at.UTC().Format(time.RFC3339Nano),
		fragment: map[string]any{series: map[string]any{"value": value, "unit": unit}},
	})
}

// boiler is a device of an otherwise empty company.
func boiler(s *story.Story) string {
	return s.Tenant.Post("/inventory/managedObjects", map[string]any{
		"name": "Boiler 3", "c8y_IsDevice": map[string]any{},
	})["id"].(string)
}

// Look at the charts of a device: what it sends appears by itself, series can be
// hidden, the window can be changed, and the place says where one is.
func TestStoryOfMeasurements(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "devices", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story, _ *watched) {
		device := boiler(s)
		for minute := 40; minute > 0; minute-- {
			at := time.Now().Add(-time.Duration(minute) * time.Minute)
			measure(s, device, at, "hv_Water", "T", 60+float64(minute%10), "°C")
			measure(s, device, at, "hv_Burner", "power", 80, "kW")
		}
		s.Open("measurements/" + device)
		s.See("Measurements of Boiler 3", "last 1h", "every value", "2 of 2")
		s.Row("A hv_Burner.power")
		s.Row("60 … 69").Has("61", "°C")

		measure(s, device, time.Now(), "hv_Water", "T", 93.5, "°C")
		s.Row("60 … 93.5").Has("93.5") // without a key
		measure(s, device, time.Now(), "hv_Flue", "O2", 4.25, "%")
		s.See("3 of 3", "hv_Flue.O2", "4.25") // a series nobody knew

		s.Press("j", "space")
		s.See("2 of 3", "○ hv_Water.T")
		s.Press("Y")
		if got := s.Clipboard(); !strings.Contains(got, "series=hv_Burner.power&series=hv_Flue.O2") {
			t.Errorf("the place is %q", got)
		}
		s.Press("space", "k", "o")
		s.See("1 of 3", "A hv_Burner.power", "○ hv_Water.T")
		s.Press("o")
		s.See("3 of 3")

		s.Press("+")
		s.See("last 30m")
		s.Press("-", "-", "-")
		s.See("last 6h", "steps of 15s")
		s.Press("0")
		s.See("last 1h", "every value")

		s.Press("left")
		s.See("AT 2026-03-02")
		s.Press("<")
		s.See("2 Mar 07:30 – 08:30")
		s.Press("n")
		s.SeeNoMore("AT 2026-03-02")
		s.See("last 1h")

		s.Press("v")
		s.See("TIME", "hv_Water.T °C")
		s.Row("93.5").Has("2026-03-02")
		s.Press("v", "d")
		s.See("Boiler 3")
	})
}

// A device that is silent, one that never spoke, and one that does not exist are
// three different pictures.
func TestStoryOfMissingMeasurements(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story) {
		silent, mute := boiler(s), boiler(s)
		measure(s, silent, time.Now().Add(-200*time.Minute), "hv_Water", "T", 42, "°C")

		s.Open("measurements/" + mute)
		s.See("never sent a measurement")
		measure(s, mute, time.Now(), "hv_Water", "T", 17.5, "°C")
		s.See("hv_Water.T", "17.5")

		s.Open("measurements/" + silent)
		s.See("No data in this window", "3h ago", "L goes there")
		s.Press("L")
		s.SeeNoMore("No data in this window")
		s.See("A hv_Water.T", "42 °C")

		s.Open("measurements/999999")
		s.See("404 Not Found")
	})
}

// Without the network the chart stays, with the truth about it, and what was
// missed is there afterwards.
func TestStoryOfMeasurementsWithoutNetwork(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story) {
		device := boiler(s)
		measure(s, device, time.Now(), "hv_Water", "T", 20.5, "°C")
		s.Open("measurements/" + device)
		s.See("20.5")
		s.CutNetwork()
		s.Wait(45 * time.Second)
		s.See("20.5", "not live since")
		s.MendNetwork()
		measure(s, device, time.Now(), "hv_Water", "T", 33.25, "°C")
		s.See("33.25")
		s.SeeNoMore("not live since")
	})
}

func TestStoryOfMeasurementsNotAllowed(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices", Account: nobody}, func(s *story.Story) {
		s.Open("measurements/1038")
		s.See("Access denied", "ROLE_MEASUREMENT_READ")
	})
}

// TestStoryOfDevicesSideBySide: marked devices are compared by the series that they share; each line says
// whose it is, and the export has a column for it.
func TestStoryOfDevicesSideBySide(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	tell(t, story.Options{Place: "devices?filter=Presse+name~5.&sort=name"}, func(s *story.Story) {
		s.See("3 match", "Presse 5.3", "Presse 5.4", "Presse 5.5")
		s.Press("home", "space", "space", "space", "m")
		s.See("Measurements of Presse 5.3 and 2 more", "Presse 5.3", "hv_HydraulicPressure.P", "hv_OilTemperature.T", "Presse 5.4")
		s.DontSee("No data", "Reading")
		s.Press("Y")
		if place := s.Clipboard(); !strings.Contains(place, ",") || !strings.Contains(place, "series=") {
			t.Errorf("the place is %q", place)
		}
		s.Press("esc")
		s.Press("v")
		s.See("TIME", "Presse 5.3 kN", "Presse 5.4 kN")
		s.Press("v", "w")
		s.See("Presse 5.3 and 2 more", "the series shown")
		s.Press("tab", "tab")
		file := filepath.Join(home, "side.csv")
		retype(s, file)
		s.Press("enter")
		s.See("Saved measurements of Presse 5.3 and 2 more")
		written, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
		}
		head, _, _ := strings.Cut(string(written), "\n")
		if !strings.HasPrefix(head, "time,type,device,") || !strings.Contains(string(written), ",Presse 5.5,") {
			t.Errorf("the export begins with %q", head)
		}
	})
}
