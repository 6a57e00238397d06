package edit

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/theme"
	"c8yx/views/write"
)

// Shown draws a request: its method and path, and its body with secrets blanked.
func Shown(th *theme.Theme, r write.Request, width int) []string {
	role := theme.Accent
	if r.Method == "DELETE" {
		role = theme.Critical
	}
	target := broken(r.Method+" "+r.Path, width)
	lines := make([]string, len(target))
	for i, line := range target {
		if method := ""; i == 0 {
			method, line, _ = strings.Cut(line, " ")
			lines[i] = th.Render(role, method) + " "
		}
		lines[i] += th.Render(theme.Strong, line)
	}
	return append(lines, indented(th, r.Shown(), width)...)
}

// indented draws a JSON document, its values broken into lines where they do not fit.
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
		for _, part := range broken(line[inset:], width-inset-2) {
			lines = append(lines, strings.Repeat(" ", inset+2)+th.Render(theme.Value, part))
		}
	}
	return lines
}
