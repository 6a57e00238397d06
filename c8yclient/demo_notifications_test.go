package c8yclient_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/notification2"
	"c8yx/demo"
	"c8yx/demo/notify"
	"c8yx/demo/pipe"
)

// notified is a tenant that tells what happens to it, and a client that hears it. They know of each other what
// goes over HTTP.
type notified struct {
	*testing.T
	*c8yclient.Client
	device string
}

// inNotified runs a test with a device whose alarms and events, and those of what is below it, go to the topic "plant".
func inNotified(t *testing.T, options notify.HubOptions, test func(*notified)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		tenant, err := demo.New(demo.Options{Devices: -1, Realtime: options})
		if err != nil {
			t.Fatal(err)
		}
		server := pipe.Serve(tenant)
		t.Cleanup(func() {
			tenant.Close()
			server.Close()
		})
		admin := tenant.Users()[0]
		client, err := c8yclient.New(server.URL, c8yclient.WithTransport(server.Client.Transport),
			c8yclient.WithAuth(c8yclient.Basic{Tenant: admin.Tenant, User: admin.Name, Password: c8yclient.Secret(admin.Password)}))
		if err != nil {
			t.Fatal(err)
		}
		n := &notified{T: t, Client: client}
		n.device = n.object("Plant")
		if _, err := client.NotificationSubscriptions.Create(t.Context(), &c8yclient.NotificationSubscription{
			Context: c8yclient.NotificationObject, Subscription: "plant", Source: c8yclient.Source{ID: n.device},
			Filter: &c8yclient.NotificationFilter{
				APIs: []c8yclient.NotificationAPI{c8yclient.NotifyAlarms, c8yclient.NotifyEventsWithChildren}, TypeFilter: "'c8y_Door' or 'c8y_Hot'",
			},
			FragmentsToCopy: []string{"c8y_Kept"},
		}); err != nil {
			t.Fatal(err)
		}
		test(n)
	})
}

func (n *notified) object(name string) string {
	n.Helper()
	made, err := n.Inventory.Create(n.Context(), &c8yclient.ManagedObject{Name: name})
	if err != nil {
		n.Fatal(err)
	}
	return made.ID
}

func (n *notified) event(source, kind string) (id string, err error) {
	event, err := n.Events.Create(n.Context(), &c8yclient.Event{
		Source: c8yclient.Source{ID: source}, Type: kind, Text: "open", Time: time.Now(),
	})
	if err != nil {
		return "", err
	}
	return event.ID, nil
}

func (n *notified) mustEvent(source string) string {
	n.Helper()
	id, err := n.event(source, "c8y_Door")
	if err != nil {
		n.Fatal(err)
	}
	return id
}

func (n *notified) consume(who c8yclient.NotificationConsumer, options *notification2.Options) *notification2.Consumer {
	n.Helper()
	who.Subscription = "plant"
	synctest.Wait() // until the tenant has noticed who has gone
	consumer, err := n.ConsumeNotifications(n.Context(), who, options)
	if err != nil {
		n.Fatal(err)
	}
	n.Cleanup(func() {
		consumer.Close()
		<-consumer.Done()
	})
	synctest.Wait()
	return consumer
}

// told returns what has come to a consumer, as "api source action id", and acknowledges it if wanted.
func told(c *notification2.Consumer, ack bool) []string {
	synctest.Wait()
	var news []string
	for _, each := range c.Take().Notifications {
		news = append(news, fmt.Sprint(each.API, " ", each.Source, " ", each.Action, " ", each.ID))
		if ack {
			c.Ack(each)
		}
	}
	synctest.Wait()
	return news
}

func app() c8yclient.NotificationConsumer { return c8yclient.NotificationConsumer{Subscriber: "app"} }

func TestNotificationsReachTheClient(t *testing.T) {
	inNotified(t, notify.HubOptions{}, func(n *notified) {
		child := n.object("Pump")
		if err := n.Inventory.AddChildren(n.Context(), n.device, c8yclient.ChildDevices, child); err != nil {
			n.Fatal(err)
		}
		c := n.consume(app(), nil)
		own, below := n.mustEvent(n.device), n.mustEvent(child)
		if _, err := n.event(n.device, "c8y_Other"); err != nil {
			n.Fatal(err)
		}
		if err := n.Events.Delete(n.Context(), own); err != nil {
			n.Fatal(err)
		}
		want := []string{"eventsWithChildren " + n.device + " CREATE " + own, "eventsWithChildren " + n.device + " CREATE " + below}
		if got := told(c, true); !slices.Equal(got, want) {
			n.Errorf("the client heard %q, want %q", got, want)
		}
	})
}

