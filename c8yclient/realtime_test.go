package c8yclient_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/coder/websocket"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
)

// The realtime connection carries the client's credentials in headers and handshake, with the
// tenant's id even if the user did not give it.
func TestRealtimeCredentials(t *testing.T) {
	for _, test := range []struct {
		auth                c8yclient.Auth
		header, token, xsrf string
	}{
		{c8yclient.Basic{User: "jane", Password: "x"}, "Basic amFuZTp4", "dDQ3MTEvamFuZTp4", ""},
		{c8yclient.Basic{Tenant: "t1", User: "jane", Password: "x"}, "Basic dDEvamFuZTp4", "dDEvamFuZTp4", ""},
		{c8yclient.Bearer{Token: "a.b.c"}, "Bearer a.b.c", "a.b.c", ""},
		{c8yclient.Cookie{Authorization: "a.b.c", XSRF: "xs"}, "", "", "xs"},
	} {
		var once sync.Once
		var header http.Header
		handshake := make(chan map[string]any, 1)
		mux := http.NewServeMux()
		mux.HandleFunc("GET /tenant/currentTenant", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"name":"t4711"}`))
		})
		mux.HandleFunc("/notification/realtime", func(w http.ResponseWriter, r *http.Request) {
			conn, err := websocket.Accept(w, r, nil)
			if err != nil {
				return
			}
			defer func() { _ = conn.CloseNow() }()
			_, frame, err := conn.Read(r.Context())
			if err != nil {
				return
			}
			once.Do(func() {
				var messages []map[string]any
				_ = json.Unmarshal(frame, &messages)
				header = r.Header
				handshake <- messages[0]
			})
			_, _, _ = conn.Read(r.Context())
		})
		server := httptest.NewServer(mux)
		client, err := c8yclient.New(server.URL, c8yclient.WithAuth(test.auth))
		if err != nil {
			t.Fatal(err)
		}
		sub, err := client.Realtime.Subscribe(t.Context(), realtime.Alarms("*"))
		if err != nil {
			t.Fatal(err)
		}
		ext, _ := (<-handshake)["ext"].(map[string]any)
		authn, _ := ext["com.cumulocity.authn"].(map[string]any)
		token, _ := authn["token"].(string)
		xsrf, _ := authn["xsrfToken"].(string)
		if token != test.token || xsrf != test.xsrf || header.Get("Authorization") != test.header {
			t.Errorf("%T: token %q, xsrf %q, header %q", test.auth, token, xsrf, header.Get("Authorization"))
		}
		sub.Close()
		client.CloseIdleConnections()
		server.Close()
	}
}
