package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

// A document is looked at through jq while the program is typed; what is half typed keeps what
// was shown.
func TestStoryOfADocumentThroughJQ(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices?filter=Presse+1.4"}, func(s *story.Story) {
		s.See("Presse 1.4")
		s.Press("i")
		s.See("c8y_IsDevice")
		s.Press("down", "down", "down", "down", "down", "down", "down", "down")
		s.See("it is a device and stands in the lists of devices")
		s.Press("|")
		s.Type(".c8y_Hardware | keys")
		s.See("serialNumber", "filtered by jq")
		s.DontSee("c8y_IsDevice")
		s.Type(" | [")
		s.See("serialNumber", "not complete")
		s.Press("enter", "esc")
		s.See("c8y_SupportedOperations")
		s.Press("esc")
		s.See("1 match")
	})
}

// From an object to its siblings and parents, and to whatever else it names.
func TestStoryOfARelativeOfAnObject(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices?filter=Presse+1.4"}, func(s *story.Story) {
		s.See("Presse 1.4")
		s.Press("i")
		s.See("c8y_IsDevice")
		s.Press("J")
		s.DontSee(`"Presse 1.4"`)
		s.Press("K")
		s.See(`"Presse 1.4"`)
		s.Press("^")
		s.See("com_cumulocity_model_Agent")
		s.Press("/")
		s.Type("owner")
		s.Press("enter", "o")
		s.See("JSON user/t4711/users/device_")
	})
}
