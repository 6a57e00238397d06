package cmd

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// plant fills an empty tenant with objects, as a solution's scripts do.
type plant struct{ *story.Story }

// add creates an object with the given marker fragments and returns its id.
func (p plant) add(name, kind string, markers ...string) string {
	object := map[string]any{"name": name, "type": kind}
	for _, m := range markers {
		object[m] = map[string]any{}
	}
	return p.Tenant.Post("/inventory/managedObjects", object)["id"].(string)
}

// below puts an object below another: as childAssets, childDevices or
// childAdditions.
func (p plant) below(parent, relation, child string) {
	p.Tenant.Do("POST", "/inventory/managedObjects/"+parent+"/"+relation, map[string]any{"managedObject": map[string]any{"id": child}})
}

func (p plant) group(name string) string {
	return p.add(name, "c8y_DeviceGroup", "c8y_IsDeviceGroup")
}

func (p plant) device(name string) string {
	return p.add(name, "hv_Machine", "c8y_IsDevice")
}

// onPlant tells a story about a tenant that has only what the story puts there.
func onPlant(t *testing.T, place string, telling func(plant)) {
	t.Helper()
	onPlantWith(t, story.Options{Place: place}, telling)
}

// onPlantWith is onPlant with other options.
func onPlantWith(t *testing.T, options story.Options, telling func(plant)) {
	t.Helper()
	t.Parallel()
	options.Tenant = story.Demo(demo.Options{Devices: -1})
	tell(t, options, func(s *story.Story) { telling(plant{s}) })
}

// Assets, child devices and additions in one tree, told apart by their marks; the
// mistakes that people make with them are named.
func TestStoryOfTheThreeRelations(t *testing.T) {
	onPlant(t, "tree", func(p plant) {
		p.See("This tenant has no groups and no devices yet.")
		hall := p.group("Hall 1")
		gateway := p.device("Gateway 1")
		p.below(hall, "childAssets", gateway)
		press := p.device("Press 7")
		p.below(gateway, "childDevices", press)
		p.below(gateway, "childAdditions", p.add("sshd", "c8y_Service"))
		p.below(gateway, "childDevices", p.add("Sensor 3", "hv_Sensor"))
		p.below(hall, "childDevices", p.device("Saw 9"))
		p.below(press, "childAssets", gateway)

		p.Row("▣ Hall 1").Has("(2)") // the new group came in by itself
		p.Press("right")
		p.Row("∈ Gateway 1").Has("(3)")
		p.Row("↳ Saw 9").Has("⚠ child device of a group")
		p.Press("down", "right")
		p.See("+ sshd")
		p.Row("↳ Sensor 3").Has("⚠ no c8y_IsDevice")
		p.Press("down", "right", "down")
		p.Row("▌").Has("∈ Gateway 1", "⚠ cycle")
		aside(p.Story, func() { p.Read("relations form a cycle") })
		p.Press("space", "right") // it is not entered again
		p.Row("▌").Has("∈ Gateway 1", "⚠ cycle")
	})
}

// A group of thousands streams in, page by page, and is in order at the end.
func TestStoryOfALargeGroup(t *testing.T) {
	onPlant(t, "tree", func(p plant) {
		hall := p.group("Hall 1")
		for i := range 230 {
			p.below(hall, "childAssets", p.device(fmt.Sprintf("Press %d", 230-i)))
		}
		p.Row("▣ Hall 1").Has("(230)")
		p.Press("right")
		p.See("231 loaded")
		p.Press("down")
		p.Row("▌").Has("Press 1 ")
		p.Press("end", "up")
		p.Row("▌").Has("Press 230")
		p.Press("/")
		p.Type("press 23")
		p.Press("enter")
		p.Row("▌").Has("Press 230") // it has the text
		p.Press("n")
		p.Row("▌").Has("Press 23 ") // from the other end
		p.Press("N")
		p.Row("▌").Has("Press 230")
		p.Press("esc", "left")
		p.Row("▌").Has("▣ Hall 1")
	})
}

// Where is this device? In every place that it is, opened and under the cursor.
func TestStoryOfWhere(t *testing.T) {
	onPlant(t, "devices", func(p plant) {
		plantGroup, hall, energy := p.group("Plant"), p.add("Hall 1", "c8y_DeviceSubGroup", "c8y_IsDeviceGroup"), p.group("Energy")
		p.below(plantGroup, "childAssets", hall)
		gateway, meter := p.device("Gateway 1"), p.device("Meter 4")
		p.below(hall, "childAssets", gateway)
		p.below(gateway, "childDevices", meter)
		p.below(energy, "childAssets", meter)
		p.See("2 devices")
		p.Press("down", "W")
		p.See("It is in 2 places", "place 1 of 2")
		aside(p.Story, func() { p.Read("Energy › Meter 4", "Plant › Hall 1 › Gateway 1 › Meter 4") })
		p.Row("▌").Has("∈ Meter 4")
		p.Press("W")
		p.See("place 2 of 2")
		p.Row("▌").Has("↳ Meter 4")
		p.Press("esc", "esc")
		p.Row("▌").Has("Meter 4") // back in the list

		p.Open("tree?root=" + hall)
		p.See("Inventory below Hall 1", "∈ Gateway 1")
		p.DontSee("Energy")
		p.Open("tree?reveal=4711")
		p.Read("404 Not Found")
	})
}

