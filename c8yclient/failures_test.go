package c8yclient_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	"c8yx/c8yclient"
)

// everyFailure is what can come in place of an answer, and what it is called.
func everyFailure() map[string]failure {
	refusals := map[string]failure{}
	for status, kind := range map[int]error{
		400: c8yclient.ErrInvalid, 401: c8yclient.ErrUnauthorized, 403: c8yclient.ErrForbidden, 404: c8yclient.ErrNotFound,
		409: c8yclient.ErrConflict, 422: c8yclient.ErrInvalid, 429: c8yclient.ErrRateLimited,
		500: c8yclient.ErrServer, 503: c8yclient.ErrServer,
	} {
		refusals[http.StatusText(status)] = failure{status: status, kind: kind, body: func(operation) string {
			return `{"error":"general/error","message":"it does not work","info":"https://acme.example/help"}`
		}}
	}
	refusals["page of a proxy"] = failure{status: 502, kind: c8yclient.ErrServer, body: func(operation) string {
		return "<html><title>Bad gateway</title></html>"
	}}
	refusals["reset"] = failure{kind: c8yclient.ErrTransport}
	return refusals
}

type failure struct {
	status int // 0 for no answer at all
	kind   error
	body   func(operation) string
}

// Whatever goes wrong, every method says what, and no error tells a secret. The bubble does not
// end while a goroutine is left, nor is an answer left open.
func TestOperationsFail(t *testing.T) {
	for name, failure := range everyFailure() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { failEverything(t, failure) })
		})
	}
}

func failEverything(t *testing.T, failure failure) {
	for _, op := range operations() {
		if op.status == failure.status {
			continue // this is what success looks like
		}
		_, err := op.call(t.Context(), failingClient(t, op, failure))
		var told *c8yclient.Error
		if !errors.Is(err, failure.kind) || !errors.As(err, &told) {
			t.Errorf("%s: %v, want %v", op.method, err, failure.kind)
			continue
		}
		if told.Method == "" || told.Target == "" || told.Status != failure.status {
			t.Errorf("%s: the error does not say what was tried: %+v", op.method, told)
		}
		for _, secret := range []string{password.Reveal(), "New-pa55", "123456", "once", "code-1"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s tells a secret: %v", op.method, err)
			}
		}
	}
}

// An answer that is not what was promised is an error, or at least no panic.
func TestOperationsReadNonsense(t *testing.T) {
	for name, test := range map[string]struct {
		nonsense   func(answer string) string
		unreadable bool
	}{
		"a web page":     {func(string) string { return "<html><title>Sign in</title></html>" }, true},
		"half an answer": {func(answer string) string { return answer[:len(answer)/2] }, true},
		"wrong types": {func(string) string {
			return `{"id":{},"self":[1],"name":7,"time":"soon","count":"many","statistics":[]}`
		}, false},
		"a list":  {func(string) string { return `[1,"a",null,{"id":[]},[]]` }, false},
		"null":    {func(string) string { return "null" }, false},
		"nothing": {func(string) string { return "" }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, op := range operations() {
				if op.statusCode() > 299 || len(op.answered) > 0 || !json.Valid([]byte(op.answer)) {
					continue // not read, or not JSON
				}
				given := failure{status: op.statusCode(), body: func(op operation) string { return test.nonsense(op.answer) }}
				_, err := op.call(t.Context(), failingClient(t, op, given))
				switch {
				case err == nil && test.unreadable && len(op.answer) > 1 && !strings.Contains(op.accept, "text/plain"):
					t.Errorf("%s does not notice", op.method)
				case err != nil && !errors.Is(err, c8yclient.ErrUnreadable) && !errors.Is(err, c8yclient.ErrNotFound):
					t.Errorf("%s: %v", op.method, err)
				}
			}
		})
	}
}

// failingClient returns a client that gets a failure for an answer, and takes it for one at once.
func failingClient(t *testing.T, op operation, f failure) *c8yclient.Client {
	t.Helper()
	client, srv := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(f.status)
		_, _ = io.WriteString(w, f.body(op))
	}, c8yclient.WithRetry(c8yclient.NoRetry()))
	if f.status != 0 {
		return client
	}
	broken, err := c8yclient.New("https://acme.example", c8yclient.WithRetry(c8yclient.NoRetry()),
		c8yclient.WithAuth(c8yclient.Basic{User: "jane", Password: password}),
		c8yclient.WithTransport(reset{srv}))
	if err != nil {
		t.Fatal(err)
	}
	return broken
}

// reset is a connection that breaks after the request.
type reset struct{ *tenant }

// RoundTrip implements [http.RoundTripper].
func (r reset) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		_, _ = io.Copy(io.Discard, req.Body)
		_ = req.Body.Close()
	}
	return nil, syscall.ECONNRESET
}
