package write

import (
	"bytes"
	"iter"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Members walks the members of a JSON object in their order. What is no object has none.
func Members(object jsontext.Value) iter.Seq2[string, jsontext.Value] {
	return func(yield func(string, jsontext.Value) bool) {
		d := decoderOf(object)
		if token, err := d.ReadToken(); err != nil || token.Kind() != '{' {
			return
		}
		for d.PeekKind() == '"' {
			name, err := d.ReadToken()
			if err != nil {
				return
			}
			plain := name.String()
			value, err := d.ReadValue()
			if err != nil || !yield(plain, value.Clone()) {
				return
			}
		}
	}
}

func decoderOf(value jsontext.Value) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewReader(value), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// Member returns a member of a JSON object, and whether it is there.
func Member(object jsontext.Value, name string) (jsontext.Value, bool) {
	for each, value := range Members(object) {
		if each == name {
			return value, true
		}
	}
	return nil, false
}

// membersOf returns the members of a JSON object by their names, of those with the same name the first.
func membersOf(object jsontext.Value) map[string]jsontext.Value {
	all := map[string]jsontext.Value{}
	for name, value := range Members(object) {
		if _, there := all[name]; !there {
			all[name] = value
		}
	}
	return all
}

// With returns a JSON object with a member set, in its place or at the end; a nil value takes the
// member out.
func With(object jsontext.Value, name string, value jsontext.Value) jsontext.Value {
	var w objectWriter
	for each, old := range Members(object) {
		if each != name {
			w.add(each, old)
		} else if value != nil {
			w.add(each, value)
			value = nil
		}
	}
	if value != nil {
		w.add(name, value)
	}
	return w.done()
}

// Without returns a JSON object without some of its members.
func Without(object jsontext.Value, names ...string) jsontext.Value {
	gone := make(map[string]bool, len(names))
	for _, name := range names {
		gone[name] = true
	}
	var w objectWriter
	for name, value := range Members(object) {
		if !gone[name] {
			w.add(name, value)
		}
	}
	return w.done()
}

// Patch returns what has to be sent to make the second document of the first: its members that
// differ, as a whole, and null for those that are gone. It is "{}" if nothing differs.
func Patch(before, after jsontext.Value) jsontext.Value {
	var w objectWriter
	old, now := membersOf(before), membersOf(after)
	for name, value := range Members(after) {
		if was, there := old[name]; !there || !Same(was, value) {
			w.add(name, value)
		}
	}
	for name := range Members(before) {
		if _, there := now[name]; !there {
			w.add(name, jsontext.Value("null"))
		}
	}
	return w.done()
}

// Apply returns the document that the platform makes of one and a patch.
func Apply(document, patch jsontext.Value) jsontext.Value {
	for name, value := range Members(patch) {
		if value.Kind() == 'n' {
			value = nil
		}
		document = With(document, name, value)
	}
	return document
}

// Revert returns the patch that takes another one back: each member that it touches as it was in
// the document before, null if it was not there.
func Revert(before, patch jsontext.Value) jsontext.Value {
	var w objectWriter
	all := membersOf(before)
	for name := range Members(patch) {
		old, there := all[name]
		if !there {
			old = jsontext.Value("null")
		}
		w.add(name, old)
	}
	return w.done()
}

// Holds reports whether a document is as a patch wants it.
func Holds(document, patch jsontext.Value) bool {
	all := membersOf(document)
	for name, want := range Members(patch) {
		value, there := all[name]
		if want.Kind() == 'n' && !there {
			continue
		}
		if !there || !Same(value, want) {
			return false
		}
	}
	return true
}

// Empty reports whether an object has no members.
func Empty(object jsontext.Value) bool {
	for range Members(object) {
		return false
	}
	return true
}

// Same reports whether two JSON values mean the same, whatever the order of their members and
// their white space.
func Same(a, b jsontext.Value) bool {
	if bytes.Equal(a, b) {
		return true
	}
	if a.Kind() != b.Kind() {
		return false
	}
	switch a.Kind() {
	case '{':
		return sameObjects(a, b)
	case '[':
		left, right := elements(a), elements(b)
		if len(left) != len(right) {
			return false
		}
		for i := range left {
			if !Same(left[i], right[i]) {
				return false
			}
		}
		return true
	case '"':
		left, errLeft := jsontext.AppendUnquote(nil, a)
		right, errRight := jsontext.AppendUnquote(nil, b)
		return errLeft == nil && errRight == nil && bytes.Equal(left, right)
	case '0':
		return sameNumbers(string(a), string(b))
	}
	return bytes.Equal(bytes.TrimSpace(a), bytes.TrimSpace(b))
}

func sameObjects(a, b jsontext.Value) bool {
	left, n := membersOf(a), 0
	for name, value := range Members(b) {
		old, there := left[name]
		if !there || !Same(old, value) {
			return false
		}
		n++
	}
	return n == len(left)
}

// sameNumbers compares 1 and 1.0 as equal, but not two long ids that only round to the same.
func sameNumbers(a, b string) bool {
	const exact = 15 // digits that a float64 keeps
	if len(a) > exact || len(b) > exact {
		return a == b
	}
	left, errLeft := strconv.ParseFloat(a, 64)
	right, errRight := strconv.ParseFloat(b, 64)
	return errLeft == nil && errRight == nil && left == right
}

func elements(array jsontext.Value) []jsontext.Value {
	d := decoderOf(array)
	if token, err := d.ReadToken(); err != nil || token.Kind() != '[' {
		return nil
	}
	var list []jsontext.Value
	for d.PeekKind() != ']' {
		value, err := d.ReadValue()
		if err != nil {
			break
		}
		list = append(list, value.Clone())
	}
	return list
}

// objectWriter writes a JSON object member by member.
type objectWriter struct{ b bytes.Buffer }

func (w *objectWriter) add(name string, value jsontext.Value) {
	if w.b.Len() == 0 {
		w.b.WriteByte('{')
	} else {
		w.b.WriteByte(',')
	}
	quoted, _ := jsontext.AppendQuote(nil, name)
	w.b.Write(quoted)
	w.b.WriteByte(':')
	w.b.Write(value)
}

func (w *objectWriter) done() jsontext.Value {
	if w.b.Len() == 0 {
		return jsontext.Value("{}")
	}
	w.b.WriteByte('}')
	return jsontext.Value(w.b.Bytes())
}
