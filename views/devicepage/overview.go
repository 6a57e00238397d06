package devicepage

import (
	"cmp"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/fields"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/show"
)

// block is a heading and the fields below it.
type block struct {
	title  text.Safe
	fields []fields.Field
}

// blocks returns what the overview says, the most important first. Blocks
// without a field are left out.
func (f *facts) blocks(now time.Time) []block {
	all := []block{
		{"What it is", f.nature},
		{"State", f.state(now)},
		{"Alarms", f.alarmFields(now)},
		{"Last heard of", f.lastFields(now)},
		{"Equipment", f.equipment},
		{"Network", f.network},
		{"Position", f.position},
		{"Where it belongs", f.belongs()},
		{"Identity", f.identity()},
		{"Operations", f.operations},
		{"Software", f.software},
		{"Notes", f.notes},
		{"Object", f.record()},
	}
	var said []block
	for _, b := range all {
		if len(b.fields) > 0 {
			said = append(said, b)
		}
	}
	return said
}

// nature says what an object is that is no device, and what is odd about it.
func nature(m *c8yclient.ManagedObject, of kind) []fields.Field {
	is := func(said text.Safe) []fields.Field {
		return []fields.Field{{Label: "is", Value: said, Role: theme.Strong}}
	}
	switch of {
	case group:
		return is("a group; its members are in the inventory tree")
	case smartGroup:
		return append(is("a smart group; whatever its query finds is a member"), value("query", word(&m.Document, "c8y_DeviceQueryString"))...)
	case file:
		return append(is("a file in the tenant's repository"), labels{{"contentType", "content"}, {"length", "bytes"}}.pick(&m.Document)...)
	case service:
		status := word(&m.Document, "status")
		role := theme.Text
		switch status {
		case "up":
			role = theme.Good
		case "down":
			role = theme.Critical
		}
		return append(is("a service, a part of a device"), append(
			value("service type", word(&m.Document, "serviceType")),
			fields.Field{Label: "status", Value: show.OrDash(status), Role: role})...)
	case other:
		if len(m.DeviceParents.References) > 0 {
			return []fields.Field{{
				Label: "⚠ mistake", Role: theme.Minor,
				Value: "a child device without the fragment c8y_IsDevice: it is missing in all lists of devices",
			}}
		}
		return is("no device: it has no fragment c8y_IsDevice")
	}
	return nil
}

// state says how a device is, and which rule makes it so.
func (f *facts) state(now time.Time) []fields.Field {
	d := f.device
	if f.kind() != device && d.Availability == "" && d.Connection == "" {
		return nil
	}
	status := d.Status()
	list := []fields.Field{
		{Label: "status", Value: status.Text, Role: status.Role},
		{Label: "because", Value: d.Rule(now)},
		{Label: "last message", Value: show.Age(d.LastMessage.Time(), now)},
	}
	switch {
	case d.Interval > 0:
		list = append(list, fields.Field{Label: "expected", Value: "every " + text.Count(int(d.Interval)) + " min"})
		if !d.LastMessage.IsZero() {
			due := d.LastMessage.Time().Add(time.Duration(d.Interval) * time.Minute)
			said, role := "in "+text.Span(due.Sub(now)), theme.Text
			if due.Before(now) {
				said, role = text.Age(now.Sub(due)), theme.Minor
			}
			list = append(list, fields.Field{Label: "due", Value: said + ", " + show.Moment(due), Role: role})
		}
	case d.Availability == "MAINTENANCE":
		list = append(list, nothing("expected", "nothing, it is in maintenance"))
	default:
		list = append(list, nothing("expected", "no interval is set"))
	}
	switch d.Connection {
	case "CONNECTED":
		list = append(list, fields.Field{Label: "connection", Value: "connected: it listens for operations", Role: theme.Good})
	case "DISCONNECTED":
		list = append(list, fields.Field{Label: "connection", Value: "disconnected: operations wait until it comes back", Role: theme.Minor})
	case "":
		list = append(list, nothing("connection", "not known: it holds none open"))
	default:
		list = append(list, fields.Field{Label: "connection", Value: text.Clean(strings.ToLower(d.Connection))})
	}
	return list
}

