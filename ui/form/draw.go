package form

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/box"
	"c8yx/ui/text"
)

// maxPicks is how many completions are shown at once.
const maxPicks = 6

// Render draws the form: as many of its lines as there is room for, with the
// field in focus among them, and below them what went wrong and the buttons.
func (f *Form) Render(th *theme.Theme, screen, height int) []string {
	if f.asking != nil {
		return f.asking.Render(th, screen, height)
	}
	w := max(10, min(76, screen-8))
	if f.options.Wide {
		w = max(10, screen-8)
	}
	role := theme.Accent
	if f.options.Danger {
		role = theme.Critical
	}
	p := &page{th: th, width: w, from: -1}
	f.drawBody(p, max(1, height-6))
	foot := f.drawFoot(p, height)

	room := max(1, height-2-len(foot.lines))
	f.drawPicture(p, room)
	f.scroll(p, room)
	last := min(len(p.lines), f.top+room)
	lines := append(p.lines[f.top:last:last], foot.lines...)
	f.rows = append([]int{-1}, p.rows[f.top:last]...)
	f.rows = append(f.rows, foot.rows...)
	if f.top > 0 {
		lines[0] = th.Render(theme.Faint, "↑ more")
	}
	if last < len(p.lines) {
		lines[room-1] = th.Render(theme.Faint, "↓ more")
	}
	return box.Draw(th, role, string(f.options.Title), f.hint(), lines, w)
}

// page is lines that are being drawn, each with the field or button on it.
type page struct {
	th       *theme.Theme
	width    int
	lines    []string
	rows     []int
	from, to int // the lines of the field in focus
}

func (p *page) add(row int, line string) {
	p.lines = append(p.lines, line)
	p.rows = append(p.rows, row)
}

// say adds a text in as many lines as it takes.
func (p *page) say(row int, role theme.Role, indent int, s text.Safe) {
	for _, l := range text.Wrap(s, p.width-indent) {
		p.add(row, strings.Repeat(" ", indent)+p.th.Render(role, string(l)))
	}
}

// drawPicture puts the picture above everything else if all of it fits.
func (f *Form) drawPicture(p *page, room int) {
	if f.options.Picture == nil {
		return
	}
	picture := f.options.Picture(p.th, p.width)
	if len(picture)+1+len(p.lines) > room {
		return
	}
	above := &page{}
	for _, l := range picture {
		left := max(0, (p.width-ansi.StringWidth(l))/2)
		above.add(-1, strings.Repeat(" ", left)+l)
	}
	above.add(-1, "")
	p.lines, p.rows = append(above.lines, p.lines...), append(above.rows, p.rows...)
	p.from, p.to = p.from+len(above.lines), p.to+len(above.lines)
}

// labelWidth returns how wide the column of labels is.
func (f *Form) labelWidth(values Values, width int) int {
	widest := 4
	for _, fl := range f.fields {
		if values.Has(fl.Name) {
			widest = max(widest, text.Width(fl.Label))
		}
	}
	return min(widest, width/3)
}

func (f *Form) drawBody(p *page, height int) {
	for _, paragraph := range f.options.Intro {
		p.say(-1, theme.Text, 0, paragraph)
	}
	if len(f.options.Intro) > 0 {
		p.add(-1, "")
	}
	values := f.Values()
	label := f.labelWidth(values, p.width)
	for i, fl := range f.fields {
		if !values.Has(fl.Name) {
			continue
		}
		if i == f.at {
			p.from = len(p.lines)
		}
		f.drawField(p, i, label, height)
		if i == f.at {
			p.to = len(p.lines)
		}
	}
}

