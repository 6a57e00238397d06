package views

import (
	"context"
	"iter"
	"strconv"
	"time"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/job"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// jobResults is the kind of what became of the items of a job.
func jobResults(j *job.Job) *collection.Kind[*job.Result] {
	steer := func(record keys.Action, disabled func(*job.Progress) string, do func(*job.Job)) collection.Action[*job.Result] {
		record.Many = false // whatever is marked, it is done with the job
		return collection.Action[*job.Result]{
			Action:   record,
			Disabled: func(*job.Result) string { return disabled(progressOf(j)) },
			Run:      func(*collection.Act[*job.Result]) { do(j) },
		}
	}
	return &collection.Kind[*job.Result]{
		Name: "jobs", Words: 1,
		Title: "Job " + text.Clean(strconv.Itoa(j.Progress().ID)), One: "item", Many: "items",
		Sort:    "outcome",
		Columns: jobResultColumns(),
		ID:      func(r *job.Result) string { return strconv.Itoa(r.Index) },
		Label:   func(r *job.Result) string { return r.Label },
		Path:    func(r *job.Result) string { return r.Path },
		Read: func(context.Context, *tenant.Tenant, place.Place) iter.Seq2[[]*job.Result, error] {
			return func(yield func([]*job.Result, error) bool) { yield(collection.Pointers(j.Results()), nil) }
		},
		Live: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq[collection.News[*job.Result]] {
			return func(yield func(collection.News[*job.Result]) bool) {
				known := make([]job.Outcome, j.Progress().Total)
				for range t.Jobs.Changes(ctx) {
					// Also without a result there may be news: the crumb tells the progress.
					if !yield(collection.News[*job.Result]{Items: collection.Pointers(j.Changed(known))}) {
						return
					}
				}
			}
		},
		Subject: func(place.Place) text.Safe {
			p := progressOf(j)
			said := "at " + job.Percent(p.Share())
			if how := remaining(p); how != "" && !p.State.Over() {
				said += ", " + how
			}
			return said + ": " + p.Title // last: the list before has it too
		},
		Detail: func(r *job.Result, now time.Time) []collection.Field {
			outcome := jobOutcome(r.Outcome)
			fields := []collection.Field{
				{Label: "outcome", Value: outcome.Text, Role: outcome.Role},
				{Label: "id", Value: show.OrDash(r.ID), Role: theme.Muted},
			}
			if r.Note != "" {
				fields = append(fields, collection.Field{Label: "why", Value: r.Note})
			}
			return append(append(fields, collection.Field{Label: "Job"}), jobDetail(progressOf(j), now)...)
		},
		Actions: []collection.Action[*job.Result]{
			steer(keys.JobPause, jobIsOver, pauseOrGoOn),
			steer(keys.JobRetry, nothingToRetry, (*job.Job).Retry),
			steer(keys.JobCancel, jobIsOver, (*job.Job).Cancel),
		},
	}
}

// jobOutcome shows what became of an item.
func jobOutcome(o job.Outcome) table.Cell {
	switch o {
	case job.Done:
		return table.Cell{Text: "● done", Role: theme.Good}
	case job.Failed:
		return table.Cell{Text: "✗ failed", Role: theme.Critical}
	case job.Skipped:
		return table.Cell{Text: "○ skipped", Role: theme.Minor}
	}
	return table.Cell{Text: "· open", Role: theme.Faint}
}

// telling is the order in which results matter: what failed first.
func telling(o job.Outcome) int {
	return map[job.Outcome]int{job.Failed: 0, job.Skipped: 1, job.Open: 2, job.Done: 3}[o]
}

func jobResultColumns() []collection.Column[*job.Result] {
	return []collection.Column[*job.Result]{
		{
			Name: "outcome", Column: table.Column{Title: "OUTCOME", Min: 9, Priority: 9},
			Cell:    func(r *job.Result) table.Cell { return jobOutcome(r.Outcome) },
			Compare: func(a, b *job.Result) int { return telling(a.Outcome) - telling(b.Outcome) },
		},
		{
			Name: "item", Column: table.Column{Title: "ITEM", Min: 20, Max: 60, Weight: 2, Priority: 8},
			Cell: func(r *job.Result) table.Cell {
				return table.Cell{Text: text.Clean(r.Label), Role: theme.Strong}
			},
			Compare: func(a, b *job.Result) int { return show.CompareNames(a.Label, b.Label) },
		},
		{
			Name: "why", Column: table.Column{Title: "WHY", Min: 20, Max: 120, Weight: 4, Priority: 7},
			Cell:    func(r *job.Result) table.Cell { return table.Cell{Text: r.Note} },
			Compare: func(a, b *job.Result) int { return show.CompareNames(string(a.Note), string(b.Note)) },
		},
		{
			Name: "id", Column: table.Column{Title: "ID", Min: 4, Max: 14, Priority: 3, Align: text.Right},
			Cell:    func(r *job.Result) table.Cell { return table.Cell{Text: text.Clean(r.ID), Role: theme.Muted} },
			Compare: func(a, b *job.Result) int { return show.CompareIDs(a.ID, b.ID) },
		},
	}
}
