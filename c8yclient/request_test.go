package c8yclient_test

import (
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
)

func TestRawVerbs(t *testing.T) {
	client, srv := newClient(t, answer(200, ` {"a": 1.50} `))
	ctx := t.Context()
	var (
		raw    jsontext.Value
		text   []byte
		fields map[string]any
		typed  struct {
			A float64 `json:"a"`
		}
	)
	for into, check := range map[any]func() bool{
		&raw:    func() bool { return string(raw) == ` {"a": 1.50} ` },
		&text:   func() bool { return string(text) == ` {"a": 1.50} ` },
		&fields: func() bool { return fields["a"] == 1.5 },
		&typed:  func() bool { return typed.A == 1.5 },
	} {
		if err := client.Get(ctx, "/service/x?b=c", into); err != nil || !check() {
			t.Errorf("into %T: %v", into, err)
		}
	}
	if sent := srv.last(t); sent.Method != "GET" || sent.Target != "/service/x?b=c" || sent.Body != "" {
		t.Errorf("%+v", sent)
	}

	for _, test := range []struct {
		body              any
		sent, contentType string
	}{
		{nil, "", ""},
		{map[string]int{"a": 1}, `{"a":1}`, "application/json"},
		{jsontext.Value(`{"a": 1.50}`), `{"a": 1.50}`, "application/json"},
		{[]byte(`[1]`), `[1]`, "application/json"},
		{url.Values{"a": {"b c"}}, `a=b+c`, "application/x-www-form-urlencoded"},
		{strings.NewReader("text"), `text`, ""},
	} {
		if err := client.Post(ctx, "/x", test.body, nil); err != nil {
			t.Error(err)
		}
		if sent := srv.last(t); sent.Method != "POST" || sent.Body != test.sent || sent.Header.Get("Content-Type") != test.contentType {
			t.Errorf("%T: %+v", test.body, sent)
		}
	}
	if err := client.Delete(ctx, "/x"); err != nil || srv.last(t).Method != "DELETE" {
		t.Error(err)
	}
	wantKind(t, "a body that is no JSON", client.Post(ctx, "/x", math.NaN(), nil), c8yclient.ErrInvalid)
}

func TestDoWithOwnHeaders(t *testing.T) {
	client, srv := newClient(t, answer(201, `created`))
	req, err := client.NewRequest(t.Context(), http.MethodPost, "/alarm/alarms", map[string]any{})
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Cumulocity-Processing-Mode", "TRANSIENT")
	req.Header.Set("Accept", "") // ask for no answer
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if body, err := io.ReadAll(resp.Body); resp.StatusCode != 201 || string(body) != "created" || err != nil {
		t.Errorf("%d %q, %v", resp.StatusCode, body, err)
	}
	header := srv.last(t).Header
	if _, sent := header["Accept"]; sent || header.Get("X-Cumulocity-Processing-Mode") != "TRANSIENT" {
		t.Errorf("%v", header)
	}
}

func TestTemporary(t *testing.T) {
	for status, want := range map[int]bool{429: true, 503: true, 500: true, 404: false, 401: false} {
		client, _ := newClient(t, answer(status, ``), c8yclient.WithRetry(c8yclient.NoRetry()))
		var e *c8yclient.Error
		if !errors.As(client.Get(t.Context(), "/x", nil), &e) || e.Temporary() != want {
			t.Errorf("%d: %v", status, e)
		}
	}
}
