package store

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"
)

// Stamp is a moment with the offset from UTC that the client wrote it in.
type Stamp struct {
	Milli  int64 // Unix milliseconds
	Offset int16 // minutes east of UTC
}

// Time returns the stamp as a time in its own offset.
func (s Stamp) Time() time.Time {
	t := time.UnixMilli(s.Milli).UTC()
	if s.Offset != 0 {
		t = t.In(time.FixedZone("", int(s.Offset)*60))
	}
	return t
}

// StampOf cuts a time to milliseconds and keeps its offset.
func StampOf(t time.Time) Stamp {
	_, seconds := t.Zone()
	return Stamp{Milli: t.UnixMilli(), Offset: int16(seconds / 60)}
}

// Record is an immutable event, alarm, measurement or operation. The Document holds type, text, fragments and so on.
type Record struct {
	ID      ID
	Source  ID
	Time    Stamp // of operations: the creation time
	Created int64 // Unix milliseconds
	Updated int64 // Unix milliseconds
	Document
}

func order(a, b *Record) int {
	return cmp.Or(cmp.Compare(a.Time.Milli, b.Time.Milli), cmp.Compare(a.ID, b.ID))
}

// Records are the records of one kind by id and by source and time.
//
// The list of a source is ordered by time and id. It is appended to, or replaced, but never changed in place: whoever
// holds a list has a snapshot.
type Records struct {
	table    table[Record]
	bySource map[ID][]*Record
}

// Len returns how many records there are.
func (r *Records) Len() int { return r.table.count }

// Get returns a record, nil if there is none.
func (r *Records) Get(id ID) *Record { return r.table.get(id) }

// Create stores new records, gives them ids in their order, and returns them as stored. Many at a time cost no more than
// few, whatever their times.
func (r *Records) Create(records ...Record) []*Record {
	stored := make([]*Record, len(records))
	rows := slices.Clone(records)
	for i := range rows {
		rows[i].ID = r.table.next()
		r.table.append(&rows[i])
		stored[i] = &rows[i]
	}
	for rest := stored; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Source == rest[0].Source {
			n++
		}
		r.insert(rest[0].Source, rest[:n])
		rest = rest[n:]
	}
	return stored
}

// insert puts new records of one source into its list.
func (r *Records) insert(source ID, records []*Record) {
	if r.bySource == nil {
		r.bySource = map[ID][]*Record{}
	}
	if !slices.IsSortedFunc(records, order) {
		records = slices.SortedFunc(slices.Values(records), order)
	}
	list := r.bySource[source]
	if len(list) == 0 || order(list[len(list)-1], records[0]) < 0 {
		r.bySource[source] = append(list, records...)
		return
	}
	merged := make([]*Record, 0, len(list)+len(records)+16)
	for _, record := range records {
		at, _ := slices.BinarySearchFunc(list, record, order)
		merged = append(append(merged, list[:at]...), record)
		list = list[at:]
	}
	merged = append(merged, list...)
	r.bySource[source] = merged
}

// Put replaces a record by one with the same id and source and returns it as stored.
func (r *Records) Put(record Record) *Record {
	old := r.Get(record.ID)
	if old == nil {
		return nil
	}
	stored := &record
	r.table.replace(record.ID, stored)
	list := r.bySource[record.Source]
	at, _ := slices.BinarySearchFunc(list, old, order)
	if old.Time.Milli == record.Time.Milli {
		list = slices.Clone(list)
		list[at] = stored
		r.bySource[record.Source] = list
		return stored
	}
	r.bySource[record.Source] = slices.Concat(list[:at], list[at+1:])
	r.insert(record.Source, []*Record{stored})
	return stored
}

// Delete removes records.
func (r *Records) Delete(records ...*Record) {
	bySource := map[ID]map[*Record]bool{}
	for _, record := range records {
		if bySource[record.Source] == nil {
			bySource[record.Source] = map[*Record]bool{}
		}
		if current := r.Get(record.ID); current != nil {
			bySource[record.Source][current] = true
			r.table.remove(record.ID)
		}
	}
	for source, gone := range bySource {
		kept := make([]*Record, 0, max(len(r.bySource[source])-len(gone), 0))
		for _, record := range r.bySource[source] {
			if !gone[record] {
				kept = append(kept, record)
			}
		}
		if len(kept) == 0 {
			delete(r.bySource, source)
		} else {
			r.bySource[source] = kept
		}
	}
}

