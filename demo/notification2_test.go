package demo_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"c8yx/demo"
	"c8yx/demo/notify"
)

func TestNotificationSubscriptions(t *testing.T) {
	b := start(t, demo.Options{})
	pump := b.device("Pump")
	of := func(id, name string, more ...any) map[string]any {
		doc := map[string]any{"context": "mo", "source": map[string]any{"id": id}, "subscription": name}
		for i := 0; i+1 < len(more); i += 2 {
			doc[more[i].(string)] = more[i+1]
		}
		return doc
	}
	filter := func(types string, apis ...string) map[string]any {
		return map[string]any{"apis": apis, "typeFilter": types}
	}
	for _, test := range []struct {
		name    string
		doc     any
		status  int
		message string
	}{
		{"all that there is", of(pump, "all", "subscriptionFilter", filter("", "*"), "fragmentsToCopy", []string{"c8y_Position"}), 201, ""},
		{"the same again", of(pump, "all"), 409, "Subscription with source <'" + pump + "'>, context <'mo'> & subscription <'all'> already exists!"},
		{"not persistent is another topic", of(pump, "all", "nonPersistent", true), 201, ""},
		{"of one type", of(pump, "typed", "subscriptionFilter", filter("c8y_HighTemp", "alarms", "alarmsWithChildren")), 201, ""},
		{"of two types", of(pump, "typed2", "subscriptionFilter", filter("'c8y_HighTemp' or 'it''s'")), 201, ""},
		{"without a filter, as go-c8y writes it", of(pump, "empty", "subscriptionFilter", map[string]any{}), 201, ""},
		{"of the tenant", map[string]any{"context": "tenant", "subscription": "fleet"}, 201, ""},
		{"of an unknown object", of("999999", "x"), 404, "No managedObject for id '999999'!"},
		{"no context", map[string]any{"subscription": "x"}, 422, "context"},
		{"no name", of(pump, ""), 422, "subscription"},
		{"a bad name", of(pump, "my_pumps"), 422, "letters and digits"},
		{"a bad context", map[string]any{"context": "world", "subscription": "x"}, 422, "world"},
		{"no source", map[string]any{"context": "mo", "subscription": "x"}, 422, "source"},
		{"a source of a tenant", of(pump, "x", "context", "tenant"), 422, "source"},
		{"a bad api", of(pump, "x", "subscriptionFilter", filter("", "audits")), 422, "audits"},
		{"measurements of a tenant", map[string]any{"context": "tenant", "subscription": "x", "subscriptionFilter": filter("", "measurements")}, 422, "measurements"},
		{"everything and more", of(pump, "x", "subscriptionFilter", filter("", "*", "alarms")), 422, "*"},
		{"a bad filter", of(pump, "x", "subscriptionFilter", filter("'a' and 'b'")), 422, "typeFilter"},
		{"no JSON", "{", 422, ""},
	} {
		a := b.do("POST", "/notification2/subscriptions", test.doc)
		if a.StatusCode != test.status || !strings.Contains(string(a.body), test.message) {
			t.Errorf("%s: %d %s, want %d %q", test.name, a.StatusCode, a.body, test.status, test.message)
		}
	}
	first := b.get("/notification2/subscriptions/1")
	if first.text("source", "name") != "Pump" || first.text("subscriptionFilter", "apis", 0) != "*" || first.text("nonPersistent") != "false" {
		t.Errorf("a subscription: %s", first.body)
	}
	for query, want := range map[string]string{
		"":                                       "all all typed typed2 empty",
		"pageSize=2&currentPage=3":               "empty fleet",
		"context=tenant":                         "fleet",
		"source=" + pump + "&subscription=typed": "typed",
		"typeFilter=c8y_HighTemp":                "typed typed2",
		"typeFilter=%27it%27%27s%27":             "typed2",
		"source=1":                               "",
	} {
		if got := b.get("/notification2/subscriptions?"+query).all("subscriptions", "subscription"); got != want {
			t.Errorf("?%s: %q, want %q", query, got, want)
		}
	}
	b.want(422, "GET", "/notification2/subscriptions?typeFilter=%27", nil)
	b.want(204, "DELETE", "/notification2/subscriptions/1", nil)
	b.want(404, "DELETE", "/notification2/subscriptions/1", nil)
	if a := b.want(404, "GET", "/notification2/subscriptions/1", nil); a.text("error") != "reliable-notification/Not Found" {
		t.Errorf("not found: %s", a.body)
	}
	b.want(422, "DELETE", "/notification2/subscriptions", nil)
	b.want(422, "DELETE", "/notification2/subscriptions?context=world", nil)
	b.want(204, "DELETE", "/notification2/subscriptions?context=tenant", nil)
	b.want(204, "DELETE", "/notification2/subscriptions?source=1", nil)
	if got := b.get("/notification2/subscriptions?withTotalElements=true").text("statistics", "totalElements"); got != "4" {
		t.Errorf("%s subscriptions are left", got)
	}
	b.want(204, "DELETE", "/inventory/managedObjects/"+pump, nil)
	b.tenant.Settle()
	if got := b.get("/notification2/subscriptions").all("subscriptions", "subscription"); got != "" {
		t.Errorf("of a deleted object: %s", got)
	}
	if link := b.get("/notification2").text("notificationSubscriptionsBySource"); !strings.HasSuffix(link, "/notification2/subscriptions?source={source}") {
		t.Errorf("the link is %q", link)
	}
	b.as("reader:demo-Reader.1").want(403, "GET", "/notification2/subscriptions", nil)
}

