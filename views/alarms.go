package views

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
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

type alarm = c8yclient.Alarm

// alarms is the kind of alarms. Without a status the place holds those that
// are not resolved yet: cleared ones are history, and often a thousand times
// as many.
func alarms(t *tenant.Tenant) *collection.Kind[*alarm] {
	return &collection.Kind[*alarm]{
		Name: "alarms", Aliases: []string{"alarm", "al"},
		Title: "Alarms", One: "alarm", Many: "alarms",
		Needs:      []string{"ROLE_ALARM_READ"},
		Parameters: []string{"status", "severity", "type", "source", "last"}, Whose: []string{"source"},
		Takes: map[string][]string{"status": {"ACTIVE", "ACKNOWLEDGED", "CLEARED", "ALL"}, "severity": {"CRITICAL", "MAJOR", "MINOR", "WARNING"}},
		Sort:  "-last", Unsorted: "-last", // and the tenant has no other
		Columns:   alarmColumns(),
		Newest:    func(a *alarm) time.Time { return a.Time },
		Fragments: func(a *alarm) jsontext.Value { return a.Document.Fragments },
		ID:        func(a *alarm) string { return a.ID },
		Audited:   func(a *alarm) string { return a.ID },
		Named:     func(a *alarm) (id, name string) { return a.Source.ID, a.Source.Name },
		Label:     func(a *alarm) string { return cmp.Or(a.Text, a.Type, a.ID) },
		Path:      func(a *alarm) string { return "alarm/alarms/" + a.ID },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*alarm, error] {
			filter := alarmFilter(p)
			return listed(ctx, c8yclient.AlarmListOptions{AlarmFilter: filter}, t.Client.Alarms.Page, t.Client.Alarms.Pages)
		},
		Total: func(ctx context.Context, t *tenant.Tenant, p place.Place) (int, error) {
			filter := alarmFilter(p)
			return t.Client.Alarms.Count(ctx, &filter)
		},
		Channel: func(p place.Place) realtime.Channel { return realtime.Alarms(cmp.Or(p.Query.Get("source"), "*")) },
		Decode:  c8yclient.DecodeDocument[alarm],
		Admits:  admitsAlarm,
		Detail:  alarmDetail,
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("status") == "" {
				return "No alarm is active or acknowledged here. alarms?status=all shows cleared ones too."
			}
			return "No alarm answers to this. Devices raise them, n raises one by hand, and retention rules remove what is old."
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("source")) },
		Actions: []collection.Action[*alarm]{
			setStatus(keys.AlarmAcknowledge, c8yclient.AlarmAcknowledged, "Acknowledged", "already acknowledged"),
			setStatus(keys.AlarmClear, c8yclient.AlarmCleared, "Cleared", "already cleared"),
			setStatus(keys.AlarmActivate, c8yclient.AlarmActive, "Activated", "already active"),
			setSeverity(),
			{Action: keys.AlarmDevice, Run: func(a *collection.Act[*alarm]) {
				a.Open(place.At("device", a.Items[0].Source.ID))
			}},
			{Action: keys.AlarmHistory, Run: func(a *collection.Act[*alarm]) {
				a.Open(place.At("audit").With("source", a.Items[0].ID).With("last", "all"))
			}},
		},
		Offers: []collection.Offer{{Action: keys.AlarmTalkers, Run: func(h collection.Here) {
			p := place.At("talkers")
			for _, same := range []string{"status", "severity", "type", "source", "last"} {
				p = p.With(same, h.Place.Query.Get(same))
			}
			h.Open(p)
		}}},
		Edit: editAlarm(), Create: newAlarm, Delete: noDeleteAlarm(),
	}
}

// unresolved is what a place without a status asks for.
var unresolved = []c8yclient.AlarmStatus{c8yclient.AlarmActive, c8yclient.AlarmAcknowledged}

func alarmFilter(p place.Place) c8yclient.AlarmFilter {
	f := c8yclient.AlarmFilter{Source: p.Query.Get("source"), Status: statusesOf(p)}
	for _, s := range list(p.Query.Get("severity")) {
		f.Severity = append(f.Severity, c8yclient.Severity(strings.ToUpper(s)))
	}
	f.Type = list(p.Query.Get("type"))
	if since := sinceOf(p, ""); !since.IsZero() {
		f.DateFrom = since
	}
	return f
}

// statusesOf returns the statuses that a place asks for, nil for all.
func statusesOf(p place.Place) []c8yclient.AlarmStatus {
	written := strings.ToUpper(p.Query.Get("status"))
	switch written {
	case "":
		return unresolved
	case "ALL":
		return nil
	}
	var statuses []c8yclient.AlarmStatus
	for _, s := range list(written) {
		statuses = append(statuses, c8yclient.AlarmStatus(s))
	}
	return statuses
}

// list reads values parted by commas.
func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
}

// dated returns a moment from which everything is listed if there is none: the platform gives an order
// other than its own only to requests that have a date.
func dated(since time.Time) time.Time {
	if since.IsZero() {
		return time.Unix(0, 0)
	}
	return since
}

// sinceOf returns the moment from which a place asks, by its "last" or by the
// given default; zero for no limit. "last=all" asks for everything.
func sinceOf(p place.Place, otherwise string) time.Time {
	last := cmp.Or(p.Query.Get("last"), otherwise)
	span, err := place.ParseSpan(last)
	if err != nil {
		return time.Time{}
	}
	return time.Now().Add(-span)
}

