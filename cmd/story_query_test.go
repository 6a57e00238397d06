package cmd

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// ear is a demo tenant that remembers what it was asked for.
type ear struct {
	*demo.Tenant
	mu    sync.Mutex
	asked []*url.URL
}

func (e *ear) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	e.asked = append(e.asked, r.URL)
	e.mu.Unlock()
	e.Tenant.ServeHTTP(w, r)
}

// forget forgets what was asked so far.
func (e *ear) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = nil
}

// heard reports whether a GET of the path had that parameter.
func (e *ear) heard(path, name, value string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.ContainsFunc(e.asked, func(u *url.URL) bool { return u.Path == path && u.Query().Get(name) == value })
}

// listening is a story about what the tenant is asked for.
func listening(t *testing.T, options story.Options, telling func(*story.Story, *ear)) {
	t.Helper()
	e := &ear{}
	options.Account = story.Account{Tenant: "t4711", User: "admin", Password: "demo-Admin.1"}
	options.Tenant = func(ctx context.Context) (http.Handler, error) {
		tenant, err := story.Demo(demo.Options{Devices: -1})(ctx)
		if err == nil {
			e.Tenant = tenant.(*demo.Tenant)
		}
		return e, err
	}
	tell(t, options, func(s *story.Story) { telling(s, e) })
}

// The rest of the line is the tenant's to answer, with completion of what occurs in it; its refusal
// stands below the line, and nothing is lost.
func TestStoryOfAQuery(t *testing.T) {
	t.Parallel()
	listening(t, story.Options{Place: "devices"}, func(s *story.Story, e *ear) {
		fleet(s)
		s.See("4 devices")
		s.Press("/")
		s.Type("press q: c8y_h")
		s.Press("tab")
		s.Type(".")
		s.Press("tab")
		s.Type(" eq 'rpi*' an")
		s.See("and", "2 match, filtered here", "4 devices") // nothing is asked before enter
		s.Type("d c8y_Notes.floor gt")
		s.Press("enter")
		s.Read("the tenant says 422: Find by filter query failed : Query could not be understood.")
		s.See("/ press q: c8y_Hardware.model eq 'rpi*' and c8y_Notes.floor gt", "Press 07", "Press 08") // kept
		s.Type(" 2")
		s.Press("enter")
		s.See("1 match, filtered here", "all 1 device loaded")
		s.See("/ press q: c8y_Hardware.model eq 'rpi*' and c8y_Notes.floor gt 2   esc clears")
		s.Row("▌").Has("Press 08")
		if want := "has(c8y_IsDevice) and (c8y_Hardware.model eq 'rpi*' and c8y_Notes.floor gt 2)"; !e.heard("/inventory/managedObjects/count", "query", want) {
			t.Errorf("the tenant was not asked for %s", want)
		}
		s.Press("Y")
		place := s.Clipboard()
		if place != "devices?filter=press&query=c8y_Hardware.model+eq+'rpi*'+and+c8y_Notes.floor+gt+2" {
			t.Errorf("the place is %q", place)
		}
		s.Press("esc")
		s.See("1 device", "asked of the tenant: has(c8y_Is", "/ q: c8y_Hardware.model")
		s.DontSee("filtered here")
		s.Press("esc")
		s.See("4 devices", "Truck")
		s.DontSee("asked of the tenant")

		s.Open("alarms")
		s.Open(place)
		s.See("1 match, filtered here", "/ press q: c8y_Hardware.model")
	})
}

