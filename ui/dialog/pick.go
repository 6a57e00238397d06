package dialog

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/box"
	"c8yx/ui/input"
	"c8yx/ui/text"
)

// Tick is whether something is ticked in a [Pick].
type Tick uint8

// The ticks. Some is the tick of what holds for some of several things; the user may turn it into on or
// off, and back.
const (
	Off Tick = iota
	Some
	On
)

// Pickable is one thing that a [Pick] offers.
type Pickable struct {
	Value string // what it is to whoever asks
	Title text.Safe
	Note  text.Safe
	Tick  Tick
	// Fixed says why the tick cannot be changed; "" if it can.
	Fixed text.Safe
}

// Pick lets the user tick some of many things: what is typed narrows them down.
type Pick struct {
	Title text.Safe
	// Intro says what it is about; "" for nothing.
	Intro text.Safe
	Items []Pickable
	// Empty says why there is nothing to tick.
	Empty text.Safe
	// Submit is the word for going on: "Grant". "go on" if empty.
	Submit string
	// Accept is given what was changed, as it is now, if anything was.
	Accept func(changed []Pickable)

	opened bool
	began  []Tick
	typed  *input.Line
	shown  []int // the items that match what is typed
	at     int   // among shown
	first  int   // the first of shown that is drawn
	said   text.Safe
	rows   []int // for each drawn line the item on it, -1 for none
	asking *Confirm
	done   bool
}

func (p *Pick) open() {
	if p.opened {
		return
	}
	p.opened = true
	p.typed = input.New("/ ", "type to narrow down")
	for _, item := range p.Items {
		p.began = append(p.began, item.Tick)
	}
	p.narrow()
}

// narrow keeps the items that have all typed words in title, note or value.
func (p *Pick) narrow() {
	words := strings.Fields(strings.ToLower(p.typed.Value()))
	p.shown, p.at, p.first = p.shown[:0], 0, 0
	for i, item := range p.Items {
		in := strings.ToLower(string(item.Title) + " " + string(item.Note) + " " + item.Value)
		missing := false
		for _, word := range words {
			missing = missing || !strings.Contains(in, word)
		}
		if !missing {
			p.shown = append(p.shown, i)
		}
	}
}

// Done reports whether the user has gone on or left.
func (p *Pick) Done() bool { return p.done }

// Paste narrows down by pasted text.
func (p *Pick) Paste(s string) {
	p.open()
	if p.asking != nil {
		return
	}
	p.typed.Paste(s)
	p.narrow()
}

// Key moves, ticks, narrows down, goes on or leaves.
func (p *Pick) Key(msg tea.KeyPressMsg) {
	p.open()
	p.said = ""
	if p.asking != nil {
		if p.asking.Key(msg); p.asking.Done() {
			p.asking = nil
		}
		return
	}
	switch msg.String() {
	case "esc":
		if p.typed.Value() != "" {
			p.typed.SetValue("")
			p.narrow()
			return
		}
		p.leave()
	case "up", "shift+tab":
		p.at--
	case "down", "tab":
		p.at++
	case "pgup":
		p.at -= 10
	case "pgdown":
		p.at += 10
	case "home":
		p.at = 0
	case "end":
		p.at = len(p.shown) - 1
	case "space":
		if p.at < len(p.shown) {
			p.tick(p.shown[p.at])
		}
	case "enter", "ctrl+s":
		p.accept()
	default:
		if p.typed.Key(msg) {
			p.narrow()
		}
	}
	p.at = max(0, min(p.at, len(p.shown)-1))
}

// tick changes the tick of an item to the next that it may have.
func (p *Pick) tick(i int) {
	item := &p.Items[i]
	switch {
	case item.Fixed != "":
		p.said = item.Fixed
	case item.Tick == On:
		item.Tick = Off
	case item.Tick == Off && p.began[i] == Some:
		item.Tick = Some
	default:
		item.Tick = On
	}
}

func (p *Pick) accept() {
	changed := p.changed()
	if len(changed) == 0 {
		p.said = "Nothing was changed: space ticks."
		return
	}
	p.done = true
	p.Accept(changed)
}

