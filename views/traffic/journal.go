package traffic

import (
	"context"
	"iter"
	"net/http"
	"slices"
	"strings"
	"time"

	"c8yx/c8yclient"
)

// How much the journal keeps at most: so many writes, and so many bytes of all their bodies.
const (
	maxWrites      = 20_000
	maxWriteBodies = 16 << 20
)

// Write is one attempt at a change that was asked of the tenant.
type Write struct {
	// Number counts from 1 over the whole session.
	Number int
	Time   time.Time
	Method string
	Target string
	// Cause is what it was written for.
	Cause string
	// Body is what was sent, without secrets; [c8yclient.Body.Cut] if it was longer or is no
	// longer kept.
	Body        c8yclient.Body
	ContentType string // of the body; "" without one
	Mode        string // the processing mode, "" for the usual one
	// Header is what was sent besides, see [Besides].
	Header  http.Header
	Bytes   int64 // of the body
	Attempt int   // counts from 1
	// RetryIn is how long the client waited before the next attempt; 0 if it was the last.
	RetryIn time.Duration
	// Status is 0 when no answer came; Err then says why. It may have arrived all the same.
	Status   int
	Err      error
	Duration time.Duration
	// Answer is the beginning of what the tenant answered, without secrets.
	Answer string
}

// Done reports whether the tenant did it.
func (w *Write) Done() bool { return w.Status >= 200 && w.Status < 300 && w.Err == nil }

// Besides returns the headers of a request that a client does not send by itself, or because of the body and the mode of processing; nil if
// there are none.
func Besides(sent http.Header) http.Header {
	var besides http.Header
	for name, values := range sent {
		switch name {
		case "Accept", "Content-Type", "User-Agent", "X-Cumulocity-Processing-Mode":
			continue
		}
		if besides == nil {
			besides = http.Header{}
		}
		besides[name] = values
	}
	return besides
}

// journal holds the writes, the oldest first.
type journal struct {
	writes   []Write
	last     int // number of the latest
	stripped int // how many of writes, from the beginning, have lost their bodies
	bodies   int // bytes of all bodies
}

// note adds a request that writes.
func (j *journal) note(r *Request) {
	if !writes(r.Method, r.Target) {
		return
	}
	j.last++
	w := Write{
		Number: j.last, Time: r.Start, Method: r.Method, Target: r.Target, Cause: r.Cause,
		Body: r.Sent, ContentType: r.SentHeader.Get("Content-Type"), Mode: r.SentHeader.Get("X-Cumulocity-Processing-Mode"), Header: Besides(r.SentHeader),
		Bytes: r.BytesOut, Attempt: r.Attempt, RetryIn: r.RetryIn,
		Status: r.Status, Err: r.Err, Duration: r.Duration,
	}
	if !w.Done() {
		w.Answer = r.Received.Content
	}
	j.bodies += w.size()
	j.writes = append(j.writes, w)
	if len(j.writes) > maxWrites {
		const cut = maxWrites / 10 // many at once, so that they need not be moved every time
		j.strip(cut)
		j.writes = append(make([]Write, 0, maxWrites+1), j.writes[cut:]...)
		j.stripped -= cut
	}
	for j.bodies > maxWriteBodies && j.stripped < len(j.writes)-1 {
		j.strip(j.stripped + 1)
	}
}

// strip throws away the bodies of the first n writes.
func (j *journal) strip(n int) {
	for ; j.stripped < n; j.stripped++ {
		w := &j.writes[j.stripped]
		j.bodies -= w.size()
		forget(&w.Body)
		w.Answer = ""
	}
}

func (w *Write) size() int { return len(w.Body.Content) + len(w.Answer) }

// writes reports whether a request changes something in the tenant. Signing in, listening and looking
// up external ids do not, although they are POSTs.
func writes(method, target string) bool {
	switch method {
	case http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch:
	default:
		return false
	}
	return !slices.ContainsFunc([]string{"/tenant/oauth", "/notification/realtime", "/identity/search"}, func(harmless string) bool {
		return strings.Contains(target, harmless)
	})
}

// Writes returns what is kept of the writes after a number, the oldest first.
func (r *Recorder) Writes(after int) []Write {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.journal.after(after)
}

// Write returns the write with a number, if it is still kept.
func (r *Recorder) Write(number int) (Write, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	first := r.journal.last - len(r.journal.writes) + 1
	if number < first || number > r.journal.last {
		return Write{}, false
	}
	return r.journal.writes[number-first], true
}

func (j *journal) after(number int) []Write {
	first := j.last - len(j.writes) + 1
	return append([]Write(nil), j.writes[min(max(0, number-first+1), len(j.writes)):]...)
}

// FollowWrites yields the writes after a number, those that are there at once and others as
// they end, at least pace apart, until ctx ends.
func (r *Recorder) FollowWrites(ctx context.Context, after int, pace time.Duration) iter.Seq[[]Write] {
	return func(yield func([]Write) bool) {
		for {
			r.mu.Lock()
			news := r.journal.after(after)
			after = r.journal.last
			came := r.wait()
			r.mu.Unlock()
			if len(news) > 0 && !yield(news) {
				return
			}
			if !next(ctx, came, pace) {
				return
			}
		}
	}
}
