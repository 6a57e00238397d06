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
	value any // what Tenant allows, a document, or a fixed value
}

// fixed is a value that many documents share, encoded once.
type fixed struct {
	value any
	json  []byte
}

func fix(value any) fixed { return fixed{value, rawjson.Append(nil, value)} }

// empty is the value of a marker fragment.
func empty() fixed { return fix(map[string]any{}) }

// fields returns the document as Tenant takes it.
func (d document) fields() map[string]any {
	m := make(map[string]any, len(d))
	for _, f := range d {
		switch v := f.value.(type) {
		case fixed:
			m[f.key] = v.value
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
		switch v := f.value.(type) {
		case fixed:
			b = append(b, v.json...)
		case document:
			b = v.append(b)
		default:
			b = rawjson.Append(b, v)
		}
	}
	return append(b, '}')
}

// stamp writes a time as the API does.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// stampUnix is stamp for Unix seconds.
func stampUnix(at int64) string { return stamp(time.Unix(at, 0)) }

// ref is a reference to an object inside a document.
func ref(id string) map[string]any { return map[string]any{"id": id} }
