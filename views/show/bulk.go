package show

import (
	"cmp"
	"strings"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
)

// GeneralStatus is the status of a bulk operation in words: what its devices say, where the tenant
// tells that, else its own.
func GeneralStatus(b *c8yclient.BulkOperation) string {
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
	case strings.Contains(words, "scheduled"), strings.Contains(words, "pending"):
		role = theme.Idle
	}
	return table.Cell{Text: text.Clean(words), Role: role}
}
