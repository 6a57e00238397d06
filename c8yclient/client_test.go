package c8yclient_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"c8yx/c8yclient"
)

// tenant answers requests without a network, so that it works in the bubble of a synctest,
// and records them.
type tenant struct {
	handler http.HandlerFunc

	mu       sync.Mutex
	requests []recorded
	open     atomic.Int64 // answers whose bodies nobody has closed
}

// answerBody counts as open until it is closed.
type answerBody struct {
	io.ReadCloser
	close func()
}

func (b *answerBody) Close() error {
	b.close()
	return b.ReadCloser.Close()
}

// recorded is a request as it went out.
type recorded struct {
	Method, Target, Host string
	Header               http.Header
	Body                 string
}

// RoundTrip implements [http.RoundTripper].
func (srv *tenant) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
		_ = req.Body.Close()
	}
	srv.mu.Lock()
	srv.requests = append(srv.requests, recorded{
		Method: req.Method, Target: req.URL.RequestURI(), Host: req.URL.Scheme + "://" + req.URL.Host,
		Header: req.Header.Clone(), Body: string(body),
	})
	srv.mu.Unlock()
	req.Body = io.NopCloser(strings.NewReader(string(body)))
	w := httptest.NewRecorder()
	srv.handler(w, req)
	resp := w.Result()
	resp.Request = req
	srv.open.Add(1)
	resp.Body = &answerBody{resp.Body, sync.OnceFunc(func() { srv.open.Add(-1) })}
	return resp, nil
}

func (srv *tenant) recorded() []recorded {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	return append([]recorded(nil), srv.requests...)
}

// last returns the most recent request.
func (srv *tenant) last(t *testing.T) recorded {
	t.Helper()
	all := srv.recorded()
	if len(all) == 0 {
		t.Fatal("no request was sent")
	}
	return all[len(all)-1]
}

const password = c8yclient.Secret("pa55-w0rd")

// newClient returns a client whose requests the handler answers.
func newClient(t *testing.T, handler http.HandlerFunc, options ...c8yclient.Option) (*c8yclient.Client, *tenant) {
	t.Helper()
	srv := &tenant{handler: handler}
	t.Cleanup(func() {
		if n := srv.open.Load(); n != 0 {
			t.Errorf("%d answers were left open: their connections are lost", n)
		}
	})
	options = append([]c8yclient.Option{
		c8yclient.WithTransport(srv),
		c8yclient.WithAuth(c8yclient.Basic{Tenant: "t4711", User: "jane", Password: password}),
	}, options...)
	client, err := c8yclient.New("https://acme.example", options...)
	if err != nil {
		t.Fatal(err)
	}
	return client, srv
}

// answer is a handler that always says the same.
func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestNewAddress(t *testing.T) {
	for _, test := range []struct{ address, want string }{
		{"acme.example", "https://acme.example"},
		{" https://acme.example/ ", "https://acme.example"},
		{"http://127.0.0.1:8090/", "http://127.0.0.1:8090"},
		{"localhost:8090", "https://localhost:8090"},
		{"https://proxy.example/c8y/", "https://proxy.example/c8y"},
		{"", ""},
		{"ftp://acme.example", ""},
		{"https://", ""},
		{"https://jane:pa55-w0rd@acme.example", ""},
		{"https://acme.example/?token=pa55-w0rd", ""},
		{"https://acme.example:port%zz@pa55-w0rd", ""},
	} {
		client, err := c8yclient.New(test.address)
		switch {
		case err != nil && strings.Contains(err.Error(), string(password.Reveal())):
			t.Errorf("New(%q): the error tells the password: %v", test.address, err)
		case err != nil && test.want != "":
			t.Errorf("New(%q): %v", test.address, err)
		case err == nil && client.BaseURL().String() != test.want:
			t.Errorf("New(%q): base is %v, want %q", test.address, client.BaseURL(), test.want)
		}
	}
}

