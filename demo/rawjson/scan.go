package rawjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"unicode/utf8"
)

// ErrNotObject is returned by [Compact] for JSON that is no object.
var ErrNotObject = errors.New("rawjson: not a JSON object")

// Compact validates body and returns it without insignificant white space. Numbers, strings and the order of keys stay as
// they were written; bytes that are no UTF-8 become U+FFFD, as encoding/json reads them.
func Compact(body []byte) (string, error) {
	if !utf8.Valid(body) {
		body = bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	var out bytes.Buffer
	out.Grow(len(body))
	if err := json.Compact(&out, body); err != nil {
		return "", err
	}
	return out.String(), nil
}

// CompactObject is [Compact] for text that must be a JSON object.
func CompactObject(body []byte) (string, error) {
	text, err := Compact(body)
	if err != nil {
		return "", err
	}
	if Kind(text) != Object {
		return "", ErrNotObject
	}
	return text, nil
}

// The kinds of JSON values, as [Kind] reports them.
const (
	Object byte = '{'
	Array  byte = '['
	String byte = '"'
	Number byte = '0'
	True   byte = 't'
	False  byte = 'f'
	Null   byte = 'n'
)

// Kind tells what sort of value raw is by its first character; 0 for empty text.
func Kind(raw string) byte {
	if raw == "" {
		return 0
	}
	switch c := raw[0]; c {
	case '{', '[', '"', 't', 'f', 'n':
		return c
	default:
		return Number
	}
}

// Members walks over the members of a compact object: the key, decoded, and the value, raw. Other kinds have no members.
func Members(object string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if Kind(object) != Object {
			return
		}
		for i := 1; i < len(object) && object[i] != '}'; {
			key := object[i : i+skip(object[i:])]
			i += len(key) + 1 // and the colon
			value := object[i : i+skip(object[i:])]
			i += len(value)
			if !yield(Unquote(key), value) {
				return
			}
			if i < len(object) && object[i] == ',' {
				i++
			}
		}
	}
}

// Elements walks over the elements of a compact array, raw. Other kinds have no elements.
func Elements(array string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if Kind(array) != Array {
			return
		}
		for i := 1; i < len(array) && array[i] != ']'; {
			value := array[i : i+skip(array[i:])]
			i += len(value)
			if !yield(value) {
				return
			}
			if i < len(array) && array[i] == ',' {
				i++
			}
		}
	}
}

// Member returns the value of one key of a compact object. Of a repeated key the last one counts, as everywhere.
func Member(object, key string) (raw string, ok bool) {
	if Kind(object) != Object {
		return "", false
	}
	for i := 1; i < len(object) && object[i] != '}'; {
		name := object[i : i+skip(object[i:])]
		i += len(name) + 1 // and the colon
		value := object[i : i+skip(object[i:])]
		i += len(value)
		if len(name) == len(key)+2 && name[1:len(name)-1] == key || strings.IndexByte(name, '\\') >= 0 && Unquote(name) == key {
			raw, ok = value, true
		}
		if i < len(object) && object[i] == ',' {
			i++
		}
	}
	return raw, ok
}

// Text returns the decoded string that key has in object, or "" when it is missing or no string.
func Text(object, key string) string {
	raw, _ := Member(object, key)
	if Kind(raw) != String {
		return ""
	}
	return Unquote(raw)
}

// Unquote decodes a JSON string. What is no string comes back as it is.
func Unquote(raw string) string {
	if Kind(raw) != String || len(raw) < 2 {
		return raw
	}
	if strings.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var text string
	if json.Unmarshal([]byte(raw), &text) != nil {
		return raw
	}
	return text
}

// skip returns the length of the value that raw begins with. It counts brackets instead of recursing, so that nesting costs
// no stack.
func skip(raw string) int {
	depth := 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			i += stringEnd(raw[i:])
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ':':
			if depth == 0 {
				return i
			}
		}
	}
	return len(raw)
}

// stringEnd returns the position of the quote that closes the string that raw begins with.
func stringEnd(raw string) int {
	for i := 1; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(raw) - 1
}
