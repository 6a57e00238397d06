package demo

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"c8yx/demo/clock"
	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// bulkOperations is /devicecontrol/bulkoperations: one operation for all devices of a group, one device after the other.
type bulkOperations struct {
	*platform

	mu     sync.Mutex
	all    []*bulk // in the order in which they came
	last   int
	closed bool
}

// bulk is a bulk operation. The mutex of bulkOperations guards it.
type bulk struct {
	id, group, failedParent string
	start                   int64         // startDate in Unix milliseconds
	ramp                    time.Duration // between two operations
	prototype               string        // compact JSON
	state                   string        // status
	waiting                 []store.ID    // devices whose operation is still to be created
	made                    []store.ID    // operations
	excused                 bool          // what failed of it is not to count
	timer                   clock.Timer
}

// The states of a bulk operation.
const (
	bulkActive     = "ACTIVE"      // nothing has been created yet
	bulkInProgress = "IN_PROGRESS" // operations are being created
	bulkCompleted  = "COMPLETED"   // all operations have been created
	bulkDeleted    = "DELETED"
)

const firstBulk = 800001

func (b *bulkOperations) routes() []route {
	const all, one = "/devicecontrol/bulkoperations", "/devicecontrol/bulkoperations/{id}"
	readers, writers := needs(roleBulkOperationRead), needs(roleBulkOperationAdmin)
	return []route{
		{"GET", all, readers, "bulkoperationcollection", b.list},
		{"POST", all, writers, "bulkoperation", b.post},
		{"GET", one, readers, "bulkoperation", b.get},
		{"PUT", one, writers, "bulkoperation", b.put},
		{"DELETE", one, writers, "", b.delete},
	}
}

// progress counts the operations of a bulk operation. Those that are still to be created are pending.
type progress struct{ pending, executing, successful, failed int }

func (p progress) all() int { return p.pending + p.executing + p.successful + p.failed }

func (b *bulkOperations) progress(of bulk) (p progress) {
	p.pending = len(of.waiting)
	b.store.View(func(d *store.Data) {
		for _, id := range of.made {
			operation := d.Operations.Get(id)
			if operation == nil {
				continue // deleted by somebody
			}
			switch operation.Text("status") {
			case "EXECUTING":
				p.executing++
			case "SUCCESSFUL":
				p.successful++
			case "FAILED":
				p.failed++
			default:
				p.pending++
			}
		}
	})
	return p
}

// general is the status that people see.
func (of bulk) general(p progress) string {
	switch done := p.pending == 0 && p.executing == 0; {
	case of.state == bulkDeleted:
		return "CANCELED"
	case of.state == bulkActive:
		return "SCHEDULED"
	case of.state == bulkCompleted && done && p.failed > 0 && !of.excused:
		return "FAILED"
	case of.state == bulkCompleted && done:
		return "SUCCESSFUL"
	case p.failed > 0:
		return "EXECUTING_WITH_ERRORS"
	}
	return "EXECUTING"
}

func (b *bulkOperations) write(w *rawjson.Writer, base string, of bulk) {
	p := b.progress(of)
	w.Open('{')
	w.Str("id", of.id)
	w.Str("self", base+"/devicecontrol/bulkoperations/"+of.id)
	for _, member := range []struct{ name, value string }{{"groupId", of.group}, {"failedParentId", of.failedParent}} {
		if member.value != "" {
			w.Str(member.name, member.value)
		}
	}
	w.Str("startDate", formatMilli(of.start))
	w.Any("creationRamp", of.ramp.Seconds())
	w.Raw("operationPrototype", of.prototype)
	w.Str("status", of.state)
	w.Str("generalStatus", of.general(p))
	w.Any("progress", map[string]any{
		"pending": p.pending, "executing": p.executing, "successful": p.successful, "failed": p.failed, "all": p.all(),
	})
	w.Close('}')
}

func (b *bulkOperations) render(base string, of bulk) []byte {
	var w rawjson.Writer
	b.write(&w, base, of)
	return w.Buf
}

// find returns a snapshot of a bulk operation.
func (b *bulkOperations) find(id string) (bulk, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if at := b.index(id); at >= 0 {
		return *b.all[at], nil
	}
	return bulk{}, noBulk(id)
}

func (b *bulkOperations) index(id string) int {
	return slices.IndexFunc(b.all, func(of *bulk) bool { return of.id == id })
}

func noBulk(id string) error {
	return fail(
		http.StatusNotFound, "devicecontrol/Not Found",
		"Finding bulk operation from database failed : Cannot find document with ID ID [type=com_cumulocity_model_idtype_GId, value=%s]!", id,
	)
}

// list leaves out what was cancelled unless it is asked for.
func (b *bulkOperations) list(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	from, err := c.when("dateFrom")
	if err != nil {
		return reply{}, err
	}
	to, err := c.when("dateTo")
	if err != nil {
		return reply{}, err
	}
	wanted := c.list("generalStatus")
	b.mu.Lock()
	all := make([]bulk, len(b.all))
	for i, of := range b.all {
		all[i] = *of
	}
	b.mu.Unlock()
	found, total := collect(p, filter(slices.Values(all), []func(bulk) bool{
		func(of bulk) bool { return of.state != bulkDeleted || c.flag("withDeleted") || len(wanted) > 0 },
		func(of bulk) bool { return of.start >= from && (to == 0 || of.start < to) },
		func(of bulk) bool {
			return len(wanted) == 0 || slices.Contains(wanted, of.general(b.progress(of)))
		},
	}), nil)
	return collection(c, "bulkoperationcollection", "bulkOperations", p, found, total, func(w *rawjson.Writer, of bulk) {
		b.write(w, c.base, of)
	}), nil
}

