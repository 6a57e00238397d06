package edit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/write"
)

// Differences draws what differs between two documents: the path of each value, below it as it was
// and as it will be, the first few hundred of them.
func Differences(th *theme.Theme, list []write.Difference, width int) []string {
	const most = 200
	rest := max(0, len(list)-most)
	var lines []string
	say := func(role theme.Role, sign string, value []byte) {
		if value == nil {
			return
		}
		for _, line := range broken(string(value), width-4) {
			lines = append(lines, "  "+th.Render(role, sign+" "+line))
			sign = " "
		}
	}
	for _, d := range list[:len(list)-rest] {
		path := d.Path
		if path == "" {
			path = "the document"
		}
		lines = append(lines, ansi.Truncate(th.Render(theme.Strong, string(text.Clean(path))), width, "…"))
		say(theme.Critical, "-", d.Before)
		say(theme.Good, "+", d.After)
	}
	if lines == nil {
		return []string{th.Render(theme.Muted, "nothing differs")}
	}
	if rest > 0 {
		lines = append(lines, th.Render(theme.Muted, "… and "+string(text.Count(rest))+" more"))
	}
	return lines
}

// paths lists the members that differ, for a sentence.
func paths(list []write.Difference) text.Safe {
	const most = 3
	var named []string
	for _, d := range list {
		name, _, _ := strings.Cut(d.Path, ".")
		name, _, _ = strings.Cut(name, "[")
		if len(named) == 0 || named[len(named)-1] != name {
			named = append(named, name)
		}
	}
	if len(named) > most {
		return text.Clean(strings.Join(named[:most], ", ")) + " and " + text.Count(len(named)-most) + " more"
	}
	return text.Clean(strings.Join(named, ", "))
}
