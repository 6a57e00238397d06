package cmd

import (
	"strings"
	"testing"

	"c8yx/cmd/config"
	"c8yx/cmd/story"
	"c8yx/theme"
	"c8yx/views"
)

// tellWith is tell with a configuration.
func tellWith(t *testing.T, options story.Options, content string, telling func(*story.Story)) {
	t.Helper()
	c := config.Parse("config.toml", []byte(content))
	options.Start = func(w story.World) (story.Model, error) {
		return newShell(accessTo(w), views.ShellOptions{
			Home: w.Place, Keys: c.Keys, Palette: theme.Standard, Dark: true, Notices: notices(known{Config: c}),
		})
	}
	narrate(t, options, telling)
}

// Keys are what the configuration says: in the footer, in the help, in the palette and under the
// fingers. What cannot be is told, and stays as it was.
func TestStoryOfOtherKeys(t *testing.T) {
	t.Parallel()
	const own = `
[keys]
preset = "vim"
"alarm.acknowledge" = ["ctrl+k", "a"]
"alarm.clear" = []
"view.pause" = ["q"]
`
	tellWith(t, story.Options{Place: "alarms?status=ACTIVE"}, own, func(s *story.Story) {
		s.See("● live", `config.toml:6:1: "q" does both view.pause and program.quit`)
		s.Press("esc")
		s.See("ctrl+k acknowledge")
		s.DontSee("C clear")
		before := activeAlarms(s)
		s.Press("ctrl+k")
		s.See("Acknowledged")
		if after := activeAlarms(s); after != before-1 {
			t.Errorf("%v alarms are active, want one less than %v", after, before)
		}
		s.Press("C") // has lost its key
		if after := activeAlarms(s); after != before-1 {
			t.Errorf("%v alarms are active after a key that does nothing, want %v", after, before-1)
		}
		s.Press(":")
		s.Type("clear")
		s.See("Clear")
		s.Press("esc", "?")
		s.See("Acknowledge")
		if screen := s.Screen(); !strings.Contains(screen, "ctrl+k a") {
			t.Errorf("the help does not show both keys:\n%s", screen)
		}
		s.Press("esc", "p") // still pauses
		s.See("paused")
		s.Press("q") // still quits
		if err := s.End(); err != nil {
			t.Error(err)
		}
	})
}
