package demo

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"c8yx/demo/clock"
)

// FaultKind is something that goes wrong.
type FaultKind string

// What can go wrong.
const (
	BadRequest      FaultKind = "400"  // refused as nonsense, as the first exchange of an authorization code sometimes is
	TooManyRequests FaultKind = "429"  // refused, with Retry-After
	ServerError     FaultKind = "500"  // general/internalError
	Unavailable     FaultKind = "503"  // an HTML page, as from a load balancer
	Slow            FaultKind = "slow" // answered after After
	CutOff          FaultKind = "cut"  // the connection breaks in the middle of the answer
	Dropped         FaultKind = "drop" // the connection breaks without an answer, before anything is done
	KillSession     FaultKind = "kill" // the caller's token is ended first
	ClockSkew       FaultKind = "skew" // the tenant's clock is wrong: Date, creation times, the life of tokens, codes of an authenticator app
)

// usualSkew is how far a wrong clock is ahead if nothing else is said: that of a machine which believes in another time zone.
const usualSkew = 3 * time.Hour

// Fault is something that goes wrong with some requests, or, for a wrong clock, with the tenant as long as it is among its faults.
type Fault struct {
	Kind   FaultKind
	Method string        // only these requests; empty: all
	Path   string        // only paths that begin so; empty: all but signing in
	Rate   float64       // share of the matching requests, 0…1; 0 means all of them
	Count  int           // ends after so many hits; 0: never
	After  time.Duration // of TooManyRequests and Unavailable: Retry-After, default 1 s; of Slow: the delay, default 5 s
	By     time.Duration // of ClockSkew: how far the tenant's clock is ahead, default 3 h; negative: behind
}

// ParseFault reads a fault as written on a command line: the kind, then settings in any order, separated by colons.
//
//	429:rate=0.1:after=2s   503:path=/alarm:count=3   slow:method=GET:after=10s   cut   drop   kill:count=1   skew:by=-3h
func ParseFault(text string) (Fault, error) {
	parts := strings.Split(text, ":")
	f := Fault{Kind: FaultKind(parts[0])}
	switch f.Kind {
	case BadRequest, TooManyRequests, ServerError, Unavailable, Slow, CutOff, Dropped, KillSession, ClockSkew:
	default:
		return Fault{}, fmt.Errorf("unknown fault %q: want 400, 429, 500, 503, slow, cut, drop, kill or skew", parts[0])
	}
	for _, part := range parts[1:] {
		name, value, _ := strings.Cut(part, "=")
		var err error
		switch {
		case (name == "by") != (f.Kind == ClockSkew):
			err = fmt.Errorf("by is for skew, and skew has nothing else: the clock is wrong for all requests")
		case name == "by":
			f.By, err = time.ParseDuration(value)
		case name == "method":
			f.Method = strings.ToUpper(value)
		case name == "path":
			f.Path = value
		case name == "rate":
			if f.Rate, err = strconv.ParseFloat(value, 64); err == nil && (f.Rate < 0 || f.Rate > 1) {
				err = fmt.Errorf("want 0 to 1")
			}
		case name == "count":
			f.Count, err = strconv.Atoi(value)
		case name == "after":
			f.After, err = time.ParseDuration(value)
		default:
			err = fmt.Errorf("want method, path, rate, count or after")
		}
		if err != nil {
			return Fault{}, fmt.Errorf("fault %q: %s: %w", text, part, err)
		}
	}
	return f, nil
}

// faults decides which requests are hit.
type faults struct {
	mu     sync.Mutex
	active []Fault
	hits   []int
	random *rand.Rand
}

func newFaults(active []Fault, seed uint64) *faults {
	f := &faults{random: rand.New(rand.NewPCG(seed, 429))}
	f.set(active)
	return f
}

func (f *faults) set(active []Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active, f.hits = active, make([]int, len(active))
}

// pick returns the first fault that hits a request.
func (f *faults) pick(r *http.Request) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, fault := range f.active {
		switch {
		case fault.Kind == ClockSkew, fault.Method != "" && fault.Method != r.Method,
			!strings.HasPrefix(r.URL.Path, fault.Path),
			fault.Path == "" && signsIn(r.URL.Path),
			fault.Count > 0 && f.hits[i] >= fault.Count,
			fault.Rate > 0 && f.random.Float64() >= fault.Rate:
			continue
		}
		f.hits[i]++
		return fault, true
	}
	return Fault{}, false
}

// skew is how far the faults put the tenant's clock forward.
func skew(active []Fault) time.Duration {
	at := slices.IndexFunc(active, func(f Fault) bool { return f.Kind == ClockSkew })
	switch {
	case at < 0:
		return 0
	case active[at].By == 0:
		return usualSkew
	}
	return active[at].By
}

func signsIn(path string) bool {
	return strings.HasPrefix(path, "/tenant/oauth") || strings.HasPrefix(path, "/tenant/loginOptions") || under(path, providerPath)
}

// strike does what a fault does. It reports whether the request is over; if not it goes on with the returned writer.
func (t *Tenant) strike(f Fault, w http.ResponseWriter, r *http.Request) (http.ResponseWriter, bool) {
	retry := strconv.Itoa(int(max(f.After, time.Second).Round(time.Second) / time.Second))
	switch f.Kind {
	case TooManyRequests:
		t.refuse(w, r, &problem{
			status: http.StatusTooManyRequests, code: "general/tooManyRequests", message: "Too many requests",
			header: http.Header{"Retry-After": {retry}},
		})
		return w, true
	case BadRequest:
		t.refuse(w, r, fail(http.StatusBadRequest, "general/Bad Request", "The request could not be understood"))
		return w, true
	case ServerError:
		t.refuse(w, r, fail(http.StatusInternalServerError, "general/internalError", "Internal error occurred"))
		return w, true
	case Unavailable:
		page := "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily " +
			"Unavailable</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
		reply{
			status: http.StatusServiceUnavailable, media: "text/html", header: http.Header{"Retry-After": {retry}}, body: []byte(page), always: true,
		}.write(w, r, nil)
		return w, true
	case Slow:
		delay := f.After
		if delay == 0 {
			delay = 5 * time.Second
		}
		return w, !clock.Wait(r.Context(), t.clock, delay)
	case CutOff:
		return &cutWriter{ResponseWriter: w}, false
	case Dropped:
		panic(http.ErrAbortHandler)
	case KillSession:
		if p, err := t.gate.authenticate(r, true); err == nil && p.session != nil {
			t.gate.sessions.terminate(func(s *session) bool { return s.id == p.session.id }, tokenTerminated)
		}
	}
	return w, false
}

// cutWriter sends half of what it is given, then breaks the connection.
type cutWriter struct{ http.ResponseWriter }

func (w *cutWriter) Write(p []byte) (int, error) {
	_, _ = w.ResponseWriter.Write(p[:len(p)/2])
	_ = http.NewResponseController(w.ResponseWriter).Flush()
	panic(http.ErrAbortHandler)
}