// What else lists are asked by are the parameters of their API.
func TestStoryOfParameters(t *testing.T) {
	t.Parallel()
	listening(t, story.Options{Place: "alarms"}, func(s *story.Story, e *ear) {
		pump := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Pump 7", "c8y_IsDevice": map[string]any{}})["id"].(string)
		for _, severity := range []string{"MAJOR", "MINOR", "CRITICAL"} {
			s.Tenant.Post("/alarm/alarms", map[string]any{
				"source": map[string]any{"id": pump}, "type": "hv_" + severity, "severity": severity,
				"text": strings.ToLower(severity) + " trouble", "time": "2026-03-02T08:59:00Z",
			})
		}
		s.See("3 alarms")
		s.Press("/")
		s.Type("q: sev")
		s.See("severity=")
		s.Press("tab")
		s.Type("ma")
		s.Press("tab")
		s.Type(",cr")
		s.Press("tab", "enter")
		s.See("2 alarms", "asked of the tenant: severity=MAJOR,CRITICAL")
		s.DontSee("minor trouble")
		if !e.heard("/alarm/alarms", "severity", "MAJOR,CRITICAL") {
			t.Error("the tenant was not asked for the severities")
		}
		s.Tenant.Post("/alarm/alarms", map[string]any{
			"source": map[string]any{"id": pump}, "type": "hv_New", "severity": "MAJOR", "text": "new trouble", "time": "2026-03-02T09:00:00Z",
		})
		s.See("3 alarms", "new trouble") // it is followed live, too
		s.Tenant.Post("/alarm/alarms", map[string]any{
			"source": map[string]any{"id": pump}, "type": "hv_Else", "severity": "WARNING", "text": "no trouble", "time": "2026-03-02T09:00:00Z",
		})
		s.DontSee("no trouble")
		s.Press("/")
		s.See("/  q: severity=MAJOR,CRITICAL")
		s.Type("new")
		s.Press("enter")
		s.See("1 match, filtered here", "asked of the tenant")
		s.Press("esc", "/", "end")
		s.Type(" colour=red")
		s.Press("enter")
		s.Read("the tenant is asked by name=value, with status, severity, type, last; not by colour=red")
		s.Press("ctrl+u")
		s.Type("q: severity=MAYOR")
		s.Press("enter")
		s.Read("severity is one of CRITICAL, MAJOR, MINOR, WARNING")
	})
}

// While the tenant thinks, and when it fails, the list is as it was.
func TestStoryOfAQueryThatFails(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story) {
		fleet(s)
		s.See("4 devices", "● live")
		s.Demo.SetFaults(demo.Fault{Kind: demo.ServerError, Rate: 1})
		s.Press("/")
		s.Type("q: name eq 'P*'")
		s.Press("enter")
		s.See("the tenant says 500", "q: name eq 'P*'", "Truck", "4 devices")
		s.Demo.SetFaults()
		s.Press("enter")
		s.See("3 devices")
		s.DontSee("Truck", "the tenant says")
	})
}

// A list begins with what its order puts first, whatever the tenant would send first.
func TestStoryOfTheTenantsOrder(t *testing.T) {
	t.Parallel()
	listening(t, story.Options{Place: "devices?sort=-name"}, func(s *story.Story, e *ear) {
		fleet(s)
		s.See("4 devices")
		if !e.heard("/inventory/managedObjects", "query", "$filter=has(c8y_IsDevice) $orderby=name desc") {
			t.Error("the first page was not asked for in the order of the list")
		}
		s.Row("▌").Has("Truck")

		// Lists of times are turned round by the tenant: each API has a parameter that asks for the
		// other order than its own, and needs a date. Alarms have none.
		pump := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Pump 7", "c8y_IsDevice": map[string]any{}, "com_cumulocity_model_Agent": map[string]any{}})["id"].(string)
		source := map[string]any{"id": pump}
		for i, at := range []string{"2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z"} {
			name := []string{"hv_Older", "hv_Younger"}[i]
			s.Tenant.Post("/event/events", map[string]any{"source": source, "type": "hv_Door", "text": name, "time": at})
			s.Tenant.Post("/alarm/alarms", map[string]any{"source": source, "type": name, "text": name, "severity": "MAJOR", "time": at})
			s.Tenant.Post("/audit/auditRecords", map[string]any{"source": source, "type": "Inventory", "activity": name, "text": name, "time": at})
			s.Tenant.Post("/devicecontrol/operations", map[string]any{"deviceId": pump, name: map[string]any{}})
			s.Wait(time.Second)
		}
		for _, turned := range []struct{ place, path, revert string }{
			{"events?source=" + pump + "&last=all&sort=time", "/event/events", "true"},
			{"events?source=" + pump, "/event/events", ""}, // shorter, and not taken for the one before
			{"operations?device=" + pump, "/devicecontrol/operations", "true"},
			{"operations?device=" + pump + "&last=all&sort=created", "/devicecontrol/operations", ""},
			{"audit?type=Inventory", "/audit/auditRecords", ""},
			{"audit?type=Inventory&sort=time", "/audit/auditRecords", "true"},
			{"alarms", "/alarm/alarms", ""},
		} {
			place := turned.place
			e.forget()
			s.Open(place)
			s.Press("home")
			first := "hv_Younger"
			if strings.Contains(place, "sort=") {
				first = "hv_Older"
			}
			s.Row("▌").Has(first)
			if !e.heard(turned.path, "revert", turned.revert) || turned.revert == "true" && e.heard(turned.path, "dateFrom", "") {
				t.Errorf("%s: the tenant was not asked with revert=%s and a date", place, turned.revert)
			}
			s.Press("S", "S") // complete, it is turned round here
			s.Row("▌").Has(first)
		}
	})
}

