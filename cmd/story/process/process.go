package process

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"c8yx/cmd/story/terminal"
)

// Options say how a program is started.
type Options struct {
	Args []string
	// Variables ("NAME=value") are added to [Environment].
	Variables []string
	// Width and Height are the size of the terminal in cells: 120 by 40.
	Width, Height int
}

// Process is a program that runs in a terminal. It is killed at the end of the
// test if it still runs then. What cannot be done fails the test, with the
// screen.
type Process struct {
	t        testing.TB
	command  *exec.Cmd
	terminal *terminal.Terminal
	pty      *os.File // the terminal's side
	tty      *os.File // the program's side, kept open to look at its modes
	before   *term.State
	changed  chan struct{} // gets a value when the program has written
	exited   chan struct{} // closed when the program has ended and all it wrote is shown
	left     error         // what is wrong with the terminal after the end

	mu      sync.Mutex
	written []byte // everything that the program has written
}

// Start starts the program in a terminal of its own.
func (b *Binary) Start(t testing.TB, options Options) *Process {
	t.Helper()
	if options.Width == 0 {
		options.Width = 120
	}
	if options.Height == 0 {
		options.Height = 40
	}
	p := &Process{
		t:        t,
		command:  exec.Command(b.Path(t), options.Args...),
		terminal: terminal.New(options.Width, options.Height, false),
		changed:  make(chan struct{}, 1),
		exited:   make(chan struct{}),
	}
	t.Cleanup(func() { _ = p.terminal.Close() })
	p.command.Env = append(Environment(t), options.Variables...)

	var err error
	if p.pty, p.tty, err = pty.Open(); err != nil {
		t.Fatalf("opening a pseudo-terminal: %v", err)
	}
	t.Cleanup(func() { _ = p.pty.Close() })
	if err := pty.Setsize(p.pty, size(options.Width, options.Height)); err != nil {
		t.Fatal(err)
	}
	if p.before, err = term.GetState(p.tty.Fd()); err != nil {
		t.Fatal(err)
	}
	p.command.Stdin, p.command.Stdout, p.command.Stderr = p.tty, p.tty, p.tty
	p.command.SysProcAttr = controllingTerminal()
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	go p.show()
	go func() { _, _ = io.Copy(p.pty, p.terminal.Input()) }()
	t.Cleanup(p.kill)
	return p
}

// show shows what the program writes until it has ended and all is shown.
func (p *Process) show() {
	defer close(p.exited)
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		buffer := make([]byte, 32<<10)
		for {
			n, err := p.pty.Read(buffer)
			p.mu.Lock()
			p.written = append(p.written, buffer[:n]...)
			p.mu.Unlock()
			_, _ = p.terminal.Write(buffer[:n])
			select {
			case p.changed <- struct{}{}:
			default: // it has been told already
			}
			if err != nil {
				return // the other side is closed: everything has been read
			}
		}
	}()
	_ = p.command.Wait() // the exit code is in ProcessState
	after, err := term.GetState(p.tty.Fd())
	_ = p.tty.Close()
	<-shown
	p.left = p.terminal.CheckRestored()
	if err == nil && !reflect.DeepEqual(p.before, after) {
		err = errors.New("the modes of the TTY are not what they were")
	}
	p.left = errors.Join(p.left, err)
}

func (p *Process) kill() {
	if !p.hasExited() {
		_ = p.command.Process.Kill()
	}
	<-p.exited
}

func (p *Process) hasExited() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}

// See waits until the screen shows all the texts.
func (p *Process) See(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		p.until(fmt.Sprintf("the screen does not show %q", text), func() bool {
			_, _, found := p.terminal.Find(text)
			return found
		})
	}
}

// SeeNoMore waits until none of the texts is on the screen.
func (p *Process) SeeNoMore(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		p.until(fmt.Sprintf("the screen still shows %q", text), func() bool {
			_, _, found := p.terminal.Find(text)
			return !found
		})
	}
}

// until waits for the condition, which is tried whenever the program has written.
func (p *Process) until(otherwise string, holds func() bool) {
	p.t.Helper()
	timeout := time.NewTimer(Patience)
	defer timeout.Stop()
	for !holds() {
		select {
		case <-p.changed:
		case <-p.exited:
			if !holds() {
				p.fail(otherwise + ", and the program has ended")
			}
		case <-timeout.C:
			p.fail(otherwise)
		}
	}
}

// Press presses keys, named as in [terminal.Encode]. The program gets them as
// fast as it reads; wait with [Process.See] for what a key brings up before
// pressing the next that depends on it, and after "esc" above all: what follows
// at once belongs to the same sequence.
func (p *Process) Press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		if err := p.terminal.Press(key); err != nil {
			p.t.Fatal(err)
		}
	}
}

// Type types text.
func (p *Process) Type(text string) {
	p.t.Helper()
	for _, letter := range text {
		p.Press(string(letter))
	}
}

// Resize changes the size of the terminal; the kernel tells the program.
func (p *Process) Resize(width, height int) {
	p.t.Helper()
	p.terminal.Resize(width, height)
	if err := pty.Setsize(p.pty, size(width, height)); err != nil {
		p.t.Fatal(err)
	}
}

// Signal sends the program a signal.
func (p *Process) Signal(signal os.Signal) {
	p.t.Helper()
	if err := p.command.Process.Signal(signal); err != nil {
		p.t.Fatal(err)
	}
}

// PID is the number of the process, to look at what it takes of the machine.
func (p *Process) PID() int { return p.command.Process.Pid }

// CellOf returns the first cell of a text on the screen, which must be there.
func (p *Process) CellOf(text string) terminal.Cell {
	p.t.Helper()
	x, y, found := p.terminal.Find(text)
	if !found {
		p.fail(fmt.Sprintf("the screen does not show %q", text))
	}
	return p.terminal.Cell(x, y)
}

// Screen returns the text on the screen as it is now.
func (p *Process) Screen() string { return p.terminal.String() }

// Clipboard returns what the program copied last.
func (p *Process) Clipboard() string { return p.terminal.Clipboard() }

// Written returns everything that the program has written to the terminal so far, escape sequences and
// all.
func (p *Process) Written() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return bytes.Clone(p.written)
}

// Exit waits for the program to end by itself, checks that it left the terminal
// as it found it, and returns its exit code, -1 if a signal ended it.
func (p *Process) Exit() int {
	p.t.Helper()
	select {
	case <-p.exited:
	case <-time.After(Patience):
		p.fail("the program goes on")
	}
	if p.left != nil {
		p.fail(p.left.Error())
	}
	return p.command.ProcessState.ExitCode()
}

func (p *Process) fail(what string) {
	p.t.Helper()
	p.t.Fatalf("%s\n%s\n%s", what, strings.Join(p.command.Args, " "), p.terminal)
}

func size(width, height int) *pty.Winsize {
	return &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}
}
