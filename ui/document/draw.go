package document

import (
	"strings"

	"c8yx/theme"
	"c8yx/ui/text"
)

// piece is a part of a line with one meaning.
type piece struct {
	text  text.Safe
	width int
	role  theme.Role
}

// laid is a line ready for drawing: cleaned, measured, coloured by meaning.
type laid struct {
	pieces []piece
	width  int
	breaks []int // the cell at which each of its screen lines begins
	hang   int   // how far those after the first are indented
}

// match returns the cells of the first match on the line.
func (l laid) match() (from, to int, ok bool) {
	for _, p := range l.pieces {
		if p.role == theme.Match {
			return from, from + p.width, true
		}
		from += p.width
	}
	return 0, 0, false
}

// gutter returns the cells left of the document: the cursor's bar and the mark
// of a container.
func (v *Viewer) gutter() int {
	if v.width < 8 {
		return 0
	}
	return 2
}

// maxLaid bounds what is kept of lines that were on screen.
const maxLaid = 1024

// lay makes a line ready for drawing.
func (v *Viewer) lay(i int32) laid {
	if l, ok := v.laid[i]; ok {
		return l
	}
	if len(v.laid) >= maxLaid {
		clear(v.laid)
	}
	l := laid{pieces: v.pieces(i)}
	for n := range l.pieces {
		l.pieces[n].width = text.Width(l.pieces[n].text)
		l.width += l.pieces[n].width
	}
	l.breaks, l.hang = []int{0}, 0
	if v.wrap {
		l.split(v.width-v.gutter(), l.pieces[0].width+2)
	}
	v.laid[i] = l
	return l
}

// split breaks a line that is wider than the room; what follows the first part
// is indented by hang. A wide character goes to the next part as a whole.
func (l *laid) split(room, hang int) {
	if room < 1 || l.width <= room {
		return
	}
	l.hang = min(hang, room/2)
	var all text.Safe
	for _, p := range l.pieces {
		all += p.text
	}
	narrow := len(all) == l.width
	for at := room; at < l.width; at += max(1, room-l.hang) {
		if !narrow && at-l.breaks[len(l.breaks)-1] > 1 &&
			text.Cut(all, at-1, 1) == " " && !strings.HasPrefix(string(text.Cut(all, at-1, 2)), " ") {
			at--
		}
		l.breaks = append(l.breaks, at)
	}
}

// indent returns the blanks before a line. Deep lines are indented no further
// than half of the screen and say how deep they are instead.
func (v *Viewer) indent(depth int32) piece {
	most := max(0, (v.width-v.gutter())/2)
	if int(depth)*2 <= most {
		return piece{text: blanks(int(depth) * 2), role: theme.Text}
	}
	return piece{text: blanks(most-8) + text.Count(int(depth)) + "› ", role: theme.Faint}
}

// blanks returns n spaces.
func blanks(n int) text.Safe {
	return text.Fit("", n, text.Left)
}

// pieces takes a line apart by meaning. The first piece is the indentation.
func (v *Viewer) pieces(i int32) []piece {
	l := &v.doc.lines[i]
	out := make([]piece, 0, 8)
	out = append(out, v.indent(l.depth))
	if !l.key.empty() {
		out = v.marked(out, v.doc.span(l.key), theme.Fragment)
		out = append(out, piece{text: ": ", role: theme.Muted})
	}
	if l.kind <= array {
		return v.opening(out, i)
	}
	link, followed := v.link(i)
	role := theme.Muted
	switch {
	case followed:
		role = theme.Link
	case l.kind == str:
		role = theme.Value
	case l.kind == number:
		role = theme.Number
	case l.kind == keyword:
		role = theme.Keyword
	case l.kind == plain:
		role = theme.Text
	}
	value := v.doc.span(l.value)
	out = v.marked(out, value, role)
	if l.comma {
		out = append(out, piece{text: ",", role: theme.Muted})
	}
	if len(value) > text.MaxBytes {
		out = append(out, piece{text: " " + text.Count(len(value)) + " bytes", role: theme.Muted})
	}
	if followed && link.Label != "" {
		out = append(out, piece{text: " → " + link.Label, role: theme.Muted})
	}
	return out
}

