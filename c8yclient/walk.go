package c8yclient

import (
	"context"
	"math"
	"slices"
)

// walk reads a list in parts, which it delivers in their order. There is one part at
// first: the whole list. When the page of a part has come, what the page did not hold of it
// is a part again: by keys if the list has keys, otherwise by the next link. Where the end
// of a part is known it is cut into parts of about a page, several of which are asked for
// at once; never more than [walk.ahead] pages are under way or waiting for the caller.
//
// Everything but the requests happens in the caller's goroutine.
type walk[T any] struct {
	client  *Client
	listing listing
	keys    *keys[T] // nil: by links only
	size    int      // of a full page

	parts []*part[T]
	// ahead is how many pages to have asked for. It doubles with each page that the caller
	// takes, up to most: who looks at a few items only costs the tenant no more than that.
	ahead, most int
	// span is how wide a range of keys about a page of items lies in; 0 if not known yet.
	span int64
	last lastKey
	// forgetful is a tenant that overlooks what selects keys: only links lead on.
	forgetful bool

	// landings brings what to do when a request has been answered, flying counts those that
	// have not.
	landings chan func()
	flying   int
}

// part is a part of a list: the items with keys in (from, to], or what a link leads to of
// them.
type part[T any] struct {
	from, to int64
	// links follows the links of a part that cannot be asked for by keys.
	links linkWalk
	// repeats are the items of the part that an earlier part held already, and how many of
	// each.
	repeats map[string]int

	asked, landed bool
	page          *Page[T]
	err           error
}

// lastKey is what is known of the largest key of a list.
type lastKey struct {
	asked, known, hopeless bool
	key                    int64
}

// spareRequests is how many of a client's concurrent requests a walk leaves to others.
const spareRequests = 2

func newWalk[T any](c *Client, l listing, k *keys[T]) *walk[T] {
	w := &walk[T]{
		client: c, listing: l, keys: k, size: l.pageSize(),
		ahead: 1, most: max(c.transport.gate.size()-spareRequests, 1),
	}
	w.landings = make(chan func(), w.most+2)
	whole := &part[T]{from: -unbounded, to: unbounded}
	if k != nil {
		whole.from, whole.to = k.from, k.to
	} else {
		whole.links.target = l.first()
	}
	w.parts = []*part[T]{whole}
	return w
}

// run delivers the pages.
func (w *walk[T]) run(ctx context.Context, yield func(*Page[T], error) bool) {
	for first := true; ; {
		w.ask(ctx)
		if len(w.parts) == 0 {
			return
		}
		head := w.parts[0]
		if !head.landed {
			w.land(<-w.landings)
			continue
		}
		w.parts = w.parts[1:]
		if head.err != nil {
			yield(nil, head.err)
			return
		}
		w.ask(ctx)
		if first || len(head.page.Items) > 0 {
			if !yield(head.page, nil) {
				return
			}
			w.ahead = min(2*w.ahead, w.most)
		}
		first = false
		for more := true; more; {
			select {
			case landing := <-w.landings:
				w.land(landing)
			default:
				more = false
			}
		}
	}
}

// end waits for the requests that are under way.
func (w *walk[T]) end(cancel context.CancelFunc) {
	cancel()
	for ; w.flying > 0; w.flying-- {
		<-w.landings
	}
}

// start does work beside the caller. What it returns is done in the caller's goroutine, and
// a panic happens there as well.
func (w *walk[T]) start(work func() (landing func())) {
	w.flying++
	go func() {
		var landing func()
		defer func() {
			if p := recover(); p != nil {
				landing = func() { panic(p) }
			}
			w.landings <- landing
		}()
		landing = work()
	}()
}

func (w *walk[T]) land(landing func()) {
	w.flying--
	landing()
}

// ask sends requests for parts: always for the first, and for others as far ahead as is
// allowed.
func (w *walk[T]) ask(ctx context.Context) {
	asked := 0
	for i := 0; i < len(w.parts); i++ {
		p := w.parts[i]
		if !p.asked {
			if i > 0 && asked >= w.ahead {
				return
			}
			if p.links.target == "" {
				w.askLast(ctx, p)
				w.cut(i)
				p.links.target = w.target(p)
			}
			p.asked = true
			target := p.links.target
			w.start(func() func() {
				page, err := fetchPage[T](ctx, w.client, target, w.listing.key)
				return func() { w.receive(p, page, err) }
			})
		}
		asked++
	}
}

// target is the request for a part by its keys.
func (w *walk[T]) target(p *part[T]) string {
	options := w.keys.query(p.from, p.to)
	if p.from > w.keys.from {
		options.dropTotals()
	}
	return w.listing.with(options).first()
}

