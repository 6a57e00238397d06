package collection

import (
	"context"
	"sync/atomic"

	"c8yx/ui"
	"c8yx/views/collection/filter"
	"c8yx/views/collection/rows"
)

// inLoop is up to how many rows a filter is applied on the update loop: within a millisecond.
const inLoop = 5000

// arranging brings the rows into another order or through another filter, beside the update
// loop if there are many. Until it is done the rows are shown as they were, and what would
// change them waits.
type arranging struct {
	applied *filter.Filter // what the rows went through last
	resort  bool           // another order is asked for
	busy    bool
	again   bool         // what is being worked out is no longer what is asked for
	stop    *atomic.Bool // tells the work so
	waiting []func()     // changes of the rows that came meanwhile
}

// mutate changes the rows, as soon as nobody reads them beside the update loop.
func (v *View[T]) mutate(do func()) {
	if v.arranging.busy {
		v.arranging.waiting = append(v.arranging.waiting, do)
		return
	}
	do()
}

// arrange brings the rows into the order and through the filter that are asked for now.
func (v *View[T]) arrange() {
	a := &v.arranging
	if a.busy {
		a.again = true
		a.stop.Store(true)
		return
	}
	if !v.knowsAll() {
		return // fragments are being looked up; it goes on when they are known
	}
	stop := &atomic.Bool{}
	asked := v.filter
	wish := rows.Wish{
		Resort: a.resort, Order: v.comparison(), Match: v.kind.matcher(asked, v.sight()),
		Narrows: asked.Narrows(a.applied), Stop: stop.Load,
	}
	done := func(made rows.Arrangement) {
		a.applied, a.resort = asked, false
		v.holding(func() { v.rows.Apply(made) })
	}
	if v.scope == nil || v.rows.Len() <= inLoop && !a.resort {
		done(v.rows.Arrange(wish))
		return
	}
	a.busy, a.stop = true, stop
	ui.Load(v.scope, func(context.Context) (rows.Arrangement, error) {
		return v.rows.Arrange(wish), nil
	}, func(made rows.Arrangement, _ error) {
		a.busy = false
		again := a.again
		a.again = false
		if !again {
			done(made)
		}
		v.catchUp()
		if again {
			v.arrange()
		}
	})
}

// catchUp makes the changes that waited, until somebody reads the rows again.
func (v *View[T]) catchUp() {
	a := &v.arranging
	for len(a.waiting) > 0 && !a.busy {
		next := a.waiting[0]
		a.waiting = a.waiting[1:]
		next()
	}
}

// holding does something to the rows and puts the cursor back on the thing
// that it was on. A cursor that nobody has put anywhere stays at the top.
func (v *View[T]) holding(do func()) {
	id := v.rows.ID(v.table.Cursor())
	do()
	v.version++
	v.table.Invalidate(v.version)
	if !v.touched || id == "" {
		return
	}
	if position := v.rows.Position(id); position >= 0 {
		v.table.Track(position)
	}
}