// alarmFields lists the latest alarms.
func (f *facts) alarmFields(now time.Time) []fields.Field {
	var list []fields.Field
	if counts := f.device.Alarms.Cell(); counts.Text != "" {
		list = append(list, fields.Field{Label: "unresolved", Value: counts.Text, Role: counts.Role})
	}
	switch {
	case f.alarmsErr != nil && !f.alarmsRead:
		return append(list, nothing("latest", fault.Short(f.alarmsErr)))
	case !f.alarmsRead:
		return append(list, nothing("latest", "reading …"))
	case len(f.alarms) == 0 && f.kind().isThing():
		return append(list, nothing("latest", "none is active or acknowledged"))
	}
	for _, a := range f.alarms {
		severity := show.Severity(a.Severity)
		list = append(list, fields.Field{
			Label: severity.Text, Role: severity.Role,
			Value: text.Clean(cmp.Or(a.Text, a.Type)) + " · " + text.Age(now.Sub(a.Time)),
		})
	}
	return list
}

// lastFields put the kinds of data side by side: a device that is unavailable
// yet sends measurements is one with a wrong clock, or one read by somebody else.
func (f *facts) lastFields(now time.Time) []fields.Field {
	if !f.kind().isThing() {
		return nil
	}
	if !f.last.known {
		return []fields.Field{nothing("measurement", "reading …")}
	}
	var list []fields.Field
	for _, each := range []struct {
		label text.Safe
		at    time.Time
	}{{"measurement", f.last.measurement}, {"event", f.last.event}, {"operation", f.last.operation}} {
		if each.at.IsZero() {
			list = append(list, nothing(each.label, "none"))
			continue
		}
		list = append(list, fields.Field{Label: each.label, Value: show.Age(each.at, now)})
	}
	return list
}

func equipment(d *c8yclient.Document) []fields.Field {
	list := labels{{"model", "model"}, {"revision", "revision"}, {"serialNumber", "serial"}}.pick(within(d, "c8y_Hardware"))
	for _, part := range []struct {
		fragment string
		label    text.Safe
	}{{"c8y_Firmware", "firmware"}, {"c8y_Agent", "agent"}} {
		inner := within(d, part.fragment)
		list = append(list, value(part.label, strings.TrimSpace(word(inner, "name")+" "+word(inner, "version")))...)
	}
	return append(list, value("profile", word(within(d, "c8y_Profile"), "profileName"))...)
}

// network says how a device is connected. Passwords that stand in the same
// fragments are not shown.
func network(d *c8yclient.Document) []fields.Field {
	list := labels{
		{"imei", "IMEI"}, {"iccid", "ICCID"}, {"imsi", "IMSI"}, {"msisdn", "phone"}, {"mcc", "country"}, {"mnc", "operator"}, {"lac", "area"}, {"cellId", "cell"},
	}.pick(within(d, "c8y_Mobile"))
	all := within(d, "c8y_Network")
	list = append(list, labels{{"name", "LAN"}, {"ip", "address"}, {"netmask", "netmask"}, {"mac", "MAC"}}.pick(within(all, "c8y_LAN"))...)
	list = append(list, labels{{"apn", "APN"}, {"simStatus", "SIM"}}.pick(within(all, "c8y_WAN"))...)
	return append(list, labels{{"dns1", "DNS"}, {"dns2", "DNS 2"}, {"domainName", "domain"}, {"addressRange", "range"}}.pick(within(all, "c8y_DHCP"))...)
}

func position(d *c8yclient.Document) []fields.Field {
	p := within(d, "c8y_Position")
	lat, lng := word(p, "lat"), word(p, "lng")
	if lat == "" || lng == "" {
		return nil
	}
	return append(value("lat, lng", lat+", "+lng), labels{{"alt", "altitude"}, {"trackingProtocol", "by"}, {"reportReason", "reason"}}.pick(p)...)
}

