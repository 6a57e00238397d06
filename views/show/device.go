package show

import (
	"cmp"
	"strings"
	"time"
	"unique"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
)

// Device is what views keep of a device: a hundred thousand of them stay small,
// and nothing needs decoding while they are sorted and drawn.
type Device struct {
	ID, Name, Type, Owner string
	Serial, Model         string
	Firmware              string
	Availability          string // AVAILABLE, UNAVAILABLE, MAINTENANCE; "" if not monitored
	Connection            string // CONNECTED, DISCONNECTED; "" if unknown
	LastMessage           Instant
	Created, Updated      Instant
	Alarms                AlarmCounts
	Interval              int32 // minutes within which it must send; 0 if not monitored
	IsDevice, IsAgent     bool
	// Fragments are those that the tenant sent, where somebody wants them; nil otherwise.
	Fragments jsontext.Value
	// Object is what the tenant sent, where somebody wants it; nil otherwise.
	Object *c8yclient.ManagedObject
}

// AlarmCounts counts the unresolved alarms of a device by severity.
type AlarmCounts struct {
	Critical int32 `json:"critical"`
	Major    int32 `json:"major"`
	Minor    int32 `json:"minor"`
	Warning  int32 `json:"warning"`
}

// Total counts all of them.
func (a AlarmCounts) Total() int { return int(a.Critical + a.Major + a.Minor + a.Warning) }

// Plus adds the counts up.
func (a AlarmCounts) Plus(b AlarmCounts) AlarmCounts {
	return AlarmCounts{a.Critical + b.Critical, a.Major + b.Major, a.Minor + b.Minor, a.Warning + b.Warning}
}

// Minus takes the counts of b away.
func (a AlarmCounts) Minus(b AlarmCounts) AlarmCounts {
	return AlarmCounts{a.Critical - b.Critical, a.Major - b.Major, a.Minor - b.Minor, a.Warning - b.Warning}
}

// Compare orders by the gravest severity first.
func (a AlarmCounts) Compare(b AlarmCounts) int {
	for _, pair := range [][2]int32{{a.Critical, b.Critical}, {a.Major, b.Major}, {a.Minor, b.Minor}, {a.Warning, b.Warning}} {
		if pair[0] != pair[1] {
			return cmp.Compare(pair[0], pair[1])
		}
	}
	return 0
}

// Cell shows the counts that are not zero, in the colour of the gravest.
func (a AlarmCounts) Cell() table.Cell {
	var b strings.Builder
	role := theme.Faint
	for _, s := range []struct {
		n    int32
		sign text.Safe
		role theme.Role
	}{{a.Critical, "●", theme.Critical}, {a.Major, "▲", theme.Major}, {a.Minor, "◆", theme.Minor}, {a.Warning, "■", theme.Warning}} {
		if s.n == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		} else {
			role = s.role
		}
		b.WriteString(string(text.Count(int(s.n))))
		b.WriteString(string(s.sign))
	}
	return table.Cell{Text: text.Clean(b.String()), Role: role}
}

// NewDevice takes from a managed object what lists show.
func NewDevice(m *c8yclient.ManagedObject) *Device {
	d := &Device{
		ID: m.ID, Name: m.Name, Type: m.Type, Owner: m.Owner,
		Created: InstantOf(m.CreationTime), Updated: InstantOf(m.LastUpdated),
	}
	for name, raw := range m.AllFragments() {
		switch name {
		case "c8y_IsDevice":
			d.IsDevice = true
		case "com_cumulocity_model_Agent":
			d.IsAgent = true
		case "c8y_ActiveAlarmsStatus":
			d.Alarms = decoded[AlarmCounts](raw)
		case "c8y_Availability":
			a := decoded[struct {
				Status      string    `json:"status"`
				LastMessage time.Time `json:"lastMessage"`
			}](raw)
			d.Availability, d.LastMessage = a.Status, InstantOf(a.LastMessage)
		case "c8y_RequiredAvailability":
			d.Interval = decoded[struct {
				ResponseInterval int32 `json:"responseInterval"`
			}](raw).ResponseInterval
		case "c8y_Connection":
			d.Connection = decoded[struct {
				Status string `json:"status"`
			}](raw).Status
		case "c8y_Hardware":
			h := decoded[struct {
				Model        string `json:"model"`
				SerialNumber string `json:"serialNumber"`
			}](raw)
			d.Model, d.Serial = h.Model, h.SerialNumber
		case "c8y_Firmware":
			f := decoded[struct {
				Name    string `json:"name"`
				Version string `json:"version"`
			}](raw)
			d.Firmware = strings.TrimSpace(f.Name + " " + f.Version)
		}
	}
	for _, word := range []*string{&d.Type, &d.Availability, &d.Connection, &d.Model, &d.Firmware} {
		*word = unique.Make(*word).Value() // a fleet has few of them: each is kept once
	}
	return d
}

// decoded reads a fragment; one that does not fit counts as absent.
func decoded[T any](raw jsontext.Value) T {
	value, err := c8yclient.DecodeDocument[T](raw)
	if err != nil || value == nil {
		var zero T
		return zero
	}
	return *value
}

// Status shows availability and connection together: what a user wants to
// know is whether the device is there.
func (d *Device) Status() table.Cell {
	switch d.Availability {
	case "AVAILABLE":
		return table.Cell{Text: "available", Role: theme.Good}
	case "UNAVAILABLE":
		return table.Cell{Text: "unavailable", Role: theme.Critical}
	case "MAINTENANCE":
		return table.Cell{Text: "maintenance", Role: theme.Busy}
	}
	switch d.Connection {
	case "CONNECTED":
		return table.Cell{Text: "connected", Role: theme.Good}
	case "DISCONNECTED":
		return table.Cell{Text: "disconnected", Role: theme.Minor}
	}
	return table.Cell{Text: "not monitored", Role: theme.Faint}
}
