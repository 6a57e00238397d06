package demo

import (
	"iter"

	"c8yx/demo/query"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// scanned is all objects, one place after the other, as the query language sees them: what it looks at is in columns, so that of a large
// tenant only the objects are touched that are found.
type scanned struct {
	*inventory
	*store.Scan
	place int

	values, presence map[string]int // columns by property
	last             lookup         // of one of these: mostly the next one is for the same
	paths            map[string]int // columns by path
	orders           map[string]int // columns by path, too
	words            int            // column of the full text, -1 without
	asked            string         // what was searched in it last
	terms            []string       // of that
	hierarchy
}

// scan looks at all objects with what a query needs.
func (in *inventory) scan(needs query.Needs) *scanned {
	s := &scanned{inventory: in, values: map[string]int{}, paths: map[string]int{}, orders: map[string]int{}, presence: map[string]int{}, words: -1}
	var columns []store.Column
	for _, property := range needs.Values {
		if _, kept := momentOf(&store.Object{}, property); !kept && property != "id" {
			s.values[property] = len(columns)
			columns = append(columns, store.Property(property))
		}
	}
	for _, path := range needs.Paths {
		s.paths[path] = len(columns)
		columns = append(columns, store.Column{Name: "path " + path, Of: func(_ *store.Data, o *store.Object) string { return query.Below(path, o.Get) }})
	}
	for _, path := range needs.Orders {
		key, object := query.KeyOf(path), &subject{inventory: in}
		s.orders[path] = len(columns)
		columns = append(columns, store.Column{Name: "order " + path, Of: func(_ *store.Data, o *store.Object) string { return key(object.of(o)) }})
	}
	for _, property := range needs.Presence {
		if _, twice := s.presence[property]; !twice {
			s.presence[property] = len(columns)
			columns = append(columns, store.Presence(property))
		}
	}
	if needs.Words {
		s.words = len(columns)
		columns = append(columns, store.Column{Name: "full text", Of: fullText})
	}
	in.store.View(func(d *store.Data) { s.Scan = d.Scan(columns...) })
	return s
}

func (s *scanned) of(place int) *scanned {
	s.place = place
	return s
}

// lookup is where a property was found.
type lookup struct {
	property string
	column   int
}

// Value is that of [subject], or, of a property that only has to be there, something.
func (s *scanned) Value(property string) (string, bool) {
	if property == s.last.property && property != "" {
		raw := s.Text(s.last.column, s.place)
		return raw, raw != ""
	}
	if column, found := s.values[property]; found {
		s.last = lookup{property, column}
		raw := s.Text(column, s.place)
		return raw, raw != ""
	}
	if property == "id" {
		return `"` + s.ID(s.place).String() + `"`, true
	}
	if milli, kept := s.Moment(property); kept {
		return `"` + formatMilli(milli) + `"`, true
	}
	if column, found := s.presence[property]; found {
		s.last = lookup{property, column}
		raw := s.Text(column, s.place)
		return raw, raw != ""
	}
	return s.Object(s.place).Get(property)
}

// ranks are where places stand in the orders of a query.
func (s *scanned) ranks(q *query.Query) [][]int32 {
	ranks := make([][]int32, len(q.OrderBy))
	for i, order := range q.OrderBy {
		if !order.ByID() {
			ranks[i] = s.Ranks(s.orders[order.Path])
		}
	}
	return ranks
}

// Below has what is further down in columns, too.
func (s *scanned) Below(path string) (string, bool) {
	column, found := s.paths[path]
	if !found {
		return "", false
	}
	return s.Text(column, s.place), true
}

// Moment is that of [subject].
func (s *scanned) Moment(property string) (int64, bool) {
	if property != "creationTime" && property != "lastUpdated" {
		return 0, false
	}
	return momentOf(s.Object(s.place), property)
}

// MemberOf is that of [subject].
func (s *scanned) MemberOf(group string) bool { return s.memberOf(s.platform, group, s.ID(s.place)) }

// Under is that of [subject].
func (s *scanned) Under(root string) bool { return s.under(s.platform, root, s.ID(s.place)) }

// Mentions is that of [subject].
func (s *scanned) Mentions(words string) bool {
	if s.asked != words {
		s.asked, s.terms = words, terms(words)
	}
	return score(s.Text(s.words, s.place), s.terms) > 0
}

var _ query.Subject = (*scanned)(nil)

// has is the test for a property of which it matters only whether it is there.
func (s *scanned) has(property string) func(place int) bool {
	column := s.presence[property]
	return func(place int) bool { return s.Text(column, place) != "" }
}

// is is the test for a property that has to be a certain text.
func (s *scanned) is(property, want string) func(place int) bool {
	column, quoted := s.values[property], rawjson.Quote(want)
	return func(place int) bool {
		raw := s.Text(column, place)
		return raw == quoted || len(raw) > len(quoted) && rawjson.Kind(raw) == rawjson.String && rawjson.Unquote(raw) == want
	}
}

// where walks over the places from one to before another whose objects are there and pass all tests.
func (s *scanned) where(from, to int, tests ...func(place int) bool) iter.Seq[int] {
	return func(yield func(int) bool) {
	places:
		for place := from; place < to; place++ {
			if s.Object(place) == nil {
				continue
			}
			for _, test := range tests {
				if !test(place) {
					continue places
				}
			}
			if !yield(place) {
				return
			}
		}
	}
}

// objects walks over the objects in some places.
func (s *scanned) objects(places iter.Seq[int]) iter.Seq[*store.Object] {
	return func(yield func(*store.Object) bool) {
		for place := range places {
			if !yield(s.Object(place)) {
				return
			}
		}
	}
}

// classicNeeds is what the classic parameters of a list look at.
func (in *inventory) classicNeeds(c *call) (values, presence []string) {
	for _, property := range []string{"type", "owner"} {
		if c.query.Has(property) {
			values = append(values, property)
		}
	}
	if fragment := c.query.Get("fragmentType"); fragment != "" {
		presence = append(presence, fragment)
	}
	return values, presence
}

// classicTests are the classic parameters.
func (s *scanned) classicTests(c *call) (tests []func(place int) bool) {
	for _, property := range []string{"type", "owner"} {
		if c.query.Has(property) {
			tests = append(tests, s.is(property, c.query.Get(property)))
		}
	}
	if fragment := c.query.Get("fragmentType"); fragment != "" {
		tests = append(tests, s.has(fragment))
	}
	if c.flag("onlyRoots") {
		tests = append(tests, s.isRoot())
	}
	return tests
}

// isRoot is the test for objects that hang below no other.
func (s *scanned) isRoot() func(place int) bool {
	below := make([]bool, s.Len())
	s.store.View(func(d *store.Data) {
		for _, relation := range store.Relations() {
			for child := range d.Objects.ChildIDs(relation) {
				if place, there := s.Place(child); there {
					below[place] = true
				}
			}
		}
	})
	return func(place int) bool { return !below[place] }
}