// notificationToken makes a token; more are further members of the request.
func (b *bench) notificationToken(subscription, subscriber string, more ...any) string {
	b.Helper()
	doc := map[string]any{"subscription": subscription, "subscriber": subscriber}
	for i := 0; i+1 < len(more); i += 2 {
		doc[more[i].(string)] = more[i+1]
	}
	return b.want(200, "POST", "/notification2/token", doc).text("token")
}

// consume connects and returns the connection, or the status of the refusal.
func (b *bench) consume(token string) (*websocket.Conn, int) {
	b.Helper()
	socket, response, err := websocket.Dial(
		b.Context(), b.server.URL+"/notification2/consumer/?token="+url.QueryEscape(token), &websocket.DialOptions{HTTPClient: b.server.Client},
	)
	switch {
	case err == nil:
		b.Cleanup(func() { _ = socket.CloseNow() })
	case response == nil:
		b.Fatal(err)
	}
	return socket, response.StatusCode
}

// notification reads the next frame, acknowledges it, and returns it as "description action id".
func (b *bench) notification(socket *websocket.Conn) string {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 10*time.Second)
	defer cancel()
	_, frame, err := socket.Read(ctx)
	if err != nil {
		b.Fatal(err)
	}
	header, document, _ := strings.Cut(string(frame), "\n\n")
	lines := strings.Split(header, "\n")
	if err := socket.Write(ctx, websocket.MessageText, []byte(lines[0])); err != nil {
		b.Fatal(err)
	}
	var id any
	if err := json.Unmarshal([]byte(document), &id); err != nil {
		b.Fatalf("%v in %q", err, document)
	}
	if members, ok := id.(map[string]any); ok {
		id = members["id"]
	}
	return fmt.Sprint(lines[1], " ", lines[2], " ", id)
}

