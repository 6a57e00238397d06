package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

// Whatever is typed into the palette can be asked about: the tenant is asked for it as an id, a
// name, a serial number, an external id and so on, and the answers say which it was.
func TestStoryOfWhatIsIt(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices"}, func(s *story.Story) {
		s.See("239 devices")
		id := anyDevice(t, s)
		s.Press(":")
		s.Type(id)
		s.See("What is “" + id + "”?")
		s.Press("enter")
		s.See("What is it? "+id, "device", "id")
		s.Press("enter") // the device itself
		s.See("Overview", "Measurements")
		s.Press("esc", ":")
		s.Type("Presse 1.4")
		s.Press("enter")
		s.Row("▌  device").Has("Presse 1.4", "name")
		s.Press("esc", ":")
		s.Type("c8y_IsDevice")
		s.Press("enter")
		s.Row("fragment").Has("objects")
		s.Press("esc", ":")
		s.Type("operator")
		s.Press("enter")
		s.Row("user").Has("user name")
		s.Press("esc", ":")
		s.Type("no such thing")
		s.Press("enter")
		s.See("Nothing in this tenant is called no such thing")
	})
}
