package explain

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// Operation explains how far an operation has come and, if it is not done, why: no agent will
// ever fetch it, the device does not support it or is not there, an older one comes first, or
// the message was not delivered.
func Operation(ctx context.Context, t *tenant.Tenant, id string) (Explanation, error) {
	e := Explanation{Title: "Operation " + text.Clean(id)}
	o, err := t.Client.Operations.Get(ctx, id)
	if err != nil {
		return e, err
	}
	now, name := time.Now(), show.OperationName(o)
	status := show.OperationStatus(o.Status)
	e.say(status.Role, "status", status.Text)
	e.say(theme.Strong, "operation", text.Clean(cmp.Or(name, "without a fragment")))
	e.say(theme.Text, "created", show.Age(o.CreationTime, now))
	switch o.Status {
	case c8yclient.OperationSuccessful:
		e.Verdict = "The device says that it is done."
		return e, nil
	case c8yclient.OperationFailed:
		e.Verdict = "The device, or whoever cancelled it, says: " + text.Clean(cmp.Or(o.FailureReason, "nothing")) + "."
		e.advise("Retry makes a new operation with the same content.")
		return e, nil
	}
	device, err := t.Client.Inventory.Get(ctx, o.DeviceID, &c8yclient.InventoryDetail{WithParents: true})
	if errors.Is(err, c8yclient.ErrNotFound) {
		e.blame("device", "it does not exist any more", "Its device was deleted.")
		e.advise("Cancel it: nobody will ever fetch it.")
		return e, nil
	}
	if err != nil {
		return e, err
	}
	e.say(theme.Text, "device", text.Clean(cmp.Or(device.Name, device.ID)))
	if err := e.agent(ctx, t, device); err != nil {
		return e, err
	}
	e.supported(device, name)
	e.reachable(device, now)
	if err := e.queue(ctx, t, o, now); err != nil {
		return e, err
	}
	e.delivery(o, now)
	e.concludeOperation(o, now)
	return e, nil
}

// agent finds who would fetch the operation: the device itself or an agent above it.
func (e *Explanation) agent(ctx context.Context, t *tenant.Tenant, device *c8yclient.ManagedObject) error {
	const deep = 8 // more levels than the platform's gateways have
	level, seen := []*c8yclient.ManagedObject{device}, map[string]bool{}
	for range deep {
		var above []*c8yclient.ManagedObject
		for _, object := range level {
			if object.IsAgent() {
				said := text.Safe("the device itself")
				if object.ID != device.ID {
					said = text.Clean(cmp.Or(object.Name, object.ID)) + ", above it"
				}
				e.say(theme.Good, "agent", said)
				return nil
			}
			for _, parent := range object.DeviceParents.References {
				if seen[parent.ManagedObject.ID] {
					continue
				}
				seen[parent.ManagedObject.ID] = true
				read, err := t.Client.Inventory.Get(ctx, parent.ManagedObject.ID, &c8yclient.InventoryDetail{WithParents: true})
				if err := ignoreForbidden(err); err != nil && !errors.Is(err, c8yclient.ErrNotFound) {
					return err
				}
				if read != nil {
					above = append(above, read)
				}
			}
		}
		level = above
	}
	e.blame("agent", "none: neither the device nor a device above it has com_cumulocity_model_Agent",
		"Nobody will ever fetch it: the device has no agent.")
	e.advise("Make it a child device of its gateway, or mark it with com_cumulocity_model_Agent if it fetches its operations itself.")
	return nil
}

// supported looks whether the device says that it understands the operation.
func (e *Explanation) supported(device *c8yclient.ManagedObject, name string) {
	var supported []string
	if raw, there := device.Fragment("c8y_SupportedOperations"); there {
		_ = json.Unmarshal(raw, &supported) // what is no list says nothing
	}
	switch {
	case name == "":
	case len(supported) == 0:
		e.say(theme.Muted, "supported", "the device does not say what it supports (c8y_SupportedOperations)")
	case slices.Contains(supported, name):
		e.say(theme.Good, "supported", "yes, it lists "+text.Clean(name))
	default:
		e.blame("supported", "no, it lists only "+text.Clean(strings.Join(supported, ", ")),
			"The device does not support "+text.Clean(name)+".")
		e.advise("Its agent will ignore it. Cancel it, or update the agent.")
	}
}

