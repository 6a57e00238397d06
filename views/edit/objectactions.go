package edit

import (
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/text"
)

// ObjectPlace is where a view shows a managed object that can be edited and deleted.
type ObjectPlace struct {
	// Context is that of the view's other actions.
	Context keys.Context
	// At returns the object, and whether it is a device; or why there is none.
	At func() (target Target, device bool, why string)
	// Changed and Deleted are called on the update loop, to read again.
	Changed, Deleted func()
}

// ObjectActions are what views that are no lists offer to do with the object that they show.
func (b Bench) ObjectActions(p ObjectPlace) []ui.Action {
	action := func(record keys.Action, needs []string, do func(Target, bool)) ui.Action {
		record.Context, record.Needs, record.Many = p.Context, needs, false
		return ui.Action{
			Action: record,
			Disabled: func() string {
				if _, _, why := p.At(); why != "" {
					return why
				}
				return b.Tenant.Refuses(record)
			},
			Run: func() {
				target, device, _ := p.At()
				do(target, device)
			},
		}
	}
	return []ui.Action{
		action(keys.Edit, Object().Needs, func(target Target, device bool) {
			editor := Object()
			if device {
				editor = DeviceObject()
			}
			b.Edit(editor, target, func(jsontext.Value) { p.Changed() })
		}),
		action(keys.Delete, RemoveObject().Needs, func(target Target, _ bool) {
			b.Remove(RemoveObject(), Removal{
				Targets: []Target{target}, Things: "1 " + target.One,
				Did:   func(int) text.Safe { return "Deleted " + text.Clean(target.Label) },
				Shown: p.Deleted,
			})
		}),
	}
}