// All objects, whatever they are, and the groups among them.
func TestStoryOfObjectsAndGroups(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "objects", Tenant: story.Demo(demo.Options{Devices: -1})}, func(s *story.Story) {
		fleet(s)
		hall := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Hall 1", "type": "c8y_DeviceGroup", "c8y_IsDeviceGroup": map[string]any{}})["id"].(string)
		s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": "All pumps", "type": "c8y_DynamicGroup", "c8y_IsDynamicGroup": map[string]any{}, "c8y_DeviceQueryString": "$filter=(type eq 'hv_Pump')",
		})
		s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Z note", "type": "hv_Note"})
		pump := s.Tenant.Get("/inventory/managedObjects?query=name%20eq%20'Pump%201'")["managedObjects"].([]any)[0].(map[string]any)["id"].(string)
		s.Tenant.Post("/inventory/managedObjects/"+hall+"/childAssets", map[string]any{"managedObject": map[string]any{"id": pump}})
		s.Row("Pump 1").Has("device", "hv_Pump")
		s.Row("Hall 1").Has("group", "c8y_DeviceGroup")
		s.Row("▌").Has("All pumps", "smart group")
		s.Row("Z note").Has("object", "hv_Note")
		s.Press("/")
		s.Type("what=dev")
		s.Press("tab", "enter")
		s.See("4 match")
		s.Open("objects?parent=" + hall)
		s.See("Objects below Hall 1", "2 objects", "Pump 1")

		s.Open("groups")
		s.See("2 groups", "Hall 1", "All pumps", "$filter=(type eq 'hv_Pump')")
		s.Press("home", "d")
		s.See("Devices", "1 device", "Pump 1", "asked of the tenant: has(c8y_IsDevice)", "/ q: $filter=(type eq 'hv_Pump')")
		s.Press("[", "down", "d")
		s.See("Devices in Hall 1", "1 device", "Pump 1")
		s.Press("[", "enter")
		s.See("Inventory below Hall 1", "Pump 1")

		s.Open("groups?filter=hall")
		s.Press("e")
		s.Type(" b")
		s.Press("ctrl+s", "s")
		s.See("Changed Hall 1: name")
		if name := s.Tenant.Get("/inventory/managedObjects/" + hall)["name"]; name != "Hall 1 b" {
			t.Errorf("the tenant has %v", name)
		}
		s.Press("D")
		s.See("1 member: Pump 1")
		s.Press("esc")
		note := s.Tenant.Get("/inventory/managedObjects?type=hv_Note")["managedObjects"].([]any)[0].(map[string]any)["id"].(string)
		s.Open("objects?filter=note")
		s.Press("e")
		s.Type("s")
		s.Press("ctrl+s", "s")
		s.See("Changed Z note: name")
		s.Press("D", "y")
		s.See("Deleted 1 object")
		if status, _ := s.Tenant.Do("GET", "/inventory/managedObjects/"+note, nil); status != 404 {
			t.Errorf("the note is still there: %d", status)
		}
		s.Open("groups?filter=hall")
		s.Press("D", "g", "y")
		s.See("Deleted 1 group")
		for id, want := range map[string]int{hall: 404, pump: 200} { // what was in it stays
			if status, _ := s.Tenant.Do("GET", "/inventory/managedObjects/"+id, nil); status != want {
				t.Errorf("%s answers %d", id, status)
			}
		}
		s.Open("devices")
		s.Press("n")
		s.Type("Pump 99")
		s.Press("ctrl+s")
		s.See("Created the device")
		made := s.Tenant.Get("/inventory/managedObjects?query=name%20eq%20'Pump%2099'")["managedObjects"].([]any)
		if len(made) != 1 || made[0].(map[string]any)["c8y_IsDevice"] == nil {
			t.Errorf("the tenant has %v", made)
		}
	})
}
