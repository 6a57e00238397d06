package document

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// kind is what stands on a line.
type kind uint8

const (
	object      kind = iota // { with members on the lines below
	array                   // [ with elements on the lines below
	closing                 // the } or ] of one of them
	emptyObject             // {}
	emptyArray              // []
	str
	number
	keyword // true, false, null
	plain   // a line of something that is not JSON
)

// part is a range of bytes of the document.
type part struct{ from, to int32 }

func (p part) empty() bool { return p.from >= p.to }

// line is one line of the indented document: a member, an element, or the end
// of a container.
type line struct {
	key    part  // with its quotes; empty for elements and ends
	value  part  // of a container: from its opening bracket to behind its end
	mate   int32 // the last line of a container; of an end, the line that opened it; else the line itself
	parent int32 // the line of the container around it, -1 at the top
	items  int32 // how many members or elements a container has
	index  int32 // the position among its siblings
	depth  int32
	kind   kind
	comma  bool
}

// index is a document taken apart into lines.
type index struct {
	data    []byte
	lines   []line
	problem *Problem
}

// span returns the bytes of a part.
func (x *index) span(p part) []byte { return x.data[p.from:p.to] }

// container reports whether line i has lines below it that can be folded away.
func (x *index) container(i int32) bool {
	return x.lines[i].kind <= array && x.lines[i].mate > i
}

// subject returns the line that line i speaks of: an end speaks of what it
// ends.
func (x *index) subject(i int32) int32 {
	if x.lines[i].kind == closing {
		return x.lines[i].mate
	}
	return i
}

// value returns the bytes of the value on line i, as sent.
func (x *index) value(i int32) []byte { return x.span(x.lines[x.subject(i)].value) }

// path returns where line i is: member names joined by dots, positions in
// brackets. Names that are not plain words are quoted in brackets.
func (x *index) path(i int32) string {
	i = x.subject(i)
	var chain []int32
	for ; x.lines[i].parent >= 0; i = x.lines[i].parent {
		chain = append(chain, i)
	}
	var b []byte
	for n := len(chain) - 1; n >= 0; n-- {
		b = x.segment(b, chain[n])
	}
	return string(b)
}

// segment appends the last step of the path of line i.
func (x *index) segment(b []byte, i int32) []byte {
	l := &x.lines[i]
	if x.lines[l.parent].kind == array {
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(l.index), 10)
		return append(b, ']')
	}
	name := unquoted(x.span(l.key))
	if !word(name) {
		b = append(b, '[')
		b = strconv.AppendQuote(b, name)
		return append(b, ']')
	}
	if len(b) > 0 {
		b = append(b, '.')
	}
	return append(b, name...)
}

// find returns the line at a path, or the nearest line above it that exists.
// It is false only if even the first step leads nowhere.
func (x *index) find(path string) (at int32, exact bool) {
	if len(x.lines) == 0 {
		return 0, false
	}
	for path != "" {
		next, rest, ok := x.step(at, path)
		if !ok {
			return at, false
		}
		at, path = next, rest
	}
	return at, true
}

// step goes from the container on line at to the child that the path begins
// with.
func (x *index) step(at int32, path string) (child int32, rest string, ok bool) {
	if !x.container(at) {
		return 0, "", false
	}
	var b []byte
	end := x.lines[at].mate
	for i := at + 1; i <= end && x.lines[i].kind != closing; i = x.after(i) {
		b = x.segment(b[:0], i)
		rest, found := strings.CutPrefix(path, string(b))
		if found && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return i, strings.TrimPrefix(rest, "."), true
		}
	}
	return 0, "", false
}

// after returns the line behind the value that begins on line i.
func (x *index) after(i int32) int32 {
	if x.lines[i].kind <= array {
		return x.lines[i].mate + 1
	}
	return i + 1
}

// unquoted returns the text of a JSON string; of a string cut off in the
// middle, what there is.
func unquoted(quoted []byte) string {
	if bytes.IndexByte(quoted, '\\') >= 0 {
		var s string
		if json.Unmarshal(quoted, &s) == nil {
			return s
		}
	}
	return string(inner(quoted))
}

// inner returns a JSON string without its quotes.
func inner(quoted []byte) []byte {
	quoted = bytes.TrimPrefix(quoted, []byte{'"'})
	return bytes.TrimSuffix(quoted, []byte{'"'})
}

// word reports whether a name can stand in a path without quotes.
func word(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}
