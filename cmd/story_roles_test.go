package cmd

import (
	"fmt"
	"slices"
	"testing"

	"c8yx/cmd/story"
)

// names lists what a member of each of the tenant's documents says: the names of a user's roles.
func names(documents any, path ...string) []string {
	var found []string
	for _, document := range documents.([]any) {
		value := document
		for _, member := range path {
			value = value.(map[string]any)[member]
		}
		found = append(found, fmt.Sprint(value))
	}
	slices.Sort(found)
	return found
}

// TestStoryOfWhoHasWhichRole: global roles are ticked for one user and for several, given and taken among the members of a
// role, and taken back; a role that has vanished says so. Inventory roles are given for a part of the inventory, changed, and
// taken away.
func TestStoryOfWhoHasWhichRole(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "users?username=n", Tenant: bare}, func(s *story.Story, _ *watched) {
		roles := func(user string) string {
			return fmt.Sprint(names(s.Tenant.Get("/user/t4711/users/" + user + "/groups")["references"], "group", "name"))
		}
		s.See("2 users", "nobody", "nophone")
		s.Press("a")
		s.See("Global roles of nobody", "[ ] readers", "May look at everything")
		s.Type("alarms")
		s.DontSee("[ ] readers")
		s.Press("space")
		s.See("[x] operators", "1 to tick, 0 to untick")
		s.Press("enter")
		s.See("Gave operators to nobody")
		if got := roles("nobody"); got != "[operators]" {
			t.Errorf("nobody has %s", got)
		}
		s.Press("*", "a")
		s.See("Global roles of 2 users", "[-] readers", "[-] operators")
		s.Press("space", "enter") // business
		s.See("Give and take 2 global roles in acme.example?", "POST /user/t4711/groups/1/users", "… and 1 more like it", "Cancel")
		s.Press("y")
		s.See("Gave or took 2 global roles")
		if got := roles("nobody") + roles("nophone"); got != "[business operators][business readers]" {
			t.Errorf("they have %s", got)
		}
		s.Press("u")
		s.See("Take back in acme.example: Gave or took 2 global roles", "DELETE /user/t4711/groups/1/users/n")
		s.Type("delete 2")
		s.Press("enter")
		s.See("Taken back")
		if got := roles("nobody") + roles("nophone"); got != "[operators][readers]" {
			t.Errorf("they have %s", got)
		}

		s.Open("roles")
		s.Press("/")
		s.Type("operators")
		s.Press("enter", "enter")
		s.See("Members of operators", "2 members", "nobody", "operator")
		s.Press("n")
		s.See("Give operators to")
		s.DontSee("[ ] nobody")
		s.Type("noah")
		s.See("Nothing matches.")
		s.Press("esc")
		s.Type("rosa")
		s.Press("space", "enter")
		s.See("Gave operators to reader", "3 members")
		s.Press("home", "D")
		s.See("Take the role from: “nobody” in acme.example?", "DELETE /user/t4711/groups/5/users/nobody", "Cancel")
		s.Press("y")
		s.See("Took operators from 1 member", "2 members")
		if got := roles("nobody") + roles("reader"); got != "[][operators readers]" {
			t.Errorf("they have %s", got)
		}
		s.Tenant.Delete("/user/t4711/groups/5")
		s.Press("n")
		s.See("The role cannot be given.", "404", "not found, as of")

		group := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Hall O'Neill", "c8y_IsDeviceGroup": map[string]any{}})["id"].(string)
		parts := func() []any {
			return s.Tenant.Get("/user/t4711/users/nobody/roles/inventory")["inventoryAssignments"].([]any)
		}
		s.Open("users?username=nobody")
		s.Press("A")
		s.See("Inventory assignments of nobody", "The user has no roles for parts of the inventory.")
		s.Press("n")
		s.Type("4")
		s.See("the tenant has no such object")
		s.Press("backspace")
		s.Type("Hall O'")
		s.See("choose one with ↓ and enter", group+" · Hall O'Neill")
		s.Press("down", "enter")
		s.See("Hall O'Neill")
		s.Press("ctrl+s")
		s.See("Roles of nobody for Hall O'Neill", "[ ] Reader", "[ ] Manager")
		s.Press("enter")
		s.See("Nothing was changed: space ticks.")
		s.Press("space", "down", "space", "enter")
		s.See("Gave Reader, Manager for Hall O'Neill to nobody", "1 assignment")
		s.Row("▌  Hall O'Neill").Has("Manager, Reader")
		s.Press("e")
		s.See("[x] Reader", "[x] Manager")
		s.Type("restart")
		s.Press("space", "esc")
		s.Type("manager")
		s.Press("space", "enter")
		s.See("Changed 1 assignment", "Operations: Restart Device, Reader")
		if got := fmt.Sprint(names(parts()[0].(map[string]any)["roles"], "name")); got != "[Operations: Restart Device Reader]" {
			t.Errorf("nobody has %s", got)
		}
		s.Press("D")
		s.See("Take away: “Operations: Restart Device, Reader for Hall O'Neill” in acme.example?")
		s.Press("y")
		s.See("Took away 1 assignment", "0 assignments")
		s.Press("u", "y")
		s.See("Taken back")
		if all := parts(); len(all) != 1 || all[0].(map[string]any)["managedObject"] != group {
			t.Errorf("nobody has %v", all)
		}
	})
}
