package cmd

import (
	"testing"
	"time"

	"c8yx/cmd/story"
)

// A tenant ends the session behind the user's back: the list goes on, live, and
// the user is not asked for anything, because the password is at hand.
func TestStoryOfAnEndedSession(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices"}, func(s *story.Story) {
		s.See("239 devices", "● live")
		s.Demo.EndSessions("admin")
		s.CutNetwork()
		s.See("not live since")
		s.Wait(time.Minute)
		s.MendNetwork()
		s.Press("r")
		s.See("● live")
		s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "A new pump", "c8y_IsDevice": map[string]any{}})
		s.See("240 devices")
	})
}
