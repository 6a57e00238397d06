package c8yclient_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
)

// exchanges collects what the hook is told.
type exchanges struct {
	mu  sync.Mutex
	all []c8yclient.Exchange
}

func (e *exchanges) hook(x c8yclient.Exchange) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, x)
}

func (e *exchanges) last() c8yclient.Exchange {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.all) == 0 {
		return c8yclient.Exchange{}
	}
	return e.all[len(e.all)-1]
}

func recording(t *testing.T, handler http.HandlerFunc, sent, received int) (*c8yclient.Client, *exchanges) {
	t.Helper()
	var seen exchanges
	client, _ := newClient(t, handler, c8yclient.WithHook(seen.hook), c8yclient.WithHookDetails(sent, received), c8yclient.WithRetry(c8yclient.NoRetry()))
	return client, &seen
}

func TestAnExchangeSaysWhatWasSentAndReceivedAndWhy(t *testing.T) {
	client, seen := recording(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/vnd.com.nsn.cumulocity.alarm+json")
		w.Header().Set("Set-Cookie", "authorization=abc")
		_, _ = w.Write([]byte(`{"id":"901","status":"ACKNOWLEDGED","count":1.0}`))
	}, 1000, 1000)
	ctx := c8yclient.WithCallOptions(t.Context(), c8yclient.CallOptions{
		ProcessingMode: c8yclient.Quiescent, Header: http.Header{"X-Shift": {"night"}, "X-Api-Key": {"k3y"}, "X-Note": {"Basic c2VjcmV0OnNlY3JldA=="}},
	})
	ctx = c8yclient.WithCause(ctx, "Acknowledge · alarms")
	if err := client.Put(ctx, "/alarm/alarms/901?token=abc", map[string]string{"status": "ACKNOWLEDGED"}, nil); err != nil {
		t.Fatal(err)
	}
	x := seen.last()
	if x.Method != "PUT" || x.Target != "/alarm/alarms/901?token=[redacted]" || x.Status != 200 || x.Cause != "Acknowledge · alarms" {
		t.Errorf("%+v", x)
	}
	if x.Sent != (c8yclient.Body{Content: `{"status":"ACKNOWLEDGED"}`}) || x.Received != (c8yclient.Body{Content: `{"id":"901","status":"ACKNOWLEDGED","count":1.0}`}) {
		t.Errorf("bodies %+v and %+v", x.Sent, x.Received)
	}
	if x.SentHeader.Get("X-Cumulocity-Processing-Mode") != "QUIESCENT" || x.SentHeader.Get("Authorization") != "" {
		t.Errorf("sent headers %v", x.SentHeader)
	}
	if h := x.SentHeader; h.Get("X-Shift") != "night" || h.Get("X-Api-Key") != "[redacted]" || h.Get("X-Note") != "Basic [redacted]" { // those of the caller
		t.Errorf("sent headers %v", h)
	}
	if x.ReceivedHeader.Get("Content-Type") == "" || x.ReceivedHeader.Get("Set-Cookie") != "" {
		t.Errorf("received headers %v", x.ReceivedHeader)
	}
}

func TestBodiesAreKeptOnlyIfAskedFor(t *testing.T) {
	var seen exchanges
	client, _ := newClient(t, answer(200, `{"a":1}`), c8yclient.WithHook(seen.hook))
	if err := client.Post(t.Context(), "/x", map[string]int{"b": 2}, nil); err != nil {
		t.Fatal(err)
	}
	if x := seen.last(); x.Sent.Content != "" || x.Received.Content != "" || x.SentHeader != nil || x.ReceivedHeader != nil {
		t.Errorf("%+v", x)
	}
}

