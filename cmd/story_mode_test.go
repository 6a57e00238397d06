package cmd

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
	"c8yx/session"
)

// Production is read-only until its name has been typed, and can be locked again.
func TestStoryOfProduction(t *testing.T) {
	t.Parallel()
	production := func(p *session.Profile) { p.Name, p.Mode = "plant", session.Production }
	tellAs(t, story.Options{Place: "alarms?status=ACTIVE"}, production, func(s *story.Story) {
		s.See("PROD · read-only", "● live")
		before := activeAlarms(s)
		s.Press("a")
		s.See("Acknowledge: production is locked")
		s.Press("esc", "!")
		s.See("Unlock production", "Allow changes in plant", "Type plant to go on")
		s.Press("y", "enter")
		s.See("Type plant to go on") // y is a letter here, and not the word
		s.Press("backspace")
		s.Type("plant")
		s.Press("enter")
		s.See("PROD · unlocked", "plant is unlocked")
		s.Press("esc", "a")
		s.SeeNoMore("production is locked")
		if after := activeAlarms(s); after != before-1 {
			t.Errorf("%v alarms are active, want one less than %v", after, before)
		}
		s.Press("ctrl+l")
		s.See("PROD · read-only", "plant is locked again")
		s.Press("esc", "a")
		s.See("Acknowledge: production is locked")
		s.Press("esc", "ctrl+l")
		s.See("Lock production again: it is locked")
		if after := activeAlarms(s); after != before-1 {
			t.Errorf("%v alarms are active after the lock, want still one less than %v", after, before)
		}
	})
}

// The other ways to be careful with a tenant are told in the header and cannot be unlocked.
func TestStoryOfModes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		profile session.Profile
		header  string
		unlock  string // why production cannot be unlocked
	}{
		"read-only production": {session.Profile{Mode: session.Production, ReadOnly: true}, "PROD · read-only", "read-only for good"},
		"read-only":            {session.Profile{ReadOnly: true}, "read-only", "read-only for good"},
		"qualification":        {session.Profile{Mode: session.Qualification}, "QUAL · no deleting", "not marked as production"},
		"development":          {session.Profile{Mode: session.Development}, "DEV", "not marked as production"},
		"unchecked":            {session.Profile{TLS: session.TLS{Insecure: true}, Mode: session.Development}, "TLS UNCHECKED  DEV", "not marked as production"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tellAs(t, story.Options{Place: "alarms"}, func(p *session.Profile) {
				p.Mode, p.ReadOnly, p.TLS = test.profile.Mode, test.profile.ReadOnly, test.profile.TLS
			}, func(s *story.Story) {
				s.See(test.header, "● live")
				if line, _, _ := strings.Cut(s.Screen(), "\n"); !strings.HasSuffix(strings.TrimSpace(line), test.header) {
					t.Errorf("the header ends otherwise: %q", line)
				}
				s.Press("!")
				s.See(test.unlock)
			})
		})
	}
}

// What a view forgets to ask does not get past the transport.
func TestTheTransportOfAProfileRefusesToWrite(t *testing.T) {
	t.Parallel()
	for mode, want := range map[session.Mode]error{session.Production: session.ErrLocked, session.Qualification: session.ErrKept} {
		a := access{profile: session.Profile{Address: "https://acme.example", Token: "a.b.c", Mode: mode}, transport: closed{t}}
		tenant, err := a.open()
		if err != nil {
			t.Fatal(err)
		}
		if err := tenant.Client.Inventory.Delete(t.Context(), "4711", nil); !errors.Is(err, c8yclient.ErrGuarded) || !errors.Is(err, want) {
			t.Errorf("%s: %v", mode, err)
		}
	}
}

// closed is a network on which nothing may be sent.
type closed struct{ t *testing.T }

func (n closed) RoundTrip(r *http.Request) (*http.Response, error) {
	n.t.Errorf("%s %s was sent", r.Method, r.URL.Path)
	return nil, http.ErrServerClosed
}

func activeAlarms(s *story.Story) float64 {
	statistics := s.Tenant.Get("/alarm/alarms?status=ACTIVE&pageSize=1&withTotalElements=true")["statistics"].(map[string]any)
	return statistics["totalElements"].(float64)
}
