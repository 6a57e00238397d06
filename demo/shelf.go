package demo

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// shelf keeps documents that belong to no device and no moment: rules, applications, certificates. There are few of them, in
// the order in which they came. Documents are immutable, so what was taken from a shelf stays valid.
type shelf struct {
	shapes *store.Shapes
	first  int // the first id that next gives

	mu   sync.RWMutex
	last int
	docs map[string]store.Document
	ids  []string
}

// item is a document with its id.
type item struct {
	id string
	store.Document
}

// shelf returns the shelf of a name, made at the first call. They are all made while the tenant is.
func (p *platform) shelf(name string, first int) *shelf {
	if p.shelves == nil {
		p.shelves = make(map[string]*shelf)
	}
	if p.shelves[name] == nil {
		p.shelves[name] = &shelf{shapes: &p.store.Shapes, first: first, docs: make(map[string]store.Document)}
	}
	return p.shelves[name]
}

// next returns a new id.
func (s *shelf) next() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	return strconv.Itoa(s.first + s.last - 1)
}

// put stores a document, new or in place of the one with that id.
func (s *shelf) put(id string, doc store.Document) item {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.docs[id]; !known {
		s.ids = append(s.ids, id)
	}
	s.docs[id] = doc
	return item{id, doc}
}

// add stores a new document and reports false if the id is taken.
func (s *shelf) add(id string, doc store.Document) (item, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, taken := s.docs[id]; taken {
		return item{}, false
	}
	s.docs[id] = doc
	s.ids = append(s.ids, id)
	return item{id, doc}, true
}

func (s *shelf) get(id string) (item, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	doc, found := s.docs[id]
	return item{id, doc}, found
}

// change replaces a document by what alter makes of it, unless that fails. False: there is none.
func (s *shelf) change(id string, alter func(store.Document) (store.Document, error)) (item, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	doc, found := s.docs[id]
	if !found {
		return item{}, false, nil
	}
	altered, err := alter(doc)
	if err != nil {
		return item{}, true, err
	}
	s.docs[id] = altered
	return item{id, altered}, true, nil
}

// merge is change by a partial update.
func (s *shelf) merge(id, patch string) (item, bool) {
	merged, found, _ := s.change(id, func(doc store.Document) (store.Document, error) { return doc.Merge(s.shapes, patch), nil })
	return merged, found
}

func (s *shelf) remove(id string) (item, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	doc, found := s.docs[id]
	if found {
		delete(s.docs, id)
		s.ids = slices.DeleteFunc(s.ids, func(known string) bool { return known == id })
	}
	return item{id, doc}, found
}

// all returns the documents that pass a test, nil for all.
func (s *shelf) all(test func(item) bool) []item {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var items []item
	for _, id := range s.ids {
		if it := (item{id, s.docs[id]}); test == nil || test(it) {
			items = append(items, it)
		}
	}
	return items
}

// kept is the prefix of members that are for the tenant only and never shown.
const kept = "_"

// writeMembers writes the members of a document that others may see.
func (i item) writeMembers(w *rawjson.Writer) {
	for key, raw := range i.All() {
		if !strings.HasPrefix(key, kept) {
			w.Raw(key, raw)
		}
	}
}

// flag returns a member that is true or false.
func (i item) flag(name string) bool {
	raw, _ := i.Get(name)
	return raw == "true"
}

// strings returns a member that is an array of strings.
func (i item) strings(name string) []string {
	raw, _ := i.Get(name)
	var values []string
	for element := range rawjson.Elements(raw) {
		values = append(values, rawjson.Unquote(element))
	}
	return values
}

// readOnly drops what clients cannot set from a request body.
func readOnly(body string, names ...string) string {
	var w rawjson.Writer
	w.Open('{')
	for key, raw := range rawjson.Members(body) {
		if !strings.HasPrefix(key, kept) && key != "id" && key != "self" && !slices.Contains(names, key) {
			w.Raw(key, raw)
		}
	}
	w.Close('}')
	return string(w.Buf)
}
