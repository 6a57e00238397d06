//go:build unix && !darwin

package keep

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"c8yx/session"
)

// A desktop is a login with a session bus of its own, on which a keyring may run. What is
// asked of the keyring is asked by another process each time, so that what comes back has
// been in the keyring, and nowhere else.
type desktop struct {
	home string // of the user; state and runtime folder lie in it
	bus  string // the address of the session bus, "" without one
}

// newDesktop starts a session bus on which nothing runs, and which starts nothing.
func newDesktop(t *testing.T) *desktop {
	t.Helper()
	needs(t, "dbus-daemon")
	// A socket's name must be short, which that of a test's folder is not.
	home, err := os.MkdirTemp("", "c8yx-desktop-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	d := &desktop{home: home, bus: "unix:path=" + filepath.Join(home, "bus")}
	config := filepath.Join(home, "bus.conf")
	if err := os.WriteFile(config, []byte(`<busconfig>
		<type>session</type>
		<listen>`+d.bus+`</listen>
		<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
	</busconfig>`), 0o600); err != nil {
		t.Fatal(err)
	}
	d.start(t, "", "unix:path=", "dbus-daemon", "--nofork", "--print-address", "--config-file="+config)
	return d
}

// needs skips the test if a program is not installed.
func needs(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("there is no %s here; .ci/run packages installs it", program)
	}
}

// start starts a program in the session, with some input, and waits until its output begins
// in a certain way. It returns how to end it.
func (d *desktop) start(t *testing.T, input, begins string, program string, args ...string) (stop func()) {
	t.Helper()
	command := exec.Command(program, args...)
	command.Env, command.Stdin = d.environment(), strings.NewReader(input)
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	stopped := false
	stop = func() {
		if !stopped {
			_ = command.Process.Signal(syscall.SIGTERM)
			_ = command.Wait()
		}
		stopped = true
	}
	t.Cleanup(stop)
	if line, err := bufio.NewReader(output).ReadString('\n'); !strings.HasPrefix(line, begins) {
		t.Fatalf("%s said %q, %v", program, line, err)
	}
	return stop
}

func (d *desktop) environment() []string {
	return []string{
		"HOME=" + d.home, "XDG_RUNTIME_DIR=" + d.home, "DBUS_SESSION_BUS_ADDRESS=" + d.bus,
		"PATH=" + d.home + string(filepath.ListSeparator) + os.Getenv("PATH"),
		"GORACE=atexit_sleep_ms=0", // or with -race, each process takes a second to end
	}
}

// startKeyring starts GNOME Keyring, unlocked with a password or, without one, as it is after
// a login that needed none. It returns how to end it.
func (d *desktop) startKeyring(t *testing.T, password string) (stop func()) {
	t.Helper()
	needs(t, "gnome-keyring-daemon")
	args := []string{"--foreground", "--components=secrets"}
	if password != "" {
		args = append(args, "--unlock")
	}
	command := exec.Command("gnome-keyring-daemon", args...)
	command.Env, command.Stdin = d.environment(), strings.NewReader(password)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	stop = func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_, _ = command.Process.Wait()
	}
	t.Cleanup(stop)
	d.await(t)
	return stop
}

// await waits until somebody offers the Secret Service.
func (d *desktop) await(t *testing.T) {
	t.Helper()
	conn, err := dbus.Connect(d.bus)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for range 1000 {
		var owned bool
		if err := conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, secretService).Store(&owned); err != nil {
			t.Fatal(err)
		}
		if owned {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("nobody offers the Secret Service")
}

// report is what a process tells of what it did.
type report struct {
	Text  string // as encode writes it
	List  []string
	Error string
	Kind  string // of the error: "refused", …
	Told  []string
	Took  time.Duration
}

// The variable that makes this test's binary do one thing and end, and those with which it is
// made less patient than the program.
const (
	jobVariable    = "C8YX_TEST_JOB"
	answerVariable = "C8YX_TEST_ANSWER"
	promptVariable = "C8YX_TEST_PROMPT"
)

// do has another process do something with the keyring: "save", "load", "delete", "list" or
// "available".
func (d *desktop) do(t *testing.T, job string, k session.Kept, variables ...string) report {
	t.Helper()
	text, err := encode(k)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(os.Args[0])
	command.Env = append(append(d.environment(), jobVariable+"="+job), variables...)
	command.Stdin, command.Stderr = strings.NewReader(text), os.Stderr
	output, err := command.Output()
	var r report
	if err := errors.Join(err, json.Unmarshal(output, &r)); err != nil {
		t.Fatalf("%s: %v\n%s", job, err, output)
	}
	return r
}

func TestMain(m *testing.M) {
	if job := os.Getenv(jobVariable); job != "" {
		if err := json.NewEncoder(os.Stdout).Encode(work(job)); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

// work does what another process wants.
func work(job string) (r report) {
	var e entry
	if err := json.NewDecoder(os.Stdin).Decode(&e); err != nil {
		panic(err)
	}
	k, ctx := e.kept(), context.Background()
	ring := NewKeyring(Options{Folder: filepath.Join(os.Getenv("HOME"), "state"), Waiting: func(what string) { r.Told = append(r.Told, what) }})
	for variable, patience := range map[string]*time.Duration{answerVariable: &ring.patient.answer, promptVariable: &ring.patient.prompt} {
		if d, err := time.ParseDuration(os.Getenv(variable)); err == nil {
			*patience = d
		}
	}
	began := time.Now()
	var err error
	switch job {
	case "save":
		err = ring.Save(ctx, k)
	case "load":
		if k, err = ring.Load(ctx, k.Address, k.Tenant, k.User); err == nil {
			r.Text, err = encode(k)
		}
	case "delete":
		err = ring.Delete(ctx, k.Address, k.Tenant, k.User)
	case "available":
		err = ring.Available(ctx)
	case "list":
		var all []session.Kept
		all, err = ring.List(ctx)
		for _, k := range all {
			r.List = append(r.List, fmt.Sprintf("%s/%s %s", k.Tenant, k.User, k.Token.Reveal()))
		}
	}
	r.Took = time.Since(began)
	if err != nil {
		r.Error = err.Error()
	}
	for kind, is := range map[string]error{
		"not kept": session.ErrNotKept, "no keeper": session.ErrNoKeeper,
		"refused": session.ErrRefused, "unreadable": session.ErrUnreadableEntry,
	} {
		if errors.Is(err, is) {
			r.Kind += kind
		}
	}
	return r
}
