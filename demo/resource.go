package demo

import (
	"net/http"
	"slices"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// resource is a shelf as clients see it: listed, created, read, changed and removed by one set of rules.
type resource struct {
	*platform
	shelf            *shelf
	path             string // of the collection; a document is at path/{id}
	media, list      string // vendor types of a document and of a list, "" for plain JSON
	key              string // of the elements in a list; "" if the list is a bare array
	paged            bool
	fresh            int // status of a creation
	readers, writers access
	audited          string // type of audit records, "" for none

	// scope returns to what the documents of a request belong, and refuses what is not there. Nil: to the tenant.
	scope func(*call) (string, error)
	// check refuses a document that is not right and fills in what is missing. before is nil for a new one.
	check func(c *call, before *item, doc store.Document) (store.Document, error)
	// removable refuses to remove a document. Nil: all may be removed.
	removable func(item) error
	unknown   func(id string) error
}

// ofScope is the member that says to what a document belongs.
const ofScope = kept + "of"

func (r *resource) routes() []route {
	one := r.path + "/{id}"
	return []route{
		{"GET", r.path, r.readers, r.list, r.all},
		{"POST", r.path, r.writers, r.media, r.post},
		{"GET", one, r.readers, r.media, r.get},
		{"PUT", one, r.writers, r.media, r.put},
		{"DELETE", one, r.writers, "", r.delete},
	}
}

func (r *resource) scoped(c *call) (string, error) {
	if r.scope == nil {
		return "", nil
	}
	return r.scope(c)
}

// self is the address of a document: next to where the request went.
func (r *resource) self(c *call, id string) string {
	path := "/"
	names := c.route.names()
	for segment := range segments(r.path) {
		if segment[0] == '{' {
			at := slices.Index(names, segment[1:len(segment)-1])
			segment = c.values[at]
		}
		path += segment + "/"
	}
	return c.url(path + id)
}

func (r *resource) write(w *rawjson.Writer, c *call, it item) {
	w.Open('{')
	w.Str("id", it.id)
	w.Str("self", r.self(c, it.id))
	it.writeMembers(w)
	w.Close('}')
}

func (r *resource) render(c *call, it item) []byte {
	var w rawjson.Writer
	r.write(&w, c, it)
	return w.Buf
}

func (r *resource) all(c *call) (reply, error) {
	scope, err := r.scoped(c)
	if err != nil {
		return reply{}, err
	}
	items := r.shelf.all(func(it item) bool { return it.Text(ofScope) == scope })
	if r.paged {
		p, err := c.page()
		if err != nil {
			return reply{}, err
		}
		page, total := collect(p, slices.Values(items), nil)
		return collection(c, r.list, r.key, p, page, total, func(w *rawjson.Writer, it item) { r.write(w, c, it) }), nil
	}
	var w rawjson.Writer
	if r.key != "" {
		w.Open('{')
		w.Str("self", r.self(c, ""))
		w.Key(r.key)
	}
	w.Open('[')
	for _, it := range items {
		w.Comma()
		r.write(&w, c, it)
	}
	w.Close(']')
	if r.key != "" {
		w.Close('}')
	}
	return ok(r.list, w.Buf), nil
}

// find returns the document that the path names.
func (r *resource) find(c *call) (item, error) {
	scope, err := r.scoped(c)
	if err != nil {
		return item{}, err
	}
	it, found := r.shelf.get(c.param("id"))
	if !found || it.Text(ofScope) != scope {
		return it, r.unknown(c.param("id"))
	}
	return it, nil
}

func (r *resource) get(c *call) (reply, error) {
	it, err := r.find(c)
	if err != nil {
		return reply{}, err
	}
	return ok(r.media, r.render(c, it)), nil
}

func (r *resource) post(c *call) (reply, error) {
	scope, err := r.scoped(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	doc, err := r.check(c, nil, r.store.Shapes.Compact(readOnly(body)))
	if err != nil {
		return reply{}, err
	}
	if scope != "" {
		doc = doc.Set(&r.store.Shapes, ofScope, rawjson.Quote(scope))
	}
	it := r.shelf.put(r.shelf.next(), doc)
	r.did(c, "created", it)
	answer := created(r.media, r.self(c, it.id), r.render(c, it))
	answer.status = r.fresh
	return answer, nil
}

func (r *resource) put(c *call) (reply, error) {
	it, err := r.find(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	doc, err := r.check(c, &it, it.Merge(&r.store.Shapes, readOnly(body)))
	if err != nil {
		return reply{}, err
	}
	it = r.shelf.put(it.id, doc)
	r.did(c, "updated", it)
	return ok(r.media, r.render(c, it)), nil
}

func (r *resource) delete(c *call) (reply, error) {
	it, err := r.find(c)
	if err != nil {
		return reply{}, err
	}
	if r.removable != nil {
		if err := r.removable(it); err != nil {
			return reply{}, err
		}
	}
	r.shelf.remove(it.id)
	r.did(c, "deleted", it)
	return empty(http.StatusNoContent), nil
}

func (r *resource) did(c *call, what string, it item) {
	if r.audited != "" {
		r.audit(c.did(r.audited, r.audited+" "+what, it.id))
	}
}
