package realtime

import (
	"errors"
	"fmt"
	"strings"
)

// Channel names what to hear about, for example "/alarms/4711". The id "*" stands for all
// that the user may read.
type Channel string

// ManagedObjects is the channel of a managed object, or with "*" of all; only then are new
// ones announced.
func ManagedObjects(id string) Channel { return Channel("/managedobjects/" + id) }

// Alarms is the channel of the alarms of a device, or with "*" of all.
func Alarms(source string) Channel { return Channel("/alarms/" + source) }

// AlarmsWithChildren is the channel of the alarms of a device and of what is below it.
func AlarmsWithChildren(source string) Channel { return Channel("/alarmsWithChildren/" + source) }

// Events is the channel of the events of a device, or with "*" of all.
func Events(source string) Channel { return Channel("/events/" + source) }

// Measurements is the channel of the measurements of a device, or with "*" of all.
func Measurements(source string) Channel { return Channel("/measurements/" + source) }

// Operations is the channel of the operations of a device, or with "*" of all.
func Operations(device string) Channel { return Channel("/operations/" + device) }

func (c Channel) check() error {
	kind, id, ok := strings.Cut(strings.TrimPrefix(string(c), "/"), "/")
	switch {
	case c == "" || c[0] != '/' || !ok || kind == "" || id == "" || strings.Contains(id, "/"):
		return fmt.Errorf("%q is not a channel like /alarms/4711 or /alarms/*", string(c))
	case kind == "meta":
		return errors.New("meta channels are used by the protocol itself")
	case strings.Contains(id, "*") && id != "*":
		return fmt.Errorf("channel %q: a star must be the whole id", string(c))
	}
	return nil
}

// covers reports whether a message on a channel is meant for a subscription to c: tenants
// deliver under the concrete channel or under the pattern.
func (c Channel) covers(delivered Channel) bool {
	if c == delivered {
		return true
	}
	prefix, all := strings.CutSuffix(string(c), "*")
	return all && strings.HasPrefix(string(delivered), prefix) && !strings.Contains(string(delivered)[len(prefix):], "/")
}

// concerns reports whether a message that the tenant delivered under a pattern, because another
// subscription has that, is about the object of c. Of something deleted only its own id is known:
// everybody hears of it.
func (c Channel) concerns(m Message) bool {
	kind, all := strings.CutSuffix(string(m.Channel), "*")
	id, same := strings.CutPrefix(string(c), kind)
	if !all || !same || id == "*" {
		return false
	}
	return m.Data == nil || m.ID == id || sourceOf(m.Data) == id
}
