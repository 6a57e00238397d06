package notify_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"c8yx/demo/notify"
	"c8yx/demo/pipe"
)

// world is a hub behind a real HTTP server, over connections that live in memory, so that time in it can be faked.
type world struct {
	t    *testing.T
	hub  *notify.Hub
	http *http.Client
}

// newWorld serves a hub. Users are authorized by their Basic header or by the token in ext: anybody whose name is not
// "nobody"; "guest" may only listen to what concerns object 1.
func newWorld(t *testing.T, options notify.HubOptions) *world {
	hub := notify.NewHub(options)
	mux := http.NewServeMux()
	mux.Handle("/", hub.Handler(authorize))
	mux.Handle("/notification2/consumer/", hub.ConsumerHandler(admit))
	server := pipe.Serve(mux)
	t.Cleanup(func() {
		hub.Close()
		server.Close()
		time.Sleep(time.Second) // net/http lingers on a connection whose request it did not read to the end; a fake second
	})
	return &world{t, hub, server.Client}
}

func authorize(r *http.Request, ext json.RawMessage) (notify.Grant, error) {
	user, _, _ := r.BasicAuth()
	if user == "" {
		var e struct {
			Authn struct{ Token string } `json:"com.cumulocity.authn"`
		}
		_ = json.Unmarshal(ext, &e)
		user = e.Authn.Token
	}
	switch user {
	case "", "nobody":
		return notify.Grant{}, errors.New("Invalid credentials! : Bad credentials")
	case "guest":
		return notify.Grant{User: user, Allow: func(channel string) bool {
			return strings.HasSuffix(channel, "/1") || strings.HasSuffix(channel, "/*")
		}}, nil
	}
	return notify.Grant{User: user}, nil
}

// line is how a client of either transport talks: arrays out, arrays in.
type line interface {
	send(messages string)
	receive() []map[string]any // the next array
}

// poller is long polling: every array is a request, every answer is received.
type poller struct {
	w       *world
	user    string
	answers chan []map[string]any
}

func (w *world) poller(user string) *poller {
	return &poller{w, user, make(chan []map[string]any, 100)}
}

func (p *poller) send(messages string) {
	go func() {
		_, body := p.w.post("/notification/realtime", p.user, messages, "application/json")
		p.answers <- array(p.w.t, body)
	}()
}

func (p *poller) receive() []map[string]any { return <-p.answers }

// post sends one request and returns status and body of the answer.
func (w *world) post(path, user, body, accept string) (int, []byte) {
	r, err := http.NewRequest(http.MethodPost, "http://tenant"+path, strings.NewReader(body))
	if err != nil {
		w.t.Error(err)
		return 0, nil
	}
	r.Header.Set("Content-Type", "application/json")
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	if user != "" {
		r.SetBasicAuth(user, "secret")
	}
	resp, err := w.http.Do(r)
	if err != nil {
		w.t.Error(err)
		return 0, nil
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Error(err)
	}
	return resp.StatusCode, answer
}

// socket is a WebSocket.
type socket struct {
	w    *world
	conn *websocket.Conn
}

// socket opens a WebSocket without credentials on the upgrade if the user is empty.
func (w *world) socket(user string) *socket {
	header := http.Header{"Origin": {"https://elsewhere.example"}}
	if user != "" {
		r := http.Request{Header: header}
		r.SetBasicAuth(user, "secret")
	}
	conn, _, err := websocket.Dial(w.t.Context(), "ws://tenant/cep/realtime", &websocket.DialOptions{HTTPClient: w.http, HTTPHeader: header})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = conn.CloseNow() })
	return &socket{w, conn}
}

func (s *socket) send(messages string) {
	if err := s.conn.Write(s.w.t.Context(), websocket.MessageText, []byte(messages)); err != nil {
		s.w.t.Error(err)
	}
}

func (s *socket) receive() []map[string]any {
	_, frame, err := s.conn.Read(s.w.t.Context())
	if err != nil {
		s.w.t.Fatal(err)
	}
	return array(s.w.t, frame)
}

func array(t *testing.T, text []byte) []map[string]any {
	t.Helper()
	var messages []map[string]any
	if err := json.Unmarshal(text, &messages); err != nil {
		t.Errorf("not an array of messages: %v in %s", err, text)
	}
	return messages
}

// one is an array of one message as JSON without the fields that change from run to run.
func show(messages []map[string]any) string {
	for _, m := range messages {
		if _, ok := m["clientId"]; ok {
			m["clientId"] = "C"
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(messages)
	return strings.TrimSpace(b.String())
}

// shake shakes hands and returns the client id.
func shake(l line) string {
	l.send(`[{"id":"1","channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["websocket","long-polling"]}]`)
	id, _ := l.receive()[0]["clientId"].(string)
	return id
}

// subscribe subscribes and expects success.
func subscribe(t *testing.T, l line, id, channel string) {
	t.Helper()
	l.send(`[{"id":"2","channel":"/meta/subscribe","clientId":"` + id + `","subscription":"` + channel + `"}]`)
	if got := l.receive()[0]; got["successful"] != true {
		t.Errorf("subscribe to %s: %v", channel, got)
	}
}

func connect(id string) string {
	return `[{"id":"3","channel":"/meta/connect","clientId":"` + id + `","connectionType":"websocket"}]`
}

// alarm is a message about an alarm of a device.
func alarm(device, id string) notify.Message {
	return notify.Message{
		Channel: "/alarms/" + device, Action: notify.Create, ID: id,
		Data: []byte(`{"id":"` + id + `","type":"c8y_HighTemp","source":{"id":"` + device + `"}}`),
	}
}

// delivered lists "channel action id" of what came before the answer to the connect.
func delivered(messages []map[string]any) []string {
	var list []string
	for _, m := range messages {
		data, ok := m["data"].(map[string]any)
		if !ok {
			continue
		}
		id := data["data"]
		if doc, ok := id.(map[string]any); ok {
			id = doc["id"]
		}
		list = append(list, m["channel"].(string)+" "+data["realtimeAction"].(string)+" "+id.(string))
	}
	return list
}
