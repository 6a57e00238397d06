package story_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/cmd/story"
)

// broken are stories that must fail, and what a reader of the report must find
// in it.
var broken = map[string]struct {
	options story.Options
	tell    func(*story.Story)
	report  []string
}{
	"what is not there": {
		options: inTheDepot,
		tell: func(s *story.Story) {
			s.Press("/")
			s.See("Submarine")
		},
		report: []string{
			`the screen does not show "Submarine"`,
			"start at 60x12", "press /", `see "Submarine"`,
			"|Truck 12",
			"fail_test.go:", // the line of the story, not of the driver
		},
	},
	"what should not be there": {
		options: inTheDepot,
		tell:    func(s *story.Story) { s.DontSee("Truck") },
		report:  []string{`the screen should not show "Truck"`, "|Truck 12"},
	},
	"a row that never says so": {
		options: inTheDepot,
		tell:    func(s *story.Story) { s.Row("Truck 12").Has("on fire") },
		report:  []string{`the row "Truck 12" does not show "on fire"`},
	},
	"a panic": {
		options: inTheDepot,
		tell: func(s *story.Story) {
			s.Press("!")
			s.See("Truck")
		},
		report: []string{"the program's mistake", "fleet_test.go:", "the program panicked", `see "Truck"`},
	},
	"a panic at the end": {
		options: inTheDepot,
		tell:    func(s *story.Story) { s.Press("!") },
		report:  []string{"the program panicked"},
	},
	"a key after the end": {
		options: inTheDepot,
		tell:    func(s *story.Story) { s.Press("q", "x") },
		report:  []string{"cannot press x", "the program has ended"},
	},
	"a program that goes on": {
		options: inTheDepot,
		tell:    func(s *story.Story) { _ = s.End() },
		report:  []string{"the program goes on"},
	},
	"a program that is never idle": {
		options: story.Options{Start: func(story.World) (story.Model, error) { return restless{}, nil }, Tenant: nobody},
		tell:    func(s *story.Story) { s.DontSee("anything") },
		report:  []string{"the program is still busy"},
	},
	"a key that no terminal sends": {
		options: inTheDepot,
		tell:    func(s *story.Story) { s.Press("ctrl+enter") },
		report:  []string{`key "ctrl+enter": not every terminal can send it`},
	},
	"a click without a mouse": {
		options: story.Options{Start: still, Tenant: nobody},
		tell:    func(s *story.Story) { s.Click("moves") },
		report:  []string{"the program has not asked for the mouse"},
	},
}

type restless struct{ motionless }

func (r restless) Update(tea.Msg) (tea.Model, tea.Cmd) { return r, nil }
func (restless) Idle() bool                            { return false }

// storyToBreak names the broken story that a copy of the test binary shall tell.
const storyToBreak = "C8YX_STORY_TO_BREAK"

// TestBrokenStoriesSayWhy tells each broken story in a process of its own, where
// it may fail.
func TestBrokenStoriesSayWhy(t *testing.T) {
	if name := os.Getenv(storyToBreak); name != "" {
		story.Run(t, broken[name].options, broken[name].tell)
		return
	}
	for name, story := range broken {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestBrokenStoriesSayWhy$", "-test.timeout=1m")
			command.Env = append(os.Environ(), storyToBreak+"="+name)
			command.WaitDelay = time.Second
			output, err := command.CombinedOutput()
			if err == nil {
				t.Fatalf("the story did not fail:\n%s", output)
			}
			for _, text := range story.report {
				if !strings.Contains(string(output), text) {
					t.Errorf("the report lacks %q:\n%s", text, output)
				}
			}
		})
	}
}
