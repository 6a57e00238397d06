package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
)

// The signs between titles and between what a view says of itself.
const (
	crumbGap  = " › "
	statusGap = " · "
)

// drawCrumbs draws the path of titles and, at the right, what the view says of
// itself. The path loses its beginning first.
func (s *Shell) drawCrumbs() string {
	titles := make([]string, len(s.seen.stack.entries))
	for i, e := range s.seen.stack.entries {
		titles[i] = string(e.title.Text)
		if e.view != nil {
			titles[i] = string(e.view.Title())
		}
	}
	last := len(titles) - 1
	right := s.drawStatus(ansi.StringWidth(titles[last]), ansi.StringWidth(strings.Join(titles, crumbGap)))
	room := s.width - ansi.StringWidth(right) - 3
	path := ansi.Truncate(titles[last], room, "…")
	drawn := s.theme.Render(theme.Strong, path)
	width := ansi.StringWidth(path)
	for i := last - 1; i >= 0; i-- {
		if width+ansi.StringWidth(titles[i])+3 > room {
			if width+4 <= room {
				drawn = s.theme.Render(theme.Faint, "…"+crumbGap) + drawn
				width += 4
			}
			break
		}
		drawn = s.theme.Render(theme.Muted, titles[i]) + s.theme.Render(theme.Faint, crumbGap) + drawn
		width += ansi.StringWidth(titles[i]) + 3
	}
	return " " + drawn + strings.Repeat(" ", max(1, s.width-width-2-ansi.StringWidth(right))) + right + " "
}

// drawStatus draws what the view on top says of itself, beside a path that ends with the title; both are so many cells
// wide. It gets what the path leaves, and in any case two thirds of the line; a title that needs more than the other
// third has it, up to the half. What would be cut then is left away, so that the title has the room.
func (s *Shell) drawStatus(title, path int) string {
	const between = 3 // a blank at either end of the line, and one between the two
	half, beside := s.width/2, s.width-title-between
	room, used := max(s.width-path-between, min(s.width*2/3, beside), half), 0
	var b strings.Builder
	for i, span := range s.top().view.Status() {
		width := ansi.StringWidth(string(span.Text))
		if i > 0 {
			width += ansi.StringWidth(statusGap)
			if used+width > room && beside < half {
				break
			}
			b.WriteString(s.theme.Render(theme.Faint, statusGap))
		}
		used += width
		b.WriteString(s.theme.Render(span.Role, string(span.Text)))
	}
	return ansi.Truncate(b.String(), room, "…")
}
