package form

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/text"
)

// Option is one of the things between which a [Choice] chooses.
type Option struct {
	Value string
	Label text.Safe // "" for the value
	Note  text.Safe // shown while it is chosen
}

// Choices makes options of values that speak for themselves.
func Choices(values ...string) []Option {
	all := make([]Option, len(values))
	for i, v := range values {
		all[i] = Option{Value: v}
	}
	return all
}

// Choice is one of several options: left and right, or the first letters of
// its label. The field's value is that of an option; another one, or none, is
// the first.
func Choice(options ...Option) Input { return choiceInput{options} }

type choiceInput struct{ options []Option }

func (c choiceInput) open(f Field) entry {
	e := &choiceEntry{options: make([]Option, len(c.options))}
	copy(e.options, c.options)
	for i, o := range e.options {
		if o.Label == "" {
			e.options[i].Label = text.Clean(o.Value)
		}
	}
	e.set(f.Value)
	return e
}

type choiceEntry struct {
	options []Option
	at      int
}

func (c *choiceEntry) value() string {
	if len(c.options) == 0 {
		return ""
	}
	return c.options[c.at].Value
}

func (c *choiceEntry) set(value string) {
	for i, o := range c.options {
		if o.Value == value {
			c.at = i
			return
		}
	}
}

func (c *choiceEntry) key(msg tea.KeyPressMsg) bool {
	n := len(c.options)
	if n == 0 {
		return false
	}
	switch msg.String() {
	case "left":
		c.at = (c.at + n - 1) % n
	case "right", "space":
		c.at = (c.at + 1) % n
	case "home":
		c.at = 0
	case "end":
		c.at = n - 1
	default:
		if msg.Text == "" {
			return false
		}
		c.jump(msg.Text)
	}
	return true
}

// jump goes to the next option whose label begins with the letter.
func (c *choiceEntry) jump(letter string) {
	for i := 1; i <= len(c.options); i++ {
		at := (c.at + i) % len(c.options)
		if strings.HasPrefix(strings.ToLower(string(c.options[at].Label)), strings.ToLower(letter)) {
			c.at = at
			return
		}
	}
}

// paste chooses the option that was pasted.
func (c *choiceEntry) paste(s string)     { c.set(strings.TrimSpace(s)) }
func (c *choiceEntry) problem() text.Safe { return "" }

func (c *choiceEntry) note() text.Safe {
	if len(c.options) == 0 {
		return ""
	}
	return c.options[c.at].Note
}

// draw shows all options side by side if there is room, else the one that is
// chosen and how many there are.
func (c *choiceEntry) draw(th *theme.Theme, width, _ int, focused bool) []string {
	if len(c.options) == 0 {
		return []string{th.Render(theme.Faint, "nothing to choose from")}
	}
	all, cells := make([]string, len(c.options)), 0
	for i, o := range c.options {
		label := " " + string(o.Label) + " "
		cells += ansi.StringWidth(label)
		switch {
		case i != c.at:
			label = th.Render(theme.Muted, label)
		case focused:
			label = caret(th, label)
		default:
			label = th.Render(theme.Strong, "["+string(o.Label)+"]")
		}
		all[i] = label
	}
	if cells <= width {
		return []string{strings.Join(all, "")}
	}
	count := fmt.Sprintf("  %d of %d", c.at+1, len(c.options))
	label := string(text.Fit(c.options[c.at].Label, min(text.Width(c.options[c.at].Label), max(1, width-len(count)-4)), text.Left))
	if focused {
		return []string{th.Render(theme.Key, "‹ ") + caret(th, label) + th.Render(theme.Key, " ›") + th.Render(theme.Faint, count)}
	}
	return []string{th.Render(theme.Text, label)}
}

func caret(th *theme.Theme, label string) string {
	return th.Style(theme.Accent).Reverse(true).Render(label)
}
