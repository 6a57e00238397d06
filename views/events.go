package views

import (
	"cmp"
	"context"
	"iter"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type event = c8yclient.Event

// recently is how far back lists of events and operations reach unless the
// place says otherwise. Some tenants keep years.
const recently = "7d"

// events is the kind of events.
func events(t *tenant.Tenant) *collection.Kind[*event] {
	return &collection.Kind[*event]{
		Name: "events", Aliases: []string{"event", "ev"},
		Title: "Events", One: "event", Many: "events",
		Needs:      []string{"ROLE_EVENT_READ"},
		Parameters: []string{"type", "fragment", "source", "last"}, Whose: []string{"source"},
		Sort: "-time", Unsorted: "-time",
		Newest:    func(e *event) time.Time { return e.Time },
		Fragments: func(e *event) jsontext.Value { return e.Document.Fragments },
		Columns: []collection.Column[*event]{
			{
				Name: "time", Property: "time", Column: table.Column{Title: "TIME", Min: 8, Priority: 8, Align: text.Right},
				Time: func(e *event) time.Time { return e.Time },
			},
			{
				Name: "source", Whose: "source", Column: table.Column{Title: "DEVICE", Min: 18, Max: 32, Weight: 2, Priority: 7},
				Cell: func(e *event) table.Cell {
					return table.Cell{Text: text.Clean(cmp.Or(e.Source.Name, e.Source.ID)), Role: theme.Strong}
				},
				Compare: func(a, b *event) int { return show.CompareNames(a.Source.Name, b.Source.Name) },
			},
			{
				Name: "type", Column: table.Column{Title: "TYPE", Min: 12, Max: 30, Weight: 1, Priority: 6},
				Cell:    func(e *event) table.Cell { return table.Cell{Text: text.Clean(e.Type)} },
				Compare: func(a, b *event) int { return cmp.Compare(a.Type, b.Type) },
			},
			{
				Name: "text", Column: table.Column{Title: "TEXT", Min: 28, Max: 100, Weight: 5, Priority: 9},
				Cell:    func(e *event) table.Cell { return table.Cell{Text: text.Clean(e.Text)} },
				Compare: func(a, b *event) int { return show.CompareNames(a.Text, b.Text) },
			},
			{
				Name: "file", Column: table.Column{Title: "FILE", Min: 6, Max: 20, Priority: 3},
				Cell: func(e *event) table.Cell {
					file, _ := e.Attachment()
					return table.Cell{Text: text.Clean(file.Name), Role: theme.Link}
				},
			},
			{
				Name: "id", Column: table.Column{Title: "ID", Min: 4, Max: 14, Priority: 1, Align: text.Right},
				Cell:    func(e *event) table.Cell { return table.Cell{Text: text.Clean(e.ID), Role: theme.Muted} },
				Compare: func(a, b *event) int { return show.CompareIDs(a.ID, b.ID) },
			},
			{
				Name: "created", Hidden: true, Column: table.Column{Title: "RECEIVED", Min: 8, Priority: 3, Align: text.Right},
				Time: func(e *event) time.Time { return e.CreationTime },
			},
			{
				Name: "size", Hidden: true, Bytes: true, Column: table.Column{Title: "SIZE", Min: 8, Priority: 3, Align: text.Right},
				Cell: func(e *event) table.Cell {
					if file, ok := e.Attachment(); ok {
						return table.Cell{Text: text.Bytes(file.Length)}
					}
					return table.Cell{}
				},
				Number: func(e *event) (float64, bool) {
					file, ok := e.Attachment()
					return float64(file.Length), ok
				},
				Compare: func(a, b *event) int {
					x, _ := a.Attachment()
					y, _ := b.Attachment()
					return cmp.Compare(x.Length, y.Length)
				},
			},
		},
		ID:    func(e *event) string { return e.ID },
		Named: func(e *event) (id, name string) { return e.Source.ID, e.Source.Name },
		Label: func(e *event) string { return cmp.Or(e.Text, e.Type, e.ID) },
		Path:  func(e *event) string { return "event/events/" + e.ID },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*event, error] {
			return listed(ctx, c8yclient.EventListOptions{EventFilter: eventFilter(p)}, t.Client.Events.Page, t.Client.Events.Pages)
		},
		Sorted: func(ctx context.Context, t *tenant.Tenant, p place.Place, _ string, newestFirst bool) iter.Seq2[[]*event, error] {
			options := c8yclient.EventListOptions{EventFilter: eventFilter(p), Revert: !newestFirst}
			options.DateFrom = dated(options.DateFrom)
			return listed(ctx, options, t.Client.Events.Page, t.Client.Events.Pages)
		},
		Channel: func(p place.Place) realtime.Channel { return realtime.Events(cmp.Or(p.Query.Get("source"), "*")) },
		Decode:  c8yclient.DecodeDocument[event],
		Admits: func(p place.Place, e *event) bool {
			f := eventFilter(p)
			return (f.Source == "" || f.Source == e.Source.ID) &&
				(f.Type == "" || f.Type == e.Type) &&
				(f.FragmentType == "" || e.HasFragment(f.FragmentType)) &&
				(f.DateFrom.IsZero() || !e.Time.Before(f.DateFrom))
		},
		Detail: func(e *event, now time.Time) []collection.Field {
			fields := []collection.Field{
				{Label: "device", Value: show.OrDash(cmp.Or(e.Source.Name, e.Source.ID)), Role: theme.Strong},
				{Label: "type", Value: show.OrDash(e.Type)},
				{Label: "time", Value: show.Age(e.Time, now)},
				{Label: "received", Value: show.Moment(e.CreationTime), Role: theme.Muted},
				{Label: "id", Value: show.OrDash(e.ID), Role: theme.Muted},
				{Label: "text", Value: show.OrDash(e.Text)},
			}
			return append(fields, fragmentFields(&e.Document)...)
		},
		Empty: func(p place.Place) text.Safe {
			return noneLately("No event", p, "Devices send them, and n makes one.")
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("source")) },
		Actions: []collection.Action[*event]{
			{Action: keys.EventDownload, Disabled: needsAttachment, Run: downloadAttachment},
			{Action: keys.EventUpload, Run: uploadAttachment},
			{Action: keys.EventDevice, Run: func(a *collection.Act[*event]) {
				a.Open(place.At("device", a.Items[0].Source.ID))
			}},
		},
		Edit: editEvent(), Create: newEvent, Delete: deleteEvent(),
	}
}

func eventFilter(p place.Place) c8yclient.EventFilter {
	return c8yclient.EventFilter{
		Source: p.Query.Get("source"), Type: p.Query.Get("type"), FragmentType: p.Query.Get("fragment"),
		DateFrom: sinceOf(p, recently),
	}
}
