package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

// A device that waits is accepted with one key, and the tenant knows; another is announced.
func TestStoryOfAnAcceptedDevice(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devicerequests"}, func(s *story.Story) {
		s.See("pending acceptance")
		s.Press("a")
		s.See("Accepted 1 device request")
		s.Press("n")
		s.Type("SN-4")
		s.Press("enter", "tab")
		s.Type("hall")
		s.Press("ctrl+s")
		s.See("an id has only digits")
		yard := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Yard", "type": "c8y_DeviceGroup", "c8y_IsDeviceGroup": map[string]any{}})["id"].(string)
		s.Press("ctrl+u")
		s.Type(yard)
		s.Press("ctrl+s")
		s.See("Created the device request SN-4")
		if r := s.Tenant.Get("/devicecontrol/newDeviceRequests/SN-4"); r["status"] != "WAITING_FOR_CONNECTION" {
			t.Errorf("the tenant has %v", r)
		}

		// One that has a token is not accepted without it; what can be done is said.
		s.Tenant.As(story.Account{Tenant: "management", User: "devicebootstrap", Password: "demo-Bootstrap.1"}).
			Do("POST", "/devicecontrol/deviceCredentials", map[string]any{"id": "SN-4", "securityToken": "T-1"})
		s.Press("r", "/")
		s.Type("SN-4")
		s.Press("enter")
		s.Row("▌").Has("SN-4", "pending acceptance")
		aside(s, func() { s.See("announced by", "Yard") })
		s.Press("a")
		s.See("token does not match", "If it")
		s.Press("A")
		s.Type("T-2")
		s.Press("enter")
		s.See("Look at the")
		s.Press("A")
		s.Type("T-1")
		s.Press("enter")
		s.Row("▌").Has("SN-4", "accepted")
	})
}

// The second factor of a user who lost the phone is revoked after a question.
func TestStoryOfAUserWithoutAPhone(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "users?filter=totp"}, func(s *story.Story) {
		s.See("totp")
		s.Press("E")
		s.See("Changed 1 user", "disabled")
		s.Press("u")
		s.See("Take back")
	})
}

// What users name themselves may hold slashes and blanks: it is inspected and deleted all the same.
func TestStoryOfADeviceWithASlash(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devicerequests?filter=spare"}, func(s *story.Story) {
		s.See("spare/gateway 7")
		s.Press("i")
		s.See(`"spare/gateway 7"`)
		s.Press("esc", "D")
		s.See("Delete spare/gateway 7 from", "The device itself", "Cancel")
		s.Press("y")
		s.See("Deleted 1 device request")
		s.DontSee("waiting for connection  spare")
	})
}
