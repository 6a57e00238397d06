package fields

import (
	"c8yx/theme"
	"c8yx/ui/text"
)

// Field is a label and its value; without a value it is a heading.
type Field struct {
	Label text.Safe
	Value text.Safe
	Role  theme.Role // of the value
}

// labelWidth is the width of the labels before the values, with a blank.
const labelWidth = 13

// Lines draws the fields in lines of at most width cells; values wrap beside
// their labels. A heading that is not the first line has an empty one above it.
func Lines(th *theme.Theme, list []Field, width int) []string {
	lines := make([]string, 0, len(list))
	for _, f := range list {
		if f.Value == "" {
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, th.Render(theme.Accent, string(text.Fit(f.Label, min(width, text.Width(f.Label)), text.Left))))
			continue
		}
		lines = append(lines, f.lines(th, width)...)
	}
	return lines
}

// lines draws a field that has a value. A label that is too long for the column of labels stands whole before its value, or above it.
func (f Field) lines(th *theme.Theme, width int) []string {
	long := text.Width(f.Label) >= labelWidth
	if long && text.Width(f.Label)+2+text.Width(f.Value) <= width {
		return []string{th.Render(theme.Muted, string(f.Label)+"  ") + th.Render(f.Role, string(f.Value))}
	}
	values := text.Wrap(f.Value, max(8, width-labelWidth))
	lines := make([]string, 0, len(values)+1)
	label := f.Label
	if long {
		lines, label = append(lines, th.Render(theme.Muted, string(text.Fit(label, min(width, text.Width(label)), text.Left)))), ""
	}
	for _, value := range values {
		lines = append(lines, th.Render(theme.Muted, string(text.Fit(label, labelWidth-1, text.Left)+" "))+th.Render(f.Role, string(value)))
		label = ""
	}
	return lines
}
