package overview

import (
	"cmp"
	"context"
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
	alarms map[string]standing
	all    bool // nothing was left out
	// fresh holds what came live while the roll is being read: it is newer than
	// what is read.
	fresh map[string]*standing // nil: resolved or deleted
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
	alarms, all := make(map[string]standing), true
	filter := c8yclient.AlarmFilter{Status: unresolved()}
	for page, err := range v.tenant.Client.Alarms.Pages(ctx, &c8yclient.AlarmListOptions{AlarmFilter: filter}) {
		if err != nil {
			return nil, err
		}
		for _, a := range page.Items {
			if s, stands := standingOf(a); stands {
				alarms[s.id] = s
			}
		}
		if len(alarms) >= mostStanding {
			all = page.Next == ""
			break
		}
	}
	return func() {
		v.roll.alarms, v.roll.all = alarms, all
		for id, s := range v.roll.fresh {
			v.roll.set(id, s)
		}
		v.roll.fresh = nil
	}, nil
}

// rollCall begins to note what comes live beside the reading.
func (v *View) rollCall() {
	v.scope.Post(func() { v.roll.fresh = make(map[string]*standing) })
}

// set puts a live alarm into its place; nil takes it out.
func (r *roll) set(id string, s *standing) {
	if r.fresh != nil {
		r.fresh[id] = s
	}
	switch {
	case s == nil:
		delete(r.alarms, id)
	case r.alarms != nil:
		r.alarms[id] = *s
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
	var found []standing
	for _, s := range r.alarms {
		if s.severity == c8yclient.SeverityCritical || s.severity == c8yclient.SeverityMajor {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b standing) int {
		return cmp.Or(b.at.Compare(a.at), show.CompareIDs(b.id, a.id))
	})
	return found[:min(most, len(found))]
}

// talker is a device or a type, and how many unresolved alarms it has.
type talker struct {
	key, name string
	total     int
	counts    show.AlarmCounts
}

// talkers returns who has the most unresolved alarms, grouped by what of returns.
func (r *roll) talkers(most int, of func(standing) (key, name string)) []talker {
	found := make(map[string]*talker)
	for _, s := range r.alarms {
		key, name := of(s)
		t := found[key]
		if t == nil {
			t = &talker{key: key, name: name}
			found[key] = t
		}
		t.total++
		switch s.severity {
		case c8yclient.SeverityCritical:
			t.counts.Critical++
		case c8yclient.SeverityMajor:
			t.counts.Major++
		case c8yclient.SeverityMinor:
			t.counts.Minor++
		case c8yclient.SeverityWarning:
			t.counts.Warning++
		}
	}
	list := slices.SortedFunc(maps.Values(found), func(a, b *talker) int {
		return cmp.Or(b.total-a.total, b.counts.Compare(a.counts), show.CompareNames(a.name, b.name))
	})
	out := make([]talker, 0, min(most, len(list)))
	for _, t := range list[:min(most, len(list))] {
		out = append(out, *t)
	}
	return out
}