// The tree stays true while it is looked at, and recovers when it was cut off.
func TestStoryOfALiveTree(t *testing.T) {
	onPlant(t, "tree", func(p plant) {
		hall := p.group("Hall 1")
		press := p.device("Press 7")
		p.below(hall, "childAssets", press)
		p.Row("▣ Hall 1").Has("(1)")
		p.Press("right")
		p.See("∈ Press 7")

		p.Tenant.Post("/alarm/alarms", map[string]any{
			"source": map[string]any{"id": press}, "type": "hv_Oil", "severity": "CRITICAL", "text": "no oil",
			"time": time.Now().UTC().Format(time.RFC3339),
		})
		p.Row("∈ Press 7").Has("1●")
		p.Row("▣ Hall 1").Has("Σ 1●") // rolled up

		p.Tenant.Put("/inventory/managedObjects/"+press, map[string]any{"name": "Press \x1b[2J8"})
		p.See("∈ Press ␛[2J8")
		p.below(hall, "childAssets", p.device("Press 9"))
		p.See("∈ Press 9")
		p.device("Loose 1")
		p.Row("Devices without a group").Has("(1)")
		p.Press("end", "right")
		p.See("· Loose 1")
		p.Tenant.Delete("/inventory/managedObjects/" + press)
		p.SeeNoMore("∈ Press ␛[2J8")
		p.DontSee("Σ")

		p.CutNetwork()
		p.Wait(time.Minute)
		p.See("not live since", "∈ Press 9")
		p.MendNetwork()
		p.SeeNoMore("not live since")
		p.below(hall, "childAssets", p.device("Press 10"))
		p.See("∈ Press 10")
	})
}

// What cannot be read says so where it would stand, and is read as soon as the
// tenant answers.
func TestStoryOfATreeThatCannotBeRead(t *testing.T) {
	onPlant(t, "devices", func(p plant) {
		hall := p.group("Hall 1")
		p.below(hall, "childAssets", p.device("Press 7"))
		p.See("1 device")
		p.CutNetwork()
		p.Open("tree")
		p.See("c8yx tries again")
		p.MendNetwork()
		p.Row("▣ Hall 1").Has("(1)")
		p.CutNetwork()
		p.Press("right")
		p.Row("▣ Hall 1").Has("✗", "no answer")
		p.MendNetwork()
		p.Press("right")
		p.See("∈ Press 7")
		p.Press("p")
		p.See("paused")
		p.below(hall, "childAssets", p.device("Press 8"))
		p.Wait(time.Minute)
		p.DontSee("Press 8")
		p.Press("p")
		p.See("∈ Press 8")
		p.DontSee("paused")
	})
}

// A smart group has the answers to its query as members, and says so if it has
// none to ask.
func TestStoryOfASmartGroup(t *testing.T) {
	onPlant(t, "tree", func(p plant) {
		p.device("Press 7")
		p.device("Saw 9")
		for name, query := range map[string]string{"Presses": "$filter=(name eq 'Press*') $orderby=name", "Wrong": "$filter=(name eq", "Empty": ""} {
			object := map[string]any{"name": name, "type": "c8y_DynamicGroup", "c8y_IsDynamicGroup": map[string]any{}}
			if query != "" {
				object["c8y_DeviceQueryString"] = query
			}
			p.Tenant.Post("/inventory/managedObjects", object)
		}
		p.See("◎ Empty", "◎ Presses", "◎ Wrong")
		p.Press("home", "right")
		p.Row("◎ Empty").Has("the smart group has no c8y_DeviceQueryString")
		p.Press("down", "right")
		aside(p.Story, func() { p.Read("≈ Press 7", "$filter=(name eq 'Press*')") })
		p.DontSee("Saw 9")
		p.Press("down", "down", "right")
		p.Row("◎ Wrong").Has("✗")
		if status, body := p.Tenant.Do("GET", "/inventory/managedObjects?q="+url.QueryEscape("$filter=(name eq"), nil); status < 400 {
			t.Errorf("the tenant understands the wrong query: %d %s", status, body)
		}
		p.Press("up", "enter") // a device opens as a page
		p.See("Press 7", "Overview")
		p.Press("esc")
		p.Row("▌").Has("≈ Press 7")
		p.Press("y", "w")
		if got := p.Clipboard(); got != "Presses › Press 7" {
			t.Errorf("copied %q", got)
		}
	})
}

// At every size the tree fills its pane and nothing breaks.
func TestStoryOfATreeThatIsResized(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "tree"}, func(s *story.Story) {
		s.Press("right", "down", "right", "down", "right")
		for _, size := range [][2]int{{60, 15}, {120, 40}, {250, 70}, {61, 15}, {80, 24}} {
			s.Resize(size[0], size[1])
			s.Row("▌").Has("(")
			if beside := strings.Contains(s.Screen(), "│ is a"); beside != (size[0] >= 110) {
				t.Errorf("at %d columns: the pane is there: %v", size[0], beside)
			}
		}
	})
}
