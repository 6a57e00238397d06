package views

import (
	"cmp"
	"context"
	"iter"
	"strings"
	"time"

	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/explain"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type bulkFailure struct {
	explain.Failure
	bulk string // the id of the bulk operation
}

// bulkFailures is the kind of reasons for which operations of a bulk operation failed, with how
// many each has.
func bulkFailures() *collection.Kind[*bulkFailure] {
	return &collection.Kind[*bulkFailure]{
		Name: "bulkfailures", Parameters: []string{"bulk"}, Whose: []string{"bulk"},
		Title: "Failures of a bulk operation", One: "reason", Many: "reasons",
		Needs: []string{"ROLE_DEVICE_CONTROL_READ"},
		Sort:  "-count",
		Columns: []collection.Column[*bulkFailure]{
			collection.Count("count", table.Column{Title: "FAILED", Min: 7, Priority: 9}, func(f *bulkFailure) int64 { return int64(f.Count) }),
			collection.Words("reason", table.Column{Title: "FOR THE REASON", Min: 24, Max: 90, Weight: 4, Priority: 8}, theme.Critical, func(f *bulkFailure) string { return cmp.Or(f.Reason, "without a reason") }),
			collection.Words("devices", table.Column{Title: "SUCH AS", Min: 16, Max: 60, Weight: 2, Priority: 7}, theme.Text, func(f *bulkFailure) string { return strings.Join(f.Devices, ", ") }),
		},
		ID:    func(f *bulkFailure) string { return f.Reason },
		Label: func(f *bulkFailure) string { return cmp.Or(f.Reason, "without a reason") },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*bulkFailure, error] {
			return whole(func() ([]*bulkFailure, error) {
				id := p.Query.Get("bulk")
				if id == "" {
					return nil, nil
				}
				tally, err := explain.Count(ctx, t.Client, id)
				if err != nil {
					return nil, err
				}
				var list []*bulkFailure
				for _, f := range tally.Failures {
					list = append(list, &bulkFailure{f, id})
				}
				return list, nil
			})
		},
		Reread: 10 * time.Second,
		Opens: func(f *bulkFailure) place.Place {
			p := place.At("operations").With("bulk", f.bulk).With("status", "FAILED").With("last", "all")
			if word, _, _ := strings.Cut(f.Reason, `"`); word != "" {
				p = p.With("filter", `"`+word+`"`)
			}
			return p
		},
		Detail: func(f *bulkFailure, _ time.Time) []collection.Field {
			return []collection.Field{
				{Label: "failed", Value: text.Count(f.Count), Role: theme.Strong},
				{Label: "reason", Value: show.OrDash(f.Reason), Role: theme.Critical},
				{Label: "such as", Value: show.OrDash(strings.Join(f.Devices, ", "))},
			}
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("bulk") == "" {
				return "Failures are those of one bulk operation: F in the list of these."
			}
			return "None of its operations has failed."
		},
		Subject: func(p place.Place) text.Safe { return text.Clean(p.Query.Get("bulk")) },
	}
}
