package notification2_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"c8yx/c8yclient/notification2"
)

// bubble runs a test against a tenant, with time that passes only when all wait.
func bubble(t *testing.T, test func(t *testing.T, srv *tenant)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, newTenant(t)) })
}

func consume(t *testing.T, srv *tenant, options *notification2.Options) *notification2.Consumer {
	t.Helper()
	c, err := notification2.Consume(t.Context(), srv.config(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Close()
		<-c.Done()
	})
	return c
}

// take waits until nothing moves any more and takes what there is.
func take(c *notification2.Consumer) notification2.Batch {
	synctest.Wait()
	return c.Take()
}

func wantState(t *testing.T, batch notification2.Batch, state notification2.State) {
	t.Helper()
	if batch.State != state {
		t.Fatalf("state is %v (%v), want %v", batch.State, batch.Err, state)
	}
}

func ids(batch notification2.Batch) []string {
	ids := []string{}
	for _, n := range batch.Notifications {
		ids = append(ids, n.ID)
	}
	return ids
}

func wantIDs(t *testing.T, batch notification2.Batch, want ...string) {
	t.Helper()
	if got := ids(batch); !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestNewsArrivesAndIsAcknowledged(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		c := consume(t, srv, nil)
		wantState(t, take(c), notification2.Live)
		srv.alarm("901")
		srv.publish("/t1/operations/4711\nUPDATE", `{"id":77,"status":"EXECUTING"}`)
		batch := take(c)
		wantIDs(t, batch, "901", "77")
		n := batch.Notifications[0]
		if got := fmt.Sprint(n.Tenant, n.API, n.Source, n.Action); got != "t1alarms4711CREATE" || string(n.Data) != `{"id":"901"}` {
			t.Errorf("got %s %s", got, n.Data)
		}
		synctest.Wait()
		if acks := srv.acknowledged(); len(acks) != 0 {
			t.Fatalf("acknowledged before anybody asked for it: %q", acks)
		}
		// One for one, in the order in which the consumer is done with them.
		c.Ack(batch.Notifications[1])
		c.Ack(batch.Notifications[0])
		synctest.Wait()
		if got, want := srv.acknowledged(), []string{`{"id":77,"status":"EXECUTING"}`, `{"id":"901"}`}; !slices.Equal(got, want) {
			t.Errorf("acknowledged %q, want %q", got, want)
		}
	})
}

func TestUnacknowledgedComesAgain(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		c := consume(t, srv, nil)
		srv.alarm("1")
		srv.alarm("2")
		before := take(c)
		wantIDs(t, before, "1", "2")
		c.Ack(before.Notifications[0])
		srv.alarm("3") // not taken before the connection breaks
		synctest.Wait()

		srv.breakAll()
		lost := take(c)
		wantState(t, lost, notification2.Lost)
		wantIDs(t, lost)
		time.Sleep(2 * time.Second)
		again := take(c)
		wantState(t, again, notification2.Live)
		wantIDs(t, again, "2", "3")
		if len(srv.dialled()) != 2 || srv.made() != 1 {
			t.Errorf("%d connections with %d tokens, want 2 with 1", len(srv.dialled()), srv.made())
		}

		// The acknowledgement of the old connection is worth nothing: it must not go out.
		c.Ack(before.Notifications[1])
		synctest.Wait()
		if got := srv.acknowledged(); len(got) != 1 || len(srv.commanded()) != 0 {
			t.Errorf("acknowledged %q, and something else: %q", got, srv.commanded())
		}
		c.Ack(again.Notifications...)
		synctest.Wait()
		if got := srv.acknowledged(); len(got) != 3 {
			t.Errorf("acknowledged %q", got)
		}
	})
}

func TestTokenIsRenewed(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		c := consume(t, srv, nil)
		wantState(t, take(c), notification2.Live)
		// An expired token does not end the connection, but another needs a new one.
		srv.set(func() { srv.valid = "s3cret-token2" })
		time.Sleep(time.Hour)
		wantState(t, take(c), notification2.Live)
		srv.breakAll()
		time.Sleep(2 * time.Second)
		wantState(t, take(c), notification2.Live)
		if srv.made() != 2 {
			t.Errorf("%d tokens, want 2", srv.made())
		}
	})
}

