package byhand_test

import (
	"strings"
	"testing"

	"c8yx/views/byhand"
)

func TestHeadersThatAreNotGivenByHand(t *testing.T) {
	for written, says := range map[string]string{
		"": "", "Accept: text/csv\n\n X-Cumulocity-System-Actor:  press 7 \n": "",
		"X-One: a: b, c":            "",
		"authorization: Bearer abc": "the sign-in",
		"Cookie: a=b":               "the sign-in",
		"TFAToken: 123":             "the sign-in",
		"Host: evil.example":        "the connection",
		"Content-Length: 7":         "the connection",
		"Accept-Encoding: gzip":     "the connection",
		"X-HTTP-Method: DELETE":     "choose the method",
		"X Y: z":                    "no name of a header",
		": z":                       "no name of a header",
		"X-Y: a\x1bb":               "a control character",
	} {
		header, err := byhand.ParseHeader(written)
		if err != nil {
			t.Errorf("%q: %v", written, err)
			continue
		}
		problem := byhand.Request{Method: "GET", Path: "/x"}.With(header).Check()
		switch {
		case says == "" && problem != nil:
			t.Errorf("%q: %v", written, problem)
		case says != "" && (problem == nil || problem.Part != "header" || !strings.Contains(problem.Error(), says)):
			t.Errorf("%q: %v, want %s", written, problem, says)
		case problem != nil && strings.Contains(problem.Error(), "abc"):
			t.Errorf("%q: the value is in %v", written, problem)
		}
	}
	if _, err := byhand.ParseHeader("Accept: x\nnothing"); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("%v", err)
	}
}

func TestHeadersAreReadAsTheyAreWritten(t *testing.T) {
	header, err := byhand.ParseHeader("x-b: 2\nAccept: text/csv\nX-A: 1\nx-b: 3")
	if err != nil {
		t.Fatal(err)
	}
	r := byhand.Request{}.With(header)
	if got := byhand.WriteHeader(r.Header); got != "X-A: 1\nX-B: 2\nX-B: 3" || r.Accept != "text/csv" {
		t.Errorf("%q, and %q is wanted", got, r.Accept)
	}
}
