package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

var (
	reader   = story.Account{Tenant: "t4711", User: "reader", Password: "demo-Reader.1"}
	operator = story.Account{Tenant: "t4711", User: "operator", Password: "demo-Operator.1"}
	nobody   = story.Account{Tenant: "t4711", User: "nobody", Password: "demo-Nobody.1"}
	keeper   = story.Account{Tenant: "management", User: "admin", Password: "demo-Admin.1"} // of the management tenant
)

// What a user may not do is there, with the permission that it needs.
func TestStoryOfAReader(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "alarms", Account: reader}, func(s *story.Story, _ *watched) {
		s.See("reader", "active")
		s.Press("a")
		s.See("needs ROLE_ALARM_ADMIN")
		s.Press("?")
		s.See("Clear (needs ROLE_ALARM")
		s.Press("esc")
		s.DontSee("Acknowledged 1 alarm")
	})
}

func TestStoryOfAnOperator(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "alarms?status=ACTIVE", Account: operator}, func(s *story.Story, _ *watched) {
		s.See("operator", "active")
		s.Press("a")
		s.See("Acknowledged 1 alarm")
	})
}

// A view that may not be read says which permission is missing, and the palette
// says so before it is opened.
func TestStoryOfSomebodyWhoMayNothing(t *testing.T) {
	t.Parallel()
	for place, permission := range map[string]string{
		"devices":    "ROLE_INVENTORY_READ",
		"alarms":     "ROLE_ALARM_READ",
		"events":     "ROLE_EVENT_READ",
		"operations": "ROLE_DEVICE_CONTROL_READ",
		"tree":       "ROLE_INVENTORY_READ",
	} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			watch(t, story.Options{Place: place, Account: nobody}, func(s *story.Story, _ *watched) {
				s.See("nobody", permission)
				s.Press(":")
				s.Type(place)
				s.See("needs " + permission)
				s.Press("esc", "q")
				if err := s.End(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
