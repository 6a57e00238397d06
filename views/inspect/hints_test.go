package inspect

import (
	"strings"
	"testing"
	"time"
)

func TestHints(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, tc := range []struct{ path, value, want string }{
		{"creationTime", "2026-03-02T08:57:00.000Z", "3m ago"},
		{"lastUpdated.date", "1772441820000", "3m ago"},
		{"claims.exp", "1772441820", "3m ago"},
		{"timeout", "30", ""},
		{"name", "1772441820", ""},
		{"c8y_RequiredAvailability.responseInterval", "30", "has to send something"},
		{"managedObjects[3].c8y_IsDevice", "", "it is a device"},
		{"c8y_Availability.lastMessage", "2026-03-02T08:57:00.000Z", "3m ago · c8y_Availability: kept by the platform"},
		{"hv_TyrePressure", "x", ""},
	} {
		got := string(hint(tc.path, tc.value, now))
		if !strings.Contains(got, tc.want) || tc.want == "" && got != "" {
			t.Errorf("%s %q: %q, want %q in it", tc.path, tc.value, got, tc.want)
		}
	}
}
