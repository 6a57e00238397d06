package edit

import (
	"context"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/explain"
	"c8yx/views/tenant"
)

// Question is one that a user may have about a document before it is sent, such as what a rule would
// remove.
type Question struct {
	Key   string    // in the form
	Title text.Safe // on its button, and over the answer
	// Answer asks the tenant, beside the update loop. The document is as the form says.
	Answer func(ctx context.Context, t *tenant.Tenant, document jsontext.Value) (explain.Explanation, error)
}

// button returns what asks the question about what a form holds; none if there is no question.
func (q *Question) button(b Bench, filled func(form.Values) jsontext.Value) []form.Button {
	if q == nil {
		return nil
	}
	return []form.Button{{Key: q.Key, Title: q.Title, Run: func(f *form.Form) {
		document := filled(f.Values())
		explain.Show(b.Scope, q.Title, func(ctx context.Context) (explain.Explanation, error) {
			return q.Answer(ctx, b.Tenant, document)
		})
	}}}
}
