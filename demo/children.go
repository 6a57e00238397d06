package demo

import (
	"net/http"
	"slices"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// children is …/childAdditions, …/childAssets and …/childDevices of a managed object. The three have one shape.
type children struct{ *inventory }

func (ch *children) routes() []route {
	var routes []route
	for _, relation := range store.Relations() {
		name, _ := relationNames(relation)
		all := "/inventory/managedObjects/{id}/" + name
		one := all + "/{child}"
		bind := func(handle func(*call, store.Relation) (reply, error)) handler {
			return func(c *call) (reply, error) { return handle(c, relation) }
		}
		routes = append(
			routes,
			route{"GET", all, inventoryReaders(), "managedobjectreferencecollection", bind(ch.list)},
			route{"POST", all, inventoryWriters(), "managedobjectreference", bind(ch.post)},
			route{"DELETE", all, inventoryWriters(), "", bind(ch.deleteMany)},
			route{"GET", one, inventoryReaders(), "managedobjectreference", bind(ch.get)},
			route{"DELETE", one, inventoryWriters(), "", bind(ch.delete)},
		)
	}
	return routes
}

// reference writes a child as {"managedObject":{…},"self":…}, with the whole object.
func (ch *children) reference(w *rawjson.Writer, base string, parent store.ID, relation store.Relation, child *store.Object, options objectOptions) {
	name, _ := relationNames(relation)
	w.Open('{')
	w.Str("self", base+objectPath(parent)+"/"+name+"/"+child.ID.String())
	w.Key("managedObject")
	ch.write(w, base, child, options)
	w.Close('}')
}

func (ch *children) list(c *call, relation store.Relation) (reply, error) {
	parent, err := ch.subject(c)
	if err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	var all []*store.Object
	ch.store.View(func(d *store.Data) { all = objectsOf(d, d.Objects.Children(relation, parent.ID)) })
	found := found{objects: slices.Values(all)}
	if text := c.query.Get("query"); text != "" {
		if found, err = ch.query(found.objects, text, false, ""); err != nil {
			return reply{}, err
		}
	}
	objects, total := found.page(c, &p)
	options := objectOptionsOf(c)
	return collection(c, "managedobjectreferencecollection", "references", p, objects, total, func(w *rawjson.Writer, child *store.Object) {
		ch.reference(w, c.base, parent.ID, relation, child, options)
	}), nil
}

// post attaches one or several existing objects, or creates a new one and attaches it.
func (ch *children) post(c *call, relation store.Relation) (reply, error) {
	parent, err := ch.subject(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	_, single := rawjson.Member(body, "managedObject")
	_, several := rawjson.Member(body, "references")
	name, _ := relationNames(relation)
	if c.contentType() == "managedobject" || !single && !several {
		child, err := ch.createFor(c, body)
		if err != nil {
			return reply{}, err
		}
		ch.attach(parent.ID, relation, []*store.Object{child}, c.say)
		var w rawjson.Writer
		ch.write(&w, c.base, child, objectOptions{})
		return created("managedobject", c.url(objectPath(child.ID)), w.Buf), nil
	}
	attached, err := ch.referenced(c, body)
	if err != nil {
		return reply{}, err
	}
	ch.attach(parent.ID, relation, attached, c.say)
	var w rawjson.Writer
	if several {
		w.Open('{')
		w.Key("references")
		w.Open('[')
		for _, child := range attached {
			w.Comma()
			ch.reference(&w, c.base, parent.ID, relation, child, objectOptions{})
		}
		w.Close(']')
		w.Close('}')
		return created("managedobjectreferencecollection", c.url(objectPath(parent.ID)+"/"+name), w.Buf), nil
	}
	ch.reference(&w, c.base, parent.ID, relation, attached[0], objectOptions{})
	return created("managedobjectreference", c.url(objectPath(parent.ID)+"/"+name+"/"+attached[0].ID.String()), w.Buf), nil
}

// referenced returns the objects that a reference or a collection of references names. All must exist, and be the user's to
// attach.
func (ch *children) referenced(c *call, body string) ([]*store.Object, error) {
	references := []string{body}
	if list, several := rawjson.Member(body, "references"); several {
		references = slices.Collect(rawjson.Elements(list))
	}
	if len(references) == 0 {
		return nil, missing("references")
	}
	objects := make([]*store.Object, len(references))
	for i, reference := range references {
		target, _ := rawjson.Member(reference, "managedObject")
		id, found := rawjson.Member(target, "id")
		if !found {
			return nil, missing("managedObject.id")
		}
		switch objects[i] = ch.lookup(rawjson.Unquote(id)); {
		case objects[i] == nil:
			return nil, noObject(rawjson.Unquote(id))
		case !c.may(objects[i]):
			return nil, forbidden()
		}
	}
	return objects, nil
}

// attach makes objects children; what is one already stays one.
func (ch *inventory) attach(parent store.ID, relation store.Relation, attached []*store.Object, say announce) {
	var changed *store.Object
	ch.store.Update(func(d *store.Data) {
		for _, child := range attached {
			if child.ID != parent && d.Objects.Link(relation, parent, child.ID) {
				changed = d.Objects.Get(parent)
			}
		}
		if changed != nil {
			changed = d.Objects.Put(parent, changed.Document, ch.now())
		}
	})
	if changed != nil {
		ch.announce(say, notify.Update, changed)
	}
}

func (ch *children) get(c *call, relation store.Relation) (reply, error) {
	parent, child, err := ch.pair(c, relation)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	ch.reference(&w, c.base, parent.ID, relation, child, objectOptionsOf(c))
	return ok("managedobjectreference", w.Buf), nil
}

// pair returns parent and child of the path.
func (ch *children) pair(c *call, relation store.Relation) (parent, child *store.Object, err error) {
	if parent, err = ch.subject(c); err != nil {
		return nil, nil, err
	}
	if child = ch.lookup(c.param("child")); child == nil {
		return nil, nil, noObject(c.param("child"))
	}
	return parent, child, ch.check(relation, parent, child)
}

func (ch *children) check(relation store.Relation, parent, child *store.Object) (err error) {
	ch.store.View(func(d *store.Data) {
		if !d.Objects.IsChild(relation, parent.ID, child.ID) {
			err = fail(http.StatusUnprocessableEntity, "inventory/Invalid Data", "managedObject %s is not a child of %s", child.ID, parent.ID)
		}
	})
	return err
}

func (ch *children) delete(c *call, relation store.Relation) (reply, error) {
	parent, child, err := ch.pair(c, relation)
	if err != nil {
		return reply{}, err
	}
	ch.detach(parent.ID, relation, []*store.Object{child}, c.say)
	return empty(http.StatusNoContent), nil
}

func (ch *children) deleteMany(c *call, relation store.Relation) (reply, error) {
	parent, err := ch.subject(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	detached, err := ch.referenced(c, body)
	if err != nil {
		return reply{}, err
	}
	for _, child := range detached {
		if err := ch.check(relation, parent, child); err != nil {
			return reply{}, err
		}
	}
	ch.detach(parent.ID, relation, detached, c.say)
	return empty(http.StatusNoContent), nil
}

func (ch *children) detach(parent store.ID, relation store.Relation, detached []*store.Object, say announce) {
	var changed *store.Object
	ch.store.Update(func(d *store.Data) {
		for _, child := range detached {
			d.Objects.Unlink(relation, parent, child.ID)
		}
		if changed = d.Objects.Get(parent); changed != nil {
			changed = d.Objects.Put(parent, changed.Document, ch.now())
		}
	})
	if changed != nil {
		ch.announce(say, notify.Update, changed)
	}
}
