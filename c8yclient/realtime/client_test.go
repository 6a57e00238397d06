package realtime_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient/realtime"
)

// bubble runs a test against a tenant, with time that passes only when all wait.
func bubble(t *testing.T, script func(*tenant), test func(t *testing.T, srv *tenant, client *realtime.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		srv := newTenant(t)
		if script != nil {
			script(srv)
		}
		test(t, srv, realtime.New(srv.config()))
	})
}

func subscribe(t *testing.T, client *realtime.Client, channels ...realtime.Channel) *realtime.Subscription {
	t.Helper()
	sub, err := client.Subscribe(t.Context(), channels...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sub.Close)
	return sub
}

// take waits until nothing moves any more and takes what there is.
func take(sub *realtime.Subscription) realtime.Batch {
	synctest.Wait()
	return sub.Take()
}

func wantState(t *testing.T, batch realtime.Batch, state realtime.State) {
	t.Helper()
	if batch.State != state {
		t.Fatalf("state is %v (%v), want %v", batch.State, batch.Err, state)
	}
}

func alarm(action, id, source string) map[string]any {
	return map[string]any{
		"realtimeAction": action,
		"data":           map[string]any{"id": id, "source": map[string]any{"id": source}},
	}
}

// transports runs a test over WebSocket and over long polling.
func transports(t *testing.T, test func(t *testing.T, srv *tenant, client *realtime.Client)) {
	t.Run("websocket", func(t *testing.T) { bubble(t, nil, test) })
	t.Run("long polling", func(t *testing.T) {
		bubble(t, func(srv *tenant) { srv.noWebSocket = true }, test)
	})
}

