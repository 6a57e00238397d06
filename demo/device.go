package demo

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"c8yx/demo/fleet"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// devices is the tenant as the fleet knows it: what a device does by HTTP, without the HTTP. The fleet comes with a past, so
// what HTTP ignores (creation times, owners, fragments of the platform) counts here.
type devices struct{ *platform }

var (
	_ fleet.Tenant = (*devices)(nil)
	_ fleet.Bulk   = (*devices)(nil)

	_ fleet.Attacher = (*devices)(nil)
	_ fleet.Registry = (*devices)(nil)
	_ fleet.Relay    = (*devices)(nil)
	_ fleet.Recorder = (*devices)(nil)
)

// taken removes a time from a document and returns it; at if it is not there.
func taken(doc map[string]any, name string, at int64) int64 {
	text, _ := doc[name].(string)
	if stamp, ok := parseTime(text); ok {
		return stamp.Milli
	}
	return at
}

func without(doc map[string]any, names ...string) map[string]any {
	rest := make(map[string]any, len(doc))
	for key, value := range doc {
		rest[key] = value
	}
	for _, name := range names {
		delete(rest, name)
	}
	return rest
}

// CreateObject is POST /inventory/managedObjects.
func (p *devices) CreateObject(doc map[string]any) (string, error) {
	at := taken(doc, "creationTime", p.now())
	object, err := p.inventory.create(
		p.store.Shapes.Encode(without(doc, "id", "self", "creationTime", "lastUpdated")), at, taken(doc, "lastUpdated", at), nil, p.tell,
	)
	if err != nil {
		return "", err
	}
	if owner := p.registration.gate.directory.find(p.id, object.Text("owner")); owner != nil {
		p.registration.place(owner, object, p.tell)
	}
	return object.ID.String(), nil
}

// UpdateObject is PUT /inventory/managedObjects/{id}.
func (p *devices) UpdateObject(id string, patch map[string]any) error {
	number, _ := store.ParseID(id)
	if p.inventory.patch(number, string(rawjson.Append(nil, without(patch, "id", "self", "creationTime", "lastUpdated"))), p.now(), p.tell) == nil {
		return noObject(id)
	}
	return nil
}

func relationOf(name string) (store.Relation, error) {
	for _, relation := range store.Relations() {
		if down, _ := relationNames(relation); down == name {
			return relation, nil
		}
	}
	return 0, fmt.Errorf("demo: unknown relation %q", name)
}

// AddChild is POST /inventory/managedObjects/{parent}/{relation}.
func (p *devices) AddChild(parent, relation, child string) error {
	kind, err := relationOf(relation)
	if err != nil {
		return err
	}
	above, below := p.lookup(parent), p.lookup(child)
	if above == nil || below == nil {
		return noObject(parent + "/" + child)
	}
	p.inventory.attach(above.ID, kind, []*store.Object{below}, p.tell)
	return nil
}

// AddIdentity is POST /identity/globalIds/{object}/externalIds.
func (p *devices) AddIdentity(object, kind, externalID string) error {
	named := p.lookup(object)
	if named == nil {
		return noObject(object)
	}
	return p.identify(named.ID, store.ExternalID{Type: kind, Value: externalID})
}

// CreateMeasurement is POST /measurement/measurements.
func (p *devices) CreateMeasurement(source, kind string, at time.Time, fragments map[string]any) error {
	if err := p.RelayMeasurement(source, kind, at, fragments); err != nil {
		return err
	}
	id, _ := store.ParseID(source)
	p.heard(id)
	return nil
}

// RelayMeasurement is POST /measurement/measurements by an application, which is no sign of life of the device.
func (p *devices) RelayMeasurement(source, kind string, at time.Time, fragments map[string]any) error {
	object := p.lookup(source)
	if object == nil {
		return noObject(source)
	}
	p.simulated.note(object.ID)
	doc := without(fragments)
	doc["type"] = kind
	p.measurements.create([]store.Record{{
		Source: object.ID, Time: store.StampOf(at), Created: p.now(), Updated: p.now(), Document: p.store.Shapes.Encode(doc),
	}}, p.tell)
	return nil
}

