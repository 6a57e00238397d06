package demo

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// notifications is /notification2: what is forwarded to which topic, and who may consume it. Topics and consumers are the hub's.
type notifications struct {
	*platform
	shelf  *shelf
	signer signer

	mu    sync.Mutex        // of a change to the shelf and to feeds
	feeds map[string]func() // by subscription: ends it
}

const subscriptionsPath = "/notification2/subscriptions"

func (n *notifications) routes() []route {
	admins := needs(roleNotification2Admin)
	return []route{
		{"GET", "/notification2", admins, "notificationapi", n.root},
		{"GET", subscriptionsPath, admins, "subscriptioncollection", n.list},
		{"POST", subscriptionsPath, admins, "subscription", n.post},
		{"DELETE", subscriptionsPath, admins, "", n.deleteMany},
		{"GET", subscriptionsPath + "/{id}", admins, "subscription", n.get},
		{"DELETE", subscriptionsPath + "/{id}", admins, "", n.delete},
		{"POST", "/notification2/token", admins, "", n.token},
		{"POST", "/notification2/unsubscribe", everyone(), "", n.unsubscribe},
	}
}

func (n *notifications) root(c *call) (reply, error) {
	var w rawjson.Writer
	all := c.url(subscriptionsPath)
	w.Open('{')
	w.Str("self", c.url("/notification2"))
	w.Key("notificationSubscriptions")
	w.Open('{')
	w.Str("self", all)
	w.Raw("subscriptions", "null")
	w.Close('}')
	w.Str("notificationSubscriptionsBySource", all+"?source={source}")
	w.Str("notificationSubscriptionsBySourceAndContext", all+"?source={source}&context={context}")
	w.Str("notificationSubscriptionsByContext", all+"?context={context}")
	w.Close('}')
	return ok("notificationapi", w.Buf), nil
}

// subscription is what a document says.
type subscription struct {
	context string   // "mo" or "tenant"
	name    string   // of the topic
	source  string   // of context mo
	apis    []string // as they came
	types   string   // the expression
	feed    notify.Feed
}

// The contexts of subscriptions.
const (
	ofObject = "mo"
	ofTenant = "tenant"
)

// isTopicName reports whether a text may be the name of a subscription or a subscriber: letters and digits.
func isTopicName(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}

// read reads a document and refuses what the platform refuses. Whether the source exists is not looked at.
func (n *notifications) read(doc string) (subscription, error) {
	nonPersistent, _ := rawjson.Member(doc, "nonPersistent")
	s := subscription{context: rawjson.Text(doc, "context"), name: rawjson.Text(doc, "subscription")}
	source, _ := rawjson.Member(doc, "source")
	if id, found := rawjson.Member(source, "id"); found {
		s.source = rawjson.Unquote(id)
	}
	switch {
	case s.context == "":
		return s, missing("context")
	case s.name == "":
		return s, missing("subscription")
	case s.context != ofObject && s.context != ofTenant:
		return s, invalid("Unknown context: %s", s.context)
	case !isTopicName(s.name):
		return s, invalid("Invalid subscription name %q: only letters and digits are allowed", s.name)
	case s.context == ofObject && s.source == "":
		return s, missing("source")
	case s.context == ofTenant && s.source != "":
		return s, invalid("A subscription of context tenant must not have a source")
	}
	s.feed = notify.Feed{
		Topic: notify.Topic{Name: s.name, NonPersistent: nonPersistent == "true"}, Tenant: n.id, Source: s.source,
		Fragments: stringsOf(doc, "fragmentsToCopy"),
	}
	filter, found := rawjson.Member(doc, "subscriptionFilter")
	if !found || filter == "null" {
		return s, nil
	}
	if rawjson.Kind(filter) != '{' {
		return s, invalid("subscriptionFilter must be an object")
	}
	known := notify.FeedAPIs(s.context == ofTenant)
	s.apis = stringsOf(filter, "apis")
	if !slices.Equal(s.apis, []string{"*"}) {
		for _, api := range s.apis {
			if !slices.Contains(known, api) {
				return s, invalid("The api %s is not available in context %s", api, s.context)
			}
		}
		s.feed.APIs = slices.Compact(slices.Sorted(slices.Values(s.apis)))
	}
	if s.types = rawjson.Text(filter, "typeFilter"); s.types != "" {
		types, valid := parseTypeFilter(s.types)
		if !valid {
			return s, invalid("Invalid typeFilter: %s", s.types)
		}
		s.feed.Types = types
	}
	return s, nil
}

// stringsOf returns a member that is an array of strings.
func stringsOf(object, name string) []string {
	raw, _ := rawjson.Member(object, name)
	var values []string
	for element := range rawjson.Elements(raw) {
		values = append(values, rawjson.Unquote(element))
	}
	return values
}

func (n *notifications) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	s, err := n.read(body)
	if err != nil {
		return reply{}, err
	}
	if s.context == ofObject && n.lookup(s.source) == nil {
		return reply{}, fail(http.StatusNotFound, "inventory/Not Found", "Finding device data from database failed : No managedObject for id '%s'!", s.source)
	}
	made, err := n.create(s)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	n.write(&w, c.base, made)
	return created("subscription", c.url(subscriptionsPath+"/"+made.id), w.Buf), nil
}

