package write_test

import (
	"fmt"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/views/write"
)

type value = jsontext.Value

func TestOnlyWhatDiffersIsSent(t *testing.T) {
	for name, tc := range map[string]struct{ before, after, patch, back string }{
		"nothing":              {`{"name":"a","n":1}`, `{ "n": 1.0, "name": "a" }`, `{}`, `{}`},
		"a member":             {`{"name":"a","n":1}`, `{"name":"b","n":1}`, `{"name":"b"}`, `{"name":"a"}`},
		"within a fragment":    {`{"f":{"x":1,"y":2}}`, `{"f":{"x":1,"y":3}}`, `{"f":{"x":1,"y":3}}`, `{"f":{"x":1,"y":2}}`},
		"a fragment more":      {`{"name":"a"}`, `{"name":"a","f":{}}`, `{"f":{}}`, `{"f":null}`},
		"a fragment less":      {`{"name":"a","f":{"x":1}}`, `{"name":"a"}`, `{"f":null}`, `{"f":{"x":1}}`},
		"the order of a list":  {`{"l":[1,2]}`, `{"l":[2,1]}`, `{"l":[2,1]}`, `{"l":[1,2]}`},
		"the order of members": {`{"f":{"x":1,"y":2}}`, `{"f":{"y":2,"x":1}}`, `{}`, `{}`},
		"a long id":            {`{"id":9007199254740993}`, `{"id":9007199254740992}`, `{"id":9007199254740992}`, `{"id":9007199254740993}`},
		"an escaped name":      {`{"\u0061":1}`, `{"a":2}`, `{"a":2}`, `{"a":1}`},
		"text that looks same": {`{"a":"1"}`, `{"a":1}`, `{"a":1}`, `{"a":"1"}`},
	} {
		t.Run(name, func(t *testing.T) {
			patch := write.Patch(value(tc.before), value(tc.after))
			if string(patch) != tc.patch {
				t.Errorf("the patch is %s, want %s", patch, tc.patch)
			}
			if made := write.Apply(value(tc.before), patch); !write.Same(made, value(tc.after)) {
				t.Errorf("the tenant makes %s of it", made)
			}
			back := write.Revert(value(tc.before), patch)
			if string(back) != tc.back {
				t.Errorf("it is taken back by %s, want %s", back, tc.back)
			}
			if again := write.Apply(write.Apply(value(tc.before), patch), back); !write.Same(again, value(tc.before)) {
				t.Errorf("taken back it is %s", again)
			}
			if !write.Holds(value(tc.after), patch) || string(patch) != "{}" && write.Holds(value(tc.before), patch) {
				t.Errorf("Holds does not tell %s from %s by %s", tc.after, tc.before, patch)
			}
		})
	}
}

func TestDifferencesAreNamedByPath(t *testing.T) {
	for name, tc := range map[string]struct {
		before, after string
		want          []string
	}{
		"nothing":        {`{"a":1}`, `{"a":1}`, nil},
		"deep":           {`{"a":{"b":{"c":1,"d":2}}}`, `{"a":{"b":{"c":3,"d":2}}}`, []string{"a.b.c 1 3"}},
		"a new fragment": {`{}`, `{"f":{"x":1,"y":"z"}}`, []string{"f.x - 1", `f.y - "z"`}},
		"an empty one":   {`{}`, `{"f":{}}`, []string{"f - {}"}},
		"one that goes":  {`{"a":1,"f":{"x":1},"z":1}`, `{"a":1,"z":2}`, []string{"f.x 1 -", "z 1 2"}},
		"in a list":      {`{"l":["a","b"]}`, `{"l":["a","c","d"]}`, []string{`l[1] "b" "c"`, `l[2] - "d"`}},
		"another kind":   {`{"a":{"b":1}}`, `{"a":"b"}`, []string{`a {"b":1} "b"`}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, d := range write.Diff(value(tc.before), value(tc.after)) {
				shown := func(v value) string {
					if v == nil {
						return "-"
					}
					return string(v)
				}
				got = append(got, fmt.Sprint(d.Path, " ", shown(d.Before), " ", shown(d.After)))
			}
			if fmt.Sprint(got) != fmt.Sprint(tc.want) {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

func TestValuesAreSetByPath(t *testing.T) {
	doc := value(`{"name":"a","c8y_RequiredAvailability":{"responseInterval":30}}`)
	for _, tc := range []struct {
		set  value
		path []string
		want string
	}{
		{value(`"b"`), []string{"name"}, `{"name":"b","c8y_RequiredAvailability":{"responseInterval":30}}`},
		{value(`5`), []string{"c8y_RequiredAvailability", "responseInterval"}, `{"name":"a","c8y_RequiredAvailability":{"responseInterval":5}}`},
		{nil, []string{"c8y_RequiredAvailability", "responseInterval"}, `{"name":"a"}`},
		{value(`1`), []string{"x", "y", "z"}, `{"name":"a","c8y_RequiredAvailability":{"responseInterval":30},"x":{"y":{"z":1}}}`},
		{nil, []string{"not", "there"}, `{"name":"a","c8y_RequiredAvailability":{"responseInterval":30}}`},
	} {
		if got := write.Set(doc, tc.set, tc.path...); string(got) != tc.want {
			t.Errorf("%v = %s: got %s, want %s", tc.path, tc.set, got, tc.want)
		}
	}
}

func TestSecretsAreSentAndNotShown(t *testing.T) {
	r := write.Post("user/t1/users", value(`{"userName":"jane","password":"s3cret"}`)).Hiding("password")
	if got := r.String(); got != `POST /user/t1/users {"userName":"jane","password":"••••"}` {
		t.Error(got)
	}
	if string(r.Body) != `{"userName":"jane","password":"s3cret"}` {
		t.Errorf("what is sent is %s", r.Body)
	}
}
