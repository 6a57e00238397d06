package cmd

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
	"c8yx/demo"
	"c8yx/keys"
	"c8yx/session"
	"c8yx/views"
	"c8yx/views/tenant"
)

// The walk in every test run is short. For a long one, with other seeds:
//
//	C8YX_WALKS=50 go test ./cmd -run RandomWalks -timeout 1h
//
// and to repeat one that failed, C8YX_SEED with the number that it printed.
const (
	walksVariable = "C8YX_WALKS"
	seedVariable  = "C8YX_SEED"
	stepsOfAWalk  = 8 // at each of its places

	togetherInAWalk = 8 // places, of one tenant: to make it takes the longest
)

// TestRandomWalks presses random keys everywhere, in a tenant with misleading
// names in which every now and then something goes wrong. Whatever happens: no
// panic, every frame fits, the program comes to rest, and esc and q lead out.
func TestRandomWalks(t *testing.T) {
	t.Parallel()
	walks, _ := strconv.Atoi(os.Getenv(walksVariable))
	first, err := strconv.ParseUint(os.Getenv(seedVariable), 10, 64)
	if err != nil {
		first = 1
	}
	for walk := range max(1, walks) {
		for i, places := range slices.Collect(slices.Chunk(placesToWalk(t), togetherInAWalk)) {
			seed := first + uint64(walk)*1000
			t.Run(fmt.Sprintf("%s to %s/seed %d", places[0], places[len(places)-1], seed), func(t *testing.T) {
				t.Parallel()
				walkAt(t, places, rand.New(rand.NewPCG(seed, uint64(i))))
			})
		}
	}
}

// placesToWalk returns a place of every view that can be opened. DEVICE stands
// for the id of a device.
func placesToWalk(t *testing.T) []string {
	t.Helper()
	client, err := c8yclient.New("https://localhost")
	if err != nil {
		t.Fatal(err)
	}
	var places []string
	for _, e := range views.NewExplorer(tenant.New(client, session.Profile{})).Entries() {
		form, _, _ := strings.Cut(e.Form, "?")
		switch name, path, _ := strings.Cut(form, "/"); {
		case path == "" || !e.NeedsPath():
			places = append(places, name)
		case path == "PATH/IN/THE/API":
			places = append(places, name+"/inventory/managedObjects/DEVICE")
		default: // "DEVICE", "ID/TAB"
			places = append(places, name+"/DEVICE")
		}
	}
	return places
}

// walker presses keys at random.
type walker struct {
	t      *testing.T
	story  *story.Story
	watch  *watched
	random *rand.Rand
	keys   []string
	cut    bool // the network
}

func walkAt(t *testing.T, places []string, random *rand.Rand) {
	t.Helper()
	options := story.Options{Place: "alarms", Patience: 5 * time.Minute}
	options.Tenant = story.Demo(demo.Options{Devices: 60, Past: time.Hour, Life: true})
	watch(t, options, func(s *story.Story, program *watched) {
		device := hostileCompany(s, 300)
		w := &walker{t: t, story: s, watch: program, random: random, keys: everyKey()}
		for i, place := range places {
			if i > 0 {
				w.home()
			}
			s.Open(strings.ReplaceAll(place, "DEVICE", device))
			for range stepsOfAWalk {
				w.step()
				s.Screen() // fails unless the program comes to rest
				if err := program.wrongFrame(); err != nil {
					return // watch reports it, with what led there
				}
			}
		}
		w.leave()
	})
}

// step does one thing, mostly pressing a key.
func (w *walker) step() {
	switch n := w.random.IntN(100); {
	case n < 70:
		w.story.Press(w.keys[w.random.IntN(len(w.keys))])
	case n < 76:
		w.story.Paste(hostileNames[w.random.IntN(len(hostileNames))])
	case n < 86:
		w.mouse()
	case n < 91:
		w.story.Resize(1+w.random.IntN(160), 1+w.random.IntN(50))
	case n < 94:
		w.story.Resize(120, 40)
	case n < 96:
		w.story.Wait(time.Duration(w.random.IntN(90)) * time.Second)
	default:
		w.fault()
	}
}

// mouse clicks or scrolls somewhere, asked for or not.
func (w *walker) mouse() {
	at := tea.Mouse{X: w.random.IntN(130), Y: w.random.IntN(45), Button: tea.MouseLeft}
	switch w.random.IntN(4) {
	case 0:
		at.Button = tea.MouseWheelDown
		w.watch.send(tea.MouseWheelMsg(at))
	case 1:
		at.Button = tea.MouseWheelUp
		w.watch.send(tea.MouseWheelMsg(at))
	default:
		w.watch.send(tea.MouseClickMsg(at))
		w.watch.send(tea.MouseReleaseMsg(at))
	}
}

// fault lets something go wrong from now on, or no more.
func (w *walker) fault() {
	switch w.random.IntN(5) {
	case 0:
		w.story.Demo.EndSessions(w.story.Demo.Users()[0].Name)
	case 1:
		w.cut = true
		w.story.CutNetwork()
	case 2:
		w.mend()
	default:
		kinds := []demo.FaultKind{demo.TooManyRequests, demo.ServerError, demo.Unavailable, demo.Slow, demo.CutOff, demo.Dropped, demo.KillSession}
		w.story.Demo.SetFaults(demo.Fault{Kind: kinds[w.random.IntN(len(kinds))], Rate: 0.5})
	}
}

func (w *walker) mend() {
	w.story.Demo.SetFaults()
	if w.cut {
		w.story.MendNetwork()
	}
	w.cut = false
}

// leave gets out: q ends the program.
func (w *walker) leave() {
	w.home()
	w.story.Press("q")
	if err := w.story.End(); err != nil {
		w.t.Errorf("the program ended with %v", err)
	}
}

// home goes back to where the program began: whatever is open, esc closes it sooner or later.
func (w *walker) home() {
	w.mend()
	w.story.Resize(120, 40)
	for pressed, still, before := 0, 0, ""; pressed < 30 && still < 3; pressed++ {
		w.story.Press("esc")
		after := w.story.Screen()
		if strings.Contains(after, "Throw away what you have entered?") {
			w.story.Press("y")
		}
		if still++; after != before {
			still = 0
		}
		before = after
	}
}

// everyKey returns all keys that do something somewhere, and some that don't.
// Those that end the program are left out, or walks would be short, and the one
// that suspends it: that would be the test's own process.
func everyKey() []string {
	pressed := []string{"x", "7", "ü", "機", "backspace", "delete", "tab", "shift+tab", "ctrl+a", "ctrl+w", "alt+b", "f1", "f12", "esc", "enter", "space"}
	for _, a := range keys.All() {
		switch a.ID {
		case keys.Quit.ID, keys.Interrupt.ID, keys.Suspend.ID:
		default:
			pressed = append(pressed, a.Keys...)
		}
	}
	slices.SortFunc(pressed, cmp.Compare[string])
	return slices.Compact(pressed)
}
