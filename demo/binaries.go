package demo

import (
	"iter"
	"net/http"
	"slices"
	"strconv"

	"c8yx/demo/notify"
	"c8yx/demo/query"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// binaries is /inventory/binaries: files, each with a managed object that tells of it.
type binaries struct{ *inventory }

func (b *binaries) routes() []route {
	const all, one = "/inventory/binaries", "/inventory/binaries/{id}"
	readers := needs(roleInventoryRead, roleManagedObjectRead, roleBinaryRead).orOwner()
	writers := needs(roleInventoryAdmin, roleManagedObjectAdmin, roleBinaryAdmin).orOwner()
	return []route{
		{"GET", all, readers, "managedobjectcollection", b.list},
		{"POST", all, needs(roleInventoryAdmin, roleInventoryCreate, roleBinaryAdmin, roleBinaryCreate, roleDevice), "managedobject", b.post},
		{"GET", one, readers, "*/*", b.get},
		{"PUT", one, writers, "managedobject", b.put},
		{"DELETE", one, writers, "", b.delete},
	}
}

// filePath is the address of a file, without the host.
func filePath(id store.ID) string { return "/inventory/binaries/" + id.String() }

func isBinary(o *store.Object) bool { return o.Has("c8y_IsBinary") }

// list is a list of managed objects. The number of all is not to be had.
func (b *binaries) list(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	p.withTotal = false
	var all iter.Seq[*store.Object]
	if candidates := b.candidates(c); candidates != nil {
		all = filter(candidates, append(b.classicTests(c), isBinary))
	} else {
		values, presence := b.classicNeeds(c)
		s := b.scan(query.Needs{Values: values, Presence: append(presence, "c8y_IsBinary")})
		all = s.objects(s.where(0, s.Len(), append(s.classicTests(c), s.has("c8y_IsBinary"))...))
	}
	objects, total := found{objects: all}.page(c, &p)
	return collection(c, "managedobjectcollection", "managedObjects", p, objects, total, func(w *rawjson.Writer, o *store.Object) {
		b.write(w, c.base, o, objectOptions{file: true})
	}), nil
}

// subject returns the object and the content of the file that the path names.
func (b *binaries) subject(c *call) (*store.Object, store.File, error) {
	object, err := b.inventory.subject(c)
	if err != nil {
		return nil, store.File{}, err
	}
	var file store.File
	var found bool
	b.store.View(func(d *store.Data) { file, found = d.Files[object.ID] })
	if !found || !isBinary(object) {
		return nil, store.File{}, fail(http.StatusNotFound, "inventory/Not Found", "Finding binary from database failed : No binary for id '%s'!", object.ID)
	}
	return object, file, nil
}

func (b *binaries) get(c *call) (reply, error) {
	object, file, err := b.subject(c)
	if err != nil {
		return reply{}, err
	}
	file.Name = or(object.Text("name"), file.Name) // the object may have been renamed since
	return download(file, object.Updated), nil
}

// post keeps a file. What the part object says becomes the managed object.
func (b *binaries) post(c *call) (reply, error) {
	sent, err := c.upload()
	if err != nil {
		return reply{}, err
	}
	doc, _ := b.store.Shapes.Lift(sent.object, append(reserved(), "owner", "length", "contentType", "c8y_IsBinary")...)
	doc = b.describe(doc, sent.file).Set(&b.store.Shapes, "owner", rawjson.Quote(c.who.user.name))
	object, err := b.keep(doc, sent.file, b.now(), c.say)
	if err != nil {
		return reply{}, err
	}
	return created("managedobject", c.url(filePath(object.ID)), b.render(c.base, object)), nil
}

// keep stores a file with its object.
func (b *binaries) keep(doc store.Document, file store.File, at int64, say announce) (*store.Object, error) {
	object, err := b.create(doc, at, at, nil, say)
	if err != nil {
		return nil, err
	}
	b.store.Update(func(d *store.Data) { d.Files[object.ID] = file })
	return object, nil
}

// describe gives a document what the platform says of a file.
func (b *binaries) describe(doc store.Document, file store.File) store.Document {
	for _, member := range []struct{ key, raw string }{
		{"name", rawjson.Quote(file.Name)},
		{"type", rawjson.Quote(file.Type)},
		{"contentType", rawjson.Quote(file.Type)},
		{"length", strconv.FormatInt(file.Size(), 10)},
		{"c8y_IsBinary", "{}"},
	} {
		doc = doc.Set(&b.store.Shapes, member.key, member.raw)
	}
	return doc
}

func (b *binaries) render(base string, object *store.Object) []byte {
	var w rawjson.Writer
	b.write(&w, base, object, objectOptions{file: true})
	return w.Buf
}

// put replaces the content. The file keeps its name unless the request brings one.
func (b *binaries) put(c *call) (reply, error) {
	object, file, err := b.subject(c)
	if err != nil {
		return reply{}, err
	}
	sent, err := c.upload()
	if err != nil {
		return reply{}, err
	}
	if slices.Contains([]string{"", "file"}, sent.file.Name) {
		sent.file.Name = or(object.Text("name"), file.Name)
	}
	var changed *store.Object
	b.store.Update(func(d *store.Data) {
		if current := d.Objects.Get(object.ID); current != nil {
			d.Files[object.ID] = sent.file
			changed = d.Objects.Put(object.ID, b.describe(current.Document, sent.file), b.now())
		}
	})
	if changed == nil {
		return reply{}, noObject(c.param("id"))
	}
	b.announce(c.say, notify.Update, changed)
	return created("managedobject", c.url(filePath(changed.ID)), b.render(c.base, changed)), nil
}

func (b *binaries) delete(c *call) (reply, error) {
	object, _, err := b.subject(c)
	if err != nil {
		return reply{}, err
	}
	b.remove(b.doomed(object, false, false), c.say)
	d := c.did("Inventory", "Managed object deleted", object.ID.String())
	b.audit(d)
	return empty(http.StatusNoContent), nil
}