func TestEveryRequestCarries(t *testing.T) {
	client, srv := newClient(t, answer(http.StatusOK, `{}`),
		c8yclient.WithUserAgent("c8yx/1.0"), c8yclient.WithApplicationKey("explorer"))
	if _, err := client.Alarms.Get(t.Context(), "901"); err != nil {
		t.Fatal(err)
	}
	header := srv.last(t).Header
	for name, want := range map[string]string{
		"Accept":                       "application/json",
		"User-Agent":                   "c8yx/1.0",
		"X-Cumulocity-Application-Key": "explorer",
		"Authorization":                "Basic dDQ3MTEvamFuZTpwYTU1LXcwcmQ=",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestPathsAreEscaped(t *testing.T) {
	client, srv := newClient(t, answer(http.StatusOK, `{}`))
	ctx := t.Context()
	for _, test := range []struct {
		call func() error
		want string
	}{
		{func() error { _, err := client.Identity.Get(ctx, "c8y_Serial", "a/b c+d?e#f%2F"); return err }, "/identity/externalIds/c8y_Serial/a%2Fb%20c+d%3Fe%23f%252F"},
		{func() error { _, err := client.Identity.Get(ctx, "..", "."); return err }, "/identity/externalIds/%2E%2E/%2E"},
		{func() error { _, err := client.Alarms.Get(ctx, "ä\x00"); return err }, "/alarm/alarms/%C3%A4%00"},
		{func() error { return client.Get(ctx, "/service/my%2Fapp/x?a=b%2Bc", nil) }, "/service/my%2Fapp/x?a=b%2Bc"},
		{func() error { return client.Get(ctx, "http://internal:8111/alarm/alarms/a%2Fb?x=1", nil) }, "/alarm/alarms/a%2Fb?x=1"},
		{func() error { return client.Get(ctx, "//evil.example/alarm/alarms", nil) }, "/alarm/alarms"},
	} {
		if err := test.call(); err != nil {
			t.Errorf("%s: %v", test.want, err)
			continue
		}
		if got := srv.last(t); got.Target != test.want || got.Host != "https://acme.example" {
			t.Errorf("sent to %s%s, want %s", got.Host, got.Target, test.want)
		}
	}
}

// An empty id would turn an operation on one thing into one on all.
func TestEmptyIDsAreRefused(t *testing.T) {
	client, srv := newClient(t, answer(http.StatusOK, `{}`))
	ctx := t.Context()
	_, getErr := client.Alarms.Get(ctx, "")
	_, typeErr := client.Alarms.UpdateMany(ctx, c8yclient.AlarmFilter{Source: "1", Type: []string{"x"}}, c8yclient.AlarmCleared)
	_, manyErr := client.Alarms.UpdateMany(ctx, c8yclient.AlarmFilter{}, c8yclient.AlarmCleared)
	var listErr error
	for _, listErr = range client.Inventory.Children(ctx, "", c8yclient.ChildAssets, nil) {
		break
	}
	for name, err := range map[string]error{
		"Alarms.Get":            getErr,
		"Alarms.UpdateMany":     manyErr,
		"by type":               typeErr,
		"Inventory.Children":    listErr,
		"Inventory.Delete":      client.Inventory.Delete(ctx, "", nil),
		"Events.Delete":         client.Events.Delete(ctx, ""),
		"Alarms.DeleteMany":     client.Alarms.DeleteMany(ctx, c8yclient.AlarmFilter{Status: []c8yclient.AlarmStatus{"CLEARED"}}),
		"Events.DeleteMany":     client.Events.DeleteMany(ctx, c8yclient.EventDeleteFilter{Type: "x"}),
		"Operations.DeleteMany": client.Operations.DeleteMany(ctx, c8yclient.OperationDeleteFilter{}),
		"Measurements.DeleteMany": client.Measurements.DeleteMany(ctx,
			c8yclient.MeasurementDeleteFilter{Type: "x"}),
		"Get without slash": client.Get(ctx, "alarm/alarms", nil),
		"mailto":            client.Get(ctx, "mailto:jane@acme.example", nil),
	} {
		wantKind(t, name, err, c8yclient.ErrInvalid)
	}
	if sent := srv.recorded(); len(sent) != 0 {
		t.Errorf("requests were sent all the same: %v", sent)
	}
}
