package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"c8yx/demo/rawjson"
)

// TestEveryOperationAtOnce lets clients mix all operations that the tenant has, in random order with random arguments, while
// the company lives and others listen. The race detector watches; the tenant never answers with a defect and never hangs.
// Environment: C8YX_LOAD=1m lets 64 clients work for a minute instead of 8 for a second.
func TestEveryOperationAtOnce(t *testing.T) {
	clients, span := 8, time.Second
	if text := os.Getenv("C8YX_LOAD"); text != "" {
		var err error
		if span, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
		clients = 64
	}
	tenant, err := New(Options{Devices: 60, Life: true, Speed: 20, Settle: 5 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer tenant.Close()
	tenant.Start(t.Context())
	ctx, cancel := context.WithTimeout(t.Context(), span)
	defer cancel()
	l := &load{tenant: tenant, routes: harmless(tenant.router.root.all()), known: map[string][]string{}}
	var working sync.WaitGroup
	for n := range clients {
		working.Go(func() {
			random := rand.New(rand.NewPCG(7, uint64(n)))
			if n%8 == 7 {
				l.listen(ctx, t)
				return
			}
			for ctx.Err() == nil {
				l.call(t, random)
			}
		})
	}
	for ctx.Err() == nil { // what the tenant does on its own from time to time
		tenant.Retain()
		tenant.forget(tenant.now(), time.Minute, 1000)
		tenant.inventory.monitor(tenant.now())
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
	working.Wait()
	done, good, refused := l.done.Load(), l.good.Load(), l.refused.Load()
	t.Logf("%d calls of %d operations, %d successful, %d listened to", done, len(l.routes), good, l.heard.Load())
	if done == 0 || good < done/5 || refused > done/10 {
		t.Errorf("of %d calls %d succeeded and %d were not let in: they do not test much", done, good, refused)
	}
}

// load is what many clients do to a tenant.
type load struct {
	tenant                     *Tenant
	routes                     []route
	done, good, refused, heard atomic.Int64

	mu    sync.Mutex
	known map[string][]string // ids that answers have told, by the first two segments of the path
}

// all returns the routes at a node and below.
func (n *node) all() (routes []route) {
	for _, r := range n.methods {
		routes = append(routes, r)
	}
	for _, child := range n.literal {
		routes = append(routes, child.all()...)
	}
	if n.param != nil {
		routes = append(routes, n.param.all()...)
	}
	slices.SortFunc(routes, func(a, b route) int { return strings.Compare(a.path+a.method, b.path+b.method) })
	return routes
}

// harmless leaves out what would lock the clients out: changes of how one signs in.
func harmless(routes []route) []route {
	return slices.DeleteFunc(routes, func(r route) bool {
		return r.method != http.MethodGet && (strings.HasPrefix(r.path, "/tenant/loginOptions") || strings.HasPrefix(r.path, "/user/currentUser") || strings.HasSuffix(r.path, "/tfa"))
	})
}

// areaOf is the first two segments of a path: /alarm/alarms/{id} is about alarm/alarms.
func areaOf(path string) string {
	parts := strings.SplitN(strings.TrimPrefix(path, "/"), "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

func pick(random *rand.Rand, from ...string) string { return from[random.IntN(len(from))] }

// id returns one that is probably known in an area.
func (l *load) id(random *rand.Rand, area string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if known := l.known[area]; len(known) > 0 && random.IntN(20) > 0 {
		return known[random.IntN(len(known))]
	}
	return fmt.Sprint(1001 + random.IntN(60))
}

// learn remembers the ids of an answer, the last ones.
func (l *load) learn(area string, body []byte) {
	id := rawjson.Text(string(body), "id")
	if id == "" || area == "user/t4711" && id == "2" {
		return // the administrators stay as they are
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if known := append(l.known[area], id); len(known) > 50 {
		l.known[area] = known[1:]
	} else {
		l.known[area] = known
	}
}

// path fills in the parameters of a route.
func (l *load) path(random *rand.Rand, r route) string {
	var filled strings.Builder
	for segment := range segments(r.path) {
		filled.WriteByte('/')
		switch name := strings.Trim(segment, "{}"); {
		case !strings.HasPrefix(segment, "{"):
			filled.WriteString(segment)
		case strings.HasPrefix(name, "tenant"):
			filled.WriteString("t4711")
		case strings.HasPrefix(strings.ToLower(name), "user"):
			filled.WriteString(pick(random, "operator", "reader", "team", "manager", "u1", "u2"))
		case name == "category":
			filled.WriteString("test")
		case name == "date", name == "month":
			filled.WriteString(time.Now().UTC().Format(time.DateOnly))
		case strings.HasPrefix(strings.ToLower(name), "child"):
			filled.WriteString(l.id(random, "inventory/managedObjects"))
		default:
			filled.WriteString(l.id(random, areaOf(r.path)))
		}
	}
	if r.method != http.MethodPost && r.method != http.MethodPut && !strings.Contains(r.path, "{") {
		object := l.id(random, "inventory/managedObjects")
		return filled.String() + pick(random, "?", "?pageSize=20&withTotalPages=true&", "?revert=true&", "?withSourceChildren=true&withChildren=true&withParents=true&",
			"?query=$filter=(name+eq+'n*')+$orderby=name&") + "source=" + object + "&deviceId=" + object + "&dateFrom=2020-01-01&dateTo=2100-01-01"
	}
	return filled.String()
}

// body is a document in which nearly every operation finds what it needs.
func (l *load) body(random *rand.Rand) string {
	object := l.id(random, "inventory/managedObjects")
	at := time.Now().UTC().Format(rawjson.TimeLayout)
	n := random.IntN(4)
	doc := map[string]any{
		"type": pick(random, "t", "t", "u", "HOSTED", "MICROSERVICE", "c8y_Serial"), "text": "x", "time": at, "name": fmt.Sprint("n", n),
		"source": map[string]any{"id": object}, "severity": pick(random, "MAJOR", "MINOR", "CRITICAL"),
		"status":   pick(random, "ACTIVE", "ACKNOWLEDGED", "CLEARED", "EXECUTING", "SUCCESSFUL", "FAILED", "ACCEPTED"),
		"deviceId": object, "c8y_Restart": map[string]any{}, "f": map[string]any{"s": map[string]any{"value": n}}, "c8y_IsDevice": map[string]any{},
		"com_cumulocity_model_Agent": map[string]any{}, "managedObject": map[string]any{"id": l.id(random, "inventory/managedObjects")},
		"externalId": fmt.Sprint("e", n), "id": fmt.Sprint("d", n), "category": "test", "key": fmt.Sprint("k", n), "value": "v", "dataType": "EVENT", "maximumAge": 30,
		"userName": fmt.Sprint("u", n), "password": "demo-Load.1", "contextPath": fmt.Sprint("p", n), "activity": "a",
		"groupId": object, "startDate": at, "creationRamp": 1, "operationPrototype": map[string]any{"c8y_Restart": map[string]any{}},
		"context": pick(random, "mo", "tenant"), "subscription": fmt.Sprint("s", n), "subscriber": "me",
		"subscriptionFilter": map[string]any{"apis": []string{"alarms"}},
	}
	for name := range doc {
		if random.IntN(30) == 0 {
			delete(doc, name)
		}
	}
	text, _ := json.Marshal(doc)
	return string(text)
}

// send is one call of the administrator.
func (l *load) send(ctx context.Context, method, path, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequestWithContext(ctx, method, "/", strings.NewReader(body))
	request.URL.Path, request.URL.RawQuery, _ = strings.Cut(path, "?")
	request.SetBasicAuth(administratorName, administratorPassword)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	recorder := httptest.NewRecorder()
	l.tenant.ServeHTTP(recorder, request)
	return recorder
}

// call calls any operation.
func (l *load) call(t *testing.T, random *rand.Rand) {
	r := l.routes[random.IntN(len(l.routes))]
	if random.IntN(3) == 0 { // what devices do all the time is called more often
		for !slices.Contains([]string{"alarm", "event", "measurement", "inventory", "devicecontrol"}, strings.Split(r.path, "/")[1]) {
			r = l.routes[random.IntN(len(l.routes))]
		}
	}
	path, body := l.path(random, r), ""
	if r.method == http.MethodPost || r.method == http.MethodPut {
		body = l.body(random)
	}
	answer := l.send(t.Context(), r.method, path, body)
	l.done.Add(1)
	switch status := answer.Code; {
	case status >= 500 && !strings.Contains(answer.Body.String(), "Could not publish the notification"): // nobody fetches them
		t.Errorf("%s %s: %d %s\n%s", r.method, path, status, answer.Body, body)
	case status == http.StatusUnauthorized:
		l.refused.Add(1)
	case status < 300:
		l.good.Add(1)
		if answer.Body.Len() < 10_000 {
			l.learn(areaOf(r.path), answer.Body.Bytes())
		}
	}
}

// listen is a Bayeux client by long polling.
func (l *load) listen(ctx context.Context, t *testing.T) {
	const path = "/notification/realtime"
	answer := l.send(ctx, http.MethodPost, path, `[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"]}]`)
	var replies []struct{ ClientID string }
	if err := json.Unmarshal(answer.Body.Bytes(), &replies); err != nil || len(replies) == 0 {
		t.Errorf("handshake: %v: %s", err, answer.Body)
		return
	}
	id := replies[0].ClientID
	for _, channel := range []string{"/managedobjects/*", "/alarms/*", "/events/*", "/measurements/*", "/operations/*"} {
		l.send(ctx, http.MethodPost, path, `[{"channel":"/meta/subscribe","clientId":"`+id+`","subscription":"`+channel+`"}]`)
	}
	for ctx.Err() == nil {
		answer := l.send(ctx, http.MethodPost, path, `[{"channel":"/meta/connect","clientId":"`+id+`","connectionType":"long-polling"}]`)
		l.heard.Add(int64(strings.Count(answer.Body.String(), `"realtimeAction"`)))
	}
}
