package columns

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/ui/input"
	"c8yx/ui/text"
)

// Entry is a column that can be chosen.
type Entry struct {
	Name     string
	Title    text.Safe
	Fragment bool // it was added by its path, and can be removed again
	Sortable bool
	Shown    bool
	Width    int // chosen; 0 for as wide as it needs
}

// Fragments is what can be added to the columns of a list.
type Fragments struct {
	// Paths are the paths that occur in the documents, in alphabetical order.
	Paths []string
	// About says something of a path that helps to choose: how many have it, an example.
	About func(path string) text.Safe
}

// Options is what a [Chooser] is made of.
type Options struct {
	// Title names the list.
	Title text.Safe
	// Entries are all columns: those that are shown first, in their order.
	Entries []Entry
	// Sort is what the list is sorted by, as in a [Layout].
	Sort string
	// Defaults are the entries as they are when nothing was chosen, and their order.
	Defaults     []Entry
	DefaultOrder string
	// Fragments can be added; nil if things of the list have none.
	Fragments *Fragments
	// Change is called after every change, so that it can be seen at once.
	Change func(Layout)
	// Keep is called at the end, unless the user went back to how it was.
	Keep func(Layout)
}

// Chooser is the open overlay.
type Chooser struct {
	options Options
	entries []Entry
	sort    string
	began   Layout
	at, top int
	adding  *adding // nil while no path is typed
	note    text.Safe
	done    bool
}

// adding is the path of a fragment on its way into the columns.
type adding struct {
	line    *input.Line
	options []string
	at      int // among the options, -1 for what is typed
}

// New returns a chooser.
func New(o Options) *Chooser {
	c := &Chooser{options: o, entries: slices.Clone(o.Entries), sort: o.Sort}
	c.began = c.layout()
	return c
}

// Done reports whether it was closed.
func (c *Chooser) Done() bool { return c.done }

// layout is the choice as it is now.
func (c *Chooser) layout() Layout {
	l := Layout{Sort: c.sort}
	for _, e := range c.entries {
		if e.Shown {
			l.Columns = append(l.Columns, Column{e.Name, e.Width})
		}
	}
	return l
}

// Paste puts pasted text into the path that is typed.
func (c *Chooser) Paste(s string) {
	if c.adding != nil {
		c.adding.line.Paste(s)
		c.suggest()
	}
}

// Key moves, changes or closes.
func (c *Chooser) Key(msg tea.KeyPressMsg) {
	c.note = ""
	if c.adding != nil {
		c.edit(msg)
		return
	}
	switch msg.String() {
	case "up", "k":
		c.at = max(0, c.at-1)
	case "down", "j":
		c.at = min(len(c.entries)-1, c.at+1)
	case "home", "g":
		c.at = 0
	case "end", "G":
		c.at = len(c.entries) - 1
	case "space", "x":
		c.toggle()
	case "shift+up", "K", "ctrl+up":
		c.move(-1)
	case "shift+down", "J", "ctrl+down":
		c.move(1)
	case "left", "h", "-":
		c.widen(-1)
	case "right", "l", "+":
		c.widen(1)
	case "0", "=":
		c.entries[c.at].Width = 0
		c.changed()
	case "s":
		c.sortBy()
	case "a", "n":
		c.add()
	case "D", "delete":
		c.remove()
	case "R":
		c.entries, c.sort, c.at = slices.Clone(c.options.Defaults), c.options.DefaultOrder, 0
		c.changed()
	case "enter", "c", "q":
		c.done = true
		c.options.Keep(c.layout())
	case "esc":
		c.done = true
		if now := c.layout(); !now.Equal(c.began) {
			c.options.Change(c.began)
		}
	}
}

func (c *Chooser) changed() { c.options.Change(c.layout()) }

// toggle shows or hides the column under the cursor. The last one stays.
func (c *Chooser) toggle() {
	e := &c.entries[c.at]
	if e.Shown && len(c.layout().Columns) == 1 {
		c.note = "One column stays: a list without any would show nothing."
		return
	}
	e.Shown = !e.Shown
	c.changed()
}

// move moves the column under the cursor among the others.
func (c *Chooser) move(by int) {
	to := c.at + by
	if to < 0 || to >= len(c.entries) {
		return
	}
	c.entries[c.at], c.entries[to] = c.entries[to], c.entries[c.at]
	c.at = to
	c.changed()
}

// widen makes the column under the cursor wider or narrower.
func (c *Chooser) widen(by int) {
	e := &c.entries[c.at]
	if e.Width == 0 {
		e.Width = max(MinWidth, text.Width(e.Title)+4)
	}
	e.Width = max(MinWidth, min(MaxWidth, e.Width+by))
	c.changed()
}

// sortBy sorts by the column under the cursor, and the other way round if the list is already.
func (c *Chooser) sortBy() {
	e := c.entries[c.at]
	switch {
	case !e.Sortable:
		c.note = "A list cannot be sorted by " + text.Clean(e.Name) + "."
		return
	case c.sort == e.Name:
		c.sort = "-" + e.Name
	default:
		c.sort = e.Name
	}
	c.changed()
}

// remove takes a fragment out of the columns again.
func (c *Chooser) remove() {
	e := c.entries[c.at]
	switch {
	case !e.Fragment:
		c.note = "Only fragments can be removed; space hides the column."
		return
	case e.Shown && len(c.layout().Columns) == 1:
		c.note = "One column stays: a list without any would show nothing."
		return
	case strings.TrimPrefix(c.sort, "-") == e.Name:
		c.sort = c.options.DefaultOrder
	}
	c.entries = slices.Delete(c.entries, c.at, c.at+1)
	c.at = min(c.at, len(c.entries)-1)
	c.changed()
}
