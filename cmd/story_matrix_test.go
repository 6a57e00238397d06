package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

// Who may do what: a line for each user, a column for each area, and which role grants it.
func TestStoryOfWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "permissions"}, func(s *story.Story) {
		s.See("users", "OBJECTS", "ALARMS")
		s.Row("admin ").Has("RW")
		s.Row("operator ").Has("R ", "RW")
		s.Row("nobody ").Has("·")
		s.Press("/")
		s.Type("alarms=RW !admin")
		s.Press("enter")
		s.See("operator")
		s.DontSee("reader ")
		s.Press("/", "esc", "/")
		s.Type("restricted")
		s.Press("enter")
		aside(s, func() { s.See("Parts of the inventory") })
	})
}
