package demo

import (
	"iter"
	"net/url"
	"strconv"

	"c8yx/demo/rawjson"
)

const (
	defaultPageSize = 5
	maxPageSize     = 2000
)

// page is which part of a collection a client wants.
type page struct {
	number, size         int
	withPages, withTotal bool
}

// page reads the paging parameters: 5 by default, silently cut to 2000, 422 for what is no positive number.
func (c *call) page() (page, error) {
	p := page{number: 1, size: defaultPageSize, withPages: c.flag("withTotalPages"), withTotal: c.flag("withTotalElements")}
	var err error
	if text := c.query.Get("pageSize"); text != "" {
		if p.size, err = positive("pageSize", text); err != nil {
			return p, err
		}
		p.size = min(p.size, maxPageSize)
	}
	if text := c.query.Get("currentPage"); text != "" {
		if p.number, err = positive("currentPage", text); err != nil {
			return p, err
		}
	}
	return p, nil
}

// totals reports whether the number of elements must be known.
func (p page) totals() bool { return p.withPages || p.withTotal }

// collect takes the elements of the page out of all elements, and counts them all if the client wants totals. A count
// that is cheaper than walking may be given.
func collect[T any](p page, all iter.Seq[T], count func() int) (elements []T, total int) {
	skip := (p.number - 1) * p.size
	seen := 0
	for element := range all {
		if seen++; seen <= skip {
			continue
		}
		if len(elements) < p.size {
			elements = append(elements, element)
		} else if !p.totals() || count != nil {
			break
		}
	}
	if p.totals() && count != nil {
		seen = count()
	}
	return elements, seen
}

// collection writes a page as a collection document with links and statistics.
//
// The next link is there on every page that is not empty, also on the last one: the platform does not look ahead.
func collection[T any](c *call, media, key string, p page, elements []T, total int, write func(*rawjson.Writer, T)) reply {
	w := rawjson.Writer{Buf: make([]byte, 0, 512+1536*len(elements))}
	w.Open('{')
	w.Str("self", c.pageLink(p, p.number))
	w.Key(key)
	w.Open('[')
	for _, element := range elements {
		w.Comma()
		write(&w, element)
	}
	w.Close(']')
	if len(elements) > 0 {
		w.Str("next", c.pageLink(p, p.number+1))
	}
	if p.number > 1 {
		w.Str("prev", c.pageLink(p, p.number-1))
	}
	w.Key("statistics")
	w.Open('{')
	w.Int("currentPage", int64(p.number))
	w.Int("pageSize", int64(p.size))
	if p.withPages {
		w.Int("totalPages", int64((total+p.size-1)/p.size))
	}
	if p.withTotal {
		w.Int("totalElements", int64(total))
	}
	w.Close('}')
	w.Close('}')
	return ok(media, w.Buf)
}

// pageLink is the address of another page: all parameters stay.
func (c *call) pageLink(p page, number int) string {
	values := url.Values{}
	for name, v := range c.query {
		if name != "pageSize" && name != "currentPage" {
			values[name] = v
		}
	}
	link := c.base + c.r.URL.EscapedPath() + "?"
	if len(values) > 0 {
		link += values.Encode() + "&"
	}
	return link + "pageSize=" + strconv.Itoa(p.size) + "&currentPage=" + strconv.Itoa(number)
}
