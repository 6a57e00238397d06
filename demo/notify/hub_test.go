package notify_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"c8yx/demo/notify"
)

// hears subscribes a new client to channels and returns what reaches it of the messages.
func hears(t *testing.T, options notify.HubOptions, user string, channels []string, messages ...notify.Message) []string {
	var heard []string
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, options)
		l := w.poller(user)
		id := shake(l)
		for _, c := range channels {
			subscribe(t, l, id, c)
		}
		for _, m := range messages {
			w.hub.Publish(m)
		}
		l.send(`[{"channel":"/meta/connect","clientId":"` + id + `","advice":{"timeout":0}}]`)
		heard = delivered(l.receive())
	})
	return heard
}

func TestWhoHearsWhat(t *testing.T) {
	created := notify.Message{Channel: "/managedobjects/1", Action: notify.Create, ID: "1", Data: []byte(`{"id":"1"}`)}
	updated := notify.Message{Channel: "/managedobjects/1", Action: notify.Update, ID: "1", Data: []byte(`{"id":"1"}`)}
	// Pump 1 belongs to gateway 10, which belongs to line 100.
	options := notify.HubOptions{Ancestors: func(id string) []string {
		if id == "1" {
			return []string{"10", "100"}
		}
		return nil
	}}
	tests := []struct {
		name     string
		user     string
		channels []string
		message  notify.Message
		want     []string
	}{
		{"the device", "jane", []string{"/alarms/1"}, alarm("1", "a"), []string{"/alarms/1 CREATE a"}},
		{"another device", "jane", []string{"/alarms/2"}, alarm("1", "a"), nil},
		{"another kind", "jane", []string{"/events/1"}, alarm("1", "a"), nil},
		{"all devices", "jane", []string{"/alarms/*"}, alarm("1", "a"), []string{"/alarms/1 CREATE a"}},
		{"all and one is not twice", "jane", []string{"/alarms/1", "/alarms/*"}, alarm("1", "a"), []string{"/alarms/1 CREATE a"}},
		{"subscribed twice", "jane", []string{"/alarms/1", "/alarms/1"}, alarm("1", "a"), []string{"/alarms/1 CREATE a"}},
		{"all that one may see", "guest", []string{"/alarms/*"}, alarm("2", "a"), nil},
		{"with children, the device itself", "jane", []string{"/alarmsWithChildren/1"}, alarm("1", "a"), []string{"/alarmsWithChildren/1 CREATE a"}},
		{"with children, from below", "jane", []string{"/alarmsWithChildren/10"}, alarm("1", "a"), []string{"/alarmsWithChildren/10 CREATE a"}},
		{"with children, from far below", "jane", []string{"/alarmsWithChildren/100", "/alarms/1"}, alarm("1", "a"), []string{"/alarms/1 CREATE a", "/alarmsWithChildren/100 CREATE a"}},
		{"with children, from above", "jane", []string{"/alarmsWithChildren/1"}, alarm("10", "a"), nil},
		{"with children of all", "jane", []string{"/alarmsWithChildren/*"}, alarm("1", "a"), []string{"/alarmsWithChildren/1 CREATE a"}},
		{"new objects only on the wildcard", "jane", []string{"/managedobjects/1"}, created, nil},
		{"new objects on the wildcard", "jane", []string{"/managedobjects/*"}, created, []string{"/managedobjects/1 CREATE 1"}},
		{"changed objects", "jane", []string{"/managedobjects/1"}, updated, []string{"/managedobjects/1 UPDATE 1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := hears(t, options, tt.user, tt.channels, tt.message); !slices.Equal(got, tt.want) {
				t.Errorf("heard %q, want %q", got, tt.want)
			}
		})
	}
}

func TestQueueDropsTheOldest(t *testing.T) {
	got := hears(t, notify.HubOptions{Queue: 2}, "jane", []string{"/alarms/*"}, alarm("1", "a"), alarm("1", "b"), alarm("2", "c"))
	if want := []string{"/alarms/1 CREATE b", "/alarms/2 CREATE c"}; !slices.Equal(got, want) {
		t.Errorf("kept %q, want %q", got, want)
	}
}

func TestIdleClientIsForgotten(t *testing.T) {
	overBoth(t, notify.HubOptions{Idle: time.Hour, Timeout: 3 * time.Hour}, func(t *testing.T, w *world, dial func(string) line) {
		l := dial("jane")
		id := shake(l)
		subscribe(t, l, id, "/alarms/1")

		// While a connect is held the client is not idle, and afterwards it has its time again.
		l.send(connect(id))
		l.receive()
		time.Sleep(59 * time.Minute)
		l.send(`[{"channel":"/meta/connect","clientId":"` + id + `","advice":{"timeout":0}}]`)
		if got := l.receive(); got[0]["successful"] != true {
			t.Fatalf("after 59 idle minutes: %v", got)
		}
		time.Sleep(61 * time.Minute)
		l.send(connect(id))
		expect(t, l.receive(), `[{"advice":{"interval":0,"reconnect":"handshake"},"channel":"/meta/connect","error":"402::Unknown client","id":"3","successful":false}]`)
	})
}

