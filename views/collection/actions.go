package collection

import (
	"net/url"
	"slices"
	"strings"

	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/fields"
	"c8yx/views/place"
)

// bind binds the kind's actions and those of all lists to this view.
func (v *View[T]) bind() []ui.Action {
	actions := []ui.Action{{Action: keys.Open, Run: v.open, Disabled: v.unopened}}
	for _, a := range v.kind.Actions {
		actions = append(actions, ui.Action{
			Action:   a.Action,
			Disabled: func() string { return v.reason(a) },
			Run: func() {
				v.touched = true
				v.act(a)
			},
		})
	}
	actions = append(actions, v.bindOffers()...)
	actions = append(actions, v.bindWriting()...)
	back := keys.Back
	back.Title, back.Hint, back.Context = "Clear the filter", "clear filter", keys.Lists
	actions = append(actions,
		ui.Action{Action: keys.Inspect, Run: v.inspect, Disabled: func() string {
			if v.kind.Path == nil {
				return "it has no document of its own"
			}
			return v.needsRow()
		}},
		ui.Action{Action: keys.Filter, Run: v.typeFilter},
		ui.Action{Action: back, Run: v.clearFilter, Disabled: func() string {
			if v.local == "" && !v.askedByUser() {
				return "there is no filter"
			}
			return ""
		}},
		ui.Action{Action: keys.Sort, Run: v.nextSort},
		ui.Action{Action: keys.Reverse, Run: func() { v.sortBy(v.column, !v.reverse) }},
		ui.Action{Action: keys.Explain, Run: v.explain, Disabled: v.unexplained},
		ui.Action{Action: keys.Columns, Run: v.choose},
		ui.Action{Action: keys.Copy, Run: v.copy, Disabled: v.needsRow},
		ui.Action{Action: keys.Export, Run: v.export},
		ui.Action{Action: keys.Detail, Run: v.switchDetail, Disabled: func() string {
			if v.width < fields.WideEnough {
				return v.needsRow()
			}
			return ""
		}},
		ui.Action{Action: keys.Refresh, Run: v.refresh},
		ui.Action{Action: keys.Pause, Run: v.pause},
	)
	if v.kind.Audited != nil {
		actions = append(actions, ui.Action{Action: keys.Audited, Run: v.audited, Disabled: func() string {
			if why := v.tenant.Refuses(keys.Audited); why != "" {
				return why
			}
			return v.needsRow()
		}})
	}
	return slices.Concat(actions, v.bindMarks(), v.moving())
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
	if many && v.rows.Marks() > 0 {
		return v.targeted.of(v.version, v.rows.MarkedItems)
	}
	if item, ok := v.rows.At(v.table.Cursor()); ok {
		return []T{item}
	}
	return nil
}

// able returns the targets with which the action can be done.
func (v *View[T]) able(a Action[T]) []T {
	items := slices.Clone(v.targets(a.Many))
	if a.Disabled == nil {
		return items
	}
	return slices.DeleteFunc(items, func(item T) bool { return a.Disabled(item) != "" })
}

// chosen returns everything that matches, if the user has chosen that and the action works on
// many; else nil.
func (v *View[T]) chosen(a Action[T]) *All[T] {
	if !a.Many {
		return nil
	}
	return v.marking.all
}

// reason returns why an action cannot be done; "" if it can with at least one
// of its targets. It is asked for every frame, so for many targets the answer is kept.
func (v *View[T]) reason(a Action[T]) string {
	if refused := v.tenant.Refuses(a.Action); refused != "" {
		return refused
	}
	if a.Many && v.rows.Marks() > 1 {
		if v.reasons[a.ID] == nil {
			v.reasons[a.ID] = &kept[string]{}
		}
		return v.reasons[a.ID].of(v.version, func() string { return impossible(a, v.targets(true)) })
	}
	return impossible(a, v.targets(a.Many))
}

// impossible returns why an action can be done with none of the things, "" if it can with one.
func impossible[T any](a Action[T], items []T) string {
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

// kept is an answer that holds until the version of what was asked changes.
type kept[A any] struct {
	version uint64
	known   bool
	answer  A
}

// of returns the answer of a version, found out if it is not the one that was kept.
func (k *kept[A]) of(version uint64, find func() A) A {
	if !k.known || k.version != version {
		k.version, k.known, k.answer = version, true, find()
	}
	return k.answer
}

// open opens the thing under the cursor.
func (v *View[T]) open() {
	v.touched = true
	item, ok := v.rows.At(v.table.Cursor())
	switch {
	case !ok:
	case v.kind.Cell != nil:
		v.act(v.cell())
	case v.kind.Enter != nil:
		v.kind.Enter(v.scope, item)
	case v.kind.Opens != nil:
		v.scope.Open(v.kind.Opens(item).String())
	case v.kind.Path == nil:
		v.tell(item)
	default:
		v.inspect()
	}
}

// audited opens everything that the audit log has about the thing under the cursor.
func (v *View[T]) audited() {
	v.touched = true
	if item, ok := v.rows.At(v.table.Cursor()); ok {
		v.scope.Open(place.At("audit").With("source", v.kind.Audited(item)).With("last", "all").String())
	}
}

// inspect opens the document of the thing under the cursor.
func (v *View[T]) inspect() {
	v.touched = true
	if item, ok := v.rows.At(v.table.Cursor()); ok && v.kind.Path != nil {
		segments := strings.Split(v.kind.Path(item), "/")
		for i, s := range segments {
			if plain, err := url.PathUnescape(s); err == nil {
				segments[i] = plain
			}
		}
		v.scope.Open(place.At("inspect", segments...).String())
	}
}

// pause holds live changes back; going on reads what was missed.
func (v *View[T]) pause() {
	if v.paused {
		v.refresh()
		return
	}
	v.paused = true
}
