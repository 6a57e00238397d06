package demo

import (
	"net/http"
	"slices"
	"strconv"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// remoteAccess is /service/remoteaccess/devices/{device}/configurations: how to reach what a device stands for. Passwords and
// keys are written and never read.
type remoteAccess struct{ resource }

func newRemoteAccess(p *platform) *remoteAccess {
	r := &remoteAccess{resource{
		platform: p, shelf: p.shelf("remoteaccess", 1), path: "/service/remoteaccess/devices/{device}/configurations",
		fresh: http.StatusCreated, readers: needs(roleRemoteAccessAdmin), writers: needs(roleRemoteAccessAdmin),
		scope: func(c *call) (string, error) {
			device := p.lookup(c.param("device"))
			if device == nil {
				return "", noObject(c.param("device"))
			}
			return device.ID.String(), nil
		},
		unknown: func(id string) error {
			return fail(http.StatusNotFound, "remoteaccess/Not Found", "Remote access configuration %s not found", id)
		},
	}}
	r.check = r.configuration
	return r
}

func (r *remoteAccess) routes() []route {
	routes := r.resource.routes()
	for i, handle := range map[int]handler{1: r.post, 3: r.put, 4: r.delete} { // POST, PUT, DELETE
		routes[i].handle = r.told(handle)
	}
	return append(routes, route{"GET", "/service/remoteaccess/health", everyone(), "", func(*call) (reply, error) {
		return ok("", []byte(`{"status":"UP"}`)), nil
	}})
}

// secrets are the credentials that are not given back.
func secrets() []string { return []string{"password", "privateKey"} }

func (r *remoteAccess) configuration(_ *call, before *item, doc store.Document) (store.Document, error) {
	shapes := &r.store.Shapes
	for _, name := range []string{"name", "hostname", "port", "protocol"} {
		if raw, found := doc.Get(name); !found || raw == `""` {
			return doc, missing(name)
		}
	}
	raw, _ := doc.Get("port")
	if port, err := strconv.Atoi(raw); err != nil || port < 1 || port > 65535 {
		return doc, invalid("Invalid port: %s", raw)
	}
	if protocol := doc.Text("protocol"); !slices.Contains([]string{"PASSTHROUGH", "SSH", "VNC", "TELNET"}, protocol) {
		return doc, invalid("Invalid protocol: %s", protocol)
	}
	if !doc.Has("attrs") {
		doc = doc.Set(shapes, "attrs", "{}")
	}
	raw, _ = doc.Get("credentials")
	if rawjson.Kind(raw) != rawjson.Object {
		raw = `{"type":"NONE"}`
	}
	kind := rawjson.Text(raw, "type")
	if !slices.Contains([]string{"NONE", "USER_PASS", "PASS_ONLY", "KEY_PAIR", "CERTIFICATE"}, kind) {
		return doc, invalid("Invalid type of credentials: %s", kind)
	}
	known := "{}"
	if before != nil {
		if text, found := before.Get(kept + "secrets"); found {
			known = text
		}
	}
	hidden, shown := shapes.Compact(known), shapes.Compact("{}")
	for _, name := range []string{"type", "username", "password", "privateKey", "publicKey", "hostKey"} {
		value, found := rawjson.Member(raw, name)
		if slices.Contains(secrets(), name) {
			if found && value != "null" {
				hidden = hidden.Set(shapes, name, value)
			}
		} else if found {
			shown = shown.Set(shapes, name, value)
		}
	}
	return doc.Set(shapes, "credentials", shown.JSON()).Set(shapes, kept+"secrets", hidden.JSON()), nil
}

// told has a device say in the inventory what remote access there is to it, after a change.
func (r *remoteAccess) told(change handler) handler {
	return func(c *call) (reply, error) {
		answer, err := change(c)
		if err != nil {
			return answer, err
		}
		id, _ := store.ParseID(c.param("device"))
		r.show(id, c.say)
		return answer, nil
	}
}

// show writes into the inventory what remote access there is to a device.
func (r *remoteAccess) show(device store.ID, say announce) {
	var w rawjson.Writer
	w.Open('{')
	w.Key("c8y_RemoteAccessList")
	w.Open('[')
	for _, it := range r.shelf.all(func(it item) bool { return it.Text(ofScope) == device.String() }) {
		w.Comma()
		w.Open('{')
		w.Str("id", it.id)
		for _, name := range []string{"name", "hostname", "port", "protocol"} {
			raw, _ := it.Get(name)
			w.Raw(name, raw)
		}
		w.Close('}')
	}
	w.Close(']')
	w.Close('}')
	r.inventory.patch(device, string(w.Buf), r.now(), say)
}
