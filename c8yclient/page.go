package c8yclient

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// MaxPageSize is the largest page that the platform gives, and the size that lists
// ask for unless told otherwise.
const MaxPageSize = 2000

// Paging is part of the options of every paged list.
type Paging struct {
	// PageSize is how many items to ask for at once, [MaxPageSize] if 0.
	PageSize int `query:"pageSize"`
	// CurrentPage is the page to begin with, counted from 1.
	CurrentPage int `query:"currentPage"`
	// WithTotalPages and WithTotalElements ask for totals, which cost the tenant time
	// and are up to ten seconds old. Few lists support the latter besides the former.
	WithTotalPages    bool `query:"withTotalPages"`
	WithTotalElements bool `query:"withTotalElements"`
	// Walk says how List and Pages get from page to page.
	Walk Walk
}

// SetPaging replaces the paging: that of the options which it is embedded in.
func (p *Paging) SetPaging(paging Paging) { *p = paging }

// Walk is the way in which List and Pages get from page to page.
type Walk int

const (
	// WalkFastest is by keys where the list allows it, see [the package documentation]
	// under "Large collections", and otherwise by pages.
	//
	// [the package documentation]: https://pkg.go.dev/c8yx/c8yclient#hdr-Large_collections
	WalkFastest Walk = iota
	// WalkPages follows the next links, page after page, in the order that the tenant has
	// by itself. The further in, the slower.
	WalkPages
)

// dropTotals makes it the paging of a request after the first: totals are asked for once.
func (p *Paging) dropTotals() { p.WithTotalPages, p.WithTotalElements = false, false }

// byKeys reports whether the caller leaves the way to the client.
func (p Paging) byKeys() bool { return p.Walk == WalkFastest && p.CurrentPage <= 1 }

// Page is one page of a list.
type Page[T any] struct {
	Items      []*T
	Statistics Statistics
	// Next is path and query of the page that the tenant thinks comes next, or "". A next
	// page may be empty.
	Next string
	// Self is the link of this page, as the tenant wrote it.
	Self string
}

// Statistics says where in a list a page stands.
type Statistics struct {
	// CurrentPage is the number of the page or, for users who see only part of the
	// tenant, an offset of no meaning.
	CurrentPage int `json:"currentPage"`
	PageSize    int `json:"pageSize"`
	// TotalPages and TotalElements are nil unless asked for and known.
	TotalPages    *int `json:"totalPages"`
	TotalElements *int `json:"totalElements"`
}

// listing is a paged operation as a service method describes it.
type listing struct {
	path  route
	query any
	// key is the property that holds the items.
	key string
}

// with is the same listing with other options.
func (l listing) with(query any) listing {
	l.query = query
	return l
}

// pageSize is how many items a full page has.
func (l listing) pageSize() int {
	_, query, _ := strings.Cut(l.first(), "?")
	values, _ := url.ParseQuery(query)
	if n, err := strconv.Atoi(values.Get("pageSize")); err == nil && n > 0 {
		return min(n, MaxPageSize)
	}
	return MaxPageSize
}

func (l listing) first() string {
	query := encodeQuery(l.query)
	if values, err := url.ParseQuery(query); err == nil && !values.Has("pageSize") {
		if query != "" {
			query += "&"
		}
		query += "pageSize=" + strconv.Itoa(MaxPageSize)
	}
	return l.path.escaped + "?" + query
}

// page fetches one page.
func page[T any](ctx context.Context, c *Client, l listing) (*Page[T], error) {
	if l.path.err != nil {
		return nil, invalid(http.MethodGet, l.path.escaped, l.path.err)
	}
	return fetchPage[T](ctx, c, l.first(), l.key)
}

func fetchPage[T any](ctx context.Context, c *Client, target, key string) (*Page[T], error) {
	p := newPageDecoder[T](key)
	if err := c.Get(ctx, target, p); err != nil {
		return nil, err
	}
	if !p.came { // an empty list is not an empty answer
		return nil, unreadable(http.MethodGet, target, http.StatusOK, errors.New("it is empty"))
	}
	return p.page(), nil
}

// list walks all items of all pages.
func list[T any](ctx context.Context, c *Client, l listing) iter.Seq2[*T, error] {
	return listBy[T](ctx, c, l, nil)
}

// listBy is list for what can be asked for by keys; they may be nil.
func listBy[T any](ctx context.Context, c *Client, l listing, k *keys[T]) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for page, err := range pagesBy(ctx, c, l, k) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// pages walks all pages and fetches the next one while the caller looks at the
// current one. When the loop ends, so has every request it began.
func pages[T any](ctx context.Context, c *Client, l listing) iter.Seq2[*Page[T], error] {
	return pagesBy[T](ctx, c, l, nil)
}

// pagesBy is pages for what can be asked for by keys; they may be nil.
func pagesBy[T any](ctx context.Context, c *Client, l listing, k *keys[T]) iter.Seq2[*Page[T], error] {
	return func(yield func(*Page[T], error) bool) {
		if l.path.err != nil {
			yield(nil, invalid(http.MethodGet, l.path.escaped, l.path.err))
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		w := newWalk(c, l, k)
		defer w.end(cancel)
		w.run(ctx, yield)
	}
}
