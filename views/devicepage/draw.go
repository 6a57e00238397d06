package devicepage

import (
	"strings"
	"time"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/fields"
	"c8yx/ui/text"
	"c8yx/views/fault"
)

// The columns of the overview: how wide one is at least, how much is between
// two, and how many there are at most.
const (
	columnLeast = 46
	columnGap   = 3
	columnsMost = 4
)

// sheet is the overview as it was drawn last.
type sheet struct {
	theme   *theme.Theme
	version uint64
	width   int
	lines   []string

	// The whole pane, and for what it was drawn.
	height, offset, at int
	inner              string
	whole              string
}

// Render draws the head, the tabs and the tab that is shown.
func (v *View) Render(th *theme.Theme) string {
	s := &v.drawn
	inner := ""
	if view := v.embedded(); view != nil {
		inner = view.Render(th)
	}
	fresh := s.theme == th && s.version == v.version && s.width == v.width
	if fresh && s.height == v.height && s.offset == v.offset && s.at == v.at && s.inner == inner && s.whole != "" {
		return s.whole
	}
	if !fresh {
		s.theme, s.version, s.width = th, v.version, v.width
		s.lines = nil
		if v.embedded() == nil && v.facts.object != nil {
			s.lines = columns(th, v.facts.blocks(time.Now()), v.width-2)
		}
	}
	v.scroll(0)
	s.height, s.offset, s.at, s.inner = v.height, v.offset, v.at, inner
	var b strings.Builder
	b.WriteString(v.drawHead(th))
	b.WriteByte('\n')
	b.WriteString(v.drawTabs(th))
	if v.headLines() > 2 {
		b.WriteByte('\n')
		b.WriteString(th.Render(theme.Faint, strings.Repeat("─", v.width)))
	}
	b.WriteByte('\n')
	if inner != "" {
		b.WriteString(inner)
	} else {
		b.WriteString(v.drawOverview(th))
	}
	s.whole = b.String()
	return s.whole
}

// drawHead draws what one wants to know of a device wherever one is in its
// page.
func (v *View) drawHead(th *theme.Theme) string {
	var b strings.Builder
	b.WriteByte(' ')
	say := func(role theme.Role, s text.Safe) {
		if s != "" {
			b.WriteString(th.Render(role, string(s)))
			b.WriteString("  ")
		}
	}
	if v.facts.object != nil && v.facts.object.Name == "" {
		say(theme.Muted, "without a name")
	} else {
		say(theme.Strong, text.Clean(v.tenant.Name(v.id)))
	}
	if d := v.facts.device; d != nil {
		switch {
		case v.facts.gone:
			say(theme.Critical, "deleted")
		case v.facts.kind() == device:
			status := d.Status()
			say(status.Role, status.Text)
		default:
			say(theme.Accent, v.facts.kind().text())
		}
		alarms := d.Alarms.Cell()
		say(alarms.Role, alarms.Text)
		say(theme.Muted, text.Clean(d.Type))
		if !d.LastMessage.IsZero() {
			say(theme.Muted, "heard "+text.Age(time.Since(d.LastMessage.Time())))
		}
		say(theme.Faint, "id "+text.Clean(v.id))
	}
	return ui.Fit(b.String(), v.width)
}

func (k kind) text() text.Safe {
	switch k {
	case group:
		return "group"
	case smartGroup:
		return "smart group"
	case file:
		return "file"
	case service:
		return "service"
	case other:
		return "no device"
	}
	return "device"
}

// drawOverview draws the lines of the overview that are in sight, or why there
// are none.
func (v *View) drawOverview(th *theme.Theme) string {
	height := v.pageHeight()
	switch f := &v.facts; {
	case v.failure[v.at] != nil:
		return ui.Notice(th, theme.Critical, text.Clean(v.failure[v.at].Error()), v.width, height)
	case f.object == nil && f.err != nil:
		return ui.Notice(th, theme.Critical, fault.Explain(f.err), v.width, height)
	case f.object == nil:
		return ui.Notice(th, theme.Busy, "Reading the device …", v.width, height)
	}
	var b strings.Builder
	for row := range height {
		if row > 0 {
			b.WriteByte('\n')
		}
		line := ""
		if i := v.offset + row; i < len(v.drawn.lines) {
			line = " " + v.drawn.lines[i]
		}
		b.WriteString(ui.Fit(line, v.width))
	}
	return b.String()
}

// scroll moves the overview by a number of lines.
func (v *View) scroll(by int) {
	v.offset = max(0, min(v.offset+by, len(v.drawn.lines)-v.pageHeight()))
}

// columns lays blocks out in as many columns as there is room for. Each goes to
// the column that is shortest so far, so that the first ones are at the top.
func columns(th *theme.Theme, blocks []block, width int) []string {
	count := max(1, min((width+columnGap)/(columnLeast+columnGap), columnsMost, len(blocks)))
	each := (width - (count-1)*columnGap) / count
	stacks := make([][]string, count)
	for _, b := range blocks {
		shortest := 0
		for i := range stacks {
			if len(stacks[i]) < len(stacks[shortest]) {
				shortest = i
			}
		}
		if len(stacks[shortest]) > 0 {
			stacks[shortest] = append(stacks[shortest], "")
		}
		list := append([]fields.Field{{Label: b.title}}, b.fields...)
		stacks[shortest] = append(stacks[shortest], fields.Lines(th, list, each)...)
	}
	height := 0
	for _, stack := range stacks {
		height = max(height, len(stack))
	}
	lines := make([]string, height)
	gap := strings.Repeat(" ", columnGap)
	for row := range lines {
		var b strings.Builder
		for i, stack := range stacks {
			if i > 0 {
				b.WriteString(gap)
			}
			cell := ""
			if row < len(stack) {
				cell = stack[row]
			}
			b.WriteString(ui.Fit(cell, each))
		}
		lines[row] = b.String()
	}
	return lines
}
