package inventory

import (
	"fmt"
	"testing"

	"c8yx/views/show"
)

func thing(id string, critical int32) *object {
	o := &object{kind: device}
	o.ID, o.Alarms = id, show.AlarmCounts{Critical: critical}
	return o
}

func TestAlarmsBelowCountOnce(t *testing.T) {
	plant, hall, line, press := thing("plant", 0), thing("hall", 0), thing("line", 1), thing("press", 2)
	plant.link(member, hall)
	plant.link(member, press) // also in the hall's line
	hall.link(member, line)
	line.link(behind, press)
	line.link(member, press) // in two relations
	press.link(member, line) // and a cycle
	s := sums{version: 1}
	for _, tc := range []struct {
		of     *object
		alarms int32
		below  bool
		things int
	}{
		{plant, 3, true, 3},
		{hall, 3, true, 2},
		{line, 3, true, 1},
		{press, 3, true, 1},
		{thing("alone", 4), 4, false, 0},
	} {
		if got := s.of(tc.of); got.alarms.Critical != tc.alarms || got.below != tc.below || got.things != tc.things {
			t.Errorf("%s: %+v", tc.of.ID, got)
		}
	}

	press.Alarms.Critical = 0
	s.shift(press, show.AlarmCounts{Critical: 2})
	for _, o := range []*object{plant, hall, line, press} {
		shifted := *s.of(o)
		s.version++
		if counted := *s.of(o); shifted.alarms != counted.alarms || shifted.below != counted.below || counted.alarms.Critical != 1 {
			t.Errorf("%s, after the alarms were cleared: shifted %+v, counted %+v", o.ID, shifted, counted)
		}
		s.version--
	}
	hall.unlink(line)
	s.version += 2 // neither of those above
	if got := s.of(hall).alarms.Critical; got != 0 {
		t.Errorf("what was taken away still counts: %d", got)
	}
}

// A hundred thousand loaded objects are added up when some come or go; a change
// of alarms, which happens all the time, costs what is above it alone.
func BenchmarkSumOf100000(b *testing.B) {
	plant := thing("plant", 0)
	for i := range 100 {
		hall := thing(fmt.Sprint("hall ", i), 0)
		plant.link(member, hall)
		for j := range 1000 {
			hall.link(member, thing(fmt.Sprint(i, " ", j), int32(j%7)))
		}
	}
	press := plant.links[50].object.links[500].object
	for name, change := range map[string]func(*sums){
		"structure": func(s *sums) { s.version++ },
		"alarms": func(s *sums) {
			before := press.Alarms
			press.Alarms.Major++
			s.shift(press, before)
		},
		"nothing": func(*sums) {},
	} {
		b.Run(name, func(b *testing.B) {
			s := sums{version: 1}
			s.of(plant)
			for b.Loop() {
				change(&s)
				s.of(plant)
			}
		})
	}
}
