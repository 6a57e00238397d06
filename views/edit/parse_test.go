package edit

import "testing"

func TestWhatIsWrongIsSaidWithItsPlace(t *testing.T) {
	for written, want := range map[string]string{
		`{"a":1}`:                        "",
		" [1, 2]\n":                      "",
		"":                               "there is nothing",
		"{\n  \"a\": 1,\n}":              "line 2, column 9: there is a comma too many",
		"{\n  \"a\": 1,,\n  \"b\": 2\n}": "line 2, column 10: there is a comma too many",
		"{\n  \"a\": [1, 2,]\n}":         "line 2, column 13: there is a comma too many",
		"{\n  \"a\": 1\n  \"b\": 2\n}":   "line 3, column 3: a comma is missing before this",
		"{\n  \"a\": 1":                  "line 2, column 9: the document ends too early",
		"{\"a\": \"x}":                   "line 1, column 10: the document ends too early",
		"{\"a\": 1} x":                   "line 1, column 10: something follows the end of the document",
		"{\"a\": 1, \"a\": 2}":           "line 1, column 10: this name is there twice",
		"{,\"a\": 1}":                    "line 1, column 2: there is a comma too many",
		"{a: 1}":                         "line 1, column 2: invalid character 'a' at start of value",
		"{\"größe\": 1, \"ö\": ü}":       "line 1, column 19: invalid character 'ü' at start of value",
		"{\"a\": \"line\nbreak\"}":       `line 1, column 12: within a text, line breaks and the like are written as \n, \t and so on`,
		"{\"a\": tru}":                   "line 1, column 10: invalid character '}' in literal true (expecting 'e')",
	} {
		p := Parse([]byte(written))
		switch {
		case want == "" && p != nil:
			t.Errorf("%q: %v", written, p)
		case want != "" && (p == nil || p.Error() != want):
			t.Errorf("%q:\n got %v\nwant %v", written, p, want)
		}
	}
}
