package document

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// Problem says why a document could not be read to its end.
type Problem struct {
	// Offset is the number of bytes before the problem, Line and Column where it
	// is in the text as sent, counted from 1 (columns in bytes).
	Offset, Line, Column int
	// Reason is what is wrong, as half a sentence.
	Reason string
	// Cut is true if nothing is wrong but the end is missing.
	Cut bool
}

// Error returns the problem as the note that the viewer shows.
func (p *Problem) Error() string {
	switch {
	case p.Cut && p.Offset == 0:
		return "empty document"
	case p.Cut:
		return "incomplete JSON, cut off after " + grouped(p.Offset) + " bytes: " + p.Reason
	}
	return fmt.Sprintf("not JSON, shown as text: %s (line %d, column %d)", p.Reason, p.Line, p.Column)
}

// read takes a document apart. One that is cut off keeps its shape as far as
// it goes; one that is wrong becomes lines of text.
func read(data []byte) index {
	if len(data) > math.MaxInt32 {
		data = data[:math.MaxInt32]
	}
	lx := lexer{data: data, open: -1, lines: make([]line, 0, len(data)/28+8)}
	if lx.document() {
		return index{data: data, lines: lx.lines}
	}
	p := &Problem{Offset: lx.pos, Reason: lx.reason, Cut: lx.pos >= len(data)}
	if p.Cut && lx.shaped() {
		lx.closeAll()
		return index{data: data, lines: lx.lines, problem: p}
	}
	before := data[:min(lx.pos, len(data))]
	p.Line = bytes.Count(before, []byte{'\n'}) + 1
	p.Column = len(before) - bytes.LastIndexByte(before, '\n')
	p.Cut = p.Cut && len(bytes.TrimSpace(data)) == 0
	if p.Cut {
		p.Offset = 0
	}
	return index{data: data, lines: textLines(data), problem: p}
}

// textLines cuts what is not JSON at its line ends.
func textLines(data []byte) []line {
	var lines []line
	for from := 0; from < len(data); {
		to := len(data)
		next := to
		if n := bytes.IndexByte(data[from:], '\n'); n >= 0 {
			to, next = from+n, from+n+1
		}
		i := int32(len(lines))
		end := to
		if end > from && data[end-1] == '\r' {
			end--
		}
		lines = append(lines, line{kind: plain, parent: -1, mate: i, index: i, value: part{int32(from), int32(end)}})
		from = next
	}
	return lines
}

// lexer reads a document once, from left to right, and writes down its lines.
// It accepts exactly what encoding/json calls valid, but at any depth, which
// is why it keeps the open containers as links and does not recurse.
type lexer struct {
	data   []byte
	pos    int
	lines  []line
	open   int32 // the innermost container that is not closed, -1 for none
	key    part  // of the value that comes next
	reason string
}

// document reads the one value of which a document consists.
func (lx *lexer) document() bool {
	for {
		begun, ok := lx.value()
		if !ok {
			return false
		}
		if begun {
			continue
		}
		more, ok := lx.next()
		if !ok || !more {
			return ok
		}
	}
}

// value reads a scalar, or the beginning of a container up to where its first
// value stands (begun).
func (lx *lexer) value() (begun, ok bool) {
	switch c := lx.peek(); {
	case c == '{' || c == '[':
		return lx.container(c)
	case c == '"':
		from := lx.pos
		ok = lx.str()
		lx.add(str, from)
	case c == '-' || '0' <= c && c <= '9':
		from := lx.pos
		ok = lx.number()
		lx.add(number, from)
	case c == 't' || c == 'f' || c == 'n':
		from := lx.pos
		ok = lx.keyword()
		lx.add(keyword, from)
	default:
		return false, lx.fail("a value is missing")
	}
	return false, ok
}

// container reads an opening bracket, and the closing one if it follows.
func (lx *lexer) container(c byte) (begun, ok bool) {
	from := lx.pos
	lx.pos++
	k, none, end := object, emptyObject, byte('}')
	if c == '[' {
		k, none, end = array, emptyArray, ']'
	}
	if lx.peek() == end {
		lx.pos++
		lx.add(none, from)
		return false, true
	}
	lx.add(k, from)
	lx.open = int32(len(lx.lines) - 1)
	if k == object {
		return true, lx.member()
	}
	return true, true
}

// next reads what follows a value: ends of containers, and the comma before
// the next value (more).
func (lx *lexer) next() (more, ok bool) {
	for lx.open >= 0 {
		c := lx.peek()
		if lx.pos >= len(lx.data) {
			return false, lx.fail("the end is missing")
		}
		in := lx.lines[lx.open].kind
		switch {
		case c == ',':
			lx.pos++
			lx.lines[len(lx.lines)-1].comma = true
			if in == object {
				return true, lx.member()
			}
			return true, true
		case c == '}' && in == object, c == ']' && in == array:
			lx.pos++
			lx.close()
		default:
			return false, lx.fail("a comma or an end is missing")
		}
	}
	lx.peek()
	if lx.pos < len(lx.data) {
		return false, lx.fail("more after the end")
	}
	return false, true
}

