package collection

import (
	"context"
	"iter"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"c8yx/c8yclient/realtime"
	"c8yx/ui"
	"c8yx/views/collection/rows"
	"c8yx/views/fragment"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// The rhythm of a feed.
const (
	rereadEvery = 30 * time.Second // kinds without a channel, while seen
	firstRetry  = 2 * time.Second  // after a reading failed; doubles …
	lastRetry   = time.Minute      // … up to this
	batchEvery  = 40 * time.Millisecond
)

// state is how far the reading of a list has come.
type state uint8

const (
	loading state = iota // nothing has arrived yet
	filling              // rows are shown, more are coming
	loaded               // everything has arrived
	failed               // the last reading broke off
)

// change is one thing on its way into the rows.
type change[T any] = rows.Change[T]

// feed reads a place and follows it: pages first, live changes beside them. It
// turns things into changes away from the update loop, and hands them over in
// batches.
type feed[T any] struct {
	kind   *Kind[T]
	tenant *tenant.Tenant
	scope  *ui.Scope
	stop   context.CancelFunc // of the reading under way
	leave  context.CancelFunc // of what is followed
	began  time.Time          // the reading under way, or the last one
	seen   map[string]bool    // by the reading under way; nil if none is
	limit  int                // how many things are read at most

	wanted    atomic.Pointer[rows.Wanted] // the fragments that the rows keep
	packers   sync.Pool                   // of *fragment.Packer
	catalogue *fragment.Catalogue

	// What the view does with it, on the update loop.
	merge      func([]change[T])
	sweep      func(seen map[string]bool)               // a reading is complete; the rest is gone
	answered   func(place.Place)                        // the tenant has taken what the place asks for
	ended      func(p place.Place, err error, cut bool) // cut: there is more than was read
	again      func()                                   // live messages were missed
	connection func(realtime.Batch)                     // the state of the live connection
}

// reading is what a reading asks for.
type reading struct {
	place place.Place
	// property and reverse are the order in which the tenant is asked, if it can be; "" is its
	// own. Otherwise only the first page comes in that order, which is what is seen first, and
	// all others in the order that is fastest.
	property   string
	reverse    bool
	throughout bool
}

// read begins a reading; one under way is given up. The reading's context also tells it from
// later ones, until its last batch has been applied: so it ends with the next reading or the
// view, and not with the pages.
func (f *feed[T]) read(r reading) {
	if f.stop != nil {
		f.stop()
	}
	ctx, cancel := context.WithCancel(f.scope.Context())
	f.stop = cancel
	seen := make(map[string]bool)
	f.seen, f.began = seen, time.Now()
	done := f.scope.Busy()
	f.scope.Go(func(context.Context) {
		defer done()
		if f.kind.Fragments != nil {
			f.tenant.RecallCatalogue(f.kind.documents())
			defer func() { _ = f.tenant.KeepCatalogue(f.kind.documents()) }()
		}
		read := 0
		for items, err := range f.items(ctx, r) {
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				f.post(ctx, func() { f.ended(r.place, err, false) })
				return
			}
			if read >= f.limit && len(items) > 0 {
				f.post(ctx, func() {
					f.sweep(seen)
					f.ended(r.place, nil, true)
				})
				return
			}
			read += len(items)
			batch := f.prepare(items)
			f.post(ctx, func() {
				f.answered(r.place)
				for _, c := range batch {
					seen[c.ID] = true
				}
				f.merge(batch)
			})
		}
		f.post(ctx, func() {
			f.answered(r.place)
			f.sweep(seen)
			f.ended(r.place, nil, false)
		})
		if read >= manyRead {
			debug.FreeOSMemory() // what answers were in; the next collection may be far, for from now on little happens
		}
	})
}

// manyRead is after how many things the memory that reading took is worth giving back.
const manyRead = 10_000

