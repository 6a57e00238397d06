package notify_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"c8yx/demo/notify"
)

// post hands a request to the handler without any connection.
func post(h http.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/notification/realtime", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	r.SetBasicAuth("jane", "secret")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// listen subscribes n clients of different users to a channel.
func listen(tb testing.TB, hub *notify.Hub, n int, channel string) (ids []string) {
	tb.Helper()
	h := hub.Handler(func(*http.Request, json.RawMessage) (notify.Grant, error) { return notify.Grant{User: "jane"}, nil })
	for range n {
		var hello []struct{ ClientID string }
		if err := json.Unmarshal(post(h, `[{"channel":"/meta/handshake"}]`).Body.Bytes(), &hello); err != nil {
			tb.Fatal(err)
		}
		post(h, `[{"channel":"/meta/subscribe","clientId":"`+hello[0].ClientID+`","subscription":"`+channel+`"}]`)
		ids = append(ids, hello[0].ClientID)
	}
	return ids
}

// Whatever comes, the answer is an error of the platform's form or an array of as many answers as there were messages.
func FuzzMessages(f *testing.F) {
	for _, seed := range []string{
		`[{"id":"1","channel":"/meta/handshake","version":"1.0","ext":{"com.cumulocity.authn":{"token":"x"}}}]`,
		`[{"id":"2","channel":"/meta/connect","clientId":"#","advice":{"timeout":0}}]`,
		`[{"id":"3","channel":"/meta/subscribe","clientId":"#","subscription":["/alarms/*","/events/1"]},{"channel":"/meta/connect","clientId":"#"}]`,
		`{"id":{"a":[1e400]},"channel":"/meta/unsubscribe","clientId":"#","subscription":null}`,
		`[{"channel":"/meta/disconnect","clientId":"#"},{"channel":"","data":"\u2028"}]`,
		`[null]`, `[]`, ``, `[{"advice":{"timeout":-1e99},"channel":"/meta/connect","clientId":"#"}]`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		hub := notify.NewHub(notify.HubOptions{Timeout: time.Millisecond})
		defer hub.Close()
		id := listen(t, hub, 1, "/alarms/*")[0]
		hub.Publish(alarm("1", "901"))
		body = strings.ReplaceAll(body, "#", id)
		w := post(hub.Handler(func(*http.Request, json.RawMessage) (notify.Grant, error) { return notify.Grant{User: "jane"}, nil }), body)
		if w.Code != http.StatusOK {
			var e struct{ Error, Message string }
			if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || e.Error == "" || e.Message == "" {
				t.Fatalf("%d %s: %v", w.Code, w.Body, err)
			}
			return
		}
		var answers []struct {
			Channel    string
			Successful *bool
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answers); err != nil {
			t.Fatalf("%s: %v", w.Body, err)
		}
		var asked []json.RawMessage
		if json.Unmarshal([]byte(body), &asked) != nil {
			asked = make([]json.RawMessage, 1)
		}
		n := 0
		for _, a := range answers {
			if a.Successful != nil {
				n++
			}
		}
		if n != len(asked) {
			t.Fatalf("%d answers to %d messages: %s", n, len(asked), w.Body)
		}
	})
}

// Whatever a consumer says, what it has not acknowledged comes again, and nothing else changes.
func FuzzAcknowledgements(f *testing.F) {
	for _, seed := range []string{"CAEQASAAMAE=", "CAEQAiAAMAE=\n", "unsubscribe_subscriber", `"CAEQASAAMAE="`, "", "\x00\xff", strings.Repeat("A", 5000)} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, word string, text bool) {
		inTopic(t, notify.HubOptions{}, func(t *testing.T, w *world) {
			conn, _ := w.dial("pumps app", "")
			for _, id := range []string{"a", "b"} {
				w.hub.Publish(alarm("1", id))
			}
			first := frame(t, conn)
			kind := websocket.MessageBinary
			if text {
				kind = websocket.MessageText
			}
			_ = conn.Write(t.Context(), kind, []byte(word))
			_ = conn.Close(websocket.StatusNormalClosure, "")
			synctest.Wait()
			want := `"id":"a"`
			switch {
			case text && word == "unsubscribe_subscriber":
				return
			case text && strings.HasPrefix(first, word+"\n"):
				want = `"id":"b"`
			}
			conn, _ = w.dial("pumps app", "")
			if again := frame(t, conn); !strings.Contains(again, want) {
				t.Errorf("after %q the first to come again is %s", word, again)
			}
		})
	})
}

func frame(t *testing.T, conn *websocket.Conn) string {
	t.Helper()
	_, text, err := conn.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
