package c8yclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

var (
	errNoFilter = errors.New("without a filter this would change everything; say what is meant")
	errNoBounds = errors.New("the filter needs a source or a date; without one this would delete everything")
)

// Source is the managed object that an alarm, event or measurement belongs to.
type Source struct {
	ID   string `json:"id,omitzero"`
	Name string `json:"name,omitzero"`
	Self string `json:"self,omitzero"`
}

// one sends a call whose answer is one document.
func one[T any](ctx context.Context, c *Client, l call) (*T, error) {
	into := new(T)
	l.into = into
	if err := c.do(ctx, l); err != nil {
		return nil, err
	}
	return into, nil
}

// number is an answer that consists of a number.
type number int

func (n *number) decodeAnswer(body []byte) error {
	text := string(bytes.Trim(bytes.TrimSpace(body), `"`))
	parsed, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("a number was expected, not %q", shorten(text, 40))
	}
	*n = number(parsed)
	return nil
}

// count asks an operation that answers with a number.
func (c *Client) count(ctx context.Context, path route, filter any) (int, error) {
	n, err := one[number](ctx, c, call{method: http.MethodGet, path: path, query: filter, accept: "application/json, text/plain"})
	if err != nil {
		return 0, err
	}
	return int(*n), nil
}

// countByTotals asks a list for its total, where there is no operation that counts.
func countByTotals[T any](ctx context.Context, c *Client, l listing) (int, error) {
	page, err := page[T](ctx, c, l)
	if err != nil {
		return 0, err
	}
	if page.Statistics.TotalElements == nil {
		return 0, unreadable(http.MethodGet, l.path.escaped, http.StatusOK,
			errors.New("the tenant does not tell this user how many there are"))
	}
	return *page.Statistics.TotalElements, nil
}

// justTotal are the options of a page that is asked for its total only.
func justTotal() Paging { return Paging{PageSize: 1, WithTotalElements: true} }

// items sends a call whose answer is a list that is not paged.
func items[T any](ctx context.Context, c *Client, l call, key string) ([]*T, error) {
	p := newPageDecoder[T](key)
	l.into = p
	if err := c.do(ctx, l); err != nil {
		return nil, err
	}
	return p.items, nil
}
