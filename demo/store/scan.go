package store

import (
	"math"
	"strings"
	"sync"
)

// Column is something that is looked at in every object: a property, or something made of several. Who looks at 100,000 documents to find a few
// spends the time on fetching them from all over the memory; side by side the values are read in a fraction of it.
type Column struct {
	Name string // columns of the same name have the same values
	Of   func(d *Data, o *Object) string
}

// Property is the column of the raw values of a top-level member; "" where there is none.
func Property(name string) Column {
	return Column{"property " + name, func(_ *Data, o *Object) string {
		raw, _ := o.Get(name)
		return raw
	}}
}

// Presence is the column that tells which objects have a member, and not what is in it: "1" for those.
func Presence(name string) Column {
	return Column{"presence " + name, func(_ *Data, o *Object) string {
		if o.Has(name) {
			return "1"
		}
		return ""
	}}
}

// Scan is all objects at one moment, by the places that they have in the order of their ids.
type Scan struct {
	first   ID
	rows    []*Object // nil where an object is gone
	columns []*values
}

// Scan looks at all objects, with some columns. The caller holds the store's lock, as [Store.View] and [Store.Update] do.
func (d *Data) Scan(columns ...Column) *Scan {
	o := &d.Objects
	s := &Scan{first: o.base, rows: make([]*Object, len(o.marks))}
	if len(o.table.rows) > 0 {
		copy(s.rows[o.table.first-o.base:], o.table.rows)
	}
	for _, column := range columns {
		s.columns = append(s.columns, d.values(column, s.rows))
	}
	return s
}

// Len is how many places there are, those of objects that are gone included.
func (s *Scan) Len() int { return len(s.rows) }

// Between returns the places of the ids that are larger than after and at most upTo: from the first to before the last.
func (s *Scan) Between(after, upTo ID) (from, to int) {
	place := func(id ID) int { return int(max(0, min(ID(len(s.rows)), id-s.first+1))) }
	if upTo == math.MaxInt64 {
		return place(after), len(s.rows)
	}
	return place(after), place(upTo)
}

// ID is the id of a place.
func (s *Scan) ID(place int) ID { return s.first + ID(place) }

// Place is where an id is, false if it is nowhere.
func (s *Scan) Place(id ID) (int, bool) {
	place := int(id - s.first)
	return place, place >= 0 && place < len(s.rows)
}

// Object is the object at a place, nil if it is gone.
func (s *Scan) Object(place int) *Object { return s.rows[place] }

// Text is what a column has at a place. Columns count in the order in which they were asked for.
func (s *Scan) Text(column, place int) string { return s.columns[column].texts[place] }

// mark notes that an object, or what belongs to it, has changed: columns look at it again.
func (o *Objects) mark(id ID) {
	if len(o.marks) == 0 {
		o.base = id
	}
	for ID(len(o.marks)) <= id-o.base {
		o.marks = append(o.marks, 0)
	}
	o.changes++
	o.marks[id-o.base] = o.changes
}

// mostKept bounds the memory of columns that are kept, in bytes. Those that nobody has asked for the longest go first.
const mostKept = 48 << 20

// columns are kept from one scan to the next, and brought up to date by what has changed.
type columns struct {
	mu    sync.Mutex
	known []*kept // the one asked for last comes last
	size  int
}

// kept is a column as it was when it was asked for last.
type kept struct {
	name    string
	changes uint64
	seen    []uint64 // marks
	values  *values
	size    int
}

// values returns a column, up to date.
func (d *Data) values(column Column, rows []*Object) *values {
	o := &d.Objects
	if o.columns == nil {
		o.columns = &columns{} // of data that is no store's
	}
	o.columns.mu.Lock()
	defer o.columns.mu.Unlock()
	c := o.columns.take(column.Name)
	if c.changes != o.changes || len(c.values.texts) != len(rows) {
		c.update(d, column, rows)
	}
	o.columns.keep(c)
	return c.values
}

// take finds a column, or begins one, and takes it off the list.
func (c *columns) take(name string) *kept {
	for i, k := range c.known {
		if k.name == name {
			c.known = append(c.known[:i:i], c.known[i+1:]...)
			c.size -= k.size
			return k
		}
	}
	return &kept{name: name, values: &values{}}
}

// keep puts a column on the list, and others off it that have no room any more.
func (c *columns) keep(k *kept) {
	c.known = append(c.known, k)
	c.size += k.size
	for c.size > mostKept {
		c.size -= c.known[0].size
		c.known[0] = nil
		c.known = c.known[1:]
	}
}

// update looks at what has changed. Nothing in the column may have: then the values stay, with all that is known of them.
func (k *kept) update(d *Data, column Column, rows []*Object) {
	before, marks := k.values.texts, d.Objects.marks
	var changed []int
	var texts []string // of those places
	for place, mark := range marks {
		if place < len(k.seen) && k.seen[place] == mark {
			continue
		}
		text := ""
		if rows[place] != nil {
			text = column.Of(d, rows[place])
		}
		if place >= len(before) || text != before[place] {
			changed, texts = append(changed, place), append(texts, text)
		}
	}
	k.seen, k.changes = append(k.seen[:0], marks...), d.Objects.changes
	if len(changed) == 0 && len(rows) == len(before) {
		return
	}
	after := &values{texts: make([]string, len(rows))}
	copy(after.texts, before)
	for i, place := range changed {
		k.size += len(texts[i]) - len(after.texts[place])
		after.texts[place] = ""
	}
	own(texts)
	for i, place := range changed {
		after.texts[place] = texts[i]
	}
	after.inherit(k.values, changed)
	const perRow = 16 + 8 + 8 // of values, seen and the order
	k.size += perRow * (len(rows) - len(before))
	k.values = after
}

// own replaces texts by copies. Many share one piece of memory; few have one each, so that it is given back piece by piece.
func own(texts []string) {
	const many = 1024
	if len(texts) <= many {
		for i, text := range texts {
			texts[i] = strings.Clone(text)
		}
		return
	}
	var shared strings.Builder
	for _, text := range texts {
		shared.WriteString(text)
	}
	all := shared.String()
	for i, text := range texts {
		texts[i], all = all[:len(text)], all[len(text):]
	}
}
