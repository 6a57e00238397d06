package store

import "iter"

// Empty returns data with nothing in it, for [Store.Update] to put in place of what there is.
func Empty() Data {
	d := Data{Files: make(map[ID]File)}
	d.Objects.columns = &columns{}
	d.Objects.table.first = firstObject
	d.Events.table.first = firstEvent
	d.Alarms.table.first = firstAlarm
	d.Measurements.table.first = firstMeasurement
	d.Operations.table.first = firstOperation
	d.Audit.table.first = firstAudit
	return d
}

// reserve makes an id the next one. It reports false if that was given out already, or is too far away to be true.
func (t *table[T]) reserve(id ID) bool {
	const far = 1 << 24 // places; a row that is not there costs 8 bytes
	switch {
	case len(t.rows) == 0 && id >= t.first:
		t.first = id
	case id < t.next() || id-t.next() > far:
		return false
	}
	for t.next() < id {
		t.rows = append(t.rows, nil)
	}
	return true
}

// Next is the id that the next new object will have.
func (o *Objects) Next() ID { return o.table.next() }

// Reserve makes an id the next one, and reports false if it was given out already.
func (o *Objects) Reserve(id ID) bool { return o.table.reserve(id) }

// Restore stores an object under the id that it had. Objects come back in the order of their ids; false: this one does not.
func (o *Objects) Restore(object Object) bool {
	if !o.table.reserve(object.ID) {
		return false
	}
	o.table.append(&object)
	o.mark(object.ID)
	return true
}

// All walks over all objects by ascending id. The caller holds the store's lock.
func (o *Objects) All() iter.Seq[*Object] { return o.table.all() }

// Next is the id that the next new record will have.
func (r *Records) Next() ID { return r.table.next() }

// Reserve makes an id the next one, and reports false if it was given out already.
func (r *Records) Reserve(id ID) bool { return r.table.reserve(id) }

// Restore stores a record under the id that it had. Records come back in the order of their ids; false: this one does not.
func (r *Records) Restore(record Record) bool {
	if !r.table.reserve(record.ID) {
		return false
	}
	r.table.append(&record)
	r.insert(record.Source, []*Record{&record})
	return true
}

// All walks over all records by ascending id. The caller holds the store's lock.
func (r *Records) All() iter.Seq[*Record] { return r.table.all() }

func (t *table[T]) all() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for _, row := range t.rows {
			if row != nil && !yield(row) {
				return
			}
		}
	}
}
