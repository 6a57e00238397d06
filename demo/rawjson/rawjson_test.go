package rawjson_test

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"c8yx/demo/rawjson"
)

func TestMembersKeepWhatWasWritten(t *testing.T) {
	text, err := rawjson.CompactObject([]byte(` { "a" : 1.50 , "b\"c" : { "x" : [ 1 , "},]" , {} ] } , "d":"", "e": [] , "f": null } `))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for key, value := range rawjson.Members(text) {
		got = append(got, key+"="+value)
	}
	want := []string{"a=1.50", `b"c={"x":[1,"},]",{}]}`, `d=""`, "e=[]", "f=null"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("members\n got %q\nwant %q", got, want)
	}
}

func TestElements(t *testing.T) {
	for _, test := range []struct {
		array string
		want  []string
	}{
		{`[]`, nil},
		{`[1,"a,b",[2,3],{"k":[4]}]`, []string{`1`, `"a,b"`, `[2,3]`, `{"k":[4]}`}},
		{`["\\","\""]`, []string{`"\\"`, `"\""`}},
		{`{"not":"an array"}`, nil},
	} {
		var got []string
		for element := range rawjson.Elements(test.array) {
			got = append(got, element)
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("Elements(%s) = %q, want %q", test.array, got, test.want)
		}
	}
}

func TestCompactObjectRefuses(t *testing.T) {
	for _, text := range []string{``, `[]`, `1`, `{"a":}`, `{"a":1`, `{"a":1}{}`, `{'a':1}`} {
		if got, err := rawjson.CompactObject([]byte(text)); err == nil {
			t.Errorf("CompactObject(%q) = %q, want an error", text, got)
		}
	}
}

func TestAppendAgreesWithEncodingJSON(t *testing.T) {
	for _, v := range []any{
		nil, "", "plain", "quote\" back\\ \n\r\t\x01 ümlaut 東京 \u2028", true, 12, int64(-7), 0.0, 21.5, 1e-9, 1e30, -0.25,
		[]string{"a", "b"},
		[]any{1, "x", nil},
		map[string]any{"b": 1, "a": map[string]any{}},
		struct{ X int }{3},
	} {
		want, _ := json.Marshal(v)
		var a, b any
		got := rawjson.Append(nil, v)
		if err := json.Unmarshal(got, &a); err != nil {
			t.Errorf("Append(%v) = %s: %v", v, got, err)
			continue
		}
		_ = json.Unmarshal(want, &b)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("Append(%v) = %s, want the value of %s", v, got, want)
		}
	}
	if got := string(rawjson.Append(nil, math.NaN())); got != "null" {
		t.Errorf("NaN became %s", got)
	}
	if got := string(rawjson.AppendString(nil, "a\xffb")); got != "\"a\ufffdb\"" {
		t.Errorf("broken UTF-8 became %q", got)
	}
}

func FuzzMembers(f *testing.F) {
	f.Add(`{"a":{"b":[1,2,{"c":"}"}]},"d":"\\\""}`)
	f.Add(strings.Repeat(`{"a":`, 50) + "1" + strings.Repeat("}", 50))
	f.Fuzz(func(t *testing.T, body string) {
		text, err := rawjson.CompactObject([]byte(body))
		if err != nil {
			return
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		got := map[string]json.RawMessage{}
		for key, value := range rawjson.Members(text) {
			got[key] = json.RawMessage(value)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("Members(%s) = %q, want %q", text, got, want)
		}
	})
}
