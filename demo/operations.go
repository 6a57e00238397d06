package demo

import (
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// operations is /devicecontrol/operations: what devices are asked to do.
type operations struct{ *platform }

func (o *operations) routes() []route {
	readers, writers := needs(roleDeviceControlRead).orOwner(), needs(roleDeviceControlAdmin).orOwner()
	return []route{
		{"GET", "/devicecontrol/operations", readers, "operationcollection", o.list},
		{"POST", "/devicecontrol/operations", writers, "operation", o.post},
		{"DELETE", "/devicecontrol/operations", needs(roleDeviceControlAdmin), "", o.delete},
		{"GET", "/devicecontrol/operations/{id}", readers, "operation", o.get},
		{"PUT", "/devicecontrol/operations/{id}", writers, "operation", o.put},
	}
}

func operationStates() []string { return []string{"PENDING", "EXECUTING", "SUCCESSFUL", "FAILED"} }

func operationKind() kind {
	return kind{
		area: "devicecontrol", channel: "/operations/",
		records: func(d *store.Data) *store.Records { return &d.Operations },
		write: func(p *platform, w *rawjson.Writer, base string, r *store.Record) {
			w.Open('{')
			writeOperation(w, base, r)
			w.Close('}')
		},
	}
}

// writeOperation writes the members of an operation.
func writeOperation(w *rawjson.Writer, base string, r *store.Record) {
	if r.ID != 0 {
		w.Str("id", r.ID.String())
		w.Str("self", base+"/devicecontrol/operations/"+r.ID.String())
	}
	w.Str("deviceId", r.Source.String())
	w.Str("creationTime", formatMilli(r.Created))
	writeMembers(w, r.Document)
}

// fixedInOperations are the properties of an operation that no update touches.
func fixedInOperations() []string {
	return []string{"id", "self", "deviceId", "creationTime", "deviceName", "deviceExternalIDs", "bulkOperationId"}
}

func (o *operations) selection(c *call) (selection, error) {
	s, err := o.platform.selection(c)
	if err != nil {
		return s, err
	}
	s.span.Sources = nil
	if device := c.query.Get("deviceId"); device != "" {
		s.span.Sources = []store.ID{}
		if id, valid := store.ParseID(device); valid {
			s.span.Sources = append(s.span.Sources, id)
		}
	}
	if agent := c.query.Get("agentId"); agent != "" {
		below := o.belowAgent(agent)
		if s.span.Sources == nil {
			s.span.Sources = below
		} else {
			s.span.Sources = slices.DeleteFunc(s.span.Sources, func(id store.ID) bool { return !slices.Contains(below, id) })
		}
	}
	s.where("status", c.list("status"), true)
	if fragment := c.query.Get("fragmentType"); fragment != "" {
		s.tests = append(s.tests, func(r *store.Record) bool { return r.Has(fragment) })
	}
	if bulk := c.query.Get("bulkOperationId"); bulk != "" {
		s.tests = append(s.tests, func(r *store.Record) bool {
			raw, _ := r.Get("bulkOperationId")
			return rawjson.Unquote(raw) == bulk
		})
	}
	return s, nil
}

// belowAgent returns an agent and all child devices below it.
func (o *operations) belowAgent(agent string) []store.ID {
	below := []store.ID{}
	if id, valid := store.ParseID(agent); valid {
		o.store.View(func(d *store.Data) { below = d.Objects.Descendants(id, store.Devices) })
	}
	return below
}

func (o *operations) list(c *call) (reply, error) {
	s, err := o.selection(c)
	if err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	records, total := o.pageOf(&p, operationKind(), s, c.flag("revert") && s.dated)
	return collection(c, "operationcollection", "operations", p, records, total, func(w *rawjson.Writer, r *store.Record) {
		w.Open('{')
		writeOperation(w, c.base, r)
		o.store.View(func(d *store.Data) {
			if device := d.Objects.Get(r.Source); device != nil && device.Has("name") {
				w.Str("deviceName", device.Text("name"))
			}
			if c.query.Get("agentId") != "" {
				writeExternalIDs(w, c.base, d, r.Source)
			}
		})
		w.Close('}')
	}), nil
}

func writeExternalIDs(w *rawjson.Writer, base string, d *store.Data, device store.ID) {
	w.Key("deviceExternalIDs")
	w.Open('{')
	w.Str("self", base+"/identity/globalIds/"+device.String()+"/externalIds")
	w.Key("externalIds")
	w.Open('[')
	for _, external := range d.Objects.ExternalIDs(device) {
		w.Comma()
		writeIdentity(w, base, external, device)
	}
	w.Close(']')
	w.Close('}')
}

func (o *operations) render(base string, operation *store.Record) []byte {
	var w rawjson.Writer
	operationKind().write(o.platform, &w, base, operation)
	return w.Buf
}

func (o *operations) get(c *call) (reply, error) {
	operation, err := o.find(c, operationKind())
	if err != nil {
		return reply{}, err
	}
	return ok("operation", o.render(c.base, operation)), nil
}

func (o *operations) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	record, err := o.draft(body)
	if err != nil {
		return reply{}, err
	}
	if !c.mayWith(o.object(record.Source), record.Document) {
		return reply{}, forbidden()
	}
	record.Document = record.Set(&o.store.Shapes, "status", `"PENDING"`)
	if c.mode.transient {
		record.ID = 0
		o.announceRecord(c.say, operationKind(), notify.Create, &record)
		return created("operation", c.url("/devicecontrol/operations/null"), o.render(c.base, &record)), nil
	}
	operation := o.create(record, c.say)
	o.auditStatus(c.did("Operation", "Operation created", operation.ID.String()), "", operation)
	return created("operation", c.url("/devicecontrol/operations/"+operation.ID.String()), o.render(c.base, operation)), nil
}

