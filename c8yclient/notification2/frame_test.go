package notification2

import (
	"strings"
	"testing"
)

func TestParseFrame(t *testing.T) {
	for _, test := range []struct {
		name, frame string
		want        Notification
	}{
		{"created", "CJ1e\n/t1/alarms/4711\nCREATE\n\n{\"id\":\"901\"}", Notification{Tenant: "t1", API: "alarms", Source: "4711", Action: Create, ID: "901", Data: []byte(`{"id":"901"}`), ack: "CJ1e"}},
		{"a blank line in the document", "a\n/t1/events/1\nUPDATE\n\n{\n\n\"id\":5}", Notification{Tenant: "t1", API: "events", Source: "1", Action: Update, ID: "5", Data: []byte("{\n\n\"id\":5}"), ack: "a"}},
		{"more header lines", "a\n/t1/events/1\nUPDATE\nwhat: ever\n\n{}", Notification{Tenant: "t1", API: "events", Source: "1", Action: Update, Data: []byte("{}"), ack: "a"}},
		{"line ends of the other kind", "a\r\n/t1/events/1\r\nUPDATE\r\n\r\n{}", Notification{Tenant: "t1", API: "events", Source: "1", Action: Update, Data: []byte("{}"), ack: "a"}},
		{"deleted, id as text", "a\n/t1/managedobjects/1\nDELETE\n\n\"1\"", Notification{Tenant: "t1", API: "managedobjects", Source: "1", Action: Delete, ID: "1", ack: "a"}},
		{"deleted, id as number", "a\n/t1/managedobjects/1\nDELETE\n\n1", Notification{Tenant: "t1", API: "managedobjects", Source: "1", Action: Delete, ID: "1", ack: "a"}},
		{"deleted, nothing", "a\n/t1/managedobjects/1\nDELETE\n\n", Notification{Tenant: "t1", API: "managedobjects", Source: "1", Action: Delete, ack: "a"}},
		{"header only", "a\n/t1/managedobjects/1\nDELETE", Notification{Tenant: "t1", API: "managedobjects", Source: "1", Action: Delete, ack: "a"}},
		{"not JSON", "a\n/t1/events/1\nCREATE\n\nAAEC", Notification{Tenant: "t1", API: "events", Source: "1", Action: Create, Data: []byte("AAEC"), ack: "a"}},
		{"an id with slashes", "a\n/t1/events/1/2\nCREATE\n\n{}", Notification{Tenant: "t1", API: "events", Source: "1/2", Action: Create, Data: []byte("{}"), ack: "a"}},
		{"no path", "a", Notification{ack: "a"}},
	} {
		got, ok := parseFrame([]byte(test.frame))
		if !ok || !same(got, test.want) {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
	for _, frame := range []string{"", "\n", "\n\n", "\n/t1/alarms/1\nCREATE\n\n{}"} {
		if got, ok := parseFrame([]byte(frame)); ok {
			t.Errorf("%q was taken for %+v, and has no id to acknowledge", frame, got)
		}
	}
}

func same(a, b Notification) bool {
	equal := string(a.Data) == string(b.Data) && (a.Data == nil) == (b.Data == nil)
	return equal && a.Tenant == b.Tenant && a.API == b.API && a.Source == b.Source &&
		a.Action == b.Action && a.ID == b.ID && a.ack == b.ack
}

func FuzzParseFrame(f *testing.F) {
	f.Add([]byte("CJ1e\n/t1/alarms/4711\nCREATE\n\n{\"id\":\"901\"}"))
	f.Add([]byte("a\r\n/t1/events/1\r\nDELETE\r\n\r\n\"1\""))
	f.Add([]byte("a\n/t1\n\n\n\n{"))
	f.Fuzz(func(t *testing.T, frame []byte) {
		n, ok := parseFrame(frame)
		if !ok {
			return
		}
		// What is acknowledged is the first line, whatever else there is.
		first, _, _ := strings.Cut(string(frame), "\n")
		if n.ack != strings.TrimSuffix(first, "\r") {
			t.Errorf("acknowledges %q of %q", n.ack, frame)
		}
		if strings.Contains(n.Tenant+n.API, "/") || strings.Contains(n.Source, "\n") {
			t.Errorf("path %q %q %q", n.Tenant, n.API, n.Source)
		}
		// A header written again reads the same, with the same document. Only line ends may differ.
		if strings.Contains(string(frame), "\r") {
			return
		}
		again, ok := parseFrame([]byte(n.ack + "\n/" + n.Tenant + "/" + n.API + "/" + n.Source + "\n" + string(n.Action) + "\n\n" + string(n.Data)))
		if !ok || again.ack != n.ack || again.Action != n.Action || string(again.Data) != string(n.Data) {
			t.Errorf("%q is read as %+v, and that as %+v", frame, n, again)
		}
	})
}
