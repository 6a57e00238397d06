package views

import (
	"cmp"
	"context"
	"fmt"
	"iter"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type retentionRule = c8yclient.RetentionRule

// retentionRules is the kind of rules that say how long data is kept.
func retentionRules() *collection.Kind[*retentionRule] {
	any := func(s string) string { return cmp.Or(s, "*") }
	return &collection.Kind[*retentionRule]{
		Name: "retention", Aliases: []string{"retentionrules", "retentions"},
		Title: "Retention rules", One: "retention rule", Many: "retention rules",
		Needs: []string{"ROLE_RETENTION_RULE_READ"},
		Sort:  "data",
		Columns: []collection.Column[*retentionRule]{
			collection.Words("data", table.Column{Title: "DATA", Min: 16, Priority: 9}, theme.Strong, func(r *retentionRule) string { return show.Lower(any(string(r.DataType))) }),
			collection.Count("days", table.Column{Title: "DAYS", Min: 6, Priority: 8}, func(r *retentionRule) int64 { return int64(r.MaximumAge) }),
			collection.Words("type", table.Column{Title: "TYPE", Min: 12, Max: 32, Weight: 2, Priority: 7}, theme.Text, func(r *retentionRule) string { return any(r.Type) }),
			collection.Words("fragment", table.Column{Title: "FRAGMENT", Min: 12, Max: 32, Weight: 2, Priority: 6}, theme.Text, func(r *retentionRule) string { return any(r.FragmentType) }),
			collection.Words("source", table.Column{Title: "SOURCE", Min: 8, Max: 20, Weight: 1, Priority: 5}, theme.Text, func(r *retentionRule) string { return any(r.Source) }),
			collection.State("editable", table.Column{Title: "EDITABLE", Min: 8, Priority: 4}, []bool{true, false},
				func(r *retentionRule) bool { return r.Editable == nil || *r.Editable }, yesOrNo),
			collection.Identifier(func(r *retentionRule) string { return r.ID }),
		},
		ID: func(r *retentionRule) string { return r.ID },
		Label: func(r *retentionRule) string {
			return fmt.Sprintf("%s, %d days", show.Lower(any(string(r.DataType))), r.MaximumAge)
		},
		Path: func(r *retentionRule) string { return "retention/retentions/" + r.ID },
		Read: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*retentionRule, error] {
			return listed(ctx, c8yclient.RetentionRuleListOptions{}, t.Client.RetentionRules.Page, t.Client.RetentionRules.Pages)
		},
		Empty: func(place.Place) text.Safe {
			return "There are no retention rules: nothing is ever removed. A new rule says how many days of what are kept."
		},
		Decode:  c8yclient.DecodeDocument[retentionRule],
		Explain: explainRetention,
		Edit:    editRetention(), Create: newRetention, Delete: deleteRetention(),
	}
}
