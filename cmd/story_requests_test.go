package cmd

import (
	"strings"
	"testing"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// Whatever the program asks of the tenant can be looked at: what was sent and received, how
// it ended, and why it was sent. Nothing secret is in it.
func TestStoryOfWhatWasSent(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "alarms"}, func(s *story.Story) {
		press := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Presse 99", "c8y_IsDevice": map[string]any{}})["id"]
		raised := s.Tenant.Post("/alarm/alarms", map[string]any{
			"source": map[string]any{"id": press}, "type": "hv_Overpressure", "severity": "CRITICAL",
			"text": "Oil pressure above 210 bar", "time": "2026-03-02T09:00:00Z",
		})["id"].(string)
		s.Row("● critical  active").Has("▌", "Presse 99")
		s.Press("a")
		s.See("Acknowledged 1 alarm")

		s.Open("requests")
		s.Row("▌").Has("PUT     200        /alarm/alarms/" + raised)
		aside(s, func() { s.Read("Acknowledge “Oil pressure above 210 bar”") })
		for path, why := range map[string]string{"/tenant/oauth/token": "sign-in", "/notification/realtime": "realtime", "/user/currentUser": "c8yx itself"} {
			s.Row(path).Has(map[string]string{"sign-in": "POST    200", "realtime": "GET     101", "c8yx itself": "GET     200"}[why])
			s.Click(path)
			aside(s, func() { s.See(why) })
		}

		s.Press("/")
		s.Type("put")
		s.Press("enter")
		s.See("1 match")
		aside(s, func() { s.See("Sent 25 B", `{"status":"ACKNOWLEDGED"}`) })
		s.Press("enter")
		s.See("Request ", `"status": "ACKNOWLEDGED"`, `"why": "Acknowledge “Oil pressure above 210 bar”"`)
		s.Press("esc", "esc", "esc") // the message, the document, the filter

		s.Press("/")
		s.Type("oauth")
		s.Press("enter", "enter")
		s.See("password=[redacted]")
		s.Press("end")
		s.See(`"access_token": "[redacted]"`)
		if secret := s.Demo.Users()[0].Password; strings.Contains(s.Screen(), secret) {
			t.Error("the password is on the screen")
		}
		s.Press("esc", "R") // what is not kept is not sent in place of it
		s.See("it sent secrets, which are not kept")
		s.DontSee("Send a request")
	})
}

// What fails is there with its reason, every attempt of it.
func TestStoryOfARequestThatFailed(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices"}, func(s *story.Story) {
		s.See("239 devices")
		s.Demo.SetFaults(demo.Fault{Kind: demo.ServerError, Path: readings, Count: 2})
		s.Press("r")
		s.Open("requests")
		s.Press("/")
		s.Type("500")
		s.Press("enter")
		s.See("2 match")
		aside(s, func() { s.Read("Internal error occurred", "later") })
		s.Press("esc")
		s.Demo.SetFaults(demo.Fault{Kind: demo.Dropped, Path: readings})
		s.Open("devices?type=hv_HydraulicPress")
		s.Open("requests")
		s.See("no answer")
	})
}

// A request is opened by its number, and one that is not there says so.
func TestStoryOfRequestsByNumber(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices"}, func(s *story.Story) {
		s.See("239 devices")
		s.Open("requests/1")
		s.See(`"number": 1`, `"why": "`)
		s.Open("requests/99999")
		s.See("no longer kept, or was never sent")
		s.Open("requests/seven")
		s.See("write requests, or requests/NUMBER")
	})
}

// TestStoryOfARequestByHand: any request, checked before it is sent; what reads opens as a document, what
// writes shows what came back, and one that was sent can be changed and sent again.
func TestStoryOfARequestByHand(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "alarms", Tenant: bare}, func(s *story.Story) {
		s.See("0 alarms")
		s.Press("ctrl+n")
		s.See("Send a request", "to acme.example", "Method", "GET", "Path")
		s.Type("/tenant/op")
		s.See("/tenant/options")
		s.Press("tab", "ctrl+s")
		s.See("/tenant/options", `"options"`)
		s.Press("esc", "ctrl+n", "shift+tab", "right") // POST
		s.See("POST", "Body")
		s.Press("tab")
		s.Type("/inventory/managedObjects")
		s.Press("tab")
		s.Type(`{"name": "by hand",`)
		s.Press("ctrl+s")
		s.See("no JSON from line 1, column 20: it ends too early")
		s.Type(` "c8y_IsDevice": {}}`)
		s.Press("ctrl+s")
		s.See("POST /inventory/managedObjects: 201", "Request ", `"name": "by hand"`)
		if n := len(s.Tenant.Get("/inventory/managedObjects?text=by+hand")["managedObjects"].([]any)); n != 1 {
			t.Errorf("%d objects have the name", n)
		}
		s.Open("requests?filter=POST")
		s.Press("R")
		s.See("POST", "/inventory/managedObjects", "by hand")
		s.Press("ctrl+s")
		s.See("201")
		if n := len(s.Tenant.Get("/inventory/managedObjects?text=by+hand")["managedObjects"].([]any)); n != 2 {
			t.Errorf("%d objects have the name", n)
		}

		s.Press("esc", "ctrl+n")
		s.Type("/tenant/currentTenant")
		s.Press("tab")
		s.Type("Authorization: Basic x")
		s.Press("ctrl+s")
		s.See("Authorization says who you are")
		s.Press("ctrl+u")
		s.Type("X-Shift: night")
		s.Press("enter")
		s.Type("X-Api-Key: k3y-of-the-night")
		s.Press("ctrl+s")
		s.See("GET /tenant/currentTenant: 200", `"X-Shift": "night"`, `"X-Api-Key": "[redacted]"`)
		s.DontSee("k3y")
		s.Open("requests?filter=currentTenant")
		s.Press("home", "R")
		s.See("it sent secrets, which are not kept")
		s.Press("y", "u")
		if curl := s.Clipboard(); !strings.Contains(curl, `-H 'X-Shift: night'`) || !strings.Contains(curl, `-H 'X-Api-Key: '"$C8Y_SECRET"`) {
			t.Errorf("the command is %s", curl)
		}
		s.Press("ctrl+n")
		s.Type("/measurement/measurements")
		s.Press("tab")
		s.Type("Accept: text/csv")
		s.Press("ctrl+s")
		s.See("of text/csv", "save it as a file") // what is no document cannot be shown as one
		s.Press("esc", "y", "ctrl+n")
		s.Type("/tenant/tenants/t47111")
		s.Press("shift+tab", "right", "right", "right", "ctrl+s")
		s.See("Send it to acme.example?", "DELETE /tenant/tenants/t47111")
		s.Press("y")
		s.See("Access is denied", "in the list of requests")
		s.Press("esc", "y")
		s.Open("requests?filter=DELETE")
		s.Press("x")
		s.See("but this is not the management", "it is t4711", "Ask those who run the platform")
	})
}
