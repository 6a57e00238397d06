package cmd

import (
	"fmt"
	"testing"

	"c8yx/cmd/story"
)

// TestStoryOfWhatVanished: whatever is done with a thing that somebody else has deleted meanwhile says so,
// and the list is read again: an action, an edit, a deletion, a job, a document, a page.
func TestStoryOfWhatVanished(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		var rules []string
		for days := range 6 {
			rule := s.Tenant.Post("/retention/retentions", map[string]any{"dataType": "EVENT", "type": fmt.Sprintf("hv_T%d", days), "maximumAge": 100 + days})
			rules = append(rules, rule["id"].(string))
		}
		gone := func(i int) { s.Tenant.Delete("/retention/retentions/" + rules[i]) }
		s.Open("retention?filter=hv_")
		s.See("6 match")
		gone(0)
		s.Press("e")
		s.Read("cannot be edited", "It may have been deleted meanwhile", "5 match")
		gone(1)
		s.Press("D", "y")
		s.See("it is gone", "4 match")
		gone(2)
		s.Press("i")
		s.Read("It may have been deleted meanwhile")
		s.Press("[")
		s.See("3 match")
		gone(3)
		s.Press("*", "D")
		s.Type("delete 3")
		s.Press("enter")
		s.See("Deleted 2 retention rules", "it is gone")
		s.DontSee("hv_T")

		s.Tenant.Post("/user/t4711/users", map[string]any{"userName": "w.left", "email": "w.left@acme.example", "password": "Passw0rd!of.w.left"})
		s.Open("users?filter=w.left")
		s.See("▌  w.left")
		s.Tenant.Delete("/user/t4711/users/w.left")
		s.Press("E")
		s.See("it is gone", "None of ")

		id, path := pump(s)
		s.Open("tree")
		s.See("Devices without a group")
		s.Press("end", "space", "down")
		s.See("▌", "Pump 7")
		s.Press("Z")
		s.See("Audit", id)
		s.Press("[", "p")
		s.Tenant.Delete(path)
		s.Press("e")
		s.Read("It may have been deleted meanwhile")
		s.See("This tenant has no groups and no devices yet")

		id, path = pump(s)
		s.Open("device/" + id)
		s.See("Pump 7", "hv_Pump")
		s.Tenant.Delete(path)
		s.See("Pump 7  deleted")
		for _, key := range []string{"e", "D", "o"} {
			s.Press(key)
			s.See("it was deleted")
		}
	})
}
