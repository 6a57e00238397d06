package ui

import (
	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/text"
)

// View is one place on screen. All methods are called on the update loop.
type View interface {
	// Open begins the view's work. Everything begun through the scope ends
	// with it; the scope ends when the view leaves the stack.
	Open(*Scope)
	// Place returns the text that opens this view again, as it is now.
	Place() string
	// Title returns the view's crumb.
	Title() text.Safe
	// Status returns what the view says of itself at the right of the crumbs:
	// how much is loaded, filtered, marked.
	Status() []Span
	// Actions returns what can be done here, the most useful first. It is asked
	// when the view gets on top, and after [Scope.Rebind]; whether an action is
	// disabled may change at any time.
	Actions() []Action
	// Resize tells the view the size of its pane in cells.
	Resize(width, height int)
	// Render returns the pane: height lines of width cells. It is called after
	// every message and must return the same string for next to nothing if
	// nothing changed.
	Render(*theme.Theme) string
	// Key handles a key that belongs to no action, and every key while the
	// view is [Typist.Typing]. It reports whether the key meant something.
	Key(tea.KeyPressMsg) bool
}

// Typist is a view in which text can be typed; while it is, keys are letters
// and not actions.
type Typist interface {
	Typing() bool
	Paste(string)
}

// Pointer is a view that understands the mouse. Positions are relative to the
// pane.
type Pointer interface {
	Mouse(tea.MouseMsg, tea.Mouse)
}

// Visitor is a view that wants to know when it is on top of the stack: what
// is not seen need not redraw its clocks.
type Visitor interface {
	Shown()
	Hidden()
}

// Span is a piece of text with a meaning.
type Span struct {
	Text text.Safe
	Role theme.Role
}
