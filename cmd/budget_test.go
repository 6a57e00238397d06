package cmd

import (
	"bytes"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/views"
)

// The benchmarks of the files budget_*_test.go back what we say about the speed
// and the size of the whole program. Each measures what it is compared with in
// the same run, since machines differ and are busy with other things:
//
//	go test ./cmd -run '^$' -bench Budget
//
// What a single widget costs is measured beside the widget.

// benchWidth and benchHeight are the size of the terminal of all of them.
const benchWidth, benchHeight = 200, 50

// benchTenant serves a demo tenant on loopback.
func benchTenant(b *testing.B, options demo.Options) (*demo.Tenant, access) {
	b.Helper()
	tenant, err := demo.New(options)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(tenant.Close)
	tenant.Start(b.Context())
	server := httptest.NewServer(tenant)
	b.Cleanup(func() {
		_ = server.Listener.Close()
		server.CloseClientConnections()
	})
	admin := tenant.Users()[0]
	return tenant, access{
		profile:   session.Profile{Address: server.URL, Tenant: admin.Tenant, User: admin.Name, Password: c8yclient.Secret(admin.Password)},
		transport: http.DefaultTransport.(*http.Transport).Clone(),
	}
}

func benchShell(b *testing.B, a access, place string) *ui.Shell {
	b.Helper()
	shell, err := newShell(a, views.ShellOptions{Home: place, Palette: theme.Standard, Dark: true, FixedTheme: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(shell.Close)
	return shell
}

// desk runs a shell without Bubble Tea, so that a single message can be timed.
type desk struct {
	b     *testing.B
	shell *ui.Shell
	inbox chan tea.Msg
	quit  chan struct{}

	slowest time.Duration // of the messages delivered, each with the frame after it
}

func newDesk(b *testing.B, a access, place string) *desk {
	b.Helper()
	d := &desk{b: b, shell: benchShell(b, a, place), inbox: make(chan tea.Msg), quit: make(chan struct{})}
	b.Cleanup(func() { close(d.quit) })
	d.shell.Attach(func(msg tea.Msg) {
		select {
		case d.inbox <- msg:
		case <-d.quit:
		}
	})
	d.shell.Update(tea.WindowSizeMsg{Width: benchWidth, Height: benchHeight})
	return d
}

// settle delivers messages until nothing is under way.
func (d *desk) settle() {
	for !d.shell.Idle() {
		d.deliver()
	}
}

// deliver delivers the next message, if one comes at once.
func (d *desk) deliver() {
	select {
	case msg := <-d.inbox:
		began := time.Now()
		d.shell.Update(msg)
		_ = d.shell.View()
		d.slowest = max(d.slowest, time.Since(began))
	case <-time.After(time.Millisecond):
	}
}

// press gives the shell keys as a terminal would.
func (d *desk) press(keys ...tea.KeyPressMsg) {
	for _, key := range keys {
		d.shell.Update(key)
	}
}

// frame presses a key and returns how long that and the frame after it take.
func (d *desk) frame(key tea.KeyPressMsg) time.Duration {
	began := time.Now()
	d.shell.Update(key)
	_ = d.shell.View()
	return time.Since(began)
}

// await delivers messages until the frame contains the text.
func (d *desk) await(text string) {
	d.b.Helper()
	for deadline := time.Now().Add(10 * time.Second); !d.shows(text); d.deliver() {
		if time.Now().After(deadline) {
			d.b.Fatalf("it does not show %q:\n%s", text, plain(d.shell.View().Content))
		}
	}
}

// letter is the key of a letter.
func letter(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Text: string(r)} }

// shows reports whether the frame contains the text.
func (d *desk) shows(text string) bool {
	return strings.Contains(ansi.Strip(d.shell.View().Content), text)
}

// screen is the far end of a running program: it takes what the program writes
// and notes when.
type screen struct {
	program *tea.Program
	keys    *io.PipeWriter

	mu      sync.Mutex
	written int64
	writes  int
	last    []byte         // of the writes, the last ones
	moments chan time.Time // the time of a write, if nobody has taken the last
}

// run runs a model on a screen until the benchmark ends.
func run(b *testing.B, model tea.Model) *screen {
	b.Helper()
	input, keys := io.Pipe()
	s := &screen{keys: keys, moments: make(chan time.Time, 1)}
	s.program = tea.NewProgram(model, tea.WithInput(input), tea.WithOutput(s), tea.WithWindowSize(benchWidth, benchHeight),
		tea.WithoutSignalHandler(), tea.WithColorProfile(colorprofile.TrueColor),
		tea.WithEnvironment([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}))
	if shell, ok := model.(*ui.Shell); ok {
		shell.Attach(s.program.Send)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = s.program.Run()
	}()
	b.Cleanup(func() {
		_ = keys.Close()
		s.program.Kill()
		<-ended
	})
	return s
}

// Write takes what the program writes.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written += int64(len(p))
	s.writes++
	s.last = append(s.last[max(0, len(s.last)-keptBytes):], p...)
	select {
	case s.moments <- time.Now():
	default:
	}
	return len(p), nil
}

// keptBytes is how much a screen remembers.
const keptBytes = 64 << 10

// has reports whether the text was written lately, in one piece.
func (s *screen) has(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Contains(s.last, []byte(text))
}

// count returns how much has been written, and in how many pieces.
func (s *screen) count() (written int64, writes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written, s.writes
}

// press sends a key and returns how long it takes until something is written.
func (s *screen) press(key string) time.Duration {
	select {
	case <-s.moments:
	default:
	}
	began := time.Now()
	_, _ = io.WriteString(s.keys, key)
	return (<-s.moments).Sub(began)
}

// empty is the smallest Bubble Tea program that shows a key, to compare with.
type empty struct {
	pressed int
	views   int
}

// Init does nothing.
func (e *empty) Init() tea.Cmd { return nil }

// Update counts keys.
func (e *empty) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		e.pressed++
	}
	return e, nil
}

// View shows something else after every key.
func (e *empty) View() tea.View {
	e.views++
	v := tea.NewView(strings.Repeat("x", 1+e.pressed%7))
	v.AltScreen = true
	return v
}

// samples are durations of the same thing, many times.
type samples []time.Duration

// quantile returns what that share of the samples stays below, in milliseconds.
func (s samples) quantile(share float64) float64 {
	if len(s) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(s))
	return float64(sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]) / float64(time.Millisecond)
}
