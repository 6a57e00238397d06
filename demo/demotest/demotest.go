package demotest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"c8yx/demo"
)

// TB is what Start needs of a *testing.T or *testing.B.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Tenant is a demo tenant that is served over HTTP on loopback.
type Tenant struct {
	*demo.Tenant
	URL   string    // "http://127.0.0.1:40123"
	Admin demo.User // who may do everything; [demo.Tenant.Users] has the others
	t     TB
}

// Start makes a tenant and serves it until the test ends. Time passes in it as it does outside; with [demo.Options.Life] its company
// lives.
func Start(t TB, options demo.Options) *Tenant {
	t.Helper()
	tenant, err := demo.New(options)
	if err != nil {
		t.Fatalf("demotest: %v", err)
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	tenant.Start(ctx)
	server := httptest.NewServer(tenant)
	t.Cleanup(func() {
		cancel()
		tenant.Close() // before the server, which waits for realtime connections
		server.Close()
	})
	return &Tenant{Tenant: tenant, URL: server.URL, Admin: options.Administrator(), t: t}
}

// Do sends a request as the administrator and returns the body of the answer: to arrange what a test needs, and to look at what
// the code under test has done. It fails the test unless the tenant is content.
func (t *Tenant) Do(method, path, body string) string {
	t.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, t.URL+path, strings.NewReader(body))
	if err != nil {
		t.t.Fatalf("demotest: %v", err)
		return ""
	}
	request.Header.Set("Accept", "application/json") // or POST and PUT are answered without a body
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	request.SetBasicAuth(t.Admin.Tenant+"/"+t.Admin.Name, t.Admin.Password)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.t.Fatalf("demotest: %v", err)
		return ""
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode >= http.StatusBadRequest {
		err = fmt.Errorf("%s: %s", response.Status, answer)
	}
	if err != nil {
		t.t.Fatalf("demotest: %s %s: %v", method, path, err)
	}
	return string(answer)
}

// Create posts a document as the administrator and returns its id.
func (t *Tenant) Create(path, document string) string {
	t.t.Helper()
	var made struct{ ID string }
	if err := json.Unmarshal([]byte(t.Do(http.MethodPost, path, document)), &made); err != nil || made.ID == "" {
		t.t.Fatalf("demotest: POST %s: there is no id in the answer", path)
	}
	return made.ID
}
