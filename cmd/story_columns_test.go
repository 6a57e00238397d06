package cmd

import (
	"testing"

	"c8yx/cmd/story"
	"c8yx/demo"
	"c8yx/theme"
	"c8yx/views"
	"c8yx/views/state"
)

// A column of any fragment, picked from those that the devices have, sorted by and filtered by;
// the choice is still there when the list is opened again, and can be reset.
func TestStoryOfColumns(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story) {
		fleet(s)
		s.See("4 devices")
		s.Press("c")
		s.See("Columns of Devices")
		s.Press("a")
		s.Type("floor")
		s.See("c8y_Notes.floor", "in 50 %")
		s.Press("down", "enter", "s")
		s.See("by c8y_Notes.floor ↑")
		s.Press("down", "down", "space", "enter") // and without the alarms
		s.DontSee("ALARMS", "Columns of")
		s.Row("Press 07 ").Has(" 2 ") // the blank: beside the list it is a heading
		s.Row("Press 08 ").Has(" 42 ")
		s.Row("Pump 1 ").Has(" – ")
		s.Press("home")
		s.Row("▌").Has("Press 07") // 2 before 42, and what has none is last
		s.Press("end")
		s.Row("▌").Has("Truck")

		s.Press("/")
		s.Type("42")
		s.See("1 match") // words are searched in it, too
		s.Press("esc")

		id := s.Tenant.Get("/inventory/managedObjects?query=name%20eq%20'Press%2007'")["managedObjects"].([]any)[0].(map[string]any)["id"].(string)
		s.Tenant.Put("/inventory/managedObjects/"+id, map[string]any{"c8y_Notes": map[string]any{"floor": 77}})
		s.Row("Press 07 ").Has(" 77 ") // live

		s.Open("alarms")
		s.See("No alarm")
		s.Open("devices?filter=press")
		s.See("c8y_Notes.floor ↑", "2 match")
		s.DontSee("ALARMS")
		s.Press("c", "R", "enter")
		s.See("ALARMS", "NAME ↑")
		s.DontSee("c8y_Notes.floor")
	})
}

// A place can carry columns; they are its own and are not remembered.
func TestStoryOfAPlaceWithColumns(t *testing.T) {
	t.Parallel()
	options := story.Options{Place: "devices?columns=c8y_Hardware.model:14,name&sort=-c8y_Hardware.model", Tenant: story.Demo(demo.Options{Devices: -1})}
	tell(t, options, func(s *story.Story) {
		fleet(s)
		s.See("by c8y_Hardware.model ↓")
		s.DontSee("STATUS", "LAST MESSAGE")
		s.Press("home")
		s.Row("▌").Has("X9", "Pump 1")
		s.Press("c", "end", "space", "enter")
		s.Press("Y")
		if got := s.Clipboard(); got != "devices?columns=c8y_Hardware.model:14,name,changed&sort=-c8y_Hardware.model" {
			t.Errorf("the place is %q", got)
		}
		s.Open("devices?columns=nonsense")
		s.See(`devices have no column "nonsense"`)
		s.Open("devices")
		s.See("STATUS")
		s.DontSee("c8y_Hardware.model")
	})
}

// What is typed goes on with tab: names of columns, of fragments, and values that were seen.
func TestStoryOfCompletion(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story) {
		fleet(s)
		s.See("4 devices")
		s.Press("/")
		s.See("name  status  alarms")
		s.Type("c8y_h")
		s.Press("tab")
		s.Type(".")
		s.Press("tab")
		s.Type("=rp")
		s.See(`"RPi 4B"  "RPi 5"`)
		s.Press("tab", "tab")
		s.See(`/ c8y_Hardware.model="RPi 5"`, "1 match", "Press 08")
		s.Press("shift+tab")
		s.See(`/ c8y_Hardware.model="RPi 4B"`, "1 match", "Press 07")
		s.Press("enter")
		s.DontSee("tab")
	})
}

// The names of fragments that were seen are suggested after the next start, before the tenant has
// sent anything that has them.
func TestStoryOfFragmentsSeenBefore(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	again := func(telling func(*story.Story)) {
		options := story.Options{Place: "overview", Tenant: story.Demo(demo.Options{Devices: -1})}
		options.Start = func(w story.World) (story.Model, error) {
			a := accessTo(w)
			a.state = state.Open(folder)
			return newShell(a, views.ShellOptions{Home: w.Place, Palette: theme.Standard, Dark: true})
		}
		narrate(t, options, telling)
	}
	again(func(s *story.Story) {
		fleet(s)
		s.Open("devices")
		s.See("4 devices")
	})
	again(func(s *story.Story) {
		s.Open("devices")
		s.See("This tenant has no devices yet")
		s.Press("/")
		s.Type("c8y_notes.f")
		s.Press("tab")
		s.See("/ c8y_Notes.floor")
		s.Press("esc", "c", "a")
		s.Type("hardw")
		s.See("c8y_Hardware.model")
	})
}
