package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

// A device that waits is accepted with one key, and the tenant knows.
func TestStoryOfAnAcceptedDevice(t *testing.T) {
	t.Parallel()
	for _, size := range sizes {
		tell(t, story.Options{Place: "devicerequests", Width: size.width, Height: size.height}, func(s *story.Story) {
			s.See("pending acceptance")
			s.Press("a")
			s.See("Accepted 1 device request")
		})
	}
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
