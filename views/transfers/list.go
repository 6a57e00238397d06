package transfers

import (
	"cmp"
	"context"
	"iter"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// Name is the first word of the places of this package.
const Name = "transfers"

// row is a transfer as it was when the list was drawn.
type row struct {
	transfer.Progress
	transfer *transfer.Transfer
}

// Kind is the kind of transfers.
func Kind(t *tenant.Tenant) *collection.Kind[*row] {
	return &collection.Kind[*row]{
		Name: Name, Aliases: []string{"transfer", "downloads", "uploads"},
		Title: "Transfers", One: "transfer", Many: "transfers",
		Sort:    "-number",
		Columns: columns(),
		ID:      func(r *row) string { return strconv.Itoa(r.Progress.ID) },
		Label:   func(r *row) string { return string(r.Title) },
		Read: func(_ context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*row, error] {
			return func(yield func([]*row, error) bool) { yield(rows(t.Transfers), nil) }
		},
		Live:   follow,
		Detail: func(r *row, now time.Time) []collection.Field { return detail(r, now) },
		Empty: func(place.Place) text.Safe {
			return "Nothing is on its way. Downloads, uploads and exports stand here."
		},
		Actions: actions(t),
	}
}

func rows(b *transfer.Board) []*row {
	all := b.Transfers()
	list := make([]*row, len(all))
	for i, t := range all {
		list[i] = &row{Progress: t.Progress(), transfer: t}
	}
	return list
}

// follow yields all transfers whenever one of them has changed.
func follow(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq[collection.News[*row]] {
	return func(yield func(collection.News[*row]) bool) {
		known := map[string]bool{}
		for range t.Transfers.Changes(ctx) {
			news := collection.News[*row]{Items: rows(t.Transfers)}
			now := make(map[string]bool, len(news.Items))
			for _, r := range news.Items {
				now[strconv.Itoa(r.Progress.ID)] = true
			}
			for id := range known {
				if !now[id] {
					news.Gone = append(news.Gone, id)
				}
			}
			known = now
			if !yield(news) {
				return
			}
		}
	}
}

func columns() []collection.Column[*row] {
	return []collection.Column[*row]{
		{
			Name: "number", Column: table.Column{Title: "#", Min: 3, Align: text.Right, Priority: 9},
			Cell:    func(r *row) table.Cell { return table.Cell{Text: text.Count(r.Progress.ID), Role: theme.Muted} },
			Compare: func(a, b *row) int { return cmp.Compare(a.Progress.ID, b.Progress.ID) },
		},
		{
			Name: "what", Column: table.Column{Title: "WHAT", Min: 20, Max: 60, Weight: 3, Priority: 8},
			Cell: func(r *row) table.Cell {
				return table.Cell{Text: arrow(r.Way) + " " + r.Title, Role: theme.Strong}
			},
			Compare: func(a, b *row) int { return cmp.Compare(a.Title, b.Title) },
		},
		{
			Name: "state", Column: table.Column{Title: "STATE", Min: 9, Max: 24, Priority: 8},
			Cell:    func(r *row) table.Cell { return stateCell(&r.Progress, time.Now()) },
			Compare: func(a, b *row) int { return cmp.Compare(a.State, b.State) },
		},
		{
			Name: "done", Column: table.Column{Title: "DONE", Width: 16, Priority: 7},
			Cell:    func(r *row) table.Cell { return table.Cell{Text: Bar(r.Reading, 10), Role: barRole(r.State)} },
			Compare: func(a, b *row) int { return cmp.Compare(a.Share(), b.Share()) },
		},
		{
			Name: "size", Column: table.Column{Title: "SIZE", Min: 9, Priority: 6, Align: text.Right},
			Cell:    func(r *row) table.Cell { return table.Cell{Text: amount(&r.Progress, max(r.Total, r.Done))} },
			Compare: func(a, b *row) int { return cmp.Compare(max(a.Total, a.Done), max(b.Total, b.Done)) },
		},
		{
			Name: "rate", Column: table.Column{Title: "RATE", Min: 10, Priority: 4, Align: text.Right},
			Cell:    func(r *row) table.Cell { return table.Cell{Text: rate(&r.Progress), Role: theme.Muted} },
			Compare: func(a, b *row) int { return cmp.Compare(a.Rate, b.Rate) },
		},
		{
			Name: "left", Column: table.Column{Title: "LEFT", Min: 6, Priority: 6, Align: text.Right},
			Cell:    func(r *row) table.Cell { return table.Cell{Text: left(&r.Progress), Role: theme.Muted} },
			Compare: func(a, b *row) int { return cmp.Compare(a.Left, b.Left) },
		},
		{
			Name: "file", Column: table.Column{Title: "FILE", Min: 12, Max: 40, Weight: 2, Priority: 7},
			Cell:    func(r *row) table.Cell { return table.Cell{Text: text.Clean(filepath.Base(r.Path)), Role: theme.Muted} },
			Compare: func(a, b *row) int { return cmp.Compare(a.Path, b.Path) },
		},
	}
}

func arrow(w transfer.Way) text.Safe {
	switch w {
	case transfer.Up:
		return "↑"
	case transfer.Export:
		return "⇣"
	}
	return "↓"
}

// stateCell words the state of a transfer.
func stateCell(p *transfer.Progress, now time.Time) table.Cell {
	switch p.State {
	case transfer.Queued:
		return table.Cell{Text: "queued", Role: theme.Idle}
	case transfer.Running:
		return table.Cell{Text: "moving", Role: theme.Busy}
	case transfer.Waiting:
		return table.Cell{Text: "again in " + text.Span(max(p.Until.Sub(now), time.Second)), Role: theme.Minor}
	case transfer.Paused:
		return table.Cell{Text: "paused", Role: theme.Idle}
	case transfer.Asking:
		return table.Cell{Text: "name is taken", Role: theme.Minor}
	case transfer.Failed:
		return table.Cell{Text: "failed", Role: theme.Critical}
	case transfer.Cancelled:
		return table.Cell{Text: "cancelled", Role: theme.Faint}
	}
	return table.Cell{Text: "done", Role: theme.Good}
}

func barRole(s transfer.State) theme.Role {
	switch s {
	case transfer.Finished:
		return theme.Good
	case transfer.Running:
		return theme.Busy
	case transfer.Failed:
		return theme.Critical
	}
	return theme.Idle
}

// Bar draws how far a transfer is, in so many cells, and the percentage behind it.
func Bar(r transfer.Reading, width int) text.Safe {
	if r.Total <= 0 {
		return ""
	}
	eighths := int(r.Share() * float64(width*8))
	full, part := eighths/8, eighths%8
	bar := strings.Repeat("█", full)
	if full < width {
		bar += string([]rune("░▏▎▍▌▋▊▉")[part]) + strings.Repeat("░", width-full-1)
	}
	return text.Clean(bar + " " + strconv.Itoa(int(r.Share()*100)) + " %")
}

// amount words a number of bytes, or of whatever is counted.
func amount(p *transfer.Progress, n int64) text.Safe {
	if p.Unit != "" {
		return text.Count(int(n)) + " " + p.Unit
	}
	return text.Bytes(n)
}

func rate(p *transfer.Progress) text.Safe {
	switch {
	case p.Rate <= 0:
		return ""
	case p.Unit != "":
		return text.Count(int(p.Rate)) + "/s"
	}
	return text.Bytes(int64(p.Rate)) + "/s"
}

func left(p *transfer.Progress) text.Safe {
	if p.Left <= 0 {
		return ""
	}
	return text.Span(max(p.Left, time.Second))
}

func detail(r *row, now time.Time) []collection.Field {
	state := stateCell(&r.Progress, now)
	fields := []collection.Field{
		{Label: "state", Value: state.Text, Role: state.Role},
	}
	if r.Reason != "" {
		fields = append(fields, collection.Field{Label: "reason", Value: r.Reason, Role: state.Role})
	}
	done := amount(&r.Progress, r.Done)
	if r.Total > 0 {
		done += " of " + amount(&r.Progress, r.Total)
	}
	fields = append(fields, collection.Field{Label: "moved", Value: done})
	if r.Rate > 0 {
		fields = append(fields, collection.Field{Label: "rate", Value: rate(&r.Progress)})
	}
	if r.Left > 0 {
		fields = append(fields, collection.Field{Label: "left", Value: left(&r.Progress)})
	}
	if r.Anew {
		fields = append(fields, collection.Field{Label: "note", Value: "begun anew: the tenant could not go on where it broke off, or the file had changed", Role: theme.Minor})
	}
	fields = append(fields, collection.Field{Label: "file", Value: text.Clean(r.Path)})
	if r.Ended.IsZero() {
		return append(fields, collection.Field{Label: "began", Value: text.Age(now.Sub(r.Began)), Role: theme.Muted})
	}
	return append(fields, collection.Field{Label: "took", Value: text.Span(r.Ended.Sub(r.Began)), Role: theme.Muted})
}

// actions are what can be done with transfers.
func actions(t *tenant.Tenant) []collection.Action[*row] {
	each := func(do func(*transfer.Transfer)) func(*collection.Act[*row]) {
		return func(a *collection.Act[*row]) {
			for _, r := range a.Items {
				do(r.transfer)
			}
		}
	}
	over := func(r *row) string {
		if r.transfer.Progress().State.Over() {
			return "it is over"
		}
		return ""
	}
	return []collection.Action[*row]{
		{Action: keys.TransferPause, Disabled: pausable, Run: each(func(t *transfer.Transfer) {
			if t.Progress().State == transfer.Paused {
				t.Resume()
				return
			}
			t.Pause()
		})},
		{Action: keys.TransferCancel, Disabled: over, Run: each((*transfer.Transfer).Cancel)},
		{Action: keys.TransferRetry, Disabled: func(r *row) string {
			if s := r.transfer.Progress().State; s != transfer.Failed && s != transfer.Waiting {
				return "it has not failed"
			}
			return ""
		}, Run: each((*transfer.Transfer).Resume)},
		{Action: keys.TransferName, Disabled: func(r *row) string {
			if r.transfer.Progress().State != transfer.Asking {
				return "its name is not in doubt"
			}
			return ""
		}, Run: func(a *collection.Act[*row]) { askName(a.Scope, a.Items[0].transfer) }},
		{Action: keys.TransferDismiss, Disabled: func(r *row) string {
			if !r.transfer.Progress().State.Over() {
				return "it is not over"
			}
			return ""
		}, Run: each(t.Transfers.Dismiss)},
	}
}

// pausable returns why a transfer can be neither paused nor taken up again.
func pausable(r *row) string {
	p := r.transfer.Progress()
	switch {
	case p.State.Over() || p.State == transfer.Asking:
		return "nothing of it moves"
	case p.Pausing == transfer.Never:
		return "the tenant takes an upload in one piece: cancel it and try again"
	}
	return ""
}
