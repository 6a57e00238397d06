package job

import (
	"context"
	"errors"
	"time"

	"c8yx/c8yclient"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/write"
)

// How long a job waits by itself when the tenant asks for patience without saying how long, or
// cannot be reached: the first time, and at most.
const (
	firstWait = 2 * time.Second
	lastWait  = time.Minute
)

// tooMany is after how many failures in a row a job stops to ask: it may be wrong as a whole.
const tooMany = 25

// start lets the workers begin, on the update loop. The caller holds the lock.
func (j *Job) start() {
	j.state, j.reason, j.until, j.ended = Running, "", time.Time{}, time.Time{}
	j.pace.begin(time.Now())
	j.refused = 0
	if j.busy == nil {
		j.busy = j.scope.Busy()
	}
	j.hire()
	j.changed()
}

// hire lets as many workers begin as there is work for, on the update loop.
func (j *Job) hire() {
	for want := min(atOnce, j.left()+j.under); j.workers < want; j.workers++ {
		j.scope.Go(j.toil)
	}
}

// left is how many items nobody has taken.
func (j *Job) left() int { return len(j.work.Items) - j.next + len(j.again) }

// toil takes items until there are none, or the job stops.
func (j *Job) toil(context.Context) {
	for {
		ctx, item, ok := j.take()
		if !ok {
			return
		}
		j.settle(ctx, item, j.work.Do(ctx, item))
	}
}

// take returns an item to deal with, and whether there is one; if not, the worker goes home.
func (j *Job) take() (ctx context.Context, item int, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch n := len(j.again); {
	case j.state != Running || j.ctx.Err() != nil:
	case n > 0:
		item, j.again, ok = j.again[n-1], j.again[:n-1], true
	case j.next < len(j.work.Items):
		item, ok = j.next, true
		j.next++
	}
	if ok {
		j.under++
		return j.ctx, item, true
	}
	j.workers--
	j.rest()
	return nil, 0, false
}

// rest notes that a worker went home, and when it was the last one that the job is at rest.
func (j *Job) rest() {
	if j.workers > 0 {
		return
	}
	if j.state == Running && j.left() > 0 && j.ctx.Err() == nil {
		j.changed() // it was taken up again while its last worker was leaving; the loop hires others
		return
	}
	if j.state == Running {
		j.state = Finished
	}
	if j.state.Over() {
		j.ended = time.Now()
	}
	j.changed()
	if j.busy != nil {
		j.busy()
		j.busy = nil
	}
}

// settle notes what became of an item.
func (j *Job) settle(ctx context.Context, item int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.under--
	now := time.Now()
	var skipped *write.Skipped
	switch hold, patience := obstacle(err); {
	case err == nil:
		j.note(item, Done, "")
		j.refused, j.patience = 0, 0
		if j.state == Running {
			j.reason = "" // of having waited
		}
		j.pace.add(now)
	case errors.As(err, &skipped):
		j.note(item, Skipped, skipped.Reason)
		j.refused = 0
		j.pace.add(now)
	case ctx.Err() != nil:
		j.note(item, Failed, "given up before the tenant answered: it may have been carried out")
	case hold == nothing:
		j.note(item, Failed, text.Clean(err.Error()))
		j.pace.add(now)
		if j.refused++; j.refused >= tooMany && j.state == Running && j.left() > 0 {
			j.state, j.reason = Paused, text.Count(j.refused)+" failed in a row, the last: "+fault.Short(err)
		}
	default:
		j.again = append(j.again, item)
		j.hold(hold, patience, err)
	}
	j.changed()
}

func (j *Job) note(item int, o Outcome, why text.Safe) {
	if j.outcomes[item] == o {
		return
	}
	j.count[j.outcomes[item]]--
	j.outcomes[item] = o
	j.count[o]++
	if why != "" {
		j.notes[item] = why
	} else {
		delete(j.notes, item)
	}
}

// obstruction is what keeps a job from going on.
type obstruction uint8

const (
	nothing obstruction = iota
	passing             // it will pass by itself
	lasting             // somebody has to do something
)

// obstacle tells whether an error is about the item, or keeps the whole job from going on; and
// for how long the tenant asked to be left alone, 0 if it did not say.
func obstacle(err error) (obstruction, time.Duration) {
	var unsure *write.Unsure
	if err == nil || errors.As(err, &unsure) {
		return nothing, 0
	}
	told := &c8yclient.Error{}
	errors.As(err, &told)
	switch {
	case errors.Is(err, c8yclient.ErrUnauthorized), errors.Is(err, c8yclient.ErrGuarded):
		return lasting, 0
	case errors.Is(err, c8yclient.ErrRateLimited), told.Status >= 502 && told.Status <= 504:
		return passing, told.RetryAfter
	case errors.Is(err, c8yclient.ErrTransport), errors.Is(err, context.DeadlineExceeded):
		return passing, 0
	}
	return nothing, 0
}

// hold stops the job: until the tenant is ready again, or until the user is.
func (j *Job) hold(o obstruction, patience time.Duration, err error) {
	if j.state != Running {
		return // it has stopped already, for this or another reason
	}
	if o == lasting {
		j.state, j.reason = Paused, fault.Explain(err)
		return
	}
	if patience == 0 {
		j.patience = max(firstWait, min(2*j.patience, lastWait))
		patience = j.patience
	}
	j.state, j.reason, j.until = Waiting, fault.Short(err), time.Now().Add(patience)
}
