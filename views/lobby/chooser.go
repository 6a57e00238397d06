package lobby

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/box"
	"c8yx/ui/dialog"
	"c8yx/ui/input"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/signin"
)

// choose shows the tenants that the user knows, to open, to switch to, to close and to
// sign out of.
func (l *Lobby) choose(scope *ui.Scope) {
	c := &chooser{lobby: l, scope: scope, line: input.New("› ", "part of a name, an address, a user"), reading: true}
	c.list()
	scope.Show(c)
	l.read(scope, func() {
		c.reading = false
		c.list()
	})
}

// chooser is the open list of tenants.
type chooser struct {
	lobby   *Lobby
	scope   *ui.Scope
	line    *input.Line
	reading bool
	done    bool

	rows  []row
	found []int // of the rows, in the order in which they are shown
	at    int   // a found row, or behind them one of the further ways
	top   int
}

// ways are what can be done besides opening a tenant of the list.
func (c *chooser) ways() []way {
	ways := []way{{"Sign in to another tenant…", "ctrl+n", func() { c.lobby.knock(c.scope) }}}
	if len(c.lobby.open) > 0 {
		ways = append(ways, way{"Figures of all that are open", "", func() { c.scope.Open(board) }})
	}
	if c.lobby.options.Demo != nil {
		ways = append(ways, way{"Try the demo tenant", "", func() { c.lobby.demo(c.scope) }})
	}
	return ways
}

type way struct {
	title text.Safe
	key   string
	run   func()
}

// list makes the rows anew and keeps the cursor on its tenant.
func (c *chooser) list() {
	before := session.Profile{}
	if c.at < len(c.found) && len(c.rows) > 0 {
		before = c.rows[c.found[c.at]].profile
	}
	c.rows = c.lobby.rows(c.scope.Desks())
	c.search()
	for i, r := range c.found {
		if key(c.rows[r].profile) == key(before) {
			c.at = i
		}
	}
}

// search finds the rows for what is typed.
func (c *chooser) search() {
	typed := strings.ToLower(strings.TrimSpace(c.line.Value()))
	c.found, c.at, c.top = c.found[:0], 0, 0
	names := make([]string, len(c.rows))
	for i, r := range c.rows {
		names[i] = strings.ToLower(r.profile.Name)
		if strings.Contains(r.words(), typed) {
			c.found = append(c.found, i)
		}
	}
	if typed == "" {
		return
	}
	for _, m := range fuzzy.Find(typed, names) {
		if !slices.Contains(c.found, m.Index) {
			c.found = append(c.found, m.Index)
		}
	}
}

// Done reports whether something was chosen, or nothing.
func (c *chooser) Done() bool { return c.done }

// Paste inserts pasted text into the filter.
func (c *chooser) Paste(s string) {
	c.line.Paste(s)
	c.search()
}

// Key moves, opens, closes, signs out or filters.
func (c *chooser) Key(msg tea.KeyPressMsg) {
	last := len(c.found) + len(c.ways()) - 1
	switch msg.String() {
	case "esc":
		c.done = true
	case "up", "ctrl+p", "shift+tab":
		c.at = max(0, c.at-1)
	case "down", "tab":
		c.at = min(last, c.at+1)
	case "pgup":
		c.at = max(0, c.at-8)
	case "pgdown":
		c.at = min(last, c.at+8)
	case "enter":
		c.take()
	case "ctrl+n":
		c.leave(func() { c.lobby.knock(c.scope) })
	case "ctrl+x":
		c.close()
	case "ctrl+o":
		c.signOut()
	default:
		if c.line.Key(msg) {
			c.search()
		}
	}
}

// leave closes the list and goes on.
func (c *chooser) leave(on func()) {
	c.done = true
	on()
}

func (c *chooser) take() {
	if c.at >= len(c.found) {
		c.leave(c.ways()[c.at-len(c.found)].run)
		return
	}
	r := c.rows[c.found[c.at]]
	c.leave(func() {
		if r.desk == "" || !c.scope.ShowDesk(r.desk) {
			c.lobby.enter(c.scope, r.profile)
		}
	})
}

// under returns the row under the cursor.
func (c *chooser) under() (row, bool) {
	if c.at >= len(c.found) {
		return row{}, false
	}
	return c.rows[c.found[c.at]], true
}

