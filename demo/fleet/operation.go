package fleet

import (
	"errors"
	"hash/fnv"
	"slices"
)

// An operation's way: created by somebody, fetched by the agent after a moment, executed for a while, then successful or
// failed. Agents that are away fetch when they come back; stubborn ones never do.

// fetchPosted looks at the operations that were created since the last time.
func (f *Fleet) fetchPosted() {
	f.mu.Lock()
	posted := f.posted
	f.posted = nil
	f.mu.Unlock()
	for _, op := range posted {
		f.receive(op)
	}
}

// fetchPending looks at what waits for an agent.
func (f *Fleet) fetchPending(agent int32) {
	if !f.devices[agent].habit.fetches() {
		return
	}
	for _, op := range f.tenant.PendingOperations(f.devices[agent].id) {
		f.receive(op)
	}
}

// receive begins with an operation, unless nobody is there for it.
func (f *Fleet) receive(op map[string]any) {
	id, _ := op["id"].(string)
	target, _ := op["deviceId"].(string)
	i, known := f.index[target]
	if _, busy := f.life.busy[id]; busy || !known || id == "" || op["status"] != "PENDING" || !f.answers(i) || f.ignores(i, op) {
		return
	}
	f.life.busy[id] = struct{}{}
	h := hash(id)
	f.schedule(f.clock()+800+int64(h%1700), func(int64) {
		if !f.answers(i) || f.tenant.UpdateOperation(id, map[string]any{"status": "EXECUTING"}) != nil {
			delete(f.life.busy, id) // it waits for the next fetch, if it still exists
			return
		}
		p := f.procedures.find(op)
		f.schedule(f.clock()+1000*(p.seconds+int64(h>>8%uint64(p.seconds+1))), func(at int64) {
			f.finish(id, i, op, p, h)
			delete(f.life.busy, id)
		})
		if p.offline && f.devices[i].class.agent {
			f.connection(i, false)
		}
	})
}

// answers says whether the agent of a device is there and fetches operations.
func (f *Fleet) answers(i int32) bool {
	d := &f.devices[i]
	a := &f.devices[d.agent]
	_, silent := f.silent(a, f.clock()/1000)
	return !silent && a.habit.fetches() && d.habit != mute && !f.hangs(d.agent)
}

// finish carries an operation out and tells how it went.
func (f *Fleet) finish(id string, i int32, op map[string]any, p *procedure, h uint64) {
	if d := &f.devices[i]; p.offline && d.class.agent {
		if f.tenant.UpdateObject(d.id, map[string]any{"c8y_Connection": map[string]any{"status": "CONNECTED"}}) == nil {
			f.tenant.Heartbeat(d.id)
		}
	}
	patch := map[string]any{"status": "SUCCESSFUL"}
	result, err := f.carryOut(i, op, p, h)
	if err != nil {
		patch["status"], patch["failureReason"] = "FAILED", err.Error()
	}
	for key, value := range result {
		patch[key] = value
	}
	// Somebody may have deleted the operation meanwhile; then nobody wants to know.
	_ = f.tenant.UpdateOperation(id, patch)
}

// carryOut returns what is to be merged into the operation.
func (f *Fleet) carryOut(i int32, op map[string]any, p *procedure, h uint64) (result map[string]any, err error) {
	c := f.devices[i].class
	switch {
	case p.fragment == "":
		return nil, errors.New("the operation has no fragment that the agent knows")
	case !slices.Contains(c.supported, p.fragment):
		return nil, errors.New("operation " + p.fragment + " is not supported by this device")
	case len(p.failures) > 0 && h>>24%8 == 0:
		return nil, errors.New(p.failures[h>>32%uint64(len(p.failures))])
	}
	return p.do(f, i, op)
}

// hash makes a number of an id, so that the same operation always goes the same way.
func hash(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return mix(h.Sum64())
}
