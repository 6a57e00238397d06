package show

import (
	"strings"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
)

// AlarmStatus shows the status of an alarm.
func AlarmStatus(s c8yclient.AlarmStatus) table.Cell {
	switch s {
	case c8yclient.AlarmActive:
		return table.Cell{Text: "active", Role: theme.Strong}
	case c8yclient.AlarmAcknowledged:
		return table.Cell{Text: "acknowledged", Role: theme.Busy}
	case c8yclient.AlarmCleared:
		return table.Cell{Text: "cleared", Role: theme.Good}
	}
	return table.Cell{Text: text.Clean(strings.ToLower(string(s)))}
}

// OperationStatus shows the status of an operation with the sign that it has
// everywhere.
func OperationStatus(s c8yclient.OperationStatus) table.Cell {
	switch s {
	case c8yclient.OperationPending:
		return table.Cell{Text: "○ pending", Role: theme.Idle}
	case c8yclient.OperationExecuting:
		return table.Cell{Text: "◐ executing", Role: theme.Busy}
	case c8yclient.OperationSuccessful:
		return table.Cell{Text: "● successful", Role: theme.Good}
	case c8yclient.OperationFailed:
		return table.Cell{Text: "✗ failed", Role: theme.Critical}
	}
	return table.Cell{Text: text.Clean(strings.ToLower(string(s)))}
}

// OperationName names the operation by its first own fragment: that is what
// the device acts on.
func OperationName(o *c8yclient.Operation) string {
	for name := range o.AllFragments() {
		switch name {
		case "deviceExternalIDs", "com_cumulocity_model_WebCamDevice":
			continue
		}
		return name
	}
	return ""
}

// Severity shows a severity with the sign that it has everywhere.
func Severity(s c8yclient.Severity) table.Cell {
	switch s {
	case c8yclient.SeverityCritical:
		return table.Cell{Text: "● critical", Role: theme.Critical}
	case c8yclient.SeverityMajor:
		return table.Cell{Text: "▲ major", Role: theme.Major}
	case c8yclient.SeverityMinor:
		return table.Cell{Text: "◆ minor", Role: theme.Minor}
	case c8yclient.SeverityWarning:
		return table.Cell{Text: "■ warning", Role: theme.Warning}
	}
	return table.Cell{Text: text.Clean(strings.ToLower(string(s)))}
}

// Gravity orders severities, the gravest first.
func Gravity(s c8yclient.Severity) int {
	switch s {
	case c8yclient.SeverityCritical:
		return 0
	case c8yclient.SeverityMajor:
		return 1
	case c8yclient.SeverityMinor:
		return 2
	case c8yclient.SeverityWarning:
		return 3
	}
	return 4
}
