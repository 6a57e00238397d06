package views

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/job"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// openJobs opens the jobs of this session, or what became of each item of one.
func openJobs(t *tenant.Tenant, p place.Place) (ui.View, error) {
	if len(p.Path) == 0 {
		return view(collection.New(jobs(), t, p))
	}
	j, known := t.Jobs.Find(p.Path[0])
	if !known {
		return nil, fmt.Errorf("%s: there is no job %s in this session", p, p.Path[0])
	}
	return view(collection.New(jobResults(j), t, p))
}

// jobs is the kind of jobs. They are c8yx's own and end with it.
func jobs() *collection.Kind[*job.Progress] {
	all := func(t *tenant.Tenant) []*job.Progress {
		var list []*job.Progress
		for _, j := range t.Jobs.Jobs() {
			list = append(list, progressOf(j))
		}
		return list
	}
	steer := func(record keys.Action, disabled func(*job.Progress) string, do func(*job.Job)) collection.Action[*job.Progress] {
		return collection.Action[*job.Progress]{Action: record, Disabled: disabled, Run: func(a *collection.Act[*job.Progress]) {
			for _, p := range a.Items {
				if j, known := a.Tenant.Jobs.Find(strconv.Itoa(p.ID)); known {
					do(j)
				}
			}
		}}
	}
	return &collection.Kind[*job.Progress]{
		Name: "jobs", Aliases: []string{"job"},
		Title: "Jobs", One: "job", Many: "jobs",
		Sort:    "-began",
		Columns: jobColumns(),
		ID:      func(p *job.Progress) string { return strconv.Itoa(p.ID) },
		Label:   func(p *job.Progress) string { return string(p.Title) },
		Read: func(_ context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*job.Progress, error] {
			return func(yield func([]*job.Progress, error) bool) { yield(all(t), nil) }
		},
		Live: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq[collection.News[*job.Progress]] {
			return func(yield func(collection.News[*job.Progress]) bool) {
				for range t.Jobs.Changes(ctx) {
					if !yield(collection.News[*job.Progress]{Items: all(t)}) {
						return
					}
				}
			}
		},
		Detail: jobDetail,
		Opens:  func(p *job.Progress) place.Place { return place.At("jobs", strconv.Itoa(p.ID)) },
		Empty: func(place.Place) text.Safe {
			return "No job has been started in this session. Mark several things of a list and do something with them."
		},
		Actions: []collection.Action[*job.Progress]{
			steer(keys.JobPause, jobIsOver, pauseOrGoOn),
			steer(keys.JobRetry, nothingToRetry, (*job.Job).Retry),
			steer(keys.JobCancel, jobIsOver, (*job.Job).Cancel),
		},
	}
}

func progressOf(j *job.Job) *job.Progress {
	p := j.Progress()
	return &p
}

func jobIsOver(p *job.Progress) string {
	if p.State.Over() && p.Under == 0 {
		return "the job is over"
	}
	return ""
}

func nothingToRetry(p *job.Progress) string {
	switch {
	case p.State == job.Running || p.State == job.Waiting:
		return "the job is under way"
	case p.Failed == 0 && p.Dealt() == p.Total:
		return "nothing failed, and nothing is left"
	}
	return ""
}

func pauseOrGoOn(j *job.Job) {
	if s := j.Progress().State; s == job.Paused || s == job.Waiting {
		j.Resume()
	} else {
		j.Pause()
	}
}

// jobState shows how a job is.
func jobState(p *job.Progress) table.Cell {
	switch {
	case p.State == job.Running:
		return table.Cell{Text: "◐ running", Role: theme.Busy}
	case p.State == job.Waiting:
		return table.Cell{Text: "○ waiting", Role: theme.Minor}
	case p.State == job.Paused:
		return table.Cell{Text: "‖ paused", Role: theme.Minor}
	case p.State == job.Cancelled && p.Under > 0:
		return table.Cell{Text: "◐ ending", Role: theme.Minor}
	case p.State == job.Cancelled:
		return table.Cell{Text: "✗ cancelled", Role: theme.Muted}
	case p.Failed > 0:
		return table.Cell{Text: "✗ failed", Role: theme.Critical}
	}
	return table.Cell{Text: "● done", Role: theme.Good}
}

// bar draws a share as a bar of so many cells, in eighths of a cell.
func bar(share float64, cells int) text.Safe {
	const eighths = " ▏▎▍▌▋▊▉"
	full := int(share * float64(cells) * 8)
	line := strings.Repeat("█", full/8)
	if rest := full % 8; rest > 0 {
		line += string([]rune(eighths)[rest])
	}
	return text.Clean(line + strings.Repeat("░", max(0, cells-len([]rune(line)))))
}

