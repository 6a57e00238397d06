package collection

import (
	"context"

	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
)

// marking is what is marked beside the rows themselves.
type marking[T any] struct {
	from string // the id of the row at which a range begins; "" if none has begun
	// all is everything that the place and the filter match in the tenant, if the user has
	// chosen that, and number how much that is, -1 until the tenant has told.
	all    *All[T]
	number int
}

// bindMarks binds the actions that mark.
func (v *View[T]) bindMarks() []ui.Action {
	return []ui.Action{
		{Action: keys.Mark, Run: v.mark, Disabled: v.needsRow},
		{Action: keys.MarkAll, Run: v.markAll, Disabled: v.allMarked},
		{Action: keys.Unmark, Run: v.unmark, Disabled: func() string {
			if v.rows.Marks() == 0 && v.marking.all == nil && v.marking.from == "" {
				return "nothing is marked"
			}
			return ""
		}},
		{Action: keys.Invert, Run: v.invert, Disabled: v.needsRow},
		{Action: keys.Range, Run: v.markRange, Disabled: v.needsRow},
		{Action: keys.MarkUp, Run: func() { v.markMoving(-1) }, Disabled: v.needsRow},
		{Action: keys.MarkDown, Run: func() { v.markMoving(1) }, Disabled: v.needsRow},
	}
}

// marked notes that marks have changed: whatever was chosen as a whole no longer is.
func (v *View[T]) marked() {
	v.marking.all = nil
	v.touched = true
	v.version++
}

func (v *View[T]) mark() {
	at := v.table.Cursor()
	v.rows.Mark(at, !v.rows.Marked(at))
	v.marked()
	v.table.Move(1)
}

// markMoving marks the row under the cursor and the one that the cursor moves to.
func (v *View[T]) markMoving(by int) {
	v.rows.Mark(v.table.Cursor(), true)
	v.table.Move(by)
	v.rows.Mark(v.table.Cursor(), true)
	v.marked()
}

// markRange begins a range at the cursor, or marks from where one began up to the cursor.
func (v *View[T]) markRange() {
	at := v.table.Cursor()
	from := at
	if v.marking.from != "" {
		if from = v.rows.Position(v.marking.from); from < 0 {
			from = at // it has gone, or the filter hides it
		}
		v.marking.from = ""
	} else {
		v.marking.from = v.rows.ID(at)
	}
	v.rows.MarkRange(from, at)
	v.marked()
}

// markAll marks everything that is shown. Where that is not everything there is, the same key
// chooses all that match, whether they are loaded or not.
func (v *View[T]) markAll() {
	if v.rows.MarkShown() {
		v.marked()
		return
	}
	all := v.all()
	v.marking.all, v.marking.number = all, -1
	v.version++
	ui.Load(v.scope, func(ctx context.Context) (int, error) { return all.Count(ctx) }, func(n int, err error) {
		switch {
		case v.marking.all != all:
		case err != nil:
			v.marking.all = nil
			v.scope.Toast(toast.Failure, "Not all are marked, because they could not be counted. "+fault.Explain(err))
		default:
			v.marking.number = n
		}
		v.version++
	})
}

// allMarked returns why marking everything would change nothing.
func (v *View[T]) allMarked() string {
	switch {
	case v.rows.Shown() == 0:
		return "the list is empty"
	case v.marking.all != nil:
		return "everything is marked"
	case v.complete() && v.rows.Marks() >= v.rows.Shown() && v.allShownMarked.of(v.version, v.rows.ShownMarked):
		return "everything is marked"
	}
	return ""
}

// complete reports whether all that the place asks for is loaded.
func (v *View[T]) complete() bool { return v.state == loaded && !v.truncated() }

func (v *View[T]) unmark() {
	v.rows.Unmark()
	v.marking.from = ""
	v.marked()
}

func (v *View[T]) invert() {
	v.rows.Invert()
	v.marked()
}

// sayMarks says what is marked; "" if nothing is.
func (v *View[T]) sayMarks() text.Safe {
	m := &v.marking
	switch {
	case m.all != nil && m.number < 0:
		return "all that match marked, counting …"
	case m.all != nil:
		return "all " + text.Count(m.number) + " that match marked"
	case m.from != "":
		return text.Count(v.rows.Marks()) + " marked, " + v.scope.Key(keys.Range) + " marks up to here"
	case v.rows.Marks() > 0:
		return text.Count(v.rows.Marks()) + " marked"
	}
	return ""
}
