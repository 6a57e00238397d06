package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/text"
)

// toggledOn is the value of a toggle that is on; off is "".
const toggledOn = "on"

// Toggle is yes or no: space, left and right, y and n. A field that begins with
// yes has the value "on".
func Toggle() Input { return toggleInput{} }

type toggleInput struct{}

func (toggleInput) open(f Field) entry {
	t := &toggleEntry{}
	t.set(f.Value)
	return t
}

type toggleEntry struct{ on bool }

func (t *toggleEntry) value() string {
	if t.on {
		return toggledOn
	}
	return ""
}

func (t *toggleEntry) set(value string) { t.on = value == toggledOn || value == "true" }

func (t *toggleEntry) key(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "space", "left", "right", "x":
		t.on = !t.on
	case "y":
		t.on = true
	case "n":
		t.on = false
	default:
		return false
	}
	return true
}

func (t *toggleEntry) paste(s string)     { t.set(strings.TrimSpace(s)) }
func (t *toggleEntry) problem() text.Safe { return "" }

func (t *toggleEntry) draw(th *theme.Theme, _, _ int, focused bool) []string {
	mark, said := "[ ]", " no"
	if t.on {
		mark, said = "[x]", " yes"
	}
	if focused {
		return []string{caret(th, mark) + th.Render(theme.Strong, said)}
	}
	return []string{th.Render(theme.Text, mark+said)}
}
