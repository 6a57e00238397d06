package demo_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"c8yx/demo"
)

// listener is a Bayeux client over WebSocket, reduced to what the test needs.
type listener struct {
	*bench
	socket *websocket.Conn
	client string
	heard  []string
}

func (b *bench) listen(path, token string, header http.Header) *listener {
	b.Helper()
	socket, _, err := websocket.Dial(b.Context(), b.server.URL+path, &websocket.DialOptions{HTTPClient: b.server.Client, HTTPHeader: header})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = socket.CloseNow() })
	l := &listener{bench: b, socket: socket}
	handshake := map[string]any{"id": "1", "channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": []string{"websocket"}}
	if token != "" {
		handshake["ext"] = map[string]any{"com.cumulocity.authn": map[string]any{"token": token}}
	}
	reply := l.ask(handshake)
	l.client, _ = reply["clientId"].(string)
	return l
}

func (l *listener) send(message map[string]any) {
	l.Helper()
	if l.client != "" {
		message["clientId"] = l.client
	}
	text, _ := json.Marshal([]any{message})
	if err := l.socket.Write(context.Background(), websocket.MessageText, text); err != nil {
		l.Fatal(err)
	}
}

func (l *listener) read() []map[string]any {
	l.Helper()
	ctx, cancel := context.WithTimeout(l.Context(), 10*time.Second)
	defer cancel()
	_, text, err := l.socket.Read(ctx)
	if err != nil {
		l.Fatal(err)
	}
	var messages []map[string]any
	if err := json.Unmarshal(text, &messages); err != nil {
		l.Fatalf("%v: %s", err, text)
	}
	return messages
}

func (l *listener) ask(message map[string]any) map[string]any {
	l.Helper()
	l.send(message)
	return l.read()[0]
}

func (l *listener) subscribe(channels ...string) *listener {
	l.Helper()
	for _, channel := range channels {
		if reply := l.ask(map[string]any{"id": "2", "channel": "/meta/subscribe", "subscription": channel}); reply["successful"] != true {
			l.Fatalf("subscribing to %s: %v", channel, reply)
		}
	}
	l.connect()
	return l
}

func (l *listener) connect() {
	l.Helper()
	l.send(map[string]any{"id": "3", "channel": "/meta/connect", "connectionType": "websocket"})
}

// next returns the next message as "channel ACTION id", and connects again whenever the tenant has answered a connect.
func (l *listener) next() string {
	l.Helper()
	for len(l.heard) == 0 {
		for _, message := range l.read() {
			if message["channel"] == "/meta/connect" {
				l.connect()
			}
			data, _ := message["data"].(map[string]any)
			if data == nil {
				continue
			}
			id := data["data"]
			if document, ok := id.(map[string]any); ok {
				id = document["id"]
			}
			l.heard = append(l.heard, fmt.Sprint(message["channel"], " ", data["realtimeAction"], " ", id))
		}
	}
	first := l.heard[0]
	l.heard = l.heard[1:]
	return first
}

