package collection

import (
	"strings"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
)

// pane draws the details of one thing beside the list. It draws again only
// when the thing, its data or the size is another.
type pane struct {
	width, height int
	theme         *theme.Theme
	version       uint64
	id            string
	drawn         string
}

func (p *pane) resize(width, height int) {
	if width != p.width || height != p.height {
		p.width, p.height, p.theme = width, height, nil
	}
}

// draw returns the pane; describe is asked for its content if it must be drawn.
func (p *pane) draw(th *theme.Theme, version uint64, id string, describe func() (text.Safe, []Field)) string {
	if p.theme == th && p.version == version && p.id == id {
		return p.drawn
	}
	p.theme, p.version, p.id = th, version, id
	title, fields := describe()
	inside := p.width - 3
	lines := make([]string, 0, p.height)
	if title != "" {
		lines = append(lines, th.Render(theme.Strong, string(text.Fit(title, inside, text.Left))), "")
	}
	for _, f := range fields {
		lines = append(lines, fieldLines(th, f, inside)...)
	}
	var b strings.Builder
	for row := range p.height {
		if row > 0 {
			b.WriteByte('\n')
		}
		line := ""
		if row < len(lines) {
			line = lines[row]
		}
		b.WriteString(th.Render(theme.Faint, "│"))
		b.WriteByte(' ')
		b.WriteString(ui.Fit(line, inside))
		b.WriteByte(' ')
	}
	p.drawn = b.String()
	return p.drawn
}

// labelWidth is the width of the labels before the values.
const labelWidth = 13

// fieldLines draws a field: its value wraps beside the label.
func fieldLines(th *theme.Theme, f Field, width int) []string {
	if f.Value == "" {
		return []string{"", th.Render(theme.Accent, string(f.Label))}
	}
	values := text.Wrap(f.Value, max(8, width-labelWidth))
	lines := make([]string, len(values))
	for i, value := range values {
		label := text.Safe("")
		if i == 0 {
			label = f.Label
		}
		lines[i] = th.Render(theme.Muted, string(text.Fit(label, labelWidth, text.Left))) + th.Render(f.Role, string(value))
	}
	return lines
}

// joined puts two columns of lines side by side and remembers the result.
type joined struct{ left, right, both string }

func (j *joined) join(left, right string) string {
	if j.both != "" && j.left == left && j.right == right {
		return j.both
	}
	var b strings.Builder
	b.Grow(len(left) + len(right))
	l, r := left, right
	for more := true; more; {
		var ll, rl string
		ll, l, more = strings.Cut(l, "\n")
		rl, r, _ = strings.Cut(r, "\n")
		b.WriteString(ll)
		b.WriteString(rl)
		if more {
			b.WriteByte('\n')
		}
	}
	*j = joined{left, right, b.String()}
	return j.both
}