// create begins to forward, unless a subscription like it does already.
func (n *notifications) create(s subscription) (item, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, other := range n.shelf.all(nil) {
		if o, _ := n.read(other.JSON()); o.context == s.context && o.source == s.source && o.feed.Topic == s.feed.Topic {
			return item{}, fail(
				http.StatusConflict, "reliable-notification/Duplicate",
				"Subscription with source <'%s'>, context <'%s'> & subscription <'%s'> already exists!", s.source, s.context, s.name,
			)
		}
	}
	made := n.shelf.put(n.shelf.next(), n.store.Shapes.Compact(s.document()))
	n.feed(made.id, s.feed)
	return made, nil
}

// feed begins to forward. The caller holds n.mu.
func (n *notifications) feed(id string, feed notify.Feed) {
	if n.feeds == nil {
		n.feeds = make(map[string]func())
	}
	n.feeds[id] = n.hub.Feed(feed)
}

// resume begins to forward what the subscriptions on the shelf say: after they have been loaded.
func (n *notifications) resume() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, stop := range n.feeds {
		stop()
	}
	clear(n.feeds)
	for _, it := range n.shelf.all(nil) {
		if s, err := n.read(it.JSON()); err == nil {
			n.feed(it.id, s.feed)
		}
	}
}

// document is what is kept of a subscription.
func (s subscription) document() string {
	var w rawjson.Writer
	w.Open('{')
	w.Str("context", s.context)
	w.Str("subscription", s.name)
	if s.source != "" {
		w.Key("source")
		w.Open('{')
		w.Str("id", s.source)
		w.Close('}')
	}
	if len(s.apis) > 0 || s.types != "" {
		w.Key("subscriptionFilter")
		w.Open('{')
		if len(s.apis) > 0 {
			w.Any("apis", s.apis)
		}
		if s.types != "" {
			w.Str("typeFilter", s.types)
		}
		w.Close('}')
	}
	if len(s.feed.Fragments) > 0 {
		w.Any("fragmentsToCopy", s.feed.Fragments)
	}
	w.Bool("nonPersistent", s.feed.Topic.NonPersistent)
	w.Close('}')
	return string(w.Buf)
}

func (n *notifications) write(w *rawjson.Writer, base string, it item) {
	w.Open('{')
	w.Str("id", it.id)
	w.Str("self", base+subscriptionsPath+"/"+it.id)
	for key, raw := range it.All() {
		if key != "source" {
			w.Raw(key, raw)
			continue
		}
		id, _ := store.ParseID(rawjson.Text(raw, "id"))
		w.Key("source")
		w.Open('{')
		w.Str("id", id.String())
		if object := n.object(id); object != nil && object.Text("name") != "" {
			w.Str("name", object.Text("name"))
		}
		w.Str("self", base+objectPath(id))
		w.Close('}')
	}
	w.Close('}')
}

func (n *notifications) list(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	types, valid := parseTypeFilter(c.query.Get("typeFilter"))
	if c.query.Get("typeFilter") != "" && !valid {
		return reply{}, invalid("Invalid typeFilter: %s", c.query.Get("typeFilter"))
	}
	asked := func(name, value string) bool { return c.query.Get(name) == "" || c.query.Get(name) == value }
	found, total := collect(p, slices.Values(n.shelf.all(func(it item) bool {
		s, _ := n.read(it.JSON())
		typed := types == nil || slices.ContainsFunc(types, func(each string) bool { return slices.Contains(s.feed.Types, each) })
		return typed && asked("context", s.context) && asked("source", s.source) && asked("subscription", s.name)
	})), nil)
	return collection(c, "subscriptioncollection", "subscriptions", p, found, total, func(w *rawjson.Writer, it item) {
		n.write(w, c.base, it)
	}), nil
}

func noSubscription() error {
	return fail(http.StatusNotFound, "reliable-notification/Not Found", "Finding subscription from database failed")
}

func (n *notifications) get(c *call) (reply, error) {
	it, found := n.shelf.get(c.param("id"))
	if !found {
		return reply{}, noSubscription()
	}
	var w rawjson.Writer
	n.write(&w, c.base, it)
	return ok("subscription", w.Buf), nil
}

func (n *notifications) delete(c *call) (reply, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.end(c.param("id")) {
		return reply{}, noSubscription()
	}
	return empty(http.StatusNoContent), nil
}

// deleteMany deletes the subscriptions of an object, or those of the tenant.
func (n *notifications) deleteMany(c *call) (reply, error) {
	context, source := or(c.query.Get("context"), ofObject), c.query.Get("source")
	switch {
	case context != ofObject && context != ofTenant:
		return reply{}, invalid("Unknown context: %s", context)
	case context == ofObject && source == "":
		return reply{}, missing("source")
	}
	n.endAll(func(s subscription) bool { return s.context == context && (source == "" || s.source == source) })
	return empty(http.StatusNoContent), nil
}

// forget ends the subscriptions of an object that is no more.
func (n *notifications) forget(object store.ID) {
	n.endAll(func(s subscription) bool { return s.source == object.String() })
}

func (n *notifications) endAll(chosen func(subscription) bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, it := range n.shelf.all(nil) {
		if s, _ := n.read(it.JSON()); chosen(s) {
			n.end(it.id)
		}
	}
}

// end ends a subscription; what its topic holds stays. The caller holds n.mu.
func (n *notifications) end(id string) bool {
	_, found := n.shelf.remove(id)
	if found {
		n.feeds[id]()
		delete(n.feeds, id)
	}
	return found
}
