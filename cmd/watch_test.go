package cmd

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/cmd/story"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/views"
)

// watched is the program with somebody who looks at every frame it draws, those
// included that are gone before a story could look: each must fill the terminal
// exactly and hold nothing that a terminal would obey but colours.
type watched struct {
	*ui.Shell
	send func(tea.Msg)

	mu            sync.Mutex
	width, height int
	last          string
	frames        int
	wrong         error // the first frame that was wrong
}

// watch tells a story and fails it if a frame was wrong, wherever it came by.
func watch(t *testing.T, options story.Options, telling func(*story.Story, *watched)) {
	t.Helper()
	var w *watched
	options.Start = func(world story.World) (story.Model, error) {
		shell, err := newShell(accessTo(world), views.ShellOptions{Home: world.Place, Palette: theme.Standard, Dark: !options.Light})
		w = &watched{Shell: shell}
		return w, err
	}
	narrate(t, options, func(s *story.Story) {
		t.Helper()
		telling(s, w)
		if err := w.wrongFrame(); err != nil {
			t.Error(err)
		}
	})
}

// Attach keeps the way to the program, to give it what no key can say.
func (w *watched) Attach(send func(tea.Msg)) {
	w.send = send
	w.Shell.Attach(send)
}

// Update notes the size that the next frame must have.
func (w *watched) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		w.mu.Lock()
		w.width, w.height = size.Width, size.Height
		w.mu.Unlock()
	}
	_, cmd := w.Shell.Update(msg)
	return w, cmd
}

// View looks at the frame.
func (w *watched) View() tea.View {
	v := w.Shell.View()
	w.mu.Lock()
	defer w.mu.Unlock()
	if v.Content != w.last && v.Content != "" {
		w.frames++
		if err := checkFrame(v.Content, w.width, w.height); err != nil && w.wrong == nil {
			w.wrong = err
		}
	}
	w.last = v.Content
	return v
}

func (w *watched) wrongFrame() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.wrong
}

// drawn counts the frames that differed from the one before.
func (w *watched) drawn() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.frames
}

// checkFrame returns what is wrong with a frame.
func checkFrame(frame string, width, height int) error {
	lines := strings.Split(frame, "\n")
	wrong := func(format string, args ...any) error {
		return fmt.Errorf("%s, in a frame of %dx%d:\n%s", fmt.Sprintf(format, args...), width, height, frame)
	}
	if len(lines) != height {
		return wrong("%d lines instead of %d", len(lines), height)
	}
	for i, line := range lines {
		bare := withoutColours(line)
		if at := strings.IndexFunc(bare, misleading); at >= 0 {
			return wrong("line %d has %+q at byte %d: %+q", i, []rune(bare[at:])[0], at, bare)
		}
		if got := ansi.StringWidth(bare); got != width {
			return wrong("line %d is %d cells wide: %q", i, got, bare)
		}
	}
	return nil
}

// misleading tells the characters that a terminal obeys or hides: controls,
// directions, joiners, line and paragraph separators.
func misleading(r rune) bool {
	if r < unicode.MaxASCII {
		return r < ' '
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// withoutColours removes the sequences that set colours and attributes, and
// no others.
func withoutColours(line string) string {
	var bare strings.Builder
	for {
		before, after, found := strings.Cut(line, "\x1b[")
		bare.WriteString(before)
		if !found {
			return bare.String()
		}
		parameters := strings.TrimLeft(after, "0123456789;:")
		if !strings.HasPrefix(parameters, "m") {
			bare.WriteString("\x1b[")
			line = after
			continue
		}
		line = parameters[1:]
	}
}

func TestAWrongFrameIsNoticed(t *testing.T) {
	t.Parallel()
	for name, frame := range map[string]string{
		"a line too many":      "abc\ndef\nghi",
		"a line too long":      "abc\ndefg",
		"a line too short":     "abc\n\x1b[1mde\x1b[m",
		"a wide letter":        "abc\n機機",
		"a movement":           "abc\nd\x1b[Aef",
		"a title":              "abc\n\x1b]0;x\adef",
		"a bell":               "abc\nd\aef",
		"the other direction":  "abc\nde\u202e ",
		"an invisible joiner":  "abc\nde\u200df",
		"a colour never ended": "abc\ndef\x1b[3",
	} {
		if checkFrame(frame, 3, 2) == nil {
			t.Errorf("%s is not noticed", name)
		}
	}
	if err := checkFrame("\x1b[38;2;1;2;3mabc\x1b[m\n機a", 3, 2); err != nil {
		t.Error(err)
	}
}
