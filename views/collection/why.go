package collection

import (
	"context"

	"c8yx/views/explain"
)

// explain says why the tenant refused something here or, if it did not, why the thing under the
// cursor is as it is.
func (v *View[T]) explain() {
	refused := explain.Refusal(v.err)
	if refused == nil {
		refused = v.refused
	}
	if refused != nil {
		v.refused = nil
		explain.Show(v.scope, "Why?", func(ctx context.Context) (explain.Explanation, error) {
			return explain.Access(ctx, v.tenant, refused)
		})
		return
	}
	item, _ := v.rows.At(v.table.Cursor())
	explain.Show(v.scope, "Why?", func(ctx context.Context) (explain.Explanation, error) {
		return v.kind.Explain(ctx, v.tenant, item)
	})
}

// unexplained returns why there is nothing to explain.
func (v *View[T]) unexplained() string {
	switch {
	case explain.Refusal(v.err) != nil, v.refused != nil:
		return ""
	case v.kind.Explain == nil:
		return "there is nothing to explain about " + string(v.kind.Many)
	}
	return v.needsRow()
}
