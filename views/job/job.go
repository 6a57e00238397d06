package job

import (
	"context"
	"sync"
	"time"

	"c8yx/ui"
	"c8yx/ui/text"
)

// atOnce is how many items of a job are under way together. The client has a limit of its own for
// everything that goes to the tenant; half of it is left to the views.
const atOnce = 4

// Work is what a job is to do.
type Work struct {
	// Title says it as an order: "Acknowledge 412 alarms".
	Title text.Safe
	Items []Item
	// Do does it with one item, on a goroutine of the job. Its error decides about the item: nil is
	// done, [write.Skipped] is skipped, and what says nothing about the item, such as a lost
	// network, makes the job wait and do the item again.
	Do func(ctx context.Context, item int) error
	// Landed is called on the update loop after items were dealt with, at most ten times a second;
	// nil if nobody wants to know.
	Landed func()
	// Ended is called on the update loop when nothing is left to do, each time that happens.
	Ended func(Progress)
}

// Item is one of the things that a job deals with.
type Item struct {
	ID    string // within its kind
	Label string // what it is called
	Path  string // of its document in the API, "" if it has none
}

// State is how far a job is.
type State uint8

// The states of a job.
const (
	Running   State = iota
	Waiting         // goes on by itself, at [Progress.Until]
	Paused          // goes on when the user says so
	Cancelled       // items are left that nobody will deal with
	Finished
)

// Over reports whether a job in the state does nothing any more.
func (s State) Over() bool { return s == Cancelled || s == Finished }

// Outcome is what became of an item.
type Outcome uint8

// The outcomes of an item.
const (
	Open Outcome = iota // not yet dealt with
	Done
	Failed  // the tenant said no
	Skipped // there was nothing to do any more
)

// Result is what became of an item, and why.
type Result struct {
	Item
	Index   int
	Outcome Outcome
	Note    text.Safe // what the tenant said, or why it was skipped
}

// Progress is a job as it is at one moment.
type Progress struct {
	ID      int
	Title   text.Safe
	State   State
	Reason  text.Safe // why it waits or is paused
	Until   time.Time // when a waiting job goes on
	Total   int
	Done    int
	Failed  int
	Skipped int
	Under   int // under way at this moment
	Began   time.Time
	Ended   time.Time     // zero while there is something to do
	Rate    float64       // items a second of late, 0 if unknown
	Left    time.Duration // until it is finished at that rate, 0 if unknown
}

// Dealt returns how many items have an outcome.
func (p Progress) Dealt() int { return p.Done + p.Failed + p.Skipped }

// Share returns how much of the job is behind it, 0 to 1.
func (p Progress) Share() float64 {
	if p.Total == 0 {
		return 1
	}
	return float64(p.Dealt()) / float64(p.Total)
}

// Job is work under way. What it tells may be asked from any goroutine; steering it is for the
// update loop.
type Job struct {
	id    int
	board *Board
	scope *ui.Scope
	work  Work

	mu       sync.Mutex
	state    State
	reason   text.Safe
	until    time.Time
	outcomes []Outcome
	notes    map[int]text.Safe
	next     int   // the first item that nobody has taken yet
	again    []int // items to take before that
	count    [4]int
	under    int
	workers  int
	pace     pace
	patience time.Duration // how long the last wait was
	refused  int           // failures in a row
	began    time.Time
	ended    time.Time
	version  uint64
	stop     context.CancelFunc // aborts what is under way
	ctx      context.Context
	busy     func()
	wake     func() // calls the planned going on off

	// What the update loop was told last; only the loop looks at it.
	toldVersion uint64
	toldEnd     time.Time
}

// Progress returns how the job is.
func (j *Job) Progress() Progress {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.progress(time.Now())
}

func (j *Job) progress(now time.Time) Progress {
	p := Progress{
		ID: j.id, Title: j.work.Title, State: j.state, Reason: j.reason, Until: j.until, Total: len(j.work.Items),
		Done: j.count[Done], Failed: j.count[Failed], Skipped: j.count[Skipped], Under: j.under,
		Began: j.began, Ended: j.ended,
	}
	if j.state == Running {
		p.Rate = j.pace.rate(now)
		if p.Rate > 0 {
			p.Left = time.Duration(float64(p.Total-p.Dealt()) / p.Rate * float64(time.Second))
		}
	}
	return p
}

// Result returns what became of an item.
func (j *Job) Result(item int) Result {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.result(item)
}

func (j *Job) result(item int) Result {
	return Result{Item: j.work.Items[item], Index: item, Outcome: j.outcomes[item], Note: j.notes[item]}
}

// Results returns what became of all items.
func (j *Job) Results() []Result {
	j.mu.Lock()
	defer j.mu.Unlock()
	all := make([]Result, len(j.work.Items))
	for i := range all {
		all[i] = j.result(i)
	}
	return all
}

// Changed returns the results that differ from the outcomes that a reader knows, and brings these
// up to date. Begin with as many open ones as there are items.
func (j *Job) Changed(known []Outcome) []Result {
	j.mu.Lock()
	defer j.mu.Unlock()
	var changed []Result
	for i, o := range j.outcomes {
		if known[i] != o {
			known[i] = o
			changed = append(changed, j.result(i))
		}
	}
	return changed
}
