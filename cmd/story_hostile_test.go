package cmd

import (
	"fmt"
	"math"
	"slices"
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

// hostileCompany puts devices with hostile names of so many bytes at most, and what
// belongs to them, into the tenant, and returns the id of one of them.
func hostileCompany(s *story.Story, longest int) (device string) {
	for i, name := range hostileNames {
		name = name[:min(len(name), longest)]
		part := name[:min(len(name), 300)] // of the longest, once is enough
		object := s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": name, "type": part, "owner": "admin", "c8y_IsDevice": map[string]any{},
			"c8y_SupportedOperations": []string{part}, part + "_fragment": map[string]any{part: part},
			"c8y_Hardware": map[string]any{"model": part, "serialNumber": part},
			"c8y_Position": map[string]any{"lat": "north", "lng": part},
		})
		device = object["id"].(string)
		source := map[string]any{"id": device}
		const now = "2026-03-02T08:59:00Z"
		severity := []string{"CRITICAL", "MAJOR", "MINOR", "WARNING"}[i%4]
		for path, document := range map[string]map[string]any{
			"/alarm/alarms":             {"source": source, "type": "hostile" + part, "text": name, "severity": severity, "status": "ACTIVE", "time": now},
			"/event/events":             {"source": source, "type": "hostile" + part, "text": part, "time": now},
			"/devicecontrol/operations": {"deviceId": device, "description": part, "f" + part: map[string]any{part: part}},
			"/measurement/measurements": {
				"source": source, "type": "hostile", "time": now,
				"f" + part: map[string]any{"s" + part: map[string]any{"value": 4.2, "unit": part}},
			},
		} {
			// Some of it is too much for the tenant, too.
			_, _ = s.Tenant.Do("POST", path, document)
		}
	}
	return device
}

func TestStoryOfHostileNames(t *testing.T) {
	t.Parallel()
	for places := range slices.Chunk(placesToWalk(t), togetherInAWalk) {
		t.Run(fmt.Sprintf("%s to %s", places[0], places[len(places)-1]), func(t *testing.T) {
			t.Parallel()
			options := story.Options{Place: "alarms", Tenant: story.Demo(demo.Options{Devices: -1})}
			watch(t, options, func(s *story.Story, _ *watched) {
				device := hostileCompany(s, math.MaxInt)
				title := s.Title()
				for _, place := range places {
					s.Open(strings.ReplaceAll(place, "DEVICE", device))
					s.Press("Y")
					if opened, _, _ := strings.Cut(place, "/"); !strings.HasPrefix(s.Clipboard(), opened) {
						t.Errorf("not there, but at %q", s.Clipboard())
					}
					s.Press("esc") // the message
					checkBorder(t, s)
					s.Press("pgdown", "down", "right", "?", "esc", "enter", "end", "esc")
					for _, size := range [][2]int{{80, 24}, {160, 50}, {60, 15}} {
						s.Resize(size[0], size[1])
						s.Press("up")
					}
					if s.Title() != title {
						t.Errorf("the title is now %q", s.Title())
					}
					s.Resize(120, 40)
				}
			})
		})
	}
}

// checkBorder checks that the border between a list and its details, if there is
// one, is straight on the terminal: that the terminal takes the names in the list
// to be as wide as we do.
func checkBorder(t *testing.T, s *story.Story) {
	t.Helper()
	const top, bottom = 2, 38   // of the pane of a terminal with 40 lines
	for x := 60; x < 120; x++ { // left of it are axes of charts
		straight := 0
		for y := top; y <= bottom; y++ {
			if s.Cell(x, y).Content == "│" {
				straight++
			}
		}
		if straight > (bottom-top)/2 && straight <= bottom-top {
			t.Errorf("column %d has the border in %d of %d lines:\n%s", x, straight, bottom-top+1, s.Screen())
		}
	}
}
