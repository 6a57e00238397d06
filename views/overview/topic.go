package overview

import (
	"context"
	"errors"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/fault"
)

// topic is something that is asked of the tenant by itself: it may fail or be
// refused without the others.
type topic struct {
	needs []string // the permissions of which any one allows reading
	// work asks the tenant, beside the update loop, and returns how to show the
	// answer on it.
	work func(ctx context.Context) (apply func(), err error)

	known  bool // there was an answer
	err    error
	began  time.Time // when it was last asked for
	asOf   time.Time // when the answer came
	asking bool
	again  bool // it was asked for once more meanwhile
	waits  bool // it will be asked for soon, after a live change
}

// refused reports whether asking again would not help.
func (t *topic) refused() bool { return errors.Is(t.err, c8yclient.ErrForbidden) }

// said says in a few words why there is no answer, "" if there is one.
func (t *topic) said() text.Safe {
	switch {
	case t.err == nil:
		return ""
	case t.refused() && t.needs != nil:
		return fault.Short(t.err) + ", needs " + text.Clean(strings.Join(t.needs, " or "))
	}
	return fault.Short(t.err)
}

// ask asks for a topic; while it is being asked for already, once more after that.
func (v *View) ask(t *topic) {
	if t.asking {
		t.again = true
		return
	}
	t.asking, t.began = true, time.Now()
	ui.Load(v.scope, t.work, func(apply func(), err error) {
		t.asking, t.err = false, err
		if err == nil {
			t.known, t.asOf = true, time.Now()
			apply()
		}
		v.touch()
		if t.again {
			t.again = false
			v.ask(t)
		}
	})
}

// askSoon asks for a topic in a moment: live changes come in swarms, and one
// answer counts them all.
func (v *View) askSoon(t *topic) {
	if t.waits || t.refused() {
		return
	}
	t.waits = true
	v.scope.After(settling, func() {
		t.waits = false
		v.ask(t)
	})
}

// settling is how long live changes are gathered before the tenant is asked to
// count again.
const settling = 2 * time.Second

// atOnce is how many counts of one topic are under way together.
const atOnce = 4

// counted asks for n counts together; the first failure fails them all.
func counted(ctx context.Context, n int, count func(ctx context.Context, i int) (int, error)) ([]int, error) {
	counts := make([]int, n)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i := range n {
		group.Go(func() error {
			c, err := count(ctx, i)
			counts[i] = c
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return counts, nil
}
