package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/box"
	"c8yx/ui/text"
)

// Review shows something long, such as a difference, and asks what to do with it.
type Review struct {
	Title text.Safe
	// Question stands above what is shown, Details below the question, a line each.
	Question text.Safe
	Details  []text.Safe
	// Body returns the lines that are shown, for an inside of the width, with escapes. They can be
	// scrolled where there is no room for all, and stay as they are.
	Body func(th *theme.Theme, width int) []string
	// Choices are what can be done. The first is the one that enter takes until another is chosen.
	Choices []Choice
	Danger  bool
	// Cancel runs when nothing was chosen. It may be nil.
	Cancel func()

	at   int
	top  int
	room int
	done bool

	body  []string // as it was made for …
	theme *theme.Theme
	width int
}

// Done reports whether something was chosen, or nothing.
func (r *Review) Done() bool { return r.done }

// Paste ignores pasted text.
func (r *Review) Paste(string) {}

// Key takes a choice by its letter or by arrows and enter, and scrolls.
func (r *Review) Key(msg tea.KeyPressMsg) {
	key := msg.String()
	for i, c := range r.Choices {
		if c.Key != "" && c.Key == key {
			r.take(i)
			return
		}
	}
	n := len(r.Choices)
	switch key {
	case "esc", "q":
		r.done = true
		if r.Cancel != nil {
			r.Cancel()
		}
	case "enter":
		r.take(r.at)
	case "tab", "right", "l":
		r.at = (r.at + 1) % n
	case "shift+tab", "left", "h":
		r.at = (r.at + n - 1) % n
	case "up", "k":
		r.top--
	case "down", "j":
		r.top++
	case "pgup", "ctrl+u":
		r.top -= max(1, r.room-1)
	case "pgdown", "ctrl+d", "space":
		r.top += max(1, r.room-1)
	case "home", "g":
		r.top = 0
	case "end", "G":
		r.top = 1 << 30
	}
}

func (r *Review) take(i int) {
	r.done = true
	if r.Choices[i].Run != nil {
		r.Choices[i].Run()
	}
}

// Render draws what is shown and the choices below it.
func (r *Review) Render(th *theme.Theme, screen, height int) []string {
	role := theme.Accent
	if r.Danger {
		role = theme.Critical
	}
	w := wide(screen)
	var lines []string
	for _, l := range paragraphs(r.Question, w) {
		lines = append(lines, th.Render(theme.Strong, l))
	}
	for _, d := range r.Details {
		for _, l := range paragraphs(d, w) {
			lines = append(lines, th.Render(theme.Muted, l))
		}
	}
	lines = append(lines, "")
	buttons := r.buttons(th, role, w)
	hint := "enter take · esc cancel"
	if r.Body != nil {
		if r.theme != th || r.width != w {
			r.theme, r.width, r.body = th, w, r.Body(th, w)
		}
		r.room = max(1, height-len(lines)-len(buttons)-4)
		if len(r.body) > r.room {
			hint = "↑↓ scroll · " + hint
		}
		var seen []string
		seen, r.top = part(r.body, r.top, r.room)
		lines = append(append(lines, seen...), "")
	}
	return box.Draw(th, role, string(r.Title), hint, append(lines, buttons...), w)
}

// buttons draws the choices side by side, in several lines where they do not fit.
func (r *Review) buttons(th *theme.Theme, role theme.Role, width int) []string {
	var lines []string
	var b strings.Builder
	used := 0
	for i, c := range r.Choices {
		size := text.Width(c.Title) + 3
		if c.Key != "" {
			size += len(c.Key) + 1
		}
		if used > 0 && used+size > width {
			lines = append(lines, b.String())
			b.Reset()
			used = 0
		}
		used += size
		key := ""
		if c.Key != "" {
			key = th.Render(theme.Key, c.Key) + " "
		}
		title := " " + string(c.Title) + " "
		if i == r.at {
			title = th.Style(role).Reverse(true).Render(title)
		} else {
			title = th.Render(theme.Text, title)
		}
		b.WriteString(key + title + " ")
	}
	return append(lines, b.String())
}
