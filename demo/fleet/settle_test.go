package fleet_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"c8yx/demo/fleet"
)

// monday is a Monday morning in Hamburg.
func monday() time.Time { return time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC) }

func settle(t *testing.T, o fleet.Options) (*memory, *fleet.Fleet) {
	t.Helper()
	m := newMemory()
	m.terse = true
	return m, settleIn(t, m, o)
}

// settleIn is settle in a given tenant.
func settleIn(t *testing.T, m *memory, o fleet.Options) *fleet.Fleet {
	t.Helper()
	f, err := fleet.Settle(m, o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestCompanyLooksLikeOne(t *testing.T) {
	m, _ := settle(t, fleet.Options{Now: monday()})
	devices := m.devices()
	if len(devices) != 240 {
		t.Errorf("%d devices, want 240", len(devices))
	}
	count := map[string]int{}
	scripts := map[string]bool{}
	var hidden, nameless int
	for id, doc := range m.objects {
		name, _ := doc["name"].(string)
		for script, table := range map[string]*unicode.RangeTable{
			"Latin": unicode.Latin, "Cyrillic": unicode.Cyrillic, "Greek": unicode.Greek, "Han": unicode.Han, "Katakana": unicode.Katakana, "Arabic": unicode.Arabic, "emoji": unicode.So,
		} {
			if strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(table, r) }) {
				scripts[script] = true
			}
		}
		kind, _ := doc["type"].(string)
		count[kind]++
		for key := range doc {
			count[key]++
		}
		if status, ok := doc["c8y_Availability"].(map[string]any); ok {
			count[status["status"].(string)]++
		}
		if _, firmware := doc["c8y_Firmware"]; !firmware && slices.Contains(devices, id) {
			count["no firmware"]++
		}
		_, device := doc["c8y_IsDevice"]
		if slices.Contains(devices, id) && !device {
			hidden++
		}
		if slices.Contains(devices, id) && name == "" {
			nameless++
		}
		if slices.Contains(devices, id) && len(m.parents[id]) == 0 {
			t.Errorf("%s %q hangs nowhere", id, name)
		}
	}
	if len(scripts) != 7 {
		t.Errorf("names in %v only", scripts)
	}
	for what, least := range map[string]int{
		"c8y_DeviceGroup": 6, "c8y_DeviceSubGroup": 20, "c8y_DynamicGroup": 3, "c8y_Service": 40, "com_cumulocity_model_Agent": 50,
		"c8y_SoftwareList": 20, "c8y_Mobile": 20, "c8y_Network": 10, "c8y_Position": 50, "c8y_Notes": 5, "c8y_Configuration": 10, "c8y_SupportedLogs": 10,
		"AVAILABLE": 180, "UNAVAILABLE": 5, "MAINTENANCE": 3, "no firmware": 10,
	} {
		if count[what] < least {
			t.Errorf("%d × %s, want at least %d", count[what], what, least)
		}
	}
	if hidden != 1 || nameless != 1 {
		t.Errorf("%d devices without c8y_IsDevice and %d without a name, want one of each", hidden, nameless)
	}
	if t.Logf("types and fragments: %v", count); len(m.broken) > 0 {
		t.Error(m.broken)
	}
}

func TestIdentities(t *testing.T) {
	m, _ := settle(t, fleet.Options{Now: monday(), Devices: 1000, Past: -1}) // the memory refuses what is taken
	for _, id := range m.devices() {
		found := false
		for key, object := range m.identities {
			found = found || object == id && strings.HasPrefix(key, "c8y_Serial ")
		}
		if !found {
			t.Errorf("device %s has no serial number", id)
		}
	}
}

func TestGroupsHoldDevicesAsAssets(t *testing.T) {
	m, _ := settle(t, fleet.Options{Now: monday(), Past: -1})
	mistakes := 0
	for child, parents := range m.parents {
		for _, p := range parents {
			relation, parent, _ := strings.Cut(p, " ")
			_, group := m.objects[parent]["c8y_IsDeviceGroup"]
			switch kind := m.objects[child]["type"]; {
			case group && relation == fleet.ChildDevices:
				mistakes++
			case group && relation != fleet.ChildAssets, !group && kind == "c8y_Service" && relation != fleet.ChildAdditions,
				!group && kind != "c8y_Service" && relation != fleet.ChildDevices:
				t.Errorf("%v is among the %s of %v", m.objects[child]["name"], relation, m.objects[parent]["name"])
			}
		}
	}
	if mistakes != 1 {
		t.Errorf("%d devices are childDevices of a group, want the one known mistake", mistakes)
	}
}

