package fields

import (
	"strings"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
)

// The widths from which a pane stands beside a list or a tree, and of the pane.
const (
	WideEnough = 110
	paneLeast  = 36
	paneMost   = 56
)

// PaneWidth returns how wide a pane is beside something in that many cells, 0
// if there is no room for both.
func PaneWidth(width int) int {
	if width < WideEnough {
		return 0
	}
	return max(paneLeast, min(paneMost, width*35/100))
}

// Pane draws the fields of one thing behind a rule. It draws again only when
// the thing, its data or the size is another. The zero Pane is ready to use.
type Pane struct {
	width, height int
	theme         *theme.Theme
	version       uint64
	id            string
	drawn         string
}

// Width returns the width of the pane in cells, 0 if it is not there.
func (p *Pane) Width() int { return p.width }

// Resize sets the size in cells, the rule included.
func (p *Pane) Resize(width, height int) {
	if width != p.width || height != p.height {
		p.width, p.height, p.theme = width, height, nil
	}
}

// Draw returns the pane as height lines of width cells. describe is asked for
// title and content if it must be drawn: if the id or the version of its data is
// another than the last time.
func (p *Pane) Draw(th *theme.Theme, version uint64, id string, describe func() (text.Safe, []Field)) string {
	if p.theme == th && p.version == version && p.id == id {
		return p.drawn
	}
	p.theme, p.version, p.id = th, version, id
	title, list := describe()
	inside := p.width - 3
	lines := make([]string, 0, p.height)
	if title != "" {
		lines = append(lines, th.Render(theme.Strong, string(text.Fit(title, inside, text.Left))), "")
	}
	lines = append(lines, Lines(th, list, inside)...)
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

// Pair puts two columns of lines side by side and remembers the result. The
// zero Pair is ready to use.
type Pair struct{ left, right, both string }

// Join returns the lines of left, each followed by that of right.
func (j *Pair) Join(left, right string) string {
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
	*j = Pair{left, right, b.String()}
	return j.both
}
