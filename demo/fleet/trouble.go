package fleet

import "slices"

// trouble is something that was wrong with a device, or still is.
type trouble struct {
	device       int32
	cause        cause
	since, until int64 // until is when it was over or, while it lasts, when the device said so for the last time
	over         bool
}

// cause tells why an alarm is raised: a rule or a mood of the class, or that nobody hears the device.
type cause int16

const (
	unheard   cause = -1
	firstMood cause = 1000
)

// problem is an alarm that a device has raised and not cleared.
type problem struct {
	cause cause
	alarm string // id
	again int64  // when the device raises it again if it lasts; the tenant counts
}

// insist is how often a device repeats an alarm that lasts, in seconds.
const insist = 10 * minute

// explain returns type, severity and text of the alarm that a cause raises.
func (c *class) explain(why cause) (kind, severity, text string) {
	switch {
	case why == unheard:
		return "c8y_UnavailabilityAlarm", "MAJOR", "No data received from the device within the required interval."
	case why >= firstMood:
		m := &c.moods[why-firstMood]
		return m.kind, m.severity, m.text
	}
	r := &c.rules[why]
	return r.kind, r.severity, r.text
}

// troublesIn finds where the values of one series have broken the rules of the device's class.
func (d *device) troublesIn(troubles []*trouble, index int32, stream, column int, moments []int64, values []float64) []*trouble {
	if d.habit == serviced {
		return troubles // the tenant suppresses alarms in maintenance
	}
	for i := range d.class.rules {
		r := &d.class.rules[i]
		if r.stream != stream || r.column != column {
			continue
		}
		since := int64(0)
		for k, v := range values {
			switch {
			case since == 0 && r.raised(v):
				since = moments[k]
			case since != 0 && r.calm(v):
				troubles = append(troubles, &trouble{index, cause(i), since, moments[k], true})
				since = 0
			}
		}
		if since != 0 {
			troubles = append(troubles, &trouble{index, cause(i), since, moments[len(moments)-1], false})
		}
	}
	return troubles
}

// in says whether a device can be in a mood: what does not last long comes from working.
func (c *class) in(m *mood, e episode, zone int64) bool {
	return m.longest > 2*hour || c.use.during(e.since+zone) > 0
}

// moodsSince finds the moods of all devices in the past, at most so many.
func (f *Fleet) moodsSince(from int64, most int) (troubles []*trouble) {
	for i := range f.devices {
		d := &f.devices[i]
		if d.habit == serviced || d.habit == relayed {
			continue
		}
		for k := range d.class.moods {
			m := &d.class.moods[k]
			for n := from / m.window; n <= f.born/m.window; n++ {
				e, ok := m.in(roll(d.seed, uint64(saltMood+k)), n)
				if !ok || !d.class.in(m, e, d.zone()) || e.since < from || e.since >= f.born {
					continue
				}
				if _, silent := f.silent(d, e.since); silent {
					continue
				}
				heard := f.lastHeard(d)
				t := &trouble{int32(i), firstMood + cause(k), e.since, min(e.until, heard), e.until <= heard}
				if troubles = append(troubles, t); len(troubles) >= most {
					return troubles
				}
			}
		}
	}
	return troubles
}

// unreachable finds the devices whose required interval is over.
func (f *Fleet) unreachable() (troubles []*trouble) {
	for i := range f.devices {
		d := &f.devices[i]
		if d.habit == serviced {
			continue
		}
		if since := f.lastHeard(d) + int64(f.required(d.class))*minute; since < f.born && len(troubles) < mostTrouble {
			troubles = append(troubles, &trouble{int32(i), unheard, since, since, false})
		}
	}
	return troubles
}

// rememberAlarm creates the alarm of a past trouble: cleared if it is over, else active or, if somebody has seen it, acknowledged.
func (f *Fleet) rememberAlarm(t *trouble) error {
	d := &f.devices[t.device]
	kind, severity, text := d.class.explain(t.cause)
	status := "CLEARED"
	if !t.over {
		status = "ACTIVE"
		if f.born-t.since > hour && chance(d.seed, uint64(t.since)) < 0.5 {
			status = "ACKNOWLEDGED"
		}
	}
	doc := document{{"source", ref(d.id)}, {"type", kind}, {"text", text}, {"severity", severity}, {"status", status}}
	count := 1 + max(0, t.until-t.since-1)/insist
	last := t.since + (count-1)*insist
	doc = append(doc, member{"count", int(count)}, member{"time", stampUnix(last)}, member{"creationTime", stampUnix(t.since)}, member{"lastUpdated", stampUnix(t.until)})
	if count > 1 {
		doc = append(doc, member{"firstOccurrenceTime", stampUnix(t.since)})
	}
	id, err := f.tenant.CreateAlarm(doc.fields())
	if err != nil {
		return err
	}
	if !t.over && t.cause != unheard && id != "" {
		d.problems = append(d.problems, &problem{t.cause, id, last + insist})
	}
	return nil
}

// problemOf returns the open alarm with a cause, or nil.
func (d *device) problemOf(why cause) *problem {
	for _, p := range d.problems {
		if p.cause == why {
			return p
		}
	}
	return nil
}

// complain raises alarms for what is wrong with a device now, repeats those that last and clears those that are over. The
// values are those just sent, by stream and column.
func (f *Fleet) complain(i int32, at int64, values [][]float64) error {
	d := &f.devices[i]
	for k := range d.class.rules {
		r := &d.class.rules[k]
		v := values[r.stream][r.column]
		if err := f.judge(i, cause(k), at, r.raised(v), r.calm(v)); err != nil {
			return err
		}
	}
	for k := range d.class.moods {
		m := &d.class.moods[k]
		e, on := m.at(roll(d.seed, uint64(saltMood+k)), at)
		on = on && d.class.in(m, e, d.zone())
		if err := f.judge(i, firstMood+cause(k), at, on, !on); err != nil {
			return err
		}
	}
	return nil
}

// judge raises, repeats or clears one alarm.
func (f *Fleet) judge(i int32, why cause, at int64, raised, calm bool) error {
	d := &f.devices[i]
	p := d.problemOf(why)
	switch {
	case p == nil && raised, p != nil && !calm && at >= p.again:
		kind, severity, text := d.class.explain(why)
		id, err := f.tenant.CreateAlarm(map[string]any{
			"source": ref(d.id), "type": kind, "text": text, "severity": severity, "time": stamp(f.now()),
		})
		if err != nil || id == "" {
			return err
		}
		if p == nil {
			p = &problem{cause: why}
			d.problems = append(d.problems, p)
		}
		p.alarm, p.again = id, at+insist // somebody may have cleared the old one: then this is another
	case p != nil && calm:
		d.problems = slices.DeleteFunc(d.problems, func(other *problem) bool { return other == p })
		// Somebody may have deleted the alarm. The device is there all the same, so that is no error.
		_ = f.tenant.UpdateAlarm(p.alarm, map[string]any{"status": "CLEARED"})
	}
	return nil
}
