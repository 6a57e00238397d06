package fragment

import (
	"bytes"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
)

// Path is the way to a value in a document: the names of members, from the outside inward.
type Path []string

// ParsePath reads a path as it is typed: names with dots between them.
func ParsePath(s string) Path { return strings.Split(s, ".") }

func (p Path) String() string { return strings.Join(p, ".") }

// MaxValue is how many bytes of a value [Path.Value] returns at most. Columns show less, and
// lists of software may have megabytes.
const MaxValue = 512

// Value returns what stands at the path in a document: a text without its quotes, any other
// value as JSON; "" if there is nothing, or null. Where the path leads through a list, it is
// the list of what its elements have there.
func (p Path) Value(document jsontext.Value) string {
	return clip(Plain(p.raw(document)))
}

func (p Path) raw(value jsontext.Value) jsontext.Value {
	for i, name := range p {
		switch value.Kind() {
		case '{':
			object := c8yclient.Document{Fragments: value}
			member, ok := object.Fragment(name)
			if !ok {
				return nil
			}
			value = member
		case '[':
			return p[i:].each(value)
		default:
			return nil
		}
	}
	return value
}

// each returns the list of what the elements of a list have at the path, nil if none has.
func (p Path) each(list jsontext.Value) jsontext.Value {
	var found jsontext.Value
	for element := range Elements(list) {
		value := p.raw(element)
		if value == nil || value.Kind() == 'n' {
			continue
		}
		if found == nil {
			found = append(found, '[')
		} else {
			found = append(found, ',')
		}
		found = append(found, value...)
		if len(found) > MaxValue {
			break
		}
	}
	if found != nil {
		found = append(found, ']')
	}
	return found
}

// Plain returns a value as text: a text without its quotes, "" for null, anything else as it
// is.
func Plain(value jsontext.Value) string {
	switch value.Kind() {
	case '"':
		if inner := value[1 : len(value)-1]; !bytes.ContainsRune(inner, '\\') {
			return string(inner)
		}
		plain, _ := jsontext.AppendUnquote(nil, value)
		return string(plain)
	case 'n', 0:
		return ""
	}
	return string(value)
}

// clip cuts a text at MaxValue bytes, between characters.
func clip(s string) string {
	if len(s) <= MaxValue {
		return s
	}
	end := MaxValue
	for end > MaxValue-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

// Elements returns the elements of a JSON list, of one that was cut off those that are whole.
// Of anything else it returns none.
func Elements(list jsontext.Value) iter.Seq[jsontext.Value] {
	return func(yield func(jsontext.Value) bool) {
		if list.Kind() != '[' {
			return
		}
		depth, quoted, start := 0, false, -1
		for i := 0; i < len(list); i++ {
			c := list[i]
			switch {
			case quoted && c == '\\':
				i++
			case c == '"':
				quoted = !quoted
				if start < 0 {
					start = i
				}
			case quoted:
			case c == '[' || c == '{':
				if depth++; depth > 1 && start < 0 {
					start = i
				}
			case depth == 1 && (c == ',' || c == ']'):
				if start >= 0 && !yield(trimmed(list[start:i])) {
					return
				}
				if start = -1; c == ']' {
					return
				}
			case c == ']' || c == '}':
				depth--
			case start < 0 && c > ' ':
				start = i
			}
		}
	}
}

func trimmed(value jsontext.Value) jsontext.Value {
	for len(value) > 0 && value[len(value)-1] <= ' ' {
		value = value[:len(value)-1]
	}
	return value[:len(value):len(value)]
}