// opening appends the beginning of a container, and if it is folded what is in
// it.
func (v *Viewer) opening(out []piece, i int32) []piece {
	l := &v.doc.lines[i]
	begin, end, one, many := text.Safe("{"), text.Safe("}"), text.Safe(" key "), text.Safe(" keys ")
	if l.kind == array {
		begin, end, one, many = "[", "]", " item ", " items "
	}
	if !v.folded(i) {
		return append(out, piece{text: begin, role: theme.Muted})
	}
	unit := many
	if l.items == 1 {
		unit = one
	}
	if v.doc.lines[l.mate].comma {
		end += ","
	}
	return append(out,
		piece{text: begin + " … ", role: theme.Muted},
		piece{text: text.Count(int(l.items)) + unit, role: theme.Idle},
		piece{text: end, role: theme.Muted})
}

// marked appends cleaned bytes of the document, with the places where the
// search found something in a role of their own.
func (v *Viewer) marked(out []piece, b []byte, role theme.Role) []piece {
	s := text.Clean(string(b[:min(len(b), text.MaxBytes+1)]))
	at := 0
	if v.search.query != "" {
		for _, r := range text.AppendMatches(nil, s, v.search.query) {
			out = append(out, piece{text: s[at:r.Start], role: role}, piece{text: s[r.Start:r.End], role: theme.Match})
			at = r.End
		}
	}
	return append(out, piece{text: s[at:], role: role})
}

// Render returns the document in exactly height lines of exactly width cells.
// Nothing changed gives the same string again.
func (v *Viewer) Render(th *theme.Theme) string {
	if v.current && v.themed == th {
		return v.drawn
	}
	v.themed, v.current, v.widest = th, true, 0
	v.screen = v.screen[:0]
	v.frame.Reset(v.width)
	if v.doc.problem != nil && v.height > 0 {
		v.screen = append(v.screen, spot{row: -1})
		v.frame.Line("")
		v.frame.Write(th.SGR(theme.Warning), text.Clean(v.doc.problem.Error()))
	}
	row, sub := v.top, v.skip
	for len(v.screen) < v.height {
		if row >= len(v.rows) {
			v.screen = append(v.screen, spot{row: -1})
			v.frame.Line("")
			continue
		}
		v.screen = append(v.screen, spot{row, sub})
		l := v.lay(v.rows[row])
		v.widest = max(v.widest, l.width)
		v.drawLine(v.rows[row], l, sub)
		if sub++; sub >= len(l.breaks) {
			row, sub = row+1, 0
		}
	}
	v.drawn = v.frame.String()
	return v.drawn
}

// drawLine draws one screen line.
func (v *Viewer) drawLine(i int32, l laid, sub int) {
	f, style := &v.frame, v.themed.SGR
	if i == v.cursor && !v.unfocused {
		style = v.themed.CursorSGR
		f.Line(style(theme.Text))
	} else {
		f.Line("")
	}
	if v.gutter() > 0 {
		switch {
		case i != v.cursor:
			f.Blank(1)
		case v.unfocused:
			f.Write(style(theme.Faint), "▌")
		default:
			f.Write(style(theme.Accent), "▌")
		}
		switch {
		case sub > 0 || !v.doc.container(i):
			f.Blank(1)
		case v.folded(i):
			f.Write(style(theme.Muted), "▸")
		default:
			f.Write(style(theme.Muted), "▾")
		}
	}
	if sub > 0 {
		f.Blank(l.hang)
	}
	from, to := l.breaks[sub], l.width
	if sub+1 < len(l.breaks) {
		to = l.breaks[sub+1]
	}
	if v.wrap {
		writeCells(f, style, l.pieces, from, to)
		return
	}
	from = v.left
	if to-from <= f.Room() {
		writeCells(f, style, l.pieces, from, to)
		return
	}
	writeCells(f, style, l.pieces, from, from+f.Room()-1)
	f.Blank(f.Room() - 1) // a wide character that did not fit
	f.Write(style(theme.Faint), text.Ellipsis)
}

// writeCells draws the cells of a line from one up to but not including
// another.
func writeCells(f *text.Frame, style func(theme.Role) string, pieces []piece, from, to int) {
	at := 0
	for _, p := range pieces {
		if at >= to {
			return
		}
		skip := max(0, from-at)
		if skip == 0 && at+p.width <= to {
			f.Write(style(p.role), p.text)
		} else if skip < p.width {
			f.Write(style(p.role), text.Cut(p.text, skip, min(p.width, to-at)-skip))
		}
		at += p.width
	}
}
