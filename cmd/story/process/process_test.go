package process_test

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"c8yx/cmd/story/process"
)

var example = process.Binary{Package: "c8yx/cmd/story/process/testdata/echo"}

func TestMain(m *testing.M) {
	code := m.Run()
	example.Remove()
	os.Exit(code)
}

func TestAProgramInATerminal(t *testing.T) {
	t.Parallel()
	p := example.Start(t, process.Options{Width: 50, Height: 10})
	p.See("50x10")
	p.Type("hey")
	p.Press("down", "shift+tab")
	p.See("h e y down shift+tab")
	p.Resize(33, 8)
	p.See("33x8")
	p.SeeNoMore("50x10")
	p.Press("q")
	if code := p.Exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if screen := p.Screen(); strings.Contains(screen, "33x8") {
		t.Errorf("the frame is still there:\n%s", screen)
	}
}

func TestHowAProgramEnds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		end  func(*process.Process)
		code int
		says string
	}{
		"the interrupt key":    {func(p *process.Process) { p.Press("ctrl+c") }, 130, "ended: program was killed"},
		"the interrupt signal": {func(p *process.Process) { p.Signal(syscall.SIGINT) }, 130, "ended: program was killed"},
		"the end signal":       {func(p *process.Process) { p.Signal(syscall.SIGTERM) }, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := example.Start(t, process.Options{})
			p.See("120x40")
			test.end(p)
			if code := p.Exit(); code != test.code {
				t.Errorf("exit code %d, not %d", code, test.code)
			}
			if !strings.Contains(p.Screen(), test.says) {
				t.Errorf("the program does not say %q:\n%s", test.says, p.Screen())
			}
		})
	}
}

func TestATerminalLeftBrokenIsNoticed(t *testing.T) {
	t.Parallel()
	failed := fails(t, func(t testing.TB) {
		p := example.Start(t, process.Options{})
		p.See("120x40")
		p.Press("x")
		p.Exit()
	})
	for _, text := range []string{"the alternate screen", "a hidden cursor", "the modes of the TTY"} {
		if !strings.Contains(failed, text) {
			t.Errorf("not noticed: %s\n%s", text, failed)
		}
	}
}

func TestATextThatNeverComesIsReportedWithTheScreen(t *testing.T) {
	t.Parallel()
	failed := fails(t, func(t testing.TB) {
		p := example.Start(t, process.Options{})
		p.See("120x40")
		p.Press("q")
		p.See("a submarine")
	})
	if !strings.Contains(failed, `does not show "a submarine", and the program has ended`) {
		t.Errorf("the report is %q", failed)
	}
}

func TestAProgramWithoutATerminal(t *testing.T) {
	t.Parallel()
	result := example.Run(t, []string{"C8Y_TENANT=t1"}, "one", "two")
	if result.Code != 2 || result.Stderr != "not a terminal\n" {
		t.Errorf("%+v", result)
	}
	if !strings.HasSuffix(result.Stdout, "args: [one two]\n") || strings.Contains(result.Stdout, os.Getenv("HOME")+" ") {
		t.Errorf("%q", result.Stdout)
	}
}

// fails runs a test that must fail and returns its message.
func fails(t *testing.T, test func(testing.TB)) string {
	t.Helper()
	recorder := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		test(recorder)
	}()
	<-done
	if recorder.message == "" {
		t.Fatal("the test did not fail")
	}
	return recorder.message
}
