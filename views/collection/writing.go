package collection

import (
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/edit"
)

// Edit describes how one thing of a kind is edited.
type Edit[T any] struct {
	edit.Editor
	// Of returns the editor of one thing, where what can be edited differs from one to the other;
	// nil is the same for all.
	Of func(T) edit.Editor
	// Disabled returns why a thing cannot be edited, "" if it can; nil allows all.
	Disabled func(T) string
}

// Delete describes how things of a kind are deleted.
type Delete[T any] struct {
	edit.Remover
	// Disabled returns why a thing cannot be deleted, "" if it can; nil allows all.
	Disabled func(T) string
}

// bindWriting binds editing, creating and deleting, as far as the kind knows of them.
func (v *View[T]) bindWriting() []ui.Action {
	k := v.kind
	var actions []ui.Action
	if e := k.Edit; e != nil {
		a := Action[T]{Action: keys.Edit, Disabled: e.Disabled}
		a.Title, a.Needs = "Edit the "+string(k.One), e.Needs
		actions = append(actions, ui.Action{Action: a.Action, Disabled: func() string { return v.reason(a) }, Run: v.edit})
	}
	if k.Create != nil {
		a := keys.New
		a.Title, a.Needs = "New "+string(k.One), k.Create(v.place).Needs
		actions = append(actions, ui.Action{Action: a, Disabled: func() string { return v.tenant.Refuses(a) }, Run: v.create})
	}
	if d := k.Delete; d != nil {
		a := Action[T]{Action: keys.Delete, Disabled: d.Disabled}
		a.Title, a.Needs = "Delete the "+string(k.One), d.Needs
		actions = append(actions, ui.Action{Action: a.Action, Disabled: func() string { return v.reason(a) }, Run: func() { v.remove(a) }})
	}
	return actions
}

// target is a thing as those see it who write it.
func (k *Kind[T]) target(item T) edit.Target {
	t := edit.Target{ID: k.ID(item), Label: k.Label(item), One: k.One}
	if k.Path != nil {
		t.Path = k.Path(item)
	}
	return t
}

// edit lets the user change the thing under the cursor.
func (v *View[T]) edit() {
	v.touched = true
	item, ok := v.rows.At(v.table.Cursor())
	if !ok {
		return
	}
	id := v.kind.ID(item)
	editor := v.kind.Edit.Editor
	if v.kind.Edit.Of != nil {
		editor = v.kind.Edit.Of(item)
	}
	v.bench().Edit(editor, v.kind.target(item), func(answer jsontext.Value) { v.settle(id, answer) })
}

// create asks for a new thing and puts the cursor on it, if it belongs into the list.
func (v *View[T]) create() {
	v.bench().Create(v.kind.Create(v.place), func(answer jsontext.Value) {
		if id := v.settle("", answer); id != "" {
			if at := v.rows.Position(id); at >= 0 {
				v.touched = true
				v.table.Track(at)
			}
		}
	})
}

// settle shows what the tenant answered about a thing, and returns its id, "" if it did not tell.
func (v *View[T]) settle(id string, answer jsontext.Value) string {
	land := &landing[T]{view: v}
	if v.kind.Decode != nil && answer != nil {
		if item, err := v.kind.Decode(answer); err == nil && id == "" {
			id = v.kind.ID(item)
		}
	}
	land.take(id, false, answer)
	land.show()
	return id
}

// remove asks whether to delete the marked things, or the one under the cursor.
func (v *View[T]) remove(a Action[T]) {
	v.touched = true
	act := &Act[T]{Items: v.able(a), All: v.chosen(a), Place: v.place, Tenant: v.tenant, Scope: v.scope, action: a, view: v}
	act.Things(func(items []T) {
		land := &landing[T]{view: v}
		removal := edit.Removal{
			Targets: make([]edit.Target, len(items)), Things: v.kind.count(len(items)),
			Did:   func(n int) text.Safe { return "Deleted " + v.kind.count(n) },
			Gone:  func(t edit.Target) { land.take(t.ID, true, nil) },
			Shown: land.show,
		}
		for i, item := range items {
			removal.Targets[i] = v.kind.target(item)
		}
		v.bench().Remove(v.kind.Delete.Remover, removal)
	})
}
