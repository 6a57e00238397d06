package devicepage

import (
	"context"
	"errors"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/ui"
	"c8yx/views/fault"
)

// The rhythm of the page.
const (
	batchEvery  = 100 * time.Millisecond
	alarmsAfter = time.Second // until the latest alarms are read again after a change
	firstRetry  = 2 * time.Second
	lastRetry   = time.Minute
	fewAlarms   = 5
)

// facts is what is known about the object.
type facts struct {
	subject
	asOf  time.Time
	err   error     // of the last reading
	gone  bool      // it was deleted while the page was open
	heard time.Time // when the last live message about it came

	external    []*c8yclient.ExternalID
	externalErr error
	alarms      []*c8yclient.Alarm
	alarmsErr   error
	alarmsRead  bool
	alarmsSoon  bool // they are to be read again
	last        last
}

// last is when the object sent something of a kind; zero for never or unknown.
type last struct {
	measurement, event, operation time.Time
	known                         bool
}

// kind is what an object is.
type kind uint8

const (
	device kind = iota
	group
	smartGroup
	file
	service
	other
)

// isThing reports whether objects of the kind can have alarms and measurements.
func (k kind) isThing() bool { return k == device || k == service || k == other }

// kind returns what the object is; until that is known, a device.
func (f *facts) kind() kind { return f.is }

// kindOf finds out what an object is, which is asked with every frame.
func kindOf(m *c8yclient.ManagedObject) kind {
	switch {
	case m.IsSmartGroup():
		return smartGroup
	case m.IsGroup():
		return group
	case m.IsDevice():
		return device
	case m.HasFragment("c8y_IsBinary"):
		return file
	case m.Type == "c8y_Service":
		return service
	}
	return other
}

// latest returns the latest moment that is shown with its age.
func (f *facts) latest() time.Time {
	latest := f.device.LastMessage.Time()
	for _, t := range []time.Time{f.last.measurement, f.last.event, f.last.operation} {
		if t.After(latest) {
			latest = t
		}
	}
	for _, a := range f.alarms {
		if a.Time.After(latest) {
			latest = a.Time
		}
	}
	return latest
}

// set takes over the object.
func (f *facts) set(m *c8yclient.ManagedObject) { f.subject = subjectOf(m) }

// read reads everything about the object. What is known stays meanwhile.
func (v *View) read() {
	if v.again != nil {
		v.again()
		v.again = nil
	}
	asked := time.Now()
	ui.Load(v.scope, func(ctx context.Context) (subject, error) {
		m, err := v.tenant.Client.Inventory.Get(ctx, v.id, &c8yclient.InventoryDetail{WithParents: true, WithChildrenCount: true})
		if err != nil {
			return subject{}, err
		}
		return subjectOf(m), nil
	}, func(read subject, err error) {
		defer v.changed()
		v.facts.err = err
		if err != nil {
			if errors.Is(err, c8yclient.ErrNotFound) {
				v.facts.gone = v.facts.object != nil
				v.scope.Outdate()
			}
			v.retry = max(firstRetry, min(2*v.retry, lastRetry))
			if fault.Transient(err) {
				v.again = v.scope.After(v.retry, v.read)
			}
			return
		}
		v.retry, v.facts.gone, v.facts.asOf = 0, false, time.Now()
		if v.facts.heard.After(asked) { // the live message is newer
			read = subjectOf(withFamily(v.facts.object, read.object))
		}
		v.facts.subject = read
		v.tenant.Remember(v.id, read.object.Name)
		v.scope.Rebind()
	})
	v.readMore()
}

// readMore reads what is not in the object itself. None of it is needed for the
// rest, and users may lack the permission for some of it.
func (v *View) readMore() {
	ui.Load(v.scope, func(ctx context.Context) ([]*c8yclient.ExternalID, error) {
		return v.tenant.Client.Identity.List(ctx, v.id)
	}, func(ids []*c8yclient.ExternalID, err error) {
		v.facts.external, v.facts.externalErr = ids, err
		v.changed()
	})
	ui.Load(v.scope, v.readLast, func(l last, _ error) {
		v.facts.last = l
		v.changed()
	})
	v.readAlarms()
}

// readAlarms reads the latest alarms that are not resolved.
func (v *View) readAlarms() {
	v.facts.alarmsSoon = false
	options := &c8yclient.AlarmListOptions{
		AlarmFilter: c8yclient.AlarmFilter{Source: v.id, Status: []c8yclient.AlarmStatus{c8yclient.AlarmActive, c8yclient.AlarmAcknowledged}},
		Paging:      c8yclient.Paging{PageSize: fewAlarms},
	}
	ui.Load(v.scope, func(ctx context.Context) ([]*c8yclient.Alarm, error) {
		page, err := v.tenant.Client.Alarms.Page(ctx, options)
		if err != nil {
			return nil, err
		}
		return page.Items, nil
	}, func(alarms []*c8yclient.Alarm, err error) {
		if err == nil {
			v.facts.alarms, v.facts.alarmsRead = alarms, true
		}
		v.facts.alarmsErr = err
		v.changed()
	})
}