// noneLately says why a list that looks back for a while is empty: "No event", and what would fill it.
func noneLately(none text.Safe, p place.Place, fills text.Safe) text.Safe {
	last := cmp.Or(p.Query.Get("last"), recently)
	if _, err := place.ParseSpan(last); err != nil { // last=all
		return none + " answers to this. " + fills
	}
	return none + " within the last " + text.Clean(last) + ". last=90d or last=all asks for more. " + fills
}

// admitsAlarm tells whether a live alarm belongs into a place.
func admitsAlarm(p place.Place, a *alarm) bool {
	f := alarmFilter(p)
	return (f.Source == "" || f.Source == a.Source.ID) &&
		(len(f.Status) == 0 || slices.Contains(f.Status, a.Status)) &&
		(len(f.Severity) == 0 || slices.Contains(f.Severity, a.Severity)) &&
		(len(f.Type) == 0 || slices.Contains(f.Type, a.Type)) &&
		(f.DateFrom.IsZero() || !a.Time.Before(f.DateFrom))
}

func alarmColumns() []collection.Column[*alarm] {
	return []collection.Column[*alarm]{
		{
			Name: "severity", Column: table.Column{Title: "SEVERITY", Min: 10, Priority: 9},
			Cell:    func(a *alarm) table.Cell { return show.Severity(a.Severity) },
			Text:    func(a *alarm) string { return string(a.Severity) },
			Choices: []string{"WARNING", "MINOR", "MAJOR", "CRITICAL"},
			Compare: func(a, b *alarm) int { return show.Gravity(a.Severity) - show.Gravity(b.Severity) },
		},
		{
			Name: "status", Column: table.Column{Title: "STATUS", Min: 12, Priority: 8},
			Cell:    func(a *alarm) table.Cell { return show.AlarmStatus(a.Status) },
			Choices: []string{"active", "acknowledged", "cleared"},
			Compare: func(a, b *alarm) int {
				return cmp.Compare(show.AlarmStatus(a.Status).Text, show.AlarmStatus(b.Status).Text)
			},
		},
		{
			Name: "last", Column: table.Column{Title: "LAST", Min: 8, Priority: 7, Align: text.Right},
			Time: func(a *alarm) time.Time { return a.Time },
		},
		{
			Name: "count", Column: table.Column{Title: "COUNT", Min: 5, Priority: 4, Align: text.Right},
			Cell:    func(a *alarm) table.Cell { return table.Cell{Text: text.Count(a.Count)} },
			Compare: func(a, b *alarm) int { return a.Count - b.Count },
			Number:  func(a *alarm) (float64, bool) { return float64(a.Count), true },
		},
		{
			Name: "source", Whose: "source", Column: table.Column{Title: "DEVICE", Min: 14, Max: 32, Weight: 2, Priority: 7},
			Cell: func(a *alarm) table.Cell {
				return table.Cell{Text: text.Clean(cmp.Or(a.Source.Name, a.Source.ID)), Role: theme.Strong}
			},
			Compare: func(a, b *alarm) int { return show.CompareNames(a.Source.Name, b.Source.Name) },
		},
		{
			Name: "text", Column: table.Column{Title: "TEXT", Min: 20, Max: 90, Weight: 5, Priority: 8},
			Cell:    func(a *alarm) table.Cell { return table.Cell{Text: text.Clean(a.Text)} },
			Compare: func(a, b *alarm) int { return show.CompareNames(a.Text, b.Text) },
		},
		{
			Name: "type", Column: table.Column{Title: "TYPE", Min: 10, Max: 28, Weight: 1, Priority: 3},
			Cell:    func(a *alarm) table.Cell { return table.Cell{Text: text.Clean(a.Type), Role: theme.Muted} },
			Compare: func(a, b *alarm) int { return cmp.Compare(a.Type, b.Type) },
		},
		{
			Name: "id", Column: table.Column{Title: "ID", Min: 4, Max: 14, Priority: 1, Align: text.Right},
			Cell:    func(a *alarm) table.Cell { return table.Cell{Text: text.Clean(a.ID), Role: theme.Muted} },
			Compare: func(a, b *alarm) int { return show.CompareIDs(a.ID, b.ID) },
		},
		{
			Name: "created", Hidden: true, Column: table.Column{Title: "CREATED", Min: 8, Priority: 3, Align: text.Right},
			Time: func(a *alarm) time.Time { return a.CreationTime },
		},
		{
			Name: "changed", Hidden: true, Column: table.Column{Title: "CHANGED", Min: 8, Priority: 3, Align: text.Right},
			Time: func(a *alarm) time.Time { return a.LastUpdated },
		},
	}
}

func alarmDetail(a *alarm, now time.Time) []collection.Field {
	severity, status := show.Severity(a.Severity), show.AlarmStatus(a.Status)
	fields := []collection.Field{
		{Label: "severity", Value: severity.Text, Role: severity.Role},
		{Label: "status", Value: status.Text, Role: status.Role},
		{Label: "device", Value: show.OrDash(cmp.Or(a.Source.Name, a.Source.ID)), Role: theme.Strong},
		{Label: "type", Value: show.OrDash(a.Type)},
		{Label: "last", Value: show.Age(a.Time, now)},
	}
	if a.Count > 1 {
		fields = append(fields,
			collection.Field{Label: "count", Value: text.Count(a.Count) + " times"},
			collection.Field{Label: "first", Value: show.Age(a.FirstOccurrenceTime, now)})
	}
	fields = append(fields,
		collection.Field{Label: "raised", Value: show.Moment(a.CreationTime), Role: theme.Muted},
		collection.Field{Label: "changed", Value: show.Moment(a.LastUpdated), Role: theme.Muted},
		collection.Field{Label: "id", Value: show.OrDash(a.ID), Role: theme.Muted})
	return append(fields, fragmentFields(&a.Document, "history")...)
}
