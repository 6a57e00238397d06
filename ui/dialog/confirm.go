package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/box"
	"c8yx/ui/input"
	"c8yx/ui/text"
)

// Confirm asks whether to do something, with "no" as the default.
type Confirm struct {
	Title    text.Safe
	Question text.Safe   // names what and where
	Details  []text.Safe // what exactly will happen, a line each
	// Body returns lines for an inside of the width, with escapes, below the details: a difference,
	// a preview. They can be scrolled where there is no room for all. Nil for none.
	Body   func(th *theme.Theme, width int) []string
	Yes    string // the word on the button: "Delete 3 devices"
	Danger bool
	// Word, if set, must be typed before yes is possible: for the destruction
	// of many things.
	Word string
	// Accept runs after yes, Refuse after anything else; nil does nothing.
	Accept func()
	Refuse func()

	yes   bool
	done  bool
	typed *input.Line
	top   int // the first line of the body that is seen
	room  int // how many are seen
}

// Done reports whether the question is answered.
func (c *Confirm) Done() bool { return c.done }

// Paste puts pasted text into the word that must be typed.
func (c *Confirm) Paste(s string) {
	if c.Word != "" {
		c.line().Paste(s)
	}
}

func (c *Confirm) line() *input.Line {
	if c.typed == nil {
		c.typed = input.New("› ", "")
	}
	return c.typed
}

// Key answers: y and n, or arrows and enter. The body scrolls.
func (c *Confirm) Key(msg tea.KeyPressMsg) {
	key := msg.String()
	switch {
	case key == "esc":
		c.finish(false)
	case c.scroll(key):
	case key == "enter" && c.Word != "":
		if c.line().Value() == c.Word { // else the word is not typed yet
			c.finish(true)
		}
	case key == "enter":
		c.finish(c.yes)
	case c.Word != "":
		c.line().Key(msg)
	case key == "y":
		c.finish(true)
	case key == "n", key == "q":
		c.finish(false)
	case key == "tab", key == "shift+tab", key == "left", key == "right", key == "h", key == "l":
		c.yes = !c.yes
	}
}

// scroll moves the body and reports whether the key was meant for it.
func (c *Confirm) scroll(key string) bool {
	switch key {
	case "up":
		c.top--
	case "down":
		c.top++
	case "pgup":
		c.top -= max(1, c.room-1)
	case "pgdown":
		c.top += max(1, c.room-1)
	default:
		return false
	}
	return true
}

func (c *Confirm) finish(yes bool) {
	c.done = true
	switch {
	case yes && c.Accept != nil:
		c.Accept()
	case !yes && c.Refuse != nil:
		c.Refuse()
	}
}

// Render draws the question.
func (c *Confirm) Render(th *theme.Theme, screen, height int) []string {
	role := theme.Accent
	if c.Danger {
		role = theme.Critical
	}
	w := width(screen)
	if c.Body != nil {
		w = wide(screen)
	}
	lines := []string{""}
	for _, l := range paragraphs(c.Question, w) {
		lines = append(lines, th.Render(theme.Strong, l))
	}
	for _, d := range c.Details {
		for _, l := range paragraphs(d, w-2) {
			lines = append(lines, th.Render(theme.Muted, "  "+l))
		}
	}
	lines = append(lines, "")
	tail, hint := []string{c.buttons(th, role, w), ""}, "y yes · n no · esc cancel"
	if c.Word != "" {
		tail, hint = []string{"Type " + th.Render(theme.Strong, c.Word) + " to go on:", c.line().Render(th, w), ""}, "enter go on · esc cancel"
	}
	if c.Body != nil {
		body := c.Body(th, w)
		c.room = max(1, height-len(lines)-len(tail)-3)
		if len(body) > c.room {
			hint = "↑↓ scroll · " + hint
		}
		var seen []string
		seen, c.top = part(body, c.top, c.room)
		lines = append(append(lines, seen...), "")
	}
	return box.Draw(th, role, string(c.Title), hint, append(lines, tail...), w)
}

func (c *Confirm) buttons(th *theme.Theme, role theme.Role, w int) string {
	no, yes := " Cancel ", " "+c.Yes+" "
	if c.yes {
		no, yes = th.Render(theme.Muted, no), th.Style(role).Reverse(true).Render(yes)
	} else {
		no, yes = th.Style(theme.Accent).Reverse(true).Render(no), th.Render(role, yes)
	}
	line := no + "  " + yes
	return strings.Repeat(" ", max(0, w-ansi.StringWidth(line))) + line
}

// wide returns how wide the inside of a dialog is that shows documents.
func wide(screen int) int { return max(10, min(100, screen-8)) }

// part returns the lines from top on that fit into the room, and the top as far down as makes sense.
func part(lines []string, top, room int) (seen []string, first int) {
	first = max(0, min(top, len(lines)-room))
	return lines[first:min(len(lines), first+room)], first
}