// receive takes the page of a part.
func (w *walk[T]) receive(p *part[T], page *Page[T], err error) {
	p.landed, p.page, p.err = true, page, err
	i := slices.Index(w.parts, p)
	switch {
	case i < 0: // a part before it failed
	case err != nil:
		w.parts = w.parts[:i+1]
	default:
		if rest := w.rest(p); rest != nil {
			w.parts = slices.Insert(w.parts, i+1, rest)
		}
		w.sift(p)
	}
}

// rest returns what the page of a part leaves of it, nil if nothing.
func (w *walk[T]) rest(p *part[T]) *part[T] {
	size := w.size
	if trimmed := p.page.Statistics.PageSize; trimmed > 0 {
		size = min(size, trimmed)
	}
	switch {
	case w.keys == nil, w.forgetful, !p.ordinary():
		return p.follow()
	case len(p.page.Items) < size:
		w.learn(p.to-p.from, len(p.page.Items))
		return nil
	}
	first, last, sorted := w.keys.ends(p.page.Items)
	from := last
	if w.keys.same != nil {
		from-- // there may be more of that key
	}
	switch {
	case !sorted:
		return p.follow()
	case first <= p.from:
		w.forgetful = true
		p.to = w.keys.to
		i := slices.Index(w.parts, p)
		w.parts = w.parts[:i+1]
		return p.follow()
	case from >= p.to:
		return nil
	case from == p.from:
		return p.follow()
	}
	w.learn(last-first, len(p.page.Items))
	return &part[T]{from: from, to: p.to, repeats: w.keys.ties(p.page.Items)}
}

// ordinary reports whether pages are numbered one after another. Those of users who may see
// only part of the tenant are not, and such pages may be short or empty in the middle.
func (p *part[T]) ordinary() bool {
	return p.page.Next == "" || p.links.numbered(p.page.Statistics, p.page.Next)
}

// follow returns what the next link leads to.
func (p *part[T]) follow() *part[T] {
	links := p.links
	if !links.advance(len(p.page.Items), p.page.Statistics, p.page.Next) {
		return nil
	}
	return &part[T]{from: p.from, to: p.to, links: links, repeats: p.repeats}
}

// sift takes out of a page what is not of its part.
func (w *walk[T]) sift(p *part[T]) {
	if w.keys == nil {
		return
	}
	if w.keys.same == nil || w.forgetful {
		p.page.Items = slices.DeleteFunc(p.page.Items, func(item *T) bool {
			key, ok := w.keys.of(item)
			return ok && (key <= p.from || key > p.to)
		})
	}
	if len(p.repeats) > 0 {
		p.page.Items = slices.DeleteFunc(p.page.Items, func(item *T) bool {
			same := w.keys.same(item)
			if p.repeats[same] == 0 {
				return false
			}
			p.repeats[same]--
			return true
		})
	}
}

// cut makes a part about a page wide, if it is wider, and what is left a part of its own.
func (w *walk[T]) cut(i int) {
	p := w.parts[i]
	end, open := p.to, p.to == unbounded
	switch {
	case open && w.last.known:
		end = w.last.key
	case open:
		end = w.keys.edge
	}
	if w.span == 0 || w.most == 1 || open && w.last.hopeless || end-p.from <= w.span+w.span/2 {
		return
	}
	rest := &part[T]{from: p.from + w.span, to: p.to}
	p.to = rest.from
	w.parts = slices.Insert(w.parts, i+1, rest)
}

// askLast asks for the largest key, once there is use for it: without an end, an open part
// cannot be cut.
func (w *walk[T]) askLast(ctx context.Context, p *part[T]) {
	switch {
	case p.to != unbounded || w.last.asked || w.last.hopeless:
	case w.keys.last == nil:
		w.last.hopeless = true
	case w.ahead > 1 && w.most > 1:
		w.last.asked = true
		w.start(func() func() {
			key, err := w.keys.last(ctx)
			return func() { w.last.key, w.last.known, w.last.hopeless = key, err == nil, err != nil }
		})
	}
}

// learn takes note of how many items there were in a range of keys. A range with few items
// says little about the next one, so the estimate grows by a factor of 16 at most. One that
// is too wide costs little: its page is full, and the rest is cut anew.
func (w *walk[T]) learn(width int64, items int) {
	if width <= 0 || width >= unbounded {
		return
	}
	// Ranges of that width would hold more than a page, and cost a second request, once in
	// a thousand times if items came at random.
	wanted := max(float64(w.size)-3*math.Sqrt(float64(w.size)), float64(w.size)/2)
	growth := 16.0
	if items > 0 {
		growth = min(growth, wanted/float64(items))
	}
	w.span = int64(min(math.Ceil(float64(width)*growth), float64(unbounded/4)))
}
