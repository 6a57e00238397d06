package clipboard

import (
	"github.com/charmbracelet/x/ansi"

	"c8yx/ui/text"
)

// Limit is how many bytes a clipboard sequence carries; terminals cut or refuse longer ones
// without a word.
const Limit = 74_000

// Route is the way to the terminal.
type Route uint8

// The ways.
const (
	Direct Route = iota
	Tmux         // tmux hands it on, or keeps it, as it is set up
	Screen       // GNU screen
)

// RouteOf tells the way by the environment.
func RouteOf(getenv func(string) string) Route {
	switch {
	case getenv("TMUX") != "":
		return Tmux
	case getenv("STY") != "":
		return Screen
	}
	return Direct
}

// screenChunk is how long a sequence screen hands on in one piece.
const screenChunk = 768

// Sequence returns what to write so that the content gets onto the clipboard.
func (r Route) Sequence(content string) string {
	plain := ansi.SetSystemClipboard(content)
	switch r {
	case Tmux:
		// Where set-clipboard is on, tmux takes the plain one; where allow-passthrough is,
		// the terminal gets the wrapped one. Both at once do no harm.
		return plain + ansi.TmuxPassthrough(plain)
	case Screen:
		return ansi.ScreenPassthrough(plain, screenChunk)
	}
	return plain
}

// Where says where a copy went, and by what it may have been stopped.
func (r Route) Where() text.Safe {
	switch r {
	case Tmux:
		return "to the clipboard, by way of tmux, which needs set-clipboard on"
	case Screen:
		return "to the terminal's clipboard, by way of screen"
	}
	return "to the terminal's clipboard"
}
