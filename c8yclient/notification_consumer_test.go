package c8yclient_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/coder/websocket"

	"c8yx/c8yclient"
	"c8yx/c8yclient/notification2"
)

// A consumer connects with a token made for it and with nothing else of the user's.
func TestConsumeNotifications(t *testing.T) {
	dialled := make(chan *http.Request, 1)
	acks := make(chan string, 1)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /notification2/token", func(w http.ResponseWriter, r *http.Request) {
		if body, _ := io.ReadAll(r.Body); !sameText(string(body),
			`{"subscription":"pumps","subscriber":"app1","type":"notification","signed":true,"shared":true,"nonPersistent":false}`) {
			t.Errorf("the token is asked for with %s", body)
		}
		_, _ = io.WriteString(w, `{"token":"a.b.c"}`)
	})
	mux.HandleFunc("GET /notification2/consumer/", func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.CloseNow() }()
		dialled <- r
		_ = conn.Write(r.Context(), websocket.MessageText, []byte("ack1\n/t1/alarms/4711\nCREATE\n\n{\"id\":\"901\"}"))
		for {
			_, text, err := conn.Read(r.Context())
			if err != nil {
				return
			}
			acks <- string(text)
		}
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	client, err := c8yclient.New(server.URL, c8yclient.WithAuth(c8yclient.Basic{User: "jane", Password: "x"}))
	if err != nil {
		t.Fatal(err)
	}
	defer client.CloseIdleConnections()
	consumer, err := client.ConsumeNotifications(t.Context(),
		c8yclient.NotificationConsumer{Subscription: "pumps", Subscriber: "app1", Shared: true},
		&notification2.Options{Client: "left"})
	if err != nil {
		t.Fatal(err)
	}
	request := <-dialled
	if got := request.URL.RequestURI(); got != "/notification2/consumer/?consumer=left&token=a.b.c" {
		t.Errorf("connected to %s", got)
	}
	if got := request.Header.Get("Authorization"); got != "" {
		t.Errorf("connected with the user's credentials: %q", got)
	}
	for received := false; !received; {
		batch, err := consumer.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range batch.Notifications {
			alarm, err := c8yclient.DecodeDocument[c8yclient.Alarm](n.Data)
			if err != nil || alarm.ID != "901" {
				t.Errorf("received %s (%v)", n.Data, err)
			}
			consumer.Ack(n)
			received = true
		}
	}
	if got := <-acks; got != "ack1" {
		t.Errorf("acknowledged %q", got)
	}
	consumer.Close()
	<-consumer.Done()
}

// A user who may not have a token is told so, and not tried again.
func TestConsumeWithoutPermission(t *testing.T) {
	client, srv := newClient(t, answer(http.StatusForbidden, `{"error":"security/Forbidden","message":"Access is denied"}`))
	consumer, err := client.ConsumeNotifications(t.Context(), c8yclient.NotificationConsumer{Subscription: "a", Subscriber: "b"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := consumer.Next(t.Context())
	if err != nil || batch.State != notification2.Refused {
		t.Fatalf("%v (%v), %v", batch.State, batch.Err, err)
	}
	if !errors.Is(batch.Err, c8yclient.ErrForbidden) {
		t.Errorf("the reason is %v", batch.Err)
	}
	consumer.Close()
	<-consumer.Done()
	if n := len(srv.recorded()); n != 1 {
		t.Errorf("%d requests were sent", n)
	}
}
