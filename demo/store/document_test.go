package store_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"c8yx/demo/store"
)

func parse(t testing.TB, s *store.Store, text string) store.Document {
	t.Helper()
	doc, err := s.Shapes.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestDocumentKeepsSpellingAndOrder(t *testing.T) {
	s := store.New()
	for _, test := range []struct{ text, want string }{
		{`{}`, `{}`},
		{`{ "z" : 1.50, "a" : {"y":1e3, "x":[ ]}, "m":"\u00e9\/" }`, `{"z":1.50,"a":{"y":1e3,"x":[]},"m":"\u00e9\/"}`},
		{`{"gone":null,"kept":0}`, `{"kept":0}`},
		{`{"twice":1,"b":2,"twice":3}`, `{"twice":3,"b":2}`},
		{`{"twice":1,"twice":null}`, `{}`},
	} {
		if got := parse(t, s, test.text).JSON(); got != test.want {
			t.Errorf("%s became %s, want %s", test.text, got, test.want)
		}
	}
}

func TestMerge(t *testing.T) {
	s := store.New()
	doc := parse(t, s, `{"name":"a","frag":{"x":1,"y":2},"old":true}`)
	for _, test := range []struct{ patch, want string }{
		{`{}`, `{"name":"a","frag":{"x":1,"y":2},"old":true}`},
		{`{"name":"b"}`, `{"name":"b","frag":{"x":1,"y":2},"old":true}`},
		{`{"frag":{"x":3}}`, `{"name":"a","frag":{"x":3},"old":true}`}, // replaced as a whole
		{`{"old":null,"never":null}`, `{"name":"a","frag":{"x":1,"y":2}}`},
		{`{"new":[1],"name":"c"}`, `{"name":"c","frag":{"x":1,"y":2},"old":true,"new":[1]}`},
		{`{"new":1,"new":2}`, `{"name":"a","frag":{"x":1,"y":2},"old":true,"new":2}`},
	} {
		if got := doc.Merge(&s.Shapes, test.patch).JSON(); got != test.want {
			t.Errorf("merge %s: %s, want %s", test.patch, got, test.want)
		}
	}
	if got := doc.JSON(); got != `{"name":"a","frag":{"x":1,"y":2},"old":true}` {
		t.Errorf("merging changed the original: %s", got)
	}
}

func TestLift(t *testing.T) {
	s := store.New()
	for _, text := range []string{`{"a":1,"id":"7","b":2,"self":null}`, `{"a":0,"a":1,"b":2,"id":"6","id":"7","self":null}`} {
		doc, lifted := s.Shapes.Lift(text, "id", "self", "missing")
		if doc.JSON() != `{"a":1,"b":2}` || !reflect.DeepEqual(lifted, []string{`"7"`, "null", ""}) {
			t.Errorf("Lift(%s) = %s, %q", text, doc.JSON(), lifted)
		}
	}
}

func TestDocumentAccess(t *testing.T) {
	s := store.New()
	doc := parse(t, s, `{"name":"Pump \"7\"","n":12,"o":{}}`)
	raw, found := doc.Get("n")
	if raw != "12" || !found || doc.Text("name") != `Pump "7"` || doc.Text("n") != "" || !doc.Has("o") || doc.Has("x") || doc.Len() != 3 {
		t.Errorf("n %q, name %q, n as text %q, has o %v, has x %v, %d members", raw, doc.Text("name"), doc.Text("n"), doc.Has("o"), doc.Has("x"), doc.Len())
	}
	if got := doc.Without(&s.Shapes, "n", "absent").JSON(); got != `{"name":"Pump \"7\"","o":{}}` {
		t.Errorf("without n: %s", got)
	}
	if got := doc.Set(&s.Shapes, "n", `[1]`).Set(&s.Shapes, "o", "null").Set(&s.Shapes, "p", `1`).JSON(); got != `{"name":"Pump \"7\"","n":[1],"p":1}` {
		t.Errorf("after setting: %s", got)
	}
	if got := s.Shapes.Encode(map[string]any{"b": 1, "a": map[string]any{"x": nil}, "none": nil}).JSON(); got != `{"a":{"x":null},"b":1}` {
		t.Errorf("encoded: %s", got)
	}
}

// A long value needs a length of several bytes.
func TestLongValues(t *testing.T) {
	s := store.New()
	long := strings.Repeat("x", 100_000)
	doc := parse(t, s, `{"a":"`+long+`","b":1}`)
	if raw, _ := doc.Get("b"); doc.Text("a") != long || raw != "1" {
		t.Errorf("a has %d characters, b is %q", len(doc.Text("a")), raw)
	}
}

func FuzzDocument(f *testing.F) {
	f.Add(`{"a":1,"b":{"c":[1,2]}}`, `{"a":null,"d":"x"}`)
	f.Fuzz(func(t *testing.T, text, patch string) {
		s := store.New()
		doc, err := s.Shapes.Parse([]byte(text))
		if err != nil {
			return
		}
		changes, err := s.Shapes.Parse([]byte(patch))
		if err != nil {
			return
		}
		var want, more, got map[string]any
		if json.Unmarshal([]byte(doc.JSON()), &want) != nil || json.Unmarshal([]byte(changes.JSON()), &more) != nil {
			t.Fatalf("invalid JSON: %s, %s", doc.JSON(), changes.JSON())
		}
		for key, value := range more {
			want[key] = value
		}
		merged := doc.Merge(&s.Shapes, changes.JSON()).JSON()
		if err := json.Unmarshal([]byte(merged), &got); err != nil {
			t.Fatalf("invalid JSON: %s", merged)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s merged with %s is %s", doc.JSON(), changes.JSON(), merged)
		}
	})
}
