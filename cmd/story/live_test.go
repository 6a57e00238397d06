package story_test

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/coder/websocket"

	"c8yx/cmd/story"
)

// radio is a program that shows what it hears on a WebSocket, and tunes in again
// when the connection breaks.
type radio struct {
	world story.World
	ctx   context.Context
	close context.CancelFunc
	send  func(tea.Msg)
	busy  atomic.Int64
	heard []string
}

type heard string

func newRadio(world story.World) (story.Model, error) {
	r := &radio{world: world}
	r.ctx, r.close = context.WithCancel(context.Background())
	return r, nil
}

func (r *radio) Attach(send func(tea.Msg)) { r.send = send }
func (r *radio) Idle() bool                { return r.busy.Load() == 0 }
func (r *radio) Close()                    { r.close() }

func (r *radio) Init() tea.Cmd {
	go func() {
		for r.ctx.Err() == nil {
			r.listen()
			select {
			case <-r.ctx.Done():
			case <-time.After(3 * time.Second):
			}
		}
	}()
	return nil
}

func (r *radio) listen() {
	r.busy.Add(1)
	conn, _, err := websocket.Dial(r.ctx, r.world.BaseURL+"/live", &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: r.world.Transport},
	})
	r.busy.Add(-1)
	if err != nil {
		return
	}
	defer conn.CloseNow()
	for {
		_, message, err := conn.Read(r.ctx)
		if err != nil {
			r.send(heard("silence"))
			return
		}
		r.send(heard(message))
	}
}

func (r *radio) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if said, ok := msg.(heard); ok {
		r.heard = append(r.heard, string(said))
	}
	return r, nil
}

func (r *radio) View() tea.View { return tea.NewView(strings.Join(r.heard, "\n")) }

// station says what time it is on a WebSocket, once a minute.
func station(context.Context) (http.Handler, error) {
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		conn, err := websocket.Accept(w, request, nil)
		if err != nil {
			return
		}
		defer conn.CloseNow()
		ctx := conn.CloseRead(request.Context())
		for ticker := time.NewTicker(time.Minute); ; {
			select {
			case now := <-ticker.C:
				if conn.Write(ctx, websocket.MessageText, []byte(now.UTC().Format("it is 15:04"))) != nil {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}), nil
}

func TestLiveMessagesArriveWithoutAKeyBeingPressed(t *testing.T) {
	t.Parallel()
	story.Run(t, story.Options{Start: newRadio, Tenant: station}, func(s *story.Story) {
		s.Wait(2 * time.Minute)
		s.See("it is 09:01", "it is 09:02")
		s.CutNetwork()
		s.See("silence")
		s.Wait(time.Minute)
		s.MendNetwork()
		s.Wait(2 * time.Minute)
		s.See("it is 09:05")
		s.DontSee("it is 09:03")
	})
}
