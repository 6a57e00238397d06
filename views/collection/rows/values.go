package rows

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/views/fragment"
)

// Wanted are the paths in the documents whose values the rows keep. It does not change; to want
// something else, make another.
type Wanted struct{ Paths []fragment.Path }

// Of returns what a document has at the paths.
func (w *Wanted) Of(document jsontext.Value) []string {
	if w == nil || len(w.Paths) == 0 {
		return nil
	}
	values := make([]string, len(w.Paths))
	for i, p := range w.Paths {
		values[i] = p.Value(document)
	}
	return values
}

// values are what the documents have at the wanted paths.
type values struct {
	wanted  *Wanted
	columns [][]string // by path and slot
	ready   []bool     // by path: the values of all slots are there, but for those of late
	late    []int32    // slots whose values must be looked up
}

// grow makes room for one more slot.
func (v *values) grow() {
	for i := range v.columns {
		v.columns[i] = append(v.columns[i], "")
	}
}

// set puts the values of a slot into place, if they are those of the wanted paths.
func (v *values) set(slot int32, of []string, wanted *Wanted) {
	if v.wanted == nil || len(v.wanted.Paths) == 0 {
		return
	}
	fit := wanted == v.wanted
	for i := range v.columns {
		if fit {
			v.columns[i][slot] = of[i]
		} else {
			v.columns[i][slot] = ""
		}
	}
	if !fit && wanted != nil {
		v.late = append(v.late, slot)
	}
}

// Want asks for the values at other paths. Those of paths that were wanted before stay.
func (r *Rows[T]) Want(w *Wanted) {
	old := r.values
	r.values = values{wanted: w, columns: make([][]string, len(w.Paths)), ready: make([]bool, len(w.Paths)), late: old.late}
	for i, path := range w.Paths {
		r.values.ready[i] = len(r.byID) == 0
		r.values.columns[i] = make([]string, len(r.things))
		if old.wanted == nil {
			continue
		}
		if j := slices.IndexFunc(old.wanted.Paths, func(p fragment.Path) bool { return slices.Equal(p, path) }); j >= 0 {
			r.values.columns[i], r.values.ready[i] = old.columns[j], old.ready[j]
		}
	}
}

// Value returns what the document in a slot has at a wanted path, given by its index; "" if it
// has nothing there or nobody has looked yet.
func (r *Rows[T]) Value(path int, slot int32) string { return r.values.columns[path][slot] }

// Wants reports whether these are the paths that are wanted.
func (r *Rows[T]) Wants(w *Wanted) bool { return r.values.wanted == w }

// Known reports whether the values at a wanted path have been looked up.
func (r *Rows[T]) Known(path int) bool { return r.values.ready[path] }

// Pending returns a task that looks up what is missing, nil if nothing is: first the paths that
// are new, in all documents, then all paths in the documents that came while nobody knew that
// these are wanted.
func (r *Rows[T]) Pending() *Task[T] {
	v := &r.values
	t := &Task[T]{wanted: v.wanted}
	for i, ready := range v.ready {
		if !ready {
			t.paths = append(t.paths, i)
		}
	}
	switch {
	case t.paths != nil:
		t.full = true
		for slot := range r.things {
			if r.things[slot].live {
				t.slots = append(t.slots, int32(slot))
			}
		}
	case len(v.late) > 0 && len(v.columns) > 0:
		t.slots = v.late
		for i := range v.columns {
			t.paths = append(t.paths, i)
		}
	default:
		v.late = nil
		return nil
	}
	if !t.full {
		v.late = nil
	}
	t.items, t.documents, t.versions = make([]T, len(t.slots)), make([]fragment.Packed, len(t.slots)), make([]uint32, len(t.slots))
	for i, slot := range t.slots {
		t.items[i], t.documents[i], t.versions[i] = r.things[slot].item, r.documents[slot], r.things[slot].version
	}
	return t
}

// Task looks up values in documents, beside the update loop.
type Task[T any] struct {
	wanted    *Wanted
	paths     []int // of those wanted
	full      bool  // all slots are looked at
	slots     []int32
	items     []T
	documents []fragment.Packed
	versions  []uint32
	found     [][]string // by path and index of slots
}

// Run does the work. own returns the fragments that a thing keeps itself; nil where the rows
// keep them.
func (t *Task[T]) Run(own func(T) jsontext.Value) {
	var unpacker fragment.Unpacker
	t.found = make([][]string, len(t.paths))
	known := make([]map[string]string, len(t.paths)) // most values occur more than once
	for k := range t.paths {
		t.found[k] = make([]string, len(t.slots))
		known[k] = map[string]string{}
	}
	for i := range t.slots {
		var document jsontext.Value
		if own != nil {
			document = own(t.items[i])
		} else {
			document = unpacker.Document(t.documents[i])
		}
		for k, path := range t.paths {
			value := t.wanted.Paths[path].Value(document)
			if same, seen := known[k][value]; seen {
				value = same
			} else if len(known[k]) < 10_000 {
				known[k][value] = value
			}
			t.found[k][i] = value
		}
	}
}

// Fill takes over what a task found. What changed meanwhile is pending again.
func (r *Rows[T]) Fill(t *Task[T]) {
	v := &r.values
	for k, i := range t.paths {
		at := slices.IndexFunc(v.wanted.Paths, func(p fragment.Path) bool { return slices.Equal(p, t.wanted.Paths[i]) })
		if at < 0 {
			continue // no longer wanted
		}
		for j, slot := range t.slots {
			if int(slot) < len(r.things) && r.things[slot].version == t.versions[j] && r.things[slot].live {
				v.columns[at][slot] = t.found[k][j]
			}
		}
		if t.full {
			v.ready[at] = true
		}
	}
}
