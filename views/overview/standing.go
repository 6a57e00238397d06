package overview

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/views/show"
)

// mostStanding is how many unresolved alarms are read to see who raises them. A
// tenant with more is told about by its newest ones, and the cards say so.
const mostStanding = 10_000

// standing is an unresolved alarm, as far as it is counted and listed.
type standing struct {
	id, device, name, kind, text string
	severity                     c8yclient.Severity
	at                           time.Time
}

// roll is all unresolved alarms: read once, and kept true by live messages.
type roll struct {
	alarms  map[string]standing
	devices map[string]*talker // who raised them …
	types   map[string]*talker // … and of which types they are
	all     bool               // nothing was left out
	version int                // counts changes
	// fresh holds what came live while the roll is being read: it is newer than
	// what is read.
	fresh map[string]*standing // nil: resolved or deleted
}

func newRoll() roll {
	return roll{
		alarms: make(map[string]standing), devices: make(map[string]*talker), types: make(map[string]*talker), all: true,
	}
}

// standingOf returns what is kept of an alarm; false if it is resolved.
func standingOf(a *c8yclient.Alarm) (standing, bool) {
	return standing{
		id: a.ID, device: a.Source.ID, name: cmp.Or(a.Source.Name, a.Source.ID), kind: a.Type, text: a.Text,
		severity: a.Severity, at: a.Time,
	}, slices.Contains(unresolved(), a.Status)
}

// askStanding reads the unresolved alarms.
func (v *View) askStanding(ctx context.Context) (func(), error) {
	v.rollCall()
	read := newRoll()
	filter := c8yclient.AlarmFilter{Status: unresolved()}
	for page, err := range v.tenant.Client.Alarms.Pages(ctx, &c8yclient.AlarmListOptions{AlarmFilter: filter}) {
		if err != nil {
			return nil, err
		}
		for _, a := range page.Items {
			if s, stands := standingOf(a); stands {
				read.set(s.id, &s)
			}
		}
		if len(read.alarms) >= mostStanding {
			read.all = page.Next == ""
			break
		}
	}
	return func() {
		for id, s := range v.roll.fresh {
			read.set(id, s)
		}
		read.version += v.roll.version + 1
		v.roll = read
	}, nil
}

// rollCall begins to note what comes live beside the reading.
func (v *View) rollCall() {
	v.scope.Post(func() { v.roll.fresh = make(map[string]*standing) })
}

// set puts an alarm into its place; nil takes it out.
func (r *roll) set(id string, s *standing) {
	if r.fresh != nil {
		r.fresh[id] = s
	}
	if r.alarms == nil {
		return // nothing was read yet
	}
	r.version++
	if old, had := r.alarms[id]; had {
		r.tally(old, -1)
		delete(r.alarms, id)
	}
	if s != nil {
		r.tally(*s, 1)
		r.alarms[id] = *s
	}
}

// tally counts an alarm in or out.
func (r *roll) tally(s standing, by int) {
	for _, group := range []struct {
		talkers   map[string]*talker
		key, name string
	}{{r.devices, s.device, s.name}, {r.types, s.kind, s.kind}} {
		t := group.talkers[group.key]
		if t == nil {
			t = &talker{key: group.key, name: group.name}
			group.talkers[group.key] = t
		}
		t.count(s.severity, int32(by))
		if t.total == 0 {
			delete(group.talkers, group.key)
		}
	}
}

// change turns a live message into a change of the roll.
func change(m realtime.Message) (id string, s *standing, ok bool) {
	if m.Action == realtime.Delete {
		return m.ID, nil, m.ID != ""
	}
	a, err := c8yclient.DecodeDocument[c8yclient.Alarm](m.Data)
	if err != nil || a.ID == "" {
		return "", nil, false
	}
	if kept, stands := standingOf(a); stands {
		return a.ID, &kept, true
	}
	return a.ID, nil, true
}

// urgent returns the latest critical and major alarms, the newest first.
func (r *roll) urgent(most int) []standing {
	return top(most, func(yield func(standing) bool) {
		for _, s := range r.alarms {
			grave := s.severity == c8yclient.SeverityCritical || s.severity == c8yclient.SeverityMajor
			if grave && !yield(s) {
				return
			}
		}
	}, func(a, b standing) int { return cmp.Or(b.at.Compare(a.at), show.CompareIDs(b.id, a.id)) })
}

// talker is a device or a type, and how many unresolved alarms it has.
type talker struct {
	key, name string
	total     int
	counts    show.AlarmCounts
}

// count counts an alarm in or out.
func (t *talker) count(severity c8yclient.Severity, by int32) {
	t.total += int(by)
	switch severity {
	case c8yclient.SeverityCritical:
		t.counts.Critical += by
	case c8yclient.SeverityMajor:
		t.counts.Major += by
	case c8yclient.SeverityMinor:
		t.counts.Minor += by
	case c8yclient.SeverityWarning:
		t.counts.Warning += by
	}
}

// loudest returns those with the most unresolved alarms.
func loudest(most int, talkers map[string]*talker) []*talker {
	return top(most, maps.Values(talkers), func(a, b *talker) int {
		return cmp.Or(b.total-a.total, b.counts.Compare(a.counts), show.CompareNames(a.name, b.name), show.CompareIDs(a.key, b.key))
	})
}

// top returns the first of a sequence in the order of compare, without sorting all
// of it.
func top[T any](most int, all iter.Seq[T], compare func(a, b T) int) []T {
	var first []T
	for item := range all {
		if len(first) == most && compare(item, first[most-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(first, item, compare)
		first = slices.Insert(first[:min(len(first), most-1)], at, item)
	}
	return first
}
