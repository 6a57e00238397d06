package form

import (
	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/input"
	"c8yx/ui/text"
)

// Lines is text of several lines, such as a note or a JSON document, shown in a
// window of so many lines. Enter begins a new one; tab leaves the field.
func Lines(window int) Input { return linesInput{window} }

type linesInput struct{ window int }

func (l linesInput) open(f Field) entry {
	e := &linesEntry{area: input.NewArea(f.Placeholder), window: max(1, l.window)}
	e.set(f.Value)
	return e
}

type linesEntry struct {
	area   *input.Area
	window int
}

func (l *linesEntry) key(msg tea.KeyPressMsg) bool { return l.area.Key(msg) }
func (l *linesEntry) paste(s string)               { l.area.Paste(s) }
func (l *linesEntry) value() string                { return l.area.Value() }
func (l *linesEntry) set(s string)                 { l.area.SetValue(s) }
func (l *linesEntry) problem() text.Safe           { return "" }

func (l *linesEntry) draw(th *theme.Theme, width, height int, focused bool) []string {
	height = min(height, l.window)
	lines := l.area.Still(th, width-2, height)
	role := theme.Faint
	if focused {
		lines, role = l.area.Render(th, width-2, height), theme.Accent
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	for i := range lines {
		lines[i] = th.Render(role, "│ ") + lines[i]
	}
	return lines
}
