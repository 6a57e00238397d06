package collection

import (
	"context"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui"
	"c8yx/views/collection/rows"
	"c8yx/views/fragment"
)

// want asks for the fragments that the columns, the order and the filter look at.
func (v *View[T]) want() {
	if v.kind.Fragments == nil {
		return
	}
	var paths []fragment.Path
	add := func(path string) {
		p := fragment.ParsePath(path)
		if !slices.ContainsFunc(paths, func(q fragment.Path) bool { return slices.Equal(p, q) }) {
			paths = append(paths, p)
		}
	}
	for i := range v.columns {
		if v.columns[i].path != nil && (i == v.column || slices.Contains(v.shown, i)) {
			add(v.columns[i].Name)
		}
	}
	for _, path := range append(v.filter.Paths(), v.arranging.applied.Paths()...) {
		add(path)
	}
	if slices.EqualFunc(paths, v.wanted.Paths, slices.Equal) {
		return
	}
	v.wanted = &rows.Wanted{Paths: paths}
	v.feed.wanted.Store(v.wanted)
	wanted := v.wanted
	v.mutate(func() {
		v.rows.Want(wanted)
		v.version++
		v.lookUp()
	})
}

// wantedIndex returns the number of a path among those that are wanted, -1 if it is not.
func (v *View[T]) wantedIndex(path string) int {
	p := fragment.ParsePath(path)
	return slices.IndexFunc(v.wanted.Paths, func(q fragment.Path) bool { return slices.Equal(p, q) })
}

// knowsAll reports whether everything is known that the order and the filter look at.
func (v *View[T]) knowsAll() bool {
	if v.column >= 0 && v.columns[v.column].path != nil && !v.knows(v.columns[v.column].Name) {
		return false
	}
	return !slices.ContainsFunc(v.filter.Paths(), func(p string) bool { return !v.knows(p) })
}

func (v *View[T]) knows(path string) bool {
	at := v.wantedIndex(path)
	return at >= 0 && v.rows.Wants(v.wanted) && v.rows.Known(at)
}

// lookUp looks up the fragments that are missing, beside the update loop.
func (v *View[T]) lookUp() {
	if v.looking || v.scope == nil {
		return
	}
	task := v.rows.Pending()
	if task == nil {
		return
	}
	v.looking = true
	own := v.kind.Fragments
	if v.kind.Strip != nil {
		own = nil
	}
	ui.Load(v.scope, func(context.Context) (struct{}, error) {
		task.Run(own)
		return struct{}{}, nil
	}, func(struct{}, error) {
		v.mutate(func() {
			v.looking = false
			v.rows.Fill(task)
			v.version++
			if v.column >= 0 && v.columns[v.column].path != nil {
				v.arranging.resort = true
			}
			v.arrange()
			v.mutate(v.lookUp)
		})
	})
}

// prepare makes changes of things, beside the update loop: the text that words are searched in
// is made here, once, and not for every key that is typed; fragments are packed.
func (f *feed[T]) prepare(items []T) []change[T] {
	wanted := f.wanted.Load()
	changes := make([]change[T], len(items))
	var documents []jsontext.Value
	for i, item := range items {
		if f.kind.Named != nil {
			f.tenant.Remember(f.kind.Named(item))
		}
		c := &changes[i]
		*c = change[T]{Item: item, ID: f.kind.ID(item), Folded: f.kind.folded(item), Wanted: wanted}
		if f.kind.Fragments == nil {
			continue
		}
		document := f.kind.Fragments(item)
		f.catalogue.Look(document)
		c.Values = wanted.Of(document)
		if f.kind.Strip != nil {
			documents = append(documents, document)
			f.kind.Strip(item)
		}
	}
	if documents != nil {
		packer, _ := f.packers.Get().(*fragment.Packer)
		if packer == nil {
			packer = &fragment.Packer{}
		}
		for i, packed := range packer.Pack(documents) {
			changes[i].Document = packed
		}
		f.packers.Put(packer)
	}
	return changes
}
