package keep

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"c8yx/session"
)

// openness is what is known of a keyring before it is asked.
type openness int

const (
	unlocked openness = iota // it answers without asking anybody
	locked                   // it will ask the user to unlock it
	unknown                  // it may ask the user
)

// patient asks a store that may block for ever and knows no context: one question at a time, for
// prompts of several at once get mixed up, and no longer than is reasonable. A question whose answer
// nobody waits for any more goes on until the store answers, and its job ends there.
type patient struct {
	store store
	// look tells whether the entry can be reached without the user. It fails with
	// session.ErrNoKeeper if there is no keyring. It respects the context.
	look func(ctx context.Context, account string) (openness, error)
	// waiting is told, on another goroutine, what is waited for.
	waiting func(what string)

	answer time.Duration // how long an answer may take
	prompt time.Duration // how long the user may take to unlock the keyring

	turn      chan struct{} // full while a question is under way
	abandoned atomic.Bool   // nobody waits for the answer to that question any more
}

// What the user is told while he is waited for.
const (
	waitingForUnlock = "The keyring is locked and asks you to unlock it."
	waitingPerhaps   = "The keyring does not answer yet. It may be asking you to unlock it."
)

// ask does a job with the store that may concern an account.
func ask[T any](ctx context.Context, p *patient, account string, job func(store) (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	begun, found, answers := make(chan struct{}), make(chan openness, 1), make(chan answer, 1)
	new(sync.WaitGroup).Go(func() {
		var a answer
		// A keyring that answers nonsense makes go-keyring panic.
		defer func() {
			if recover() != nil {
				a.err = because(session.ErrNoKeeper, "the keyring gives answers that make no sense")
			}
			answers <- a
		}()
		select {
		case p.turn <- struct{}{}:
		case <-ctx.Done():
			a.err = ctx.Err()
			return
		}
		defer func() {
			p.abandoned.Store(false)
			<-p.turn
		}()
		close(begun)
		var state openness
		if state, a.err = p.look(ctx, account); a.err != nil {
			return
		}
		found <- state
		a.value, a.err = job(untilDone{ctx, p.store})
	})

	limit := p.prompt + p.answer // for those before
	if p.abandoned.Load() {
		limit = p.answer
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	wait := func(how time.Duration) {
		limit = how
		timer.Reset(how)
	}
	var none T
	state, told := unlocked, false
	tell := func(what string) {
		told = true
		p.waiting(what)
		wait(p.prompt)
	}
	for {
		select {
		case a := <-answers:
			return a.value, a.err
		case <-begun:
			begun = nil
			if !told { // it may have come to that already
				wait(p.answer)
			}
		case state = <-found:
			if state == locked {
				tell(waitingForUnlock)
			}
		case <-ctx.Done():
			p.abandoned.Store(begun == nil)
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return none, noAnswer(told, "in time")
			}
			return none, ctx.Err()
		case <-timer.C:
			if state == unknown && !told {
				tell(waitingPerhaps)
				continue
			}
			p.abandoned.Store(true)
			return none, noAnswer(told, "within "+limit.String())
		}
	}
}

// noAnswer is the error for a keyring, or a user, who has not answered.
func noAnswer(askedUser bool, when string) error {
	if askedUser {
		return because(session.ErrRefused, "the keyring stays locked: nobody has unlocked it %s", when)
	}
	return because(session.ErrNoKeeper, "the keyring does not answer %s", when)
}

// untilDone is a store that is not asked any more when a context has ended.
type untilDone struct {
	ctx context.Context
	store
}

func (u untilDone) get(name string) (string, error) {
	if err := u.ctx.Err(); err != nil {
		return "", err
	}
	return u.store.get(name)
}

func (u untilDone) set(name, text string) error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	return u.store.set(name, text)
}

func (u untilDone) remove(name string) error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	return u.store.remove(name)
}

// beside does what takes long and knows no context beside the caller, who waits no longer than his own
// context says.
func beside[T any](ctx context.Context, work func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	results := make(chan result, 1)
	new(sync.WaitGroup).Go(func() {
		var r result
		r.value, r.err = work()
		results <- r
	})
	select {
	case r := <-results:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
