package terminal_test

import (
	"bufio"
	"io"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"c8yx/cmd/story/terminal"
)

func TestKeysAsTerminalsSendThem(t *testing.T) {
	for key, want := range map[string]string{
		"a":               "a",
		"A":               "A",
		"shift+a":         "A",
		"ü":               "ü",
		"+":               "+",
		"alt++":           "\x1b+",
		"enter":           "\r",
		"space":           " ",
		"esc":             "\x1b",
		"backspace":       "\x7f",
		"ctrl+c":          "\x03",
		"ctrl+space":      "\x00",
		"ctrl+]":          "\x1d",
		"alt+x":           "\x1bx",
		"ctrl+alt+x":      "\x1b\x18",
		"up":              "\x1b[A",
		"shift+up":        "\x1b[1;2A",
		"ctrl+shift+left": "\x1b[1;6D",
		"shift+tab":       "\x1b[Z",
		"pgdown":          "\x1b[6~",
		"ctrl+delete":     "\x1b[3;5~",
		"f1":              "\x1bOP",
		"alt+f4":          "\x1b[1;3S",
		"f12":             "\x1b[24~",
	} {
		if got, err := terminal.Encode(key); got != want || err != nil {
			t.Errorf("%s is sent as %q, %v; want %q", key, got, err, want)
		}
	}
	for _, key := range []string{"", "ctrl+enter", "shift+enter", "ctrl+1", "hyper+x", "entre", "ab"} {
		if got, err := terminal.Encode(key); err == nil {
			t.Errorf("%q is sent as %q; no terminal can be relied on for it", key, got)
		}
	}
}

// started returns a terminal, and what it sends byte by byte.
func started(t *testing.T, width, height int) (*terminal.Terminal, *bufio.Reader) {
	t.Helper()
	screen := terminal.New(width, height, true)
	t.Cleanup(func() { _ = screen.Close() })
	return screen, bufio.NewReader(screen.Input())
}

func TestTheScreenIsFoundByTextAndByCell(t *testing.T) {
	screen, _ := started(t, 20, 3)
	_, _ = io.WriteString(screen, "冷蔵庫 \x1b[1mfünf\x1b[m\n  second  ")
	if got := screen.String(); got != "冷蔵庫 fünf\n  second\n" {
		t.Errorf("the screen shows %q", got)
	}
	if x, y, found := screen.Find("nf"); x != 9 || y != 0 || !found {
		t.Errorf("nf is at %d, %d, %t", x, y, found)
	}
	if x, y, found := screen.Find("cond"); x != 4 || y != 1 || !found {
		t.Errorf("cond is at %d, %d, %t", x, y, found)
	}
	if _, _, found := screen.Find("third"); found {
		t.Error("third is found")
	}
	if cell := screen.Cell(7, 0); cell.Content != "f" || cell.Style.Attrs != uv.AttrBold {
		t.Errorf("the f is %+v", cell)
	}
	for _, at := range [][2]int{{1, 0}, {20, 0}, {0, 3}, {-1, -1}} {
		if cell := screen.Cell(at[0], at[1]); cell.Content != "" {
			t.Errorf("there is %q at %v", cell.Content, at)
		}
	}
}

func TestAnswersNeverBlockTheProgram(t *testing.T) {
	screen, input := started(t, 20, 3)
	const questions = 1000
	for range questions {
		_, _ = io.WriteString(screen, ansi.RequestCursorPositionReport)
	}
	for range questions {
		if answer, err := input.ReadString('R'); answer != "\x1b[1;1R" || err != nil {
			t.Fatalf("the answer is %q, %v", answer, err)
		}
	}
}

func TestPasteAndMouseAreSentAsTheProgramAskedForThem(t *testing.T) {
	screen, input := started(t, 20, 3)
	click := uv.MouseClickEvent{X: 4, Y: 2, Button: uv.MouseLeft}
	if screen.Mouse(click) {
		t.Error("the mouse was not asked for")
	}
	_ = screen.Paste("a|")
	_, _ = io.WriteString(screen, ansi.SetModeBracketedPaste+ansi.SetModeMouseButtonEvent+ansi.SetModeMouseExtSgr)
	_ = screen.Paste("b")
	if !screen.Mouse(click) {
		t.Error("the mouse was asked for")
	}
	if sent, err := input.ReadString('M'); sent != "a|\x1b[200~b\x1b[201~\x1b[<0;5;3M" || err != nil {
		t.Errorf("sent %q, %v", sent, err)
	}
}

func TestTheInputEndsWithTheTerminal(t *testing.T) {
	screen := terminal.New(20, 3, true)
	_ = screen.Press("x")
	if err := screen.Close(); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(screen.Input()); string(rest) != "x" || err != nil {
		t.Errorf("read %q, %v", rest, err)
	}
}

func TestTitleAndClipboard(t *testing.T) {
	screen, _ := started(t, 20, 3)
	_, _ = io.WriteString(screen, ansi.SetWindowTitle("c8yx: acme")+ansi.SetSystemClipboard("冷蔵庫; 3"))
	if screen.Title() != "c8yx: acme" || screen.Clipboard() != "冷蔵庫; 3" {
		t.Errorf("title %q, clipboard %q", screen.Title(), screen.Clipboard())
	}
}

func TestWhatIsLeftSwitchedOnIsNamed(t *testing.T) {
	for on, off := range map[string]string{
		ansi.SetModeAltScreenSaveCursor: ansi.ResetModeAltScreenSaveCursor,
		ansi.ResetModeTextCursorEnable:  ansi.SetModeTextCursorEnable,
		ansi.SetModeMouseAnyEvent:       ansi.ResetModeMouseAnyEvent,
		ansi.SetModeFocusEvent:          ansi.ResetModeFocusEvent,
		ansi.SetModeBracketedPaste:      ansi.ResetModeBracketedPaste,
		ansi.SetModeSynchronizedOutput:  ansi.ResetModeSynchronizedOutput,
	} {
		screen, _ := started(t, 20, 3)
		if err := screen.CheckRestored(); err != nil {
			t.Errorf("at first: %v", err)
		}
		_, _ = io.WriteString(screen, on)
		if screen.CheckRestored() == nil {
			t.Errorf("%q is not noticed", on)
		}
		_, _ = io.WriteString(screen, off)
		if err := screen.CheckRestored(); err != nil {
			t.Errorf("after %q: %v", off, err)
		}
	}
}

// A program goes on for a while as if the terminal still had its old size.
func TestMarginsOfATerminalThatBecameSmaller(t *testing.T) {
	screen, _ := started(t, 20, 10)
	_, _ = io.WriteString(screen, "first")
	screen.Resize(20, 4)
	_, _ = io.WriteString(screen, ansi.SetTopBottomMargins(1, 8)+"\x1b[H"+ansi.ReverseIndex)
	_, _ = io.WriteString(screen, ansi.SetTopBottomMargins(2, 4)+"\x1b[2;1H"+ansi.ReverseIndex+"second")
	if text := screen.String(); !strings.Contains(text, "second") {
		t.Errorf("screen %q", text)
	}
}
