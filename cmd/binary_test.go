package cmd

import (
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"c8yx/cmd/story/process"
	"c8yx/demo"
)

// c8yx is the program as users get it.
var c8yx process.Binary

// Frames show local times; so that they are the same everywhere, the tests live
// in UTC. None may leave a file among the sources.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	before := lying()
	code := m.Run()
	c8yx.Remove()
	for _, file := range lying() {
		if !slices.Contains(before, file) {
			fmt.Fprintln(os.Stderr, "a test has left", file)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// lying is what lies in the folder of the tests.
func lying() []string {
	here, _ := filepath.Glob("*")
	return here
}

// TestBinaryWithoutATerminal holds the exit codes, and that whatever goes wrong
// is told in one line.
func TestBinaryWithoutATerminal(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	tenant, err := demo.New(demo.Options{Devices: -1})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(tenant)
	t.Cleanup(server.Close)
	at := func(address string) []string {
		return []string{"C8Y_BASEURL=" + address, "C8Y_USER=admin", "C8Y_PASSWORD=not-the-one"}
	}
	for name, test := range map[string]struct {
		args      string
		variables []string
		code      int
		says      string // on standard output if the code is 0, else on standard error
	}{
		"version":                 {args: "--version", code: ExitOK, says: "c8yx"},
		"places":                  {args: "places", code: ExitOK, says: "devices"},
		"keys":                    {args: "keys", code: ExitOK, says: "enter"},
		"a frame":                 {args: "--demo snapshot devices --size 80x24", code: ExitOK, says: "available"},
		"nobody to draw for":      {args: "--demo devices", code: ExitError, says: "terminal"},
		"an unknown place":        {args: "--demo snapshot submarines", code: ExitUsage, says: "submarines"},
		"an unknown flag":         {args: "--submarine", code: ExitUsage, says: "--submarine"},
		"an impossible size":      {args: "--demo snapshot devices --size wide", code: ExitUsage, says: "--size wide"},
		"no tenant":               {args: "snapshot devices", code: ExitUsage, says: "C8Y_BASEURL"},
		"a tenant without a user": {args: "snapshot devices", variables: []string{"C8Y_HOST=" + server.URL}, code: ExitSignIn, says: "nobody is signed in. Sign in with c8yx login at a terminal. Check C8Y_TENANT, C8Y_USER"},
		"not an address":          {args: "snapshot devices", variables: at("ftp://acme.example"), code: ExitUsage, says: "ftp"},
		"a tenant that is away":   {args: "snapshot devices", variables: at("http://127.0.0.1:1"), code: ExitNetwork, says: "127.0.0.1:1"},
		"a wrong password":        {args: "snapshot devices", variables: at(server.URL), code: ExitSignIn, says: "credentials"},
		"a port that is taken":    {args: "demo --listen " + taken.Addr().String(), code: ExitError, says: "in use"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := c8yx.Run(t, test.variables, strings.Fields(test.args)...)
			if result.Code != test.code {
				t.Errorf("exit code %d, not %d\n%s%s", result.Code, test.code, result.Stdout, result.Stderr)
			}
			said := result.Stdout
			if test.code != ExitOK {
				said = result.Stderr
				if strings.Count(said, "\n") != 1 || result.Stdout != "" {
					t.Errorf("not one line:\n%s%s", result.Stderr, result.Stdout)
				}
			}
			if !strings.Contains(said, test.says) {
				t.Errorf("it does not say %q:\n%s", test.says, said)
			}
		})
	}
}

// TestBinaryInATerminal holds how the program begins and ends in a real terminal,
// which it must leave as it was.
func TestBinaryInATerminal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		end  func(*process.Process)
		code int
	}{
		"quit":              {func(p *process.Process) { p.Press("q") }, ExitOK},
		"the interrupt key": {func(p *process.Process) { p.Press("ctrl+c") }, ExitInterrupted},
		"interrupted":       {func(p *process.Process) { p.Signal(syscall.SIGINT) }, ExitInterrupted},
		"terminated":        {func(p *process.Process) { p.Signal(syscall.SIGTERM) }, ExitInterrupted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := c8yx.Start(t, process.Options{Args: []string{"--demo", "devices"}})
			p.See("NAME", "available")
			p.Resize(80, 24)
			p.See("available")
			test.end(p)
			if code := p.Exit(); code != test.code {
				t.Errorf("exit code %d, not %d\n%s", code, test.code, p.Screen())
			}
		})
	}
	t.Run("a dumb terminal", func(t *testing.T) {
		t.Parallel()
		p := c8yx.Start(t, process.Options{Args: []string{"--demo"}, Variables: []string{"TERM=dumb"}})
		if code := p.Exit(); code != ExitError {
			t.Errorf("exit code %d", code)
		}
		p.See("there is no terminal")
	})
	for _, value := range []string{"1", "yes", "false"} { // any value counts
		t.Run("NO_COLOR="+value, func(t *testing.T) {
			t.Parallel()
			p := c8yx.Start(t, process.Options{Args: []string{"--demo", "devices"}, Variables: []string{"NO_COLOR=" + value}})
			p.See("NAME", "available")
			if style := p.CellOf("available").Style; style.Fg != nil || style.Bg != nil {
				t.Errorf("drawn in colour: %+v", style)
			}
			p.Press("q")
			p.Exit()
		})
	}
}
