package cmd

import (
	"testing"
	"time"

	"c8yx/cmd/story"
)

// The log of a microservice follows what it writes.
func TestStoryOfAMicroserviceLog(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "applications?filter=energy"}, func(s *story.Story) {
		s.See("energy-report")
		s.Press("L")
		s.See("Logs of energy-report", "INFO")
		before := s.Row("▌").Text()
		s.Wait(2 * time.Minute)
		if after := s.Row("▌").Text(); after == before {
			t.Errorf("the newest line is still %q", after)
		}
	})
}
