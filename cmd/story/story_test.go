package story_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/cmd/story"
	"c8yx/demo"
)

var inTheDepot = story.Options{Start: newFleet, Tenant: depot, Width: 60, Height: 12}

func TestAStoryWalksThroughTheProgram(t *testing.T) {
	t.Parallel()
	story.Run(t, inTheDepot, func(s *story.Story) {
		s.See("4 devices", "Press 07", "Truck 12")
		s.Press("/")
		s.Type("press")
		s.Press("enter")
		s.See("2 devices")
		s.DontSee("Truck")
		s.Press("y")
		if got := s.Clipboard(); got != "Press 07" {
			t.Errorf("copied %q", got)
		}
		s.Press("/", "x", "esc", "/", "7") // an esc and a slash, not alt+/
		s.See("filter=7", "1 devices")
		s.Press("esc")
		s.See("4 devices")
		if got := s.Title(); got != "fleet" {
			t.Errorf("the title is %q", got)
		}
		s.Press("q")
		if err := s.End(); err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
}

func TestTheTenantCanBeSeenAndChangedFromOutside(t *testing.T) {
	t.Parallel()
	story.Run(t, inTheDepot, func(s *story.Story) {
		s.See("4 devices")
		s.Tenant.Post("/devices", map[string]any{"name": "Crane 1"})
		s.DontSee("Crane 1")
		s.Press("r")
		s.See("Crane 1")
		if status, _ := s.Tenant.Do("GET", "/nowhere", nil); status != 404 {
			t.Errorf("GET /nowhere answers %d", status)
		}
	})
}

func TestTimePassesWithoutBeingWaitedFor(t *testing.T) {
	t.Parallel()
	options := inTheDepot
	options.Now = time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)
	story.Run(t, options, func(s *story.Story) {
		began := time.Now()
		if wait := began.Sub(options.Now); wait < 0 || wait > 5*time.Second {
			t.Errorf("the story begins at %v", began)
		}
		s.Wait(10 * time.Minute)
		s.Row("devices").Has("up 60").Lacks("up 0s")
		s.See("up 605s") // not yet: it comes in a few seconds
	})
}

func TestTheMouseFindsWhatIsOnTheScreen(t *testing.T) {
	t.Parallel()
	const bold = 1
	story.Run(t, inTheDepot, func(s *story.Story) {
		if s.CellOf("Truck 12").Style.Attrs&bold != 0 {
			t.Error("a device is chosen from the start")
		}
		s.Click("ck 12")
		if s.CellOf("Truck 12").Style.Attrs&bold == 0 {
			t.Error("the click has not chosen the device")
		}
		s.Click("庫 3")
		if s.Cell(0, 4).Content != "冷" || s.Cell(1, 4).Content != "" || s.Cell(0, 4).Style.Attrs&bold == 0 {
			t.Errorf("wide characters: %+v %+v", s.Cell(0, 4), s.Cell(1, 4))
		}
	})
}

func TestTheTerminalIsTheUsers(t *testing.T) {
	t.Parallel()
	options := inTheDepot
	options.Light = true
	story.Run(t, options, func(s *story.Story) {
		s.See("light=true")
		s.Paste("truck")
		s.See("1 devices", "filter=truck")
		s.Resize(30, 5)
		if lines := strings.Split(s.Screen(), "\n"); len(lines) != 5 || !strings.HasPrefix(lines[1], "Truck 12") {
			t.Errorf("after the resize:\n%s", s.Screen())
		}
	})
}

func TestANetworkCanBreak(t *testing.T) {
	t.Parallel()
	story.Run(t, inTheDepot, func(s *story.Story) {
		s.See("4 devices")
		s.CutNetwork()
		s.Press("r")
		s.See("no answer")
		s.MendNetwork()
		s.Press("r")
		s.SeeNoMore("no answer")
		s.See("4 devices")
	})
}

func TestNothingIsWrittenWhenNothingChanges(t *testing.T) {
	t.Parallel()
	story.Run(t, story.Options{Start: still, Tenant: nobody}, func(s *story.Story) {
		s.See("nothing moves")
		before := s.Written()
		s.Wait(time.Hour)
		if after := s.Written(); after != before {
			t.Errorf("%d bytes were written in an hour", after-before)
		}
	})
}

// still starts a program that never changes and has none of the optional methods.
func still(story.World) (story.Model, error) { return motionless{}, nil }

type motionless struct{}

func (motionless) Init() tea.Cmd                         { return nil }
func (m motionless) Update(tea.Msg) (tea.Model, tea.Cmd) { return m, nil }
func (motionless) View() tea.View                        { return tea.NewView("nothing moves") }
func (motionless) Idle() bool                            { return true }

// nobody is a tenant that knows nothing.
func nobody(context.Context) (http.Handler, error) { return http.NotFoundHandler(), nil }

func TestTheDemoTenantLivesOnTheFakeClock(t *testing.T) {
	t.Parallel()
	options := story.Options{Start: still, Tenant: story.Demo(demo.Options{Devices: 60, Life: true})}
	story.Run(t, options, func(s *story.Story) {
		now := time.Now().UTC().Format(time.RFC3339)
		path := "/measurement/measurements?withTotalElements=true&pageSize=1&dateFrom=" + now
		count := func() float64 {
			statistics, _ := s.Tenant.Get(path)["statistics"].(map[string]any)
			total, _ := statistics["totalElements"].(float64)
			return total
		}
		before := count()
		s.Wait(10 * time.Minute)
		if after := count(); after <= before {
			t.Errorf("%v measurements, and %v ten minutes later", before, after)
		}
		s.Demo.SetFaults(demo.Fault{Kind: demo.Unavailable})
		if status, _ := s.Tenant.Do(http.MethodGet, path, nil); status != http.StatusServiceUnavailable {
			t.Errorf("out of order, the tenant answers %d", status)
		}
	})
}
