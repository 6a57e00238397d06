package edit

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
	"c8yx/views/job"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// Bench is where something is changed: in which tenant, and from which view.
type Bench struct {
	Tenant *tenant.Tenant
	Scope  *ui.Scope // of the view
}

// Change is a request about each of some things.
type Change struct {
	// Title says it as an order: "Acknowledge 412 alarms".
	Title text.Safe
	// Did says what was done with that many: "Acknowledged 412 alarms".
	Did func(n int) text.Safe
	// Items are the things.
	Items []job.Item
	// Step returns what is done with one of them. It is called beside the update loop as well, and
	// must always return the same for an item.
	Step func(item int) write.Step
	// Landed is told what the tenant answered, beside the update loop; nil if nobody wants to know.
	Landed func(item int, answer jsontext.Value)
	// Failed is told why one of them was refused, likewise.
	Failed func(item int, err error)
	// Advice says what the user can do about a refusal, "" for nothing in particular. It may be nil.
	Advice func(err error) text.Safe
	// Shown is called on the update loop after some of them have landed, and Ended after all have;
	// nil if nobody wants to know.
	Shown func()
	Ended func(job.Progress)

	// Destroys says that something is gone afterwards.
	Destroys bool
	// Back says that the change takes another one back, so that it is none to be taken back itself.
	Back bool
	// Details say what else the user should know before, a line each.
	Details []text.Safe
}

// Make makes the change: at once if it is about one thing and destroys nothing, else after a
// question that names the exact number, the requests and the tenant. More than one thing become a
// job.
func (b Bench) Make(c Change) {
	switch {
	case len(c.Items) == 0:
		return
	case len(c.Items) == 1 && !c.Destroys:
		b.begin(c)
		return
	}
	b.Scope.Show(b.question(c))
}

// Propose makes the change after a question that shows the requests, whatever it is about.
func (b Bench) Propose(c Change) {
	if len(c.Items) > 0 {
		b.Scope.Show(b.question(c))
	}
}

// question asks before a change is made.
func (b Bench) question(c Change) *dialog.Confirm {
	n := len(c.Items)
	where := text.Clean(b.Tenant.Called())
	q := &dialog.Confirm{
		Title: c.Title, Yes: "Send " + string(text.Count(n)) + " requests", Danger: c.Destroys,
		Question: c.Title + " in " + where + "?", Details: c.Details,
		Body:   preview(c),
		Accept: func() { b.begin(c) },
	}
	if n == 1 {
		q.Yes = "Send the request"
	}
	if b.Tenant.IsProduction() || c.Destroys && n > 1 {
		q.Word = fmt.Sprint(n)
		if c.Destroys {
			q.Word = fmt.Sprint("delete ", n)
		}
	}
	return q
}

// preview shows the first of the requests, and how many follow.
func preview(c Change) func(*theme.Theme, int) []string {
	first := c.Step(0)
	return func(th *theme.Theme, width int) []string {
		lines := Shown(th, first.Request, width)
		if more := len(c.Items) - 1; more > 0 {
			lines = append(lines, th.Render(theme.Muted, "… and "+string(text.Count(more))+" more like it"))
		}
		if first.Document != "" && len(c.Items) > 1 {
			lines = append(lines, "", th.Render(theme.Muted, "Each is read before; what changed meanwhile is left alone."))
		}
		return lines
	}
}

// begin makes the change.
func (b Bench) begin(c Change) {
	r := &run{change: c, tenant: b.Tenant, attempts: map[int]*write.Attempt{}}
	scope := b.Tenant.Jobs.Scope()
	if scope == nil {
		scope = b.Scope
	}
	r.scope = scope
	if len(c.Items) > 1 {
		b.Tenant.Jobs.Start(job.Work{Title: c.Title, Items: c.Items, Do: r.do, Landed: c.Shown, Ended: r.ended})
		return
	}
	// The request goes on when the view is closed: it is not known whether it would arrive.
	ui.Load(scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, r.do(c8yclient.WithCause(ctx, string(c.Title)), 0)
	}, func(_ struct{}, err error) {
		if c.Shown != nil {
			c.Shown()
		}
		if err == nil {
			r.ended(job.Progress{Total: 1, Done: 1})
			return
		}
		said := text.Clean(c.Items[0].Label) + ": " + reasonOf(err)
		if c.Advice != nil {
			if advice := c.Advice(err); advice != "" {
				said += ". " + advice
			}
		}
		scope.Toast(toast.Failure, said)
		if c.Ended != nil {
			c.Ended(job.Progress{Total: 1, Failed: 1})
		}
	})
}

// reasonOf says why something was not written, and what the user can do. What the views say of their
// readings does not hold here: nothing is sent again by itself.
func reasonOf(err error) text.Safe {
	var skipped *write.Skipped
	var unsure *write.Unsure
	var told *c8yclient.Error
	said := text.Clean(err.Error())
	switch {
	case errors.As(err, &skipped):
		return "nothing was sent, " + skipped.Reason
	case errors.As(err, &unsure):
		return said
	case errors.As(err, &told) && told.RetryAfter > 0:
		return said + ". The tenant asks to be left alone for " + text.Span(told.RetryAfter) + "."
	case fault.Transient(err):
		return said + "."
	}
	return fault.Explain(err)
}

// run is a change under way.
type run struct {
	change Change
	tenant *tenant.Tenant
	scope  *ui.Scope

	mu       sync.Mutex
	attempts map[int]*write.Attempt // those that have to be taken up again
	back     []write.Reversal
	why      text.Safe
}

// do deals with one item.
func (r *run) do(ctx context.Context, item int) error {
	r.mu.Lock()
	attempt := r.attempts[item]
	r.mu.Unlock()
	if attempt == nil {
		attempt = write.NewAttempt(r.change.Step(item))
	}
	err := attempt.Do(ctx, r.tenant.Client)
	r.mu.Lock()
	if err != nil && attempt.Unsure() {
		r.attempts[item] = attempt
	} else {
		delete(r.attempts, item)
	}
	if err == nil {
		back, why := attempt.Reversal(r.change.Items[item].ID, r.change.Items[item].Label)
		if !back.Step.Request.IsZero() {
			r.back = append(r.back, back)
		}
		if why != "" {
			r.why = why
		}
	}
	r.mu.Unlock()
	switch {
	case err == nil && r.change.Landed != nil:
		r.change.Landed(item, attempt.Answer())
	case err != nil && r.change.Failed != nil:
		r.change.Failed(item, err)
	}
	return err
}

// ended says how it went, and remembers what would take it back.
func (r *run) ended(p job.Progress) {
	r.mu.Lock()
	back, why := r.back, r.why
	r.back = nil
	r.mu.Unlock()
	if p.Done > 0 && !r.change.Back {
		r.tenant.Deeds.Add(write.Deed{What: r.change.Did(p.Done), Back: back, Why: why})
	}
	said, level := r.change.Did(p.Done), toast.Success
	if p.Failed > 0 || p.State == job.Cancelled {
		level = toast.Caution
	}
	if p.Failed > 0 {
		said += ", " + text.Count(p.Failed) + " failed"
	}
	if p.Skipped > 0 {
		said += ", " + text.Count(p.Skipped) + " skipped"
	}
	if left := p.Total - p.Dealt(); left > 0 {
		said += ", " + text.Count(left) + " left undone"
	}
	if p.Failed+p.Skipped > 0 {
		said += ": " + r.scope.Key(keys.Jobs) + " shows why"
	}
	r.scope.Toast(level, said)
	if r.change.Ended != nil {
		r.change.Ended(p)
	}
}
