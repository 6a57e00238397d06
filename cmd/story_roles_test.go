package cmd

import (
	"fmt"
	"slices"
	"strings"
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
		s.Read("Take away: “Operations: Restart Device, Reader for Hall O'Neill” in acme.example?")
		s.Press("y")
		s.See("Took away 1 assignment", "0 assignments")
		s.Press("u", "y")
		s.See("Taken back")
		if all := parts(); len(all) != 1 || all[0].(map[string]any)["managedObject"] != group {
			t.Errorf("nobody has %v", all)
		}
	})
}

// TestStoryOfRoles: global roles are created, renamed, granted permissions, and deleted with what goes along; inventory roles
// are written with their permissions line by line.
func TestStoryOfRoles(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "roles", Tenant: bare}, func(s *story.Story, _ *watched) {
		group := func() map[string]any { return s.Tenant.Get("/user/t4711/groupByName/night%20shift") }
		s.See("5 global roles", "readers")
		s.Press("n")
		s.See("New global role")
		s.Press("ctrl+s")
		s.See("this is needed")
		s.Type("readers")
		s.Press("ctrl+s")
		s.See("409", "already exists")
		for range "readers" {
			s.Press("backspace")
		}
		s.Type("night shift")
		s.Press("ctrl+s")
		s.See("Created the global role")
		s.Press("e", "tab")
		s.Type("From ten to six")
		s.Press("ctrl+s")
		s.See(`+ "From ten to six"`)
		s.Press("s")
		s.See("Changed night shift: description")
		s.Press("P")
		s.See("Permissions of night shift", "[ ] ROLE_ALARM_ADMIN")
		s.Press("space", "down", "space", "enter")
		s.See("Grant and revoke 2 permissions in acme.example?", "POST /user/t4711/groups/", `"self": "/user/roles/ROLE_ALARM_ADMIN"`)
		s.Press("y")
		s.See("Granted or revoked 2 permissions")
		if got := fmt.Sprint(names(group()["roles"].(map[string]any)["references"], "role", "name")); got != "[ROLE_ALARM_ADMIN ROLE_ALARM_READ]" {
			t.Errorf("the role has %s", got)
		}
		s.Press("P", "space", "enter")
		s.See("Revoke ROLE_ALARM_ADMIN from night shift in acme.example?", "DELETE /user/t4711/groups/")
		s.Press("enter") // Cancel is what enter does
		s.SeeNoMore("Revoke ROLE_ALARM_ADMIN")
		s.Press("P", "space", "enter", "y")
		s.See("Revoked ROLE_ALARM_ADMIN from night shift")
		id := fmt.Sprint(group()["id"])
		s.Tenant.Post("/user/t4711/groups/"+id+"/users", map[string]any{"user": map[string]any{"self": "/user/t4711/users/reader"}})
		s.Press("D")
		s.See("Delete 1 global role", "s The role", "l And log out")
		s.Press("l")
		s.See("Delete night shift", "the membership of reader", "forceLogout=true")
		s.Press("y")
		s.See("Deleted 1 global role", "5 global roles")
		if status, _ := s.Tenant.Do("GET", "/user/t4711/groups/"+id, nil); status != 404 {
			t.Errorf("the role is still there: %d", status)
		}

		s.Open("inventoryroles")
		s.See("4 inventory roles")
		s.Press("n")
		s.Type("Watcher")
		s.Press("tab")
		s.Type("Sees alarms")
		s.Press("tab")
		s.Type("ALARMS:*:READ")
		s.Press("ctrl+s")
		s.See("ALARMS is none of ALARM, AUDIT")
		for range "S:*:READ" {
			s.Press("backspace")
		}
		s.Type(":*:READ")
		s.Press("enter")
		s.Type("OPERATION:c8y_Restart:ADMIN")
		s.Press("ctrl+s")
		s.See("Created the inventory role")
		s.Press("e", "tab", "tab", "ctrl+end", "enter")
		s.Type("EVENT:*:*")
		s.Press("ctrl+s")
		s.See("PUT /user/inventoryroles/")
		s.Press("s")
		s.See("Changed Watcher: permissions")
		role := func() map[string]any {
			for _, r := range s.Tenant.Get("/user/inventoryroles?pageSize=100")["roles"].([]any) {
				if r.(map[string]any)["name"] == "Watcher" {
					return r.(map[string]any)
				}
			}
			return nil
		}
		if got := fmt.Sprint(names(role()["permissions"], "scope")); got != "[ALARM EVENT OPERATION]" {
			t.Errorf("the role has %s", got)
		}
		s.Press("D")
		s.See("Whoever has it loses it")
		s.Press("y")
		s.See("Deleted 1 inventory role")
		if role() != nil {
			t.Errorf("the tenant has %v", role())
		}
		s.Press("u", "y")
		s.See("Taken back", "5 inventory roles")
		s.Press("end")
		s.Tenant.Delete(fmt.Sprint("/user/inventoryroles/", role()["id"]))
		s.Press("D", "y")
		s.See("it is gone", "4 inventory roles") // somebody was faster: it says so, and leaves the list
	})
}

