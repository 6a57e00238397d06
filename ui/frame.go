package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// The smallest terminal in which the frame makes sense, and where the pane
// lies in it.
const (
	minWidth  = 60
	minHeight = 15
	paneTop   = 2 // below header and crumbs
	chrome    = 3 // lines that are not the pane
)

// Header is what the first line says: who, where, how alive.
type Header struct {
	Left  []Badge
	Right []Badge
}

// Badge is one piece of the header. Where the line is too short, the badges
// with the highest Rank go first.
type Badge struct {
	Span
	Rank int
}

// pane returns the size of the pane.
func (s *Shell) pane() (width, height int) {
	return s.width, max(0, s.height-chrome)
}

func (s *Shell) tooSmall() bool { return s.width < minWidth || s.height < minHeight }

// View returns the frame. If nothing happened since the last time it is the
// same string.
func (s *Shell) View() tea.View {
	if s.dirty {
		s.dirty = false
		s.frame = s.draw()
	}
	v := tea.NewView(s.frame)
	v.AltScreen = true
	v.WindowTitle = string(s.options.Title)
	if s.points() {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// points reports whether what is on top understands the mouse. Where nothing
// does, it is left to the terminal, so that text can be selected.
func (s *Shell) points() bool {
	var top any
	if s.seen != nil && len(s.seen.overlays) > 0 {
		top = s.seen.overlays[len(s.seen.overlays)-1]
	} else if e := s.top(); e != nil {
		top = e.view
	}
	_, ok := top.(Pointer)
	return ok
}

func (s *Shell) draw() string {
	e := s.top()
	switch {
	case s.width == 0 || e == nil:
		return ""
	case s.tooSmall():
		return s.apology()
	}
	var b strings.Builder
	pane := e.view.Render(s.theme)
	b.Grow(len(pane) + 4*s.width)
	b.WriteString(s.drawHeader())
	b.WriteByte('\n')
	b.WriteString(s.drawCrumbs())
	b.WriteByte('\n')
	b.WriteString(pane)
	b.WriteByte('\n')
	b.WriteString(s.drawFooter())
	shown := s.toasts.Shown()
	if len(s.seen.overlays) == 0 && len(shown) == 0 {
		return b.String()
	}
	lines := strings.Split(b.String(), "\n")
	s.drawToasts(lines, shown)
	for _, o := range s.seen.overlays {
		s.seen.overlayAt = centre(lines, o.Render(s.theme, s.width, s.height), s.width)
	}
	return strings.Join(lines, "\n")
}

// toastLines is how many lines a message may take: what went wrong, and what to do.
const toastLines = 3

// drawToasts draws messages over the frame's lines, upwards from the footer.
func (s *Shell) drawToasts(lines []string, shown []toast.Message) {
	row := s.height - 1
	for _, m := range slices.Backward(shown) {
		said := m.Text
		if m.Times > 1 {
			said += " ×" + text.Count(m.Times)
		}
		room := s.width - 4
		wrapped, widest := text.Wrap(said, room), 0
		if len(wrapped) > toastLines {
			wrapped = wrapped[:toastLines]
			end := text.Safe(" …")
			if key := firstKey(s.options.Keys, keys.Messages.ID); key != "" {
				end += " " + text.Clean(key) + " shows all"
			}
			last := wrapped[toastLines-1]
			wrapped[toastLines-1] = text.Fit(last, min(text.Width(last), room-text.Width(end)), text.Left) + end
		}
		for _, l := range wrapped {
			widest = max(widest, text.Width(l))
		}
		drawn := make([]string, len(wrapped))
		for i, l := range wrapped {
			drawn[i] = s.theme.Style(m.Level.Role()).Reverse(true).Render(" " + string(text.Fit(l, widest, text.Left)) + " ")
		}
		row -= len(drawn)
		overlay(lines, drawn, s.width-widest-3, row)
	}
}

// drawHeader draws the first line, leaving badges away until it fits.
func (s *Shell) drawHeader() string {
	left, right := s.seen.header.Left, slices.Concat(s.elsewhere(), s.seen.header.Right)
	for {
		l, lw := s.badges(left)
		r, rw := s.badges(right)
		if lw+rw+2 <= s.width {
			return " " + l + strings.Repeat(" ", s.width-lw-rw-2) + r + " "
		}
		worst, fromRight, rank := -1, false, 0
		for i, b := range left {
			if b.Rank > rank {
				worst, fromRight, rank = i, false, b.Rank
			}
		}
		for i, b := range right {
			if b.Rank > rank {
				worst, fromRight, rank = i, true, b.Rank
			}
		}
		switch {
		case worst < 0:
			return ansi.Truncate(" "+l+"  "+r, s.width, "…")
		case fromRight:
			right = without(right, worst)
		default:
			left = without(left, worst)
		}
	}
}

// elsewhere returns what the header says of the desks that are not seen: that
// there are some, and which of them asks something.
func (s *Shell) elsewhere() []Badge {
	var badges []Badge
	for _, d := range s.desks {
		if d != s.seen && len(d.overlays) > 0 {
			badges = append(badges, Badge{Span: Span{Text: "◆ " + d.Title + " asks", Role: theme.Major}})
		}
	}
	if n := len(s.desks) - 1 - len(badges); n > 0 {
		badges = append(badges, Badge{Rank: 2, Span: Span{Text: "+" + text.Count(n) + " open", Role: theme.Chrome}})
	}
	return badges
}

func without(badges []Badge, i int) []Badge {
	return append(append(make([]Badge, 0, len(badges)-1), badges[:i]...), badges[i+1:]...)
}

func (s *Shell) badges(badges []Badge) (line string, width int) {
	var b strings.Builder
	for i, badge := range badges {
		if i > 0 {
			b.WriteString("  ")
			width += 2
		}
		b.WriteString(s.theme.Render(badge.Role, string(badge.Text)))
		width += ansi.StringWidth(string(badge.Text))
	}
	return b.String(), width
}

// drawFooter draws the keys that matter now: those of the view that can run,
// then the way out; and at the right what is running, whatever view is seen.
func (s *Shell) drawFooter() string {
	always := []keys.Action{keys.Palette, keys.Help}
	running, runningWidth := s.running()
	tail, tailWidth := "", runningWidth
	for _, a := range always {
		hint, width := s.hint(a)
		tail += hint
		tailWidth += width
	}
	var b strings.Builder
	width := 1
	b.WriteByte(' ')
	for _, a := range s.actions {
		if a.Context == keys.Everywhere || a.Context == keys.Moving && a.ID != keys.Open.ID || a.Reason() != "" {
			continue
		}
		hint, w := s.hint(a.Action)
		if w == 0 || width+w+tailWidth > s.width {
			continue
		}
		b.WriteString(hint)
		width += w
	}
	b.WriteString(tail)
	width += tailWidth
	return b.String() + strings.Repeat(" ", max(0, s.width-width)) + running
}

// running says what keeps the program from being quit: here, and at the desks that are not seen.
func (s *Shell) running() (drawn string, width int) {
	var said []string
	for _, d := range s.desks {
		for _, r := range d.running() {
			if d != s.seen {
				r = d.Title + ": " + r
			}
			said = append(said, string(r))
		}
	}
	if said == nil {
		return "", 0
	}
	line := " " + ansi.Truncate(strings.Join(said, " · "), s.width/2, "…") + " "
	return s.theme.Render(theme.Busy, line), ansi.StringWidth(line)
}

func (s *Shell) hint(a keys.Action) (drawn string, width int) {
	key := firstKey(s.options.Keys, a.ID)
	if key == "" {
		return "", 0
	}
	return s.theme.Render(theme.Key, key) + " " + s.theme.Render(theme.Chrome, a.Hint) + "  ",
		ansi.StringWidth(key) + 1 + ansi.StringWidth(a.Hint) + 2
}

// apology is what stands on a terminal that is too small for the frame.
func (s *Shell) apology() string {
	lines := text.Wrap(text.Clean(fmt.Sprintf("c8yx needs %d×%d cells; this terminal has %d×%d.",
		minWidth, minHeight, s.width, s.height)), max(1, s.width))
	var b strings.Builder
	for row := range s.height {
		if row > 0 {
			b.WriteByte('\n')
		}
		var line text.Safe
		if row < len(lines) {
			line = lines[row]
		}
		b.WriteString(string(text.Fit(line, s.width, text.Left)))
	}
	return b.String()
}
