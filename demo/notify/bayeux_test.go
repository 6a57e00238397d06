package notify_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"c8yx/demo/notify"
)

// overBoth runs the same conversation over both transports.
func overBoth(t *testing.T, options notify.HubOptions, talk func(t *testing.T, w *world, dial func(user string) line)) {
	t.Run("long polling", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, options)
			talk(t, w, func(user string) line { return w.poller(user) })
		})
	})
	t.Run("websocket", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, options)
			talk(t, w, func(user string) line { return w.socket(user) })
		})
	})
}

func TestConversation(t *testing.T) {
	overBoth(t, notify.HubOptions{}, func(t *testing.T, w *world, dial func(string) line) {
		l := dial("jane")
		l.send(`[{"id":"1","channel":"/meta/handshake","version":"1.0","minimumVersion":"1.0",
			"supportedConnectionTypes":["websocket","long-polling"],"advice":{"timeout":60000,"interval":0}}]`)
		hello := l.receive()
		id := hello[0]["clientId"].(string)
		expect(t, hello, `[{"advice":{"interval":0,"reconnect":"retry","timeout":5400000},"channel":"/meta/handshake","clientId":"C","ext":{"ack":true},`+
			`"id":"1","minimumVersion":"1.0","successful":true,"supportedConnectionTypes":["long-polling","smartrest-long-polling","websocket"],"version":"1.0"}]`)

		// The first connect asks for advice and must not be held.
		before := time.Now()
		l.send(`[{"id":"2","channel":"/meta/connect","clientId":"` + id + `","connectionType":"websocket","advice":{"timeout":0}}]`)
		expect(t, l.receive(), `[{"advice":{"interval":0,"reconnect":"retry","timeout":5400000},"channel":"/meta/connect","data":null,"id":"2","successful":true}]`)
		if held := time.Since(before); held != 0 {
			t.Errorf("held for %v", held)
		}

		l.send(`[{"id":"3","channel":"/meta/subscribe","clientId":"` + id + `","subscription":"/alarms/4711"}]`)
		expect(t, l.receive(), `[{"channel":"/meta/subscribe","clientId":"C","id":"3","subscription":"/alarms/4711","successful":true}]`)

		// A connect is held until there is something to say.
		before = time.Now()
		l.send(connect(id))
		time.Sleep(10 * time.Minute)
		w.hub.Publish(alarm("4711", "901"))
		expect(t, l.receive(), `[{"channel":"/alarms/4711","clientId":"C","data":{"data":{"id":"901","source":{"id":"4711"},"type":"c8y_HighTemp"},"realtimeAction":"CREATE"},"id":"1"},`+
			`{"advice":{"interval":0,"reconnect":"retry","timeout":5400000},"channel":"/meta/connect","data":null,"id":"3","successful":true}]`)
		if held := time.Since(before); held != 10*time.Minute {
			t.Errorf("held for %v, the message came after 10 minutes", held)
		}

		// Between two connects nothing is lost; a deleted document is its id.
		w.hub.Publish(notify.Message{Channel: "/alarms/4711", Action: notify.Update, ID: "901", Data: []byte(`{"id":"901"}`)})
		w.hub.Publish(notify.Message{Channel: "/alarms/4711", Action: notify.Delete, ID: "901", Data: []byte(`"901"`)})
		l.send(connect(id))
		if got, want := delivered(l.receive()), []string{"/alarms/4711 UPDATE 901", "/alarms/4711 DELETE 901"}; !slices.Equal(got, want) {
			t.Errorf("delivered %q, want %q", got, want)
		}

		// Nothing happens: an empty answer keeps the line alive.
		before = time.Now()
		l.send(connect(id))
		expect(t, l.receive(), `[{"advice":{"interval":0,"reconnect":"retry","timeout":5400000},"channel":"/meta/connect","data":null,"id":"3","successful":true}]`)
		if held := time.Since(before); held != 90*time.Minute {
			t.Errorf("held for %v, want 90 minutes", held)
		}

		l.send(`[{"id":"4","channel":"/meta/unsubscribe","clientId":"` + id + `","subscription":"/alarms/4711"}]`)
		expect(t, l.receive(), `[{"channel":"/meta/unsubscribe","clientId":"C","id":"4","subscription":"/alarms/4711","successful":true}]`)
		w.hub.Publish(alarm("4711", "902"))
		l.send(`[{"id":"5","channel":"/meta/connect","clientId":"` + id + `","connectionType":"websocket","advice":{"timeout":1000}}]`)
		if got := delivered(l.receive()); got != nil {
			t.Errorf("delivered %q after unsubscribing", got)
		}

		l.send(`[{"id":"6","channel":"/meta/disconnect","clientId":"` + id + `"}]`)
		expect(t, l.receive(), `[{"channel":"/meta/disconnect","clientId":"C","id":"6","successful":true}]`)
		l.send(connect(id))
		expect(t, l.receive(), `[{"advice":{"interval":0,"reconnect":"handshake"},"channel":"/meta/connect","error":"402::Unknown client","id":"3","successful":false}]`)
	})
}

