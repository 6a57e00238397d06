package pipe_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"c8yx/demo/pipe"
)

// An hour of waiting passes at once inside a bubble, over real HTTP.
func TestTimeInsideABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := pipe.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(time.Hour)
			_, _ = io.Copy(w, r.Body)
		}))
		defer server.Close()
		began := time.Now()
		response, err := server.Client.Get(server.URL + "/anything")
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if took := time.Since(began); took != time.Hour {
			t.Errorf("took %v, want exactly an hour", took)
		}
	})
}

func TestWebSocket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := pipe.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			socket, err := websocket.Accept(w, r, nil)
			if err != nil {
				return
			}
			kind, text, _ := socket.Read(r.Context())
			_ = socket.Write(r.Context(), kind, append([]byte("echo "), text...))
			_ = socket.Close(websocket.StatusNormalClosure, "")
		}))
		defer server.Close()
		ctx := context.Background()
		socket, _, err := websocket.Dial(ctx, "ws://demo.example/", &websocket.DialOptions{HTTPClient: server.Client})
		if err != nil {
			t.Fatal(err)
		}
		if err := socket.Write(ctx, websocket.MessageText, []byte("hello")); err != nil {
			t.Fatal(err)
		}
		if _, text, err := socket.Read(ctx); err != nil || string(text) != "echo hello" {
			t.Errorf("read %q, %v", text, err)
		}
		_ = socket.CloseNow()
	})
}

func TestClosedListener(t *testing.T) {
	l := pipe.Listen()
	_ = l.Close()
	if _, err := l.Dial(context.Background(), "tcp", "x"); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Dial = %v, want net.ErrClosed", err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept = %v, want net.ErrClosed", err)
	}
}
