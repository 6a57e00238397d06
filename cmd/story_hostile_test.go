package cmd

import (
	"strings"
	"testing"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// hostileNames are names that would do something to a terminal, or to the
// columns, if they were written to it as they are.
var hostileNames = []string{
	"\x1b[2J\x1b[Hcleared",
	"\x1b]0;title\x07\x1b]52;c;ZXZpbA==\x07",
	"\x1bPq#0;2;0;0;0\x1b\\sixel",
	"\u009b31mC1",
	"right\u202eto left\u2066isolate",
	"zero\u200bwidth\u200d\ufeff\u2060\u00ad",
	"two\nlines\r\nand\ttabs\vand\fmore",
	"bells\a\a\b\b\x7f\x00",
	"ラインポンプ 機械工場 温度",
	"👩‍👩‍👧‍👦 family 🏭 🇩🇪 ✈️ 1️⃣",
	"Z̸̡̢̛͈̳a̸͔͒l̷̰̈́g̵̱̈́o̴͉̾" + strings.Repeat("\u0301", 50),
	"\u0300\u0301 nothing to combine with",
	"مضخة المياه שלום",
	"broken \xff\xfe UTF-8",
	"a\u2028separator\u2029",
	strings.Repeat("long ", 20_000),
	strings.Repeat("機", 30_000),
	"%s%n%d ${jndi:ldap://x} '; drop table --",
	" ",
	"",
}

// hostileCompany puts devices with hostile names, and what belongs to them, into
// the tenant, and returns the id of one of them.
func hostileCompany(s *story.Story) (device string) {
	for i, name := range hostileNames {
		object := s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": name, "type": name, "owner": "admin", "c8y_IsDevice": map[string]any{},
			"c8y_SupportedOperations": []string{name}, name + "_fragment": map[string]any{name: name},
			"c8y_Hardware": map[string]any{"model": name, "serialNumber": name},
			"c8y_Position": map[string]any{"lat": "north", "lng": name},
		})
		device = object["id"].(string)
		source := map[string]any{"id": device}
		now := "2026-03-02T08:59:00Z"
		severity := []string{"CRITICAL", "MAJOR", "MINOR", "WARNING"}[i%4]
		s.Tenant.Do("POST", "/alarm/alarms", map[string]any{"source": source, "type": "hostile" + name, "text": name, "severity": severity, "status": "ACTIVE", "time": now})
		s.Tenant.Do("POST", "/event/events", map[string]any{"source": source, "type": "hostile" + name, "text": name, "time": now})
		s.Tenant.Do("POST", "/devicecontrol/operations", map[string]any{"deviceId": device, "description": name, name: name})
		s.Tenant.Do("POST", "/measurement/measurements", map[string]any{
			"source": source, "type": "hostile", "time": now, "f" + name: map[string]any{"s" + name: map[string]any{"value": 4.2, "unit": name}},
		})
	}
	return device
}

func TestStoryOfHostileNames(t *testing.T) {
	t.Parallel()
	for _, place := range placesToWalk(t) {
		t.Run(strings.ReplaceAll(place, "/", " "), func(t *testing.T) {
			t.Parallel()
			options := story.Options{Place: "alarms", Tenant: story.Demo(demo.Options{Devices: -1})}
			watch(t, options, func(s *story.Story, _ *watched) {
				device := hostileCompany(s)
				title := s.Title()
				s.Open(strings.ReplaceAll(place, "DEVICE", device))
				for range len(hostileNames) {
					s.Press("down")
				}
				s.Press("enter", "right", "right", "?", "esc", "!", "esc", "esc")
				for _, size := range [][2]int{{80, 24}, {250, 70}, {60, 15}} {
					s.Resize(size[0], size[1])
					s.Press("up")
				}
				if s.Title() != title || s.Clipboard() != "" {
					t.Errorf("title %q, clipboard %q", s.Title(), s.Clipboard())
				}
			})
		})
	}
}
