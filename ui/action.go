package ui

import (
	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
)

// Action is an action's record bound to what it does here and now. It is the
// single source for key dispatch, the palette, the help and the footer.
type Action struct {
	keys.Action
	// Disabled returns why the action cannot run now, "" if it can. A nil func
	// means always. The reason is shown; the action is never hidden.
	Disabled func() string
	// Run does it, on the update loop.
	Run func()
}

// Reason returns why the action cannot run now, "" if it can.
func (a Action) Reason() string {
	if a.Disabled == nil {
		return ""
	}
	return a.Disabled()
}

// find returns the action that the key does: the first that can run, so that
// one that cannot, such as clearing a filter where there is none, leaves the key
// to the next. If none can, it is the last, for its reason: what the key is for when all others leave it.
func find(actions []Action, m *keys.Map, msg tea.KeyPressMsg) (found Action, ok bool) {
	key := KeyName(msg)
	for _, a := range actions {
		switch {
		case !m.Matches(key, a.ID):
		case a.Reason() == "":
			return a, true
		default:
			found, ok = a, true
		}
	}
	return found, ok
}

// KeyName returns the name by which a key stands in the key map: the printed
// character for printable keys, else the keystroke ("ctrl+p", "shift+tab").
func KeyName(msg tea.KeyPressMsg) string {
	if name := msg.String(); name != " " {
		return name
	}
	return "space"
}
