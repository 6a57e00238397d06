package story

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"c8yx/cmd/story/terminal"
	"c8yx/demo"
)

// Model is a program that a story can walk through. [c8yx/ui.Shell] is one.
//
// If it has a method Attach(func(tea.Msg)), that gets the running program's Send
// before the first frame; if it has a method Close(), that is called when the
// program has ended.
type Model interface {
	tea.Model
	// Idle reports whether nothing is under way: no request unanswered, no work
	// unfinished, nothing that waits for its turn on the update loop. It must be
	// safe to call from any goroutine. What waits for the clock alone, such as a
	// live subscription or a toast that will fade, is not under way.
	Idle() bool
}

// World is what the program under test finds around it.
type World struct {
	// BaseURL is the tenant's address, without a slash at the end.
	BaseURL string
	// Transport is the only way to the tenant; the address cannot be dialed.
	Transport http.RoundTripper
	// Account may sign in: [Options.Account].
	Account Account
	// Place is where to begin: [Options.Place].
	Place string
	// Width and Height are the size of the terminal in cells.
	Width, Height int
	// Folder is the story's own, for files that the program saves. It is removed afterwards.
	Folder string
}

// Options say how a story begins. Start must be given; everything else has a
// default.
type Options struct {
	// Start makes the program. It is called inside the bubble, after the tenant
	// has started to answer.
	Start func(World) (Model, error)
	// Tenant makes the tenant. It too is called inside the bubble, so that
	// whatever it starts runs on the fake clock. That has to end with ctx, or with
	// the handler's Close() if it has such a method. The default is [Demo] with its
	// defaults: a company of some 240 devices that stands still.
	Tenant func(ctx context.Context) (http.Handler, error)
	// Account is who signs in, the program and [Story.Tenant] alike. With a demo
	// tenant it is its administrator if nobody is named here.
	Account Account

	// Place is the place to begin at, "" for the program's own choice.
	Place string
	// Width and Height are the size of the terminal in cells: 120 by 40, or what
	// the environment says in C8YX_SCREEN. A story that works on one size only
	// names it.
	Width, Height int
	// Light gives the terminal a white background. The default is black.
	Light bool
	// Profile is the terminal's range of colours: colorprofile.TrueColor.
	Profile colorprofile.Profile
	// Environment is added to the little that the program sees: TERM and
	// COLORTERM. "NO_COLOR=1" is an example.
	Environment []string
	// Now is the time at which the story begins: a Monday morning in March 2026,
	// 09:00 UTC. It cannot be before the year 2000.
	Now time.Time
	// Patience is how much fake time [Story.See] and its kin give the program: 30
	// seconds.
	Patience time.Duration
}

// address is where the story's tenant lives.
const address = "http://acme.example"

// frame is longer than the time between two frames of Bubble Tea's renderer, so
// that what is drawn is on the screen one frame later.
const frame = 20 * time.Millisecond

// Story is a walk through the program. Its methods are the words in which a
// story is told. They belong to the story's own goroutine; each that cannot do
// what it says ends the story and prints the screen and what went before.
type Story struct {
	// Tenant is the tenant that the program talks to, seen from outside: to check
	// what the program did to it and to make things happen.
	Tenant *Tenant
	// Demo is the tenant itself if it is a demo tenant, to let it go wrong or end
	// its sessions; nil if it is another.
	Demo *demo.Tenant

	t        *testing.T
	options  Options
	terminal *terminal.Terminal
	network  *network
	model    Model
	program  *tea.Program
	ended    chan struct{} // closed when the program has ended
	err      error         // the program's, once it has ended
	began    time.Time
	told     []string // what happened so far
	seen     []string // what it has looked for and found
}

// Run tells a story. Several may run at once: call t.Parallel before, not within.
func Run(t *testing.T, options Options, tell func(*Story)) {
	t.Helper()
	if options.Start == nil {
		t.Fatal("story: no Start, so there is no program to walk through")
	}
	width, height, err := screen()
	if err != nil {
		t.Fatal("story:", err)
	}
	options = options.withDefaults(width, height)
	synctest.Test(t, func(t *testing.T) {
		t.Helper()
		if wait := time.Until(options.Now); wait > 0 {
			time.Sleep(wait)
		}
		tell(begin(t, options))
	})
}