func TestNotificationsOfADevice(t *testing.T) {
	b := start(t, demo.Options{})
	plant := b.device("Plant", "com_cumulocity_model_Agent")
	pump := b.create("/inventory/managedObjects/"+plant+"/childDevices", map[string]any{"name": "Pump", "c8y_IsDevice": map[string]any{}})
	b.create("/notification2/subscriptions", map[string]any{"context": "mo", "source": map[string]any{"id": plant}, "subscription": "plant"})
	b.create("/notification2/subscriptions", map[string]any{"context": "tenant", "subscription": "fleet"})
	device, _ := b.consume(b.notificationToken("plant", "app"))
	tenant, _ := b.consume(b.notificationToken("fleet", "app"))

	document := func(id string, more map[string]any) map[string]any {
		more["source"], more["time"] = map[string]any{"id": id}, "2026-11-01T00:00:00Z"
		return more
	}
	event := b.create("/event/events", document(plant, map[string]any{"type": "c8y_Door", "text": "open"}))
	below := b.create("/event/events", document(pump, map[string]any{"type": "c8y_Door", "text": "open"}))
	measured := b.create("/measurement/measurements", document(plant, map[string]any{"type": "c8y_T", "c8y_T": map[string]any{"T": map[string]any{"value": 1}}}))
	operation := b.create("/devicecontrol/operations", map[string]any{"deviceId": plant, "c8y_Restart": map[string]any{}})
	b.want(200, "PUT", "/devicecontrol/operations/"+operation, map[string]any{"status": "EXECUTING"})
	b.want(204, "DELETE", "/event/events/"+event, nil)
	group := b.create("/inventory/managedObjects", map[string]any{"name": "Group"})
	b.with("X-Cumulocity-Processing-Mode", "QUIESCENT").want(200, "PUT", "/inventory/managedObjects/"+plant, map[string]any{"quiet": true})
	b.want(200, "PUT", "/inventory/managedObjects/"+plant, map[string]any{"c8y_Position": map[string]any{}})

	for _, want := range []string{
		"/t4711/events/" + plant + " CREATE " + event,
		"/t4711/eventsWithChildren/" + plant + " CREATE " + event,
		"/t4711/eventsWithChildren/" + plant + " CREATE " + below,
		"/t4711/measurements/" + plant + " CREATE " + measured,
		"/t4711/operations/" + plant + " CREATE " + operation,
		"/t4711/operations/" + plant + " UPDATE " + operation,
		"/t4711/events/" + plant + " DELETE " + event,
		"/t4711/eventsWithChildren/" + plant + " DELETE " + event,
	} {
		got := b.notification(device)
		for strings.Contains(got, "/managedobjects/") { // traffic changes the device's availability, in its own time
			got = b.notification(device)
		}
		if got != want {
			t.Errorf("of the device: got %q, want %q", got, want)
		}
	}
	if got, want := b.notification(device), "/t4711/managedobjects/"+plant+" UPDATE "+plant; got != want {
		t.Errorf("of the device: got %q, want %q", got, want)
	}
	for _, want := range []string{
		"/t4711/events/" + plant + " CREATE " + event, "/t4711/events/" + pump + " CREATE " + below,
		"/t4711/operations/" + plant + " CREATE " + operation, "/t4711/operations/" + plant + " UPDATE " + operation,
		"/t4711/events/" + plant + " DELETE " + event, "/t4711/managedobjects/" + group + " CREATE " + group,
	} {
		if got := b.notification(tenant); got != want {
			t.Errorf("of the tenant: got %q, want %q", got, want)
		}
	}
}

func TestNotificationTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		for _, test := range []struct {
			doc    map[string]any
			status int
		}{
			{map[string]any{"subscription": "pumps"}, 422},
			{map[string]any{"subscriber": "app"}, 422},
			{map[string]any{"subscription": "pumps", "subscriber": "my_app"}, 422},
			{map[string]any{"subscription": "p p", "subscriber": "app"}, 422},
			{map[string]any{"subscription": "pumps", "subscriber": "app", "type": "gossip"}, 422},
			{map[string]any{"subscription": "pumps", "subscriber": "app", "expiresInMinutes": 0}, 422},
			{map[string]any{"subscription": "pumps", "subscriber": "app", "expiresInMinutes": "x"}, 422},
			{map[string]any{"subscription": "pumps", "subscriber": "app", "signed": false}, 200},
		} {
			if a := b.do("POST", "/notification2/token", test.doc); a.StatusCode != test.status {
				t.Errorf("%v: %d %s", test.doc, a.StatusCode, a.body)
			}
		}
		b.as("reader:demo-Reader.1").want(403, "POST", "/notification2/token", map[string]any{"subscription": "pumps", "subscriber": "app"})

		token := b.notificationToken("pumps", "app", "expiresInMinutes", 2)
		for _, bad := range []string{"", "x", token + "x", b.login("admin", "demo-Admin.1")} {
			if _, status := b.consume(bad); status != http.StatusUnauthorized {
				t.Errorf("with the token %q: %d", bad, status)
			}
		}
		socket, status := b.consume(token)
		if status != http.StatusSwitchingProtocols {
			t.Fatalf("with a good token: %d", status)
		}
		if _, status := b.consume(b.notificationToken("pumps", "app")); status != http.StatusConflict {
			t.Errorf("a second client: %d", status)
		}
		time.Sleep(3 * time.Minute)
		go func() { _, _, _ = socket.Read(t.Context()) }() // or nobody would see the answer to the ping
		if err := socket.Ping(t.Context()); err != nil {
			t.Errorf("a token that expires does not end the connection: %v", err)
		}
		_ = socket.CloseNow()
		synctest.Wait()
		if _, status := b.consume(token); status != http.StatusUnauthorized {
			t.Errorf("with an expired token: %d", status)
		}
		if got := b.want(200, "POST", "/notification2/unsubscribe?token="+token, nil).text("result"); got != "DONE" {
			t.Errorf("unsubscribing: %s", got)
		}
		b.want(404, "POST", "/notification2/unsubscribe?token="+token, nil)
		b.want(403, "POST", "/notification2/unsubscribe?token=x", nil)
		token = b.notificationToken("pumps", "app")
		b.consume(token)
		if got := b.want(200, "POST", "/notification2/unsubscribe?token="+token, nil).text("result"); got != "SCHEDULED" {
			t.Errorf("unsubscribing while connected: %s", got)
		}
		b.want(426, "GET", "/notification2/consumer?token="+token, nil)
	})
}

func TestFullBacklogFailsWrites(t *testing.T) {
	b := start(t, demo.Options{Realtime: notify.HubOptions{Backlog: 2000}})
	pump := b.device("Pump")
	b.create("/notification2/subscriptions", map[string]any{
		"context": "mo", "source": map[string]any{"id": pump}, "subscription": "pumps", "subscriptionFilter": map[string]any{"apis": []string{"events"}},
	})
	event := map[string]any{"source": map[string]any{"id": pump}, "time": "2026-11-01T00:00:00Z", "type": "c8y_Door", "text": strings.Repeat("open ", 100)}
	for range 10 {
		b.create("/event/events", event) // nobody consumes: nothing is kept
	}
	socket, _ := b.consume(b.notificationToken("pumps", "app"))
	stored := 10
	for ; ; stored++ {
		if a := b.do("POST", "/event/events", event); a.StatusCode == http.StatusInternalServerError {
			if stored++; a.text("error") != "general/internalError" {
				t.Errorf("%s", a.body)
			}
			break
		}
	}
	if got := b.get("/event/events?pageSize=1&withTotalElements=true&source="+pump).text("statistics", "totalElements"); got != fmt.Sprint(stored) {
		t.Errorf("%s events, want %d: what fails is stored all the same", got, stored)
	}
	b.want(201, "POST", "/alarm/alarms", map[string]any{"source": map[string]any{"id": pump}, "type": "c8y_Hot", "text": "hot", "severity": "MAJOR", "time": "2026-11-01T00:00:00Z"})
	b.notification(socket)
	for b.do("POST", "/event/events", event).StatusCode != http.StatusCreated {
		continue // until the acknowledgement has arrived
	}
}

