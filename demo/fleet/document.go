package fleet

import (
	"time"

	"c8yx/demo/rawjson"
)

// document is a JSON object on its way into the tenant, in the order in which it will be shown. A tenant that takes bytes
// gets bytes; maps are made only for one that does not.
type document []member

type member struct {
	key   string
	value any // what Tenant allows, a document, a moment, a fixed value or a list of those
}

// fixed is a value that many documents share, encoded once.
type fixed struct {
	value any
	json  []byte
}

func fix(value any) *fixed { return &fixed{value, rawjson.Append(nil, value)} }

// empty is the value of a marker fragment.
func empty() *fixed { return fix(map[string]any{}) }

// list is an array of fixed values.
type list []*fixed

// moment is a time in Unix seconds.
type moment int64

// fields returns the document as Tenant takes it.
func (d document) fields() map[string]any {
	m := make(map[string]any, len(d))
	for _, f := range d {
		switch v := f.value.(type) {
		case *fixed:
			m[f.key] = v.value
		case list:
			all := make([]any, len(v))
			for i, one := range v {
				all[i] = one.value
			}
			m[f.key] = all
		case moment:
			m[f.key] = stampUnix(int64(v))
		case document:
			m[f.key] = v.fields()
		default:
			m[f.key] = v
		}
	}
	return m
}

// append appends the document as JSON.
func (d document) append(b []byte) []byte {
	b = append(b, '{')
	for i, f := range d {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(rawjson.AppendString(b, f.key), ':')
		b = appendValue(b, f.value)
	}
	return append(b, '}')
}

// appendValue appends the value of a member as JSON.
func appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case *fixed:
		return append(b, v.json...)
	case list:
		b = append(b, '[')
		for i, one := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, one.json...)
		}
		return append(b, ']')
	case moment:
		return append(rawjson.AppendMilli(append(b, '"'), int64(v)*1000), '"')
	case document:
		return v.append(b)
	default:
		return rawjson.Append(b, v)
	}
}

// stamp writes a time as the API does.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// stampUnix is stamp for Unix seconds.
func stampUnix(at int64) string { return stamp(time.Unix(at, 0)) }

// ref is a reference to an object inside a document.
func ref(id string) map[string]any { return map[string]any{"id": id} }
