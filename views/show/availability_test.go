package show_test

import (
	"testing"
	"time"

	"c8yx/views/show"
)

func TestTheRuleBehindAStateIsNamed(t *testing.T) {
	now := time.Date(2026, time.March, 2, 12, 0, 0, 0, time.Local)
	ago := func(d time.Duration) show.Instant { return show.InstantOf(now.Add(-d)) }
	for _, tc := range []struct {
		name   string
		device show.Device
		want   string
	}{
		{"in time", show.Device{Availability: "AVAILABLE", Interval: 30, LastMessage: ago(4 * time.Minute)}, "heard 4m ago, expected every 30 min, next by 12:26"},
		{"late", show.Device{Availability: "UNAVAILABLE", Interval: 30, LastMessage: ago(2 * time.Hour)}, "silent for 2h, expected every 30 min; it was due at 10:30"},
		{"late since yesterday", show.Device{Availability: "UNAVAILABLE", Interval: 30, LastMessage: ago(20 * time.Hour)}, "silent for 20h, expected every 30 min; it was due at 2026-03-01 16:30"},
		{"late, not noticed yet", show.Device{Availability: "AVAILABLE", Interval: 30, LastMessage: ago(32 * time.Minute)}, "overdue since 11:58, expected every 30 min; the platform notices at its next check"},
		{"back, not noticed yet", show.Device{Availability: "UNAVAILABLE", Interval: 30, LastMessage: ago(time.Minute)}, "it sent 1m ago; the platform notices at its next check, within minutes"},
		{"never heard of", show.Device{Availability: "UNAVAILABLE", Interval: 30}, "it never sent anything; a message is expected every 30 min"},
		{"in maintenance", show.Device{Availability: "MAINTENANCE", Interval: -1, LastMessage: ago(time.Hour)}, "no message is expected and alarms are suppressed, since its interval is zero or less"},
		{"connected only", show.Device{Connection: "CONNECTED"}, "judged by its connection alone; no interval is required of it"},
		{"not watched", show.Device{LastMessage: ago(time.Hour)}, "no interval is required of it, so nobody notices if it falls silent"},
	} {
		if got := string(tc.device.Rule(now)); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}
