package notify_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"c8yx/demo/notify"
)

// admit reads tokens like "pumps app shared": topic, subscriber, and what is special.
func admit(r *http.Request) (notify.Seat, error) {
	words := strings.Fields(r.URL.Query().Get("token"))
	if len(words) < 2 {
		return notify.Seat{}, errors.New("no token")
	}
	return notify.Seat{
		Topic:      notify.Topic{Name: words[0], NonPersistent: slices.Contains(words, "volatile")},
		Subscriber: words[1], Shared: slices.Contains(words, "shared"),
	}, nil
}

// consumer is a client that keeps what came and acknowledges only when told to.
type consumer struct {
	w      *world
	conn   *websocket.Conn
	frames chan [4]string // acknowledgement, description, action, document
	ended  chan error
}

func (w *world) dial(token, name string) (*websocket.Conn, int) {
	query := url.Values{"token": {token}}
	if name != "" {
		query.Set("consumer", name)
	}
	conn, response, err := websocket.Dial(w.t.Context(), "ws://tenant/notification2/consumer/?"+query.Encode(), &websocket.DialOptions{HTTPClient: w.http})
	if err != nil {
		return nil, response.StatusCode
	}
	w.t.Cleanup(func() { _ = conn.CloseNow() })
	return conn, response.StatusCode
}

func (w *world) consume(token, name string) *consumer {
	w.t.Helper()
	conn, status := w.dial(token, name)
	if conn == nil {
		w.t.Fatalf("connecting with %q: %d", token, status)
	}
	c := &consumer{w, conn, make(chan [4]string, 10_000), make(chan error, 1)}
	go func() {
		for {
			_, frame, err := conn.Read(context.WithoutCancel(w.t.Context()))
			if err != nil {
				c.ended <- err
				return
			}
			header, document, _ := strings.Cut(string(frame), "\n\n")
			lines := strings.Split(header, "\n")
			c.frames <- [4]string{lines[0], lines[1], lines[2], document}
		}
	}()
	return c
}

// heard returns what has come, as "description action id", and its acknowledgements.
func (c *consumer) heard() (news, acks []string) {
	synctest.Wait()
	for {
		select {
		case f := <-c.frames:
			_, id, _ := strings.Cut(f[3], `"id":"`)
			id, _, _ = strings.Cut(id, `"`)
			news, acks = append(news, f[1]+" "+f[2]+" "+id), append(acks, f[0])
		default:
			return news, acks
		}
	}
}

func (c *consumer) say(words ...string) {
	c.w.t.Helper()
	for _, word := range words {
		if err := c.conn.Write(c.w.t.Context(), websocket.MessageText, []byte(word)); err != nil {
			c.w.t.Fatal(err)
		}
	}
	synctest.Wait()
}

func (c *consumer) leave() {
	_ = c.conn.CloseNow()
	synctest.Wait()
}

func (c *consumer) wants(what string, news ...string) (acks []string) {
	c.w.t.Helper()
	got, acks := c.heard()
	if !slices.Equal(got, news) {
		c.w.t.Errorf("%s: got %q, want %q", what, got, news)
	}
	return acks
}

// pumps is the feed of all alarms into the topic "pumps".
func pumps() notify.Feed {
	return notify.Feed{Topic: notify.Topic{Name: "pumps"}, Tenant: "t1", APIs: []string{"alarms"}}
}

// inTopic runs a test in a bubble where pumps is fed.
func inTopic(t *testing.T, options notify.HubOptions, test func(*testing.T, *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, options)
		w.hub.Feed(pumps())
		test(t, w)
	})
}

