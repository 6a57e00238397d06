package cmd

import (
	"testing"
)

// Who is in which group is changed where it is seen: groups are made in the tree, devices are put into
// them from their list and from the tree, moved and taken out; each can be taken back.
func TestStoryOfGroupsAndWhatIsInThem(t *testing.T) {
	onPlant(t, "tree", func(p plant) {
		members := func(group string) int {
			return len(p.Tenant.Get("/inventory/managedObjects/" + group + "/childAssets")["references"].([]any))
		}
		press, saw := p.device("Press 7"), p.device("Saw 9")
		sensor := p.device("Sensor 3")
		p.below(press, "childDevices", sensor)
		hall := p.group("Hall 1")
		p.See("Hall 1")
		p.Press("home", "-")
		p.See("it is in no group here")
		p.Press("esc", "+")
		p.See("New group", "below Hall 1")
		p.Press("ctrl+s")
		p.See("this is needed")
		p.Type("Line 2")
		p.Press("ctrl+s")
		p.See("Created the group")
		line := p.Tenant.Get("/inventory/managedObjects?text=Line")["managedObjects"].([]any)[0].(map[string]any)
		if line["type"] != "c8y_DeviceSubGroup" || members(hall) != 1 {
			t.Fatalf("the tenant has %v", line)
		}

		p.Open("groups")
		p.See("2 groups")
		p.Press("n")
		p.See("New group")
		p.Type("Yard")
		p.Press("ctrl+s")
		p.See("Created the group", "3 groups")
		p.Press("u", "y")
		p.See("2 groups")

		p.Open("devices")
		p.See("3 devices")
		p.Press("space", "space", "A") // the marks are on Press 7 and Saw 9
		p.See("Assign 2 objects to a group", "What it is in already")
		p.Type("hal")
		p.See("choose one of the groups", hall+" Hall 1")
		p.Press("ctrl+s")
		p.See("choose one of the groups")
		p.Press("down", "enter")
		p.See("the group Hall 1")
		p.Press("ctrl+s")
		p.See("Assign 2 objects to "+hall+" Hall 1 in acme.example?", "POST /inventory/managedObjects/"+hall+"/childAssets")
		p.Press("y")
		p.See("Assigned 2 objects to")
		if members(hall) != 3 {
			t.Errorf("the group has %d members", members(hall))
		}

		p.Open("tree?root=" + hall + "&reveal=" + saw)
		p.See("▌", "Saw 9")
		p.Press("M")
		p.See("Move Saw 9", "out of Hall 1, in acme.example")
		p.Type(hall)
		p.Press("ctrl+s")
		p.See("it is in there already")
		retype(p.Story, line["id"].(string))
		p.See("the group Line 2")
		p.Press("ctrl+s")
		p.See("Moved Saw 9 to")
		if members(hall) != 2 || members(line["id"].(string)) != 1 {
			t.Errorf("%d members in the hall, %d in the line", members(hall), members(line["id"].(string)))
		}
		p.Press("u")
		p.See("Take back", "Moved Saw 9")
		p.Press("y")
		p.See("Taken back")
		if members(hall) != 3 || members(line["id"].(string)) != 0 {
			t.Errorf("taken back, %d members in the hall, %d in the line", members(hall), members(line["id"].(string)))
		}

		p.Open("tree?root=" + hall + "&reveal=" + press)
		p.See("Press 7")
		p.Press("-")
		p.See("Took Press 7 out of Hall 1")
		if members(hall) != 2 {
			t.Errorf("the group has %d members", members(hall))
		}
		p.Open("tree?reveal=" + sensor)
		p.See("Sensor 3")
		p.Press("-")
		p.See("it is behind a device, which is no matter of groups")
	})
}