// items lists what a reading asks for.
func (f *feed[T]) items(ctx context.Context, r reading) iter.Seq2[[]T, error] {
	switch {
	case r.property == "" || f.kind.Sorted == nil:
		return f.kind.Read(ctx, f.tenant, r.place)
	case r.throughout:
		return f.kind.Sorted(ctx, f.tenant, r.place, r.property, r.reverse)
	}
	return func(yield func([]T, error) bool) {
		for items, err := range f.kind.Sorted(ctx, f.tenant, r.place, r.property, r.reverse) {
			if !yield(items, err) || err != nil {
				return
			}
			break
		}
		f.kind.Read(ctx, f.tenant, r.place)(yield)
	}
}

// notice notes what came live, even if the reading under way came too early for it.
func (f *feed[T]) notice(changes []change[T]) {
	if f.seen == nil {
		return
	}
	for _, c := range changes {
		f.seen[c.ID] = true
	}
}

// post runs apply on the update loop unless ctx has ended: another reading has begun, or another
// place is followed.
func (f *feed[T]) post(ctx context.Context, apply func()) {
	f.scope.Post(func() {
		if ctx.Err() == nil {
			apply()
		}
	})
}

// folded returns the text that words of a filter are searched in: that of all cells that are
// shown by default, in lower case.
func (k *Kind[T]) folded(item T) string {
	var all []byte
	for i := range k.Columns {
		if c := &k.Columns[i]; c.Cell != nil && !c.Hidden {
			all = append(all, c.Cell(item).Text...)
			all = append(all, '\n')
		}
	}
	return strings.ToLower(string(all))
}

// follow subscribes to the place's channel until the view closes or follows another place.
// The platform replays nothing, so whatever was read before the channel was
// live, or before a gap in it, is read again.
func (f *feed[T]) follow(p place.Place) {
	if f.leave != nil {
		f.leave()
	}
	ctx, cancel := context.WithCancel(f.scope.Context())
	f.leave = cancel
	if f.kind.Live != nil {
		f.scope.Go(func(context.Context) { f.listen(ctx, p) })
	}
	if f.kind.Channel == nil {
		return
	}
	channel := f.kind.Channel(p)
	if channel == "" {
		return
	}
	f.scope.Go(func(context.Context) {
		for batch := range f.tenant.Follow(ctx, batchEvery, channel) {
			changes := f.live(p, batch.Messages)
			f.post(ctx, func() {
				f.connection(batch)
				f.notice(changes)
				f.merge(changes)
				if batch.Gap || f.began.Before(batch.LiveSince) {
					f.again()
				}
			})
		}
	})
}

// listen merges what a kind tells by itself.
func (f *feed[T]) listen(ctx context.Context, p place.Place) {
	for news := range f.kind.Live(ctx, f.tenant, p) {
		changes := f.prepare(news.Items)
		for _, id := range news.Gone {
			changes = append(changes, change[T]{ID: id, Gone: true})
		}
		f.post(ctx, func() {
			f.notice(changes)
			f.merge(changes)
		})
	}
}

// live turns messages into changes, in their order. What does not belong into the place is
// taken out of it, since it may have belonged before.
func (f *feed[T]) live(p place.Place, messages []realtime.Message) []change[T] {
	changes := make([]change[T], 0, len(messages))
	var items []T
	var places []int // of the items among the changes
	for _, m := range messages {
		if m.Action == realtime.Delete {
			changes = append(changes, change[T]{ID: m.ID, Gone: true})
			continue
		}
		item, err := f.kind.Decode(m.Data)
		switch {
		case err != nil:
		case f.kind.Admits != nil && !f.kind.Admits(p, item):
			changes = append(changes, change[T]{ID: f.kind.ID(item), Gone: true})
		default:
			items, places = append(items, item), append(places, len(changes))
			changes = append(changes, change[T]{})
		}
	}
	for i, c := range f.prepare(items) {
		changes[places[i]] = c
	}
	return changes
}