// drawField draws the label, the value, and below it what there is to say.
func (f *Form) drawField(p *page, i, label, height int) {
	fl, focused := f.fields[i], i == f.at && f.busy == ""
	bar, role := "  ", theme.Muted
	if focused {
		bar, role = p.th.Render(theme.Accent, "▌ "), theme.Strong
	}
	indent := label + 4
	for j, l := range fl.entry.draw(p.th, p.width-indent, height, focused) {
		name := text.Safe("")
		if j == 0 {
			name = fl.Label
		}
		p.add(i, bar+p.th.Render(role, string(text.Fit(name, label, text.Left)))+"  "+l)
	}
	wrong := fl.wrong()
	switch {
	case wrong != "" && (fl.touched || fl.refused != ""):
		p.say(i, theme.Critical, indent, wrong)
	case wrong != "" && focused && fl.entry.value() != "":
		p.say(i, theme.Muted, indent, wrong) // still being typed
	default:
		if n, ok := fl.entry.(noter); ok && n.note() != "" {
			p.say(i, theme.Muted, indent, n.note())
		}
	}
	if !focused {
		return
	}
	if fl.Note != "" {
		p.say(i, theme.Faint, indent, fl.Note)
	}
	f.drawPicks(p, i, indent)
}

// drawPicks draws the completions around the one under the cursor.
func (f *Form) drawPicks(p *page, i, indent int) {
	all := f.choices()
	first := max(0, min(f.pick-maxPicks/2, len(all)-maxPicks))
	for j := first; j < min(len(all), first+maxPicks); j++ {
		line := string(text.Clean(all[j]))
		if over := ansi.StringWidth(line) - (p.width - indent - 2); over > 0 {
			line = ansi.TruncateLeft(line, over+1, "…") // the end is where they differ
		}
		if j == f.pick {
			line = caret(p.th, line)
		} else {
			line = p.th.Render(theme.Muted, line)
		}
		p.add(i, strings.Repeat(" ", indent)+"› "+line)
	}
}

// drawFoot draws what stays in sight: what went wrong or is under way, and the
// buttons.
func (f *Form) drawFoot(p *page, height int) *page {
	foot := &page{th: p.th, width: p.width}
	switch {
	case f.busy != "":
		foot.say(-1, theme.Busy, 0, f.busy)
	case f.told != "":
		foot.say(-1, theme.Good, 0, f.told)
	case f.failure != "":
		foot.say(-1, theme.Critical, 0, f.failure)
		if most := max(1, height/3); len(foot.lines) > most {
			foot.lines, foot.rows = foot.lines[:most], foot.rows[:most]
			foot.lines[most-1] = p.th.Render(theme.Critical, "…")
		}
	default:
		foot.add(-1, "")
	}
	for i, b := range f.buttons {
		at := len(f.fields) + i
		foot.add(at, f.drawButton(p.th, b, at))
	}
	return foot
}

func (f *Form) drawButton(th *theme.Theme, b Button, at int) string {
	label := " " + string(b.Title) + " "
	role := theme.Accent
	if f.options.Danger && at == len(f.fields) {
		role = theme.Critical
	}
	switch {
	case f.busy != "":
		label = th.Render(theme.Faint, label)
	case at == f.at:
		label = th.Style(role).Reverse(true).Render(label)
	default:
		label = th.Render(role, label)
	}
	if b.Key != "" {
		label += " " + th.Render(theme.Faint, b.Key)
	}
	return " " + label
}

// scroll brings the field in focus into the window.
func (f *Form) scroll(p *page, room int) {
	if f.at >= len(f.fields) {
		p.from, p.to = len(p.lines)-1, len(p.lines)
	}
	if p.from >= 0 {
		if p.to+1 > f.top+room {
			f.top = p.to + 1 - room
		}
		if p.from-1 < f.top {
			f.top = p.from - 1
		}
	}
	f.top = max(0, min(f.top, len(p.lines)-room))
}

// hint says which keys matter now.
func (f *Form) hint() string {
	switch {
	case f.busy != "" && f.options.Stop != nil:
		return "esc stop"
	case f.busy != "":
		return "esc cancel"
	}
	hint := "tab next · ctrl+s " + strings.ToLower(string(f.options.Submit)) + " · esc cancel"
	if f.pick >= 0 {
		hint = "enter take · ↓↑ choose · esc close the list"
	}
	if ansi.StringWidth(hint) > 60 {
		hint = "tab next · ctrl+s go on · esc cancel"
	}
	return hint
}
