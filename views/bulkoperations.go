package views

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/explain"
	"c8yx/views/operate"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type bulkOperation = c8yclient.BulkOperation

// bulkOperations is the kind of operations for whole groups.
func bulkOperations(t *tenant.Tenant) *collection.Kind[*bulkOperation] {
	return &collection.Kind[*bulkOperation]{
		Name: "bulkoperations", Aliases: []string{"bulkoperation", "bulk"},
		Title: "Bulk operations", One: "bulk operation", Many: "bulk operations",
		Needs: []string{"ROLE_BULK_OPERATION_READ"},
		Sort:  "-start",
		Columns: []collection.Column[*bulkOperation]{
			collection.Words("status", table.Column{Title: "STATUS", Min: 14, Max: 24, Priority: 8}, theme.Text, func(b *bulkOperation) string { return show.GeneralStatus(b) }).
				Styled(func(b *bulkOperation) table.Cell { return show.BulkStatus(b) }),
			collection.Words("what", table.Column{Title: "OPERATION", Min: 16, Max: 30, Weight: 1, Priority: 9}, theme.Strong, bulkName),
			collection.Words("group", table.Column{Title: "GROUP", Min: 12, Max: 32, Weight: 2, Priority: 7}, theme.Text, func(b *bulkOperation) string { return bulkTarget(t, b) }),
			collection.When("start", table.Column{Title: "START", Min: 8, Priority: 6}, bulkStart),
			collection.Count("all", table.Column{Title: "ALL", Min: 5, Priority: 5}, func(b *bulkOperation) int64 { return progress(b, func(p *c8yclient.BulkProgress) int { return p.All }) }),
			collection.Count("successful", table.Column{Title: "DONE", Min: 5, Priority: 4}, func(b *bulkOperation) int64 {
				return progress(b, func(p *c8yclient.BulkProgress) int { return p.Successful })
			}),
			collection.Count("failed", table.Column{Title: "FAILED", Min: 6, Priority: 4}, func(b *bulkOperation) int64 {
				return progress(b, func(p *c8yclient.BulkProgress) int { return p.Failed })
			}),
			collection.Count("pending", table.Column{Title: "PENDING", Min: 7, Priority: 3}, func(b *bulkOperation) int64 {
				return progress(b, func(p *c8yclient.BulkProgress) int { return p.Pending + p.Executing })
			}),
			collection.Identifier(func(b *bulkOperation) string { return string(b.ID) }),
		},
		ID:      func(b *bulkOperation) string { return string(b.ID) },
		Audited: func(b *bulkOperation) string { return string(b.ID) },
		Label:   func(b *bulkOperation) string { return bulkName(b) },
		Path:    func(b *bulkOperation) string { return "devicecontrol/bulkoperations/" + string(b.ID) },
		Read: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*bulkOperation, error] {
			return withGroupNames(ctx, t, bulkGroup, listed(ctx, c8yclient.BulkOperationListOptions{}, t.Client.BulkOperations.Page, t.Client.BulkOperations.Pages))
		},
		Decode:  c8yclient.DecodeDocument[bulkOperation],
		Reread:  5 * time.Second,
		Actions: bulkActions(),
		Offers: []collection.Offer{{Action: collection.NewOf("New bulk operation…", operate.BulkAdmin), Run: func(h collection.Here) {
			operate.Group(h.Tenant, h.Scope, "", "", func(jsontext.Value) { h.Scope.Refresh() })
		}}},
		Detail: func(b *bulkOperation, now time.Time) []collection.Field {
			status := show.BulkStatus(b)
			return []collection.Field{
				{Label: "status", Value: status.Text, Role: status.Role},
				{Label: "group", Value: show.OrDash(bulkTarget(t, b)), Role: theme.Strong},
				{Label: "start", Value: bulkBegins(b, now)},
				{Label: "one every", Value: text.Clean(fmt.Sprintf("%g s", b.CreationRamp))},
				{Label: "description", Value: show.OrDash(bulkDescription(b))},
				{Label: "id", Value: text.Clean(string(b.ID)), Role: theme.Muted},
			}
		},
		Explain: func(ctx context.Context, t *tenant.Tenant, b *bulkOperation) (explain.Explanation, error) {
			return explain.Bulk(ctx, t, string(b.ID))
		},
		Opens: func(b *bulkOperation) place.Place {
			return place.At("operations").With("bulk", string(b.ID)).With("last", "all")
		},
		Empty: func(place.Place) text.Safe {
			return "There are no bulk operations. One gives every device of a group the same operation, one after another: n makes one for a group, B in the list of devices for those that are marked."
		},
	}
}

// bulkStart is when a bulk operation begins; zero for one that waits until somebody lets it begin.
func bulkStart(b *bulkOperation) time.Time {
	if show.BulkPaused(b) {
		return time.Time{}
	}
	return b.StartDate
}

// bulkBegins says when a bulk operation begins, or began.
func bulkBegins(b *bulkOperation, now time.Time) text.Safe {
	if show.BulkPaused(b) {
		return "when somebody lets it begin"
	}
	return show.Age(b.StartDate, now)
}

func progress(b *bulkOperation, of func(*c8yclient.BulkProgress) int) int64 {
	if b.Progress == nil {
		return 0
	}
	return int64(of(b.Progress))
}

// bulkName names what every device is asked to do.
func bulkName(b *bulkOperation) string {
	for name := range b.OperationPrototype.AllFragments() {
		if name != "description" {
			return name
		}
	}
	return cmp.Or(bulkDescription(b), string(b.ID))
}

func bulkDescription(b *bulkOperation) string {
	raw, there := b.OperationPrototype.Fragment("description")
	if !there {
		return ""
	}
	return show.PlainText(raw)
}

func bulkGroup(b *bulkOperation) string { return string(b.GroupID) }

// bulkTarget names the group, or the bulk operation whose failures are tried again.
func bulkTarget(t *tenant.Tenant, b *bulkOperation) string {
	if b.FailedParentID != "" {
		return "failed ones of " + string(b.FailedParentID)
	}
	return t.Name(string(b.GroupID))
}