// heard notes device traffic. While the fleet settles, its documents say themselves when devices were heard of.
func (p *devices) heard(device store.ID) {
	if !p.quiet.Load() {
		p.inventory.touch(device)
	}
}

// record makes a record of a document with a source and a time.
func (p *devices) record(doc map[string]any) (draft, store.Record, error) {
	source, _ := doc["source"].(map[string]any)
	id, _ := source["id"].(string)
	d := draft{source: p.lookup(id)}
	if d.source == nil {
		return d, store.Record{}, noObject(id)
	}
	text, _ := doc["time"].(string)
	var valid bool
	if d.at, valid = parseTime(text); !valid {
		d.at = store.Stamp{Milli: p.now()}
	}
	d.doc = p.store.Shapes.Encode(without(doc, lifted()...))
	record := d.record(taken(doc, "creationTime", p.now()))
	record.Updated = taken(doc, "lastUpdated", record.Created)
	return d, record, nil
}

// CreateAlarm is POST /alarm/alarms.
func (p *devices) CreateAlarm(doc map[string]any) (string, error) {
	d, record, err := p.record(doc)
	if err != nil {
		return "", err
	}
	if d.doc, err = p.alarms.normal(d.doc); err != nil {
		return "", err
	}
	p.heard(d.source.ID)
	alarm := p.alarms.raise(d, record.Created, p.tell)
	if alarm == nil {
		return "", nil
	}
	return alarm.ID.String(), nil
}

// UpdateAlarm is PUT /alarm/alarms/{id}.
func (p *devices) UpdateAlarm(id string, patch map[string]any) error {
	number, _ := store.ParseID(id)
	var before *store.Record
	p.store.View(func(d *store.Data) { before = d.Alarms.Get(number) })
	after, err := p.alarms.patch(number, string(rawjson.Append(nil, without(patch, lifted()...))), p.now(), p.tell)
	if err == nil && before != nil {
		p.alarms.auditStatus(p.did("Alarm", "Alarm updated", after), before, after)
	}
	return err
}

// CreateEvent is POST /event/events.
func (p *devices) CreateEvent(doc map[string]any) (string, error) {
	d, record, err := p.record(doc)
	if err != nil {
		return "", err
	}
	p.heard(d.source.ID)
	return p.events.create(record, p.tell).ID.String(), nil
}

// Attach is POST /event/events/{event}/binaries.
func (p *devices) Attach(event, name, mediaType string, content []byte) (string, error) {
	id, _ := store.ParseID(event)
	if err := p.events.attach(id, store.File{Name: name, Type: mediaType, Content: content}, p.tell); err != nil {
		return "", err
	}
	return p.home() + attachmentPath(id), nil
}

// CreateOperation is POST /devicecontrol/operations.
func (p *devices) CreateOperation(doc map[string]any) (string, error) {
	record, err := p.operations.draft(string(rawjson.Append(nil, doc)))
	if err != nil {
		return "", err
	}
	record.Created = taken(doc, "creationTime", record.Created)
	record.Time, record.Updated = store.Stamp{Milli: record.Created}, record.Created
	if !record.Has("status") {
		record.Document = record.Set(&p.store.Shapes, "status", `"PENDING"`)
	}
	operation := p.operations.create(record, p.tell)
	p.operations.auditStatus(p.did("Operation", "Operation created", operation), "", operation)
	return operation.ID.String(), nil
}

// UpdateOperation is PUT /devicecontrol/operations/{id}.
func (p *devices) UpdateOperation(id string, patch map[string]any) error {
	number, _ := store.ParseID(id)
	var before *store.Record
	p.store.View(func(d *store.Data) { before = d.Operations.Get(number) })
	after, err := p.operations.patch(number, string(rawjson.Append(nil, patch)), p.tell)
	if err == nil && before != nil && before.Text("status") != after.Text("status") {
		p.operations.auditStatus(p.did("Operation", "Operation updated", after), before.Text("status"), after)
	}
	return err
}

