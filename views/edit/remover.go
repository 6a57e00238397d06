package edit

import (
	"context"
	"errors"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
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

// Remover describes how things of a kind are deleted.
type Remover struct {
	// Needs lists the permissions of which any one allows it.
	Needs []string
	// Request returns what is sent to delete a thing. Nil deletes its document.
	Request func(Target) write.Request
	// Along finds out what goes along with a thing, a line each, and what more can be taken along.
	// It asks the tenant, beside the update loop. Nil says nothing.
	Along func(ctx context.Context, t *tenant.Tenant, target Target) (Along, error)
	// Word returns what must be typed before one thing is deleted; nil asks without that. For many
	// it is their number.
	Word func(Target) string
	// Details says what the user should know before, whatever is deleted.
	Details []text.Safe
	// Restore returns the request that brings a deleted thing back, given its document as it was, and
	// what does not come back with it; or no request and the reason. Nil says that it does not.
	Restore func(before jsontext.Value) (write.Request, text.Safe)
}

// Along is what goes along with a thing that is deleted.
type Along struct {
	Lines []text.Safe
	// Options are the ways of deleting between which the user may choose; none is just one way.
	Options []RemoveOption
}

// RemoveOption is one way of deleting.
type RemoveOption struct {
	Key, Title text.Safe
	Note       text.Safe // what it takes along
	// Query is added to the request: "cascade=true".
	Query string
}

// Removal is a deletion that the user is asked about.
type Removal struct {
	Targets []Target
	// Things counts the targets in words: "3 devices".
	Things text.Safe
	// Did says what was done with that many: "Deleted 3 devices".
	Did func(n int) text.Safe
	// Gone is told what was deleted, beside the update loop; Shown is called on it afterwards.
	Gone  func(Target)
	Shown func()
}

// vanished tells the view that somebody else was faster, if that is what an error says.
func (r Removal) vanished(t Target, err error) bool {
	if !errors.Is(err, c8yclient.ErrNotFound) || r.Gone == nil {
		return false
	}
	r.Gone(t)
	return true
}

// Remove finds out what goes along with things, asks, and deletes them.
func (b Bench) Remove(r Remover, removal Removal) {
	if len(removal.Targets) == 0 {
		return
	}
	if r.Along == nil {
		b.ask(r, removal, Along{})
		return
	}
	// For many, the first few say enough of what kind of thing goes along.
	ui.Load(b.Scope, func(ctx context.Context) (Along, error) {
		return along(ctx, b.Tenant, r, removal.Targets)
	}, func(found Along, err error) {
		if err != nil {
			b.Scope.Toast(toast.Failure, "Nothing was deleted: it is not known what goes along. "+fault.Explain(err))
			if len(removal.Targets) == 1 && removal.vanished(removal.Targets[0], err) && removal.Shown != nil {
				removal.Shown()
			}
			return
		}
		b.choose(r, removal, found)
	})
}

// looksAt is of how many things it is found out what goes along.
const looksAt = 20

// along finds out what goes along with all of the targets.
func along(ctx context.Context, t *tenant.Tenant, r Remover, targets []Target) (Along, error) {
	if len(targets) == 1 {
		return r.Along(ctx, t, targets[0])
	}
	var all Along
	for i, target := range targets {
		if i == looksAt {
			all.Lines = append(all.Lines, "… and what belongs to "+text.Count(len(targets)-looksAt)+" more")
			break
		}
		one, err := r.Along(ctx, t, target)
		switch {
		case errors.Is(err, c8yclient.ErrNotFound):
			continue // the deletion says so, and leaves it alone
		case err != nil:
			return Along{}, err
		}
		for _, line := range one.Lines {
			all.Lines = append(all.Lines, text.Clean(target.Label)+": "+line)
		}
		for _, option := range one.Options {
			if !all.offers(option) {
				all.Options = append(all.Options, option)
			}
		}
	}
	return all, nil
}

func (a Along) offers(option RemoveOption) bool {
	for _, o := range a.Options {
		if o.Query == option.Query {
			return true
		}
	}
	return false
}

// choose asks which way of deleting is meant, if there are several.
func (b Bench) choose(r Remover, removal Removal, found Along) {
	if len(found.Options) < 2 {
		b.ask(r, removal, found)
		return
	}
	choose := &dialog.Choose{Title: "Delete " + removal.Things, Intro: "in " + text.Clean(b.Tenant.Called()) + ". What should go along?"}
	for _, o := range found.Options {
		choose.Choices = append(choose.Choices, dialog.Choice{Key: string(o.Key), Title: o.Title, Note: o.Note, Run: func() {
			b.ask(r, removal, Along{Lines: found.Lines, Options: []RemoveOption{o}})
		}})
	}
	b.Scope.Show(choose)
}

// ask asks whether to delete, with everything that is known about it.
func (b Bench) ask(r Remover, removal Removal, found Along) {
	targets := removal.Targets
	query := ""
	details := r.Details
	for _, o := range found.Options {
		query = o.Query
		if o.Note != "" {
			details = append(details[:len(details):len(details)], o.Title+": "+o.Note)
		}
	}
	c := Change{
		Title: "Delete " + removal.Things, Did: removal.Did, Items: make([]job.Item, len(targets)),
		Step: func(i int) write.Step { return r.step(targets[i], query) },
		Landed: func(i int, _ jsontext.Value) {
			if removal.Gone != nil {
				removal.Gone(targets[i])
			}
		},
		Failed: func(i int, err error) { removal.vanished(targets[i], err) },
		Shown:  removal.Shown, Destroys: true, Details: details,
	}
	for i, t := range targets {
		c.Items[i] = job.Item{ID: t.ID, Label: t.Label, Path: t.Path}
	}
	q := b.question(c)
	q.Yes = "Delete " + string(removal.Things)
	if len(targets) == 1 {
		q.Title = "Delete the " + targets[0].One
		named := text.Clean(targets[0].Label)
		if targets[0].Label != targets[0].ID {
			named += " (" + text.Clean(targets[0].ID) + ")"
		}
		q.Question = "Delete " + named + " from " + text.Clean(b.Tenant.Called()) + "?"
		q.Yes = "Delete"
		if r.Word != nil {
			q.Word = r.Word(targets[0])
		}
	} else {
		q.Question = "Delete " + removal.Things + " from " + text.Clean(b.Tenant.Called()) + "?"
	}
	requests := q.Body
	q.Body = func(th *theme.Theme, width int) []string {
		var lines []string
		if len(found.Lines) > 0 {
			lines = append(lines, th.Render(theme.Critical, "Goes along"))
			for _, line := range found.Lines {
				lines = append(lines, "  "+string(line))
			}
			lines = append(lines, "")
		}
		return append(lines, requests(th, width)...)
	}
	b.Scope.Show(q)
}

// step is what deletes one thing.
func (r Remover) step(target Target, query string) write.Step {
	request := write.Delete(target.Path)
	if r.Request != nil {
		request = r.Request(target)
	}
	if query != "" {
		separator := "?"
		if strings.Contains(request.Path, "?") {
			separator = "&"
		}
		request.Path += separator + query
	}
	step := write.Step{Request: request, Document: target.Path}
	if r.Restore != nil {
		step.Inverse = func(before, _ jsontext.Value) (write.Request, text.Safe) {
			if before == nil {
				return write.Request{}, "it is not known what it was"
			}
			return r.Restore(before)
		}
	}
	return step
}
