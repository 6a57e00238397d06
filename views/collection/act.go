package collection

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/explain"
	"c8yx/views/fault"
)

// atOnce is how many items of one action are under way together. The client
// has a limit of its own for all that goes to the tenant.
const atOnce = 4

// outcome is what became of an action: what the tenant answered for those with
// which it went well, and the first error of the others.
type outcome[T any] struct {
	done   []T
	failed int
	err    error
}

// Each does something with every item beside the update loop, shows what the
// tenant answered in the list, and says how it went: "Acknowledged 3 alarms".
// Items that fail do not stop the others; they keep their marks.
func (a *Act[T]) Each(did string, do func(ctx context.Context, item T) (T, error)) {
	items, v := a.Items, a.view
	ui.Load(a.Scope, func(ctx context.Context) (outcome[T], error) {
		results := make([]T, len(items))
		errs := make([]error, len(items))
		var group errgroup.Group
		group.SetLimit(atOnce)
		for i, item := range items {
			group.Go(func() error {
				results[i], errs[i] = do(ctx, item)
				return nil
			})
		}
		_ = group.Wait() // every error is in errs
		var o outcome[T]
		for i, err := range errs {
			if err == nil {
				o.done = append(o.done, results[i])
				continue
			}
			o.failed++
			if o.err == nil {
				o.err = fmt.Errorf("%s: %w", v.kind.Label(items[i]), err)
			}
		}
		return o, nil
	}, func(o outcome[T], _ error) { v.settle(did, len(items), o) })
}

// settle shows the outcome of an action.
func (v *View[T]) settle(did string, asked int, o outcome[T]) {
	changes := make([]change[T], len(o.done))
	for i, item := range o.done {
		changes[i] = v.feed.change(item)
		if v.kind.Admits != nil && !v.kind.Admits(v.place, item) {
			changes[i].Gone = true
		}
		v.rows.UnmarkID(changes[i].ID)
	}
	v.merge(changes)
	if refused := explain.Refusal(o.err); refused != nil {
		v.refused = refused
	}
	switch {
	case o.failed == 0:
		v.scope.Toast(toast.Success, text.Clean(did)+" "+v.kind.count(len(o.done)))
	case asked == 1:
		v.scope.Toast(toast.Failure, fault.Explain(o.err))
	default:
		v.scope.Toast(toast.Failure, text.Count(o.failed)+" of "+text.Count(asked)+" failed, the first: "+fault.Explain(o.err))
	}
}
