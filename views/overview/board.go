package overview

import (
	"slices"
	"strings"

	"c8yx/theme"
	"c8yx/ui/text"
)

// board lays the cards out in columns, knows where its figures are, and remembers
// its last rendering.
type board struct {
	width, height int
	stale         bool
	theme         *theme.Theme
	drawn         string
	frame         text.Frame

	columns []column
	figures []placed
	cursor  string // the key of the figure under the cursor
	at      placed // where that was when it was last there
	offset  int    // the first line that is seen
	tall    int    // lines of the longest column
}

// column is the cards above one another.
type column struct {
	x, width int
	lines    []line
}

// line is one line of a column: the title of a card, or a part of its content.
type line struct {
	title bool
	parts []part
}

// placed is a figure and where it is: the line, and the cells from..end of it.
type placed struct {
	*figure
	card         int // counted in the order of reading
	y, from, end int
}

const (
	margin = 1 // beside the cards
	gutter = 3 // between columns
	// pointer marks the figure under the cursor where there is no colour.
	pointer = "▌"
)

// compose lays out the cards anew if something changed.
func (v *View) compose() {
	b := &v.board
	if !b.stale {
		return
	}
	b.stale, b.theme = false, nil
	b.columns, b.figures, b.tall = b.columns[:0], b.figures[:0], 0
	x, n := margin, 0
	for _, cards := range v.arrangement() {
		made := make([]card, len(cards.makers))
		for i, maker := range cards.makers {
			made[i] = maker(cards.width)
		}
		c := column{x: x, width: cards.width, lines: stacked(made, b.height)}
		b.place(c, &n)
		b.columns = append(b.columns, c)
		b.tall = max(b.tall, len(c.lines))
		x += cards.width + gutter
	}
	b.find()
}

// stack is a column in the making.
type stack struct {
	width  int
	makers []func(width int) card
}

// arrangement returns which cards stand where, for the width of the pane.
func (v *View) arrangement() []stack {
	about := func(int) card { return v.aboutCard() }
	operations := func(int) card { return v.operationsCard() }
	devices := func(int) card { return v.talkersCard("LOUDEST DEVICES", "source", v.ranked().devices) }
	types := func(int) card { return v.talkersCard("MOST FREQUENT TYPES", "type", v.ranked().types) }
	usable := v.board.width - 2*margin
	switch {
	case v.board.width < 70:
		return []stack{{usable, []func(int) card{
			v.alarmsCard, v.urgentCard, v.devicesCard, operations, devices, types, v.activityCard, about,
		}}}
	case v.board.width < 112:
		left := min(38, (usable-gutter)/2)
		return []stack{
			{left, []func(int) card{v.alarmsCard, v.devicesCard, operations, v.activityCard}},
			{usable - gutter - left, []func(int) card{v.urgentCard, devices, types, about}},
		}
	case v.board.width < 180:
		side := min(44, (usable-2*gutter)*3/10)
		return []stack{
			{side, []func(int) card{v.alarmsCard, v.devicesCard, about}},
			{side, []func(int) card{operations, v.activityCard, types}},
			{usable - 2*gutter - 2*side, []func(int) card{v.urgentCard, devices}},
		}
	}
	side := 44
	most := (usable - 3*gutter - 2*side) * 55 / 100
	return []stack{
		{side, []func(int) card{v.alarmsCard, v.devicesCard}},
		{side, []func(int) card{operations, v.activityCard, about}},
		{most, []func(int) card{v.urgentCard}},
		{usable - 3*gutter - 2*side - most, []func(int) card{devices, types}},
	}
}

// fewest is how many lines of a flexible card are shown however little room there
// is.
const fewest = 3

// stacked puts cards above one another. Flexible cards share the room that the
// others leave; blank lines part the cards if there is room for them.
func stacked(cards []card, height int) []line {
	needed, wanted := 0, make([]int, len(cards))
	for i, c := range cards {
		wanted[i] = len(c.lines)
		if c.flexible {
			wanted[i] = min(fewest, len(c.lines))
		}
		needed += 1 + wanted[i]
	}
	gap := 0
	if needed+len(cards)-1 <= height {
		gap = 1
		needed += len(cards) - 1
	}
	for more := true; more && needed < height; {
		more = false
		for i, c := range cards {
			if wanted[i] < len(c.lines) && needed < height {
				wanted[i]++
				needed++
				more = true
			}
		}
	}
	var lines []line
	for i, c := range cards {
		if i > 0 && gap > 0 {
			lines = append(lines, line{})
		}
		lines = append(lines, line{title: true, parts: []part{{text: c.title}, c.note}})
		for _, parts := range c.lines[:wanted[i]] {
			lines = append(lines, line{parts: parts})
		}
	}
	return lines
}

