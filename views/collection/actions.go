package collection

import (
	"context"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/fields"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
	"c8yx/views/place"
)

// bind binds the kind's actions and those of all lists to this view.
func (v *View[T]) bind() []ui.Action {
	actions := []ui.Action{{Action: keys.Open, Run: v.open, Disabled: v.needsRow}}
	for _, a := range v.kind.Actions {
		actions = append(actions, ui.Action{
			Action:   a.Action,
			Disabled: func() string { return v.reason(a) },
			Run: func() {
				v.touched = true
				a.Run(&Act[T]{Items: v.able(a), Place: v.place, Tenant: v.tenant, Scope: v.scope, view: v})
			},
		})
	}
	back := keys.Back
	back.Title, back.Hint, back.Context = "Clear the filter", "clear filter", keys.Lists
	actions = append(actions,
		ui.Action{Action: keys.Inspect, Run: v.inspect, Disabled: func() string {
			if v.kind.Path == nil {
				return "it has no document of its own"
			}
			return v.needsRow()
		}},
		ui.Action{Action: keys.Filter, Run: func() { v.typing = true; v.layout() }},
		ui.Action{Action: back, Run: v.clearFilter, Disabled: func() string {
			if v.filter.Value() == "" {
				return "there is no filter"
			}
			return ""
		}},
		ui.Action{Action: keys.Mark, Run: v.mark, Disabled: v.needsRow},
		ui.Action{Action: keys.Sort, Run: v.nextSort},
		ui.Action{Action: keys.Reverse, Run: func() { v.sortBy(v.column, !v.reverse) }},
		ui.Action{Action: keys.MarkAll, Run: v.markAll, Disabled: v.needsRow},
		ui.Action{Action: keys.Unmark, Run: v.unmark, Disabled: func() string {
			if v.rows.marks == 0 {
				return "nothing is marked"
			}
			return ""
		}},
		ui.Action{Action: keys.Copy, Run: v.copy, Disabled: v.needsRow},
		ui.Action{Action: keys.Detail, Run: func() { v.detail = !v.detail; v.layout() }, Disabled: func() string {
			if v.width < fields.WideEnough {
				return "the terminal is too narrow"
			}
			return ""
		}},
		ui.Action{Action: keys.Refresh, Run: v.refresh},
		ui.Action{Action: keys.Pause, Run: v.pause},
	)
	return append(actions, v.moving()...)
}

// moving binds the actions that move the cursor.
func (v *View[T]) moving() []ui.Action {
	move := func(a keys.Action, do func()) ui.Action {
		return ui.Action{Action: a, Run: func() {
			v.touched = true
			do()
			v.tick()
		}}
	}
	return []ui.Action{
		move(keys.Up, func() { v.table.Move(-1) }),
		move(keys.Down, func() { v.table.Move(1) }),
		move(keys.PageUp, func() { v.table.Page(-1) }),
		move(keys.PageDown, func() { v.table.Page(1) }),
		move(keys.First, v.table.Home),
		move(keys.Last, v.table.End),
		move(keys.Left, func() { v.table.ScrollColumns(-1) }),
		move(keys.Right, func() { v.table.ScrollColumns(1) }),
	}
}

func (v *View[T]) needsRow() string {
	if v.table.Cursor() < 0 {
		return "the list is empty"
	}
	return ""
}

// targets returns what an action acts on: the marked things, else the one
// under the cursor.
func (v *View[T]) targets(many bool) []T {
	if many && v.rows.marks > 0 {
		return v.rows.marked()
	}
	if row := v.rows.at(v.table.Cursor()); row != nil {
		return []T{row.item}
	}
	return nil
}

// able returns the targets with which the action can be done.
func (v *View[T]) able(a Action[T]) []T {
	items := v.targets(a.Many)
	if a.Disabled == nil {
		return items
	}
	return slices.DeleteFunc(items, func(item T) bool { return a.Disabled(item) != "" })
}

// reason returns why an action cannot be done; "" if it can with at least one
// of its targets.
func (v *View[T]) reason(a Action[T]) string {
	if refused := v.tenant.Refuses(a.Action); refused != "" {
		return refused
	}
	items := v.targets(a.Many)
	if len(items) == 0 {
		return "the list is empty"
	}
	if a.Disabled == nil {
		return ""
	}
	first := ""
	for _, item := range items {
		why := a.Disabled(item)
		if why == "" {
			return ""
		}
		if first == "" {
			first = why
		}
	}
	return first
}

// open opens the thing under the cursor.
func (v *View[T]) open() {
	v.touched = true
	row := v.rows.at(v.table.Cursor())
	switch {
	case row == nil:
	case v.kind.Opens != nil:
		v.scope.Open(v.kind.Opens(row.item).String())
	default:
		v.inspect()
	}
}

// inspect opens the document of the thing under the cursor.
func (v *View[T]) inspect() {
	v.touched = true
	if row := v.rows.at(v.table.Cursor()); row != nil && v.kind.Path != nil {
		v.scope.Open(place.At("inspect", strings.Split(v.kind.Path(row.item), "/")...).String())
	}
}

func (v *View[T]) mark() {
	at := v.table.Cursor()
	v.rows.mark(at, !v.rows.at(at).marked)
	v.touched = true
	v.table.Move(1)
	v.version++
}

func (v *View[T]) markAll() {
	for i := range v.rows.shown {
		v.rows.mark(i, true)
	}
	v.version++
}

func (v *View[T]) unmark() {
	v.rows.unmark()
	v.version++
}

// pause holds live changes back; going on reads what was missed.
func (v *View[T]) pause() {
	if v.paused {
		v.refresh()
		return
	}
	v.paused = true
}

// copy asks what to copy of the thing under the cursor.
func (v *View[T]) copy() {
	row := v.rows.at(v.table.Cursor())
	item := row.item
	var cells []string
	for _, c := range v.kind.Columns {
		if c.Cell != nil {
			cells = append(cells, string(c.Cell(item).Text))
		}
	}
	var choices []dialog.Choice
	if v.kind.Path != nil {
		choices = append(choices, dialog.Choice{
			Key: "j", Title: "JSON", Note: "the document as the tenant has it", Run: func() { v.copyJSON(item) },
		})
	}
	choices = append(choices,
		dialog.Choice{Key: "i", Title: "Id", Note: text.Clean(row.id), Run: func() { v.scope.Copy("the id", row.id) }},
		dialog.Choice{Key: "r", Title: "Row", Note: "its cells, parted by tabs", Run: func() { v.scope.Copy("the row", strings.Join(cells, "\t")) }},
		dialog.Choice{Key: "p", Title: "Place", Note: "of this list, to open it again", Run: func() { v.scope.Copy("the place", v.Place()) }},
	)
	v.scope.Show(&dialog.Choose{Title: "Copy", Choices: choices})
}

// copyJSON fetches the document of a thing and copies it.
func (v *View[T]) copyJSON(item T) {
	path := v.kind.Path(item)
	ui.Load(v.scope, func(ctx context.Context) (jsontext.Value, error) {
		var document jsontext.Value
		err := v.tenant.Client.Get(ctx, "/"+path, &document)
		return document, err
	}, func(document jsontext.Value, err error) {
		if err == nil {
			err = document.Indent(jsontext.WithIndent("  "))
		}
		if err != nil {
			v.scope.Toast(toast.Failure, "Not copied. "+fault.Explain(err))
			return
		}
		v.scope.Copy("the document", string(document))
	})
}
