package fields

import (
	"c8yx/theme"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
)

// Card returns an overlay that says what a pane would: for terminals without room for one, and for
// what is too long for it. describe is asked again whenever it is drawn, so that it stays true while it is
// open. One more key closes it, such as the one that opened it; "" for none.
func Card(key text.Safe, describe func() (text.Safe, []Field)) *dialog.Notice {
	title, _ := describe()
	return &dialog.Notice{Title: title, Close: string(key), Lines: func(th *theme.Theme, width int) []string {
		_, list := describe()
		return append(append([]string{""}, Lines(th, list, width)...), "")
	}}
}