func TestPastHasEverything(t *testing.T) {
	m, _ := settle(t, fleet.Options{Now: monday()})
	count := map[string]int{}
	for _, a := range m.alarms {
		count[a["severity"].(string)]++
		count[a["status"].(string)]++
		if n := a["count"].(float64); n > 1 {
			count["repeated"]++
			if a["firstOccurrenceTime"].(string) > a["time"].(string) {
				t.Errorf("first occurrence after the last: %v", a)
			}
		}
		if a["time"].(string) > "2026-11-23T09:30:00.000Z" || a["time"].(string) < a["creationTime"].(string) {
			t.Errorf("out of time: %v", a)
		}
	}
	for _, op := range m.operations {
		count["operation "+op["status"].(string)]++
		if reason, failed := op["failureReason"]; failed != (op["status"] == "FAILED") || failed && reason == "" {
			t.Errorf("failureReason does not fit: %v", op)
		}
	}
	for _, e := range m.events {
		count[e["type"].(string)]++
	}
	for what, least := range map[string]int{
		"CRITICAL": 3, "MAJOR": 8, "MINOR": 8, "WARNING": 8, "ACTIVE": 12, "ACKNOWLEDGED": 5, "CLEARED": 25, "repeated": 20,
		"operation SUCCESSFUL": 25, "operation FAILED": 4, "operation PENDING": 4, "operation EXECUTING": 1,
		"c8y_LocationUpdate": 100, "c8y_UserLogin": 5, "hv_DoorOpened": 100,
	} {
		if count[what] < least {
			t.Errorf("%d × %s, want at least %d", count[what], what, least)
		}
	}
	t.Logf("%v", count)
	measured, silent := 0, 0
	for _, id := range m.devices() {
		if measured += m.measured[id]; m.measured[id] == 0 {
			silent++
		}
	}
	t.Logf("%d measurements, %d devices have none, %d alarms, %d events, %d operations", measured, silent, len(m.alarms), len(m.events), len(m.operations))
	if measured < 20_000 || measured > 40_000 {
		t.Errorf("%d measurements, want 20,000 to 40,000", measured)
	}
	if silent < 5 || silent > 60 {
		t.Errorf("%d devices never measured, want some, not many", silent)
	}
}

func TestSameSeedSameCompany(t *testing.T) {
	o := fleet.Options{Now: monday(), Devices: 60, Seed: 7, Past: 3 * time.Hour}
	a, b := newMemory(), newMemory()
	settleIn(t, a, o)
	settleIn(t, b, o)
	if !slices.Equal(a.diary, b.diary) {
		t.Error("the same seed settles differently")
	}
	o.Seed = 8
	if c, _ := settle(t, o); slices.Equal(a.diary, c.diary) {
		t.Error("another seed settles alike")
	}
}

// A tenant that takes bulk gets the same company.
func TestBulkIsTheSame(t *testing.T) {
	o := fleet.Options{Now: monday(), Devices: 150, Past: 3 * time.Hour}
	single, loaded := newMemory(), newMemory()
	settleIn(t, single, o)
	if _, err := fleet.Settle(bulk{loaded}, o); err != nil {
		t.Fatal(err)
	}
	sorted := func(m *memory) []string {
		return slices.Sorted(slices.Values(m.diary))
	}
	a, b := sorted(single), sorted(loaded)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("one by one: %s\nin bulk:    %s", a[i], b[i])
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d acts one by one, %d in bulk", len(a), len(b))
	}
}

func TestAnySize(t *testing.T) {
	for _, n := range []int{1, 2, 7, 11, 50, 999} {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			if m, _ := settle(t, fleet.Options{Devices: n, Now: monday(), Past: time.Hour}); len(m.devices()) != n {
				t.Errorf("%d devices", len(m.devices()))
			}
		})
	}
}
