package palette

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"

	"c8yx/theme"
	"c8yx/ui/box"
	"c8yx/ui/input"
	"c8yx/ui/text"
)

// Entry is one line of the palette.
type Entry struct {
	Title   text.Safe
	Aliases string    // further words by which it is found; the first is its name, and goes before all else
	Kind    text.Safe // what sort of thing it is: "view", "action", "recent"
	Keys    text.Safe // the keys that do the same
	Reason  text.Safe // why it cannot be taken now; "" if it can
	Run     func()
}

// Palette is the open palette.
type Palette struct {
	line    *input.Line
	entries []Entry
	titles  []string // of the entries, in lower case
	words   []string // the same with their aliases
	names   []string // the first of the aliases
	found   []int
	exact   int // how many of those stand before what the typed text means
	at      int
	top     int
	done    bool
	note    text.Safe
	typing  Typed
	typed   *Entry // what the typed text means; nil if it is nothing
	asked   *Entry // the question about it; nil if there is none
}

// Typed makes entries of any text that was typed. Both funcs may be nil, and return nil.
type Typed struct {
	// Means returns the place, or whatever else it is, that the text itself names. It stands
	// behind the entries that begin with the text and before those that only resemble it; a
	// path or a filter is a place in full, and stands before longer ones that begin with it.
	Means func(typed string) *Entry
	// Ask returns what can be done with a text that names nothing known. It stands last.
	Ask func(typed string) *Entry
}

// New returns a palette over the entries, in this order while nothing is typed.
func New(entries []Entry, typing Typed) *Palette {
	p := &Palette{line: input.New("› ", "a view, an action, a place, an id, a name"), entries: entries, typing: typing}
	p.titles, p.words, p.names = make([]string, len(entries)), make([]string, len(entries)), make([]string, len(entries))
	for i, e := range entries {
		p.titles[i] = strings.ToLower(string(e.Title))
		p.words[i] = p.titles[i] + " " + strings.ToLower(e.Aliases)
		p.names[i], _, _ = strings.Cut(strings.ToLower(e.Aliases), " ")
	}
	p.search()
	return p
}

// Done reports whether something was taken, or nothing.
func (p *Palette) Done() bool { return p.done }

// Paste inserts pasted text into the line.
func (p *Palette) Paste(s string) {
	p.line.Paste(s)
	p.search()
}

// Key moves, takes, cancels or types.
func (p *Palette) Key(msg tea.KeyPressMsg) {
	switch msg.String() {
	case "esc":
		p.done = true
	case "up", "ctrl+p", "shift+tab":
		p.move(-1)
	case "down", "ctrl+n", "tab":
		p.move(1)
	case "pgup":
		p.move(-8)
	case "pgdown":
		p.move(8)
	case "enter":
		p.take()
	default:
		if p.line.Key(msg) {
			p.search()
		}
	}
}

func (p *Palette) move(by int) {
	p.at = max(0, min(p.at+by, p.len()-1))
	p.note = ""
}

// len counts the lines, those made of the typed text included.
func (p *Palette) len() int {
	n := len(p.found)
	if p.typed != nil {
		n++
	}
	if p.asked != nil {
		n++
	}
	return n
}

// entry returns the entry at a line.
func (p *Palette) entry(i int) Entry {
	if p.asked != nil && i == p.len()-1 {
		return *p.asked
	}
	if p.typed != nil {
		if i == p.exact {
			return *p.typed
		}
		if i > p.exact {
			i--
		}
	}
	return p.entries[p.found[i]]
}

func (p *Palette) take() {
	if p.len() == 0 {
		return
	}
	e := p.entry(p.at)
	if e.Reason != "" {
		p.note = e.Reason
		return
	}
	p.done = true
	e.Run()
}

// search finds the entries for what is typed: those that go by exactly that name,
// those that begin with it, then those that hold it, then those whose titles hold
// its letters in order.
func (p *Palette) search() {
	p.at, p.top, p.note = 0, 0, ""
	p.found = p.found[:0]
	typed := strings.ToLower(strings.TrimSpace(p.line.Value()))
	var begins, inside, rest []int
	for i, w := range p.words {
		switch {
		case typed != "" && (typed == p.names[i] || typed == p.titles[i]):
			p.found = append(p.found, i)
		case strings.HasPrefix(w, typed):
			begins = append(begins, i)
		case strings.Contains(w, typed):
			inside = append(inside, i)
		default:
			rest = append(rest, i)
		}
	}
	named := len(p.found)
	p.found = append(p.found, begins...)
	p.exact, p.typed, p.asked = len(p.found), nil, nil
	if strings.ContainsAny(typed, "/?") {
		p.exact = named
	}
	if said := strings.TrimSpace(p.line.Value()); said != "" {
		if p.typing.Means != nil {
			p.typed = p.typing.Means(said)
		}
		if p.typing.Ask != nil {
			p.asked = p.typing.Ask(said)
		}
	}
	p.found = append(p.found, inside...)
	for _, m := range fuzzy.FindFrom(typed, subset{p.titles, rest}) {
		p.found = append(p.found, rest[m.Index])
	}
}

// subset lets the fuzzy search see only some of the titles.
type subset struct {
	titles []string
	of     []int
}

func (s subset) String(i int) string { return s.titles[s.of[i]] }
func (s subset) Len() int            { return len(s.of) }

// Render draws the palette.
func (p *Palette) Render(th *theme.Theme, screen, height int) []string {
	w := max(10, min(76, screen-8))
	room := max(1, min(14, height-8))
	n := p.len()
	p.top = max(min(p.top, p.at), p.at-room+1)
	lines := []string{p.line.Render(th, w), th.Render(theme.Faint, strings.Repeat("─", w))}
	for i := p.top; i < p.top+room; i++ {
		if i < n {
			lines = append(lines, p.entry(i).render(th, w, i == p.at))
		} else {
			lines = append(lines, "")
		}
	}
	switch {
	case n == 0:
		lines[2] = th.Render(theme.Muted, "Nothing is called that.")
	case p.note != "":
		lines = append(lines, th.Render(theme.Minor, string(p.note)))
	}
	return box.Draw(th, theme.Accent, "Go to", "enter take · esc cancel", lines, w)
}

func (e Entry) render(th *theme.Theme, w int, under bool) string {
	bar, role := "  ", theme.Text
	if e.Reason != "" {
		role = theme.Faint
	}
	if under {
		bar = th.Render(theme.Accent, "▌ ")
		if role == theme.Text {
			role = theme.Strong
		}
	}
	right := string(e.Kind)
	if e.Keys != "" {
		right = string(e.Keys) + "  " + right
	}
	if e.Reason != "" {
		right = string(e.Reason)
	}
	right = ansi.Truncate(right, w/2, "…")
	title := ansi.Truncate(string(e.Title), w-4-ansi.StringWidth(right), "…")
	gap := strings.Repeat(" ", max(1, w-2-ansi.StringWidth(title)-ansi.StringWidth(right)))
	return bar + th.Render(role, title) + gap + th.Render(theme.Muted, right)
}
