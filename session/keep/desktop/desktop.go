package desktop

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// Desktop is a login with a session bus of its own.
type Desktop struct {
	Home string // of the user, and of the bus
	Bus  string // the address of the session bus
}

// Start starts a session bus on which nothing runs, and which starts nothing.
func Start(t testing.TB) *Desktop {
	t.Helper()
	needs(t, "dbus-daemon")
	// The path of a socket must be short, which that of a test's folder is not.
	home, err := os.MkdirTemp("", "c8yx-desktop-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	d := &Desktop{Home: home, Bus: "unix:path=" + filepath.Join(home, "bus")}
	config := filepath.Join(home, "bus.conf")
	if err := os.WriteFile(config, []byte(`<busconfig>
		<type>session</type>
		<listen>`+d.Bus+`</listen>
		<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
	</busconfig>`), 0o600); err != nil {
		t.Fatal(err)
	}
	bus := exec.Command("dbus-daemon", "--nofork", "--print-address", "--config-file="+config)
	output, err := bus.StdoutPipe()
	if err = errors.Join(err, bus.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop(bus))
	if address, err := bufio.NewReader(output).ReadString('\n'); err != nil {
		t.Fatalf("the session bus said %q and ended: %v", address, err)
	}
	return d
}

// needs skips the test if a program is not installed.
func needs(t testing.TB, program string) {
	t.Helper()
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("there are no session buses on this system")
	}
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("there is no %s here; .ci/run packages installs it", program)
	}
}

// stop returns how to end a process.
func stop(process *exec.Cmd) func() {
	return func() {
		_ = process.Process.Signal(syscall.SIGTERM)
		_, _ = process.Process.Wait() // nothing, if it has been called before
	}
}

// Environment are the variables of a login on the desktop.
func (d *Desktop) Environment() []string {
	return []string{"HOME=" + d.Home, "XDG_RUNTIME_DIR=" + d.Home, "DBUS_SESSION_BUS_ADDRESS=" + d.Bus, "PATH=" + os.Getenv("PATH")}
}

// StartKeyring starts GNOME Keyring, unlocked with a password or, without one, as it is after a
// login that needed none. It returns how to end it, which happens at the end of the test at the
// latest.
func (d *Desktop) StartKeyring(t testing.TB, password string) (end func()) {
	t.Helper()
	needs(t, "gnome-keyring-daemon")
	args := []string{"--foreground", "--components=secrets"}
	if password != "" {
		args = append(args, "--unlock")
	}
	keyring := exec.Command("gnome-keyring-daemon", args...)
	keyring.Env, keyring.Stdin = d.Environment(), strings.NewReader(password)
	if err := keyring.Start(); err != nil {
		t.Fatal(err)
	}
	end = stop(keyring)
	t.Cleanup(end)
	d.awaitKeyring(t)
	return end
}

// awaitKeyring waits until somebody on the bus offers a keyring.
func (d *Desktop) awaitKeyring(t testing.TB) {
	t.Helper()
	conn, err := dbus.Connect(d.Bus)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for range 1000 {
		var offered bool
		if err := conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, "org.freedesktop.secrets").Store(&offered); err != nil {
			t.Fatal(err)
		}
		if offered {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("there is no keyring on the bus")
}
