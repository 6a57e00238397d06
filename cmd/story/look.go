package story

import (
	"slices"
	"strings"

	"c8yx/cmd/story/terminal"
)

// See waits until the screen shows all the texts. Each must stand within one
// line; [Story.Read] is for those that may not.
func (s *Story) See(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		s.note("see %q", text)
		if !s.until(func() bool { return s.shows(text) }) {
			s.fail("the screen does not show %q", text)
		}
		s.seen = append(s.seen, text)
	}
}

// HasSeen reports whether the story has looked for a text, or one around it, with [Story.See] or [Story.Read] and found it.
func (s *Story) HasSeen(text string) bool {
	return slices.ContainsFunc(s.seen, func(seen string) bool { return strings.Contains(seen, text) })
}

// Read waits until the screen shows all the texts, each of which may have been broken into lines, as dialogs and
// messages do: it is for sentences, and reads the same on screens of any width.
func (s *Story) Read(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		s.note("read %q", text)
		if !s.until(func() bool { return s.terminal.FindWrapped(text) }) {
			s.fail("the screen does not say %q", text)
		}
		s.seen = append(s.seen, text)
	}
}

// DontSee lets the program come to rest and checks that the screen shows none of
// the texts. For what disappears by itself in a while, use [Story.SeeNoMore].
func (s *Story) DontSee(texts ...string) {
	s.t.Helper()
	settled := s.settle()
	for _, text := range texts {
		s.note("don't see %q", text)
		if !settled || s.shows(text) {
			s.fail("the screen should not show %q", text)
		}
	}
}

// SeeNoMore waits until none of the texts is on the screen.
func (s *Story) SeeNoMore(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		s.note("see %q no more", text)
		if !s.until(func() bool { return !s.shows(text) }) {
			s.fail("the screen still shows %q", text)
		}
	}
}

// Screen returns the text on the screen when the program has come to rest: one
// line for each of the terminal, without the blanks at their ends.
func (s *Story) Screen() string {
	s.t.Helper()
	if !s.settle() {
		s.fail("the screen is not at rest")
	}
	return s.terminal.String()
}

// Cell returns what the screen shows at a position; 0, 0 is the top left corner.
func (s *Story) Cell(x, y int) terminal.Cell { return s.terminal.Cell(x, y) }

// CellOf waits for a text and returns the cell with its first letter.
func (s *Story) CellOf(text string) terminal.Cell {
	s.t.Helper()
	s.See(text)
	return s.terminal.Cell(s.find(text))
}

// Cursor returns where the text cursor stands, and whether it is shown.
func (s *Story) Cursor() (x, y int, shown bool) { return s.terminal.Cursor() }

// Size returns the size of the terminal in cells.
func (s *Story) Size() (width, height int) { return s.terminal.Size() }

// Title returns the title of the terminal's window.
func (s *Story) Title() string { return s.terminal.Title() }

// Clipboard returns what the program copied last.
func (s *Story) Clipboard() string { return s.terminal.Clipboard() }

// Written counts the bytes that the program has written to the terminal so far.
func (s *Story) Written() int64 { return s.terminal.Written() }

// Row returns the row that shows a text, wherever on the screen it is at the
// moment of asking.
func (s *Story) Row(text string) Row {
	s.t.Helper()
	s.See(text)
	return Row{story: s, key: text}
}

// Row is a line of the screen that is known by a text in it.
type Row struct {
	story *Story
	key   string
}

// Has waits until the row shows all the texts.
func (r Row) Has(texts ...string) Row {
	r.story.t.Helper()
	for _, text := range texts {
		r.story.note("row %q has %q", r.key, text)
		if !r.story.until(func() bool { return strings.Contains(r.now(), text) }) {
			r.story.fail("the row %q does not show %q", r.key, text)
		}
	}
	return r
}

// Lacks waits until the row shows none of the texts.
func (r Row) Lacks(texts ...string) Row {
	r.story.t.Helper()
	for _, text := range texts {
		r.story.note("row %q lacks %q", r.key, text)
		if !r.story.until(func() bool { return r.now() != "" && !strings.Contains(r.now(), text) }) {
			r.story.fail("the row %q should not show %q", r.key, text)
		}
	}
	return r
}

// Text returns the whole line, as it is now.
func (r Row) Text() string {
	r.story.t.Helper()
	r.story.settle()
	return r.now()
}

// now is the line, "" if the row has left the screen.
func (r Row) now() string {
	for _, line := range r.story.terminal.Lines() {
		if strings.Contains(line, r.key) {
			return line
		}
	}
	return ""
}

func (s *Story) shows(text string) bool {
	_, _, found := s.terminal.Find(text)
	return found
}

func (s *Story) find(text string) (x, y int) {
	s.t.Helper()
	x, y, found := s.terminal.Find(text)
	if !found {
		s.fail("the screen does not show %q", text)
	}
	return x, y
}
