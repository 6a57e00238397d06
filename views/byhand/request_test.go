package byhand_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/views/byhand"
	"c8yx/views/transfer"
)

func TestWhatIsWrongIsSaidBeforeAnythingIsSent(t *testing.T) {
	for _, tc := range []struct {
		request    byhand.Request
		part, says string
	}{
		{byhand.Request{Method: "GET", Path: "/alarm/alarms"}, "", ""},
		{byhand.Request{Method: "get", Path: "/alarm/alarms"}, "method", "there is no method"},
		{byhand.Request{Method: "GET"}, "path", "write a path"},
		{byhand.Request{Method: "GET", Path: "/alarm/alarms/{id}"}, "path", "put a value in place of {id}"},
		{byhand.Request{Method: "GET", Path: "/x", Query: "a=%zz"}, "query", "name=value"},
		{byhand.Request{Method: "GET", Path: "/x", Body: "{}"}, "body", "sends no body"},
		{byhand.Request{Method: "DELETE", Path: "/x", File: "y"}, "file", "sends no file"},
		{byhand.Request{Method: "POST", Path: "/x", File: "y", Body: "{}"}, "file", "either"},
		{byhand.Request{Method: "POST", Path: "/x", Body: "{\n  \"a\": 1,\n}"}, "body", "line 3, column 1"},
		{byhand.Request{Method: "POST", Path: "/x", Body: `{"a": [1, 2`}, "body", "ends too early"},
		{byhand.Request{Method: "POST", Path: "/x", Body: `{"a": 1} x`}, "body", "line 1, column 10"},
		{byhand.Request{Method: "POST", Path: "/x", Body: "a,b", ContentType: "text/csv"}, "", ""},
		{byhand.Request{Method: "POST", Path: "/x"}, "", ""},
	} {
		problem := tc.request.Check()
		switch {
		case tc.part == "" && problem != nil:
			t.Errorf("%+v: %v", tc.request, problem)
		case tc.part != "" && (problem == nil || problem.Part != tc.part || !strings.Contains(problem.Error(), tc.says)):
			t.Errorf("%+v: %v, want %q of the %s", tc.request, problem, tc.says, tc.part)
		}
	}
}

func TestTargets(t *testing.T) {
	for _, tc := range []struct{ path, query, want string }{
		{"/alarm/alarms", "", "/alarm/alarms"},
		{"alarm/alarms", "", "/alarm/alarms"},
		{" /alarm/alarms ", "pageSize=5", "/alarm/alarms?pageSize=5"},
		{"/alarm/alarms?a=b", "?c=d", "/alarm/alarms?a=b&c=d"},
		{"https://evil.example/alarm/alarms/1?x=y", "", "/alarm/alarms/1?x=y"},
		{"/inventory/managedObjects", "query=name eq 'A'", "/inventory/managedObjects?query=name%20eq%20'A'"},
	} {
		got, err := byhand.Request{Path: tc.path, Query: tc.query}.Target()
		if err != nil || got != tc.want {
			t.Errorf("%s and %s make %s, %v, want %s", tc.path, tc.query, got, err, tc.want)
		}
	}
}

func TestRequestsAreSentAsTheyWereMadeUp(t *testing.T) {
	var seen *http.Request
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		seen, body = r, string(raw)
		if r.URL.Path == "/csv" {
			w.Header().Set("Content-Type", "text/csv")
			_, _ = w.Write([]byte("a,b\r\n"))
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write([]byte(`{"id":"1"}`))
	}))
	defer server.Close()
	client, err := c8yclient.New(server.URL, c8yclient.WithAuth(c8yclient.Bearer{Token: "t"}))
	if err != nil {
		t.Fatal(err)
	}
	var m transfer.Meter
	answer, err := byhand.Request{Method: "POST", Path: "event/events", Query: "x=y", Body: `{"a":1}`, Mode: c8yclient.Quiescent}.Send(t.Context(), client, &m)
	if err != nil || answer.Status != 201 || !answer.IsJSON() || string(answer.Body) != `{"id":"1"}` {
		t.Fatalf("%+v, %v", answer, err)
	}
	if seen.Method != "POST" || seen.URL.String() != "/event/events?x=y" || body != `{"a":1}` || seen.Header.Get("Content-Type") != "application/json" ||
		seen.Header.Get("X-Cumulocity-Processing-Mode") != "QUIESCENT" || seen.Header.Get("Authorization") != "Bearer t" {
		t.Errorf("%s %s %q %v", seen.Method, seen.URL, body, seen.Header)
	}

	file := filepath.Join(t.TempDir(), "log.txt")
	if err := os.WriteFile(file, []byte("all is well"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (byhand.Request{Method: "PUT", Path: "/event/events/1/binaries", File: file}).Send(t.Context(), client, &m); err != nil || body != "all is well" {
		t.Errorf("PUT sends %q, %v", body, err)
	}
	if _, err := (byhand.Request{Method: "POST", Path: "/inventory/binaries", File: file}).Send(t.Context(), client, &m); err != nil || !strings.Contains(body, `filename="log.txt"`) {
		t.Errorf("POST sends %q, %v", body, err)
	}

	out := filepath.Join(t.TempDir(), "out.csv")
	save := byhand.NewSave(byhand.Request{Method: "GET", Path: "/csv"}, client, transfer.NewLanding(out, false))
	if err := save.Run(t.Context(), &m); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(out); string(got) != "a,b\r\n" || seen.Header.Get("Accept") != "*/*" {
		t.Errorf("%q was saved", got)
	}
}
