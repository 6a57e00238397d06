package store

import "strconv"

// ID is the id of an object or record. The API writes it as a string of digits.
type ID int64

// ParseID reads an id as clients write it. Whatever cannot be an id of this store gives false.
func ParseID(text string) (ID, bool) {
	if text == "" || text[0] < '0' || text[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || strconv.FormatInt(n, 10) != text {
		return 0, false
	}
	return ID(n), true
}

func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// table holds rows by increasing id. Ids come from one sequence, so the row of an id is found by subtraction.
type table[T any] struct {
	first ID // the id of rows[0]
	rows  []*T
	count int
}

// take returns the next id, whose row put must fill before another is taken.
func (t *table[T]) next() ID { return t.first + ID(len(t.rows)) }

func (t *table[T]) append(row *T) {
	t.rows = append(t.rows, row)
	t.count++
}

func (t *table[T]) get(id ID) *T {
	if id < t.first || id >= t.next() {
		return nil
	}
	return t.rows[id-t.first]
}

// replace puts another row in the place of an existing one.
func (t *table[T]) replace(id ID, row *T) { t.rows[id-t.first] = row }

// remove forgets a row. Rows at the beginning that are all gone are given back, so that retention bounds the table.
func (t *table[T]) remove(id ID) {
	if t.get(id) == nil {
		return
	}
	t.rows[id-t.first] = nil
	t.count--
	gone := 0
	for gone < len(t.rows) && t.rows[gone] == nil {
		gone++
	}
	if gone > 1024 && gone > len(t.rows)/2 {
		t.rows = append(make([]*T, 0, 2*(len(t.rows)-gone)), t.rows[gone:]...)
		t.first += ID(gone)
	}
}

// after collects up to limit rows with larger ids than the given one, ascending, and returns the id to go on from.
// It looks at no more than scan places.
func (t *table[T]) after(id ID, limit, scan int, into []*T) ([]*T, ID, bool) {
	at := max(int(id-t.first)+1, 0)
	for end := min(at+scan, len(t.rows)); at < end && limit > 0; at++ {
		if row := t.rows[at]; row != nil {
			into = append(into, row)
			limit--
		}
	}
	return into, t.first + ID(at) - 1, at < len(t.rows)
}
