package show

import (
	"cmp"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
)

// BulkPausedUntil is the start of bulk operations that are paused. The platform has no state for that: what waits for a day that nobody
// will live to see does not begin until somebody brings it forward.
func BulkPausedUntil() time.Time { return time.Date(2199, time.December, 31, 0, 0, 0, 0, time.UTC) }

// BulkPaused reports whether a bulk operation is paused.
func BulkPaused(b *c8yclient.BulkOperation) bool {
	return b.Status == c8yclient.BulkActive && !b.StartDate.Before(BulkPausedUntil())
}

// GeneralStatus is the status of a bulk operation in words: what its devices say, where the tenant
// tells that, else its own.
func GeneralStatus(b *c8yclient.BulkOperation) string {
	if BulkPaused(b) {
		return "paused"
	}
	return Lower(cmp.Or(string(b.GeneralStatus), string(b.Status)))
}

// BulkStatus shows the status of a bulk operation. The platform knows more words than it documents.
func BulkStatus(b *c8yclient.BulkOperation) table.Cell {
	words := GeneralStatus(b)
	role := theme.Busy
	switch {
	case strings.Contains(words, "fail"), strings.Contains(words, "error"):
		role = theme.Critical
	case strings.Contains(words, "success"):
		role = theme.Good
	case strings.Contains(words, "cancel"), strings.Contains(words, "deleted"):
		role = theme.Faint
	case words == "paused", strings.Contains(words, "scheduled"), strings.Contains(words, "pending"):
		role = theme.Idle
	}
	return table.Cell{Text: text.Clean(words), Role: role}
}