// TestStoryOfTheMatrixWritten: a permission is granted to a user and revoked where the matrix shows it; what comes by a global
// role says so. What the user may not grant is there with its reason.
func TestStoryOfTheMatrixWritten(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "permissions?filter=nobody", Tenant: bare}, func(s *story.Story, _ *watched) {
		granted := func() string {
			return fmt.Sprint(names(s.Tenant.Get("/user/t4711/users/nobody/roles")["references"], "role", "name"))
		}
		s.Row("▌  nobody").Has("·")
		s.Press("P")
		s.See("Permissions of nobody", "What is ticked here is granted to nobody itself.")
		s.Type("alarm_read")
		s.Press("space", "enter")
		s.See("Grant ROLE_ALARM_READ to nobody in acme.example?", "POST /user/t4711/users/nobody/roles", `"self": "/user/roles/ROLE_ALARM_READ"`)
		s.Press("y")
		s.See("Granted ROLE_ALARM_READ to nobody")
		s.Row("▌  nobody").Has("R")
		if got := granted(); got != "[ROLE_ALARM_READ ROLE_USER_MANAGEMENT_OWN_READ]" {
			t.Errorf("nobody has %s", got)
		}
		s.Press("a") // and by a global role as well
		s.Type("readers")
		s.Press("space", "enter")
		s.See("Gave readers to nobody")
		aside(s, func() { s.See("ALARM_READ   the user, readers") })
		s.Press("P")
		s.Type("alarm_read")
		s.See("[x] ROLE_ALARM_READ", "by readers")
		s.Press("space", "enter")
		s.See("Revoke ROLE_ALARM_READ from nobody in acme.example?", "DELETE /user/t4711/users/nobody/roles/ROLE_ALARM_READ")
		s.Press("y")
		s.See("Revoked ROLE_ALARM_READ from nobody")
		if got := granted(); got != "[ROLE_USER_MANAGEMENT_OWN_READ]" {
			t.Errorf("nobody has %s", got)
		}
		s.Press("u")
		s.See("Take back in acme.example: Revoked ROLE_ALARM_READ from nobody?")
		s.Press("y")
		s.See("Taken back")
		if got := granted(); got != "[ROLE_ALARM_READ ROLE_USER_MANAGEMENT_OWN_READ]" {
			t.Errorf("nobody has %s", got)
		}
	})
	watch(t, story.Options{Place: "permissions?filter=nobody", Tenant: bare}, func(s *story.Story, _ *watched) {
		s.Row("USER").Has("OBJECTS", "EVENTS", "›")
		s.Row("▌  nobody").Has("[·      ]")
		s.Press("right", "enter") // alarms
		s.See("alarms of nobody", "ROLE_ALARM_READ", "ROLE_ALARM_ADMIN", "2 of 2")
		s.Press("down", "space", "enter")
		s.See("Grant ROLE_ALARM_READ to nobody in acme.example?")
		s.Press("y")
		s.Row("▌  nobody").Has("[R     ]")
		s.Press("right", "right", "right", "right", "right", "right", "right", "right", "right", "right")
		s.Row("USER").Has("‹", "AUDIT", "RETENTION")
		s.DontSee("OBJECTS")
		s.Press("right", "right", "enter") // the last but one: his roles for parts of the inventory
		s.See("Inventory assignments of nobody")

		s.Open("rolematrix?filter=readers")
		s.Row("▌  readers").Has("[R      ]")
		s.Press("right", "right", "right", "right", "enter")
		s.See("operations of readers", "[x] ROLE_DEVICE_CONTROL_READ", "[ ] ROLE_DEVICE_CONTROL_ADMIN")
		s.Press("space", "enter", "y")
		s.See("Granted ROLE_DEVICE_CONTROL_ADMIN to readers")
		s.Row("▌  readers").Has("[RW  ]")
		id := s.Tenant.Get("/user/t4711/groupByName/readers")["id"]
		granted := func() string {
			return fmt.Sprint(names(s.Tenant.Get(fmt.Sprintf("/user/t4711/groups/%v/roles?pageSize=100", id))["references"], "role", "name"))
		}
		if got := granted(); !strings.Contains(got, "ROLE_DEVICE_CONTROL_ADMIN") {
			t.Errorf("readers have %s", got)
		}
		s.Press("u", "y")
		s.See("Taken back")
		if got := granted(); strings.Contains(got, "ROLE_DEVICE_CONTROL_ADMIN") {
			t.Errorf("readers have %s", got)
		}
	})
	watch(t, story.Options{Place: "users", Tenant: bare, Account: story.Account{Tenant: "t4711", User: "manager", Password: "demo-Manager.1"}}, func(s *story.Story, _ *watched) {
		s.See("team") // the manager's own people are all that he sees
		s.DontSee("operator")
		for key, why := range map[string]string{"L": "needs ROLE_USER_MANAGEMENT_ADMIN", "E": "needs ROLE_USER_MANAGEMENT_ADMIN"} {
			s.Press(key)
			s.See(why)
			s.Press("esc")
		}
		s.Press("a")
		s.Type("admins")
		s.Press("space", "enter")
		s.See("team: admins", "403") // one gives no more than one has
	})
}
