package collection

import (
	"cmp"
	"context"
	"time"

	"c8yx/c8yclient/realtime"
	"c8yx/views/fault"
	"c8yx/views/place"
)

// arrive takes a batch from the tenant, unless the view is paused.
func (v *View[T]) arrive(batch []change[T]) {
	if v.paused {
		v.held += len(batch)
		return
	}
	if v.state == loading && len(batch) > 0 {
		v.state = filling
	}
	if len(batch) > 0 {
		v.asOf = time.Now()
	}
	v.merge(batch)
	v.tick()
}

// merge puts a batch of changes into the rows; while an order is being made
// it waits.
func (v *View[T]) merge(batch []change[T]) {
	v.mutate(func() {
		v.holding(func() { v.rows.Merge(batch) })
		v.lookUp()
	})
}

// sweep removes what a complete reading has not seen.
func (v *View[T]) sweep(seen map[string]bool) {
	v.mutate(func() {
		if gone := v.rows.Missing(seen); gone != nil {
			v.holding(func() { v.rows.Merge(gone) })
		}
	})
}

// ended notes how a reading ended, and plans the next one: soon after a
// failure, later where nothing tells of changes.
func (v *View[T]) ended(p place.Place, err error, cut bool) {
	if v.answer(p, err) {
		return // what was asked for was refused; the list stays as it is
	}
	if v.again != nil {
		v.again()
		v.again = nil
	}
	v.err, v.feed.seen = err, nil
	if err == nil {
		v.state, v.retry, v.asOf, v.cut = loaded, 0, time.Now(), cut
		if !cut {
			v.total = 0
		}
		if !v.follows() && v.seen {
			v.plan(cmp.Or(v.kind.Reread, rereadEvery))
		}
	} else {
		v.state = failed
		v.retry = max(firstRetry, min(2*v.retry, lastRetry))
		if fault.Transient(err) {
			v.plan(v.retry)
		}
	}
	v.version++
	v.tick()
}

func (v *View[T]) plan(in time.Duration) {
	v.again = v.scope.After(in, func() {
		v.again = nil
		v.refresh()
	})
}

// refresh reads the place again; the rows stay while it does.
func (v *View[T]) refresh() {
	v.paused, v.held = false, 0
	if v.again != nil {
		v.again()
		v.again = nil
	}
	v.read(v.place)
	v.count()
}

// count asks the tenant how many there are, beside the reading.
func (v *View[T]) count() {
	if v.kind.Total == nil {
		return
	}
	v.scope.Go(v.countWork())
}

// most is how many things a list keeps unless its kind says otherwise.
const most = 100_000

// truncated reports whether there is more than the list keeps.
func (v *View[T]) truncated() bool { return v.cut || v.rows.Dropped() > 0 }

// connection notes when the live connection was lost, and that it is back.
func (v *View[T]) connection(b realtime.Batch) {
	lost := time.Time{}
	switch b.State {
	case realtime.Lost:
		lost = b.Since
	case realtime.Refused:
		lost = b.Since
		if v.again == nil && v.seen {
			v.plan(cmp.Or(v.kind.Reread, rereadEvery))
		}
	}
	if lost != v.lost {
		if v.state == loaded && lost.After(v.asOf) {
			v.asOf = lost // until then nothing was missed
		}
		v.lost = lost
		v.version++
		v.tick()
	}
}

// follows reports whether live messages keep the list true.
func (v *View[T]) follows() bool {
	return v.kind.Live != nil || v.kind.Channel != nil && v.kind.Channel(v.place) != "" && v.lost.IsZero()
}

// countWork asks for the total and hands it to the view if rows are still
// coming in then.
func (v *View[T]) countWork() func(context.Context) {
	p := v.place
	return func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		total, err := v.kind.Total(ctx, v.tenant, p)
		if err != nil {
			return // the list itself says what is wrong
		}
		v.scope.Post(func() {
			if (v.state != loaded || v.cut) && p.String() == v.place.String() {
				v.total = total
			}
		})
	}
}
