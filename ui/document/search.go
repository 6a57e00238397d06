package document

import (
	"regexp"
	"slices"
	"unicode/utf8"
)

// search is what is looked for, and the lines where it was found.
type search struct {
	query string
	hits  []int32
}

// Search looks for a text in names and values, whatever its case, and moves the
// cursor to the first place at or after it. It looks through the document as it
// was sent, folded or not. The empty text ends the search.
func (v *Viewer) Search(query string) {
	if query == v.search.query {
		return
	}
	v.search.query = query
	v.find()
	v.forget()
	if len(v.search.hits) == 0 {
		return
	}
	n, _ := slices.BinarySearch(v.search.hits, v.cursor)
	v.jump(n)
}

// Query returns what is looked for.
func (v *Viewer) Query() string { return v.search.query }

// Next moves the cursor to the next line with a match, from the last to the
// first.
func (v *Viewer) Next() {
	n, found := slices.BinarySearch(v.search.hits, v.cursor)
	if found {
		n++
	}
	v.jump(n)
}

// Prev moves the cursor to the previous line with a match, from the first to
// the last.
func (v *Viewer) Prev() {
	n, _ := slices.BinarySearch(v.search.hits, v.cursor)
	v.jump(n - 1)
}

// Matches returns how many lines match, and which of them, counted from 1, the
// cursor is on; 0 if it is on none.
func (v *Viewer) Matches() (at, total int) {
	n, found := slices.BinarySearch(v.search.hits, v.cursor)
	if found {
		at = n + 1
	}
	return at, len(v.search.hits)
}

// jump moves the cursor to the n-th match, in a circle, and shows the match if
// it is off to the side.
func (v *Viewer) jump(n int) {
	total := len(v.search.hits)
	if total == 0 {
		return
	}
	v.show(v.search.hits[((n%total)+total)%total])
	if v.wrap {
		return
	}
	from, to, ok := v.lay(v.cursor).match()
	room := v.width - v.gutter()
	if !ok || from >= v.left && to <= v.left+room-1 {
		return
	}
	v.left = 0
	if to > room-1 {
		v.left = max(0, from-room/4)
	}
}

// find looks for the query in the whole document.
func (v *Viewer) find() {
	v.search.hits = v.search.hits[:0]
	if v.search.query == "" {
		return
	}
	contains := finder(v.search.query)
	for i := range v.doc.lines {
		l := &v.doc.lines[i]
		if l.kind <= array || l.kind == closing { // only their names count
			if contains(inner(v.doc.span(l.key))) {
				v.search.hits = append(v.search.hits, int32(i))
			}
			continue
		}
		value := v.doc.span(l.value)
		if l.kind == str {
			value = inner(value)
		}
		if contains(inner(v.doc.span(l.key))) || contains(value) {
			v.search.hits = append(v.search.hits, int32(i))
		}
	}
}

// finder returns a function that tells whether bytes contain the query,
// whatever the case.
func finder(query string) func([]byte) bool {
	for i := range len(query) {
		if query[i] >= utf8.RuneSelf {
			return regexp.MustCompile("(?i:" + regexp.QuoteMeta(valid(query)) + ")").Match
		}
	}
	want := make([]byte, len(query))
	for i := range want {
		want[i] = lower(query[i])
	}
	return func(b []byte) bool {
		for i := 0; i+len(want) <= len(b); i++ {
			if lower(b[i]) == want[0] && foldedEqual(b[i+1:], want[1:]) {
				return true
			}
		}
		return false
	}
}

// foldedEqual reports whether b begins with want, which is lower case.
func foldedEqual(b, want []byte) bool {
	for i := range want {
		if lower(b[i]) != want[i] {
			return false
		}
	}
	return true
}

// lower returns an ASCII letter in lower case.
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// valid returns the query as valid UTF-8, which the regular expression needs.
func valid(query string) string {
	return string([]rune(query))
}
