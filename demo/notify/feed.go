package notify

import (
	"slices"

	"c8yx/demo/rawjson"
)

// Feed is what a subscription of Notification 2.0 forwards to a topic.
type Feed struct {
	Topic     Topic
	Tenant    string   // id of the tenant, for the frames
	Source    string   // the object it is about; empty: the whole tenant
	APIs      []string // "alarms", "eventsWithChildren", …; none: all that there are for an object or a tenant
	Types     []string // of documents; nil: all, also those without
	Fragments []string // the only ones to be copied; none: all
}

// FeedAPIs lists what a subscription can forward: of an object, or of the tenant.
func FeedAPIs(tenant bool) []string {
	if tenant {
		return []string{"alarms", "events", "managedobjects", "operations"}
	}
	return []string{"alarms", "alarmsWithChildren", "events", "eventsWithChildren", "measurements", "managedobjects", "operations"}
}

// Feed forwards to a topic until stop is called. What the topic has by then stays.
func (h *Hub) Feed(f Feed) (stop func()) {
	id, apis := f.Source, f.APIs
	if id == "" {
		id = "*"
	}
	if len(apis) == 0 {
		apis = FeedAPIs(f.Source == "")
	}
	l := &feed{Feed: f, topic: h.topic(f.Topic)}
	each := func(do func(string, listener)) {
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, api := range apis {
			do("/"+api+"/"+id, l)
		}
	}
	each(h.subscribe)
	return func() { each(h.unsubscribe) }
}

// feed is the listener of a subscription.
type feed struct {
	Feed
	topic *topic
}

// keep implements keeper.
func (f *feed) keep(channel string, m *Message) error {
	kind, source, _ := splitChannel(channel)
	// Of objects a tenant hears when they are created, a subscription of an object hears the rest.
	if f.Source == "" && kind == "managedobjects" && m.Action != Create {
		return nil
	}
	if f.Types != nil && !slices.Contains(f.Types, rawjson.Text(string(m.Data), "type")) {
		return nil
	}
	data := m.Data
	if len(f.Fragments) > 0 && m.Action != Delete {
		data = copied(data, f.Fragments)
	}
	text := make([]byte, 0, len(f.Tenant)+len(channel)+len(m.Action)+len(data)+4)
	text = append(append(append(text, '/'), f.Tenant...), channel...)
	text = append(append(append(text, '\n'), m.Action...), "\n\n"...)
	return f.topic.keep(source, append(text, data...))
}

// hear implements listener.
func (f *feed) hear(string, *Message, bool) { f.topic.wake() }

// standard reports whether a property is no fragment but one that the platform itself knows: it is always copied.
func standard(name string) bool {
	switch name {
	case "id", "self", "source", "type", "time", "creationTime", "lastUpdated", "text", "name", "owner",
		"severity", "status", "count", "firstOccurrenceTime", "history",
		"deviceId", "deviceName", "deviceExternalIDs", "bulkOperationId", "failureReason",
		"childAdditions", "childAssets", "childDevices", "additionParents", "assetParents", "deviceParents":
		return true
	}
	return false
}

// copied returns a document with the standard properties and some fragments only.
func copied(document []byte, fragments []string) []byte {
	var w rawjson.Writer
	w.Open('{')
	for name, raw := range rawjson.Members(string(document)) {
		if standard(name) || slices.Contains(fragments, name) {
			w.Raw(name, raw)
		}
	}
	w.Close('}')
	return w.Buf
}
