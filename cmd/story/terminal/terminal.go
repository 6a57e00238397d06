package terminal

import (
	"encoding/base64"
	"fmt"
	"image/color"
	"io"
	"slices"
	"strings"
	"sync"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// Terminal is an emulated terminal. The program writes to it and reads
// [Terminal.Input]; the test looks at it and presses its keys. All methods may be
// called from any goroutine.
type Terminal struct {
	mu       sync.Mutex // guards emulator and what follows
	emulator *vt.Emulator
	modes    map[ansi.Mode]bool
	written  int64
	title    string
	copied   string

	input   *queue
	answers chan struct{} // closed when nothing more will be answered
}

// New returns a terminal of the given size in cells. It must be closed.
//
// With cooked set, a line feed also returns the carriage, as the kernel's line
// discipline does between a program and a real terminal unless the program
// switched that off. A program that is given no TTY counts on it.
func New(width, height int, cooked bool) *Terminal {
	t := &Terminal{
		emulator: vt.NewEmulator(width, height),
		modes:    map[ansi.Mode]bool{ansi.ModeTextCursorEnable: true},
		input:    newQueue(),
		answers:  make(chan struct{}),
	}
	t.emulator.SetCallbacks(vt.Callbacks{
		Title:       func(title string) { t.title = title },
		EnableMode:  func(mode ansi.Mode) { t.modes[mode] = true },
		DisableMode: func(mode ansi.Mode) { t.modes[mode] = false },
	})
	t.emulator.RegisterOscHandler(52, t.copyToClipboard)
	t.emulator.RegisterCsiHandler('r', t.keepMarginsInside)
	if cooked {
		_, _ = t.emulator.WriteString(ansi.SetModeLineFeedNewLine)
	}
	// The emulator hands out its answers through an unbuffered pipe, from within
	// Write: somebody has to take them, or Write never returns.
	go func() {
		defer close(t.answers)
		_, _ = io.Copy(t.input, t.emulator)
	}()
	return t
}

// Write takes output of the program.
func (t *Terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n, err := t.emulator.Write(p)
	t.written += int64(n)
	return n, err
}

// Input is what the terminal sends to the program: keys, mouse reports and
// answers. It ends when the terminal is closed.
func (t *Terminal) Input() io.Reader { return t.input }

// Close ends the input. What the program writes afterwards is still shown, but
// not answered.
func (t *Terminal) Close() error {
	// Not the emulator's own Close: it changes a flag that its Read looks at
	// without a lock.
	if answers, ok := t.emulator.InputPipe().(io.Closer); ok {
		_ = answers.Close()
	}
	<-t.answers
	return t.input.Close()
}

// Resize changes the size. Telling the program is up to the caller: with a
// pseudo-terminal that is the kernel's part.
func (t *Terminal) Resize(width, height int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.emulator.Resize(width, height)
}

// keepMarginsInside takes away the margins of a program that has not noticed yet that its terminal
// became smaller. Terminals do not scroll what is below their last line; the emulator would try.
func (t *Terminal) keepMarginsInside(params ansi.Params) (taken bool) {
	bottom, _, given := params.Param(1, 0)
	return given && bottom > t.emulator.Height()
}

// SetBackground sets the background that the terminal answers with when asked. It
// is black at first.
func (t *Terminal) SetBackground(c color.Color) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.emulator.SetDefaultBackgroundColor(c)
}

// Press sends a key, named as in [Encode].
func (t *Terminal) Press(key string) error {
	sent, err := Encode(key)
	if err != nil {
		return err
	}
	_, err = io.WriteString(t.input, sent)
	return err
}

// Paste sends text as one piece, marked as pasted if the program asked for that.
func (t *Terminal) Paste(text string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.modes[ansi.ModeBracketedPaste] {
		text = ansi.BracketedPasteStart + text + ansi.BracketedPasteEnd
	}
	_, err := io.WriteString(t.input, text)
	return err
}

// Mouse sends a mouse report. It reports false and sends nothing if the program
// did not ask for the mouse: then clicks belong to the terminal, to select text.
func (t *Terminal) Mouse(event uv.MouseEvent) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	wanted := slices.ContainsFunc(mouseModes, func(mode ansi.Mode) bool { return t.modes[mode] })
	if wanted {
		t.emulator.SendMouse(event)
	}
	return wanted
}

// Title is the window title that the program set last.
func (t *Terminal) Title() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.title
}

// Clipboard is what the program copied last, by OSC 52.
func (t *Terminal) Clipboard() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.copied
}

// Written counts the bytes that the program wrote so far.
func (t *Terminal) Written() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.written
}

// CheckRestored says in an error what a program that has ended left switched
// on, so that the shell after it would not work as before.
func (t *Terminal) CheckRestored() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var left []string
	if t.emulator.IsAltScreen() {
		left = append(left, "the alternate screen")
	}
	if !t.modes[ansi.ModeTextCursorEnable] {
		left = append(left, "a hidden cursor")
	}
	if slices.ContainsFunc(mouseModes, func(mode ansi.Mode) bool { return t.modes[mode] }) {
		left = append(left, "mouse reports")
	}
	if t.modes[ansi.ModeFocusEvent] {
		left = append(left, "focus reports")
	}
	if t.modes[ansi.ModeBracketedPaste] {
		left = append(left, "bracketed paste")
	}
	if t.modes[ansi.ModeSynchronizedOutput] {
		left = append(left, "synchronized output, not yet shown")
	}
	if left == nil {
		return nil
	}
	return fmt.Errorf("the terminal is left with %s", strings.Join(left, ", "))
}

// mouseModes are the modes with which a program asks for mouse reports.
var mouseModes = []ansi.Mode{
	ansi.ModeMouseX10, ansi.ModeMouseNormal, ansi.ModeMouseHighlight,
	ansi.ModeMouseButtonEvent, ansi.ModeMouseAnyEvent,
}

// copyToClipboard takes OSC 52 ; selection ; base64. It is called from within
// Write.
func (t *Terminal) copyToClipboard(data []byte) bool {
	parts := strings.SplitN(string(data), ";", 3)
	if len(parts) != 3 {
		return false
	}
	text, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return false
	}
	t.copied = string(text)
	return true
}
