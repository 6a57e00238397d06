package cmd

import (
	"strings"
	"testing"

	"c8yx/cmd/story"
	"c8yx/demo"
	"c8yx/keys"
)

// Every action is offered somewhere: there the help lists it and, but for what moves a cursor, the palette
// does. What is offered where no tenant is open has its own stories. What writes is shown by a story.
func TestStoryOfEveryAction(t *testing.T) {
	t.Parallel()
	// As large as it needs to be to read each help on one page: there are a hundred of them.
	tell(t, story.Options{Place: "overview", Width: 180, Height: 150, Tenant: story.Demo(demo.Options{Devices: 40, Past: 1})}, func(s *story.Story) {
		missing := map[keys.ID]keys.Action{}
		for _, a := range keys.All() {
			if a.Context != keys.Door {
				missing[a.ID] = a
			}
		}
		places := placesToWalk(t)
		var helps []string
		for i := range places {
			s.Open(strings.ReplaceAll(places[i], "DEVICE", "1007"))
			s.Press("?")
			help := s.Screen()
			for s.Press("pgdown"); s.Screen() != help[strings.LastIndex(help, "\f")+1:]; s.Press("pgdown") {
				help += "\f" + s.Screen()
			}
			s.Press("esc")
			helps = append(helps, help)
			for id, a := range missing {
				if strings.Contains(help, a.Title) {
					delete(missing, id)
				}
			}
		}
		checkWrites(t, helps)
		for id, a := range missing {
			t.Errorf("%s, %q in %s, is offered nowhere", id, a.Title, a.Context)
		}
	})
	for _, a := range keys.All() {
		if len(a.Keys) == 0 {
			t.Errorf("%s has no key", a.ID)
		}
	}
}
