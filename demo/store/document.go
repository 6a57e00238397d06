package store

import (
	"encoding/binary"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"c8yx/demo/rawjson"
)

// Document is an immutable JSON object: raw values, and keys that it shares with all documents of the same shape. A
// hundred thousand devices have a few dozen shapes between them, so a document costs its values and 24 bytes.
// The zero Document is the empty object.
type Document struct {
	shape  *shape
	values string // of every key in turn: length as uvarint, raw JSON
}

// shape is the ordered list of keys of some documents.
type shape struct {
	keys   []string
	quoted []string // the keys as JSON writes them, each with the colon behind it
	index  map[string]int
}

// maxShapes bounds what is remembered for sharing: a client that invents a new key for each document gets a shape of its
// own with every one, and takes it along when the document goes.
const maxShapes = 1 << 16

// Shapes is where documents find the ones that have the same keys. It is safe for concurrent use.
type Shapes struct {
	mu    sync.RWMutex
	known map[string]*shape
}

// Parse makes a document of a JSON object. Members that are null are left out: null means "not there" everywhere in the API.
func (s *Shapes) Parse(body []byte) (Document, error) {
	text, err := rawjson.CompactObject(body)
	if err != nil {
		return Document{}, err
	}
	return s.Compact(text), nil
}

// Compact is [Shapes.Parse] for text that is known to be a valid, compact object.
func (s *Shapes) Compact(object string) Document {
	doc, _ := s.Lift(object)
	return doc
}

// Lift is [Shapes.Compact] for an object of which some members do not belong into the document. It returns their raw values
// in the order of the names, "" for those that are not there.
func (s *Shapes) Lift(object string, names ...string) (Document, []string) {
	lifted := make([]string, len(names))
	b := builder{values: make([]byte, 0, len(object))}
	var few [24]string
	b.keys = few[:0]
	var seen map[string]bool
	if strings.Count(object, ":") > 4*len(few) {
		seen = make(map[string]bool) // looking keys up in a long list would be quadratic
	}
	for key, value := range rawjson.Members(object) {
		if at := slices.Index(names, key); at >= 0 {
			lifted[at] = value
			continue
		}
		if seen[key] || seen == nil && slices.Contains(b.keys, key) {
			return s.repeated(object, names)
		}
		if seen != nil {
			seen[key] = true
		}
		if value != "null" {
			b.add(key, value)
		}
	}
	return b.document(s), lifted
}

// repeated is Lift for the rare object that names a key twice: the last one counts.
func (s *Shapes) repeated(object string, names []string) (Document, []string) {
	last := map[string]string{}
	for key, value := range rawjson.Members(object) {
		last[key] = value
	}
	lifted := make([]string, len(names))
	for i, name := range names {
		lifted[i] = last[name]
		delete(last, name)
	}
	var b builder
	for key := range rawjson.Members(object) {
		if value, ok := last[key]; ok && value != "null" {
			b.add(key, value)
		}
		delete(last, key)
	}
	return b.document(s), lifted
}

// Encode makes a document of decoded JSON, with sorted keys.
func (s *Shapes) Encode(members map[string]any) Document {
	var b builder
	var scratch []byte
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if members[key] == nil {
			continue
		}
		scratch = rawjson.Append(scratch[:0], members[key])
		b.add(key, string(scratch))
	}
	return b.document(s)
}

// Get returns the raw value of a key.
func (d Document) Get(key string) (raw string, ok bool) {
	if d.shape == nil {
		return "", false
	}
	at, ok := d.shape.index[key]
	if !ok {
		return "", false
	}
	rest := d.values
	for range at {
		_, rest = next(rest)
	}
	raw, _ = next(rest)
	return raw, true
}

// Has reports whether the document has a key.
func (d Document) Has(key string) bool {
	if d.shape == nil {
		return false
	}
	_, ok := d.shape.index[key]
	return ok
}

// Text returns the decoded string of a key, "" if it is missing or no string.
func (d Document) Text(key string) string {
	raw, _ := d.Get(key)
	if rawjson.Kind(raw) != rawjson.String {
		return ""
	}
	return rawjson.Unquote(raw)
}

