package demo

import (
	"iter"
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/query"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

func (in *inventory) list(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	found, count, err := in.search(c)
	if err != nil {
		return reply{}, err
	}
	objects, total := objectsOnPage(c, &p, found, count)
	options := objectOptionsOf(c)
	return collection(c, "managedobjectcollection", "managedObjects", p, objects, total, func(w *rawjson.Writer, o *store.Object) {
		in.write(w, c.base, o, options)
	}), nil
}

// objectsOnPage takes a page out of objects, of those that the user may see.
func objectsOnPage(c *call, p *page, found iter.Seq[*store.Object], count func() int) (objects []*store.Object, total int) {
	if !c.global {
		return collectVisible(p, found, c.may), 0
	}
	return collect(*p, found, count)
}

// search returns the objects that a list or count asks for, in order, and, where that is cheaper than walking, a way to count
// them. Which of them the user may see is not looked at. With query or q the classic parameters are ignored.
func (in *inventory) search(c *call) (iter.Seq[*store.Object], func() int, error) {
	if c.query.Has("query") || c.query.Has("q") {
		text, devices := c.query.Get("query"), false
		if !c.query.Has("query") {
			text, devices = c.query.Get("q"), true
		}
		found, err := in.query(c, nil, text, devices)
		return found, nil, err
	}
	tests := in.classicTests(c)
	candidates := in.candidates(c)
	if candidates == nil {
		candidates = in.store.All()
		if len(tests) == 0 && !c.query.Has("text") {
			return candidates, func() (n int) { in.store.View(func(d *store.Data) { n = d.Objects.Len() }); return n }, nil
		}
	}
	found := filter(candidates, tests)
	if text := c.query.Get("text"); text != "" {
		found = in.byRelevance(found, text)
	}
	return found, nil, nil
}

// query filters and orders objects by the query language: all of them, or some candidates by ascending id.
func (in *inventory) query(c *call, candidates iter.Seq[*store.Object], text string, devices bool) (iter.Seq[*store.Object], error) {
	parsed, err := query.Parse(text)
	if err != nil {
		in.log.Info("query refused", "query", text, "error", err)
		return nil, fail(http.StatusUnprocessableEntity, "inventory/Invalid Data", "Find by filter query failed : Query could not be understood.")
	}
	if candidates == nil {
		after, upTo := parsed.IDs()
		candidates = in.store.Between(store.ID(after), store.ID(upTo))
	}
	s := &subject{inventory: in}
	found := filter(candidates, []func(*store.Object) bool{
		func(o *store.Object) bool { return !devices || o.Has("c8y_IsDevice") },
		func(o *store.Object) bool { return parsed.Match(s.of(o)) },
	})
	byID, descending := parsed.ByID()
	if byID && !descending || len(parsed.OrderBy) == 0 {
		return found, nil
	}
	sorted := slices.Collect(found)
	if byID {
		slices.Reverse(sorted)
		return slices.Values(sorted), nil
	}
	query.Sort(parsed, sorted, func(o *store.Object) query.Subject { return s.of(o) })
	return slices.Values(sorted), nil
}

// classicTests are the parameters that each object can be checked against on its own.
func (in *inventory) classicTests(c *call) []func(*store.Object) bool {
	var tests []func(*store.Object) bool
	for _, property := range []string{"type", "owner"} {
		if c.query.Has(property) {
			want := c.query.Get(property)
			tests = append(tests, func(o *store.Object) bool { return o.Text(property) == want })
		}
	}
	if fragment := c.query.Get("fragmentType"); fragment != "" {
		tests = append(tests, func(o *store.Object) bool { return o.Has(fragment) })
	}
	if c.flag("onlyRoots") {
		tests = append(tests, in.isRoot)
	}
	return tests
}

func (in *inventory) isRoot(o *store.Object) (root bool) {
	in.store.View(func(d *store.Data) {
		root = !slices.ContainsFunc(store.Relations(), func(r store.Relation) bool { return len(d.Objects.Parents(r, o.ID)) > 0 })
	})
	return root
}

// candidates are the few objects that parameters name directly; nil if none does.
func (in *inventory) candidates(c *call) iter.Seq[*store.Object] {
	var ids []store.ID
	switch {
	case c.query.Has("ids"):
		for _, text := range c.list("ids") {
			if id, valid := store.ParseID(text); valid {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
	case c.query.Has("childAdditionId"), c.query.Has("childAssetId"), c.query.Has("childDeviceId"):
		for name, relation := range map[string]store.Relation{
			"childAdditionId": store.Additions, "childAssetId": store.Assets, "childDeviceId": store.Devices,
		} {
			if id, valid := store.ParseID(c.query.Get(name)); valid {
				in.store.View(func(d *store.Data) { ids = append(ids, d.Objects.Parents(relation, id)...) })
			}
		}
	default:
		return nil
	}
	var objects []*store.Object
	in.store.View(func(d *store.Data) { objects = objectsOf(d, ids) })
	return slices.Values(objects)
}

// byRelevance finds objects by full text, the best first.
func (in *inventory) byRelevance(candidates iter.Seq[*store.Object], text string) iter.Seq[*store.Object] {
	type hit struct {
		object *store.Object
		score  int
	}
	var hits []hit
	s, terms := &subject{inventory: in}, terms(text)
	for object := range candidates {
		if score := s.of(object).score(terms); score > 0 {
			hits = append(hits, hit{object, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	return func(yield func(*store.Object) bool) {
		for _, hit := range hits {
			if !yield(hit.object) {
				return
			}
		}
	}
}

func filter[T any](all iter.Seq[T], tests []func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
	elements:
		for element := range all {
			for _, test := range tests {
				if !test(element) {
					continue elements
				}
			}
			if !yield(element) {
				return
			}
		}
	}
}

// subject is an object as the query language sees it. One subject serves a whole search: groups are looked up once.
type subject struct {
	*inventory
	object *store.Object
	groups map[string]map[store.ID]bool
	trees  map[string]map[store.ID]bool
}

func (s *subject) of(o *store.Object) *subject {
	s.object = o
	return s
}

// Value returns a property, those included that are not part of the document.
func (s *subject) Value(property string) (string, bool) {
	switch property {
	case "id":
		return `"` + s.object.ID.String() + `"`, true
	case "creationTime":
		return `"` + formatMilli(s.object.Created) + `"`, true
	case "lastUpdated":
		return `"` + formatMilli(s.object.Updated) + `"`, true
	}
	return s.object.Get(property)
}

// MemberOf reports whether the object is a direct member of a group.
func (s *subject) MemberOf(group string) bool {
	return s.set(&s.groups, group, func(d *store.Data, id store.ID) []store.ID { return d.Objects.Children(store.Assets, id) })[s.object.ID]
}

// Under reports whether the object is root or below it.
func (s *subject) Under(root string) bool {
	return s.set(&s.trees, root, func(d *store.Data, id store.ID) []store.ID {
		return d.Objects.Descendants(id, store.Relations()...)
	})[s.object.ID]
}

func (s *subject) set(known *map[string]map[store.ID]bool, name string, members func(*store.Data, store.ID) []store.ID) map[store.ID]bool {
	if set, found := (*known)[name]; found {
		return set
	}
	set := map[store.ID]bool{}
	if id, valid := store.ParseID(name); valid {
		s.store.View(func(d *store.Data) {
			for _, member := range members(d, id) {
				set[member] = true
			}
		})
	}
	if *known == nil {
		*known = map[string]map[store.ID]bool{}
	}
	(*known)[name] = set
	return set
}

// Mentions reports whether the full-text search finds words in the object.
func (s *subject) Mentions(words string) bool { return s.score(terms(words)) > 0 }

// terms splits a search text into lower-case words and quoted phrases.
func terms(text string) []string {
	var found []string
	for i, part := range strings.Split(strings.ToLower(text), `"`) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if i%2 == 1 {
			found = append(found, part)
		} else {
			found = append(found, strings.Fields(part)...)
		}
	}
	return found
}

// score counts how well an object fits: a whole field counts most, then a word, then the beginning of a word. It looks at id,
// type, name, owner and external ids.
func (s *subject) score(terms []string) int {
	fields := []string{s.object.ID.String(), s.object.Text("type"), s.object.Text("name"), s.object.Text("owner")}
	s.store.View(func(d *store.Data) {
		for _, external := range d.Objects.ExternalIDs(s.object.ID) {
			fields = append(fields, external.Value)
		}
	})
	score := 0
	for _, field := range fields {
		field = strings.ToLower(field)
		for _, term := range terms {
			switch {
			case field == term:
				score += 4
			case wordAt(field, term, true):
				score += 2
			case wordAt(field, term, false):
				score++
			}
		}
	}
	return score
}

// wordAt reports whether term stands in field as whole words, or at the beginning of one.
func wordAt(field, term string, whole bool) bool {
	for rest, before := field, byte(' '); ; {
		at := strings.Index(rest, term)
		if at < 0 {
			return false
		}
		if at > 0 {
			before = rest[at-1]
		}
		end := at + len(term)
		if !isWordByte(before) && (!whole || end == len(rest) || !isWordByte(rest[end])) {
			return true
		}
		before, rest = rest[end-1], rest[end:]
	}
}

func isWordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 0x80 || c == '_'
}

var _ query.Subject = (*subject)(nil)