// leave ends it, after a question if ticks would be lost.
func (p *Pick) leave() {
	n := len(p.changed())
	if n == 0 {
		p.done = true
		return
	}
	p.asking = &Confirm{
		Title: p.Title, Question: "Throw away what you have changed: " + text.Count(n) + "?", Yes: "Throw away", Danger: true,
		Accept: func() { p.done = true },
	}
}

func (p *Pick) changed() []Pickable {
	var changed []Pickable
	for i, item := range p.Items {
		if item.Tick != p.began[i] {
			changed = append(changed, item)
		}
	}
	return changed
}

// Mouse ticks what is clicked, and scrolls. The position is relative to the box.
func (p *Pick) Mouse(msg tea.MouseMsg, at tea.Mouse) {
	p.open()
	if p.asking != nil {
		return
	}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		by := -1
		if at.Button == tea.MouseWheelDown {
			by = 1
		}
		p.at = max(0, min(p.at+by, len(p.shown)-1))
	case tea.MouseClickMsg:
		if at.Button == tea.MouseLeft && at.Y >= 0 && at.Y < len(p.rows) && p.rows[at.Y] >= 0 {
			p.at = p.rows[at.Y]
			p.tick(p.shown[p.at])
		}
	}
}

// Render draws as many of the items as there is room for.
func (p *Pick) Render(th *theme.Theme, screen, height int) []string {
	p.open()
	if p.asking != nil {
		return p.asking.Render(th, screen, height)
	}
	w := max(10, min(90, screen-8))
	var lines []string
	if p.Intro != "" {
		for _, l := range paragraphs(p.Intro, w) {
			lines = append(lines, th.Render(theme.Text, l))
		}
	}
	lines = append(lines, p.typed.Render(th, w))
	p.rows = p.rows[:0]
	for range len(lines) + 1 { // and the border
		p.rows = append(p.rows, -1)
	}
	room := max(1, height-len(lines)-3)
	if rows := max(1, len(p.shown)); rows < room {
		room = rows
	}
	if p.at >= p.first+room {
		p.first = p.at - room + 1
	}
	p.first = max(0, min(p.first, p.at))
	if len(p.shown) == 0 {
		why := p.Empty
		if len(p.Items) > 0 {
			why = "Nothing matches."
		}
		lines = append(lines, th.Render(theme.Muted, string(why)))
	}
	widest := 0
	for _, item := range p.Items {
		widest = max(widest, text.Width(item.Title))
	}
	widest = min(widest, w/2)
	for at := p.first; at < min(len(p.shown), p.first+room); at++ {
		lines = append(lines, p.line(th, at, widest))
		p.rows = append(p.rows, at)
	}
	return box.Draw(th, theme.Accent, string(p.Title), p.hint(), append(lines, p.foot(th)), w)
}

func (p *Pick) line(th *theme.Theme, at, widest int) string {
	item := p.Items[p.shown[at]]
	bar, role := " ", theme.Text
	if at == p.at {
		bar, role = th.Render(theme.Accent, "▌"), theme.Strong
	}
	mark := map[Tick]string{Off: "[ ]", Some: "[-]", On: "[x]"}[item.Tick]
	marked := theme.Muted
	switch {
	case item.Fixed != "":
		role, marked = theme.Faint, theme.Faint
	case item.Tick != p.began[p.shown[at]]:
		marked = theme.Key
	}
	title := th.Render(role, string(text.Fit(item.Title, widest, text.Left)))
	return bar + " " + th.Render(marked, mark) + " " + title + "  " + th.Render(theme.Muted, string(item.Note))
}

// foot says what would be changed, or why something was not.
func (p *Pick) foot(th *theme.Theme) string {
	if p.said != "" {
		return th.Render(theme.Minor, string(p.said))
	}
	on, off := 0, 0
	for _, item := range p.changed() {
		if item.Tick == On {
			on++
		} else {
			off++
		}
	}
	if on+off == 0 {
		return th.Render(theme.Faint, fmt.Sprintf("%d of %d", len(p.shown), len(p.Items)))
	}
	return th.Render(theme.Key, fmt.Sprintf("%d to tick, %d to untick", on, off))
}

func (p *Pick) hint() string {
	submit := p.Submit
	if submit == "" {
		submit = "go on"
	}
	return "space tick · enter " + submit + " · esc cancel"
}