func (b *bulkOperations) get(c *call) (reply, error) {
	of, err := b.find(c.param("id"))
	if err != nil {
		return reply{}, err
	}
	return ok("bulkoperation", b.render(c.base, of)), nil
}

// post schedules a bulk operation on the devices of a group, or on those that failed in an earlier one.
func (b *bulkOperations) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	group, _ := rawjson.Member(body, "groupId")
	parent, _ := rawjson.Member(body, "failedParentId")
	of := &bulk{state: bulkActive}
	of.group, of.failedParent = identifier(group), identifier(parent)
	switch {
	case of.group == "" && of.failedParent == "":
		return reply{}, missing("groupId")
	case of.group != "" && of.failedParent != "":
		return reply{}, invalid("groupId and failedParentId are mutually exclusive")
	}
	for _, name := range []string{"startDate", "creationRamp", "operationPrototype"} {
		if raw, found := rawjson.Member(body, name); !found || raw == "null" {
			return reply{}, missing(name)
		}
	}
	if err := of.plan(body, b.now()); err != nil {
		return reply{}, err
	}
	if of.waiting, err = b.targets(*of); err != nil {
		return reply{}, err
	}
	b.mu.Lock()
	of.id = strconv.Itoa(firstBulk + b.last)
	b.last++
	b.all = append(b.all, of)
	b.schedule(of, clock.Until(b.clock, time.UnixMilli(of.start)))
	snapshot := *of
	b.mu.Unlock()
	b.announce(c.say, notify.Create, snapshot)
	b.audit(c.did("BulkOperation", "Bulk operation created", snapshot.id))
	return created("bulkoperation", c.url("/devicecontrol/bulkoperations/"+snapshot.id), b.render(c.base, snapshot)), nil
}

// identifier reads an id that may come as text or number; null is none.
func identifier(raw string) string {
	if raw == "null" {
		return ""
	}
	return rawjson.Unquote(raw)
}

// plan reads when and what.
func (of *bulk) plan(body string, now int64) error {
	if text := rawjson.Text(body, "startDate"); text != "" {
		at, valid := parseTime(text)
		switch {
		case !valid:
			return invalid("Invalid date: %s", text)
		case at.Milli < now:
			return invalid("startDate must be in the future")
		}
		of.start = at.Milli
	}
	if raw, found := rawjson.Member(body, "creationRamp"); found {
		seconds, err := strconv.ParseFloat(rawjson.Unquote(raw), 64)
		if err != nil || seconds <= 0 || seconds > 1e6 {
			return invalid("creationRamp must be a positive number of seconds")
		}
		of.ramp = time.Duration(seconds * float64(time.Second))
	}
	if raw, found := rawjson.Member(body, "operationPrototype"); found {
		if rawjson.Kind(raw) != rawjson.Object {
			return invalid("operationPrototype must be an object")
		}
		of.prototype = raw
	}
	return nil
}

// altered is what a change makes of a bulk operation: another plan of one that has not begun. The vendor's user interface also sets one
// that has failed to SUCCESSFUL, by hand.
func (b *bulkOperations) altered(of bulk, body string) (bulk, error) {
	if rawjson.Text(body, "generalStatus") == "SUCCESSFUL" && of.general(b.progress(of)) == "FAILED" {
		of.excused = true
		return of, nil
	}
	if of.state != bulkActive {
		return of, invalid("Bulk operation %s has begun already", of.id)
	}
	err := of.plan(body, b.now())
	return of, err
}

func (b *bulkOperations) put(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	b.mu.Lock()
	at := b.index(c.param("id"))
	if at < 0 {
		b.mu.Unlock()
		return reply{}, noBulk(c.param("id"))
	}
	changed, err := b.altered(*b.all[at], body)
	if err != nil {
		b.mu.Unlock()
		return reply{}, err
	}
	*b.all[at] = changed
	if changed.state == bulkActive {
		b.schedule(b.all[at], clock.Until(b.clock, time.UnixMilli(changed.start)))
	}
	b.mu.Unlock()
	b.announce(c.say, notify.Update, changed)
	b.audit(c.did("BulkOperation", "Bulk operation updated", changed.id))
	return ok("bulkoperation", b.render(c.base, changed)), nil
}

// delete cancels a bulk operation: no more operations are created. It stays, as deleted.
func (b *bulkOperations) delete(c *call) (reply, error) {
	b.mu.Lock()
	at := b.index(c.param("id"))
	if at < 0 {
		b.mu.Unlock()
		return reply{}, noBulk(c.param("id"))
	}
	of := b.all[at]
	of.state, of.waiting = bulkDeleted, nil
	if of.timer != nil {
		of.timer.Stop()
	}
	snapshot := *of
	b.mu.Unlock()
	b.announce(c.say, notify.Update, snapshot)
	b.audit(c.did("BulkOperation", "Bulk operation deleted", snapshot.id))
	return empty(http.StatusNoContent), nil
}

func (b *bulkOperations) announce(say announce, action string, of bulk) {
	say(notify.Message{Channel: "/bulkoperations/" + of.id, Action: action, ID: of.id, Data: b.render(b.home(), of)})
}