// close closes the tenant under the cursor; the user stays signed in.
func (c *chooser) close() {
	r, ok := c.under()
	if !ok || r.desk == "" {
		c.scope.Toast(toast.Info, "Only an open tenant can be closed")
		return
	}
	if r.seen {
		c.done = true
	}
	c.scope.CloseDesk(r.desk)
	c.list()
}

// signOut asks whether to end the session of the tenant under the cursor.
func (c *chooser) signOut() {
	r, ok := c.under()
	if !ok {
		return
	}
	name := text.Clean(r.profile.Name)
	if name == "" {
		name = text.Clean(host(r.profile.Address))
	}
	c.scope.Show(&dialog.Confirm{
		Title: "Sign out", Question: "Sign out of " + name + "?", Yes: "Sign out",
		Details: []text.Safe{"The session ends, and what is kept of it on this machine is removed."},
		Accept: func() {
			c.lobby.signOut(c.scope, r, func(page string, err error) {
				switch {
				case err != nil:
					c.scope.Toast(toast.Failure, name+": "+signin.Words(err))
				case page != "":
					c.scope.Toast(toast.Info, "Signed out of "+name+". To end the session at the identity provider too, open "+text.Clean(page))
				default:
					c.scope.Toast(toast.Success, "Signed out of "+name)
				}
				c.lobby.read(c.scope, c.list)
			})
		},
	})
}

// Render draws the list.
func (c *chooser) Render(th *theme.Theme, screen, height int) []string {
	w := max(10, min(100, screen-8))
	ways := c.ways()
	room := max(1, min(len(c.found), height-7-len(ways)))
	if c.at < len(c.found) {
		c.top = max(min(c.top, c.at), c.at-room+1)
	}
	c.top = max(0, min(c.top, len(c.found)-room))
	lines := []string{c.line.Render(th, w), th.Render(theme.Faint, strings.Repeat("─", w))}
	for i := c.top; i < min(c.top+room, len(c.found)); i++ {
		lines = append(lines, c.rows[c.found[i]].render(th, c.columns(w), i == c.at))
	}
	switch {
	case c.reading && len(c.found) == 0:
		lines = append(lines, th.Render(theme.Busy, "  reading which tenants there are …"))
	case len(c.found) == 0:
		lines = append(lines, th.Render(theme.Muted, "  No tenant is called that."))
	case len(c.found) > room:
		lines = append(lines, th.Render(theme.Faint, fmt.Sprintf("  %d of %d", room, len(c.found))))
	}
	lines = append(lines, th.Render(theme.Faint, strings.Repeat("─", w)))
	for i, way := range ways {
		bar, role := "  ", theme.Text
		if c.at == len(c.found)+i {
			bar, role = th.Render(theme.Accent, "▌ "), theme.Strong
		}
		lines = append(lines, bar+th.Render(role, string(way.title))+"  "+th.Render(theme.Faint, way.key))
	}
	return box.Draw(th, theme.Accent, "Tenants", "enter open · ctrl+x close · ctrl+o sign out · esc cancel", lines, w)
}

// columns are how wide the parts of a row are.
type columns struct{ name, where, mark, state int }

// columns gives mark and state what they need, and the rest to name and address.
func (c *chooser) columns(width int) columns {
	var cs columns
	for _, r := range c.rows {
		mark, _ := r.mark()
		cs.mark = max(cs.mark, text.Width(mark))
		cs.state = max(cs.state, text.Width(r.state))
	}
	room := max(12, width-2-cs.mark-cs.state-4)
	cs.name = min(room*2/5, 28)
	cs.where = max(0, room-cs.name-1)
	return cs
}

// render draws a row.
func (r row) render(th *theme.Theme, cs columns, under bool) string {
	bar, role := "  ", theme.Text
	if under {
		bar, role = th.Render(theme.Accent, "▌ "), theme.Strong
	}
	name, where := text.Clean(r.profile.Name), text.Clean(host(r.profile.Address))
	if r.profile.User != "" {
		where = text.Clean(r.profile.User) + " at " + where
	}
	if name == "" {
		name = text.Clean(host(r.profile.Address))
	}
	mark, marked := r.mark()
	cell := func(role theme.Role, s text.Safe, width int) string {
		return th.Render(role, string(text.Fit(s, width, text.Left)))
	}
	return bar + cell(role, name, cs.name) + " " + cell(theme.Muted, where, cs.where) + "  " +
		cell(marked, mark, cs.mark) + "  " + cell(r.role, r.state, cs.state)
}
