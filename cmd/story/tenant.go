package story

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

// Tenant is the tenant behind the program, spoken to in plain HTTP: it shares
// no code with the client under test, so a mistake there cannot hide itself.
type Tenant struct {
	t       *testing.T
	client  *http.Client
	account Account
}

// As is the tenant as another account sees it.
func (t *Tenant) As(account Account) *Tenant {
	other := *t
	other.account = account
	return &other
}

// Get returns the document at a path, which may have a query.
func (t *Tenant) Get(path string) map[string]any {
	t.t.Helper()
	return t.document(http.MethodGet, path, nil)
}

// Post sends a document and returns the answer.
func (t *Tenant) Post(path string, document map[string]any) map[string]any {
	t.t.Helper()
	return t.document(http.MethodPost, path, document)
}

// Put sends a document and returns the answer.
func (t *Tenant) Put(path string, document map[string]any) map[string]any {
	t.t.Helper()
	return t.document(http.MethodPut, path, document)
}

// Delete deletes what is at a path.
func (t *Tenant) Delete(path string) {
	t.t.Helper()
	if status, body := t.Do(http.MethodDelete, path, nil); status >= 300 {
		t.t.Fatalf("DELETE %s: %d: %s", path, status, body)
	}
}

// Do sends a request with a JSON body, none if document is nil, and returns the
// status and the body of the answer, whatever they are.
func (t *Tenant) Do(method, path string, document any) (status int, body []byte) {
	t.t.Helper()
	var sent io.Reader = http.NoBody
	if document != nil {
		encoded, err := json.Marshal(document)
		if err != nil {
			t.t.Fatalf("%s %s: %v", method, path, err)
		}
		sent = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(t.t.Context(), method, address+path, sent)
	if err != nil {
		t.t.Fatalf("%s %s: %v", method, path, err)
	}
	// Without Accept the platform answers a write with an empty body.
	request.Header.Set("Accept", "application/json")
	if document != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if t.account.User != "" {
		request.SetBasicAuth(t.account.name(), t.account.Password)
	}
	response, err := t.client.Do(request)
	if err != nil {
		t.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	if body, err = io.ReadAll(response.Body); err != nil {
		t.t.Fatalf("%s %s: %v", method, path, err)
	}
	return response.StatusCode, body
}

func (t *Tenant) document(method, path string, document any) map[string]any {
	t.t.Helper()
	status, body := t.Do(method, path, document)
	if status >= 300 {
		t.t.Fatalf("%s %s: %d: %s", method, path, status, body)
	}
	var answer map[string]any
	if err := json.Unmarshal(body, &answer); err != nil {
		t.t.Fatalf("%s %s: %v in %.200s", method, path, err, body)
	}
	return answer
}