// belongs says what is above and below.
func (f *facts) belongs() []fields.Field {
	m := f.object
	var list []fields.Field
	names := func(r c8yclient.References) (all []string) {
		for _, each := range r.References {
			all = append(all, cmp.Or(each.ManagedObject.Name, each.ManagedObject.ID))
		}
		return all
	}
	const most = 8
	if groups := names(m.AssetParents); len(groups) > 0 {
		list = append(list, fields.Field{Label: "groups", Value: few(groups, most)})
	} else if f.kind() == device && len(m.DeviceParents.References) == 0 {
		list = append(list, nothing("groups", "in none"))
	}
	if parents := names(m.DeviceParents); len(parents) > 0 {
		list = append(list, fields.Field{Label: "behind", Value: few(parents, most)})
	}
	if parents := names(m.AdditionParents); len(parents) > 0 {
		list = append(list, fields.Field{Label: "part of", Value: few(parents, most)})
	}
	for _, each := range []struct {
		label text.Safe
		block c8yclient.References
	}{{"child devices", m.ChildDevices}, {"child assets", m.ChildAssets}, {"additions", m.ChildAdditions}} {
		if n := each.block.Count; n != nil && *n > 0 {
			list = append(list, fields.Field{Label: each.label, Value: text.Count(*n)})
		}
	}
	return list
}

func (f *facts) identity() []fields.Field {
	if f.externalErr != nil && f.external == nil {
		return []fields.Field{nothing("external ids", fault.Short(f.externalErr))}
	}
	var list []fields.Field
	for _, id := range f.external {
		list = append(list, fields.Field{Label: text.Clean(strings.TrimPrefix(id.Type, "c8y_")), Value: show.OrDash(id.ExternalID)})
	}
	if list == nil && f.kind() == device {
		list = append(list, nothing("external ids", "none: the device cannot find itself by its serial number"))
	}
	return list
}

func operations(d *c8yclient.Document) []fields.Field {
	const most = 20
	var list []fields.Field
	if d.HasFragment("com_cumulocity_model_Agent") {
		list = append(list, fields.Field{Label: "agent", Value: "yes: it fetches operations for itself and what is behind it"})
	} else if d.HasFragment("c8y_IsDevice") {
		list = append(list, nothing("agent", "no: the agent that it is behind fetches its operations"))
	}
	for _, each := range []struct {
		label    text.Safe
		fragment string
	}{{"supported", "c8y_SupportedOperations"}, {"logs", "c8y_SupportedLogs"}, {"configs", "c8y_SupportedConfigurations"}} {
		if all := words(d, each.fragment); len(all) > 0 {
			list = append(list, fields.Field{Label: each.label, Value: few(all, most)})
		}
	}
	return list
}

func software(d *c8yclient.Document) []fields.Field {
	const most = 8
	all := records(d, "c8y_SoftwareList")
	var list []fields.Field
	for _, s := range all[:min(most, len(all))] {
		list = append(list, fields.Field{
			Label: text.Clean(cmp.Or(word(s, "version"), "–")),
			Value: show.OrDash(word(s, "name")),
		})
	}
	if rest := len(all) - most; rest > 0 {
		list = append(list, nothing("", "and "+text.Count(rest)+" more"))
	}
	return list
}

func (f *facts) record() []fields.Field {
	m := f.object
	return []fields.Field{
		{Label: "id", Value: show.OrDash(m.ID)},
		{Label: "type", Value: show.OrDash(m.Type)},
		{Label: "owner", Value: show.OrDash(m.Owner)},
		{Label: "created", Value: show.Moment(m.CreationTime), Role: theme.Muted},
		{Label: "changed", Value: show.Moment(m.LastUpdated), Role: theme.Muted},
	}
}
