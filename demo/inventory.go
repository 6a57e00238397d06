package demo

import (
	"net/http"
	"slices"
	"strconv"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// inventory is /inventory/managedObjects: what there is in the tenant.
type inventory struct{ *platform }

func (in *inventory) routes() []route {
	const all, one = "/inventory/managedObjects", "/inventory/managedObjects/{id}"
	return []route{
		{"GET", all, inventoryReaders(), "managedobjectcollection", in.list},
		{"POST", all, inventoryCreators(), "managedobject", in.post},
		{"PUT", all, inventoryWriters(), "managedobjectcollection", in.putMany},
		{"GET", all + "/count", inventoryReaders(), "text/plain, application/json", in.count},
		{"GET", one, inventoryReaders(), "managedobject", in.get},
		{"PUT", one, inventoryWriters(), "managedobject", in.put},
		{"DELETE", one, inventoryWriters(), "", in.delete},
		{"GET", one + "/availability", inventoryReaders(), "", in.availability},
		{"GET", one + "/supportedMeasurements", inventoryReaders(), "", in.supportedMeasurements},
		{"GET", one + "/supportedSeries", inventoryReaders(), "", in.supportedSeries},
	}
}

// lookup returns an object by its id as clients write it, nil if there is none.
func (p *platform) lookup(id string) (object *store.Object) {
	if number, ok := store.ParseID(id); ok {
		p.store.View(func(d *store.Data) { object = d.Objects.Get(number) })
	}
	return object
}

// object returns an object by id, nil if there is none.
func (p *platform) object(id store.ID) (object *store.Object) {
	p.store.View(func(d *store.Data) { object = d.Objects.Get(id) })
	return object
}

// subject returns the object that the path names, if the user may do to it what the route does.
func (in *inventory) subject(c *call) (*store.Object, error) {
	object := in.lookup(c.param("id"))
	switch {
	case object == nil:
		return nil, noObject(c.param("id"))
	case !c.may(object):
		return nil, forbidden()
	}
	return object, nil
}

func (in *inventory) get(c *call) (reply, error) {
	object, err := in.subject(c)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	in.write(&w, c.base, object, objectOptionsOf(c))
	return ok("managedobject", w.Buf), nil
}

func (in *inventory) count(c *call) (reply, error) {
	found, err := in.search(c)
	if err != nil {
		return reply{}, err
	}
	return countReply(c, found.total(c)), nil
}

// countReply answers with a bare number, as text or as JSON.
func countReply(c *call, n int) reply {
	media := "text/plain;charset=UTF-8"
	if asksForPlainJSON(c.r.Header.Get("Accept")) {
		media = "application/json;charset=UTF-8"
	}
	return ok(media, strconv.AppendInt(nil, int64(n), 10))
}

// maxBulk is how many objects one call may create or update.
const maxBulk = 50

func (in *inventory) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	if c.contentType() == "managedobjectcollection" {
		return in.postMany(c, body)
	}
	object, err := in.createFor(c, body)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	in.write(&w, c.base, object, objectOptions{})
	return created("managedobject", c.url(objectPath(object.ID)), w.Buf), nil
}

// createFor creates an object from a request: the caller becomes the owner, externalIds become identities.
func (in *inventory) createFor(c *call, body string) (*store.Object, error) {
	externals, err := externalIDsOf(body)
	if err != nil {
		return nil, err
	}
	doc, _ := in.store.Shapes.Lift(body, append(reserved(), "externalIds", "owner")...)
	doc = doc.Set(&in.store.Shapes, "owner", rawjson.Quote(c.who.user.name))
	object, err := in.create(doc, in.now(), in.now(), externals, c.say)
	if err != nil {
		return nil, err
	}
	return in.registration.place(c.who.user, object, c.say), nil
}

// create stores an object with its external ids.
func (in *inventory) create(doc store.Document, createdAt, updatedAt int64, externals []store.ExternalID, say announce) (*store.Object, error) {
	var object *store.Object
	var taken *store.ExternalID
	in.store.Update(func(d *store.Data) {
		for _, external := range externals {
			if _, found := d.Objects.Identified(external); found {
				taken = &external
				return
			}
		}
		object = d.Objects.Create(doc, createdAt, updatedAt)
		for _, external := range externals {
			d.Objects.Identify(object.ID, external)
		}
	})
	if taken != nil {
		return nil, duplicateIdentity(*taken)
	}
	in.later.do("available:"+object.ID.String(), func() { in.refreshAvailability(object.ID, in.now()) })
	in.announce(say, notify.Create, object)
	return object, nil
}

func (in *inventory) postMany(c *call, body string) (reply, error) {
	bodies, err := bulkOf(body)
	if err != nil {
		return reply{}, err
	}
	for _, body := range bodies {
		if rawjson.Kind(body) != rawjson.Object {
			return reply{}, invalid("managedObjects must be objects")
		}
	}
	objects := make([]*store.Object, len(bodies))
	for i, body := range bodies {
		if objects[i], err = in.createFor(c, body); err != nil {
			return reply{}, err
		}
	}
	answer := collection(c, "managedobjectcollection", "managedObjects", page{number: 1, size: maxBulk}, objects, len(objects), func(w *rawjson.Writer, o *store.Object) {
		in.write(w, c.base, o, objectOptions{})
	})
	answer.status = http.StatusCreated
	return answer, nil
}