// remaining words the pace of a job and the time that is left: "12/s, 20s left".
func remaining(p *job.Progress) text.Safe {
	switch {
	case p.State == job.Waiting:
		return "goes on in " + text.Span(time.Until(p.Until))
	case p.State == job.Paused:
		return p.Reason
	case p.Rate == 0:
		return ""
	}
	said := text.Clean(strconv.FormatFloat(p.Rate, 'f', 1, 64) + "/s")
	if p.Rate >= 10 {
		said = text.Count(int(p.Rate)) + "/s"
	}
	if p.Left > 0 {
		said += ", " + text.Span(p.Left) + " left"
	}
	return said
}

func jobColumns() []collection.Column[*job.Progress] {
	count := func(n int, role theme.Role) table.Cell {
		if n == 0 {
			return table.Cell{Text: "–", Role: theme.Faint}
		}
		return table.Cell{Text: text.Count(n), Role: role}
	}
	return []collection.Column[*job.Progress]{
		{
			Name: "state", Column: table.Column{Title: "STATE", Min: 11, Priority: 9},
			Cell:    jobState,
			Compare: func(a, b *job.Progress) int { return cmp.Compare(jobState(a).Text, jobState(b).Text) },
		},
		{
			Name: "job", Column: table.Column{Title: "JOB", Min: 22, Max: 60, Weight: 3, Priority: 8},
			Cell:    func(p *job.Progress) table.Cell { return table.Cell{Text: p.Title, Role: theme.Strong} },
			Compare: func(a, b *job.Progress) int { return show.CompareNames(string(a.Title), string(b.Title)) },
		},
		{
			Name: "progress", Column: table.Column{Title: "PROGRESS", Min: 12, Priority: 9},
			Cell: func(p *job.Progress) table.Cell {
				share := p.Share()
				return table.Cell{Text: bar(share, 6) + text.Fit(job.Percent(share), 6, text.Right), Role: jobState(p).Role}
			},
			Compare: func(a, b *job.Progress) int { return cmp.Compare(a.Share(), b.Share()) },
		},
		{
			Name: "done", Column: table.Column{Title: "DONE", Min: 6, Priority: 6, Align: text.Right},
			Cell:    func(p *job.Progress) table.Cell { return count(p.Done, theme.Good) },
			Compare: func(a, b *job.Progress) int { return a.Done - b.Done },
		},
		{
			Name: "failed", Column: table.Column{Title: "FAILED", Min: 6, Priority: 7, Align: text.Right},
			Cell:    func(p *job.Progress) table.Cell { return count(p.Failed, theme.Critical) },
			Compare: func(a, b *job.Progress) int { return a.Failed - b.Failed },
		},
		{
			Name: "skipped", Column: table.Column{Title: "SKIPPED", Min: 7, Priority: 5, Align: text.Right},
			Cell:    func(p *job.Progress) table.Cell { return count(p.Skipped, theme.Minor) },
			Compare: func(a, b *job.Progress) int { return a.Skipped - b.Skipped },
		},
		{
			Name: "all", Column: table.Column{Title: "OF", Min: 6, Priority: 4, Align: text.Right},
			Cell:    func(p *job.Progress) table.Cell { return table.Cell{Text: text.Count(p.Total)} },
			Compare: func(a, b *job.Progress) int { return a.Total - b.Total },
		},
		{
			Name: "pace", Column: table.Column{Title: "PACE", Min: 14, Max: 40, Weight: 1, Priority: 7},
			Cell: func(p *job.Progress) table.Cell { return table.Cell{Text: remaining(p), Role: theme.Muted} },
		},
		{
			Name: "began", Column: table.Column{Title: "BEGAN", Min: 8, Priority: 3, Align: text.Right},
			Time: func(p *job.Progress) time.Time { return p.Began },
		},
	}
}

func jobDetail(p *job.Progress, now time.Time) []collection.Field {
	state := jobState(p)
	fields := []collection.Field{
		{Label: "state", Value: state.Text, Role: state.Role},
		{Label: "progress", Value: bar(p.Share(), 20) + " " + job.Percent(p.Share()), Role: state.Role},
	}
	if p.Reason != "" {
		fields = append(fields, collection.Field{Label: "why", Value: p.Reason, Role: theme.Minor})
	}
	if p.State == job.Waiting {
		fields = append(fields, collection.Field{Label: "goes on", Value: "in " + text.Span(p.Until.Sub(now))})
	}
	if p.State == job.Running {
		fields = append(fields, collection.Field{Label: "pace", Value: show.OrDash(string(remaining(p)))})
	}
	fields = append(
		fields,
		collection.Field{Label: "done", Value: text.Count(p.Done) + " of " + text.Count(p.Total)},
		collection.Field{Label: "failed", Value: text.Count(p.Failed)},
		collection.Field{Label: "skipped", Value: text.Count(p.Skipped)},
		collection.Field{Label: "began", Value: show.Age(p.Began, now), Role: theme.Muted},
	)
	if !p.Ended.IsZero() {
		fields = append(fields, collection.Field{Label: "took", Value: text.Span(p.Ended.Sub(p.Began)), Role: theme.Muted})
	}
	return fields
}
