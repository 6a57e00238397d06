package cmd

import (
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// TestStoryOfADevicesConnections: what can be reached on a device and what it is called outside;
// secrets are sent and not shown.
func TestStoryOfADevicesConnections(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		id, _ := pump(s)
		s.Open("remoteaccess?device=" + id)
		s.See("Nothing of this device can be reached")
		s.Press("n")
		s.See("New configuration", id)
		s.Type("console")
		s.Press("tab", "tab", "ctrl+u")
		s.Type("ssh://pump")
		s.Press("enter")
		s.See("only the name or the address of a host")
		s.Press("shift+tab", "ctrl+u")
		s.Type("127.0.0.1")
		s.Press("tab", "ctrl+u")
		s.Type("70000")
		s.Press("enter")
		s.See("from 1 to 65535")
		s.Press("shift+tab", "ctrl+u")
		s.Type("2222")
		s.Press("enter", "right", "enter")
		s.Type("root")
		s.Press("enter")
		s.Type("s3cret-of-the-pump")
		s.DontSee("s3cret")
		s.Press("ctrl+r")
		s.See("••••")
		s.DontSee("s3cret")
		s.Press("esc", "ctrl+s")
		s.See("Created the configuration")
		s.Row("▌  console").Has("127.0.0.1:2222")
		configurations := func() map[string]any {
			return s.Tenant.Get("/inventory/managedObjects/" + id)
		}
		if list := configurations()["c8y_RemoteAccessList"].([]any); len(list) != 1 || list[0].(map[string]any)["port"] != 2222.0 {
			t.Fatalf("the tenant has %v", list)
		}
		s.Press("e")
		s.See("Edit console", "gives it back to nobody")
		s.Press("ctrl+s")
		s.See("this is needed")
		s.Type("an0ther-of-the-pump")
		s.Press("shift+tab", "shift+tab", "shift+tab", "ctrl+u")
		s.Type("23")
		s.Press("ctrl+s")
		s.See("•", "2222", "23")
		s.DontSee("an0ther")
		s.Press("s")
		s.See("Changed console")
		s.Row("▌  console").Has("127.0.0.1:23")
		if list := configurations()["c8y_RemoteAccessList"].([]any); len(list) != 1 || list[0].(map[string]any)["port"] != 23.0 {
			t.Fatalf("the tenant has %v", list)
		}
		s.Press("D", "y")
		s.See("Deleted 1 configuration")
		if list, _ := configurations()["c8y_RemoteAccessList"].([]any); len(list) != 0 {
			t.Fatalf("the tenant has %v", list)
		}

		s.Open("externalids?source=" + id)
		s.See("It has no external id")
		s.Press("n")
		s.Type("SN/7")
		s.Press("ctrl+s")
		s.See("Created the external id")
		s.Row("▌  c8y_Serial").Has("SN/7")
		if e := s.Tenant.Get("/identity/externalIds/c8y_Serial/SN%2F7"); e["managedObject"].(map[string]any)["id"] != id {
			t.Fatalf("the tenant has %v", e)
		}
		s.Press("n")
		s.Type("SN/7")
		s.Press("ctrl+s")
		s.See("409")
		s.Press("esc", "y")
		s.Press("e")
		s.See("an external id is what it is")
		s.Press("D", "y")
		s.See("Deleted 1 external id")
		s.Press("u", "y")
		s.See("Taken back")
		s.Row("▌  c8y_Serial").Has("SN/7")
	})
}

