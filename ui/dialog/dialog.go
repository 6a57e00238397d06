package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/box"
	"c8yx/ui/text"
)

// width returns how wide the inside of a dialog is on a screen of the width.
func width(screen int) int { return max(10, min(64, screen-8)) }

// paragraphs wraps the text to the width.
func paragraphs(s text.Safe, width int) []string {
	return strings.Split(ansi.Wordwrap(string(s), width, " -/"), "\n")
}

// Choice is one answer of a [Choose] dialog.
type Choice struct {
	Key   string // one letter that takes it at once, may be ""
	Title text.Safe
	Note  text.Safe
	// Disabled says why it cannot be taken, "" if it can. It is shown in place of the note.
	Disabled text.Safe
	Run      func()
}

// Choose asks for one of several things.
type Choose struct {
	Title text.Safe
	// Intro says what the choice is about; "" for nothing.
	Intro   text.Safe
	Choices []Choice
	// Cancel runs when nothing was chosen. It may be nil.
	Cancel func()

	at   int
	done bool
}

// Done reports whether something was chosen, or nothing.
func (c *Choose) Done() bool { return c.done }

// Paste ignores pasted text: there is nowhere to put it.
func (c *Choose) Paste(string) {}

// Key moves, takes or cancels.
func (c *Choose) Key(msg tea.KeyPressMsg) {
	key := msg.String()
	for i, choice := range c.Choices {
		if choice.Key != "" && choice.Key == key {
			c.take(i)
			return
		}
	}
	switch key {
	case "esc", "q":
		c.done = true
		if c.Cancel != nil {
			c.Cancel()
		}
	case "up", "k", "shift+tab":
		c.at = max(0, c.at-1)
	case "down", "j", "tab":
		c.at = min(len(c.Choices)-1, c.at+1)
	case "enter":
		c.take(c.at)
	}
}

func (c *Choose) take(i int) {
	if i >= 0 && i < len(c.Choices) && c.Choices[i].Disabled != "" {
		c.at = i // where the reason stands
		return
	}
	c.done = true
	if i >= 0 && i < len(c.Choices) && c.Choices[i].Run != nil {
		c.Choices[i].Run()
	}
}

// Render draws the choices.
func (c *Choose) Render(th *theme.Theme, screen, height int) []string {
	w := max(10, min(76, screen-8))
	lines := []string{}
	if c.Intro != "" {
		lines = append(paragraphs(c.Intro, w), "")
	}
	widest := 0 // of the titles that have a note, which stand in a column of their own
	for _, choice := range c.Choices {
		if choice.Note != "" || choice.Disabled != "" {
			widest = max(widest, text.Width(choice.Title))
		}
	}
	room := max(1, height-4-len(lines))
	first := max(0, min(c.at-room/2, len(c.Choices)-room))
	for i := first; i < len(c.Choices) && i < first+room; i++ {
		choice := c.Choices[i]
		bar, role := " ", theme.Text
		if i == c.at {
			bar, role = th.Render(theme.Accent, "▌"), theme.Strong
		}
		key := "  "
		if choice.Key != "" {
			key = th.Render(theme.Key, choice.Key) + " "
		}
		title, note := string(choice.Title), choice.Note
		if choice.Disabled != "" {
			role, note = theme.Faint, choice.Disabled
		}
		if note != "" {
			title = string(text.Fit(choice.Title, widest, text.Left))
		}
		lines = append(lines, bar+" "+key+th.Render(role, title)+"  "+th.Render(theme.Muted, string(note)))
	}
	return box.Draw(th, theme.Accent, string(c.Title), "enter take · esc cancel", lines, w)
}

// Notice shows lines that can be scrolled, and asks nothing.
type Notice struct {
	Title text.Safe
	// Lines returns the lines for an inside of the width, with escapes.
	Lines func(th *theme.Theme, width int) []string
	// Wide makes use of the whole width of the screen.
	Wide bool
	// Close is one more key that closes it, such as the one that opened it; "" for none.
	Close string

	top  int
	done bool
}

// Done reports whether it was closed.
func (n *Notice) Done() bool { return n.done }

// Paste ignores pasted text.
func (n *Notice) Paste(string) {}

// Key scrolls or closes.
func (n *Notice) Key(msg tea.KeyPressMsg) {
	switch key := msg.String(); key {
	case "up", "k":
		n.top--
	case "down", "j":
		n.top++
	case "pgup", "ctrl+u":
		n.top -= 10
	case "pgdown", "ctrl+d", "space":
		n.top += 10
	case "home", "g":
		n.top = 0
	case "end", "G":
		n.top = 1 << 20
	case "esc", "q", "?", "enter":
		n.done = true
	default:
		n.done = key == n.Close
	}
}

// Render draws the part of the lines that fits.
func (n *Notice) Render(th *theme.Theme, screen, height int) []string {
	w := width(screen)
	if n.Wide {
		w = max(10, screen-6)
	}
	lines := n.Lines(th, w)
	room := max(1, height-4)
	n.top = max(0, min(n.top, len(lines)-room))
	hint := "esc close"
	if len(lines) > room {
		hint = "↑↓ scroll · esc close"
	}
	return box.Draw(th, theme.Accent, string(n.Title), hint, lines[n.top:min(len(lines), n.top+room)], w)
}
