package job

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"sync"
	"time"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/text"
)

// every is how often news of jobs reach the update loop at most.
const every = 100 * time.Millisecond

// keep is how many jobs that are over are remembered.
const keep = 50

// Board holds the jobs of a session with one tenant. Make one with [NewBoard]. What it tells may be
// asked from any goroutine.
type Board struct {
	mu      sync.Mutex
	scope   *ui.Scope
	jobs    []*Job // in the order in which they began
	last    int
	news    chan struct{} // closed and replaced whenever something changed
	told    func()        // ends the account of news that nobody has told the loop yet
	version uint64
}

// NewBoard returns a board without jobs.
func NewBoard() *Board { return &Board{news: make(chan struct{})} }

// Attach gives the board the scope in which its jobs run: that of the program. It is called on the
// update loop.
func (b *Board) Attach(scope *ui.Scope) {
	b.mu.Lock()
	b.scope = scope
	b.mu.Unlock()
	scope.Go(b.report)
}

// Scope returns the scope in which jobs run, nil before [Board.Attach]. What is sent in it goes on
// when the view that asked for it is closed.
func (b *Board) Scope() *ui.Scope {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.scope
}

// Start begins a job. It is called on the update loop.
func (b *Board) Start(w Work) *Job {
	b.mu.Lock()
	b.last++
	j := &Job{
		id: b.last, board: b, scope: b.scope, work: w,
		outcomes: make([]Outcome, len(w.Items)), notes: map[int]text.Safe{}, began: time.Now(),
	}
	j.count[Open] = len(w.Items)
	j.renew()
	b.jobs = append(b.jobs, j)
	b.mu.Unlock()
	b.forget()

	j.mu.Lock()
	defer j.mu.Unlock()
	if len(w.Items) == 0 {
		j.state, j.ended = Finished, j.began
		j.changed()
		return j
	}
	j.start()
	return j
}

// renew gives the job a context to work in, which tells the requests of the job from others.
func (j *Job) renew() {
	j.ctx, j.stop = context.WithCancel(c8yclient.WithCause(j.scope.Context(), fmt.Sprintf("%s · job %d", j.work.Title, j.id)))
}

// forget drops the oldest jobs that are over when there are too many.
func (b *Board) forget() {
	var old []*Job
	surplus := -keep
	for _, j := range b.Jobs() {
		if surplus++; j.Progress().State.Over() {
			old = append(old, j)
		}
	}
	old = old[max(0, len(old)-max(0, surplus)):]
	b.mu.Lock()
	defer b.mu.Unlock()
	b.jobs = slices.DeleteFunc(b.jobs, func(j *Job) bool { return slices.Contains(old, j) })
}

// Jobs returns all jobs, the latest first.
func (b *Board) Jobs() []*Job {
	b.mu.Lock()
	defer b.mu.Unlock()
	jobs := slices.Clone(b.jobs)
	slices.Reverse(jobs)
	return jobs
}

// Find returns the job with an id, as places write it.
func (b *Board) Find(id string) (*Job, bool) {
	n, err := strconv.Atoi(id)
	if err != nil {
		return nil, false
	}
	for _, j := range b.Jobs() {
		if j.id == n {
			return j, true
		}
	}
	return nil, false
}

// Running says which jobs have something left to do, and how far they are: "2 jobs 43 %"; "" if
// none has.
func (b *Board) Running() text.Safe {
	n, dealt, total := 0, 0, 0
	for _, j := range b.Jobs() {
		if p := j.Progress(); !p.State.Over() {
			n++
			dealt += p.Dealt()
			total += p.Total
		}
	}
	if n == 0 {
		return ""
	}
	said := text.Safe("1 job ")
	if n > 1 {
		said = text.Count(n) + " jobs "
	}
	return said + Percent(float64(dealt)/float64(total))
}

// Percent writes a share of 0 to 1. Only what is complete is "100 %".
func Percent(share float64) text.Safe {
	return text.Count(int(share*100)) + " %"
}

// Changes yields whenever something about the jobs has changed, at most ten times a second, until
// ctx ends. It yields once at the beginning.
func (b *Board) Changes(ctx context.Context) iter.Seq[struct{}] {
	return func(yield func(struct{}) bool) {
		for {
			b.mu.Lock()
			news := b.news
			b.mu.Unlock()
			if !yield(struct{}{}) {
				return
			}
			select {
			case <-news:
			case <-ctx.Done():
				return
			}
			select {
			case <-time.After(every):
			case <-ctx.Done():
				return
			}
		}
	}
}

// changed notes that something about a job has changed. The caller holds the job's lock.
func (j *Job) changed() {
	j.version++
	j.board.changed()
}

func (b *Board) changed() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.version++
	close(b.news)
	b.news = make(chan struct{})
	if b.told == nil {
		b.told = b.scope.Busy()
	}
}

// report tells the update loop what is new, for as long as the program runs.
func (b *Board) report(ctx context.Context) {
	for range b.Changes(ctx) {
		b.mu.Lock()
		told := b.told
		b.told = nil
		b.mu.Unlock()
		jobs := b.Jobs()
		b.scope.Post(func() {
			for _, j := range jobs {
				j.tell()
			}
		})
		if told != nil {
			told()
		}
	}
}

// tell tells whoever began the job what is new, on the update loop.
func (j *Job) tell() {
	j.mu.Lock()
	p, news := j.progress(time.Now()), j.version != j.toldVersion
	ended := p.State.Over() && p.Ended != j.toldEnd && j.workers == 0
	j.toldVersion = j.version
	if ended {
		j.toldEnd = p.Ended
	}
	if j.state == Running && j.workers == 0 && j.left() > 0 {
		j.hire()
	}
	if j.state == Waiting && j.wake == nil {
		j.wake = j.scope.After(time.Until(j.until), j.goOn)
	}
	j.mu.Unlock()
	if news && j.work.Landed != nil {
		j.work.Landed()
	}
	if ended && j.work.Ended != nil {
		j.work.Ended(p)
	}
}

// goOn takes a job up again that waited, unless it has other plans by now.
func (j *Job) goOn() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.wake = nil
	switch {
	case j.state != Waiting:
	case time.Now().Before(j.until): // it waits for something else since
		j.changed()
	default:
		why := j.reason
		j.start()
		j.reason = "trying again after: " + why
	}
}
