package columns

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/ui/input"
	"c8yx/ui/text"
	"c8yx/views/collection/filter"
)

// add begins to ask for the path of a fragment.
func (c *Chooser) add() {
	if c.options.Fragments == nil {
		c.note = "These have no fragments to show."
		return
	}
	c.adding = &adding{line: input.New("+ ", "c8y_Hardware.model"), at: -1}
	c.suggest()
}

// edit edits the path, or takes it.
func (c *Chooser) edit(msg tea.KeyPressMsg) {
	a := c.adding
	switch msg.String() {
	case "esc":
		c.adding = nil
	case "up", "shift+tab":
		a.at = max(-1, a.at-1)
	case "down":
		a.at = min(len(a.options)-1, a.at+1)
	case "tab":
		c.complete()
	case "enter":
		c.take()
	default:
		if a.line.Key(msg) {
			c.suggest()
		}
	}
}

// maxSuggested is how many paths are suggested at once.
const maxSuggested = 100

// suggest lists the paths that go on like what is typed, then those that hold it.
func (c *Chooser) suggest() {
	a := c.adding
	typed := a.line.Value()
	paths := c.options.Fragments.Paths
	a.at, a.options = -1, filter.Level(paths, typed, maxSuggested)
	if typed == "" {
		return
	}
	lower := strings.ToLower(typed)
	for _, p := range paths {
		if len(a.options) >= maxSuggested {
			break
		}
		if strings.Contains(strings.ToLower(p), lower) && !slices.Contains(a.options, p) {
			a.options = append(a.options, p)
		}
	}
}

// complete puts the suggestion under the cursor, or the first, into the line.
func (c *Chooser) complete() {
	a := c.adding
	if len(a.options) == 0 {
		return
	}
	path := a.options[max(0, a.at)]
	if c.branches(path) {
		path += "."
	}
	a.line.SetValue(path)
	c.suggest()
}

// branches reports whether there are paths below a path.
func (c *Chooser) branches(path string) bool {
	return slices.ContainsFunc(c.options.Fragments.Paths, func(p string) bool { return strings.HasPrefix(p, path+".") })
}

// take adds the path to the columns, behind the one under the cursor.
func (c *Chooser) take() {
	a := c.adding
	path := strings.Trim(strings.TrimSpace(a.line.Value()), ".")
	if a.at >= 0 {
		path = a.options[a.at]
	}
	switch at := slices.IndexFunc(c.entries, func(e Entry) bool { return e.Name == path }); {
	case path == "":
		c.adding = nil
		return
	case !wellFormed(path):
		c.note = "A path is names with dots between them, such as c8y_Hardware.model."
		return
	case at >= 0:
		c.at, c.entries[at].Shown = at, true
	default:
		e := Entry{Name: path, Title: text.Clean(path), Fragment: true, Sortable: true, Shown: true}
		c.at = min(c.at+1, len(c.entries))
		c.entries = slices.Insert(c.entries, c.at, e)
	}
	c.adding = nil
	c.changed()
}

// wellFormed reports whether a path can be written in places and filters.
func wellFormed(path string) bool {
	for name := range strings.SplitSeq(path, ".") {
		if name == "" || strings.ContainsAny(name, " ,:&?=<>~!\"'") {
			return false
		}
	}
	return filter.Path(path)
}
