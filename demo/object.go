package demo

import (
	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// announce tells others of a change: right away, or once the reply to who made it is out.
type announce func(notify.Message)

// objectPath is the address of an object, without the host.
func objectPath(id store.ID) string { return objectsPath + id.String() }

const objectsPath = "/inventory/managedObjects/"

// home is what links begin with where nobody asked, in notifications.
func (p *platform) home() string { return "https://" + p.domain }

// announce tells of a changed object.
func (in *inventory) announce(say announce, action string, object *store.Object) {
	if in.quiet.Load() {
		return
	}
	in.usage.change("inventory", action, object.ID, in.now())
	message := notify.Message{Channel: "/managedobjects/" + object.ID.String(), Action: action, ID: object.ID.String()}
	if action == notify.Delete {
		message.Data = rawjson.AppendString(nil, message.ID)
	} else {
		var w rawjson.Writer
		in.write(&w, in.home(), object, objectOptions{})
		message.Data = w.Buf
	}
	say(message)
}

// objectOptions say what of an object's place in the hierarchy is written.
type objectOptions struct {
	children, count, parents, groups, nameless, latest bool

	file bool // written as what /inventory/binaries has: its own address is there
}

func objectOptionsOf(c *call) objectOptions {
	return objectOptions{
		children: c.flag("withChildren"), count: c.flag("withChildrenCount"), parents: c.flag("withParents"), groups: c.flag("withGroups"),
		nameless: c.flag("skipChildrenNames"), latest: c.flag("withLatestValues"),
	}
}

// relationNames are the relations as documents and paths name them: down and up.
func relationNames(relation store.Relation) (children, parents string) {
	switch relation {
	case store.Additions:
		return "childAdditions", "additionParents"
	case store.Assets:
		return "childAssets", "assetParents"
	default:
		return "childDevices", "deviceParents"
	}
}

// write writes an object as a value. The blocks of children and parents are always there; what is in them is asked for.
func (in *inventory) write(w *rawjson.Writer, base string, object *store.Object, options objectOptions) {
	self := base + objectPath(object.ID)
	w.Open('{')
	w.Str("id", object.ID.String())
	if options.file {
		w.Str("self", base+filePath(object.ID))
	} else {
		w.Str("self", self)
	}
	w.Milli("creationTime", object.Created)
	w.Milli("lastUpdated", object.Updated)
	object.Document.Write(w)
	if options.latest && object.Has("c8y_IsDevice") {
		l := in.latestOf(object.ID)
		w.Any("c8y_LatestMeasurements", l.last)
		w.Any("c8y_PreviousMeasurements", l.before)
	}
	if options.related() {
		in.writeRelated(w, base, self, object.ID, options)
	} else {
		writeUnrelated(w, self)
	}
	w.Close('}')
}

// related reports whether anything of an object's place in the hierarchy is asked for.
func (o objectOptions) related() bool { return o.children || o.count || o.parents || o.groups }

// writeUnrelated writes the blocks of children and parents without what is in them.
func writeUnrelated(w *rawjson.Writer, self string) {
	at := links{object: rawjson.Quote(self)}
	for _, name := range [...]string{"childAdditions", "additionParents", "childAssets", "assetParents", "childDevices", "deviceParents"} {
		at.open(w, name)
		w.Buf = append(w.Buf, `,"references":[]}`...)
	}
}

// writeRelated writes the blocks of children and parents with what is asked for.
func (in *inventory) writeRelated(w *rawjson.Writer, base, self string, id store.ID, options objectOptions) {
	var children, parents [3][]*store.Object
	var counts [3]int
	in.store.View(func(d *store.Data) {
		for i, relation := range store.Relations() {
			below := d.Objects.Children(relation, id)
			counts[i] = len(below)
			if options.children {
				children[i] = objectsOf(d, below)
			}
			if above := d.Objects.Parents(relation, id); len(above) > 0 && options.parents {
				parents[i] = objectsOf(d, d.Objects.Ancestors(id, relation))
			} else if options.groups && relation == store.Assets {
				parents[i] = objectsOf(d, above)
			}
		}
	})
	at := links{object: rawjson.Quote(self), base: rawjson.Quote(base)}
	for i, relation := range store.Relations() {
		down, up := relationNames(relation)
		at.open(w, down)
		if options.count {
			w.Int("count", int64(counts[i]))
		}
		at.writeReferences(w, down, children[i], options)
		w.Close('}')
		at.open(w, up)
		at.writeReferences(w, up, parents[i], options)
		w.Close('}')
	}
}

// links are the addresses of an object and of the tenant as JSON, for the many that begin with them.
type links struct{ object, base string }

// open opens one of the blocks of children and parents.
func (l links) open(w *rawjson.Writer, name string) {
	w.Buf = append(append(w.Buf, `,"`...), name...)
	w.Buf = append(append(w.Buf, `":{"self":`...), l.object[:len(l.object)-1]...)
	w.Buf = append(append(append(w.Buf, '/'), name...), '"')
}

// writeReferences writes what is in a block.
func (l links) writeReferences(w *rawjson.Writer, name string, objects []*store.Object, options objectOptions) {
	w.Buf = append(w.Buf, `,"references":[`...)
	for _, object := range objects {
		id := object.ID.String()
		w.Comma()
		w.Buf = append(append(w.Buf, `{"self":`...), l.object[:len(l.object)-1]...)
		w.Buf = append(append(append(w.Buf, '/'), name...), '/')
		w.Buf = append(append(append(w.Buf, id...), `","managedObject":{"id":"`...), id...)
		w.Buf = append(w.Buf, '"')
		if name, named := object.Get("name"); named && !options.nameless {
			w.Raw("name", name)
		}
		if kind, typed := object.Get("type"); typed && options.parents {
			w.Raw("type", kind)
		}
		w.Buf = append(append(w.Buf, `,"self":`...), l.base[:len(l.base)-1]...)
		w.Buf = append(append(append(w.Buf, objectsPath...), id...), `"}}`...)
	}
	w.Close(']')
}

// objectsOf returns those of some objects that are still there.
func objectsOf(d *store.Data, ids []store.ID) []*store.Object {
	objects := make([]*store.Object, 0, len(ids))
	for _, id := range ids {
		if object := d.Objects.Get(id); object != nil {
			objects = append(objects, object)
		}
	}
	return objects
}

// ancestors returns the ids of everything above an object: whose subscribers with children hear of its alarms and events.
func (p *platform) ancestors(id string) []string {
	number, valid := store.ParseID(id)
	if !valid {
		return nil
	}
	var ids []string
	p.store.View(func(d *store.Data) {
		for _, above := range d.Objects.Ancestors(number, store.Devices, store.Assets) {
			ids = append(ids, above.String())
		}
	})
	return ids
}