func (o Options) withDefaults(width, height int) Options {
	if o.Width == 0 {
		o.Width = width
	}
	if o.Height == 0 {
		o.Height = height
	}
	if o.Profile == colorprofile.Unknown {
		o.Profile = colorprofile.TrueColor
	}
	if o.Now.IsZero() {
		o.Now = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	}
	if o.Patience == 0 {
		o.Patience = 30 * time.Second
	}
	if o.Tenant == nil {
		o.Tenant = Demo(demo.Options{})
	}
	return o
}

// begin starts the tenant, the terminal and the program, in this order, and has
// them stopped in the opposite order when the story is over. All their
// goroutines must have ended by then, or the bubble reports a deadlock.
func begin(t *testing.T, options Options) *Story {
	t.Helper()
	s := &Story{t: t, options: options, began: time.Now(), ended: make(chan struct{})}

	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	handler, err := options.Tenant(ctx)
	if err != nil {
		t.Fatalf("story: starting the tenant: %v", err)
	}
	if tenant, ok := handler.(interface{ Close() }); ok {
		t.Cleanup(tenant.Close)
	}
	s.network = serve(handler)
	t.Cleanup(s.network.close)
	s.Demo, _ = handler.(*demo.Tenant)
	account := options.Account
	if account == (Account{}) {
		account = administrator(s.Demo)
	}
	own := s.network.transport()
	t.Cleanup(own.CloseIdleConnections)
	s.Tenant = &Tenant{t: t, client: &http.Client{Transport: own}, account: account}

	s.terminal = terminal.New(options.Width, options.Height, true)
	t.Cleanup(func() { _ = s.terminal.Close() })
	if options.Light {
		s.terminal.SetBackground(color.White)
	}

	transport := s.network.transport()
	t.Cleanup(transport.CloseIdleConnections)
	s.model, err = options.Start(World{
		BaseURL:   address,
		Transport: transport,
		Account:   account,
		Place:     options.Place,
		Width:     options.Width,
		Height:    options.Height,
		Folder:    t.TempDir(),
	})
	if err != nil {
		t.Fatalf("story: starting the program: %v", err)
	}
	if model, ok := s.model.(interface{ Close() }); ok {
		t.Cleanup(model.Close)
	}
	s.run()
	t.Cleanup(s.stop)
	return s
}

// run starts the program on the terminal.
func (s *Story) run() {
	s.program = tea.NewProgram(s.model,
		tea.WithInput(s.terminal.Input()),
		tea.WithOutput(s.terminal),
		tea.WithWindowSize(s.options.Width, s.options.Height),
		tea.WithColorProfile(s.options.Profile),
		tea.WithEnvironment(append([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}, s.options.Environment...)),
		// The runtime watches for signals in a goroutine that never ends; begun in
		// a bubble, it would keep the bubble from ending.
		tea.WithoutSignalHandler(),
	)
	if model, ok := s.model.(interface{ Attach(func(tea.Msg)) }); ok {
		model.Attach(s.program.Send)
	}
	s.note("start at %dx%d %s", s.options.Width, s.options.Height, s.options.Place)
	go func() {
		defer close(s.ended)
		_, s.err = s.program.Run()
	}()
	s.settle()
}

// stop ends the program if the story left it running.
func (s *Story) stop() {
	if !s.hasEnded() {
		s.program.Kill()
	}
	<-s.ended
	if errors.Is(s.err, tea.ErrProgramPanic) {
		s.t.Errorf("the program panicked; its stack is above")
	}
}

func (s *Story) hasEnded() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// settle lets the program come to rest: everything that can happen has
// happened, nothing is under way, and the screen shows it. It reports false if
// the program was still busy when its patience ended.
func (s *Story) settle() bool {
	for deadline := time.Now().Add(s.options.Patience); ; {
		synctest.Wait()
		resting := s.hasEnded() || s.model.Idle()
		time.Sleep(frame) // the renderer's turn, and that of debounced work
		synctest.Wait()
		if resting && (s.hasEnded() || s.model.Idle()) {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}

// until waits for the condition to hold on a settled screen.
func (s *Story) until(holds func() bool) bool {
	for deadline := time.Now().Add(s.options.Patience); ; {
		settled := s.settle()
		if holds() {
			return true
		}
		if !settled || s.hasEnded() || time.Now().After(deadline) {
			return false
		}
		time.Sleep(5 * frame)
	}
}

// note remembers a step of the story, with the time since it began.
func (s *Story) note(format string, args ...any) {
	step := fmt.Sprintf(format, args...)
	s.told = append(s.told, fmt.Sprintf("%8.2fs  %s", time.Since(s.began).Seconds(), step))
}
