package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

// The terminal says what its background is, and the colours follow.
func TestStoryOfLightAndDark(t *testing.T) {
	t.Parallel()
	colour := func(light bool) (seen string) {
		tell(t, story.Options{Place: "devices", Light: light}, func(s *story.Story) {
			s.See("239 devices", "available")
			r, g, b, _ := s.CellOf("available").Style.Fg.RGBA()
			lightness := (r + g + b) / 3 >> 8
			seen = "dark"
			if lightness > 110 {
				seen = "bright"
			}
		})
		return seen
	}
	if on := colour(false); on != "bright" {
		t.Errorf("on a black background the text is %s", on)
	}
	if on := colour(true); on != "dark" {
		t.Errorf("on a white background the text is %s", on)
	}
}

// A mouse does what a mouse is expected to do.
func TestStoryOfAMouse(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices"}, func(s *story.Story) {
		s.See("239 devices", "by name ↑")
		s.Click("Bomba 2")
		s.Row("▌").Has("Bomba 2")
		s.Click("STATUS")
		s.See("by status ↑")
		s.Click("STATUS")
		s.See("by status ↓")
		s.Row("▌").Has("Bomba 2") // the cursor stays on its device
		s.Wheel("STATUS", 30)
		s.SeeNoMore("unavailable")
		s.Click("NAME")
		s.See("by name ↑")
	})
}
