package edit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/write"
)

// Shown draws a request: its method and path, and its body with secrets blanked.
func Shown(th *theme.Theme, r write.Request, width int) []string {
	role := theme.Accent
	if r.Method == "DELETE" {
		role = theme.Critical
	}
	lines := []string{ansi.Truncate(th.Render(role, r.Method)+" "+th.Render(theme.Strong, string(text.Clean(r.Path))), width, "…")}
	return append(lines, indented(th, r.Shown(), width)...)
}

// indented draws a JSON document, cut where it does not fit.
func indented(th *theme.Theme, document jsontext.Value, width int) []string {
	if document == nil {
		return nil
	}
	pretty := document.Clone()
	if pretty.Indent(jsontext.WithIndent("  ")) != nil {
		pretty = document
	}
	const most = 200
	var lines []string
	for line := range strings.SplitSeq(string(pretty), "\n") {
		if len(lines) == most {
			return append(lines, th.Render(theme.Muted, "  …"))
		}
		inset := len(line) - len(strings.TrimLeft(line, " "))
		cut := ansi.Truncate(string(text.Clean(line[inset:])), max(1, width-inset-2), "…")
		lines = append(lines, strings.Repeat(" ", inset+2)+th.Render(theme.Value, cut))
	}
	return lines
}