// A body that is cut off stays JSON, and no half of a secret is in it.
func TestABodyIsKeptUpToALimit(t *testing.T) {
	document := `{"a":[1,{"name":"Presse 1","password":"` + strings.Repeat("geheim", 20) + `"}],"b":"` + strings.Repeat("x", 100) + `","c":[[{}]]}`
	for limit := range len(document) + 1 {
		client, seen := recording(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(document))
		}, limit, limit)
		if err := client.Post(t.Context(), "/x", jsontext.Value(document), nil); err != nil {
			t.Fatal(err)
		}
		x := seen.last()
		for side, body := range map[string]c8yclient.Body{"sent": x.Sent, "received": x.Received} {
			if limit > 0 && !json.Valid([]byte(body.Content)) || strings.Contains(body.Content, "ehei") {
				t.Fatalf("%s up to %d bytes: %s", side, limit, body.Content)
			}
			if limit > 0 && body.Cut != (limit < len(document)) {
				t.Fatalf("%s up to %d bytes of %d: cut is %t", side, limit, len(document), body.Cut)
			}
		}
	}
}

func TestWhatCannotBeRedactedIsNotKept(t *testing.T) {
	for name, tc := range map[string]struct {
		body any
		of   string // content type of the answer
	}{
		"a file":        {strings.NewReader("ID;PATH;CREDENTIALS\n1;x;geheim"), "text/csv"},
		"a page":        {nil, "text/html"},
		"JSON, not so":  {jsontext.Value("geheim"), "application/json"},
		"some bytes":    {strings.NewReader("\x00geheim"), "application/octet-stream"},
		"without a tag": {strings.NewReader("geheim"), ""},
	} {
		client, seen := recording(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Content-Type"] = []string{tc.of}
			_, _ = w.Write([]byte(`geheim`))
		}, 1000, 1000)
		_ = client.Post(t.Context(), "/x", tc.body, nil)
		if x := seen.last(); strings.Contains(fmt.Sprint(x), "geheim") {
			t.Errorf("%s: %+v", name, x)
		}
	}
}

// Secrets go by many names, and some are known by their form.
func TestSecretsInBodiesAreReplaced(t *testing.T) {
	jwt := "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl"
	for body, want := range map[string]string{
		`{"userName":"jane","password":"geheim"}`:                    `{"userName":"jane","password":"[redacted]"}`,
		`{"currentUserPassword":"geheim","newPassword":"geheim"}`:    `{"currentUserPassword":"[redacted]","newPassword":"[redacted]"}`,
		`{"adminName":"a","adminPass":"geheim"}`:                     `{"adminName":"a","adminPass":"[redacted]"}`,
		`{"id":"SN-1","securityToken":"geheim","status":"ACCEPTED"}`: `{"id":"SN-1","securityToken":"[redacted]","status":"ACCEPTED"}`,
		`{"code":123456}`: `{"code":"[redacted]"}`,
		`{"key":"credentials.smtp","category":"mail","value":"geheim"}`:                       `{"key":"credentials.smtp","category":"mail","value":"[redacted]"}`,
		`{"key":"host","value":"mail.example"}`:                                               `{"key":"host","value":"mail.example"}`,
		`{"credentials":{"username":"pi","password":"geheim","keys":["geheim",{}]}}`:          `{"credentials":{"username":"[redacted]","password":"[redacted]","keys":["[redacted]",{}]}}`,
		`{"c8y_WAN":{"apn":"internet","password":"geheim"},"list":[{"token":"geheim"}]}`:      `{"c8y_WAN":{"apn":"internet","password":"[redacted]"},"list":[{"token":"[redacted]"}]}`,
		`[{"ext":{"com.cumulocity.authn":{"token":"geheim","xsrfToken":"geheim"}}}]`:          `[{"ext":{"com.cumulocity.authn":{"token":"[redacted]","xsrfToken":"[redacted]"}}}]`,
		`{"rawSecret":"geheim","secretQrUrl":"otpauth://geheim"}`:                             `{"rawSecret":"[redacted]","secretQrUrl":"[redacted]"}`,
		`{"passwordStrength":"GREEN","shouldResetPassword":false,"token":null}`:               `{"passwordStrength":"GREEN","shouldResetPassword":false,"token":null}`,
		`{"text":"use ` + jwt + ` now"}`:                                                      `{"text":"use [redacted] now"}`,
		`{"url":"https://jane:geheim@files.example/fw.bin"}`:                                  `{"url":"https://[redacted]@files.example/fw.bin"}`,
		`{"url":"https://files.example/fw.bin?x=1&access_token=geheim"}`:                      `{"url":"https://files.example/fw.bin?x=1&access_token=[redacted]"}`,
		`{"header":"Authorization: Basic amFuZTpnZWhlaW0="}`:                                  `{"header":"Authorization: Basic [redacted]"}`,
		`{"pem":"x\n-----BEGIN RSA PRIVATE KEY-----\ngeheim\n-----END RSA PRIVATE KEY-----"}`: `{"pem":"x\n[redacted]"}`,
		`{"password":"geheim","password":"geheim"}`:                                           `{"password":"[redacted]","password":"[redacted]"}`,
		`"plain"`: `"plain"`,
	} {
		client, seen := recording(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(body))
		}, 1000, 1000)
		if err := client.Post(t.Context(), "/tenant/x", jsontext.Value(body), nil); err != nil {
			t.Fatal(err)
		}
		for _, got := range []string{seen.last().Sent.Content, seen.last().Received.Content} {
			if got != want {
				t.Errorf("%s became %s\nwant %s", body, got, want)
			}
		}
	}
}

