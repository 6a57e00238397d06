package collection

import (
	"context"
	"iter"

	"c8yx/views/collection/filter"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// All is everything that a list stands for: what the tenant has at its place and the filter
// lets pass, whether it is loaded or not. Its methods ask the tenant; call them beside the
// update loop.
type All[T any] struct {
	kind     *Kind[T]
	tenant   *tenant.Tenant
	place    place.Place
	filter   *filter.Filter
	searched []string        // the fragments shown, in which words are searched too
	ids      map[string]bool // only these; nil for all
}

// all returns everything that the list stands for now.
func (v *View[T]) all() *All[T] {
	a := &All[T]{kind: v.kind, tenant: v.tenant, place: v.place, filter: v.filter}
	for _, i := range v.shown {
		if v.columns[i].path != nil {
			a.searched = append(a.searched, v.columns[i].Name)
		}
	}
	return a
}

// Count returns how many there are. Without a filter of our own the tenant is asked for the
// number, where it can tell; otherwise everything is read.
func (a *All[T]) Count(ctx context.Context) (int, error) {
	if len(a.filter.Terms) == 0 && a.kind.Total != nil {
		return a.kind.Total(ctx, a.tenant, a.place)
	}
	n := 0
	for _, err := range a.Each(ctx) {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// Each reads everything from the tenant, one thing after the other, each once. What is changed
// while it goes on may be missed or come although it no longer matches: collect first what is
// to be changed.
func (a *All[T]) Each(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		accepts := a.kind.accepts(a.filter, a.searched)
		seen := map[string]bool{}
		for items, err := range a.kind.Read(ctx, a.tenant, a.place) {
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range items {
				id := a.kind.ID(item)
				if seen[id] {
					continue
				}
				seen[id] = true
				if accepts(item) && !yield(item, nil) {
					return
				}
			}
		}
	}
}