// member reads the name of a member and its colon.
func (lx *lexer) member() bool {
	if lx.peek() != '"' {
		return lx.fail("a name is missing")
	}
	from := lx.pos
	ok := lx.str()
	lx.key = part{int32(from), int32(lx.pos)}
	if !ok {
		return false
	}
	if lx.peek() != ':' {
		return lx.fail("a colon is missing")
	}
	lx.pos++
	return true
}

// add writes down the line of a value that began at from.
func (lx *lexer) add(k kind, from int) {
	i := int32(len(lx.lines))
	l := line{key: lx.key, value: part{int32(from), int32(lx.pos)}, mate: i, parent: lx.open, kind: k}
	if lx.open >= 0 {
		in := &lx.lines[lx.open]
		l.depth, l.index = in.depth+1, in.items
		in.items++
	}
	lx.lines = append(lx.lines, l)
	lx.key = part{}
}

// close writes down the end of the innermost container.
func (lx *lexer) close() {
	i := int32(len(lx.lines))
	in := &lx.lines[lx.open]
	in.mate = i
	in.value.to = int32(lx.pos)
	end := line{value: part{int32(lx.pos - 1), int32(lx.pos)}, mate: lx.open, parent: in.parent, depth: in.depth, kind: closing}
	lx.open = in.parent
	lx.lines = append(lx.lines, end)
}

// shaped reports whether enough was read to show the document as JSON.
func (lx *lexer) shaped() bool {
	return len(lx.lines) > 0 && lx.lines[0].kind <= array
}

// closeAll ends what a cut-off document left open.
func (lx *lexer) closeAll() {
	if !lx.key.empty() {
		lx.add(keyword, lx.pos)
	}
	for i := lx.open; i >= 0; i = lx.lines[i].parent {
		lx.lines[i].mate = int32(len(lx.lines) - 1)
		lx.lines[i].value.to = int32(len(lx.data))
	}
}

// peek skips white space and returns the byte behind it, 0 at the end.
func (lx *lexer) peek() byte {
	for ; lx.pos < len(lx.data); lx.pos++ {
		switch c := lx.data[lx.pos]; c {
		case ' ', '\n', '\t', '\r':
		default:
			return c
		}
	}
	return 0
}

// fail notes a reason, naming the byte that should not be there.
func (lx *lexer) fail(reason string) bool {
	if lx.pos < len(lx.data) {
		r, _ := utf8.DecodeRune(lx.data[lx.pos:])
		reason += ", found " + strconv.QuoteRune(r)
	}
	lx.reason = reason
	return false
}

// str reads a string.
func (lx *lexer) str() bool {
	i := lx.pos + 1
	for i < len(lx.data) {
		c := lx.data[i]
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		switch {
		case c == '"':
			lx.pos = i + 1
			return true
		case c == '\\':
			n := escape(lx.data[i:])
			if n == 0 {
				lx.pos = min(i+1, len(lx.data))
				return lx.fail("a wrong escape in a string")
			}
			i += n
		default:
			lx.pos = i
			return lx.fail("a control character in a string")
		}
	}
	lx.pos = len(lx.data)
	return lx.fail("the end of a string is missing")
}

// escape returns the length of the escape that b begins with: what is there,
// if the document ends in the middle of it; 0 if it is none.
func escape(b []byte) int {
	if len(b) < 2 {
		return len(b)
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		for n := 2; n < 6; n++ {
			if n >= len(b) {
				return n
			}
			if c := b[n] | 0x20; (c < '0' || c > '9' || b[n] < '0') && (c < 'a' || c > 'f') {
				return 0
			}
		}
		return 6
	}
	return 0
}

// number reads a number by the grammar of JSON.
func (lx *lexer) number() bool {
	if lx.data[lx.pos] == '-' {
		lx.pos++
	}
	if lx.at() == '0' {
		lx.pos++
	} else if !lx.digits() {
		return false
	}
	if lx.at() == '.' {
		lx.pos++
		if !lx.digits() {
			return false
		}
	}
	if lx.at()|0x20 == 'e' {
		lx.pos++
		if c := lx.at(); c == '+' || c == '-' {
			lx.pos++
		}
		return lx.digits()
	}
	return true
}

// digits reads one digit or more.
func (lx *lexer) digits() bool {
	from := lx.pos
	for '0' <= lx.at() && lx.at() <= '9' {
		lx.pos++
	}
	if lx.pos == from {
		return lx.fail("a digit is missing")
	}
	return true
}

// at returns the byte at the position, 0 at the end.
func (lx *lexer) at() byte {
	if lx.pos < len(lx.data) {
		return lx.data[lx.pos]
	}
	return 0
}

// keyword reads true, false or null.
func (lx *lexer) keyword() bool {
	want := "true"
	switch lx.data[lx.pos] {
	case 'f':
		want = "false"
	case 'n':
		want = "null"
	}
	for n := range len(want) {
		if lx.at() != want[n] {
			return lx.fail("an unknown word")
		}
		lx.pos++
	}
	return true
}

// grouped writes a count with commas between the thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
