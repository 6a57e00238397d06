package demo

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"c8yx/demo/clock"
	"c8yx/demo/notify"
	"c8yx/demo/query"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// targets are the devices that a bulk operation is for: those of its group that an operation can reach, or those that failed.
func (b *bulkOperations) targets(of bulk) ([]store.ID, error) {
	if of.failedParent != "" {
		parent, err := b.find(of.failedParent)
		if err != nil {
			return nil, err
		}
		return b.failed(parent), nil
	}
	group := b.lookup(of.group)
	if group == nil {
		return nil, fail(http.StatusUnprocessableEntity, "devicecontrol/Unprocessable Entity", "No managedObject for id '%s'!", of.group)
	}
	var devices []store.ID
	add := func(object *store.Object) {
		if object.Has("c8y_IsDevice") && b.operations.reachable(object) {
			devices = append(devices, object.ID)
		}
	}
	if text := group.Text("c8y_DeviceQueryString"); group.Has("c8y_IsDynamicGroup") || text != "" {
		parsed, err := query.Parse(text)
		if err != nil {
			return nil, invalid("The query of group %s could not be understood", of.group)
		}
		s := &subject{inventory: b.inventory}
		for object := range b.store.All() {
			if parsed.Match(s.of(object)) {
				add(object)
			}
		}
		return devices, nil
	}
	var members []*store.Object
	b.store.View(func(d *store.Data) { members = objectsOf(d, d.Objects.Descendants(group.ID, store.Assets)) })
	for _, member := range members {
		add(member)
	}
	return devices, nil
}

// failed lists the devices whose operation failed.
func (b *bulkOperations) failed(of bulk) (devices []store.ID) {
	b.store.View(func(d *store.Data) {
		for _, id := range of.made {
			if operation := d.Operations.Get(id); operation != nil && operation.Text("status") == "FAILED" {
				devices = append(devices, operation.Source)
			}
		}
	})
	return devices
}

// schedule has the next operation created after a while. The caller holds the mutex.
func (b *bulkOperations) schedule(of *bulk, after time.Duration) {
	if of.timer != nil {
		of.timer.Stop()
	}
	if !b.closed {
		of.timer = b.clock.AfterFunc(max(after, 0), func() { b.step(of) })
	}
}

// step creates one operation and sees to the next.
func (b *bulkOperations) step(of *bulk) {
	b.begin(of)
	b.mu.Lock()
	if b.closed || of.state != bulkInProgress {
		b.mu.Unlock()
		return
	}
	var device store.ID
	if len(of.waiting) > 0 {
		device, of.waiting = of.waiting[0], of.waiting[1:]
	}
	if len(of.waiting) == 0 {
		of.state = bulkCompleted
	} else {
		b.schedule(of, of.ramp)
	}
	prototype, id := of.prototype, of.id
	b.mu.Unlock()

	if operation := b.create(id, device, prototype); operation != nil {
		b.mu.Lock()
		of.made = append(of.made, operation.ID) // snapshots end before it
		b.mu.Unlock()
		b.operations.begun(b.hub.Publish, operation)
		b.audit(deed{kind: "Operation", activity: "Operation created", text: "Operation created: status='PENDING'", source: operation.ID.String(), user: "system"})
	}
	b.progressed(id)
}

// begin makes a bulk operation whose time has come one that is under way: who wants to change it now is too late. Its group may have
// changed since it was planned.
func (b *bulkOperations) begin(of *bulk) {
	b.mu.Lock()
	if of.state != bulkActive {
		b.mu.Unlock()
		return
	}
	if wait := clock.Until(b.clock, time.UnixMilli(of.start)); wait > 0 { // somebody has just put it off
		b.schedule(of, wait)
		b.mu.Unlock()
		return
	}
	of.state = bulkInProgress
	planned := *of
	b.mu.Unlock()
	targets, _ := b.targets(planned)
	b.mu.Lock()
	defer b.mu.Unlock()
	if of.state == bulkInProgress { // nobody has cancelled it
		of.waiting = targets
	}
}

// create stores one operation of a bulk operation; nil if its device is gone.
func (b *bulkOperations) create(id string, device store.ID, prototype string) *store.Record {
	if b.object(device) == nil {
		return nil
	}
	doc, _ := b.store.Shapes.Lift(prototype, fixedInOperations()...)
	doc = doc.Set(&b.store.Shapes, "status", `"PENDING"`).Set(&b.store.Shapes, "bulkOperationId", id)
	at := b.now()
	return b.operations.keep(store.Record{Source: device, Time: store.Stamp{Milli: at}, Created: at, Updated: at, Document: doc})
}

// progressed tells, a little later, how far a bulk operation has come.
func (b *bulkOperations) progressed(id string) {
	b.later.do("bulk:"+id, func() {
		if of, err := b.find(id); err == nil {
			b.announce(b.hub.Publish, notify.Update, of)
		}
	})
}

// changed hears of an operation whose status changed.
func (b *bulkOperations) changed(operation *store.Record) {
	if raw, part := operation.Get("bulkOperationId"); part {
		b.progressed(rawjson.Unquote(raw))
	}
}

// close stops all that run.
func (b *bulkOperations) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	for _, of := range b.all {
		if of.timer != nil {
			of.timer.Stop()
		}
	}
}

// shelvedBulk is a bulk operation in a saved tenant.
type shelvedBulk struct {
	ID           string     `json:"id"`
	Group        string     `json:"groupId,omitempty"`
	FailedParent string     `json:"failedParentId,omitempty"`
	Start        int64      `json:"start"` // Unix milliseconds
	Ramp         float64    `json:"creationRamp"`
	Prototype    string     `json:"operationPrototype"` // compact JSON as text
	State        string     `json:"status"`
	Waiting      []store.ID `json:"waiting"`
	Made         []store.ID `json:"made"`
	Excused      bool       `json:"excused,omitempty"`
}

// shelve returns all bulk operations for saving.
func (b *bulkOperations) shelve() []shelvedBulk {
	b.mu.Lock()
	defer b.mu.Unlock()
	shelved := make([]shelvedBulk, len(b.all))
	for i, of := range b.all {
		shelved[i] = shelvedBulk{
			ID: of.id, Group: of.group, FailedParent: of.failedParent, Start: of.start, Ramp: of.ramp.Seconds(), Prototype: of.prototype, State: of.state,
			Waiting: slices.Clone(of.waiting), Made: slices.Clone(of.made), Excused: of.excused,
		}
	}
	return shelved
}

// unshelve takes a saved bulk operation up again: what should have begun meanwhile begins now, and what was under way goes on.
func (b *bulkOperations) unshelve(s shelvedBulk) {
	b.mu.Lock()
	defer b.mu.Unlock()
	of := &bulk{
		id: s.ID, group: s.Group, failedParent: s.FailedParent, start: s.Start, ramp: time.Duration(s.Ramp * float64(time.Second)), prototype: s.Prototype,
		state: s.State, waiting: s.Waiting, made: s.Made, excused: s.Excused,
	}
	b.all = append(b.all, of)
	if number, err := strconv.Atoi(s.ID); err == nil {
		b.last = max(b.last, number-firstBulk+1)
	}
	switch of.state {
	case bulkActive:
		b.schedule(of, clock.Until(b.clock, time.UnixMilli(of.start)))
	case bulkInProgress:
		b.schedule(of, of.ramp)
	}
}