func TestMessagesArrive(t *testing.T) {
	transports(t, func(t *testing.T, srv *tenant, client *realtime.Client) {
		sub := subscribe(t, client, realtime.Alarms("*"))
		first := take(sub)
		wantState(t, first, realtime.Live)
		if first.Gap || first.LiveSince.IsZero() {
			t.Errorf("first batch: gap %v, live since %v", first.Gap, first.LiveSince)
		}

		srv.publish("/alarms/4711", "/alarms/*", alarm("CREATE", "901", "4711"))
		srv.publish("/alarms/4711", "/alarms/*", []any{alarm("UPDATE", "901", "4711"), alarm("CREATE", "902", "4711")})
		srv.publish("/alarms/4711", "/alarms/*", map[string]any{"realtimeAction": "DELETE", "data": "901"})
		srv.publish("/alarms/4711", "/alarms/*", map[string]any{"realtimeAction": "DELETE", "data": 902})
		srv.publish("/alarms/4711", "/alarms/*", "nonsense")

		var got []string
		for _, m := range take(sub).Messages {
			got = append(got, fmt.Sprintf("%s %s %s %t", m.Channel, m.Action, m.ID, m.Data != nil))
		}
		want := []string{
			"/alarms/4711 CREATE 901 true", "/alarms/4711 UPDATE 901 true", "/alarms/4711 CREATE 902 true",
			"/alarms/4711 DELETE 901 false", "/alarms/4711 DELETE 902 false",
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestOneConnectionForAll(t *testing.T) {
	transports(t, func(t *testing.T, srv *tenant, client *realtime.Client) {
		all := subscribe(t, client, realtime.Alarms("*"))
		wantState(t, take(all), realtime.Live)
		one := subscribe(t, client, realtime.Alarms("4711"), realtime.Events("4711"))
		wantState(t, take(one), realtime.Live)

		if n := len(srv.handshakes); n != 1 {
			t.Errorf("%d handshakes, want 1", n)
		}
		if got, want := srv.subscribed(), []string{"/alarms/*", "/alarms/4711", "/events/4711"}; !slices.Equal(got, want) {
			t.Errorf("subscribed to %q, want %q", got, want)
		}

		srv.publish("/alarms/5000", "/alarms/*", alarm("CREATE", "1", "5000"))
		if n := len(take(all).Messages); n != 1 {
			t.Errorf("the subscription to all alarms got %d messages", n)
		}
		if n := len(take(one).Messages); n != 0 {
			t.Errorf("the subscription to one device got %d messages of another", n)
		}

		one.Close()
		synctest.Wait()
		if got, want := srv.subscribed(), []string{"/alarms/*"}; !slices.Equal(got, want) {
			t.Errorf("after closing one: subscribed to %q, want %q", got, want)
		}
		all.Close()
		synctest.Wait()
		if len(srv.sessions) != 0 {
			t.Error("the session outlives the last subscription")
		}

		again := subscribe(t, client, realtime.Alarms("*"))
		wantState(t, take(again), realtime.Live)
	})
}

// A tenant may deliver under the pattern for everybody, once somebody has subscribed to it.
func TestDeliveryUnderPattern(t *testing.T) {
	bubble(t, nil, func(t *testing.T, srv *tenant, client *realtime.Client) {
		all := subscribe(t, client, realtime.Operations("*"))
		one := subscribe(t, client, realtime.Operations("4711"))
		wantState(t, take(one), realtime.Live)
		take(all)
		for _, device := range []string{"4711", "5000"} {
			srv.publish("/operations/*", "", map[string]any{
				"realtimeAction": "CREATE", "data": map[string]any{"id": "7", "deviceId": device},
			})
		}
		if n := len(take(all).Messages); n != 2 {
			t.Errorf("all: %d messages, want 2", n)
		}
		if n := len(take(one).Messages); n != 1 {
			t.Errorf("one: %d messages, want 1", n)
		}
	})
}

func TestHandshakeCarriesCredentials(t *testing.T) {
	transports(t, func(t *testing.T, srv *tenant, client *realtime.Client) {
		take(subscribe(t, client, realtime.Alarms("*")))
		ext, _ := srv.handshakes[0]["ext"].(map[string]any)
		authn, _ := ext["com.cumulocity.authn"].(map[string]any)
		if authn["token"] != "c2VjcmV0" {
			t.Errorf("handshake %v has no token", srv.handshakes[0])
		}
	})
}

func TestLostConnection(t *testing.T) {
	bubble(t, nil, func(t *testing.T, srv *tenant, client *realtime.Client) {
		sub := subscribe(t, client, realtime.Alarms("*"))
		wantState(t, take(sub), realtime.Live)

		srv.set(func() { srv.down = true })
		srv.breakAll()
		lost := take(sub)
		wantState(t, lost, realtime.Lost)
		if lost.Err == nil || !lost.LiveSince.IsZero() {
			t.Errorf("lost without a reason, or still live since %v", lost.LiveSince)
		}

		time.Sleep(3 * time.Minute)
		dials := srv.dialled()
		wantState(t, take(sub), realtime.Lost)
		if dials < 6 || dials > 20 {
			t.Errorf("%d attempts in three minutes", dials)
		}

		srv.set(func() { srv.down = false })
		back := time.Now()
		time.Sleep(31 * time.Second)
		again := take(sub)
		wantState(t, again, realtime.Live)
		if !again.Gap {
			t.Error("no gap after a lost connection")
		}
		if again.LiveSince.Before(back) {
			t.Errorf("live since %v, before the network was back", again.LiveSince)
		}
		if got, want := srv.subscribed(), []string{"/alarms/*"}; !slices.Equal(got, want) {
			t.Errorf("subscribed to %q, want %q", got, want)
		}
		srv.publish("/alarms/1", "/alarms/*", alarm("CREATE", "9", "1"))
		if batch := take(sub); len(batch.Messages) != 1 || batch.Gap {
			t.Errorf("after recovery: %d messages, gap %v", len(batch.Messages), batch.Gap)
		}
	})
}

func TestReconnectDoesNotWait(t *testing.T) {
	bubble(t, func(srv *tenant) { srv.down = true }, func(t *testing.T, srv *tenant, client *realtime.Client) {
		sub := subscribe(t, client, realtime.Alarms("*"))
		time.Sleep(5 * time.Minute)
		wantState(t, take(sub), realtime.Lost)
		srv.set(func() { srv.down = false })
		client.Reconnect()
		wantState(t, take(sub), realtime.Live)
	})
}

func TestUnknownClient(t *testing.T) {
	transports(t, func(t *testing.T, srv *tenant, client *realtime.Client) {
		sub := subscribe(t, client, realtime.Alarms("*"), realtime.Events("*"))
		wantState(t, take(sub), realtime.Live)
		time.Sleep(time.Hour)
		take(sub)

		srv.forget()
		again := take(sub)
		wantState(t, again, realtime.Live)
		if !again.Gap || len(srv.handshakes) != 2 {
			t.Errorf("gap %v after %d handshakes", again.Gap, len(srv.handshakes))
		}
		if got, want := srv.subscribed(), []string{"/alarms/*", "/events/*"}; !slices.Equal(got, want) {
			t.Errorf("subscribed to %q, want %q", got, want)
		}
	})
}

func TestRefusedChannel(t *testing.T) {
	transports(t, func(t *testing.T, srv *tenant, client *realtime.Client) {
		srv.set(func() { srv.deny = "/events/*" })
		events := subscribe(t, client, realtime.Events("*"))
		alarms := subscribe(t, client, realtime.Alarms("*"))
		refused := take(events)
		wantState(t, refused, realtime.Refused)
		if !errors.Is(refused.Err, realtime.ErrRefused) {
			t.Errorf("error %v is no refusal", refused.Err)
		}
		wantState(t, take(alarms), realtime.Live)

		srv.set(func() { srv.deny = "" })
		client.Reconnect()
		wantState(t, take(events), realtime.Live)
	})
}

func TestRefusedHandshake(t *testing.T) {
	transports(t, func(t *testing.T, srv *tenant, client *realtime.Client) {
		srv.set(func() { srv.refuse = "403::Handshake denied" })
		sub := subscribe(t, client, realtime.Alarms("*"))
		wantState(t, take(sub), realtime.Refused)
		attempts := len(srv.handshakes)
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(srv.handshakes) != attempts {
			t.Error("refused credentials are sent again: that locks accounts")
		}
		srv.set(func() { srv.refuse = "" })
		client.Reconnect()
		wantState(t, take(sub), realtime.Live)
	})
}

func TestRefusedCredentials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newTenant(t)
		config := srv.config()
		config.Authn = func(context.Context) (realtime.Authn, error) {
			return realtime.Authn{}, fmt.Errorf("%w: wrong password", realtime.ErrRefused)
		}
		sub := subscribe(t, realtime.New(config), realtime.Alarms("*"))
		wantState(t, take(sub), realtime.Refused)
		if srv.dialled() != 0 {
			t.Error("connected without credentials")
		}
	})
}

// What is refused is tried again with new credentials, if somebody gets some, but only once: the next refusal
// was not their age.
func TestNewCredentialsAfterARefusal(t *testing.T) {
	for name, test := range map[string]struct {
		renew   error
		cured   bool
		want    realtime.State
		renewed int
		hands   int
	}{
		"cured":           {cured: true, want: realtime.Live, renewed: 1, hands: 2},
		"refused again":   {want: realtime.Refused, renewed: 1, hands: 2},
		"nobody signs in": {renew: errors.New("declined"), want: realtime.Refused, renewed: 1, hands: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := newTenant(t)
				srv.set(func() { srv.refuse = "401::Token is terminated" })
				config, renewed := srv.config(), 0
				config.Refused = func(_ context.Context, shown time.Time, why error) error {
					renewed++
					if !errors.Is(why, realtime.ErrRefused) || shown.IsZero() {
						t.Errorf("refused because of %v, shown %v", why, shown)
					}
					if test.cured {
						srv.set(func() { srv.refuse = "" })
					}
					return test.renew
				}
				sub := subscribe(t, realtime.New(config), realtime.Alarms("*"))
				time.Sleep(time.Hour)
				synctest.Wait()
				wantState(t, take(sub), test.want)
				if renewed != test.renewed || len(srv.handshakes) != test.hands {
					t.Errorf("renewed %d times, %d handshakes, want %d and %d", renewed, len(srv.handshakes), test.renewed, test.hands)
				}
			})
		})
	}
}

