package overview

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
)

// live is the message that an alarm is so now.
func live(action realtime.Action, id, device, kind, severity, status string, minute int) realtime.Message {
	return realtime.Message{Action: action, ID: id, Data: jsontext.Value(fmt.Sprintf(
		`{"id":%q,"source":{"id":%q,"name":"Pump %[2]s"},"type":%q,"severity":%q,"status":%q,"time":"2026-03-19T12:%02d:00Z"}`,
		id, device, kind, severity, status, minute))}
}

func (r *roll) hear(t *testing.T, messages ...realtime.Message) {
	t.Helper()
	for _, m := range messages {
		id, s, ok := change(m)
		if !ok {
			t.Fatalf("%s was not understood", m.Data)
		}
		r.set(id, s)
	}
}

func TestRollFollowsTheAlarms(t *testing.T) {
	r := newRoll()
	r.hear(t,
		live(realtime.Create, "1", "7", "leak", "MAJOR", "ACTIVE", 1),
		live(realtime.Create, "2", "7", "heat", "MINOR", "ACTIVE", 2),
		live(realtime.Create, "3", "8", "leak", "CRITICAL", "ACTIVE", 3),
		live(realtime.Update, "2", "7", "heat", "MINOR", "ACKNOWLEDGED", 2), // still unresolved
		live(realtime.Create, "4", "9", "leak", "MAJOR", "ACTIVE", 4),
		live(realtime.Update, "4", "9", "leak", "MAJOR", "CLEARED", 4),
	)
	if got := names(loudest(9, r.devices)); !slices.Equal(got, []string{"2 Pump 7", "1 Pump 8"}) {
		t.Errorf("loudest devices %q", got)
	}
	if got := names(loudest(1, r.types)); !slices.Equal(got, []string{"2 leak"}) {
		t.Errorf("most frequent type %q", got)
	}
	var urgent []string
	for _, s := range r.urgent(9) {
		urgent = append(urgent, s.id)
	}
	if !slices.Equal(urgent, []string{"3", "1"}) {
		t.Errorf("latest critical and major: %q", urgent)
	}
	r.hear(t, realtime.Message{Action: realtime.Delete, ID: "3"})
	if got := names(loudest(9, r.devices)); !slices.Equal(got, []string{"2 Pump 7"}) {
		t.Errorf("after a deletion: %q", got)
	}
}

func names(talkers []*talker) []string {
	var names []string
	for _, t := range talkers {
		names = append(names, fmt.Sprint(t.total, " ", t.name))
	}
	return names
}

// What is no alarm changes nothing.
func TestRollIgnoresWhatItCannotRead(t *testing.T) {
	for _, data := range []string{``, `[]`, `{}`, `{"id":7`} {
		if id, _, ok := change(realtime.Message{Action: realtime.Update, Data: jsontext.Value(data)}); ok {
			t.Errorf("%q was taken for alarm %q", data, id)
		}
	}
}

// Equal numbers stand in an order that does not change from one frame to the next.
func TestTalkersKeepTheirOrder(t *testing.T) {
	r := newRoll()
	for i := range 40 {
		id := fmt.Sprint(i)
		r.set(id, &standing{id: id, device: id, name: "Pump " + id, severity: c8yclient.SeverityMinor, at: time.Unix(0, 0)})
	}
	first := names(loudest(40, r.devices))
	for range 10 {
		if got := names(loudest(40, r.devices)); !slices.Equal(got, first) {
			t.Fatalf("%q, before %q", got, first)
		}
	}
	if first[2] != "1 Pump 2" || first[10] != "1 Pump 10" {
		t.Errorf("names are not in the order of people: %q", first)
	}
}
