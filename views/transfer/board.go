package transfer

import (
	"context"
	"iter"
	"slices"
	"sync"
	"time"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/text"
)

const (
	// atOnce is how many transfers move together; the others wait. The client has a limit of its
	// own for everything that goes to the tenant.
	atOnce = 3
	// every is how often news of transfers reach the update loop while something moves.
	every = 200 * time.Millisecond
	// keep is how many transfers that are over are remembered.
	keep = 200
)

// Board holds the transfers of a session with one tenant. Make one with [NewBoard]. What it tells
// may be asked from any goroutine.
type Board struct {
	mu     sync.Mutex
	scope  *ui.Scope
	all    []*Transfer // in the order in which they were wanted
	last   int
	news   chan struct{} // closed and replaced whenever a state has changed
	told   func()        // ends the account of news that nobody has told the loop yet
	tell   func(*Transfer, Progress)
	folder string // where files were saved last
}

// NewBoard returns a board without transfers.
func NewBoard() *Board { return &Board{news: make(chan struct{})} }

// Attach gives the board the scope in which its transfers run: that of the desk, so that they go
// on when views close. tell is called on the update loop when a transfer has finished or failed,
// or asks something. Attach is called on the update loop.
func (b *Board) Attach(scope *ui.Scope, tell func(*Transfer, Progress)) {
	b.mu.Lock()
	b.scope, b.tell = scope, tell
	b.mu.Unlock()
	scope.Go(b.report)
	scope.Guard(b.Running)
	scope.Go(func(ctx context.Context) { // what is not complete does not stay behind
		<-ctx.Done()
		for _, t := range b.Transfers() {
			if t.idle() {
				t.order.Work.Discard()
			}
		}
	})
}

// idle reports whether the transfer rests and is not complete.
func (t *Transfer) idle() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stop == nil && t.state != Finished
}

// Start begins a transfer, when its turn comes. It is called on the update loop.
func (b *Board) Start(o Order) *Transfer {
	b.mu.Lock()
	b.last++
	t := &Transfer{id: b.last, board: b, order: o, began: time.Now(), intent: Running}
	b.all = append(b.all, t)
	b.mu.Unlock()
	b.forget()
	b.changed()
	b.advance()
	return t
}

// forget drops the oldest transfers that are over if there are too many.
func (b *Board) forget() {
	all := b.Transfers()
	surplus := len(all) - keep
	for _, t := range slices.Backward(all) {
		if surplus > 0 && t.Progress().State.Over() {
			b.Dismiss(t)
			surplus--
		}
	}
}

// Dismiss drops a transfer that is over.
func (b *Board) Dismiss(t *Transfer) {
	if !t.Progress().State.Over() {
		return
	}
	t.order.Work.Discard() // of one that failed, the part file
	b.mu.Lock()
	b.all = slices.DeleteFunc(b.all, func(other *Transfer) bool { return other == t })
	b.mu.Unlock()
	b.changed()
}

// Transfers returns all transfers, the latest first.
func (b *Board) Transfers() []*Transfer {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := slices.Clone(b.all)
	slices.Reverse(all)
	return all
}

// advance begins transfers whose turn has come. It is called on the update loop.
func (b *Board) advance() {
	b.mu.Lock()
	all, scope := slices.Clone(b.all), b.scope
	b.mu.Unlock()
	moving := 0
	for _, t := range all {
		if t.moves() {
			moving++
		}
	}
	for _, t := range all {
		if moving < atOnce && t.begin(scope) {
			moving++
		}
	}
}

// moves reports whether a run of the transfer is under way.
func (t *Transfer) moves() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stop != nil
}

// begin starts a run if the transfer is queued or has waited long enough.
func (t *Transfer) begin(scope *ui.Scope) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	due := t.state == Queued || t.state == Waiting && !time.Now().Before(t.until)
	if !due || t.stop != nil {
		return false
	}
	ctx, stop := context.WithCancel(c8yclient.WithCause(scope.Context(), t.order.Cause))
	t.stop, t.intent = stop, Running
	t.become(Running, "")
	scope.Go(func(context.Context) {
		defer stop()
		err := t.order.Work.Run(ctx, &t.meter)
		if scope.Context().Err() != nil {
			t.order.Work.Discard() // the program ends
			return
		}
		t.settle(err)
	})
	return true
}

// Running says which transfers have something left to do, and how far they are: "2 transfers
// 43 %"; "" if none has.
func (b *Board) Running() text.Safe {
	n, sum := 0, 0.0
	known := true
	for _, t := range b.Transfers() {
		p := t.Progress()
		if p.State.Over() {
			continue
		}
		n++
		sum += p.Share()
		known = known && p.Total > 0
	}
	switch {
	case n == 0:
		return ""
	case n == 1 && known:
		return "1 transfer " + percent(sum)
	case n == 1:
		return "1 transfer"
	case known:
		return text.Count(n) + " transfers " + percent(sum/float64(n))
	}
	return text.Count(n) + " transfers"
}

// percent writes a share of 0 to 1. Only what is complete is "100 %".
func percent(share float64) text.Safe { return text.Count(int(share*100)) + " %" }

// changed notes that the state of a transfer has changed.
func (b *Board) changed() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.news)
	b.news = make(chan struct{})
	if b.told == nil && b.scope != nil {
		b.told = b.scope.Busy()
	}
}

// Changes yields whenever something about the transfers has changed, and while something moves
// every now and then, until ctx ends. It yields once at the beginning.
func (b *Board) Changes(ctx context.Context) iter.Seq[struct{}] {
	return func(yield func(struct{}) bool) {
		for {
			b.mu.Lock()
			news := b.news
			b.mu.Unlock()
			if !yield(struct{}{}) {
				return
			}
			if b.wait(ctx, news) != nil {
				return
			}
		}
	}
}

// wait waits until there is something to tell: news, a step of what moves, or the moment at which
// something goes on.
func (b *Board) wait(ctx context.Context, news <-chan struct{}) error {
	var tick <-chan time.Time
	if next := b.next(); next > 0 {
		timer := time.NewTimer(next)
		defer timer.Stop()
		tick = timer.C
	}
	select {
	case <-news:
	case <-tick:
	case <-ctx.Done():
	}
	return ctx.Err()
}

// next returns how long what is shown stays true without news, 0 for ever.
func (b *Board) next() time.Duration {
	next := time.Duration(0)
	for _, t := range b.Transfers() {
		t.mu.Lock()
		state, until := t.state, t.until
		t.mu.Unlock()
		switch state {
		case Running:
			return every
		case Waiting:
			if left := max(time.Until(until), time.Millisecond); next == 0 || left < next {
				next = min(left, time.Second) // the seconds are counted down
			}
		}
	}
	return next
}

// report tells the update loop what is new, for as long as the desk is open.
func (b *Board) report(ctx context.Context) {
	for range b.Changes(ctx) {
		b.mu.Lock()
		told := b.told
		b.told = nil
		b.mu.Unlock()
		b.scope.Post(func() {
			for _, t := range b.Transfers() {
				b.announce(t)
			}
			b.advance()
			b.scope.Changed()
		})
		if told != nil {
			told()
		}
	}
}

// announce tells how a transfer is if that is another than the last time, on the update loop.
func (b *Board) announce(t *Transfer) {
	p := t.Progress()
	if p.State == t.announced {
		return
	}
	t.announced = p.State
	if p.State == Finished && t.order.Done != nil {
		t.order.Done()
	}
	if p.State == Finished || p.State == Failed || p.State == Asking {
		b.tell(t, p)
	}
}
