package text

import "c8yx/theme"

// Frame puts styled text together into lines that are all exactly as wide as
// the frame: what does not fit is clipped, what is missing is filled with
// blanks. Widgets keep one and use it again, so that a frame costs the one
// allocation of its string. Styles are escape prefixes as
// [theme.Theme.SGR] returns them; the frame switches only where they change
// and ends every line in plain style.
//
// The zero value is an empty frame; begin with [Frame.Reset] and then
// [Frame.Line] for every line.
type Frame struct {
	buf   []byte
	width int
	room  int    // cells left on the current line
	base  string // the style of the current line's blanks
	style string // the style in force
	lines int
}

// Reset empties the frame and sets the width of its lines, in cells.
func (f *Frame) Reset(width int) {
	*f = Frame{buf: f.buf[:0], width: max(width, 0)}
}

// Line ends the current line and begins the next one, whose blanks are drawn in
// the style base.
func (f *Frame) Line(base string) {
	if f.lines > 0 {
		f.finish()
		f.buf = append(f.buf, '\n')
	}
	f.lines++
	f.room, f.base = f.width, base
}

// Room returns how many cells are left on the current line.
func (f *Frame) Room() int { return f.room }

// Write draws s in the given style, clipped to what is left of the line.
func (f *Frame) Write(style string, s Safe) {
	f.mark(s, f.room, style, nil, "")
}

// Field draws s in exactly width cells, fewer if the line ends before. Only the
// text itself takes the style, so that an underline does not run through the
// blanks.
func (f *Frame) Field(style string, s Safe, width int, align Align) {
	f.MarkedField(style, s, width, align, nil, "")
}

// MarkedField is [Frame.Field] with the given ranges of s, in ascending order,
// drawn in the style mark.
func (f *Frame) MarkedField(style string, s Safe, width int, align Align, ranges []Range, mark string) {
	width = min(width, f.room)
	if width <= 0 {
		return
	}
	if align == Left { // the common case needs no measuring beforehand
		before := f.room
		f.mark(s, width, style, ranges, mark)
		f.Blank(width - (before - f.room))
		return
	}
	_, cells, _ := clip(s, width)
	before, after := align.split(width - cells)
	f.Blank(before)
	f.mark(s, width, style, ranges, mark)
	f.Blank(after)
}

// Blank draws n blanks, fewer if the line ends before.
func (f *Frame) Blank(n int) {
	if n = min(n, f.room); n > 0 {
		f.use(f.base)
		f.buf = appendBlanks(f.buf, n)
		f.room -= n
	}
}

// BlankTo draws blanks until n cells are left on the line.
func (f *Frame) BlankTo(n int) { f.Blank(f.room - n) }

// String returns the finished frame.
func (f *Frame) String() string {
	if f.lines > 0 {
		f.finish()
	}
	return string(f.buf)
}

// finish fills the current line and returns to plain style.
func (f *Frame) finish() {
	f.Blank(f.room)
	f.use("")
}

// mark draws s, clipped to width cells, with ranges of it in another style.
func (f *Frame) mark(s Safe, width int, style string, ranges []Range, mark string) {
	if width = min(width, f.room); width <= 0 || s == "" {
		return
	}
	shown, cells, cut := clip(s, width)
	at := 0
	for _, r := range ranges {
		if r.Start < at || r.Start >= len(shown) || r.End <= r.Start {
			continue
		}
		f.raw(style, shown[at:r.Start])
		at = min(r.End, len(shown))
		f.raw(mark, shown[r.Start:at])
	}
	f.raw(style, shown[at:])
	if cut {
		f.raw(style, Ellipsis)
	}
	f.room -= cells
}

// raw appends text in a style without counting its cells.
func (f *Frame) raw(style string, s Safe) {
	if s != "" {
		f.use(style)
		f.buf = append(f.buf, s...)
	}
}

// use switches to a style.
func (f *Frame) use(style string) {
	if style == f.style {
		return
	}
	if f.style != "" {
		f.buf = append(f.buf, theme.Reset...)
	}
	f.buf = append(f.buf, style...)
	f.style = style
}
