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
}

// Page is one page of a list.
type Page[T any] struct {
	Items      []*T
	Statistics Statistics
	// Next is path and query of the next page, or "". A next page may be empty.
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
	p := pageDecoder[T]{key: key}
	if err := c.Get(ctx, target, &p); err != nil {
		return nil, err
	}
	if !p.came { // an empty list is not an empty answer
		return nil, unreadable(http.MethodGet, target, http.StatusOK, errors.New("it is empty"))
	}
	return &p.Page, nil
}

// list walks all items of all pages.
func list[T any](ctx context.Context, c *Client, l listing) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for page, err := range pages[T](ctx, c, l) {
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
	return func(yield func(*Page[T], error) bool) {
		if l.path.err != nil {
			yield(nil, invalid(http.MethodGet, l.path.escaped, l.path.err))
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		var ahead *pending[T]
		defer func() {
			cancel()
			if ahead != nil {
				<-ahead.done
			}
		}()
		walk := pageWalk{target: l.first()}
		ahead = fetchAhead[T](ctx, c, walk.target, l.key)
		for ahead != nil {
			page, err := ahead.wait()
			ahead = nil
			if err != nil {
				yield(nil, err)
				return
			}
			if walk.advance(len(page.Items), page.Statistics, page.Next) {
				ahead = fetchAhead[T](ctx, c, walk.target, l.key)
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

// pending is a page that is being fetched.
type pending[T any] struct {
	done  chan struct{}
	page  *Page[T]
	err   error
	panic any
}

func fetchAhead[T any](ctx context.Context, c *Client, target, key string) *pending[T] {
	p := &pending[T]{done: make(chan struct{})}
	go func() {
		defer close(p.done)
		defer func() { p.panic = recover() }()
		p.page, p.err = fetchPage[T](ctx, c, target, key)
	}()
	return p
}

// wait returns the page. A panic while fetching happens where the page is wanted.
func (p *pending[T]) wait() (*Page[T], error) {
	<-p.done
	if p.panic != nil {
		panic(p.panic)
	}
	return p.page, p.err
}

// maxEmptyPages is how many empty pages in a row a walk crosses: for a user who may
// see one device in a hundred thousand, the platform sends many.
const maxEmptyPages = 50

// pageWalk decides whether there is another page, and which.
type pageWalk struct {
	target string
	empty  int
}

// advance moves to the next page. The platform sends a next link on the last page as
// well, so the end is a missing link, the known total, or an empty page – unless
// the pages are not numbered one after another: those of a restricted user are not,
// and may be empty in the middle.
func (w *pageWalk) advance(items int, s Statistics, next string) bool {
	if next == "" || next == w.target {
		return false
	}
	if s.TotalPages != nil && s.CurrentPage >= *s.TotalPages && pageNumber(w.target) == s.CurrentPage {
		return false
	}
	if items > 0 {
		w.empty = 0
	} else if w.empty++; w.empty > maxEmptyPages || w.numbered(s, next) {
		return false
	}
	w.target = next
	return true
}

// numbered reports whether this page and the next have ordinary consecutive numbers.
func (w *pageWalk) numbered(s Statistics, next string) bool {
	number := pageNumber(w.target)
	return (s.CurrentPage == number || s.CurrentPage == 0) && pageNumber(next) == number+1
}

// pageNumber reads currentPage from a target; 1 if it has none.
func pageNumber(target string) int {
	_, query, _ := strings.Cut(target, "?")
	values, _ := url.ParseQuery(query)
	if n, err := strconv.Atoi(values.Get("currentPage")); err == nil {
		return n
	}
	return 1
}
