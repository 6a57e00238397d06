package demo

import (
	"slices"

	"c8yx/demo/query"
	"c8yx/demo/store"
)

// subject is one object after the other as the query language sees it. One subject serves a whole search: groups are looked up once.
type subject struct {
	*inventory
	object *store.Object
	hierarchy
}

func (s *subject) of(o *store.Object) *subject {
	s.object = o
	return s
}

// Value returns a property, those included that are not part of the document.
func (s *subject) Value(property string) (string, bool) {
	if property == "id" {
		return `"` + s.object.ID.String() + `"`, true
	}
	if milli, kept := s.Moment(property); kept {
		return `"` + formatMilli(milli) + `"`, true
	}
	return s.object.Get(property)
}

// Below knows no short cut.
func (s *subject) Below(string) (string, bool) { return "", false }

// Moment returns the times that the platform keeps of every object.
func (s *subject) Moment(property string) (int64, bool) { return momentOf(s.object, property) }

func momentOf(o *store.Object, property string) (int64, bool) {
	switch property {
	case "creationTime":
		return o.Created, true
	case "lastUpdated":
		return o.Updated, true
	}
	return 0, false
}

// MemberOf reports whether the object is a direct member of a group.
func (s *subject) MemberOf(group string) bool { return s.memberOf(s.platform, group, s.object.ID) }

// Under reports whether the object is root or below it.
func (s *subject) Under(root string) bool { return s.under(s.platform, root, s.object.ID) }

// Mentions reports whether the full-text search finds words in the object.
func (s *subject) Mentions(words string) bool {
	var text string
	s.store.View(func(d *store.Data) { text = fullText(d, s.object) })
	return score(text, terms(words)) > 0
}

var _ query.Subject = (*subject)(nil)

// hierarchy remembers for the time of a search who is in which group, and below what.
type hierarchy struct {
	groups, trees map[string]members
}

// members are objects, by how far their ids are from the smallest one.
type members struct {
	first store.ID
	in    []bool
}

func (m members) has(id store.ID) bool {
	at := id - m.first
	return at >= 0 && at < store.ID(len(m.in)) && m.in[at]
}

func membersOf(ids []store.ID) (m members) {
	if len(ids) == 0 {
		return m
	}
	last := ids[0]
	m.first = ids[0]
	for _, id := range ids {
		m.first, last = min(m.first, id), max(last, id)
	}
	m.in = make([]bool, last-m.first+1)
	for _, id := range ids {
		m.in[id-m.first] = true
	}
	return m
}

func (h *hierarchy) memberOf(p *platform, group string, id store.ID) bool {
	known, found := h.groups[group]
	if !found {
		if h.groups == nil {
			h.groups = map[string]members{}
		}
		known = p.members(group, contained)
		h.groups[group] = known
	}
	return known.has(id)
}

// contained are the members of a group. The vendor's user interface finds the versions of software and firmware in the same way, so
// child additions are among them.
func contained(d *store.Data, id store.ID) []store.ID {
	return slices.Concat(d.Objects.Children(store.Assets, id), d.Objects.Children(store.Additions, id))
}

func (h *hierarchy) under(p *platform, root string, id store.ID) bool {
	known, found := h.trees[root]
	if !found {
		if h.trees == nil {
			h.trees = map[string]members{}
		}
		known = p.members(root, func(d *store.Data, id store.ID) []store.ID { return d.Objects.Descendants(id, store.Relations()...) })
		h.trees[root] = known
	}
	return known.has(id)
}

// members are objects that hang together with one that a query names; none if it is no object's name.
func (p *platform) members(name string, of func(*store.Data, store.ID) []store.ID) (found members) {
	if id, valid := store.ParseID(name); valid {
		p.store.View(func(d *store.Data) { found = membersOf(of(d, id)) })
	}
	return found
}
