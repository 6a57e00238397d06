package traffic

import (
	"context"
	"iter"
	"sync"
	"time"

	"c8yx/c8yclient"
)

// How much is kept at most: so many requests, and so many bytes of all their bodies.
const (
	maxRequests = 1000
	maxBodies   = 4 << 20
)

// How much of one body is kept, of those sent and those received. What is sent is kept for
// as long as a person would write, so that it can be sent again; of what comes back the
// beginning says what it was.
const (
	SentLimit     = 64 << 10
	ReceivedLimit = 8 << 10
)

// Request is one attempt at a request, numbered in the order in which they ended.
type Request struct {
	// Number counts from 1 over the whole session.
	Number int
	c8yclient.Exchange
}

// Recorder remembers requests. The zero Recorder is empty and ready; its methods may be
// called from any goroutine.
type Recorder struct {
	mu       sync.Mutex
	ring     []Request // the request with number n is at (n-1) % maxRequests
	last     int       // number of the latest
	stripped int       // number of the latest whose bodies were thrown away
	bodies   int       // bytes of all bodies that are kept
	journal  journal
	waiting  chan struct{} // closed when something comes; nil while nobody waits
}

// Options returns the options with which a client reports to the recorder.
func (r *Recorder) Options() []c8yclient.Option {
	return []c8yclient.Option{c8yclient.WithHook(r.Record), c8yclient.WithHookDetails(SentLimit, ReceivedLimit)}
}

// Record remembers a finished attempt. It is the hook of a client.
func (r *Recorder) Record(x c8yclient.Exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	request := Request{Number: r.last, Exchange: x}
	if at := r.at(r.last); at < len(r.ring) {
		r.bodies -= r.ring[at].size()
		r.ring[at] = request
	} else {
		r.ring = append(r.ring, request)
	}
	r.bodies += request.size()
	r.strip()
	r.journal.note(&request)
	if r.waiting != nil {
		close(r.waiting)
		r.waiting = nil
	}
}

// at returns where in the ring a number belongs.
func (r *Recorder) at(number int) int { return (number - 1) % maxRequests }

// oldest returns the number of the oldest request that is kept.
func (r *Recorder) oldest() int { return max(1, r.last-maxRequests+1) }

// strip throws bodies away, the oldest first, until the rest is no more than the limit.
func (r *Recorder) strip() {
	r.stripped = max(r.stripped, r.oldest()-1)
	for r.bodies > maxBodies && r.stripped < r.last-1 {
		r.stripped++
		old := &r.ring[r.at(r.stripped)]
		r.bodies -= old.size()
		forget(&old.Sent)
		forget(&old.Received)
	}
}

func (r *Request) size() int { return len(r.Sent.Content) + len(r.Received.Content) }

// forget throws the content of a body away and leaves the mark that there was one.
func forget(b *c8yclient.Body) {
	if b.Content != "" {
		*b = c8yclient.Body{Cut: true}
	}
}

// Request returns the request with a number, if it is still kept.
func (r *Recorder) Request(number int) (Request, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if number < r.oldest() || number > r.last {
		return Request{}, false
	}
	return r.ring[r.at(number)], true
}

// Requests returns what is kept of the requests after a number, the oldest first.
func (r *Recorder) Requests(after int) []Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.requests(after)
}

func (r *Recorder) requests(after int) []Request {
	first := max(after+1, r.oldest())
	kept := make([]Request, 0, max(0, r.last-first+1))
	for n := first; n <= r.last; n++ {
		kept = append(kept, r.ring[r.at(n)])
	}
	return kept
}

// News is what came since somebody looked the last time.
type News struct {
	Requests []Request
	// Oldest is the number of the oldest request that is kept; those before it are gone.
	Oldest int
}

// Follow yields the requests after a number, those that are there at once and others as they
// end, at least pace apart, until ctx ends.
func (r *Recorder) Follow(ctx context.Context, after int, pace time.Duration) iter.Seq[News] {
	return func(yield func(News) bool) {
		for {
			r.mu.Lock()
			news := News{Requests: r.requests(after), Oldest: r.oldest()}
			after = r.last
			came := r.wait()
			r.mu.Unlock()
			if len(news.Requests) > 0 && !yield(news) {
				return
			}
			if !next(ctx, came, pace) {
				return
			}
		}
	}
}

// wait returns what is closed at the next request. The caller holds the lock.
func (r *Recorder) wait() <-chan struct{} {
	if r.waiting == nil {
		r.waiting = make(chan struct{})
	}
	return r.waiting
}

// next waits for news, and then for pace, so that many come together. It reports whether to
// go on.
func next(ctx context.Context, came <-chan struct{}, pace time.Duration) bool {
	select {
	case <-came:
	case <-ctx.Done():
		return false
	}
	timer := time.NewTimer(pace)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