func TestChangesAreAnnounced(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump", "com_cumulocity_model_Agent")
	basic := base64.StdEncoding.EncodeToString([]byte("t4711/admin:demo-Admin.1"))
	l := b.listen("/cep/realtime", basic, nil).subscribe("/alarms/*", "/events/"+device, "/measurements/"+device, "/operations/"+device, "/managedobjects/"+device)
	source := `"source":{"id":"` + device + `"},"type":"t","text":"x","time":"2026-02-02T09:30:00Z"`
	expect := func(want string) {
		t.Helper()
		if got := l.next(); got != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	}
	alarm := b.create("/alarm/alarms", `{`+source+`,"severity":"MAJOR"}`)
	expect("/alarms/" + device + " CREATE " + alarm)
	b.create("/alarm/alarms", `{`+source+`,"severity":"MAJOR"}`)
	expect("/alarms/" + device + " UPDATE " + alarm)
	b.with("X-Cumulocity-Processing-Mode", "QUIESCENT").want(200, "PUT", "/alarm/alarms/"+alarm, `{"status":"CLEARED"}`)
	event := b.create("/event/events", `{`+source+`}`) // and nothing of the quiet change
	expect("/events/" + device + " CREATE " + event)
	b.want(204, "DELETE", "/event/events/"+event, nil)
	expect("/events/" + device + " DELETE " + event)
	b.with("X-Cumulocity-Processing-Mode", "TRANSIENT").want(201, "POST", "/event/events", `{`+source+`}`)
	expect("/events/" + device + " CREATE <nil>")
	m := b.create(measurements, measurement(device, "2026-02-02T09:30:00Z", `"f":{"a":{"value":1}}`))
	expect("/measurements/" + device + " CREATE " + m)
	operation := b.create("/devicecontrol/operations", `{"deviceId":"`+device+`","c8y_Restart":{}}`)
	expect("/operations/" + device + " CREATE " + operation)
	b.want(200, "PUT", "/devicecontrol/operations/"+operation, `{"status":"EXECUTING"}`)
	expect("/operations/" + device + " UPDATE " + operation)
	b.want(200, "PUT", objects+"/"+device, `{"x":1}`)
	var heard []string // the counts of alarms follow in their own time
	for !slices.Contains(heard, "/managedobjects/"+device+" DELETE "+device) {
		if len(heard) == 0 {
			b.want(204, "DELETE", objects+"/"+device, nil)
		}
		heard = append(heard, l.next())
	}
	if heard[0] != "/managedobjects/"+device+" UPDATE "+device {
		t.Errorf("heard %q", heard)
	}
}

func TestAdministrationIsAnnounced(t *testing.T) {
	b := start(t, demo.Options{})
	l := b.listen("/notification/realtime", "", adminHeader(b)).subscribe("/applications/*")
	application := b.create("/application/applications", `{"name":"panel","key":"panel-key","contextPath":"panel","type":"HOSTED"}`)
	b.want(200, "PUT", "/application/applications/"+application, `{"description":"x"}`)
	b.want(204, "DELETE", "/application/applications/"+application, nil)
	for _, action := range []string{"CREATE", "UPDATE", "DELETE"} {
		if got, want := l.next(), "/applications/"+application+" "+action+" "+application; got != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	}
	// Whose is an object is not whose is an application or a bulk operation of the same id.
	device := b.device("Pump")
	b.want(200, "PUT", objects+"/"+device, `{"owner":"nobody"}`)
	l = b.listen("/notification/realtime", "", http.Header{"Authorization": {"Bearer " + b.login("nobody", "demo-Nobody.1")}})
	for channel, want := range map[string]bool{
		"/alarms/" + device: true, "/eventsWithChildren/" + device: true, "/applications/" + device: false, "/bulkoperations/" + device: false,
		"/applications/*": false, "/nothing/" + device: false, "/events/*": false,
	} {
		if got := l.ask(map[string]any{"channel": "/meta/subscribe", "subscription": channel})["successful"]; got != want {
			t.Errorf("nobody subscribes to %s: %v, want %v", channel, got, want)
		}
	}
}

func TestWhoMayListen(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	token := b.login("nobody", "demo-Nobody.1")
	l := b.listen("/notification/realtime", "", http.Header{"Authorization": {"Bearer " + token}})
	for _, channel := range []string{"/alarms/*", "/alarms/" + device, "/managedobjects/*"} {
		if reply := l.ask(map[string]any{"channel": "/meta/subscribe", "subscription": channel}); reply["successful"] != false {
			t.Errorf("subscribed to %s: %v", channel, reply)
		}
	}
	b.want(200, "PUT", objects+"/"+device, `{"owner":"nobody"}`)
	if reply := l.ask(map[string]any{"channel": "/meta/subscribe", "subscription": "/alarms/" + device}); reply["successful"] != true {
		t.Errorf("the owner may not listen: %v", reply)
	}
	if refused := b.listen("/notification/realtime", "bm9ib2R5OnBhc3N3b3Jk", nil); refused.client != "" {
		t.Error("a wrong password got in")
	}
	a := b.with("Content-Type", "application/json").want(200, "POST", "/notification/realtime", `[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"]}]`)
	if !strings.Contains(string(a.body), `"successful":true`) {
		t.Errorf("long polling: %s", a.body)
	}
}