func TestLoadedSubscriptionsForward(t *testing.T) {
	b := start(t, demo.Options{})
	pump := b.device("Pump")
	b.create("/notification2/subscriptions", map[string]any{"context": "mo", "source": map[string]any{"id": pump}, "subscription": "pumps"})
	var saved bytes.Buffer
	if err := b.tenant.Save(&saved); err != nil {
		t.Fatal(err)
	}
	other := start(t, demo.Options{})
	if err := other.tenant.Load(&saved); err != nil {
		t.Fatal(err)
	}
	socket, _ := other.consume(other.notificationToken("pumps", "app"))
	event := other.create("/event/events", map[string]any{"source": map[string]any{"id": pump}, "time": "2026-11-01", "type": "c8y_Door", "text": "open"})
	if got, want := other.notification(socket), "/t4711/events/"+pump+" CREATE "+event; got != want {
		t.Errorf("after loading: %q, want %q", got, want)
	}
}

// What consumers have not acknowledged comes along with a saved tenant, to each what it is owed.
func TestBacklogsAreSaved(t *testing.T) {
	b := start(t, demo.Options{})
	pump := b.device("Pump")
	b.create("/notification2/subscriptions", map[string]any{"context": "mo", "source": map[string]any{"id": pump}, "subscription": "pumps", "subscriptionFilter": map[string]any{"apis": []string{"events"}}})
	event := func(b *bench) string {
		return "/t4711/events/" + pump + " CREATE " + b.create("/event/events", map[string]any{"source": map[string]any{"id": pump}, "time": "2026-11-01", "type": "c8y_Door", "text": "open"})
	}
	early, _ := b.consume(b.notificationToken("pumps", "early"))
	first := event(b)
	if got := b.notification(early); got != first {
		t.Fatalf("%q, want %q", got, first)
	}
	late, _ := b.consume(b.notificationToken("pumps", "late"))
	_ = late.Close(websocket.StatusNormalClosure, "")
	_ = early.Close(websocket.StatusNormalClosure, "")
	second, third := event(b), event(b)
	var saved, again bytes.Buffer
	if err := b.tenant.Save(&saved); err != nil {
		t.Fatal(err)
	}
	other := start(t, demo.Options{})
	if err := other.tenant.Load(bytes.NewReader(saved.Bytes())); err != nil {
		t.Fatal(err)
	}
	if err := other.tenant.Save(&again); err != nil {
		t.Fatal(err)
	}
	if saved.String() != again.String() {
		t.Error("saved anew it is another tenant")
	}
	fourth := event(other)
	for _, subscriber := range []string{"early", "late"} {
		socket, status := other.consume(other.notificationToken("pumps", subscriber))
		if status != 101 {
			t.Fatalf("%s: %d", subscriber, status)
		}
		for _, want := range []string{second, third, fourth} {
			if got := other.notification(socket); got != want {
				t.Errorf("%s gets %q, want %q", subscriber, got, want)
			}
		}
	}
}

// Whatever is posted is a subscription that can be read and deleted again, or is refused; nothing fails.
func FuzzNotificationSubscription(f *testing.F) {
	for _, seed := range []string{
		`{"context":"tenant","subscription":"a","subscriptionFilter":{"apis":["*"],"typeFilter":"'a' or type eq 'b''c'"}}`,
		`{"context":"mo","subscription":"a","source":{"id":1001}}`, `{"context":"mo","subscription":"a","source":[]}`,
		`{"context":"tenant","subscription":"a","subscriptionFilter":{"apis":{},"typeFilter":"' or or '"},"fragmentsToCopy":"x"}`, `[]`, ``,
	} {
		f.Add(seed)
	}
	b := start(f, demo.Options{})
	b.device("Pump")
	f.Fuzz(func(t *testing.T, body string) {
		b := *b
		b.TB = t
		a := b.do("POST", "/notification2/subscriptions", body)
		switch a.StatusCode {
		case http.StatusCreated:
			b.get("/notification2/subscriptions?pageSize=2000")
			b.want(204, "DELETE", "/notification2/subscriptions/"+a.text("id"), nil)
		case http.StatusNotFound, http.StatusUnprocessableEntity:
		default:
			t.Errorf("%q: %d %s", body, a.StatusCode, a.body)
		}
	})
}
