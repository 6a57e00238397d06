package cmd

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
)

// narrate tells a story, as each here is told: does the table of what writes name it, then it has to do what the table says, every time that it
// is told. Of a test with subtests each has to.
func narrate(t *testing.T, options story.Options, telling func(*story.Story)) {
	t.Helper()
	sent := &outbox{}
	start := options.Start
	options.Start = func(w story.World) (story.Model, error) {
		sent.RoundTripper, w.Transport = w.Transport, sent
		return start(w)
	}
	name, _, _ := strings.Cut(t.Name(), "/")
	story.Run(t, options, func(s *story.Story) {
		t.Helper()
		telling(s)
		checkShown(t, name, sent.delivered(), s.HasSeen)
	})
}

// outbox is the program's way to the tenant; it keeps what went through and was to change something. What a story does to the tenant by
// itself goes another way.
type outbox struct {
	http.RoundTripper

	mu   sync.Mutex
	sent []delivery
}

// delivery is a request that the tenant has answered with 2xx.
type delivery struct {
	method, path string
	cause        string // what the program says that it is for
}

// RoundTrip sends a request.
func (o *outbox) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := o.RoundTripper.RoundTrip(r)
	if err == nil && r.Method != http.MethodGet && answer.StatusCode/100 == 2 {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.sent = append(o.sent, delivery{r.Method, r.URL.EscapedPath(), c8yclient.CauseOf(r.Context())})
	}
	return answer, err
}

// CloseIdleConnections passes on what [http.Client.CloseIdleConnections] asks for.
func (o *outbox) CloseIdleConnections() {
	if closer, ok := o.RoundTripper.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}

func (o *outbox) delivered() []delivery {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.sent)
}

// answers reports whether it is for what the program says in words that begin so, and of the shape "PUT /alarm/alarms/{}", in which {}
// stands for one segment of a path.
func (d delivery) answers(cause, shape string) bool {
	method, path, _ := strings.Cut(shape, " ")
	want, got := strings.Split(path, "/"), strings.Split(d.path, "/")
	return d.method == method && strings.HasPrefix(d.cause, cause) &&
		slices.EqualFunc(want, got, func(want, got string) bool { return want == got || want == "{}" && got != "" })
}

func TestADeliveryHasAShape(t *testing.T) {
	t.Parallel()
	d := delivery{"PUT", "/user/t4711/users/jane%2Fdoe", "Edit user jane/doe"}
	for _, c := range []struct {
		cause, shape string
		want         bool
	}{
		{"Edit user", "PUT /user/{}/users/{}", true},
		{"Edit", "PUT /user/t4711/users/{}", true},
		{"Delete 1 user", "PUT /user/{}/users/{}", false},
		{"Edit user", "POST /user/{}/users/{}", false},
		{"Edit user", "PUT /user/{}/users", false},
		{"Edit user", "PUT /user/{}/users/{}/{}", false},
		{"Edit user", "PUT /user/{}/groups/{}", false},
	} {
		if got := d.answers(c.cause, c.shape); got != c.want {
			t.Errorf("%v answers %q, %q: %t", d, c.cause, c.shape, got)
		}
	}
}

func TestEveryStoryIsNarrated(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(content, []byte("story.Run(")); n > 0 && file != "narrate_test.go" {
			t.Errorf("%s runs %d stories past narrate, which checks what they write", file, n)
		}
	}
}
