package devicepage

import (
	"c8yx/c8yclient"
	"c8yx/ui/fields"
	"c8yx/views/show"
)

// subject is an object and what its document says, which is looked for once: a document may be large, and the page is drawn anew with
// everything that is heard of the object.
type subject struct {
	object *c8yclient.ManagedObject // nil until it was read
	device *show.Device
	is     kind

	nature, equipment, network, position, operations, software, notes []fields.Field
}

func subjectOf(m *c8yclient.ManagedObject) subject {
	d, is := &m.Document, kindOf(m)
	return subject{
		object: m, device: show.NewDevice(m), is: is,
		nature: nature(m, is), equipment: equipment(d), network: network(d), position: position(d),
		operations: operations(d), software: software(d), notes: value("notes", word(d, "c8y_Notes")),
	}
}
