package explain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// Tally is what became of the operations of a bulk operation, counted one by one.
type Tally struct {
	Pending, Executing, Successful, Failed int
	Failures                               []Failure // the most frequent first
}

// Failure is a reason for which operations failed.
type Failure struct {
	Reason  string // as the devices said it, "" for nothing
	Count   int
	Devices []string // the names of the first that said so
}

// examples is how many devices of a failure are named.
const examples = 5

// Count counts the operations of a bulk operation, beside which the platform's own counter may be
// wrong (c8y-docs#2211).
func Count(ctx context.Context, client *c8yclient.Client, bulk string) (Tally, error) {
	t := Tally{}
	reasons := map[string]*Failure{}
	for o, err := range client.Operations.List(ctx, &c8yclient.OperationListOptions{BulkOperationID: bulk}) {
		if err != nil {
			return t, err
		}
		switch o.Status {
		case c8yclient.OperationPending:
			t.Pending++
		case c8yclient.OperationExecuting:
			t.Executing++
		case c8yclient.OperationSuccessful:
			t.Successful++
		case c8yclient.OperationFailed:
			t.Failed++
			f := reasons[o.FailureReason]
			if f == nil {
				f = &Failure{Reason: o.FailureReason}
				reasons[o.FailureReason] = f
			}
			if f.Count++; len(f.Devices) < examples {
				f.Devices = append(f.Devices, cmp.Or(o.DeviceName, o.DeviceID))
			}
		}
	}
	for _, f := range slices.SortedFunc(maps.Values(reasons), func(a, b *Failure) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Reason, b.Reason))
	}) {
		t.Failures = append(t.Failures, *f)
	}
	return t, nil
}

// Bulk explains how far a bulk operation is: what the platform counts, what its operations say, and
// for which reasons they failed.
func Bulk(ctx context.Context, t *tenant.Tenant, id string) (Explanation, error) {
	e := Explanation{Title: "Bulk operation " + text.Clean(id)}
	b, err := t.Client.BulkOperations.Get(ctx, id)
	if errors.Is(err, c8yclient.ErrNotFound) {
		e.Verdict = "It does not exist any more."
		return e, nil
	}
	if err != nil {
		return e, err
	}
	tally, err := Count(ctx, t.Client, id)
	if err != nil {
		return e, err
	}
	status := show.BulkStatus(b)
	e.say(status.Role, "status", status.Text)
	if !show.BulkPaused(b) {
		e.say(theme.Text, "begins", show.Age(b.StartDate, time.Now()))
	}
	if b.Progress == nil {
		b.Progress = &c8yclient.BulkProgress{}
	}
	p := b.Progress
	e.say(theme.Muted, "", "the platform counts, and its operations say")
	differ := false
	for _, c := range []struct {
		label         text.Safe
		counted, said int
	}{{"pending", p.Pending, tally.Pending}, {"executing", p.Executing, tally.Executing}, {"successful", p.Successful, tally.Successful}, {"failed", p.Failed, tally.Failed}} {
		role, note := theme.Text, ""
		if c.counted != c.said && (c.label != "pending" || c.counted < c.said) { // operations are created one after another
			role, note, differ = theme.Minor, "   ≠", true
		}
		e.say(role, c.label, text.Clean(fmt.Sprintf("%6d   %6d%s", c.counted, c.said, note)))
	}
	for _, f := range tally.Failures {
		e.say(theme.Critical, text.Count(f.Count)+" failed", text.Clean(cmp.Or(f.Reason, "without a reason")))
	}
	over := b.Status == c8yclient.BulkCompleted || b.Status == c8yclient.BulkDeleted
	switch {
	case b.Status == c8yclient.BulkDeleted:
		e.Verdict = "It was cancelled; the operations that were created by then go on."
	case differ:
		e.Verdict = "The platform's counter is out of step with the operations: believe these."
	case tally.Failed > 0 && over:
		e.Verdict = "It is over, and " + text.Count(tally.Failed) + " of " + text.Count(tally.Failed+tally.Successful+tally.Pending+tally.Executing) + " failed."
	case over:
		e.Verdict = "It is over, and nothing failed."
	case show.BulkPaused(b):
		e.Verdict = "It is paused: it begins when somebody lets it."
		e.advise("A lets it begin in a minute.")
	case b.Status == c8yclient.BulkActive:
		e.Verdict = "It has not begun: its time has not come."
		e.advise("P puts it off until somebody lets it begin, A lets it begin in a minute.")
	default:
		e.Verdict = "It is under way: an operation is created every " + text.Clean(fmt.Sprintf("%g", b.CreationRamp)) + " s."
	}
	if tally.Failed > 0 {
		e.advise("F lists the failures by reason; R sends the operations that failed once more.")
	}
	return e, nil
}
