package demo

import (
	"iter"
	"net/url"
	"slices"
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

	restricted bool // for a user who may see some elements only
	next       int  // then the number of the next page, 0 if there is none
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

// minInspected is how many elements a page for a restricted user looks at, if the client wants no more than a tenth of them.
const minInspected = 1000

// collectVisible takes a page for a user who may see some elements only. It looks at so many elements and no further, so the page
// may be short although there is more; its number is not that of a page but the place to go on from. Nothing is counted.
func collectVisible[T any](p *page, all iter.Seq[T], visible func(T) bool) (elements []T) {
	p.restricted = true
	most, place := max(minInspected, 10*p.size), 0
	for element := range all {
		if place++; place < p.number {
			continue
		}
		if len(elements) == p.size || place-p.number == most {
			p.next = place
			break
		}
		if visible(element) {
			elements = append(elements, element)
		}
	}
	return elements
}

// collection writes a page as a collection document with links and statistics.
//
// The next link is there on every page that is not empty, also on the last one: the platform does not look ahead.
func collection[T any](c *call, media, key string, p page, elements []T, total int, write func(*rawjson.Writer, T)) reply {
	return c.collection(media, key, p, len(elements), total, func(w *rawjson.Writer, i int) { write(w, elements[i]) })
}

// collection is that for n elements of whatever sort.
func (c *call) collection(media, key string, p page, n, total int, write func(w *rawjson.Writer, i int)) reply {
	w := rawjson.Writer{Buf: make([]byte, 0, 1024)}
	w.Open('{')
	w.Str("self", c.pageLink(p, p.number))
	w.Key(key)
	w.Open('[')
	for i := range n {
		if i == 16 || i == 256 { // the others will be about as large as those so far
			w.Buf = slices.Grow(w.Buf, len(w.Buf)/i*(n-i)*9/8)
		}
		w.Comma()
		write(&w, i)
	}
	w.Close(']')
	switch {
	case p.restricted && p.next > 0:
		w.Str("next", c.pageLink(p, p.next))
	case !p.restricted && n > 0:
		w.Str("next", c.pageLink(p, p.number+1))
	}
	switch {
	case p.restricted && p.number > 1:
		w.Str("prev", c.pageLink(p, max(1, p.number-p.size)))
	case p.number > 1:
		w.Str("prev", c.pageLink(p, p.number-1))
	}
	w.Key("statistics")
	w.Open('{')
	w.Int("currentPage", int64(p.number))
	w.Int("pageSize", int64(p.size))
	for name, count := range p.counts(total) {
		if p.restricted {
			w.Raw(name, "null")
		} else {
			w.Int(name, int64(count))
		}
	}
	w.Close('}')
	w.Close('}')
	return ok(media, w.Buf)
}

// counts are the statistics that a client wants.
func (p page) counts(total int) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		if p.withPages && !yield("totalPages", (total+p.size-1)/p.size) {
			return
		}
		if p.withTotal {
			yield("totalElements", total)
		}
	}
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
