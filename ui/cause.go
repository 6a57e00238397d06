package ui

import (
	"context"
	"slices"

	"c8yx/keys"
)

// causes keeps track of what the program is doing for the user, so that work in the
// background can say what it is done for: of the view at a place, by an action of it.
type causes struct {
	// acting is the action under way on the update loop; zero while there is none.
	acting keys.Action
	// overlays says which action showed an overlay, and so what its answers are part of.
	overlays map[Overlay]keys.Action
}

// during runs something as part of an action.
func (c *causes) during(a keys.Action, do func()) {
	before := c.acting
	c.acting = a
	defer func() { c.acting = before }()
	do()
}

// attribute returns the actions, each of which knows what it is while it runs.
func (c *causes) attribute(actions []Action) []Action {
	actions = slices.Clone(actions)
	for i, a := range actions {
		if a.Run != nil {
			actions[i].Run = func() { c.during(a.Action, a.Run) }
		}
	}
	return actions
}

// shown notes that an overlay belongs to the action under way.
func (c *causes) shown(o Overlay) {
	if c.acting.ID == "" {
		return
	}
	if c.overlays == nil {
		c.overlays = make(map[Overlay]keys.Action)
	}
	c.overlays[o] = c.acting
}

// answering runs something as part of the action that showed an overlay.
func (c *causes) answering(o Overlay, do func()) {
	if a, known := c.overlays[o]; known {
		c.during(a, do)
		return
	}
	do()
}

// gone forgets an overlay.
func (c *causes) gone(o Overlay) { delete(c.overlays, o) }

// marked returns the context for work of a view of the desk at a place, by an action; both
// may be empty.
func (d *desk) marked(ctx context.Context, place string, by keys.Action) context.Context {
	if d == nil || d.Cause == nil {
		return ctx
	}
	return d.Cause(ctx, place, by)
}
