package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

// A place is kept under a name and found again by it in the palette.
func TestStoryOfABookmark(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "alarms?severity=CRITICAL,MAJOR"}, func(s *story.Story) {
		s.See("Alarms", "active")
		s.Press("b")
		s.See("Bookmark", "alarms?severity=CRITICAL,MAJOR")
		for range len("Alarms") {
			s.Press("backspace")
		}
		s.Type("The bad ones")
		s.Press("enter", "enter")
		s.See("Kept.")
		s.Open("devices")
		s.See("239 devices")
		s.Press("b", "ctrl+u")
		s.Type("the bad ones")
		s.Press("enter", "enter")
		s.See("alarms?severity=CRITICAL,MAJOR is kept under this name")
		s.Press("ctrl+u")
		s.Type("Machines")
		s.Press("ctrl+s")
		s.See("Kept.")
		s.Press(":")
		s.Type("the bad")
		s.See("bookmark")
		s.Press("enter")
		s.See("asked of the tenant: severity=CRITICAL,MAJOR")
		s.Press("b")
		s.See("Remove the bookmark The bad ones?")
		s.Press("y", ":")
		s.Type("the bad")
		s.DontSee("bookmark  ")
	})
}
