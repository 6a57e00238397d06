package doctor

import (
	"context"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// Terminal is where the program would draw.
type Terminal struct {
	Getenv func(string) string
	// Is says that there is one at all.
	Is            bool
	Width, Height int // in cells
	Colours       colorprofile.Profile
	// Tmux asks the tmux around the program, and gives its answer; nil if there is none.
	Tmux func(ctx context.Context, args ...string) (string, error)
}

// The sizes of a terminal that c8yx needs, and wants.
const (
	minWidth, minHeight   = 60, 15
	goodWidth, goodHeight = 80, 24
)

// terminal looks at the terminal.
func (p Patient) terminal(ctx context.Context, tell func(Finding)) {
	t := p.Terminal
	if !t.Is {
		tell(warn("terminal", "c8yx snapshot PLACE prints a frame instead.", "there is none here to draw on"))
		return
	}
	tell(t.kind())
	tell(t.size())
	tell(t.colours())
	if charset := t.charset(); charset != "" && !strings.Contains(strings.ToUpper(strings.ReplaceAll(charset, "-", "")), "UTF8") {
		tell(warn("characters", "Set LANG to a locale with UTF-8, such as C.UTF-8.", "the locale %s has no UTF-8: lines and names may look wrong", charset))
	}
	if t.Tmux != nil {
		t.tmux(ctx, tell)
	}
	tell(t.clipboard())
}

func (t Terminal) kind() Finding {
	switch name := t.Getenv("TERM"); name {
	case "", "dumb":
		return fail("terminal", "Set TERM to what the terminal is, such as xterm-256color.", "TERM=%s: nothing can be drawn on it", name)
	default:
		return ok("terminal", "TERM=%s", name)
	}
}

func (t Terminal) size() Finding {
	const check = "size"
	switch {
	case t.Width < minWidth || t.Height < minHeight:
		return fail(check, "Make the window larger, or its letters smaller.", "%d×%d cells; c8yx needs %d×%d", t.Width, t.Height, minWidth, minHeight)
	case t.Width < goodWidth || t.Height < goodHeight:
		return warn(check, "From 80×24 on there is room for everything.", "%d×%d cells: some columns are left out", t.Width, t.Height)
	}
	return ok(check, "%d×%d cells", t.Width, t.Height)
}

func (t Terminal) colours() Finding {
	const check = "colours"
	switch {
	case t.Getenv("NO_COLOR") != "":
		return ok(check, "none, because NO_COLOR is set")
	case t.Colours == colorprofile.TrueColor:
		return ok(check, "all of them")
	case t.Colours == colorprofile.ANSI256:
		return ok(check, "256; if the terminal has more, set COLORTERM=truecolor")
	case t.Colours == colorprofile.ANSI:
		return warn(check, "If the terminal has more, set TERM=xterm-256color or COLORTERM=truecolor.", "16: severities are told apart by their marks")
	}
	return warn(check, "If the terminal has any, set TERM to what it is.", "none: severities are told apart by their marks")
}

// charset is the locale that says how characters are written, "" if nothing does.
func (t Terminal) charset() string {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := t.Getenv(name); value != "" {
			return value
		}
	}
	return ""
}

// tmux looks at what tmux lets through.
func (t Terminal) tmux(ctx context.Context, tell func(Finding)) {
	const check = "tmux"
	features, err := t.Tmux(ctx, "display-message", "-p", "#{client_termfeatures}")
	if err != nil {
		tell(warn(check, "", "it does not answer: %v", err))
		return
	}
	if !strings.Contains(strings.ToLower(features), "rgb") {
		tell(warn(check, `If the terminal outside has them, add to ~/.tmux.conf: set -as terminal-features ",$TERM:RGB" with its TERM, and attach again.`,
			"it does not pass all colours on"))
	} else {
		tell(ok(check, "it passes all colours on"))
	}
	if setting, err := t.Tmux(ctx, "show-options", "-sv", "set-clipboard"); err == nil && strings.TrimSpace(setting) == "off" {
		tell(warn("clipboard", "Add to ~/.tmux.conf: set -s set-clipboard on", "tmux keeps what is copied to itself"))
	}
}

// clipboard says what becomes of what is copied, as far as that can be known: no terminal tells.
func (t Terminal) clipboard() Finding {
	const check = "clipboard"
	switch program := t.Getenv("TERM_PROGRAM"); {
	case program == "Apple_Terminal":
		return warn(check, "Select with the mouse instead, or use a terminal that has OSC 52.", "Apple's Terminal does not let programs copy")
	case strings.HasPrefix(t.Getenv("TERM"), "linux"):
		return warn(check, "", "the console has none")
	case t.Getenv("SSH_TTY") != "" || t.Getenv("SSH_CONNECTION") != "":
		return ok(check, "what is copied goes through ssh to the terminal at your side (OSC 52), if that allows it")
	}
	return ok(check, "what is copied goes to the terminal (OSC 52), if that allows it")
}