// DeleteSource removes all records of a source.
func (r *Records) DeleteSource(source ID) {
	for _, record := range r.bySource[source] {
		r.table.remove(record.ID)
	}
	delete(r.bySource, source)
}

// Span selects records by source and time.
type Span struct {
	Sources []ID  // nil: all
	From    int64 // Unix milliseconds, inclusive
	To      int64 // Unix milliseconds, exclusive; 0: no bound
}

// A View of records is a snapshot of the lists of some sources within a span.
type View struct {
	lists [][]*Record
}

// Select takes a snapshot: cheap, whatever the number of records.
func (r *Records) Select(span Span) View {
	var view View
	take := func(list []*Record) {
		if span.From != 0 {
			list = list[search(list, span.From):]
		}
		if span.To != 0 {
			list = list[:search(list, span.To)]
		}
		if len(list) > 0 {
			view.lists = append(view.lists, list)
		}
	}
	if span.Sources != nil {
		for _, source := range span.Sources {
			take(r.bySource[source])
		}
		return view
	}
	view.lists = make([][]*Record, 0, len(r.bySource))
	for list := range maps.Values(r.bySource) {
		take(list)
	}
	return view
}

// search returns the position of the first record that is not before a moment.
func search(list []*Record, milli int64) int {
	at, _ := slices.BinarySearchFunc(list, milli, func(r *Record, milli int64) int { return cmp.Compare(r.Time.Milli, milli) })
	return at
}

// Len returns how many records the view holds.
func (v View) Len() int {
	n := 0
	for _, list := range v.lists {
		n += len(list)
	}
	return n
}

// Skip returns the view without its first records: the n oldest, or the n newest. It costs nothing, but is only to be had where
// all records are of one source.
func (v View) Skip(n int, newest bool) (rest View, ok bool) {
	if len(v.lists) > 1 {
		return View{}, false
	}
	for _, list := range v.lists {
		switch {
		case n >= len(list):
		case newest:
			rest.lists = [][]*Record{list[:len(list)-n]}
		default:
			rest.lists = [][]*Record{list[n:]}
		}
	}
	return rest, true
}

// Unordered walks over the records in no order, which costs least.
func (v View) Unordered() iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		for _, list := range v.lists {
			for _, record := range list {
				if !yield(record) {
					return
				}
			}
		}
	}
}

// Ascending walks from the oldest to the newest record, by time and id.
func (v View) Ascending() iter.Seq[*Record] { return v.walk(false) }

// Descending walks from the newest to the oldest record, by time and id.
func (v View) Descending() iter.Seq[*Record] { return v.walk(true) }

// walk merges the lists by a heap of their heads: the first record costs a pass over the sources, every other one the
// logarithm of their number.
func (v View) walk(descending bool) iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		heap := merge{lists: slices.Clone(v.lists), descending: descending}
		for i := len(heap.lists)/2 - 1; i >= 0; i-- {
			heap.down(i)
		}
		for len(heap.lists) > 0 {
			if !yield(heap.head(0)) {
				return
			}
			heap.advance()
		}
	}
}

type merge struct {
	lists      [][]*Record
	descending bool
}

func (m *merge) head(i int) *Record {
	if m.descending {
		return m.lists[i][len(m.lists[i])-1]
	}
	return m.lists[i][0]
}

func (m *merge) less(i, j int) bool {
	return order(m.head(i), m.head(j)) < 0 != m.descending
}

// advance moves the first list on by one record.
func (m *merge) advance() {
	first, last := m.lists[0], len(m.lists)-1
	if m.descending {
		first = first[:len(first)-1]
	} else {
		first = first[1:]
	}
	if len(first) == 0 {
		m.lists[0] = m.lists[last]
		m.lists = m.lists[:last]
	} else {
		m.lists[0] = first
	}
	m.down(0)
}

func (m *merge) down(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m.lists); child++ {
			if m.less(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		m.lists[i], m.lists[least] = m.lists[least], m.lists[i]
		i = least
	}
}
