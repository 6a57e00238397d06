package demo

import (
	"iter"
	"net/http"
	"slices"

	"c8yx/demo/query"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

func (in *inventory) list(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	found, err := in.search(c)
	if err != nil {
		return reply{}, err
	}
	objects, total := found.page(c, &p)
	options := objectOptionsOf(c)
	return collection(c, "managedobjectcollection", "managedObjects", p, objects, total, func(w *rawjson.Writer, o *store.Object) {
		in.write(w, c.base, o, options)
	}), nil
}

// found is what a search has found, in the order in which lists show it.
type found struct {
	objects iter.Seq[*store.Object]
	count   func() int // how many there are, where that is cheaper than walking; may be nil
	// part returns those in some places, and how many there are in all, where that is cheaper than walking there; may be nil.
	part func(from, to int) (objects []*store.Object, total int)
}

// page takes a page out of what was found: of what the user may see.
func (f found) page(c *call, p *page) (objects []*store.Object, total int) {
	switch {
	case !c.global:
		return collectVisible(p, f.objects, c.may), 0
	case f.part != nil:
		return f.part((p.number-1)*p.size, p.number*p.size)
	}
	return collect(*p, f.objects, f.count)
}

// total counts what was found: what the user may see.
func (f found) total(c *call) (n int) {
	switch {
	case c.global && f.part != nil:
		_, n = f.part(0, 0)
		return n
	case c.global && f.count != nil:
		return f.count()
	}
	for object := range f.objects {
		if c.may(object) {
			n++
		}
	}
	return n
}

// search finds the objects that a list or count asks for. Which of them the user may see is not looked at. With query or q the classic
// parameters are ignored but for text: the vendor's user interface searches for words among what a query selects and orders.
func (in *inventory) search(c *call) (found, error) {
	if c.query.Has("query") || c.query.Has("q") {
		text, devices := c.query.Get("query"), false
		if !c.query.Has("query") {
			text, devices = c.query.Get("q"), true
		}
		return in.query(nil, text, devices, c.query.Get("text"))
	}
	text := c.query.Get("text")
	if candidates := in.candidates(c); candidates != nil {
		some := filter(candidates, in.classicTests(c))
		if text != "" {
			some = in.byRelevance(some, text)
		}
		return found{objects: some}, nil
	}
	values, presence := in.classicNeeds(c)
	s := in.scan(query.Needs{Values: values, Presence: presence, Words: text != ""})
	tests := s.classicTests(c)
	switch {
	case text != "":
		return found{objects: s.byRelevance(s.where(0, s.Len(), tests...), text)}, nil
	case len(tests) == 0:
		return found{objects: s.objects(s.where(0, s.Len())), count: func() (n int) { in.store.View(func(d *store.Data) { n = d.Objects.Len() }); return n }}, nil
	}
	return found{objects: s.objects(s.where(0, s.Len(), tests...))}, nil
}

// query filters and orders objects by the query language: all of them in which the words are, if there are any, or some candidates by ascending id.
func (in *inventory) query(candidates iter.Seq[*store.Object], text string, devices bool, words string) (found, error) {
	parsed, err := query.Parse(text)
	if err != nil {
		in.log.Info("query refused", "query", text, "error", err)
		return found{}, fail(http.StatusUnprocessableEntity, "inventory/Invalid Data", "Find by filter query failed : Query could not be understood.")
	}
	if candidates != nil {
		s := &subject{inventory: in}
		some := slices.Collect(filter(candidates, []func(*store.Object) bool{
			func(o *store.Object) bool { return !devices || o.Has("c8y_IsDevice") },
			func(o *store.Object) bool { return parsed.Match(s.of(o)) },
		}))
		return found{objects: slices.Values(query.Sort(parsed, some, func(o *store.Object) query.Subject { return s.of(o) }))}, nil
	}
	needs := parsed.Needs()
	needs.Words = needs.Words || words != ""
	if devices {
		needs.Presence = append(needs.Presence, "c8y_IsDevice")
	}
	s := in.scan(needs)
	after, upTo := parsed.IDs()
	from, to := s.Between(store.ID(after), store.ID(upTo))
	tests := []func(int) bool{func(place int) bool { return parsed.Match(s.of(place)) }}
	if devices {
		tests = append(tests, s.has("c8y_IsDevice"))
	}
	if words != "" {
		tests = append(tests, func(place int) bool { return s.of(place).Mentions(words) })
	}
	places := s.where(from, to, tests...)
	if orders := parsed.OrderBy; len(orders) == 0 || orders[0].ByID() && !orders[0].Descending {
		return found{objects: s.objects(places)}, nil
	}
	all := slices.AppendSeq(make([]int, 0, to-from), places)
	part := func(from, to int) ([]*store.Object, int) {
		return slices.Collect(s.objects(slices.Values(parsed.Part(all, s.ranks(parsed), from, to)))), len(all)
	}
	return found{part: part, objects: func(yield func(*store.Object) bool) {
		objects, _ := part(0, len(all))
		slices.Values(objects)(yield)
	}}, nil
}

// classicTests are the parameters that an object can be checked against on its own.
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