// Len returns the number of members.
func (d Document) Len() int {
	if d.shape == nil {
		return 0
	}
	return len(d.shape.keys)
}

// All walks over keys and raw values in the order in which they were written.
func (d Document) All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if d.shape == nil {
			return
		}
		rest, raw := d.values, ""
		for _, key := range d.shape.keys {
			if raw, rest = next(rest); !yield(key, raw) {
				return
			}
		}
	}
}

// Set returns the document with one value replaced or added; raw "null" removes the key.
func (d Document) Set(s *Shapes, key, raw string) Document {
	return d.apply(s, map[string]string{key: raw}, []string{key})
}

// Without returns the document without some keys.
func (d Document) Without(s *Shapes, keys ...string) Document {
	gone := make(map[string]string, len(keys))
	for _, key := range keys {
		if d.Has(key) {
			gone[key] = "null"
		}
	}
	if len(gone) == 0 {
		return d
	}
	return d.apply(s, gone, keys)
}

// Merge returns the document after a partial update with the members of a compact JSON object: values replace values as a
// whole, null removes, new keys come last. Nothing is merged below the top level.
func (d Document) Merge(s *Shapes, patch string) Document {
	changes := map[string]string{}
	var order []string
	for key, value := range rawjson.Members(patch) {
		if _, repeated := changes[key]; !repeated {
			order = append(order, key)
		}
		changes[key] = value
	}
	return d.apply(s, changes, order)
}

func (d Document) apply(s *Shapes, changes map[string]string, order []string) Document {
	var b builder
	for key, raw := range d.All() {
		if value, changed := changes[key]; changed {
			raw = value
		}
		if raw != "null" {
			b.add(key, raw)
		}
	}
	for _, key := range order {
		if value, ok := changes[key]; ok && value != "null" && !d.Has(key) {
			b.add(key, value)
		}
	}
	return b.document(s)
}

// Write writes the members into an object that is open.
func (d Document) Write(w *rawjson.Writer) {
	if d.shape == nil {
		return
	}
	rest, raw := d.values, ""
	for _, key := range d.shape.quoted {
		raw, rest = next(rest)
		w.Comma()
		w.Buf = append(append(w.Buf, key...), raw...)
	}
}

// JSON returns the document as compact JSON.
func (d Document) JSON() string {
	w := rawjson.Writer{}
	w.Open('{')
	d.Write(&w)
	w.Close('}')
	return string(w.Buf)
}

// builder collects the members of a document to be.
type builder struct {
	keys   []string
	values []byte
}

func (b *builder) add(key, raw string) {
	b.keys = append(b.keys, key)
	b.values = append(binary.AppendUvarint(b.values, uint64(len(raw))), raw...)
}

func (b *builder) document(s *Shapes) Document {
	if len(b.keys) == 0 {
		return Document{}
	}
	return Document{shape: s.find(b.keys), values: string(b.values)}
}

// next takes the first value off a list of values.
func next(values string) (raw, rest string) {
	length, n := uint64(0), 0
	for shift := 0; n < len(values); shift += 7 {
		c := values[n]
		n++
		length |= uint64(c&0x7f) << shift
		if c < 0x80 {
			break
		}
	}
	return values[n : n+int(length)], values[n+int(length):]
}

// find returns the shape with these keys, a new one if there is none yet.
func (s *Shapes) find(keys []string) *shape {
	var buffer [512]byte
	name := buffer[:0]
	for _, key := range keys {
		name = append(binary.AppendUvarint(name, uint64(len(key))), key...)
	}
	s.mu.RLock()
	found := s.known[string(name)]
	s.mu.RUnlock()
	if found != nil {
		return found
	}
	made := &shape{keys: make([]string, len(keys)), quoted: make([]string, len(keys)), index: make(map[string]int, len(keys))}
	for i, key := range keys {
		made.keys[i] = strings.Clone(key) // the key may be a piece of a request body
		made.quoted[i] = rawjson.Quote(key) + ":"
		made.index[made.keys[i]] = i
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.known[string(name)]; found != nil {
		return found
	}
	if s.known == nil {
		s.known = make(map[string]*shape)
	}
	if len(s.known) < maxShapes {
		s.known[string(name)] = made
	}
	return made
}