// A WebSocket that opens but carries nothing is as good as none.
func TestMuteWebSocketFallsBack(t *testing.T) {
	bubble(t, func(srv *tenant) { srv.mute = true }, func(t *testing.T, srv *tenant, client *realtime.Client) {
		sub := subscribe(t, client, realtime.Alarms("*"))
		time.Sleep(time.Minute)
		wantState(t, take(sub), realtime.Live)
	})
}

func TestQuietConnectionStaysLive(t *testing.T) {
	transports(t, func(t *testing.T, srv *tenant, client *realtime.Client) {
		sub := subscribe(t, client, realtime.Alarms("*"))
		wantState(t, take(sub), realtime.Live)
		time.Sleep(6 * time.Hour)
		srv.publish("/alarms/1", "/alarms/*", alarm("CREATE", "9", "1"))
		batch := take(sub)
		wantState(t, batch, realtime.Live)
		if batch.Gap || len(batch.Messages) != 1 || len(srv.handshakes) != 1 {
			t.Errorf("gap %v, %d messages, %d handshakes", batch.Gap, len(batch.Messages), len(srv.handshakes))
		}
	})
}

// A connection that is only half there, as after a laptop's sleep, is noticed.
func TestFrozenConnection(t *testing.T) {
	bubble(t, func(srv *tenant) { srv.freeze = make(chan struct{}) }, func(t *testing.T, srv *tenant, client *realtime.Client) {
		t.Cleanup(func() { close(srv.freeze) })
		sub := subscribe(t, client, realtime.Alarms("*"))
		wantState(t, take(sub), realtime.Live)
		srv.set(func() { srv.down = true })
		time.Sleep(2 * time.Minute)
		wantState(t, take(sub), realtime.Lost)
	})
}