func TestRefusals(t *testing.T) {
	forbidden := fmt.Errorf("%w: no permission", notification2.ErrRefused)
	for _, test := range []struct {
		name   string
		script func(*tenant)
		state  notification2.State
		is     error
	}{
		{"a new token is not accepted", func(srv *tenant) { srv.valid = "another" }, notification2.Refused, notification2.ErrRefused},
		{"no token for this user", func(srv *tenant) { srv.tokenErr = forbidden }, notification2.Refused, forbidden},
		{"no token for now", func(srv *tenant) { srv.tokenErr = errors.New("503") }, notification2.Lost, nil},
		{"no permission", func(srv *tenant) { srv.refuse = http.StatusForbidden }, notification2.Refused, notification2.ErrRefused},
		{"no such endpoint", func(srv *tenant) { srv.refuse = http.StatusNotFound }, notification2.Refused, notification2.ErrRefused},
		{"in use", func(srv *tenant) { srv.refuse = http.StatusConflict }, notification2.Lost, notification2.ErrInUse},
		{"proxy", func(srv *tenant) { srv.refuse = http.StatusBadGateway }, notification2.Lost, nil},
		{"no network", func(srv *tenant) { srv.down = true }, notification2.Lost, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, srv *tenant) {
				test.script(srv)
				c := consume(t, srv, nil)
				batch := take(c)
				wantState(t, batch, test.state)
				if batch.Err == nil || (test.is != nil && !errors.Is(batch.Err, test.is)) {
					t.Errorf("the error is %v, want %v", batch.Err, test.is)
				}
				if strings.Contains(fmt.Sprint(batch.Err), "s3cret") {
					t.Errorf("the error tells the token: %v", batch.Err)
				}
				if test.state == notification2.Refused {
					time.Sleep(time.Hour)
					if batch := take(c); batch.State != notification2.Refused || len(srv.dialled()) > 1 {
						t.Errorf("after a refusal it tried again: %d times", len(srv.dialled()))
					}
				}
				srv.set(func() { srv.valid, srv.tokenErr, srv.refuse, srv.down = "", nil, 0, false })
				c.Reconnect()
				wantState(t, take(c), notification2.Live)
			})
		})
	}
}

// A tenant that is away is asked less and less often, but never given up.
func TestPausesGrow(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		srv.refuse = http.StatusBadGateway
		c := consume(t, srv, nil)
		time.Sleep(30 * time.Second)
		synctest.Wait()
		if n := len(srv.dialled()); n < 5 || n > 8 {
			t.Errorf("%d attempts in the first half minute", n)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		before := len(srv.dialled())
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if n := len(srv.dialled()) - before; n < 9 || n > 21 {
			t.Errorf("%d attempts in ten minutes of the second hour", n)
		}
		srv.set(func() { srv.refuse = 0 })
		time.Sleep(time.Minute)
		wantState(t, take(c), notification2.Live)
	})
}

func TestExclusiveSubscriber(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		srv.valid = "s3cret-token1"
		first := consume(t, srv, nil)
		wantState(t, take(first), notification2.Live)
		srv.set(func() { srv.tokens, srv.valid = 0, "" })
		second := consume(t, srv, nil)
		if batch := take(second); !errors.Is(batch.Err, notification2.ErrInUse) {
			t.Fatalf("the second is %v (%v)", batch.State, batch.Err)
		}
		// It gets its turn when the first has gone.
		first.Close()
		<-first.Done()
		time.Sleep(2 * time.Minute)
		wantState(t, take(second), notification2.Live)
	})
}

func TestSharedSubscriber(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		srv.shared = true
		srv.valid = "s3cret-token1"
		first := consume(t, srv, &notification2.Options{Client: "left hand"})
		synctest.Wait()
		srv.set(func() { srv.tokens = 0 })
		second := consume(t, srv, &notification2.Options{Client: "right hand"})
		synctest.Wait()
		for i := range 10 {
			srv.alarm(fmt.Sprint(i))
			synctest.Wait()
		}
		got := slices.Concat(ids(take(first)), ids(take(second)))
		slices.Sort(got)
		if want := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}; !slices.Equal(got, want) {
			t.Errorf("both together got %q", got)
		}
		if a, b := srv.dialled()[0].Get("consumer"), srv.dialled()[1].Get("consumer"); a != "left hand" || b != "right hand" {
			t.Errorf("the clients are called %q and %q", a, b)
		}
	})
}

