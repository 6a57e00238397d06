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
	var few [manyKeys]string
	var room [manyValues]byte
	keys, values := few[:0], room[:0]
	var seen map[string]bool
	if strings.Count(object, ":") > 4*manyKeys {
		seen = make(map[string]bool) // looking keys up in a long list would be quadratic
	}
	for key, value := range rawjson.Members(object) {
		if at := slices.Index(names, key); at >= 0 {
			lifted[at] = value
			continue
		}
		if seen[key] || seen == nil && slices.Contains(keys, key) {
			return s.repeated(object, names)
		}
		if seen != nil {
			seen[key] = true
		}
		if value != "null" {
			keys, values = append(keys, key), appendRaw(values, value)
		}
	}
	return s.document(keys, values), lifted
}

// Make makes a document of n members. No key comes twice, values are compact JSON and none is null.
func (s *Shapes) Make(n int, member func(i int) (key string, value []byte)) Document {
	var few [manyKeys]string
	var room [manyValues]byte
	keys, values := few[:0], room[:0]
	for i := range n {
		key, value := member(i)
		keys, values = append(keys, key), appendRaw(values, value)
	}
	return s.document(keys, values)
}

// Alike makes documents with the same keys, none of which comes twice: value appends the raw value of one of the keys of one of the documents.
// All lie in one piece of memory, which is given back when the last of them goes.
func (s *Shapes) Alike(documents int, keys []string, value func(dst []byte, document, key int) []byte) []Document {
	var text, one []byte
	ends := make([]int, documents)
	for i := range documents {
		for k := range keys {
			one = value(one[:0], i, k)
			text = appendRaw(text, one)
		}
		if ends[i] = len(text); i == 0 {
			text = slices.Grow(text, len(text)*documents*9/8) // the others will be about as long
		}
	}
	all, shape, docs := string(text), s.find(keys), make([]Document, documents)
	for i, start := 0, 0; i < documents; i++ {
		docs[i] = Document{shape, all[start:ends[i]]}
		start = ends[i]
	}
	return docs
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
	var keys []string
	var values []byte
	for key := range rawjson.Members(object) {
		if value, ok := last[key]; ok && value != "null" {
			keys, values = append(keys, key), appendRaw(values, value)
		}
		delete(last, key)
	}
	return s.document(keys, values), lifted
}

// Encode makes a document of decoded JSON, with sorted keys.
func (s *Shapes) Encode(members map[string]any) Document {
	var keys []string
	var values, scratch []byte
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if members[key] == nil {
			continue
		}
		scratch = rawjson.Append(scratch[:0], members[key])
		keys, values = append(keys, key), appendRaw(values, scratch)
	}
	return s.document(keys, values)
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
	var few [manyKeys]string
	var room [manyValues]byte
	keys, values := few[:0], room[:0]
	for key, raw := range d.All() {
		if value, changed := changes[key]; changed {
			raw = value
		}
		if raw != "null" {
			keys, values = append(keys, key), appendRaw(values, raw)
		}
	}
	for _, key := range order {
		if value, ok := changes[key]; ok && value != "null" && !d.Has(key) {
			keys, values = append(keys, key), appendRaw(values, value)
		}
	}
	return s.document(keys, values)
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

// Most documents are put together on the stack: they have no more keys and bytes than that.
const (
	manyKeys   = 24
	manyValues = 2048
)

// appendRaw adds a value to a list of values.
func appendRaw[T string | []byte](values []byte, raw T) []byte {
	return append(binary.AppendUvarint(values, uint64(len(raw))), raw...)
}

// document makes a document of its keys and a list of their values.
func (s *Shapes) document(keys []string, values []byte) Document {
	if len(keys) == 0 {
		return Document{}
	}
	return Document{shape: s.find(keys), values: string(values)}
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