// The value of a tenant option may come before the key that makes it a secret, and the key
// may be in the path alone.
func TestEncryptedOptionsAreSecretInAnyOrder(t *testing.T) {
	for target, body := range map[string]string{
		"/tenant/options":                       `{"value":"geheim","key":"credentials.smtp"}`,
		"/tenant/options/mail/credentials.smtp": `{"value":"geheim"}`,
		"/tenant/options/mail":                  `{"credentials.smtp":"geheim"}`,
		"/tenant/options/":                      `{"options":[{"value":"geheim","key":"credentials.smtp","more":"` + strings.Repeat("x", 2000) + `"}]}`,
	} {
		client, seen := recording(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(body))
		}, 60, 60)
		if err := client.Put(t.Context(), target, jsontext.Value(body), nil); err != nil {
			t.Fatal(err)
		}
		if x := seen.last(); strings.Contains(fmt.Sprint(x), "geheim") {
			t.Errorf("%s: %+v", target, x)
		}
	}
}

func TestASignInIsReportedWithoutItsSecrets(t *testing.T) {
	client, seen := recording(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"access_token":"geheim"}`))
	}, 1000, 1000)
	_, err := client.Authenticate(t.Context(), c8yclient.Credentials{Tenant: "t1", User: "jane", Password: "geheim", TFACode: "999999"})
	if err != nil {
		t.Fatal(err)
	}
	x := seen.last()
	if said := fmt.Sprint(x); strings.Contains(said, "geheim") || strings.Contains(said, "999999") || !strings.Contains(x.Sent.Content, "username=jane") || x.Cause != "sign-in" {
		t.Errorf("%+v", x)
	}
}

func TestTheRealtimeConnectionIsReported(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"101": func(w http.ResponseWriter, r *http.Request) {
			if conn, err := websocket.Accept(w, r, nil); err == nil {
				_, _, _ = conn.Read(r.Context())
				_ = conn.CloseNow()
			}
		},
		"401": answer(401, `{"message":"no"}`),
	} {
		seen := make(chan c8yclient.Exchange, 100)
		server := httptest.NewServer(handler)
		client, err := c8yclient.New(server.URL, c8yclient.WithAuth(c8yclient.Bearer{Token: "geheim"}),
			c8yclient.WithHook(func(x c8yclient.Exchange) { seen <- x }), c8yclient.WithHookDetails(1000, 1000))
		if err != nil {
			t.Fatal(err)
		}
		sub, err := client.Realtime.Subscribe(t.Context(), realtime.Alarms("*"))
		if err != nil {
			t.Fatal(err)
		}
		x := <-seen
		if fmt.Sprint(x.Status) != name || x.Method != "GET" || x.Target != "/notification/realtime" || x.Cause != "realtime" || strings.Contains(fmt.Sprint(x), "geheim") {
			t.Errorf("%s: %+v", name, x)
		}
		sub.Close()
		client.CloseIdleConnections()
		server.Close()
	}
}
