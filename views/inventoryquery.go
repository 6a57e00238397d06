package views

import (
	"context"
	"iter"
	"strings"

	"c8yx/c8yclient"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/collection/filter"
	"c8yx/views/collection/query"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// inventoryParameters are what places of lists of managed objects may ask for. A query of the
// user's is narrowed by type, owner, fragment, group and parent; text is asked for alone.
var inventoryParameters = []string{"query", "type", "owner", "fragment", "text", "group", "parent"}

// inventoryFilter is what the tenant is asked for at a place, among the objects that a condition
// holds for; "" for all. The platform ignores everything else beside a query, so there is one query
// of it all.
func inventoryFilter(p place.Place, condition string) c8yclient.InventoryFilter {
	asked, order := parts(p.Query.Get("query"))
	if words := p.Query.Get("text"); words != "" && asked == "" {
		return c8yclient.InventoryFilter{Text: words, FragmentType: fragmentOf(condition)}
	}
	var terms []string
	add := func(before, value, after string) {
		if value != "" {
			terms = append(terms, before+value+after)
		}
	}
	add("", condition, "")
	add("type eq ", quoted(p.Query.Get("type")), "")
	add("owner eq ", quoted(p.Query.Get("owner")), "")
	add("has(", p.Query.Get("fragment"), ")")
	add("bygroupid(", p.Query.Get("group"), ")")
	add("isinhierarchyof(", p.Query.Get("parent"), ")")
	switch {
	case asked != "" && len(terms) > 0 && !bracketed(asked):
		terms = append(terms, "("+asked+")")
	case asked != "":
		terms = append(terms, asked)
	}
	written := strings.Join(terms, " and ")
	if order != "" {
		if written != "" {
			written = "$filter=" + written + " "
		}
		written += "$orderby=" + order
	}
	return c8yclient.InventoryFilter{Query: written}
}

// bracketed reports whether a filter stands in brackets as a whole.
func bracketed(filter string) bool {
	depth, quote := 0, false
	for i := range len(filter) {
		switch c := filter[i]; {
		case c == '\'':
			quote = !quote
		case quote:
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
		if depth == 0 && i < len(filter)-1 {
			return false
		}
	}
	return filter != "" && depth == 0
}

// quoted writes a value as a literal of the query language; "" stays nothing.
func quoted(value string) string {
	if value == "" {
		return ""
	}
	return "'" + strings.ReplaceAll(value, "'", "''") + "'"
}

// fragmentOf returns the fragment that a condition asks for: has(c8y_IsDevice).
func fragmentOf(condition string) string {
	name, ok := strings.CutPrefix(condition, "has(")
	if !ok || !strings.HasSuffix(name, ")") {
		return ""
	}
	return strings.TrimSuffix(name, ")")
}

// parts takes a query apart into its filter and its order, either of which may be missing.
func parts(written string) (filter, order string) {
	written = strings.TrimSpace(written)
	at, quote := -1, false
	for i := range len(written) {
		if written[i] == '\'' {
			quote = !quote
		}
		if !quote && at < 0 && len(written[i:]) >= len("$orderby=") && strings.EqualFold(written[i:i+len("$orderby=")], "$orderby=") {
			at = i
		}
	}
	filter = written
	if at >= 0 {
		filter, order = strings.TrimRight(written[:at], " +"), strings.TrimSpace(written[at+len("$orderby="):])
		if before, after, both := strings.Cut(order, "$filter="); both { // the other way round
			order, filter = strings.TrimRight(before, " +"), after
		}
	}
	if len(filter) >= len("$filter=") && strings.EqualFold(filter[:len("$filter=")], "$filter=") {
		filter = filter[len("$filter="):]
	}
	return strings.TrimSpace(filter), order
}

// ordered is the filter with an order, unless it has one already or cannot have any.
func ordered(f c8yclient.InventoryFilter, property string, reverse bool) c8yclient.InventoryFilter {
	if f.Text != "" || strings.Contains(f.Query, "$orderby=") {
		return f
	}
	if f.Query != "" {
		f.Query = "$filter=" + f.Query + " "
	}
	f.Query += "$orderby=" + property + " asc"
	if reverse {
		f.Query = strings.TrimSuffix(f.Query, "asc") + "desc"
	}
	return f
}

// askInventory is how lists of managed objects are asked for by a query.
func askInventory(condition string) *collection.Asking {
	return &collection.Asking{
		Of: func(p place.Place) string { return p.Query.Get("query") },
		In: func(p place.Place, typed string) (place.Place, error) { return p.With("query", typed), nil },
		Complete: func(typed string, cursor int, v query.Vocabulary) filter.Completion {
			return query.Inventory(typed, cursor, v)
		},
		Final: func(p place.Place) string {
			f := inventoryFilter(p, condition)
			switch {
			case f.Text != "":
				return "text=" + f.Text
			case f.Query == condition:
				return ""
			}
			return f.Query
		},
	}
}

// inventoryRead lists managed objects in the way of collection views.
func inventoryRead[R any](condition string, row func(*c8yclient.ManagedObject) R) func(context.Context, *tenant.Tenant, place.Place) iter.Seq2[[]R, error] {
	return func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]R, error] {
		return objectBatches(ctx, t, inventoryFilter(p, condition), row)
	}
}

// inventorySorted is the same in an order of the tenant's.
func inventorySorted[R any](condition string, row func(*c8yclient.ManagedObject) R) func(context.Context, *tenant.Tenant, place.Place, string, bool) iter.Seq2[[]R, error] {
	return func(ctx context.Context, t *tenant.Tenant, p place.Place, property string, reverse bool) iter.Seq2[[]R, error] {
		return objectBatches(ctx, t, ordered(inventoryFilter(p, condition), property, reverse), row)
	}
}

func objectBatches[R any](ctx context.Context, t *tenant.Tenant, filter c8yclient.InventoryFilter, row func(*c8yclient.ManagedObject) R) iter.Seq2[[]R, error] {
	return batches(
		func(paging c8yclient.Paging) (*c8yclient.Page[c8yclient.ManagedObject], error) {
			return t.Client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{InventoryFilter: filter, Paging: paging})
		},
		func(paging c8yclient.Paging) iter.Seq2[*c8yclient.Page[c8yclient.ManagedObject], error] {
			return t.Client.Inventory.Pages(ctx, &c8yclient.InventoryListOptions{InventoryFilter: filter, Paging: paging})
		},
		row,
	)
}

// inventoryTotal counts managed objects.
func inventoryTotal(condition string) func(context.Context, *tenant.Tenant, place.Place) (int, error) {
	return func(ctx context.Context, t *tenant.Tenant, p place.Place) (int, error) {
		f := inventoryFilter(p, condition)
		return t.Client.Inventory.Count(ctx, &f)
	}
}

// inInventory names the object whose members or descendants a place lists.
func inInventory(t *tenant.Tenant, p place.Place) text.Safe {
	if group := p.Query.Get("group"); group != "" {
		return text.Clean("in " + t.Name(group))
	}
	if parent := p.Query.Get("parent"); parent != "" {
		return text.Clean("below " + t.Name(parent))
	}
	return ""
}
