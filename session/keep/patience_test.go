package keep

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/session"
)

// stuck is a keyring that answers when it is told to.
type stuck struct {
	*drawer
	answer chan struct{}
}

func (s stuck) get(name string) (string, error) {
	<-s.answer
	return s.drawer.get(name)
}

// screen remembers what the user was told.
type screen struct {
	mu   sync.Mutex
	said []string
}

func (s *screen) tell(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said = append(s.said, what)
}

func looks(state openness) func(context.Context, string) (openness, error) {
	return func(context.Context, string) (openness, error) { return state, nil }
}

func TestAKeyringThatDoesNotAnswer(t *testing.T) {
	for name, test := range map[string]struct {
		state openness
		told  []string
		after time.Duration
		kind  error
		says  string
	}{
		"unlocked":       {unlocked, nil, 3 * time.Second, session.ErrNoKeeper, "does not answer within 3s"},
		"locked":         {locked, []string{waitingForUnlock}, time.Minute, session.ErrRefused, "nobody has unlocked it within 1m"},
		"perhaps locked": {unknown, []string{waitingPerhaps}, time.Minute + 3*time.Second, session.ErrRefused, "nobody has unlocked it within 1m"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := stuck{newDrawer(windows), make(chan struct{})}
				var user screen
				k := keyringOn(t, s, looks(test.state), user.tell)
				began := time.Now()
				_, err := load(t, k)
				wantKind(t, err, test.kind)
				if took := time.Since(began); took != test.after || !slices.Equal(user.said, test.told) || !strings.Contains(err.Error(), test.says) {
					t.Errorf("after %s the user reads %q, and: %v", took, user.said, err)
				}
				// Who comes next is told sooner, and when the keyring comes back all is well.
				began = time.Now()
				_, err = load(t, k)
				wantKind(t, err, session.ErrNoKeeper)
				if took := time.Since(began); took != 3*time.Second {
					t.Errorf("the next one waits for %s", took)
				}
				close(s.answer)
				synctest.Wait()
				_, err = load(t, k)
				wantKind(t, err, session.ErrNotKept)
			})
		})
	}
}

func TestTheUserUnlocksTheKeyring(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := stuck{newDrawer(windows), make(chan struct{})}
		s.entries[janes], _ = encode(jane())
		var user screen
		k := keyringOn(t, s, looks(locked), user.tell)
		var both sync.WaitGroup
		for range 2 { // the other one waits for its turn, and not in vain
			both.Go(func() {
				if got, err := load(t, k); err != nil || got != jane() {
					t.Errorf("%+v, %v", got, err)
				}
			})
		}
		time.Sleep(50 * time.Second)
		close(s.answer)
		both.Wait()
		if user.said[0] != waitingForUnlock {
			t.Errorf("told was %q", user.said)
		}
	})
}

func TestTheContextEndsTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := stuck{newDrawer(windows), make(chan struct{})}
		k := keyringOn(t, s, looks(locked), nil)
		j := jane()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := k.Load(ctx, j.Address, j.Tenant, j.User)
		wantKind(t, err, session.ErrRefused)
		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		wantKind(t, k.Delete(ctx, j.Address, j.Tenant, j.User), context.Canceled)
		close(s.answer)
		synctest.Wait()
	})
}

// TestAnAnswerThatComesTooLateChangesNothing: when the caller has given up, the keyring is
// not written any more.
func TestAnAnswerThatComesTooLateChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := stuck{newDrawer(windows), make(chan struct{})}
		k := keyringOn(t, s, nil, nil)
		wantKind(t, k.Save(t.Context(), jane()), session.ErrNoKeeper)
		close(s.answer)
		synctest.Wait()
		if len(s.entries) > 0 {
			t.Errorf("the keyring holds %v", s.entries)
		}
	})
}

// mad panics, as go-keyring does when the session bus goes away while it waits.
type mad struct{ *drawer }

func (mad) get(string) (string, error) { panic("a-token") }

func TestAKeyringThatPanics(t *testing.T) {
	k := keyringOn(t, mad{newDrawer(windows)}, nil, nil)
	_, err := load(t, k)
	wantKind(t, err, session.ErrNoKeeper)
	if err == nil || strings.Contains(err.Error(), "a-token") {
		t.Errorf("the user reads: %v", err)
	}
}

func TestNoKeyring(t *testing.T) {
	none := because(session.ErrNoKeeper, "no keyring is available: there is none")
	k := keyringOn(t, newDrawer(windows), func(context.Context, string) (openness, error) { return unlocked, none }, nil)
	for name, err := range map[string]error{
		"available": k.Available(t.Context()),
		"save":      k.Save(t.Context(), jane()),
		"load":      func() error { _, err := load(t, k); return err }(),
	} {
		if !errors.Is(err, session.ErrNoKeeper) || err.Error() != "no keyring is available: there is none" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
