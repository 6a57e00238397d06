package views

import (
	"context"
	"iter"
	"maps"
	"slices"

	"c8yx/c8yclient"
	"c8yx/views/tenant"
)

// withGroupNames asks what the groups are called that things name by their ids alone; group is that of a thing, "" if it has none.
// Where that fails, the ids have to do.
func withGroupNames[T any](ctx context.Context, t *tenant.Tenant, group func(T) string, batches iter.Seq2[[]T, error]) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		for batch, err := range batches {
			asked := map[string]bool{}
			for _, thing := range batch {
				if id := group(thing); id != "" && t.Name(id) == id {
					asked[id] = true
				}
			}
			rememberNames(ctx, t, slices.Sorted(maps.Keys(asked)))
			if !yield(batch, err) {
				return
			}
		}
	}
}

// rememberNames asks for the names of objects.
func rememberNames(ctx context.Context, t *tenant.Tenant, ids []string) {
	for some := range slices.Chunk(ids, 100) {
		page, err := t.Client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{
			InventoryFilter: c8yclient.InventoryFilter{IDs: some}, Paging: c8yclient.Paging{PageSize: 100},
		})
		if err != nil {
			return
		}
		for _, m := range page.Items {
			t.Remember(m.ID, m.Name)
		}
	}
}
