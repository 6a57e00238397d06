package demo_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"c8yx/demo"
	"c8yx/demo/pipe"
)

// bench is a tenant behind real HTTP, and who calls it.
type bench struct {
	testing.TB
	tenant *demo.Tenant
	server *pipe.Server
	user   string // "admin:demo-Admin.1"; empty: nobody
	header http.Header
}

// start makes an empty tenant and calls it as its administrator.
func start(t testing.TB, options demo.Options) *bench {
	t.Helper()
	if options.Devices == 0 {
		options.Devices = -1
	}
	tenant, err := demo.New(options)
	if err != nil {
		t.Fatal(err)
	}
	server := pipe.Serve(tenant)
	t.Cleanup(func() { server.Close(); tenant.Close() })
	return &bench{TB: t, tenant: tenant, server: server, user: "admin:demo-Admin.1", header: http.Header{"Accept": {"application/json"}}}
}

// as returns a bench that calls as somebody else.
func (b *bench) as(user string) *bench {
	other := *b
	other.user = user
	return &other
}

// with returns a bench that sends another header; an empty value removes it.
func (b *bench) with(name, value string) *bench {
	other := *b
	other.header = b.header.Clone()
	if value == "" {
		other.header.Del(name)
	} else {
		other.header.Set(name, value)
	}
	return &other
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body []byte
}

// do sends a request. A body that is not text is sent as JSON.
func (b *bench) do(method, path string, body any) answer {
	b.Helper()
	var reader io.Reader
	kind := "application/json"
	switch body := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(body)
	case []byte:
		reader = bytes.NewReader(body)
	default:
		text, err := json.Marshal(body)
		if err != nil {
			b.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, b.server.URL+path, reader)
	if err != nil {
		b.Fatal(err)
	}
	if reader != nil {
		request.Header.Set("Content-Type", kind)
	}
	for name, values := range b.header {
		request.Header[name] = values
	}
	if name, password, ok := strings.Cut(b.user, ":"); ok {
		request.SetBasicAuth(name, password)
	} else if b.user != "" {
		request.Header.Set("Authorization", "Bearer "+b.user)
	}
	response, err := b.server.Client.Transport.RoundTrip(request)
	if err != nil {
		b.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatalf("%s %s: %v", method, path, err)
	}
	a := answer{response, text}
	b.asSpecified(request, a)
	return a
}

// want sends a request and fails unless the status is right.
func (b *bench) want(status int, method, path string, body any) answer {
	b.Helper()
	a := b.do(method, path, body)
	if a.StatusCode != status {
		b.Fatalf("%s %s: status %d, want %d: %s", method, path, a.StatusCode, status, a.body)
	}
	return a
}

func (b *bench) get(path string) answer { b.Helper(); return b.want(200, "GET", path, nil) }

// create posts a document and returns its id.
func (b *bench) create(path string, body any) string {
	b.Helper()
	id, _ := b.want(201, "POST", path, body).at("id").(string)
	return id
}

// at walks into the answer's JSON: names of members, numbers of elements.
func (a answer) at(path ...any) any {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(a.body))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return fmt.Errorf("no JSON: %w: %q", err, a.body)
	}
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := value.(map[string]any)
			value = object[step]
		case int:
			array, _ := value.([]any)
			if step >= len(array) {
				return nil
			}
			value = array[step]
		}
	}
	return value
}

// text is at, as text.
func (a answer) text(path ...any) string {
	value := a.at(path...)
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// all collects one property of the elements of a list.
func (a answer) all(list, property string) string {
	elements, _ := a.at(list).([]any)
	texts := make([]string, len(elements))
	for i, element := range elements {
		object, _ := element.(map[string]any)
		texts[i] = fmt.Sprint(object[property])
	}
	return strings.Join(texts, " ")
}

// device makes a device.
func (b *bench) device(name string, fragments ...string) string {
	b.Helper()
	doc := map[string]any{"name": name, "type": "c8y_Linux", "c8y_IsDevice": map[string]any{}}
	for _, fragment := range fragments {
		doc[fragment] = map[string]any{}
	}
	return b.create("/inventory/managedObjects", doc)
}
