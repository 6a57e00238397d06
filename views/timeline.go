package views

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// happening is one thing that happened to a device, of whatever sort.
type happening struct {
	at   time.Time
	what string // "alarm", "event", "operation", "audit"
	id   string
	said string
	by   string // who did it, or what type it is of
	cell table.Cell
	path string
}

// timeline is the kind of everything that happened to one device: alarms, events, operations and
// what was done to it, in the order of time.
func timeline(t *tenant.Tenant) *collection.Kind[*happening] {
	return &collection.Kind[*happening]{
		Name: "timeline", Aliases: []string{"history"},
		Title: "Timeline", One: "happening", Many: "happenings",
		Parameters: []string{"source", "last"},
		Sort:       "-time",
		Columns: []collection.Column[*happening]{
			collection.When("time", table.Column{Title: "TIME", Min: 8, Priority: 9}, func(h *happening) time.Time { return h.at }),
			collection.Words("what", table.Column{Title: "WHAT", Min: 10, Priority: 8}, theme.Accent, func(h *happening) string { return h.what }),
			collection.Words("state", table.Column{Title: "STATE", Min: 14, Max: 24, Priority: 6}, theme.Text, func(h *happening) string { return string(h.cell.Text) }).
				Styled(func(h *happening) table.Cell { return h.cell }),
			collection.Words("text", table.Column{Title: "TEXT", Min: 28, Max: 120, Weight: 5, Priority: 7}, theme.Text, func(h *happening) string { return h.said }),
			collection.Words("by", table.Column{Title: "BY", Min: 12, Max: 32, Weight: 1, Priority: 5}, theme.Muted, func(h *happening) string { return h.by }),
			collection.Identifier(func(h *happening) string { return h.id }),
		},
		ID:    func(h *happening) string { return h.what + "/" + h.id },
		Label: func(h *happening) string { return cmp.Or(h.said, h.id) },
		Path:  func(h *happening) string { return h.path },
		Read:  readTimeline,
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("source") == "" {
				return "A timeline is that of one object: timeline?source=ID."
			}
			return noneLately("Nothing", p, "Alarms, events, operations and changes of it would stand here.")
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("source")) },
	}
}

// readTimeline reads one sort after another. What the user may not read is left out.
func readTimeline(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*happening, error] {
	source, since := p.Query.Get("source"), sinceOf(p, recently)
	if since.IsZero() {
		since = time.Unix(0, 0)
	}
	return func(yield func([]*happening, error) bool) {
		if source == "" {
			return
		}
		for _, sort := range []iter.Seq2[*happening, error]{
			mapped(t.Client.Alarms.List(ctx, &c8yclient.AlarmListOptions{AlarmFilter: c8yclient.AlarmFilter{Source: source, DateFrom: since}}), ofAlarm),
			mapped(t.Client.Events.List(ctx, &c8yclient.EventListOptions{EventFilter: c8yclient.EventFilter{Source: source, DateFrom: since}}), ofEvent),
			mapped(t.Client.Operations.List(ctx, &c8yclient.OperationListOptions{DeviceID: source, DateFrom: since, Revert: true}), ofOperation),
			mapped(t.Client.AuditRecords.List(ctx, &c8yclient.AuditRecordListOptions{Source: source, DateFrom: since}), ofAudit),
		} {
			if !inBatches(sort, yield) {
				return
			}
		}
	}
}

// inBatches hands things on a few hundred at a time, and reports whether to go on. A sort of thing
// that the user may not read is empty.
func inBatches(all iter.Seq2[*happening, error], yield func([]*happening, error) bool) bool {
	const together = 500
	var batch []*happening
	for h, err := range all {
		if err != nil {
			if fault.Negative(err) {
				break
			}
			yield(nil, err)
			return false
		}
		if batch = append(batch, h); len(batch) == together {
			if !yield(slices.Clone(batch), nil) {
				return false
			}
			batch = batch[:0]
		}
	}
	return len(batch) == 0 || yield(batch, nil)
}

func mapped[T any](all iter.Seq2[T, error], to func(T) *happening) iter.Seq2[*happening, error] {
	return func(yield func(*happening, error) bool) {
		for item, err := range all {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(to(item), nil) {
				return
			}
		}
	}
}

func ofAlarm(a *alarm) *happening {
	state := show.AlarmStatus(a.Status)
	state.Text = text.Clean(strings.ToLower(string(a.Severity))) + ", " + state.Text
	return &happening{at: a.Time, what: "alarm", id: a.ID, said: a.Text, by: a.Type, cell: state, path: "alarm/alarms/" + a.ID}
}

func ofEvent(e *event) *happening {
	return &happening{at: e.Time, what: "event", id: e.ID, said: e.Text, by: e.Type, path: "event/events/" + e.ID}
}

func ofOperation(o *operation) *happening {
	said := cmp.Or(o.Description, show.OperationName(o))
	if o.FailureReason != "" {
		said += ": " + o.FailureReason
	}
	return &happening{
		at: o.CreationTime, what: "operation", id: o.ID, said: said, by: show.OperationName(o),
		cell: show.OperationStatus(o.Status), path: "devicecontrol/operations/" + o.ID,
	}
}

func ofAudit(a *auditRecord) *happening {
	return &happening{at: a.Time, what: "audit", id: a.ID, said: cmp.Or(a.Text, a.Activity), by: a.User, path: "audit/auditRecords/" + a.ID}
}