// reachable looks whether the device is there.
func (e *Explanation) reachable(device *c8yclient.ManagedObject, now time.Time) {
	d := show.NewDevice(device)
	switch {
	case d.Connection == "DISCONNECTED":
		e.blame("connection", "disconnected, last message "+show.Age(d.LastMessage.Time(), now),
			"The device is not connected; it was last heard "+show.Age(d.LastMessage.Time(), now)+".")
		e.advise("It fetches the operation when it comes back.")
	case d.Availability == "UNAVAILABLE":
		e.blame("availability", "unavailable: "+d.Rule(now), "The device is silent: "+d.Rule(now)+".")
		e.advise("It fetches the operation when it comes back.")
	case d.Connection == "CONNECTED":
		e.say(theme.Good, "connection", "connected")
	case d.Availability != "":
		e.say(theme.Good, "availability", d.Status().Text+", last message "+show.Age(d.LastMessage.Time(), now))
	default:
		e.say(theme.Muted, "availability", "not monitored")
	}
}

// queue looks for older operations that come first. An agent takes one after the other, and
// SmartREST answers always mean the oldest one of a kind.
func (e *Explanation) queue(ctx context.Context, t *tenant.Tenant, o *c8yclient.Operation, now time.Time) error {
	waiting := 0
	var running *c8yclient.Operation
	for _, status := range []c8yclient.OperationStatus{c8yclient.OperationExecuting, c8yclient.OperationPending} {
		options := &c8yclient.OperationListOptions{DeviceID: o.DeviceID, Status: status, DateTo: o.CreationTime, DateFrom: time.Unix(0, 0)}
		for older, err := range t.Client.Operations.List(ctx, options) {
			if err != nil {
				return err
			}
			switch {
			case older.ID == o.ID || older.CreationTime.After(o.CreationTime):
			case status == c8yclient.OperationExecuting && running == nil:
				running = older
			default:
				waiting++
			}
		}
	}
	switch {
	case running != nil && o.Status == c8yclient.OperationPending:
		said := text.Clean(show.OperationName(running)) + " (" + text.Clean(running.ID) + "), executing since it was created " + show.Age(running.CreationTime, now)
		e.blame("before it", said, "An older operation of the device is still executing: "+text.Clean(running.ID)+".")
		e.advise("If the older one hangs, cancel it; the next is taken then.")
	case waiting > 0:
		e.say(theme.Minor, "before it", text.Count(waiting)+" older pending")
	default:
		e.say(theme.Good, "before it", "nothing")
	}
	return nil
}

// delivery adds what became of the message to the device, where the tenant tracks that.
func (e *Explanation) delivery(o *c8yclient.Operation, now time.Time) {
	if o.Delivery == nil {
		e.say(theme.Muted, "delivery", "not tracked by the tenant")
		return
	}
	e.say(theme.Text, "delivery", text.Clean(strings.ToLower(o.Delivery.Status))+", "+show.Age(o.Delivery.Time, now))
	var log []struct {
		Status string    `json:"status"`
		Time   time.Time `json:"time"`
	}
	if raw, there := o.Delivery.Fragment("log"); there {
		_ = json.Unmarshal(raw, &log) // a log of another shape is left out
	}
	for _, step := range log {
		e.say(theme.Muted, "", text.Clean(strings.ToLower(step.Status))+" "+show.Moment(step.Time))
	}
}

// concludeOperation finds the verdict if no cause was found.
func (e *Explanation) concludeOperation(o *c8yclient.Operation, now time.Time) {
	delivered := o.Delivery != nil && strings.EqualFold(o.Delivery.Status, "DELIVERED")
	age := now.Sub(o.CreationTime)
	switch {
	case e.Verdict != "":
	case o.Status == c8yclient.OperationExecuting && age > time.Hour:
		e.Verdict = "The device has begun it and not reported since; it may have restarted or lost it."
		e.advise("Cancel it and send it again. Some agents report only operations that they remember.")
	case o.Status == c8yclient.OperationExecuting:
		e.Verdict = "The device is carrying it out."
	case delivered:
		e.Verdict = "The message has reached the device, which has not begun yet."
		e.advise("Look at the agent's log.")
	case age < time.Minute:
		e.Verdict = "It was only just created."
	default:
		e.Verdict = "Nothing speaks against it, but the agent has not fetched it."
		e.advise("Look whether the agent still subscribes to operations: it may have to reconnect.")
	}
	if o.Status == c8yclient.OperationPending || o.Status == c8yclient.OperationExecuting {
		e.advise("Cancelling sets it to FAILED with a reason.")
	}
}
