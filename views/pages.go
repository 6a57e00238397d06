package views

import (
	"context"
	"iter"

	"c8yx/c8yclient"
	"c8yx/views/tenant"
)

// firstPage is how many things are asked for first: what a screen shows, so
// that it is there at once. The large pages follow.
const firstPage = 100

// batches reads a list in the way of collection views: a small page first,
// then all of it in large ones. page and pages are the client's two ways to
// read the same list; row is what the view keeps of each item.
func batches[T, R any](
	page func(c8yclient.Paging) (*c8yclient.Page[T], error),
	pages func(c8yclient.Paging) iter.Seq2[*c8yclient.Page[T], error],
	row func(*T) R,
) iter.Seq2[[]R, error] {
	return func(yield func([]R, error) bool) {
		first, err := page(c8yclient.Paging{PageSize: firstPage})
		if err != nil {
			yield(nil, err)
			return
		}
		if !yield(rowsOf(first.Items, row), nil) || first.Next == "" || len(first.Items) == 0 {
			return
		}
		for p, err := range pages(c8yclient.Paging{}) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(rowsOf(p.Items, row), nil) {
				return
			}
		}
	}
}

func rowsOf[T, R any](items []*T, row func(*T) R) []R {
	rows := make([]R, len(items))
	for i, item := range items {
		rows[i] = row(item)
	}
	return rows
}

// pageable are the options of a list that comes in pages.
type pageable[O any] interface {
	*O
	SetPaging(c8yclient.Paging)
}

// listed reads a list of whole documents; page and pages are the client's methods for it.
func listed[T, O any, P pageable[O]](
	ctx context.Context, options O,
	page func(context.Context, *O) (*c8yclient.Page[T], error),
	pages func(context.Context, *O) iter.Seq2[*c8yclient.Page[T], error],
) iter.Seq2[[]*T, error] {
	with := func(paging c8yclient.Paging) *O {
		own := options // each request has options of its own: two may be under way
		P(&own).SetPaging(paging)
		return &own
	}
	return batches(
		func(paging c8yclient.Paging) (*c8yclient.Page[T], error) { return page(ctx, with(paging)) },
		func(paging c8yclient.Paging) iter.Seq2[*c8yclient.Page[T], error] { return pages(ctx, with(paging)) },
		func(item *T) *T { return item },
	)
}

// listedOf is listed for the lists of a tenant, which has to be known first.
func listedOf[T, O any, P pageable[O]](
	ctx context.Context, t *tenant.Tenant, options O,
	page func(context.Context, string, *O) (*c8yclient.Page[T], error),
	pages func(context.Context, string, *O) iter.Seq2[*c8yclient.Page[T], error],
) iter.Seq2[[]*T, error] {
	return ofTenant(ctx, t, func(id string) iter.Seq2[[]*T, error] {
		return listed[T, O, P](ctx, options,
			func(ctx context.Context, o *O) (*c8yclient.Page[T], error) { return page(ctx, id, o) },
			func(ctx context.Context, o *O) iter.Seq2[*c8yclient.Page[T], error] { return pages(ctx, id, o) })
	})
}

// whole reads a list that comes in one piece.
func whole[T any](read func() ([]T, error)) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) { yield(read()) }
}

// ofTenant reads a list whose requests name the tenant, which has to be known first.
func ofTenant[T any](ctx context.Context, t *tenant.Tenant, read func(id string) iter.Seq2[[]T, error]) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		id, err := t.AskID(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		read(id)(yield)
	}
}