// TestStoryOfARepository: software and firmware with a version, of the right types, and both deleted together; a
// configuration has no versions. Each is made, changed and deleted.
func TestStoryOfARepository(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "software", Tenant: bare}, func(s *story.Story, _ *watched) {
		s.See("The repository holds no software")
		s.Press("n")
		s.Type("greaser")
		s.Press("enter")
		s.Type("apt")
		s.Press("enter", "tab")
		s.Type("hv_Pump")
		s.Press("ctrl+s")
		s.See("Created the software")
		s.Row("▌  greaser").Has("hv_Pump", "apt")
		s.Press("B")
		s.See("It has no version yet")
		s.Press("n")
		s.Type("1.2.0")
		s.Press("enter")
		s.Type("ftp://files")
		s.Press("enter")
		s.See("an address begins with https://")
		s.Press("ctrl+u")
		s.Type("https://files.example/greaser.deb")
		s.Press("ctrl+s")
		s.See("Created the version")
		s.Row("▌  1.2.0").Has("https://files.example/greaser.")
		find := func(kind string) []any {
			return s.Tenant.Get("/inventory/managedObjects?type=" + kind)["managedObjects"].([]any)
		}
		only := func(kind string) map[string]any {
			t.Helper()
			list := find(kind)
			if len(list) != 1 {
				t.Fatalf("the tenant has %v", list)
			}
			return list[0].(map[string]any)
		}
		if v := only("c8y_SoftwareBinary")["c8y_Software"].(map[string]any)["version"]; v != "1.2.0" {
			t.Fatalf("the tenant has version %v", v)
		}
		s.Press("e", "ctrl+u")
		s.Type("1.2.1")
		s.Press("ctrl+s", "s")
		s.See("Changed version 1.2.0: c8y_Software")
		s.Row("▌  1.2.1").Has("https://files.example/greaser.")
		if v := only("c8y_SoftwareBinary")["c8y_Software"].(map[string]any); v["version"] != "1.2.1" || v["url"] != "https://files.example/greaser.deb" {
			t.Fatalf("the tenant has version %v", v)
		}
		s.Press("[", "e", "tab", "ctrl+u")
		s.Type("snap")
		s.Press("ctrl+s", "s")
		s.See("Changed greaser: softwareType")
		s.Row("▌  greaser").Has("snap")
		if item := only("c8y_Software"); item["softwareType"] != "snap" || item["name"] != "greaser" {
			t.Fatalf("the tenant has %v", item)
		}
		s.Press("D")
		s.See("1 addition")
		s.Press("y")
		s.See("Deleted 1 software")
		if left := append(find("c8y_Software"), find("c8y_SoftwareBinary")...); len(left) != 0 {
			t.Errorf("the tenant has %v", left)
		}

		s.Open("firmware")
		s.See("The repository holds no firmware")
		s.Press("n")
		s.Type("valve")
		s.Press("enter", "tab")
		s.Type("hv_Valve")
		s.Press("ctrl+s")
		s.Row("▌  valve").Has("hv_Valve")
		s.Press("e", "ctrl+u")
		s.Type("valve 2")
		s.Press("ctrl+s", "s")
		s.See("Changed valve: name")
		if item := only("c8y_Firmware"); item["name"] != "valve 2" || item["c8y_Filter"].(map[string]any)["type"] != "hv_Valve" {
			t.Fatalf("the tenant has %v", item)
		}
		s.Press("B", "n")
		s.Type("3.0")
		s.Press("enter")
		s.Type("https://files.example/valve.bin")
		s.Press("ctrl+s")
		s.Row("▌  3.0").Has("https://files.example/valve.")
		s.Press("D", "y")
		s.See("Deleted 1 version", "It has no version yet")
		if left := find("c8y_FirmwareBinary"); len(left) != 0 {
			t.Errorf("the tenant has %v", left)
		}

		s.Press("[", "D", "y")
		s.See("Deleted 1 firmware")
		if left := find("c8y_Firmware"); len(left) != 0 {
			t.Errorf("the tenant has %v", left)
		}

		s.Open("configurations")
		s.Press("n")
		s.Type("defaults")
		s.Press("enter")
		s.Type("agent")
		s.Press("ctrl+s")
		s.See("this is needed") // where devices get it
		s.Type("https://files.example/agent.ini")
		s.Press("ctrl+s")
		s.Row("▌  defaults").Has("agent")
		s.Press("e", "tab", "tab", "tab")
		s.Type("hv_Pump")
		s.Press("ctrl+s", "s")
		s.See("Changed defaults: deviceType")
		if item := only("c8y_ConfigurationDump"); item["deviceType"] != "hv_Pump" || item["url"] != "https://files.example/agent.ini" {
			t.Fatalf("the tenant has %v", item)
		}
		s.Press("D", "y")
		s.See("Deleted 1 configuration")
		s.Press("u", "y")
		s.See("Taken back")
		if item := only("c8y_ConfigurationDump"); item["configurationType"] != "agent" {
			t.Fatalf("the tenant has %v", item)
		}
	})
}

// TestStoryOfTenants: a tenant is made, suspended and let in again; to delete it has to be typed, and is refused; the
// audit log tells of one thing what became of it.
func TestStoryOfTenants(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "tenants", Tenant: story.Demo(demo.Options{Devices: -1, Past: time.Minute})}, func(s *story.Story, _ *watched) {
		s.See("Demo Plant 2")
		s.Press("n")
		s.Type("Plant 3")
		s.Press("enter")
		s.Type("plant3")
		s.Press("enter")
		s.See("a domain has a dot in it")
		s.Press("shift+tab", "end")
		s.Type(".demo.example")
		s.Press("enter")
		s.Type("paula")
		s.Press("enter")
		s.See("this is no mail address")
		s.Press("shift+tab", "end")
		s.Type("@demo.example")
		s.Press("ctrl+s")
		s.See("Created the tenant")
		s.Open("tenants?filter=plant")
		s.See("Plant 3")
		found := s.Tenant.Get("/tenant/tenants?domain=plant3.demo.example")["tenants"].([]any)
		if len(found) != 1 {
			t.Fatalf("the tenant has %v", found)
		}
		id := found[0].(map[string]any)["id"].(string)
		status := func() any { return s.Tenant.Get("/tenant/tenants/" + id)["status"] }
		s.Press("end", "z")
		s.See("Suspend", "Plant 3")
		s.Press("y")
		s.Row("▌  Plant 3").Has("suspended")
		if status() != "SUSPENDED" {
			t.Fatalf("it is %v", status())
		}
		s.Press("A")
		s.Row("▌  Plant 3").Has("active")
		s.Press("Z")
		s.See("Audit", "Tenant updated")
		s.Press("[", "e", "ctrl+u")
		s.Type("Plant Three")
		s.Press("ctrl+s", "s")
		s.See("Changed Plant 3: company", "Plant Three")
		s.Press("D")
		s.See("only the management tenant can; this is t4711")
	})
}

// A tenant goes with all that is in it, at the hands of the management tenant.
func TestStoryOfADeletedTenant(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "tenants", Tenant: bare, Account: keeper}, func(s *story.Story, _ *watched) {
		s.Row("▌  Demo Plant 2").Has("active")
		s.Press("D")
		s.See("nothing brings them back", "Type delete t47111")
		s.Type("delete t4711")
		s.Press("enter")
		s.See("Type delete t47111") // not what was asked for
		s.Type("1")
		s.Press("enter")
		s.See("Deleted 1 tenant")
		if status, body := s.Tenant.Do("GET", "/tenant/tenants/t47111", nil); status != 404 {
			t.Errorf("the tenant is still there: %d %s", status, body)
		}
	})
}