func TestNewConnectEndsTheOlder(t *testing.T) {
	overBoth(t, notify.HubOptions{}, func(t *testing.T, w *world, dial func(string) line) {
		l := dial("jane")
		id := shake(l)
		subscribe(t, l, id, "/alarms/1")
		l.send(`[{"id":"older","channel":"/meta/connect","clientId":"` + id + `"}]`)
		synctest.Wait()
		l.send(`[{"id":"newer","channel":"/meta/connect","clientId":"` + id + `"}]`)
		if got := l.receive(); got[0]["id"] != "older" || got[0]["successful"] != true {
			t.Errorf("the older connect got %v", got)
		}
		w.hub.Publish(alarm("1", "a"))
		if got := l.receive(); len(got) != 2 || got[1]["id"] != "newer" {
			t.Errorf("the newer connect got %v", got)
		}
	})
}

func TestParallelConnectionsOfOneUser(t *testing.T) {
	overBoth(t, notify.HubOptions{Connections: 2}, func(t *testing.T, w *world, dial func(string) line) {
		var lines []line
		for _, user := range []string{"jane", "joe", "jane", "jane"} {
			l := dial(user)
			id := shake(l)
			subscribe(t, l, id, "/alarms/1")
			l.send(connect(id))
			synctest.Wait()
			lines = append(lines, l)
		}
		// Jane's third client on the channel has cost her the first; Joe is not concerned.
		if got := lines[0].receive(); got[0]["error"] != "402::Unknown client" {
			t.Errorf("the oldest got %v", got)
		}
		w.hub.Publish(alarm("1", "a"))
		for i, l := range lines[1:] {
			if got := delivered(l.receive()); len(got) != 1 {
				t.Errorf("client %d got %q", i+1, got)
			}
		}
	})
}

// A socket that breaks does not take the client along: on the next socket it finds what came meanwhile.
func TestSocketBreaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, notify.HubOptions{})
		first := w.socket("jane")
		id := shake(first)
		subscribe(t, first, id, "/alarms/1")
		first.send(connect(id))
		synctest.Wait()
		_ = first.conn.CloseNow()
		synctest.Wait()
		w.hub.Publish(alarm("1", "a"))

		second := w.socket("jane")
		second.send(connect(id))
		if got := delivered(second.receive()); !slices.Equal(got, []string{"/alarms/1 CREATE a"}) {
			t.Errorf("delivered %q", got)
		}
	})
}

func TestDisconnectEndsHeldConnect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, notify.HubOptions{})
		l := w.poller("jane")
		id := shake(l)
		l.send(connect(id))
		synctest.Wait()
		l.send(`[{"id":"9","channel":"/meta/disconnect","clientId":"` + id + `"}]`)
		advised := map[any]any{}
		for range 2 {
			m := l.receive()[0]
			advice, _ := m["advice"].(map[string]any)
			advised[m["channel"]] = advice["reconnect"]
		}
		if advised["/meta/connect"] != "none" {
			t.Errorf("advised %v, want no reconnect", advised)
		}
	})
}

func TestClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, notify.HubOptions{})
		p, s := w.poller("jane"), w.socket("jane")
		p.send(connect(shake(p)))
		s.send(connect(shake(s)))
		synctest.Wait()

		before := time.Now()
		closed := make(chan struct{})
		go func() { w.hub.Close(); close(closed) }()
		if got := p.receive(); got[0]["error"] != "402::Unknown client" {
			t.Errorf("the held poll got %v", got)
		}
		var err error
		for err == nil { // the answer to the held connect may come first
			_, _, err = s.conn.Read(t.Context())
		}
		if got := websocket.CloseStatus(err); got != websocket.StatusGoingAway {
			t.Errorf("the socket was closed with %v (%v)", got, err)
		}
		<-closed
		if took := time.Since(before); took > time.Second {
			t.Errorf("closing took %v", took)
		}
		if status, _ := w.post("/notification/realtime", "jane", `[{"channel":"/meta/handshake"}]`, "application/json"); status != 503 {
			t.Errorf("after closing: %d, want 503", status)
		}
		w.hub.Publish(alarm("1", "a")) // harmless
	})
}

func BenchmarkPublish(b *testing.B) {
	for _, clients := range []int{0, 1, 10} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			hub := notify.NewHub(notify.HubOptions{})
			defer hub.Close()
			listen(b, hub, clients, "/alarms/*")
			m := alarm("4711", "901")
			b.ReportAllocs()
			for b.Loop() {
				hub.Publish(m)
			}
		})
	}
}
