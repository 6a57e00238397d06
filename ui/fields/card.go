package fields

import (
	"c8yx/theme"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
)

// Card returns an overlay that says what a pane would: for terminals without room for one, and for
// what is too long for it.
func Card(title text.Safe, list []Field) *dialog.Notice {
	return &dialog.Notice{Title: title, Lines: func(th *theme.Theme, width int) []string {
		return append(append([]string{""}, Lines(th, list, width)...), "")
	}}
}