func TestAutoAck(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		c := consume(t, srv, &notification2.Options{AutoAck: true})
		wantState(t, take(c), notification2.Live)
		srv.alarm("1")
		wantIDs(t, take(c), "1")
		synctest.Wait()
		if got := srv.acknowledged(); len(got) != 0 {
			t.Fatalf("acknowledged while it is being dealt with: %q", got)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		if got := srv.acknowledged(); len(got) != 1 {
			t.Errorf("acknowledged %q after the consumer came back for more", got)
		}
	})
}

// What was acknowledged before the end still arrives, and the connection ends in an orderly way.
func TestLastAcknowledgementsArrive(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		ctx, cancel := context.WithCancel(t.Context())
		c, err := notification2.Consume(ctx, srv.config(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 100 {
			srv.alarm(fmt.Sprint(i))
		}
		c.Ack(take(c).Notifications...)
		cancel()
		<-c.Done()
		synctest.Wait()
		if got := len(srv.acknowledged()); got != 100 {
			t.Errorf("%d of 100 acknowledgements arrived", got)
		}
		if !slices.Equal(srv.closes, []websocket.StatusCode{websocket.StatusNormalClosure}) {
			t.Errorf("the connection ended with %v", srv.closes)
		}
		_ = c.Take()
		if _, err := c.Next(t.Context()); !errors.Is(err, notification2.ErrClosed) {
			t.Errorf("after the end, Next says %v", err)
		}
	})
}

func TestUnsubscribe(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		srv.down = true
		c := consume(t, srv, nil)
		synctest.Wait()
		if err := c.Unsubscribe(t.Context()); !errors.Is(err, notification2.ErrNotConnected) {
			t.Errorf("without a connection: %v", err)
		}
		srv.set(func() { srv.down = false })
		c.Reconnect()
		wantState(t, take(c), notification2.Live)
		if err := c.Unsubscribe(t.Context()); err != nil {
			t.Fatal(err)
		}
		<-c.Done()
		if !slices.Equal(srv.commanded(), []string{"unsubscribe_subscriber"}) {
			t.Errorf("sent %q", srv.commanded())
		}
		if err := c.Unsubscribe(t.Context()); err == nil {
			t.Error("unsubscribed twice")
		}
	})
}

// A consumer that takes nothing makes the tenant wait, and keeps the connection.
func TestBackpressure(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		c := consume(t, srv, nil)
		wantState(t, take(c), notification2.Live)
		filler := strings.Repeat("x", 1<<20)
		for i := range 24 {
			srv.publish("/t1/events/4711\nCREATE", fmt.Sprintf(`{"id":"%d","text":%q}`, i, filler))
		}
		time.Sleep(10 * time.Minute)
		first := take(c)
		wantState(t, first, notification2.Live)
		if n := len(first.Notifications); n == 0 || n > 17 {
			t.Fatalf("%d MB were collected", n)
		}
		got := ids(first)
		for range 5 {
			got = append(got, ids(take(c))...)
		}
		if len(got) != 24 || got[0] != "0" || got[23] != "23" {
			t.Errorf("got %q", got)
		}
	})
}

func TestDeadConnectionIsNoticed(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		srv.mute = true
		c := consume(t, srv, nil)
		wantState(t, take(c), notification2.Live)
		srv.set(func() { srv.mute, srv.shared = false, true })
		time.Sleep(70 * time.Second)
		batch := take(c)
		if len(srv.dialled()) != 2 {
			t.Errorf("%d connections; the state is %v (%v)", len(srv.dialled()), batch.State, batch.Err)
		}
	})
}

func TestQuietConnectionIsKept(t *testing.T) {
	bubble(t, func(t *testing.T, srv *tenant) {
		c := consume(t, srv, nil)
		time.Sleep(24 * time.Hour)
		batch := take(c)
		wantState(t, batch, notification2.Live)
		if len(srv.dialled()) != 1 {
			t.Errorf("%d connections in a quiet day", len(srv.dialled()))
		}
	})
}

func TestConfigurationMustBeComplete(t *testing.T) {
	if _, err := notification2.Consume(t.Context(), notification2.Config{}, nil); err == nil {
		t.Error("an empty configuration is accepted")
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	bubble(t, func(t *testing.T, srv *tenant) {
		if _, err := notification2.Consume(canceled, srv.config(), nil); !errors.Is(err, context.Canceled) {
			t.Errorf("with a canceled context: %v", err)
		}
	})
}