func expect(t *testing.T, messages []map[string]any, want string) {
	t.Helper()
	if got := show(messages); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRefusals(t *testing.T) {
	const unknown = `{"advice":{"interval":0,"reconnect":"handshake"},"channel":"%","error":"402::Unknown client","successful":false}`
	tests := []struct {
		name, user, message, want string // # stands for the client id
	}{
		{"client nobody knows", "guest", `{"channel":"/meta/connect","clientId":"xyz"}`, strings.ReplaceAll(unknown, "%", "/meta/connect")},
		{"no client", "guest", `{"channel":"/meta/subscribe","subscription":"/alarms/1"}`, strings.ReplaceAll(unknown, "%", "/meta/subscribe")},
		{
			"what one may not see", "guest", `{"channel":"/meta/subscribe","clientId":"#","subscription":"/alarms/2"}`,
			`{"channel":"/meta/subscribe","clientId":"C","error":"403:/alarms/2:Access denied","subscription":"/alarms/2","successful":false}`,
		},
		{
			"no channel", "jane", `{"channel":"/meta/subscribe","clientId":"#"}`,
			`{"channel":"/meta/subscribe","clientId":"C","error":"403::subscription_missing","successful":false}`,
		},
		{
			"deep wildcard", "jane", `{"channel":"/meta/subscribe","clientId":"#","subscription":"/**"}`,
			`{"channel":"/meta/subscribe","clientId":"C","error":"403:/**:subscription_invalid","subscription":"/**","successful":false}`,
		},
		{
			"wildcard within an id", "jane", `{"channel":"/meta/subscribe","clientId":"#","subscription":["/alarms/1","/alarms/47*"]}`,
			`{"channel":"/meta/subscribe","clientId":"C","error":"403:/alarms/47*:subscription_invalid","subscription":["/alarms/1","/alarms/47*"],"successful":false}`,
		},
		{
			"publishing", "jane", `{"id":"9","channel":"/alarms/1","clientId":"#","data":{}}`,
			`{"channel":"/alarms/1","error":"403::Publish denied","id":"9","successful":false}`,
		},
		{
			"unknown meta channel", "jane", `{"channel":"/meta/dance","clientId":"#"}`,
			`{"channel":"/meta/dance","error":"404::Unknown channel","successful":false}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			overBoth(t, notify.HubOptions{}, func(t *testing.T, w *world, dial func(string) line) {
				l := dial(tt.user)
				l.send("[" + strings.ReplaceAll(tt.message, "#", shake(l)) + "]")
				expect(t, l.receive(), "["+tt.want+"]")
			})
		})
	}
}

// Browsers cannot set headers on a WebSocket: the handshake's ext has the credentials.
func TestCredentialsInHandshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, notify.HubOptions{})
		s := w.socket("")
		s.send(`[{"channel":"/meta/handshake","ext":{"com.cumulocity.authn":{"token":"nobody"}}}]`)
		expect(t, s.receive(), `[{"advice":{"interval":0,"reconnect":"none"},"channel":"/meta/handshake","error":"403::Handshake denied","successful":false}]`)
		s.send(`[{"channel":"/meta/handshake","ext":{"com.cumulocity.authn":{"token":"jane"},"systemOfUnits":"metric"}}]`)
		hello := s.receive()
		if hello[0]["successful"] != true {
			t.Fatalf("handshake: %v", hello)
		}
		subscribe(t, s, hello[0]["clientId"].(string), "/alarms/4711")
	})
}

// A client id is no credential: another user cannot listen with it, and long polling needs credentials every time.
func TestClientBelongsToItsUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, notify.HubOptions{})
		jane := w.poller("jane")
		id := shake(jane)
		subscribe(t, jane, id, "/alarms/1")
		w.hub.Publish(alarm("1", "901"))

		for _, stranger := range []line{w.poller("joe"), w.socket("joe"), w.socket("")} {
			stranger.send(connect(id))
			if got := stranger.receive(); got[0]["error"] != "402::Unknown client" {
				t.Errorf("a stranger got %v", got)
			}
		}
		if status, body := w.post("/notification/realtime", "", connect(id), "application/json"); status != http.StatusUnauthorized ||
			!strings.Contains(string(body), "Bad credentials") {
			t.Errorf("without credentials: %d %s", status, body)
		}
		// The same user may change the transport.
		other := w.socket("jane")
		other.send(connect(id))
		if got := delivered(other.receive()); !slices.Equal(got, []string{"/alarms/1 CREATE 901"}) {
			t.Errorf("delivered %q over the other transport", got)
		}
	})
}

// Several messages in one array are answered in order, and a connect among them does not keep the others waiting.
func TestBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, notify.HubOptions{})
		l := w.poller("jane")
		id := shake(l)
		l.send(`[{"id":"a","channel":"/meta/subscribe","clientId":"` + id + `","subscription":["/alarms/1","/events/*"]},
			{"id":"b","channel":"/meta/connect","clientId":"` + id + `"},{"id":"c","channel":"/meta/unsubscribe","clientId":"` + id + `","subscription":"/events/*"}]`)
		var ids []any
		for _, m := range l.receive() {
			ids = append(ids, m["id"])
		}
		if !slices.Equal(ids, []any{"a", "b", "c"}) {
			t.Errorf("answers to %v, want a, b, c", ids)
		}
		// Over a WebSocket nothing has to wait, so that connect is held.
		s := w.socket("jane")
		id = shake(s)
		s.send(`[{"id":"a","channel":"/meta/subscribe","clientId":"` + id + `","subscription":"/alarms/1"},{"id":"b","channel":"/meta/connect","clientId":"` + id + `"}]`)
		expect(t, s.receive(), `[{"channel":"/meta/subscribe","clientId":"C","id":"a","subscription":"/alarms/1","successful":true}]`)
		w.hub.Publish(alarm("1", "901"))
		if got := delivered(s.receive()); !slices.Equal(got, []string{"/alarms/1 CREATE 901"}) {
			t.Errorf("delivered %q", got)
		}
	})
}

func TestLongPollingOverHTTP(t *testing.T) {
	const hello = `[{"channel":"/meta/handshake"}]`
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, notify.HubOptions{})
		if status, body := w.post("/cep/realtime/handshake", "jane", hello, "application/json"); status != 200 || !strings.Contains(string(body), `"successful":true`) {
			t.Errorf("message type in the path: %d %s", status, body)
		}
		if status, body := w.post("/notification/realtime", "jane", hello[1:len(hello)-1], "application/json"); status != 200 || !strings.Contains(string(body), `"successful":true`) {
			t.Errorf("a message without array: %d %s", status, body)
		}
		if status, body := w.post("/notification/realtime", "jane", hello, ""); status != 200 || len(body) == 0 {
			t.Errorf("without Accept: %d %q, want an answer: the vendor's client says nothing of what it accepts", status, body)
		}
		for _, bad := range []string{"", "null", "[]", "[1]", "{", "7", `[{"channel":7}]`, strings.Repeat("[", 1<<19)} {
			if status, _ := w.post("/notification/realtime", "jane", bad, "application/json"); status != http.StatusBadRequest {
				t.Errorf("%.20q: %d, want 400", bad, status)
			}
		}
		if status, _ := w.post("/notification/realtime", "jane", strings.Repeat(" ", 2<<20), "application/json"); status != http.StatusRequestEntityTooLarge {
			t.Errorf("2 MB: %d, want 413", status)
		}
		resp, err := w.http.Get("http://tenant/notification/realtime")
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != http.MethodPost {
			t.Errorf("GET: %d, Allow %q", resp.StatusCode, resp.Header.Get("Allow"))
		}
	})
}

func TestMalformedFrameClosesTheSocket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newWorld(t, notify.HubOptions{}).socket("jane")
		s.send(`{"channel":`)
		_, _, err := s.conn.Read(t.Context())
		if got := websocket.CloseStatus(err); got != websocket.StatusInvalidFramePayloadData {
			t.Errorf("closed with %v (%v)", got, err)
		}
	})
}