func TestClientAndTenantAgreeOnDelivery(t *testing.T) {
	inNotified(t, notify.HubOptions{}, func(n *notified) {
		c := n.consume(app(), nil)
		first, second := n.mustEvent(n.device), n.mustEvent(n.device)
		batch := taken(c)
		c.Ack(batch[0])
		synctest.Wait()
		c.Close()
		<-c.Done()
		third := n.mustEvent(n.device)
		c = n.consume(app(), nil)
		if got := documents(taken(c)); !slices.Equal(got, []string{second, third}) {
			n.Errorf("after a break: %q, want what was not acknowledged of %q", got, []string{first, second, third})
		}

		// A second client of the same exclusive subscriber is refused until the first has gone.
		other := n.consume(app(), nil)
		if state := other.Take(); state.State != notification2.Lost || !errors.Is(state.Err, notification2.ErrInUse) {
			n.Errorf("a second client: %s, %v", state.State, state.Err)
		}
		c.Close()
		<-c.Done()
		time.Sleep(time.Minute)
		if got := documents(taken(other)); !slices.Equal(got, []string{second, third}) {
			n.Errorf("the second client, when the first has gone: %q", got)
		}
		if err := other.Unsubscribe(n.Context()); err != nil {
			n.Error(err)
		}
		<-other.Done()
		c = n.consume(app(), nil)
		if got := taken(c); len(got) != 0 {
			n.Errorf("a new subscriber has a past: %v", got)
		}
		c.Close()
		<-c.Done()
		synctest.Wait() // until the tenant has noticed, it only schedules
		token, err := n.NotificationTokens.Create(n.Context(), c8yclient.NotificationConsumer{Subscription: "plant", Subscriber: "app"})
		if err != nil {
			n.Fatal(err)
		}
		if result, err := n.NotificationTokens.Unsubscribe(n.Context(), token); err != nil || result != c8yclient.UnsubscribeDone {
			n.Errorf("unsubscribing by the REST API: %s %v", result, err)
		}
		if _, err := n.NotificationTokens.Unsubscribe(n.Context(), token); err == nil {
			n.Error("unsubscribing twice succeeds")
		}
		parsed, err := c8yclient.ParseNotificationToken(token)
		if err != nil || parsed.Subscription != "plant" || parsed.Subscriber != "app" || parsed.ValidFor != 24*time.Hour {
			n.Errorf("the token says %+v, %v", parsed, err)
		}
	})
}

func TestQuietConsumerOutlivesItsToken(t *testing.T) {
	inNotified(t, notify.HubOptions{}, func(n *notified) {
		who := app()
		who.ValidFor = time.Minute
		c := n.consume(who, nil)
		c.Take()
		time.Sleep(time.Hour)
		id := n.mustEvent(n.device)
		if got := documents(taken(c)); !slices.Equal(got, []string{id}) {
			n.Errorf("after a quiet hour: %q, want %q", got, id)
		}
	})
}

func TestClientsShareASubscriber(t *testing.T) {
	inNotified(t, notify.HubOptions{}, func(n *notified) {
		var devices []string
		for i := range 20 {
			devices = append(devices, n.object(fmt.Sprint("Pump ", i)))
		}
		if err := n.Inventory.AddChildren(n.Context(), n.device, c8yclient.ChildDevices, devices...); err != nil {
			n.Fatal(err)
		}
		for _, device := range devices {
			if _, err := n.NotificationSubscriptions.Create(n.Context(), &c8yclient.NotificationSubscription{
				Context: c8yclient.NotificationObject, Subscription: "plant", Source: c8yclient.Source{ID: device},
				Filter: &c8yclient.NotificationFilter{APIs: []c8yclient.NotificationAPI{c8yclient.NotifyEvents}},
			}); err != nil {
				n.Fatal(err)
			}
		}
		who := app()
		who.Shared = true
		one, two := n.consume(who, &notification2.Options{Client: "one"}), n.consume(who, &notification2.Options{Client: "two"})
		for _, device := range devices {
			n.mustEvent(device)
		}
		mine, theirs := told(one, true), told(two, true)
		all := strings.Join(append(mine, theirs...), "\n")
		for _, device := range devices {
			if strings.Count(all, "events "+device+" CREATE") != 1 {
				n.Errorf("device %s: %d times", device, strings.Count(all, "events "+device+" CREATE"))
			}
		}
		if len(mine) == 0 || len(theirs) == 0 {
			n.Errorf("%d and %d of the news", len(mine), len(theirs))
		}
	})
}

func TestFullBacklogIsAnErrorOfTheWrite(t *testing.T) {
	inNotified(t, notify.HubOptions{Backlog: 1000}, func(n *notified) {
		c := n.consume(app(), nil)
		var err error
		for range 20 {
			if _, err = n.event(n.device, "c8y_Door"); err != nil {
				break
			}
		}
		var refused *c8yclient.Error
		if !errors.As(err, &refused) || refused.Status != 500 {
			n.Fatalf("a full backlog: %v", err)
		}
		stored, err := n.Events.Count(n.Context(), nil)
		told := len(taken(c))
		if err != nil || stored != told+1 {
			n.Errorf("%d events are stored, %d told (%v): a write that fails so is written once, not again", stored, told, err)
		}
	})
}

func taken(c *notification2.Consumer) []notification2.Notification {
	synctest.Wait()
	return c.Take().Notifications
}

func documents(news []notification2.Notification) []string {
	var list []string
	for _, each := range news {
		list = append(list, each.ID)
	}
	return list
}
