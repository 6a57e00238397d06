package demo

import (
	"net/http"
	"strconv"
	"time"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// availabilityAlarm is what the platform raises for devices that have fallen silent.
const availabilityAlarm = "c8y_UnavailabilityAlarm"

// interval returns after how many minutes of silence a device counts as unavailable; zero or less means maintenance. It is
// false for devices that nobody watches.
func interval(o *store.Object) (int, bool) {
	raw, found := o.Get("c8y_RequiredAvailability")
	if !found {
		return 0, false
	}
	value, found := rawjson.Member(raw, "responseInterval")
	if !found {
		return 0, false
	}
	minutes, err := strconv.ParseFloat(rawjson.Unquote(value), 64)
	return int(minutes), err == nil
}

// inMaintenance reports whether alarms of a device are suppressed.
func inMaintenance(o *store.Object) bool {
	minutes, watched := interval(o)
	return watched && minutes <= 0
}

// touch notes that a device has been heard of.
func (in *inventory) touch(id store.ID) {
	at := in.now()
	in.later.do("heard:"+id.String(), func() { in.setAvailability(id, at, in.now()) })
}

// refreshAvailability works out the availability of a device anew, after its required interval changed.
func (in *inventory) refreshAvailability(id store.ID, at int64) { in.setAvailability(id, 0, at) }

// setAvailability maintains c8y_Availability: heard is when the device was heard of, 0 for as known. Devices without required
// interval have none. Nobody is told when only lastMessage changed.
func (in *inventory) setAvailability(id store.ID, heard, at int64) {
	object := in.object(id)
	if object == nil {
		return
	}
	minutes, watched := interval(object)
	if !watched {
		return
	}
	raw, _ := object.Get("c8y_Availability")
	before := rawjson.Text(raw, "status")
	if heard == 0 {
		heard = lastMessage(object)
	}
	status := "AVAILABLE"
	switch {
	case minutes <= 0:
		status = "MAINTENANCE"
	case heard+int64(minutes)*time.Minute.Milliseconds() < at:
		status = "UNAVAILABLE"
	}
	var w rawjson.Writer
	w.Open('{')
	w.Str("lastMessage", formatMilli(heard))
	w.Str("status", status)
	w.Close('}')
	if string(w.Buf) == raw {
		return
	}
	var changed *store.Object
	in.store.Update(func(d *store.Data) {
		if object := d.Objects.Get(id); object != nil {
			changed = d.Objects.Put(id, object.Set(&in.store.Shapes, "c8y_Availability", string(w.Buf)), object.Updated)
		}
	})
	if changed == nil || status == before {
		return
	}
	in.announce(in.hub.Publish, notify.Update, changed)
	switch {
	case status == "UNAVAILABLE":
		in.alarms.unavailable(changed, heard+int64(minutes)*time.Minute.Milliseconds())
	case before == "UNAVAILABLE":
		in.alarms.clearOpen(id, availabilityAlarm)
	}
}

// lastMessage is when a device was last heard of, its creation if never.
func lastMessage(o *store.Object) int64 {
	raw, _ := o.Get("c8y_Availability")
	if stamp, ok := parseTime(rawjson.Text(raw, "lastMessage")); ok {
		return stamp.Milli
	}
	return o.Created
}

// monitor looks for devices that have fallen silent.
func (in *inventory) monitor(at int64) {
	for object := range in.store.All() {
		minutes, watched := interval(object)
		if !watched || minutes > 0 && lastMessage(object)+int64(minutes)*time.Minute.Milliseconds() >= at {
			continue
		}
		in.setAvailability(object.ID, 0, at)
	}
}

func (in *inventory) availability(c *call) (reply, error) {
	object, err := in.subject(c)
	if err != nil {
		return reply{}, err
	}
	minutes, watched := interval(object)
	if !watched {
		return reply{}, fail(http.StatusNotFound, "inventory/Not Found", "No availability data for device %s", object.ID)
	}
	availability, _ := object.Get("c8y_Availability")
	connection, _ := object.Get("c8y_Connection")
	var w rawjson.Writer
	w.Open('{')
	w.Str("deviceId", object.ID.String())
	in.store.View(func(d *store.Data) {
		if externals := d.Objects.ExternalIDs(object.ID); len(externals) > 0 {
			w.Str("externalId", externals[0].Value)
		}
	})
	w.Str("lastMessage", formatMilli(lastMessage(object)))
	w.Int("interval", int64(minutes))
	w.Str("dataStatus", or(rawjson.Text(availability, "status"), "UNAVAILABLE"))
	w.Str("connectionStatus", or(rawjson.Text(connection, "status"), "DISCONNECTED"))
	w.Close('}')
	return ok("", w.Buf), nil
}

// or returns text, or what stands for it when it is empty.
func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