// A tenant that answers connects at once must not be asked a thousand times a second.
func TestNoBusyPolling(t *testing.T) {
	bubble(t, func(srv *tenant) { srv.noWebSocket, srv.hold = true, 0 }, func(t *testing.T, srv *tenant, client *realtime.Client) {
		sub := subscribe(t, client, realtime.Alarms("*"))
		wantState(t, take(sub), realtime.Live)
		before := srv.dialled()
		time.Sleep(time.Minute)
		wantState(t, take(sub), realtime.Live)
		if n := srv.dialled() - before; n > 60 {
			t.Errorf("%d connections in a minute", n)
		}
	})
}

func TestSlowConsumer(t *testing.T) {
	bubble(t, nil, func(t *testing.T, srv *tenant, client *realtime.Client) {
		slow := subscribe(t, client, realtime.Measurements("*"))
		quick := subscribe(t, client, realtime.Measurements("*"))
		wantState(t, take(slow), realtime.Live)
		take(quick)
		const rounds, perRound = 120, 100
		got := 0
		for range rounds {
			data := make([]any, perRound)
			for i := range data {
				data[i] = map[string]any{"realtimeAction": "CREATE", "data": map[string]any{"id": fmt.Sprint(i)}}
			}
			srv.publish("/measurements/1", "/measurements/*", data)
			got += len(take(quick).Messages)
		}
		if got != rounds*perRound {
			t.Errorf("the quick consumer got %d messages, want %d", got, rounds*perRound)
		}
		batch := take(slow)
		wantState(t, batch, realtime.Live)
		if !batch.Gap || len(batch.Messages) > 10_000 {
			t.Errorf("the slow consumer got %d messages, gap %v", len(batch.Messages), batch.Gap)
		}
	})
}

func TestNextEnds(t *testing.T) {
	bubble(t, nil, func(t *testing.T, srv *tenant, client *realtime.Client) {
		ctx, cancel := context.WithCancel(t.Context())
		sub, err := client.Subscribe(ctx, realtime.Alarms("*"))
		if err != nil {
			t.Fatal(err)
		}
		if batch, err := sub.Next(t.Context()); err != nil || batch.State != realtime.Live {
			t.Errorf("first batch: %v, %v", batch.State, err)
		}
		impatient, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if _, err := sub.Next(impatient); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Next with an impatient context: %v", err)
		}
		cancel()
		if _, err := sub.Next(t.Context()); !errors.Is(err, realtime.ErrClosed) {
			t.Errorf("Next after the end: %v", err)
		}
		<-sub.Done()
		if _, err := client.Subscribe(ctx, realtime.Alarms("*")); !errors.Is(err, context.Canceled) {
			t.Errorf("Subscribe with a dead context: %v", err)
		}
	})
}

func TestChannels(t *testing.T) {
	client := realtime.New(realtime.Config{})
	for _, channel := range []realtime.Channel{"", "alarms/1", "/alarms", "/alarms/", "/meta/connect", "/alarms/1/2", "/alarms/4*"} {
		if _, err := client.Subscribe(t.Context(), channel); err == nil {
			t.Errorf("channel %q was accepted", channel)
		}
	}
	if _, err := client.Subscribe(t.Context()); err == nil {
		t.Error("no channel at all was accepted")
	}
}