func TestFeeds(t *testing.T) {
	options := notify.HubOptions{Ancestors: func(id string) []string {
		if id == "1" {
			return []string{"10"}
		}
		return nil
	}}
	message := func(kind, id, action, document string) notify.Message {
		return notify.Message{Channel: "/" + kind + "/" + id, Action: action, ID: id, Data: []byte(document)}
	}
	object := `{"id":"1","type":"c8y_Pump","name":"Pump","c8y_Hardware":{},"c8y_Position":{}}`
	for _, test := range []struct {
		name    string
		feed    notify.Feed
		message notify.Message
		want    string // of frames without acknowledgement, joined by a line of dashes
	}{
		{"an alarm of the object", notify.Feed{Source: "1", APIs: []string{"alarms"}}, alarm("1", "9"), "/t1/alarms/1\nCREATE\n\n" + string(alarm("1", "9").Data)},
		{"of another", notify.Feed{Source: "2"}, alarm("1", "9"), ""},
		{"of a child", notify.Feed{Source: "10", APIs: []string{"alarms", "alarmsWithChildren"}}, alarm("1", "9"), "/t1/alarmsWithChildren/10\nCREATE\n\n" + string(alarm("1", "9").Data)},
		{"everything has its own alarm twice", notify.Feed{Source: "1"}, alarm("1", "9"), "/t1/alarms/1\nCREATE\n\n" + string(alarm("1", "9").Data) + "\n---\n/t1/alarmsWithChildren/1\nCREATE\n\n" + string(alarm("1", "9").Data)},
		{"no measurements of a tenant", notify.Feed{}, message("measurements", "1", notify.Create, `{}`), ""},
		{"a measurement of an object", notify.Feed{Source: "1"}, message("measurements", "1", notify.Create, `{}`), "/t1/measurements/1\nCREATE\n\n{}"},
		{"a new object of a tenant", notify.Feed{}, message("managedobjects", "1", notify.Create, object), "/t1/managedobjects/1\nCREATE\n\n" + object},
		{"a changed object of a tenant", notify.Feed{}, message("managedobjects", "1", notify.Update, object), ""},
		{"a changed object", notify.Feed{Source: "1"}, message("managedobjects", "1", notify.Update, object), "/t1/managedobjects/1\nUPDATE\n\n" + object},
		{"a deleted object", notify.Feed{Source: "1"}, message("managedobjects", "1", notify.Delete, `"1"`), "/t1/managedobjects/1\nDELETE\n\n\"1\""},
		{"an operation of a tenant", notify.Feed{}, message("operations", "1", notify.Update, `{"id":"5"}`), "/t1/operations/1\nUPDATE\n\n{\"id\":\"5\"}"},
		{"a type", notify.Feed{Types: []string{"c8y_Other", "c8y_HighTemp"}}, alarm("1", "9"), "/t1/alarms/1\nCREATE\n\n" + string(alarm("1", "9").Data)},
		{"another type", notify.Feed{Types: []string{"c8y_Other"}}, alarm("1", "9"), ""},
		{"a document without type", notify.Feed{Types: []string{"c8y_Other"}}, message("operations", "1", notify.Update, `{}`), ""},
		{"some fragments", notify.Feed{Fragments: []string{"c8y_Position"}}, message("managedobjects", "1", notify.Create, object), "/t1/managedobjects/1\nCREATE\n\n" + `{"id":"1","type":"c8y_Pump","name":"Pump","c8y_Position":{}}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, options)
				test.feed.Topic, test.feed.Tenant = notify.Topic{Name: "x"}, "t1"
				stop := w.hub.Feed(test.feed)
				c := w.consume("x app", "")
				synctest.Wait()
				w.hub.Publish(test.message)
				synctest.Wait()
				var frames []string
				for range len(c.frames) {
					f := <-c.frames
					frames = append(frames, f[1]+"\n"+f[2]+"\n\n"+f[3])
				}
				slices.Sort(frames)
				if got := strings.Join(frames, "\n---\n"); got != test.want {
					t.Errorf("got\n%s\nwant\n%s", got, test.want)
				}
				stop()
				w.hub.Publish(test.message)
				c.wants("after the subscription is gone")
			})
		})
	}
}

func TestUnacknowledgedComesAgain(t *testing.T) {
	inTopic(t, notify.HubOptions{}, func(_ *testing.T, w *world) {
		w.hub.Publish(alarm("1", "lost")) // nobody has ever connected
		c := w.consume("pumps app", "")
		w.hub.Publish(alarm("1", "a"))
		w.hub.Publish(alarm("2", "b"))
		w.hub.Publish(alarm("1", "c"))
		acks := c.wants("as it happens", "/t1/alarms/1 CREATE a", "/t1/alarms/2 CREATE b", "/t1/alarms/1 CREATE c")
		c.say(acks[1], "nonsense", acks[1])
		c.leave()
		w.hub.Publish(alarm("1", "d"))
		c = w.consume("pumps app", "")
		acks = c.wants("after a break", "/t1/alarms/1 CREATE a", "/t1/alarms/1 CREATE c", "/t1/alarms/1 CREATE d")
		c.say(acks...)
		c.leave()
		c = w.consume("pumps app", "")
		c.wants("when all is acknowledged")
		w.consume("pumps other", "").wants("for one who comes later")
	})
}

func TestExclusiveAndShared(t *testing.T) {
	inTopic(t, notify.HubOptions{}, func(t *testing.T, w *world) {
		first := w.consume("pumps app", "")
		for _, token := range []string{"pumps app", "pumps app shared"} {
			if conn, status := w.dial(token, ""); conn != nil || status != http.StatusConflict {
				t.Errorf("a second client with %q: %d", token, status)
			}
		}
		if _, status := w.dial("bad", ""); status != http.StatusUnauthorized {
			t.Errorf("a bad token: %d", status)
		}
		first.leave()

		one, two := w.consume("pumps app shared", "one"), w.consume("pumps app shared", "two")
		if conn, status := w.dial("pumps app", ""); conn != nil || status != http.StatusConflict {
			t.Errorf("an exclusive client beside shared ones: %d", status)
		}
		for i := range 100 {
			w.hub.Publish(alarm(fmt.Sprint(i%20), fmt.Sprint(i)))
		}
		byOne, acks := one.heard()
		byTwo, _ := two.heard()
		if len(byOne)+len(byTwo) != 100 || len(byOne) < 10 || len(byTwo) < 10 {
			t.Fatalf("%d and %d of 100 messages", len(byOne), len(byTwo))
		}
		for _, news := range byOne {
			source := strings.Fields(news)[0] + " "
			if slices.ContainsFunc(byTwo, func(other string) bool { return strings.HasPrefix(other, source) }) {
				t.Errorf("both have news of %s", source)
			}
		}
		one.say(acks...)
		two.say(acks...) // not theirs: this acknowledges nothing
		two.leave()
		one.wants("what the other left behind, in order", byTwo...)
		w.hub.Publish(alarm("1", "later"))
		one.wants("who is alone has everything", "/t1/alarms/1 CREATE later")
	})
}

func TestASourceStaysWithItsClient(t *testing.T) {
	inTopic(t, notify.HubOptions{}, func(t *testing.T, w *world) {
		one := w.consume("pumps app shared", "one")
		publish := func() {
			for i := range 20 {
				w.hub.Publish(alarm(fmt.Sprint(i), "x"))
			}
		}
		publish()
		_, acks := one.heard()
		two := w.consume("pumps app shared", "two")
		publish()
		if news, _ := two.heard(); len(news) != 0 {
			t.Errorf("the newcomer overtakes: %q", news)
		}
		_, more := one.heard()
		one.say(append(acks, more...)...)
		publish()
		mine, _ := one.heard()
		theirs, _ := two.heard()
		if len(mine)+len(theirs) != 20 || len(theirs) == 0 {
			t.Errorf("%d and %d after everything is acknowledged", len(mine), len(theirs))
		}
		two.leave()
		one.heard()
		two = w.consume("pumps app shared", "two")
		if again, _ := two.heard(); len(again) != 0 {
			t.Errorf("what the first has not acknowledged is sent to the second: %q", again)
		}
	})
}

func TestBacklog(t *testing.T) {
	inTopic(t, notify.HubOptions{Backlog: 300}, func(t *testing.T, w *world) {
		bayeux := w.poller("jane")
		id := shake(bayeux)
		subscribe(t, bayeux, id, "/alarms/*")
		keep := func() error {
			pending, err := w.hub.Keep(alarm("1", "a"))
			pending.Deliver()
			return err
		}
		for range 10 {
			if err := keep(); err != nil {
				t.Fatal("without consumers nothing is kept:", err)
			}
		}
		c := w.consume("pumps app", "")
		kept := 0
		for keep() == nil {
			kept++
		}
		if err := keep(); kept != 4 || !errors.Is(err, notify.ErrBacklog) {
			t.Errorf("%d messages of 75 bytes fit into 300, then %v", kept, err)
		}
		bayeux.send(connect(id))
		if got := delivered(bayeux.receive()); len(got) != 10+kept+2 {
			t.Errorf("others heard %d messages", len(got))
		}
		_, acks := c.heard()
		c.say(acks[0])
		if err := keep(); err != nil {
			t.Error("after an acknowledgement:", err)
		}
		if keep() == nil {
			t.Error("room for one became room for two")
		}
		time.Sleep(37 * time.Hour)
		if err := keep(); err != nil {
			t.Error("when all has become too old:", err)
		}
		c.leave()
		w.consume("pumps app", "").wants("what is not too old", "/t1/alarms/1 CREATE a")
	})
}

func TestTooMuchUnacknowledged(t *testing.T) {
	inTopic(t, notify.HubOptions{Unacked: 2}, func(_ *testing.T, w *world) {
		c := w.consume("pumps app", "")
		for _, id := range []string{"a", "b", "c", "d"} {
			w.hub.Publish(alarm("1", id))
		}
		acks := c.wants("two at most", "/t1/alarms/1 CREATE a", "/t1/alarms/1 CREATE b")
		c.say(acks[1])
		c.wants("one for one", "/t1/alarms/1 CREATE c")
	})
}

func TestNonPersistentTopic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, notify.HubOptions{})
		feed := pumps()
		w.hub.Feed(feed)
		feed.Topic.NonPersistent = true
		w.hub.Feed(feed)
		kept, c := w.consume("pumps app", ""), w.consume("pumps app volatile", "")
		w.hub.Publish(alarm("1", "a"))
		c.wants("while connected", "/t1/alarms/1 CREATE a")
		c.leave()
		w.hub.Publish(alarm("1", "b"))
		c = w.consume("pumps app volatile", "")
		w.hub.Publish(alarm("1", "c"))
		c.wants("after a break", "/t1/alarms/1 CREATE c")
		kept.wants("the persistent topic of the same name", "/t1/alarms/1 CREATE a", "/t1/alarms/1 CREATE b", "/t1/alarms/1 CREATE c")
	})
}

func TestUnsubscribe(t *testing.T) {
	inTopic(t, notify.HubOptions{}, func(t *testing.T, w *world) {
		topic := notify.Topic{Name: "pumps"}
		gone := func(what string) {
			t.Helper()
			if _, err := w.hub.Unsubscribe(topic, "app"); !errors.Is(err, notify.ErrNoConsumer) {
				t.Errorf("%s: %v", what, err)
			}
		}
		gone("before anybody connected")
		c := w.consume("pumps app", "")
		w.hub.Publish(alarm("1", "a"))
		c.wants("while connected", "/t1/alarms/1 CREATE a")
		if scheduled, err := w.hub.Unsubscribe(topic, "app"); !scheduled || err != nil {
			t.Errorf("while connected: %v %v", scheduled, err)
		}
		c.leave()
		gone("after the last client left")

		c = w.consume("pumps app", "")
		c.wants("a new consumer has no past")
		c.leave()
		if scheduled, err := w.hub.Unsubscribe(topic, "app"); scheduled || err != nil {
			t.Errorf("while nobody is connected: %v %v", scheduled, err)
		}

		c = w.consume("pumps app", "")
		w.hub.Publish(alarm("1", "b"))
		c.heard()
		c.say("unsubscribe_subscriber")
		gone("after the client said so")
		w.hub.Publish(alarm("1", "c"))
		c.wants("nothing any more")
		w.consume("pumps app", "").wants("a new consumer has no past")
	})
}

func TestSilenceEndsAConnection(t *testing.T) {
	inTopic(t, notify.HubOptions{}, func(t *testing.T, w *world) {
		c := w.consume("pumps app", "")
		for range 10 {
			time.Sleep(4 * time.Minute)
			if err := c.conn.Ping(t.Context()); err != nil {
				t.Fatal("pings keep a connection open:", err)
			}
		}
		time.Sleep(4 * time.Minute)
		w.hub.Publish(alarm("1", "a"))
		time.Sleep(4 * time.Minute)
		select {
		case err := <-c.ended:
			t.Fatal("news keeps a connection open:", err)
		default:
		}
		time.Sleep(2 * time.Minute)
		if err := <-c.ended; websocket.CloseStatus(err) != websocket.StatusGoingAway {
			t.Error("closed with", err)
		}
	})
}

func TestCloseEndsConsumers(t *testing.T) {
	inTopic(t, notify.HubOptions{}, func(t *testing.T, w *world) {
		c := w.consume("pumps app", "")
		w.hub.Close()
		if err := <-c.ended; websocket.CloseStatus(err) != websocket.StatusGoingAway {
			t.Error("closed with", err)
		}
		if _, status := w.dial("pumps app", ""); status != http.StatusServiceUnavailable {
			t.Errorf("afterwards: %d", status)
		}
	})
}
