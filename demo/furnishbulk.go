package demo

import (
	"slices"
	"strconv"
	"time"

	"c8yx/demo/clock"
	"c8yx/demo/office"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// mostRolledOut bounds the devices of a bulk operation of the past: in a large company they were tried on some first.
const mostRolledOut = 48

// rollOut makes the bulk operations of the last days: done, done with failures, tried again, cancelled, under way, and planned.
func (f *furnishing) rollOut() error {
	made := map[int]*bulk{} // by the place in the table
	for i, planned := range office.Bulks() {
		of := &bulk{
			start: f.ago(planned.Began), ramp: planned.Ramp, state: planned.Status,
			prototype: string(rawjson.Append(nil, map[string]any{"description": planned.Description, planned.Fragment: planned.Body})),
		}
		if planned.RetryOf > 0 {
			retried := made[planned.RetryOf-1]
			if retried == nil {
				continue
			}
			of.failedParent = retried.id
		} else {
			group, there := f.groups[planned.Group]
			if !there {
				continue
			}
			of.group = group.String()
		}
		targets, err := f.bulks.targets(*of)
		if err != nil {
			return err
		}
		if planned.Type != "" {
			targets = slices.DeleteFunc(targets, func(id store.ID) bool { return f.object(id).Text("type") != planned.Type })
		}
		targets = targets[:min(mostRolledOut, len(targets))]
		n := len(targets)
		if planned.Made >= 0 {
			n = min(planned.Made, n)
		}
		f.bulks.mu.Lock()
		of.id = strconv.Itoa(firstBulk + f.bulks.last)
		f.bulks.last++
		f.bulks.all = append(f.bulks.all, of)
		f.bulks.mu.Unlock()
		made[i] = of
		for k, device := range targets[:n] {
			of.made = append(of.made, f.rolledOut(of, planned, device, k, n).ID)
		}
		f.log = append(f.log, &past{deed{
			kind: "BulkOperation", activity: "Bulk operation created", source: of.id, user: planned.User, application: "devicemanagement",
		}, min(of.start, f.ago(time.Hour)) - time.Minute.Milliseconds()})
		switch waiting := targets[n:]; {
		case of.state == bulkDeleted:
			f.log = append(f.log, &past{deed{
				kind: "BulkOperation", activity: "Bulk operation deleted", source: of.id, user: planned.User, application: "devicemanagement",
			}, of.start + int64(n)*of.ramp.Milliseconds()})
		case of.state == bulkInProgress && len(waiting) == 0:
			of.state = bulkCompleted
		case of.state == bulkActive || of.state == bulkInProgress:
			f.bulks.mu.Lock()
			of.waiting = waiting
			f.bulks.schedule(of, max(clock.Until(f.clock, time.UnixMilli(of.start)), of.ramp))
			f.bulks.mu.Unlock()
		}
	}
	return nil
}

// rolledOut makes the operation of one device of many.
func (f *furnishing) rolledOut(of *bulk, planned office.Bulk, device store.ID, k, n int) *store.Record {
	doc, _ := f.store.Shapes.Lift(of.prototype, fixedInOperations()...)
	status, reason := "SUCCESSFUL", ""
	switch left := n - k; {
	case left <= planned.Waiting:
		status = "PENDING"
	case left <= planned.Waiting+planned.Unfinished:
		status = "EXECUTING"
	case planned.FailEvery > 0 && k%planned.FailEvery == planned.FailEvery-1:
		status, reason = "FAILED", planned.Failures[k/planned.FailEvery%len(planned.Failures)]
	}
	doc = doc.Set(&f.store.Shapes, "status", rawjson.Quote(status)).Set(&f.store.Shapes, "bulkOperationId", of.id)
	if reason != "" {
		doc = doc.Set(&f.store.Shapes, "failureReason", rawjson.Quote(reason))
	}
	at := min(of.start+int64(k)*of.ramp.Milliseconds(), f.at)
	return f.operations.keep(store.Record{Source: device, Time: store.Stamp{Milli: at}, Created: at, Updated: min(at+9_000, f.at), Document: doc})
}
