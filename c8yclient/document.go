package c8yclient

import (
	"bytes"
	"fmt"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// Document is embedded in every type that may carry fragments: properties beyond
// those that the platform defines, with names and contents of their own.
type Document struct {
	// Fragments is a JSON object of everything that the document's type has no field
	// for, exactly as it was sent, or nil. A standard property with an unexpected type
	// stays here too. It is encoded back unchanged.
	Fragments jsontext.Value `json:",embed"`
}

// document gives generic code a way to the Document in any type that embeds one.
func (d *Document) document() *Document { return d }

// documentOf returns the Document embedded in what value points to, or nil.
func documentOf(value any) *Document {
	if embedding, ok := value.(interface{ document() *Document }); ok {
		return embedding.document()
	}
	return nil
}

// Fragment returns the raw value of a fragment, and whether there is one. The value
// shares memory with the document: do not change it.
func (d *Document) Fragment(name string) (jsontext.Value, bool) {
	for each, value := range members(d.Fragments) {
		if memberName(each, name) {
			return value, true
		}
	}
	return nil, false
}

// HasFragment reports whether there is a fragment of that name, whatever its value.
func (d *Document) HasFragment(name string) bool {
	_, ok := d.Fragment(name)
	return ok
}

// AllFragments returns names and raw values of all fragments, in the order in which
// they were sent.
func (d *Document) AllFragments() iter.Seq2[string, jsontext.Value] {
	return func(yield func(string, jsontext.Value) bool) {
		for quoted, value := range members(d.Fragments) {
			name, err := jsontext.AppendUnquote(nil, quoted)
			if err != nil && len(name) == 0 {
				continue
			}
			if !yield(string(name), value) {
				return
			}
		}
	}
}

// SetFragment sets a fragment to anything that can be encoded as JSON; nil becomes
// null, with which an update removes the fragment from the tenant's document.
func (d *Document) SetFragment(name string, value any) error {
	encoded, err := marshal(value)
	if err != nil {
		return fmt.Errorf("encoding fragment %q: %w", name, err)
	}
	d.setFragment(name, encoded)
	return nil
}

// DeleteFragment removes a fragment from this document, not from the tenant's.
func (d *Document) DeleteFragment(name string) { d.setFragment(name, nil) }

// setFragment rebuilds Fragments with one member replaced, added or, with a nil
// value, left out. The old value is not touched: copies of the document share it.
func (d *Document) setFragment(name string, value jsontext.Value) {
	var b bytes.Buffer
	write := func(quoted, value []byte) {
		if b.Len() > 0 {
			b.WriteByte(',')
		} else {
			b.WriteByte('{')
		}
		b.Write(quoted)
		b.WriteByte(':')
		b.Write(value)
	}
	for quoted, old := range members(d.Fragments) {
		switch {
		case !memberName(quoted, name):
			write(quoted, old)
		case value != nil:
			write(quoted, value)
			value = nil
		}
	}
	if value != nil {
		quoted, _ := jsontext.AppendQuote(nil, name)
		write(quoted, value)
	}
	if b.Len() == 0 {
		d.Fragments = nil
		return
	}
	b.WriteByte('}')
	d.Fragments = b.Bytes()
}

// FragmentAs decodes a fragment, and reports whether it is there and fits. For the
// reason why it does not fit, decode [Document.Fragment] yourself.
func FragmentAs[T any](document interface {
	Fragment(string) (jsontext.Value, bool)
}, name string,
) (T, bool) {
	var value T
	raw, ok := document.Fragment(name)
	if !ok || decode(raw, &value) != nil {
		var zero T
		return zero, false
	}
	return value, true
}

// memberName compares a quoted JSON name with a plain one.
func memberName(quoted []byte, name string) bool {
	inner := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return string(inner) == name
	}
	plain, err := jsontext.AppendUnquote(nil, quoted)
	return err == nil && string(plain) == name
}

// members walks the members of a JSON object without decoding them: quoted names and
// raw values. It is made for text that a decoder has already checked, where it is
// many times faster than decoding again; on broken text it ends early.
func members(object []byte) iter.Seq2[[]byte, jsontext.Value] {
	return func(yield func([]byte, jsontext.Value) bool) {
		i := skipSpace(object, 0)
		if i >= len(object) || object[i] != '{' {
			return
		}
		i++
		for {
			i = skipSpace(object, i)
			if i < len(object) && object[i] == ',' {
				i = skipSpace(object, i+1)
			}
			if i >= len(object) || object[i] != '"' {
				return
			}
			nameEnd := skipString(object, i)
			colon := skipSpace(object, nameEnd)
			if colon >= len(object) || object[colon] != ':' {
				return
			}
			start := skipSpace(object, colon+1)
			end := skipValue(object, start)
			if end <= start {
				return
			}
			if !yield(object[i:nameEnd:nameEnd], jsontext.Value(object[start:end:end])) {
				return
			}
			i = end
		}
	}
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// skipString returns the index behind the string that begins at i, or len(b).
func skipString(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// skipValue returns the index behind the value that begins at i.
func skipValue(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			i = skipString(b, i)
		case '{', '[':
			depth++
			i++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
			i++
		case ',':
			if depth == 0 {
				return i
			}
			i++
			continue
		case ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i
			}
			i++
			continue
		default:
			i++
			continue
		}
		if depth == 0 {
			return i
		}
	}
	return i
}