func bulkOf(body string) ([]string, error) {
	list, found := rawjson.Member(body, "managedObjects")
	if !found || rawjson.Kind(list) != rawjson.Array {
		return nil, missing("managedObjects")
	}
	bodies := slices.Collect(rawjson.Elements(list))
	if len(bodies) > maxBulk {
		return nil, invalid("At most %d managed objects are allowed in one request", maxBulk)
	}
	return bodies, nil
}

func (in *inventory) putMany(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	bodies, err := bulkOf(body)
	if err != nil {
		return reply{}, err
	}
	objects := make([]*store.Object, len(bodies))
	for i, body := range bodies { // all are checked before any is changed
		id := rawjson.Text(body, "id")
		switch objects[i] = in.lookup(id); {
		case objects[i] == nil:
			return reply{}, noObject(id)
		case !c.may(objects[i]):
			return reply{}, forbidden()
		}
	}
	for i, body := range bodies {
		if changed := in.patchFor(c, objects[i], body); changed != nil {
			objects[i] = changed
		}
	}
	return collection(c, "managedobjectcollection", "managedObjects", page{number: 1, size: maxBulk}, objects, len(objects), func(w *rawjson.Writer, o *store.Object) {
		in.write(w, c.base, o, objectOptions{})
	}), nil
}

func (in *inventory) put(c *call) (reply, error) {
	object, err := in.subject(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	if isHeartbeat(body) {
		if c.deviceTraffic() {
			in.touch(object.ID)
		}
		w.Open('{')
		w.Str("id", object.ID.String())
		w.Close('}')
		return ok("managedobject", w.Buf), nil
	}
	changed := in.patchFor(c, object, body)
	if changed == nil {
		return reply{}, noObject(c.param("id"))
	}
	in.write(&w, c.base, changed, objectOptions{})
	return ok("managedobject", w.Buf), nil
}

// isHeartbeat reports whether an update says nothing but "I am here".
func isHeartbeat(body string) bool {
	for key := range rawjson.Members(body) {
		if key != "id" {
			return false
		}
	}
	return true
}

// patchFor updates an object from a request; only administrators give it another owner. A transient update is told and forgotten.
func (in *inventory) patchFor(c *call, object *store.Object, body string) *store.Object {
	ignored := reserved()
	if !c.global {
		ignored = append(ignored, "owner")
	}
	patch := withoutMembers(body, ignored)
	if c.mode.transient {
		told := *object
		told.Document = object.Merge(&in.store.Shapes, patch)
		in.announce(c.say, notify.Update, &told)
		return &told
	}
	return in.patch(object.ID, patch, in.now(), c.say)
}

// patch merges a compact JSON object into an object: fragments replace fragments, null removes. Nil if the object is gone.
func (in *inventory) patch(id store.ID, patch string, at int64, say announce) (changed *store.Object) {
	in.store.Update(func(d *store.Data) {
		if object := d.Objects.Get(id); object != nil {
			changed = d.Objects.Put(id, object.Merge(&in.store.Shapes, patch), at)
		}
	})
	if changed == nil {
		return nil
	}
	if _, concerned := rawjson.Member(patch, "c8y_RequiredAvailability"); concerned {
		in.later.do("available:"+id.String(), func() { in.refreshAvailability(id, in.now()) })
	}
	in.announce(say, notify.Update, changed)
	return changed
}

// reserved are the properties that clients cannot set: the platform decides them, or they have addresses of their own.
func reserved() []string {
	return []string{
		"id", "self", "creationTime", "lastUpdated", "childAdditions", "childAssets", "childDevices", "additionParents", "assetParents",
		"deviceParents", "c8y_ActiveAlarmsStatus", "c8y_Availability", "c8y_Connection", "c8y_LatestMeasurements", "c8y_PreviousMeasurements",
	}
}

// withoutMembers drops members of a compact JSON object.
func withoutMembers(object string, names []string) string {
	var w rawjson.Writer
	w.Open('{')
	for key, value := range rawjson.Members(object) {
		if !slices.Contains(names, key) {
			w.Raw(key, value)
		}
	}
	w.Close('}')
	return string(w.Buf)
}

func (in *inventory) supportedMeasurements(c *call) (reply, error) {
	return in.supported(c, "c8y_SupportedMeasurements", func(s store.Series) string { return s.Fragment })
}

func (in *inventory) supportedSeries(c *call) (reply, error) {
	return in.supported(c, "c8y_SupportedSeries", func(s store.Series) string { return s.Fragment + "." + s.Name })
}

func (in *inventory) supported(c *call, key string, name func(store.Series) string) (reply, error) {
	object, err := in.subject(c)
	if err != nil {
		return reply{}, err
	}
	var known []store.Series
	in.store.View(func(d *store.Data) { known = d.Series.Of(object.ID) })
	names := make([]string, 0, len(known))
	for _, series := range known {
		if text := name(series); !slices.Contains(names, text) {
			names = append(names, text)
		}
	}
	return ok("", rawjson.Append(nil, map[string]any{key: names})), nil
}