// place notes where the figures of a column are.
func (b *board) place(c column, cards *int) {
	for y, l := range c.lines {
		if l.title {
			*cards++
			if note := l.parts[1]; note.figure != nil {
				end := c.x + c.width
				b.figures = append(b.figures, placed{note.figure, *cards, y, end - text.Width(note.text), end})
			}
			continue
		}
		x := c.x
		for i, w := range widths(l.parts, c.width) {
			f := l.parts[i].figure
			last := len(b.figures) - 1
			switch {
			case f == nil:
			case last >= 0 && b.figures[last].figure == f:
				b.figures[last].end = x + w
			default:
				b.figures = append(b.figures, placed{f, *cards, y, x, x + w})
			}
			x += w
		}
	}
}

// widths returns how many cells each part of a line takes.
func widths(parts []part, width int) []int {
	taken := make([]int, len(parts))
	left, open := width, -1
	for i, p := range parts {
		switch {
		case p.width == rest:
			open = i
			continue
		case p.width > 0:
			taken[i] = p.width
		default:
			taken[i] = text.Width(p.text)
		}
		taken[i] = min(taken[i], left)
		left -= taken[i]
	}
	if open >= 0 {
		taken[open] = left
	}
	return taken
}

// find finds the figure under the cursor again. If it is gone, what is nearest to
// its place takes over.
func (b *board) find() {
	if len(b.figures) == 0 {
		return
	}
	if b.cursor == "" { // nobody has moved the cursor: it stays at the beginning
		b.at = b.figures[0]
		return
	}
	at := slices.IndexFunc(b.figures, func(p placed) bool { return p.key == b.cursor })
	if at < 0 {
		at = 0
		for i, p := range b.figures {
			if distance(b.at, p) < distance(b.at, b.figures[at]) {
				at = i
			}
		}
	}
	b.at = b.figures[at]
	b.cursor = b.at.key
}

// distance says how far apart two figures are; lines weigh more than cells.
func distance(a, b placed) int {
	return 4*abs(a.y-b.y) + max(0, b.from-a.end, a.from-b.end)
}

func abs(n int) int { return max(n, -n) }

// Render draws the cards.
func (v *View) Render(th *theme.Theme) string {
	v.compose()
	b := &v.board
	if b.theme == th {
		return b.drawn
	}
	b.theme = th
	b.scroll()
	f := &b.frame
	f.Reset(b.width)
	for y := b.offset; y < b.offset+b.height; y++ {
		f.Line("")
		for _, c := range b.columns {
			f.BlankTo(b.width - c.x + 1)
			if b.at.figure != nil && b.at.y == y && b.at.from == c.x {
				f.Write(th.SGR(theme.Accent), pointer)
			}
			f.BlankTo(b.width - c.x)
			if y < len(c.lines) {
				b.drawLine(c, c.lines[y])
			}
		}
	}
	b.drawn = f.String()
	return b.drawn
}

// scroll brings the cursor into sight, with the title of its card if there is room.
func (b *board) scroll() {
	if b.at.figure != nil {
		b.offset = min(b.offset, max(0, b.at.y-1))
		b.offset = max(b.offset, b.at.y+1-b.height)
	}
	b.offset = max(0, min(b.offset, b.tall-b.height))
}

// drawLine draws one line of a column.
func (b *board) drawLine(c column, l line) {
	f, th := &b.frame, b.theme
	if l.title {
		title, note := l.parts[0], l.parts[1]
		f.Write(th.SGR(theme.Accent), text.Cut(title.text, 0, min(text.Width(title.text), c.width)))
		room := c.width - text.Width(title.text)
		if note.text == "" || room < 4 {
			return
		}
		w := min(text.Width(note.text), room-1)
		f.Blank(room - w - 1)
		if b.under(note) {
			f.Write(th.SGR(theme.Accent), pointer)
		}
		f.BlankTo(b.width - c.x - c.width + w)
		f.Field(b.style(note), note.text, w, text.Right)
		return
	}
	for i, w := range widths(l.parts, c.width) {
		p := l.parts[i]
		if b.under(p) {
			// The whole field is under the cursor, its blanks included.
			shown := text.Fit(p.text, w, p.align)
			if i > 0 && l.parts[i-1].figure != p.figure && strings.HasPrefix(string(shown), " ") {
				f.Write(th.CursorSGR(theme.Accent), pointer)
				shown = text.Cut(shown, 1, w-1)
			}
			f.Write(th.CursorSGR(p.role), shown)
			continue
		}
		f.Field(th.SGR(p.role), p.text, w, p.align)
	}
}

// under reports whether the part belongs to the figure under the cursor.
func (b *board) under(p part) bool {
	return p.figure != nil && b.at.figure != nil && p.figure.key == b.at.key
}

// style returns the style of a part.
func (b *board) style(p part) string {
	if b.under(p) {
		return b.theme.CursorSGR(p.role)
	}
	return b.theme.SGR(p.role)
}
