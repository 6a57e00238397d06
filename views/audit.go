package views

import (
	"cmp"
	"context"
	"iter"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

type auditRecord = c8yclient.AuditRecord

// auditRecords is the kind of audit records: who did what, and when.
func auditRecords() *collection.Kind[*auditRecord] {
	byTime := collection.When("time", table.Column{Title: "TIME", Min: 8, Priority: 8}, func(a *auditRecord) time.Time { return a.Time })
	byTime.Property = "time"
	return &collection.Kind[*auditRecord]{
		Name: "audit", Aliases: []string{"auditrecords", "log"},
		Title: "Audit", One: "audit record", Many: "audit records",
		Needs:      []string{"ROLE_AUDIT_READ"},
		Parameters: []string{"source", "type", "user", "application", "last"},
		Sort:       "-time", Unsorted: "-time",
		Newest: func(a *auditRecord) time.Time { return a.Time },
		Columns: []collection.Column[*auditRecord]{
			byTime,
			collection.Words("user", table.Column{Title: "USER", Min: 12, Max: 28, Weight: 1, Priority: 7}, theme.Strong, func(a *auditRecord) string { return a.User }),
			collection.Words("type", table.Column{Title: "TYPE", Min: 12, Max: 24, Priority: 6}, theme.Text, func(a *auditRecord) string { return a.Type }),
			collection.Words("activity", table.Column{Title: "ACTIVITY", Min: 18, Max: 40, Weight: 2, Priority: 9}, theme.Text, func(a *auditRecord) string { return a.Activity }),
			collection.Words("source", table.Column{Title: "OF", Min: 8, Max: 24, Weight: 1, Priority: 5}, theme.Link, func(a *auditRecord) string { return cmp.Or(a.Source.Name, a.Source.ID) }),
			collection.Words("text", table.Column{Title: "TEXT", Min: 20, Max: 90, Weight: 4, Priority: 4}, theme.Text, func(a *auditRecord) string { return a.Text }),
			collection.Identifier(func(a *auditRecord) string { return a.ID }),
		},
		ID:    func(a *auditRecord) string { return a.ID },
		Label: func(a *auditRecord) string { return cmp.Or(a.Activity, a.Text, a.ID) },
		Path:  func(a *auditRecord) string { return "audit/auditRecords/" + a.ID },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*auditRecord, error] {
			return listed(ctx, auditFilter(p), t.Client.AuditRecords.Page, t.Client.AuditRecords.Pages)
		},
		Sorted: func(ctx context.Context, t *tenant.Tenant, p place.Place, _ string, newestFirst bool) iter.Seq2[[]*auditRecord, error] {
			options := auditFilter(p)
			options.DateFrom, options.Revert = dated(options.DateFrom), !newestFirst
			return listed(ctx, options, t.Client.AuditRecords.Page, t.Client.AuditRecords.Pages)
		},
		Detail: auditDetail,
		Enter:  showAudit,
		Empty: func(p place.Place) text.Safe {
			return noneLately("No audit record", p, "Whatever users and devices change is recorded.")
		},
		Subject: func(p place.Place) text.Safe {
			if source := p.Query.Get("source"); source != "" {
				return text.Clean("of " + source)
			}
			return ""
		},
	}
}

func auditFilter(p place.Place) c8yclient.AuditRecordListOptions {
	return c8yclient.AuditRecordListOptions{
		Source: p.Query.Get("source"), Type: p.Query.Get("type"), User: p.Query.Get("user"),
		Application: p.Query.Get("application"), DateFrom: sinceOf(p, recently),
	}
}

func auditDetail(a *auditRecord, now time.Time) []collection.Field {
	fields := []collection.Field{
		{Label: "activity", Value: show.OrDash(a.Activity), Role: theme.Strong},
		{Label: "by", Value: show.OrDash(a.User)},
		{Label: "with", Value: show.OrDash(a.Application)},
		{Label: "when", Value: show.Age(a.Time, now)},
		{Label: "of", Value: show.OrDash(strings.TrimSpace(a.Source.Name + " " + a.Source.ID)), Role: theme.Link},
		{Label: "text", Value: show.OrDash(a.Text)},
	}
	if len(a.Changes) > 0 {
		fields = append(fields, collection.Field{Label: "Changes"})
	}
	for _, c := range a.Changes {
		if len(c.PreviousValue) > 0 {
			fields = append(fields, collection.Field{Label: text.Clean(c.Attribute), Value: "− " + text.Clean(show.PlainText(c.PreviousValue)), Role: theme.Critical})
		}
		if len(c.NewValue) > 0 {
			fields = append(fields, collection.Field{Label: text.Clean(c.Attribute), Value: "+ " + text.Clean(show.PlainText(c.NewValue)), Role: theme.Good})
		}
	}
	return fields
}

// showAudit shows what a record says was changed, as a difference; the document of one that changed nothing.
func showAudit(scope *ui.Scope, a *auditRecord) {
	document := place.At("inspect", "audit", "auditRecords", a.ID).String()
	if len(a.Changes) == 0 {
		scope.Open(document)
		return
	}
	list := make([]write.Difference, len(a.Changes))
	for i, c := range a.Changes {
		list[i] = write.Difference{Path: c.Attribute, Before: c.PreviousValue, After: c.NewValue}
	}
	scope.Show(&dialog.Review{
		Title:    text.Clean(cmp.Or(a.Activity, a.Text, "Audit record")),
		Question: text.Clean(cmp.Or(a.Text, a.Activity)),
		Details:  []text.Safe{"by " + show.OrDash(a.User) + ", " + show.Moment(a.Time) + ", of " + show.OrDash(strings.TrimSpace(a.Source.Name+" "+a.Source.ID))},
		Body:     func(th *theme.Theme, width int) []string { return edit.Differences(th, list, width) },
		Choices: []dialog.Choice{
			{Key: "c", Title: "Close"},
			{Key: "i", Title: "Inspect as JSON", Run: func() { scope.Open(document) }},
		},
	})
}
