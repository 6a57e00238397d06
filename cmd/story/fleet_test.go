package story_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"c8yx/cmd/story"
)

// fleet is a program small enough to read at a glance: it lists the devices of a
// tenant, filters them, marks one and counts the seconds it has run.
type fleet struct {
	world   story.World
	ctx     context.Context
	close   context.CancelFunc
	send    func(tea.Msg)
	busy    atomic.Int64
	devices []string
	failed  error
	filter  string
	typing  bool
	chosen  int
	light   bool
	seconds int
	height  int
}

func newFleet(world story.World) (story.Model, error) {
	f := &fleet{world: world, height: world.Height, chosen: -1}
	f.ctx, f.close = context.WithCancel(context.Background())
	return f, nil
}

func (f *fleet) Attach(send func(tea.Msg)) { f.send = send }
func (f *fleet) Idle() bool                { return f.busy.Load() == 0 }
func (f *fleet) Close()                    { f.close() }

type (
	loaded struct {
		names []string
		err   error
	}
	second struct{}
)

func (f *fleet) Init() tea.Cmd {
	f.load()
	go func() { // a live feed: lasts as long as the program and is not under way
		for ticker := time.NewTicker(time.Second); ; {
			select {
			case <-ticker.C:
				f.send(second{})
			case <-f.ctx.Done():
				return
			}
		}
	}()
	return tea.RequestBackgroundColor
}

// load asks the tenant for its devices. It is under way until the answer has
// been applied.
func (f *fleet) load() {
	f.busy.Add(1)
	go func() { f.send(f.fetch()) }()
}

func (f *fleet) fetch() loaded {
	client := http.Client{Transport: f.world.Transport}
	request, err := http.NewRequestWithContext(f.ctx, http.MethodGet, f.world.BaseURL+"/devices", nil)
	if err != nil {
		return loaded{err: err}
	}
	response, err := client.Do(request)
	if err != nil {
		return loaded{err: err}
	}
	defer response.Body.Close()
	var answer struct{ Devices []string }
	err = json.NewDecoder(response.Body).Decode(&answer)
	return loaded{names: answer.Devices, err: err}
}

func (f *fleet) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case loaded:
		f.devices, f.failed = msg.names, msg.err
		f.busy.Add(-1)
	case second:
		f.seconds++
	case tea.WindowSizeMsg:
		f.height = msg.Height
	case tea.BackgroundColorMsg:
		f.light = !msg.IsDark()
	case tea.MouseClickMsg:
		f.chosen = msg.Y - 1
	case tea.PasteMsg:
		f.filter = msg.Content
	case tea.KeyPressMsg:
		return f, f.press(msg)
	}
	return f, nil
}

func (f *fleet) press(key tea.KeyPressMsg) tea.Cmd {
	switch name := key.String(); {
	case name == "esc":
		f.typing, f.filter = false, ""
	case name == "enter":
		f.typing = false
	case f.typing:
		f.filter += key.Text
	case name == "/":
		f.typing = true
	case name == "r":
		f.load()
	case name == "y":
		return tea.SetClipboard(f.shown()[0])
	case name == "!":
		panic("the program's mistake")
	case name == "q":
		return tea.Quit
	}
	return nil
}

func (f *fleet) shown() []string {
	var shown []string
	for _, name := range f.devices {
		if strings.Contains(strings.ToLower(name), f.filter) {
			shown = append(shown, name)
		}
	}
	return shown
}

func (f *fleet) View() tea.View {
	var text strings.Builder
	fmt.Fprintf(&text, "%d devices  up %ds  light=%t  filter=%s\n", len(f.shown()), f.seconds, f.light, f.filter)
	for i, name := range f.shown() {
		style := lipgloss.NewStyle()
		if i == f.chosen {
			style = style.Bold(true).Reverse(true)
		}
		fmt.Fprintf(&text, "%s\n", style.Render(name))
	}
	if f.failed != nil {
		text.WriteString("no answer")
	}
	view := tea.NewView(text.String())
	view.AltScreen = true
	view.MouseMode = tea.MouseModeCellMotion
	view.WindowTitle = "fleet"
	return view
}

// depot is a tenant with a list of devices that takes a second to answer, and
// takes new ones.
func depot(context.Context) (http.Handler, error) {
	devices := []string{"Press 07", "Press 08", "Truck 12", "冷蔵庫 3"}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /devices", func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(time.Second)
		_ = json.NewEncoder(w).Encode(map[string]any{"devices": devices})
	})
	mux.HandleFunc("POST /devices", func(w http.ResponseWriter, r *http.Request) {
		var device struct{ Name string }
		_ = json.NewDecoder(r.Body).Decode(&device)
		devices = append(devices, device.Name)
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(map[string]any{"name": device.Name})
	})
	return mux, nil
}