// draft reads an operation. Its device must be an agent or hang below one: nobody would fetch it otherwise.
func (o *operations) draft(body string) (store.Record, error) {
	raw, found := rawjson.Member(body, "deviceId")
	if !found || raw == "null" {
		return store.Record{}, missing("deviceId")
	}
	device := o.lookup(rawjson.Unquote(raw))
	if device == nil {
		return store.Record{}, fail(http.StatusUnprocessableEntity, "devicecontrol/Unprocessable Entity", "No managedObject for id '%s'!", rawjson.Unquote(raw))
	}
	if !o.reachable(device) {
		return store.Record{}, fail(
			http.StatusUnprocessableEntity, "devicecontrol/Unprocessable Entity", "Device with id '%s' is not an agent and has no parent agent.", device.ID,
		)
	}
	at := o.now()
	doc, _ := o.store.Shapes.Lift(body, fixedInOperations()...)
	return store.Record{Source: device.ID, Time: store.Stamp{Milli: at}, Created: at, Updated: at, Document: doc}, nil
}

// agents returns the agents that would fetch an operation of a device: itself, and those above it.
func (o *operations) agents(device *store.Object) (agents []*store.Object) {
	if isAgent(device) {
		agents = append(agents, device)
	}
	o.store.View(func(d *store.Data) {
		for _, above := range objectsOf(d, d.Objects.Ancestors(device.ID, store.Devices)) {
			if isAgent(above) {
				agents = append(agents, above)
			}
		}
	})
	return agents
}

// reachable reports whether anybody would fetch an operation of a device.
func (o *operations) reachable(device *store.Object) bool { return len(o.agents(device)) > 0 }

func isAgent(o *store.Object) bool { return o.Has("com_cumulocity_model_Agent") }

func (o *operations) create(record store.Record, say announce) *store.Record {
	operation := o.keep(record)
	o.begun(say, operation)
	return operation
}

func (o *operations) keep(record store.Record) (operation *store.Record) {
	o.store.Update(func(d *store.Data) { operation = d.Operations.Create(record)[0] })
	return operation
}

// begun tells of a new operation: all who listen, and, on channels of their own, the agents that are to fetch it.
func (o *operations) begun(say announce, operation *store.Record) {
	o.announceRecord(say, operationKind(), notify.Create, operation)
	if device := o.object(operation.Source); device != nil && !o.quiet.Load() {
		data := o.render(o.home(), operation)
		for _, agent := range o.agents(device) {
			say(notify.Message{Channel: notify.AgentChannel(agent.ID.String()), Action: notify.Create, ID: operation.ID.String(), Data: data})
		}
	}
	o.onOperation(operation)
}

func (o *operations) put(c *call) (reply, error) {
	operation, err := o.find(c, operationKind())
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	if rawjson.Text(body, "status") == "" {
		return reply{}, missing("status")
	}
	if c.mode.transient {
		told := *operation
		if told.Document, err = o.merged(operation, withoutMembers(body, fixedInOperations())); err != nil {
			return reply{}, err
		}
		o.announceRecord(c.say, operationKind(), notify.Update, &told)
		return ok("operation", o.render(c.base, &told)), nil
	}
	changed, err := o.patch(operation.ID, body, c.say)
	if err != nil {
		return reply{}, err
	}
	o.auditStatus(c.did("Operation", "Operation updated", operation.ID.String()), operation.Text("status"), changed)
	return ok("operation", o.render(c.base, changed)), nil
}

// patch merges a compact JSON object into an operation. A reason of failure belongs to failed operations only.
func (o *operations) patch(id store.ID, patch string, say announce) (changed *store.Record, err error) {
	patch = withoutMembers(patch, fixedInOperations())
	o.store.Update(func(d *store.Data) {
		operation := d.Operations.Get(id)
		if operation == nil {
			err = operationKind().notFound(id.String())
			return
		}
		next := *operation
		if next.Document, err = o.merged(operation, patch); err != nil {
			return
		}
		next.Updated = o.now()
		changed = d.Operations.Put(next)
	})
	if err != nil {
		return nil, err
	}
	o.announceRecord(say, operationKind(), notify.Update, changed)
	o.bulks.changed(changed)
	return changed, nil
}

// merged is the document of an operation after an update.
func (o *operations) merged(operation *store.Record, patch string) (store.Document, error) {
	doc := operation.Merge(&o.store.Shapes, patch)
	status := strings.ToUpper(doc.Text("status"))
	if !slices.Contains(operationStates(), status) {
		return doc, invalid("Invalid status: %s", status)
	}
	doc = doc.Set(&o.store.Shapes, "status", rawjson.Quote(status))
	if status != "FAILED" {
		doc = doc.Without(&o.store.Shapes, "failureReason")
	}
	return doc, nil
}

// auditStatus records a new status of an operation.
func (o *operations) auditStatus(d deed, before string, operation *store.Record) {
	after := operation.Text("status")
	d.text = d.activity + ": status='" + after + "'"
	d.changes = []alteration{{attribute: "status", before: before, after: after, kind: "com.cumulocity.model.operation.OperationStatus"}}
	o.audit(d)
}

func (o *operations) delete(c *call) (reply, error) {
	if err := bounded(c, "agentId", "deviceId", "status", "dateFrom", "dateTo"); err != nil {
		return reply{}, err
	}
	s, err := o.selection(c)
	if err != nil {
		return reply{}, err
	}
	o.removeRecords(operationKind(), slices.Collect(filter(o.view(operationKind(), s).Ascending(), s.tests)), c.say)
	return empty(http.StatusNoContent), nil
}
