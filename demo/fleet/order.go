package fleet

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// order is an operation that people at the company create: because it is Monday, because somebody complained, because there
// is a new version.
type order struct {
	fragment, description string
	body                  func(d *device) any
}

func orders() []order {
	const (
		restarting = "c8y_Restart"
		command    = "c8y_Command"
	)
	nothing := func(*device) any { return map[string]any{} }
	say := func(text string) func(*device) any {
		return func(*device) any { return map[string]any{"text": text} }
	}
	return []order{
		{restarting, "Restart device", nothing},
		{command, "Execute shell command", say("uptime")},
		{command, "Execute shell command", say("df -h")},
		{command, "Execute shell command", say("systemctl status")},
		{"c8y_Firmware", "Update firmware", func(d *device) any {
			return firmwareEntry(d.class.image, d.class.firmware[len(d.class.firmware)-1])
		}},
		{"c8y_SoftwareUpdate", "Install software", func(d *device) any {
			p := softwareEntry("remote-support", "1.4."+strconv.Itoa(among(d.seed, saltOperation, 9)), "apt")
			p["action"] = "install"
			return []map[string]any{p}
		}},
		{"c8y_Configuration", "Apply configuration", func(d *device) any { return map[string]any{"config": d.class.config + "# reviewed\n"} }},
		{"c8y_ServiceCommand", "Restart service", func(d *device) any {
			s := d.class.services[0]
			return map[string]any{"command": "RESTART", "serviceName": s.name, "serviceType": s.kind}
		}},
		{"c8y_MeasurementRequestOperation", "Send measurements now", nothing},
		{"c8y_Message", "Message to the display", say("Please call the control desk, extension 2231")},
		{"c8y_Relay", "Open relay", func(*device) any { return map[string]any{"relayState": "OPEN"} }},
	}
}

// possible are the orders that a device supports.
func possible(all []order, c *class) (some []order) {
	for _, o := range all {
		if slices.Contains(c.supported, o.fragment) {
			some = append(some, o)
		}
	}
	return some
}

// write makes a new operation of an order.
func (o order) write(d *device) document {
	return document{{"deviceId", d.id}, {"description", o.description}, {o.fragment, o.body(d)}}
}

// mostOperations bounds the operations of the past.
const mostOperations = 90

// rememberOperations creates the operations of the last days in all states: most have succeeded, some failed, one hangs since
// days, those for devices that are away wait, and stubborn ones never fetch.
func (f *Fleet) rememberOperations() error {
	type memory struct {
		at    int64
		doc   document
		hangs int32 // the agent that hangs on it, -1 if none does
	}
	var past []*memory
	hanging := false
	for i := range f.devices {
		d := &f.devices[i]
		h := roll(d.seed, saltOperation)
		some := f.orders[d.class]
		if len(past) >= mostOperations {
			break
		}
		// Most operations are for gateways; of the others, a few.
		if len(some) == 0 || !d.class.agent && h%11 != 0 {
			continue
		}
		a := &f.devices[d.agent]
		for k := range 1 + int(h>>8%2) {
			o := pick(h, uint64(k), some)
			at := f.born - 10*minute - int64(chance(h, uint64(k+10))*5*day)
			doc, hangs := append(o.write(d), member{"creationTime", stampUnix(at)}), int32(-1)
			_, silent := f.silent(d, f.born)
			switch fate := chance(h, uint64(k+20)); {
			case a.habit == lost && at > a.lostSince(f.born), !a.habit.fetches(), a.habit == mute:
				doc = append(doc, member{"status", "PENDING"})
			case silent:
				continue // it fetches what waits as soon as it is back, so that nothing of the past can wait
			case !hanging && o.fragment == "c8y_Firmware":
				hanging, hangs = true, d.agent
				doc = append(doc, member{"status", "EXECUTING"})
			case fate < 0.2 && len(f.procedures.find(doc.fields()).failures) > 0:
				doc = append(doc, member{"status", "FAILED"}, member{"failureReason", pick(h, uint64(k), f.procedures.find(doc.fields()).failures)})
			default:
				doc = append(doc, member{"status", "SUCCESSFUL"})
				if o.fragment == "c8y_Command" {
					doc = withResult(doc, d, time.Unix(at, 0))
				}
			}
			past = append(past, &memory{at, doc, hangs})
		}
	}
	slices.SortStableFunc(past, func(a, b *memory) int { return cmp.Compare(a.at, b.at) })
	for _, m := range past {
		id, err := f.tenant.CreateOperation(m.doc.fields())
		if err != nil {
			return err
		}
		if m.hangs >= 0 {
			f.hung[m.hangs] = id
		}
	}
	return nil
}

// withResult replaces the command of an operation by the command and what it printed.
func withResult(doc document, d *device, at time.Time) document {
	for i, m := range doc {
		if m.key == "c8y_Command" {
			text, _ := m.value.(map[string]any)["text"].(string)
			output, _ := shell(d, text, at)
			doc[i].value = map[string]any{"text": text, "result": output}
		}
	}
	return doc
}

// order creates an operation, as somebody at the company does every few minutes, and schedules the next.
func (f *Fleet) order(at int64) {
	f.life.orders++
	h := roll(f.options.Seed, f.life.orders)
	if len(f.devices) > 0 {
		d := &f.devices[h%uint64(len(f.devices))]
		if some := f.orders[d.class]; len(some) > 0 {
			_, _ = f.tenant.CreateOperation(pick(h, 1, some).write(d).fields()) // of a device that was deleted: no matter
		}
	}
	f.schedule((at+90+int64(h>>32%150))*1000, f.order)
}