// OperationStatus is the status in GET /devicecontrol/operations/{id}.
func (p *devices) OperationStatus(id string) string {
	var operation *store.Record
	if number, valid := store.ParseID(id); valid {
		p.store.View(func(d *store.Data) { operation = d.Operations.Get(number) })
	}
	if operation == nil {
		return ""
	}
	return operation.Text("status")
}

// did begins an audit record: what happens to a record of a device, the account of the device did.
func (p *devices) did(kind, activity string, record *store.Record) deed {
	d := deed{kind: kind, activity: activity, source: record.ID.String()}
	if device := p.object(record.Source); device != nil {
		d.user = device.Text("owner")
	}
	return d
}

// Expect is POST /devicecontrol/newDeviceRequests by somebody who looks after devices.
func (p *devices) Expect(id, kind, group string) error {
	_, err := p.registration.expect(deviceRequest{id: id, owner: "operator", placement: placement{group: group, kind: kind}})
	return err
}

// Expected is GET /devicecontrol/newDeviceRequests/{id}.
func (p *devices) Expected(id string) bool {
	_, err := p.registration.find(id)
	return err == nil
}

// AskCredentials is POST /devicecontrol/deviceCredentials by the bootstrap user.
func (p *devices) AskCredentials(id string) (owner string, accepted bool) {
	u, err := p.registration.ask(id, "")
	if err != nil {
		return "", false
	}
	return u.name, true
}

// PendingOperations is GET /devicecontrol/operations?agentId={agent}&status=PENDING.
func (p *devices) PendingOperations(agent string) []map[string]any {
	s := selection{span: store.Span{Sources: p.operations.belowAgent(agent)}}
	s.where("status", []string{"PENDING"}, false)
	var pending []map[string]any
	for operation := range filter(p.view(operationKind(), s).Ascending(), s.tests) {
		pending = append(pending, p.decoded(operation))
	}
	return pending
}

func (p *devices) decoded(operation *store.Record) (doc map[string]any) {
	_ = json.Unmarshal(p.operations.render(p.home(), operation), &doc) // what the store holds is valid
	return doc
}

// Heartbeat is PUT /inventory/managedObjects/{device} with {}.
func (p *devices) Heartbeat(device string) {
	if id, valid := store.ParseID(device); valid {
		p.heard(id)
	}
}

// OnOperation registers whom to tell of new operations.
func (p *devices) OnOperation(tell func(map[string]any)) {
	p.onOperation = func(operation *store.Record) { tell(p.decoded(operation)) }
}

// LoadObjects creates objects with their places and names, for a large fleet.
func (p *devices) LoadObjects(objects []fleet.Object) ([]string, error) {
	ids := make([]string, len(objects))
	docs := make([]store.Document, len(objects))
	at := p.now()
	for i, object := range objects {
		docs[i] = p.store.Shapes.Make(len(object.Members), func(k int) (string, []byte) { return object.Members[k].Key, object.Members[k].Value })
	}
	var err error
	p.store.Update(func(d *store.Data) {
		for i, object := range objects {
			made := d.Objects.Create(docs[i], cmp.Or(object.Created, at), cmp.Or(object.Updated, at))
			ids[i] = made.ID.String()
			for _, parent := range object.Parents {
				above, _ := store.ParseID(parent.ID)
				relation, bad := relationOf(parent.Relation)
				if bad != nil || !d.Objects.Link(relation, above, made.ID) {
					err = fmt.Errorf("demo: object %d cannot be %s of %s", i, parent.Relation, parent.ID)
					return
				}
			}
			for _, identity := range object.Identities {
				if external := (store.ExternalID{Type: identity.Type, Value: identity.ExternalID}); !d.Objects.Identify(made.ID, external) {
					err = duplicateIdentity(external)
					return
				}
			}
		}
	})
	return ids, err
}