// readLast asks when the object last sent something of each kind. An answer that
// does not come is no failure of the page.
func (v *View) readLast(ctx context.Context) (last, error) {
	l := last{known: true}
	one, ever := c8yclient.Paging{PageSize: 1}, time.Unix(0, 0)
	client := v.tenant.Client
	if page, err := client.Measurements.Page(ctx, &c8yclient.MeasurementListOptions{Source: v.id, DateFrom: ever, Revert: true, Paging: one}); err == nil && len(page.Items) > 0 {
		l.measurement = page.Items[0].Time
	}
	if page, err := client.Events.Page(ctx, &c8yclient.EventListOptions{EventFilter: c8yclient.EventFilter{Source: v.id}, Paging: one}); err == nil && len(page.Items) > 0 {
		l.event = page.Items[0].Time
	}
	if page, err := client.Operations.Page(ctx, &c8yclient.OperationListOptions{DeviceID: v.id, DateFrom: ever, Revert: true, Paging: one}); err == nil && len(page.Items) > 0 {
		l.operation = page.Items[0].CreationTime
	}
	return l, nil
}

// follow keeps the page true. Each channel is a subscription of its own, so that
// one that the user may not hear does not silence the others.
func (v *View) follow() {
	began := time.Now()
	v.listen(realtime.ManagedObjects(v.id), func(b realtime.Batch) {
		v.lost = time.Time{}
		if b.State == realtime.Lost || b.State == realtime.Refused {
			v.lost = b.Since
		}
		for _, m := range b.Messages {
			v.live(m)
		}
		if b.Gap || began.Before(b.LiveSince) {
			began = time.Now()
			v.read()
		}
	})
	v.listen(realtime.Alarms(v.id), func(b realtime.Batch) {
		if len(b.Messages) > 0 && !v.facts.alarmsSoon {
			v.facts.alarmsSoon = true
			v.scope.After(alarmsAfter, v.readAlarms)
		}
	})
	v.listen(realtime.Measurements(v.id), func(b realtime.Batch) { newest(&v.facts.last.measurement, b) })
	v.listen(realtime.Events(v.id), func(b realtime.Batch) { newest(&v.facts.last.event, b) })
	v.listen(realtime.Operations(v.id), func(b realtime.Batch) { newest(&v.facts.last.operation, b) })
}

// listen hands what happens on a channel to take, on the update loop.
func (v *View) listen(channel realtime.Channel, take func(realtime.Batch)) {
	v.scope.Go(func(ctx context.Context) {
		for batch := range v.tenant.Follow(ctx, batchEvery, channel) {
			v.scope.Post(func() {
				take(batch)
				v.changed()
			})
		}
	})
}

// live takes a message about the object. Such messages tell nothing of parents
// and children, so what was known of them stays.
func (v *View) live(m realtime.Message) {
	if m.Action == realtime.Delete {
		v.facts.gone = true
		return
	}
	fresh, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](m.Data)
	if err != nil || fresh.ID != v.id || v.facts.object == nil {
		return
	}
	v.facts.set(withFamily(fresh, v.facts.object))
	v.facts.asOf, v.facts.heard = time.Now(), time.Now()
	v.tenant.Remember(v.id, fresh.Name)
}

// withFamily returns an object with the parents and children that another
// version of it has.
func withFamily(m, other *c8yclient.ManagedObject) *c8yclient.ManagedObject {
	whole := *m
	whole.ChildDevices, whole.ChildAssets, whole.ChildAdditions = other.ChildDevices, other.ChildAssets, other.ChildAdditions
	whole.DeviceParents, whole.AssetParents, whole.AdditionParents = other.DeviceParents, other.AssetParents, other.AdditionParents
	return &whole
}

// newest moves a time forward to that of the newest message.
func newest(at *time.Time, b realtime.Batch) {
	for _, m := range b.Messages {
		if t := timeOf(m.Data); t.After(*at) {
			*at = t
		}
	}
}

// timeOf returns when something happened, or else when it was created.
func timeOf(data jsontext.Value) time.Time {
	type moment struct {
		Time         time.Time `json:"time"`
		CreationTime time.Time `json:"creationTime"`
	}
	m, err := c8yclient.DecodeDocument[moment](data)
	switch {
	case err != nil:
		return time.Time{}
	case m.Time.IsZero():
		return m.CreationTime
	}
	return m.Time
}
